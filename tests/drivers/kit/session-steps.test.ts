import { describe, expect, test } from "vitest";
import {
  createSession,
  decoder,
  encode,
  toHex,
  wallMs,
  type Effect,
  type Session,
  type SessionOptions,
  type Values,
} from "../../../drivers/kit/index.ts";
import { play, type Played } from "../../../drivers/laws/play.ts";
import toy from "./toy.ts";

const frame = (name: string, values: Values = {}): Uint8Array => encode(toy, name, values);
const names = (bytes: Uint8Array): readonly string[] =>
  decoder(toy, { side: "device" })
    .hearFrames(bytes)
    .map((heard) => heard.frame ?? "dropped");
const sent = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.do === "send" ? names(effect.bytes) : []));
const told = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) =>
    effect.do === "tell" ? [effect.outcome.kind === "fault" ? effect.outcome.code : effect.outcome.kind] : [],
  );
const end = (effects: readonly Effect[]): Effect | undefined => effects.find((effect) => effect.do === "end");
const playedSends = ({ sent: all }: Played): readonly string[] =>
  all.flatMap(({ atMs, bytes }) => names(bytes).map((name) => `${atMs} ${name}`));
const begun = (options: SessionOptions): { session: Session; first: readonly Effect[] } => {
  const session = createSession(toy, options);
  return { session, first: session.begin(0) };
};
const live = (spo2: number, pulse = 72, out = false): Uint8Array =>
  frame("live", { finger: { out }, spo2: { value: spo2, unit: "%" }, pulse: { value: pulse, unit: "/min" } });

describe("settle", () => {
  const stream = (session: Session, fromMs: number, toMs: number, bytes: Uint8Array): readonly Effect[] => {
    const effects: Effect[] = [];
    for (let ms = fromMs; ms <= toMs; ms += 100) effects.push(...session.hear(bytes, ms));
    return effects;
  };
  const ready = (): Session => {
    const { session } = begun({ of: "oximetry" });
    session.wake(100);
    return session;
  };
  const results = (effects: readonly Effect[]) =>
    effects.flatMap((effect) => (effect.do === "tell" && effect.outcome.kind === "measurement" ? [effect] : []));

  test("five quiet seconds become one measurement with the bytes of all its frames, and the stream is stopped", () => {
    const session = ready();
    const effects = stream(session, 200, 5_200, live(97));
    const [result, ...more] = results(effects);
    expect(more).toEqual([]);
    expect(result?.outcome).toMatchObject({
      of: "oximetry",
      readings: [
        { quantity: "spo2", value: 97, unit: "%" },
        { quantity: "pulse.rate", value: 72, unit: "/min" },
      ],
    });
    expect(result?.raw).toHaveLength(51 * live(97).length);
    expect(sent(effects).filter((name) => name !== "still")).toEqual(["streamOff"]);
    expect(end(session.wake(6_000))).toEqual({ do: "end", how: "finished" });
  });
  test("not a frame sooner", () => {
    const session = ready();
    expect(results(stream(session, 200, 5_100, live(97)))).toEqual([]);
  });
  test("the median is a value that the device said", () => {
    const session = ready();
    stream(session, 200, 2_500, live(96));
    const [result] = results(stream(session, 2_600, 5_200, live(98)));
    expect(result?.outcome).toMatchObject({ readings: [{ value: 98 }, {}] });
  });
  test("a value that leaves the limits begins again from where they agree", () => {
    const session = ready();
    stream(session, 200, 5_000, live(90));
    expect(results(stream(session, 5_100, 10_000, live(97)))).toEqual([]);
    expect(results(session.hear(live(97), 10_100))).toHaveLength(1);
  });
  test("a finger that comes out begins again, is told to nobody, and is the reason in the end", () => {
    const session = ready();
    stream(session, 200, 5_000, live(97));
    const out = stream(session, 5_100, 30_000, live(97, 72, true));
    expect(told(out)).toEqual([]);
    const late = session.wake(30_100);
    expect(told(late)).toEqual(["device.weakPulse"]);
    expect(sent(late)).toContain("streamOff");
  });
  test("an impossible number begins again", () => {
    const session = ready();
    stream(session, 200, 5_000, live(97));
    session.hear(live(120), 5_100);
    expect(results(stream(session, 5_200, 10_100, live(97)))).toEqual([]);
  });
  test("a number below the least does not count", () => {
    const session = ready();
    expect(results(stream(session, 200, 9_000, live(30)))).toEqual([]);
  });
  test("a hole in the stream is no agreement", () => {
    const session = ready();
    stream(session, 200, 3_000, live(97));
    expect(results(session.hear(live(97), 5_400))).toEqual([]);
  });
  test("never steady: too long, and the stream is stopped", () => {
    const session = ready();
    for (let ms = 200; ms < 30_000; ms += 100) session.hear(live(ms % 200 === 0 ? 97 : 90), ms);
    expect(told(session.wake(30_100))).toEqual(["device.tooLong"]);
  });
  test("nothing at all: silent", () => {
    const session = ready();
    expect(told(session.wake(2_100))).toEqual(["device.silent"]);
  });
  test("the simulated device settles with its finger out at first and a step in between", () => {
    const played = play(toy, { session: { of: "oximetry" } });
    expect(played.end?.how).toBe("finished");
    expect(played.outcomes.filter(({ kind }) => kind === "measurement")).toHaveLength(1);
    expect(played.outcomes.filter(({ kind }) => kind === "fault")).toEqual([]);
    expect(playedSends(played).slice(0, 3)).toEqual(["0 streamOff", "100 stream", "1500 still"]);
    expect(playedSends(played).at(-1)).toMatch(/streamOff$/);
  });
});

describe("keepAlive", () => {
  test("is said every 1,500 ms while the session runs, and not after", () => {
    const { session } = begun({ of: "oximetry" });
    const effects = Array.from({ length: 60 }, (_, i) => [
      ...session.hear(live(i % 2 === 0 ? 97 : 80), i * 100),
      ...session.wake(i * 100),
    ]).flat();
    expect(sent(effects).filter((name) => name === "still")).toHaveLength(3);
    session.stop(6_000);
    expect(sent([...session.wake(6_100), ...session.wake(8_000)])).toEqual([]);
  });
});

describe("readout with what is asked first", () => {
  const counted = (session: Session): void => void session.hear(frame("count", { records: 2 }), 10);

  test("asks for the time and then the value of every index from 1, as many as were announced", () => {
    const { session } = begun({ of: "glucose" });
    counted(session);
    const time = frame("time", { taken: "2026-11-22T08:00:00" });
    expect(sent(session.hear(time, 20))).toEqual(["askRecord"]);
    const first = session.hear(frame("record", { index: 1, glucose: { value: 104, unit: "mg/dL" } }), 30);
    expect(sent(first)).toEqual(["got", "askTime"]);
    const result = first.find((effect) => effect.do === "tell");
    expect(result).toMatchObject({ outcome: { deviceTime: "2026-11-22T08:00:00", stored: true } });
    expect(result?.do === "tell" && toHex(result.raw)).toBe(
      toHex(time) + toHex(frame("record", { index: 1, glucose: 104 })),
    );
    session.hear(frame("time", { taken: "2026-11-21T08:00:00" }), 40);
    expect(end(session.hear(frame("record", { index: 2, glucose: 190 }), 50))).toEqual({ do: "end", how: "finished" });
  });
  test("a time is used once: a record without its own has none", () => {
    const { session } = begun({ of: "glucose" });
    counted(session);
    session.hear(frame("time", { taken: "2026-11-22T08:00:00" }), 20);
    session.hear(frame("record", { index: 1, glucose: 104 }), 30);
    const second = session.hear(frame("record", { index: 2, glucose: 190 }), 40);
    expect(second.find((effect) => effect.do === "tell")).not.toHaveProperty("outcome.deviceTime");
    expect(end(second)).toBeUndefined();
  });
  test("after a question that was asked twice, its second answer is let go by before the next is asked", () => {
    const { session } = begun({ of: "glucose" });
    counted(session);
    expect(sent(session.wake(600))).toEqual(["askTime"]);
    session.hear(frame("time", { taken: "2026-11-22T08:00:00" }), 610);
    expect(sent(session.hear(frame("record", { index: 1, glucose: 104 }), 620))).toEqual(["got"]);
    expect(told(session.hear(frame("time", { taken: "2026-11-22T08:00:00" }), 700))).toEqual([]);
    expect(sent(session.wake(1_120))).toEqual(["askTime"]);
  });
  test("none announced: no record", () => {
    const { session } = begun({ of: "glucose" });
    const effects = session.hear(frame("count", { records: 0 }), 10);
    expect(told(effects)).toEqual(["information", "device.noRecord"]);
  });
  test("silent in the middle: three tries, then it says so", () => {
    const { session } = begun({ of: "glucose" });
    counted(session);
    expect([520, 1_030, 1_540].flatMap((ms) => told(session.wake(ms)))).toEqual(["device.silent"]);
  });
  test("the simulated memory answers by the same index; the first record that is too old is the last one read", () => {
    const played = play(toy, { session: { of: "glucose", sinceDeviceTime: "2027-01-15T07:00:00" } });
    expect(playedSends(played).filter((name) => /ask/.test(name)).length).toBe(4);
    expect(played.outcomes.filter(({ kind }) => kind === "measurement")).toMatchObject([
      { deviceTime: expect.any(String) as string, readings: [{ value: 104 }] },
      { deviceTime: expect.any(String) as string, readings: [{ value: 190 }] },
    ]);
  });
});

describe("dump", () => {
  const record = (index: number): Uint8Array => frame("assay", { index, acid: 5 });
  test("nothing is told before the last record, then all in their order", () => {
    const { session } = begun({ of: "chemistry" });
    session.hear(frame("count", { records: 3 }), 10);
    expect(told([...session.hear(record(1), 20), ...session.hear(record(2), 30)])).toEqual([]);
    const last = session.hear(record(3), 40);
    expect(
      last.flatMap((effect) =>
        effect.do === "tell" && effect.outcome.kind === "measurement" ? [effect.outcome.notes?.["index"]] : [],
      ),
    ).toEqual(["1", "2", "3"]);
  });
  test("one that does not come: incomplete, and none of the others is told", () => {
    const { session } = begun({ of: "chemistry" });
    session.hear(frame("count", { records: 3 }), 10);
    session.hear(record(1), 20);
    expect(told(session.wake(600))).toEqual(["device.resultIncomplete"]);
  });
  test("one that is broken: incomplete", () => {
    const { session } = begun({ of: "chemistry" });
    session.hear(frame("count", { records: 2 }), 10);
    session.hear(record(1).with(4, 7), 20);
    session.hear(record(2), 30);
    expect(told(session.wake(700))).toContain("device.resultIncomplete");
  });
  test("records without a header are told to nobody", () => {
    const { session } = begun({ of: "chemistry" });
    expect(told(session.hear(record(1), 10))).toEqual([]);
  });
  test("no answer: asked again, then silent", () => {
    const { session, first } = begun({ of: "chemistry" });
    expect(sent(first)).toEqual(["askAll"]);
    expect(sent(session.wake(500))).toEqual(["askAll"]);
    expect(told(session.wake(1_000))).toEqual(["device.silent"]);
  });
  test("stopped in the middle: nothing is told", () => {
    const { session } = begun({ of: "chemistry" });
    session.hear(frame("count", { records: 2 }), 10);
    session.hear(record(1), 20);
    expect(told(session.stop(30))).toEqual([]);
    expect(told(session.hear(record(2), 40))).toEqual(["measurement"]);
  });
});

describe("replies", () => {
  const device = (): Session => begun({ of: "bloodPressure" }).session;
  test("what acts is an answer only while it is being asked for", () => {
    const session = device();
    expect(sent(session.hear(frame("ready"), 10))).toEqual([]);
    expect(sent(session.hear(frame("hi"), 20))).toEqual(["start"]);
    expect(sent(session.hear(frame("ready"), 30))).toEqual(["start"]);
    session.hear(frame("started"), 40);
    expect(sent(session.hear(frame("ready"), 50))).toEqual([]);
  });
  test("nothing is answered when the session is over", () => {
    const { session } = begun({ of: "glucose" });
    session.stop(10);
    expect(sent(session.hear(frame("record", { index: 3, glucose: 100 }), 20))).toEqual([]);
  });
  test("an answer takes a field of what it answers", () => {
    const { session } = begun({ of: "glucose" });
    const effects = session.hear(frame("record", { index: 3, glucose: 100 }), 20);
    const reply = effects.find((effect) => effect.do === "send");
    expect(reply?.do === "send" && toHex(reply.bytes)).toBe(toHex(frame("got", { index: 3 })));
  });
});

describe("a port with several kinds", () => {
  test("what is said of another kind keeps nobody waiting, is not shown and ends nothing", () => {
    const { session } = begun({ of: "bloodPressure" });
    session.hear(frame("hi"), 10);
    session.hear(frame("started"), 20);
    expect(told(session.hear(live(97), 1_000))).toEqual([]);
    expect(told(session.hear(live(97, 70, true), 2_000))).toEqual([]);
    expect(told(session.hear(frame("record", { index: 1, glucose: 100 }), 2_500))).toEqual(["measurement"]);
    expect(told(session.wake(3_020))).toEqual(["device.silent"]);
  });
  test("a control result is no resident's", () => {
    const { session } = begun({ of: "bloodPressure" });
    session.hear(frame("hi"), 10);
    const control = frame("pressures", {
      status: { control: true, irregular: false, average: false },
      error: 0,
      systolic: 120,
      diastolic: 80,
      spread: 1,
    });
    const effects = session.hear(control, 50);
    expect(told(effects)).toEqual(["control"]);
    session.hear(frame("stopped"), 60);
    const asked = begun({ of: "bloodPressure", purpose: "control" }).session;
    expect(end(asked.hear(control, 50))).toEqual({ do: "end", how: "finished" });
  });
});

describe("tasks", () => {
  test("the station's wall time is given in parts", () => {
    const { first } = begun({ task: "setClock", wallOffsetMs: wallMs("2026-11-22T13:30:00") });
    const set = first.find((effect) => effect.do === "send");
    // A Sunday.
    expect(set?.do === "send" && toHex(set.bytes)).toBe(toHex(frame("setTime", { hour: 13, weekday: 0 })));
    expect(end(first)).toEqual({ do: "end", how: "finished" });
  });
  test("a door is opened once, and its state is read until it is seen open", () => {
    const played = play(toy, { session: { task: "open", values: { door: 5 } } });
    expect(playedSends(played)).toEqual(["0 askState", "20 open", "120 askState", "420 askState", "720 askState"]);
    expect(played.end).toEqual({ how: "finished", atMs: 740 });
  });
  test("a door that is open already is not opened again", () => {
    const { session } = begun({ task: "open", values: { door: 5 } });
    const effects = session.hear(frame("state", { door: 1 }), 10);
    expect(sent(effects)).toEqual([]);
    expect(end(effects)).toEqual({ do: "end", how: "finished" });
  });
  test("a door whose state is not known is not opened", () => {
    const { session } = begun({ task: "open", values: { door: 5 } });
    expect(sent([...session.wake(500), ...session.wake(1_000)])).toEqual(["askState"]);
  });
  test("a door that stays shut is told, and the opening is not repeated", () => {
    const { session } = begun({ task: "open", values: { door: 5 } });
    const effects = [...session.hear(frame("state", { door: 0 }), 10)];
    for (let ms = 110; ms <= 3_110; ms += 100)
      effects.push(...session.hear(frame("state", { door: 0 }), ms), ...session.wake(ms));
    expect(sent(effects).filter((name) => name === "open")).toHaveLength(1);
    expect(told(effects)).toContain("device.unknown");
  });
  test("a parameter that nobody handed in is a bug", () => {
    expect(() => createSession(toy, { task: "open" })).toThrow("door");
    expect(() => createSession(toy, { task: "print" })).toThrow("print");
  });
  test("the master of the line is spoken to in its own time: a command in the place of one acknowledgement", () => {
    const { session } = begun({ task: "dispense" });
    expect(sent(session.hear(frame("ready"), 10))).toEqual(["still"]);
    expect(sent(session.hear(frame("state", { door: 0 }), 20))).toEqual([]);
    expect(sent(session.hear(frame("ready"), 210))).toEqual(["open"]);
    expect(sent(session.hear(frame("ready"), 410))).toEqual(["still"]);
    expect(end(session.hear(frame("started"), 420))).toEqual({ do: "end", how: "finished" });
  });
  test("what was commanded and not confirmed is not commanded again", () => {
    const { session } = begun({ task: "dispense" });
    session.hear(frame("state", { door: 0 }), 20);
    session.hear(frame("ready"), 210);
    const late = session.wake(720);
    expect(told(late)).toEqual(["device.silent"]);
    expect(sent([...late, ...session.hear(frame("ready"), 800)])).toEqual([]);
  });
});
