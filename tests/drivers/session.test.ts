import { describe, expect, test } from "vitest";
import {
  createSession,
  decoder,
  deviceTimeOf,
  encode,
  toHex,
  type Effect,
  type Profile,
} from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { play, type Played } from "../../drivers/laws/play.ts";

const cuff = registry.find(({ id }) => id === "raycome-rbp-9000c")!;
const meter = registry.find(({ id }) => id === "lifescan-onetouch-ultraeasy")!;
const printer = registry.find(({ id }) => id === "pts-cardiochek-pa")!;

/** What was sent, by name and time. */
const sentNames = (profile: Profile, { sent }: Played): readonly string[] => {
  const device = decoder(profile, { side: "device" });
  return sent.flatMap(({ atMs, bytes }) => device.hearFrames(bytes).map((heard) => `${atMs} ${heard.frame}`));
};
const sends = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.do === "send" ? [toHex(effect.bytes)] : []));
const ends = (effects: readonly Effect[]): readonly Effect[] => effects.filter((effect) => effect.do === "end");
const frame = (profile: Profile, name: string, values = {}): Uint8Array => encode(profile, name, values);

describe("a commanded cuff", () => {
  test("connects, starts once, and ends with exactly one result", () => {
    const played = play(cuff);
    expect(sentNames(cuff, played)).toEqual(["0 connect", "20 start"]);
    expect(played.phases).toEqual(["contacting", "waiting", "measuring"]);
    expect(played.outcomes.filter((outcome) => outcome.kind === "measurement")).toHaveLength(1);
    expect(played.outcomes.filter((outcome) => outcome.kind === "progress").length).toBeGreaterThan(50);
  });
  test("asks five times 200 ms apart, says it is silent, and never starts a cuff that did not answer", () => {
    const played = play(cuff, { simulator: { fault: "silent" } });
    expect(sentNames(cuff, played)).toEqual([
      "0 connect",
      "200 connect",
      "400 connect",
      "600 connect",
      "800 connect",
      "1000 stop",
      "1200 stop",
      "1400 stop",
    ]);
    expect(played.end).toEqual({ how: "failed", code: "device.silent", atMs: 1600 });
  });
  test.each([1, 10, 25, 45, 51, 300, 1_000, 4_321, 8_000, 12_799])(
    "stop at %d ms is sent at once and ends when the cuff agrees",
    (stopAtMs) => {
      const played = play(cuff, { stopAtMs });
      expect(sentNames(cuff, played).at(-1)).toBe(`${stopAtMs} stop`);
      expect(played.end).toEqual({ how: "stopped", atMs: stopAtMs + 30 });
      expect(played.outcomes.filter((outcome) => outcome.kind === "measurement")).toEqual([]);
    },
  );
  test("a cuff that never ends is stopped by the watchdog", () => {
    const session = createSession(cuff);
    session.begin(0);
    session.hear(frame(cuff, "connected"), 20);
    session.hear(frame(cuff, "started"), 40);
    const pressing = Array.from({ length: 181 }, (_, second) =>
      session.hear(frame(cuff, "cuff", { pressure: 150 }), 1000 * second + 500),
    ).flat();
    expect(ends(pressing)).toEqual([]);
    const late = session.wake(181_000);
    expect(late).toContainEqual({
      do: "tell",
      outcome: { kind: "fault", code: "device.tooLong" },
      raw: new Uint8Array(0),
    });
    expect(sends(late)).toEqual([toHex(frame(cuff, "stop"))]);
    expect(ends(session.hear(frame(cuff, "stopped"), 181_030))).toEqual([
      { do: "end", how: "failed", code: "device.tooLong" },
    ]);
  });
  test("silence in the middle of inflation ends within ten seconds, with stop", () => {
    const played = play(cuff, { simulator: { fault: "cut" } });
    const names = sentNames(cuff, played);
    expect(Number(names.find((name) => name.endsWith("stop"))!.split(" ")[0])).toBeLessThanOrEqual(10_000 + 320);
    expect(played.end?.code).toBe("device.silent");
  });
  test("its own start button is heard before we start: the result counts and nothing is started", () => {
    const session = createSession(cuff);
    session.begin(0);
    const result = frame(cuff, "result", {
      user: 1,
      clock: "2026-11-22T08:00:00",
      systolic: 120,
      diastolic: 80,
      pulse: 70,
    });
    const effects = session.hear(result, 50);
    expect(ends(effects)).toEqual([{ do: "end", how: "finished" }]);
    expect(sends(effects)).toEqual([]);
  });
  test("a cuff that inflates by its own button is listened to and not started again", () => {
    const session = createSession(cuff);
    session.begin(0);
    const inflating = session.hear(frame(cuff, "cuff", { pressure: 90 }), 50);
    expect(inflating).toContainEqual({ do: "phase", phase: "measuring" });
    expect(sends([...inflating, ...session.hear(frame(cuff, "connected"), 60), ...session.wake(250)])).toEqual([]);
  });
  test("a result that comes after stop is told and changes nothing", () => {
    const session = createSession(cuff);
    session.begin(0);
    session.stop(100);
    session.hear(frame(cuff, "stopped"), 130);
    const late = session.hear(
      frame(cuff, "result", { user: 1, clock: null, systolic: 120, diastolic: 80, pulse: 70 }),
      200,
    );
    expect(late.map((effect) => effect.do)).toEqual(["tell"]);
  });
});

describe("a meter's memory", () => {
  test("is asked exactly as the captured program asks", () => {
    const { sent } = play(meter);
    expect(sent.slice(0, 3).map(({ bytes }) => toHex(bytes))).toEqual([
      "02060803c262",
      "020900050d0203da71",
      "02060703fc72",
    ]);
    expect(sent.map(({ bytes }) => toHex(bytes))).toContain("02060403af27");
  });
  test("is read to the first record from before the visit, and that one is told for the gate to refuse", () => {
    const measured = play(meter).outcomes.filter((outcome) => outcome.kind === "measurement");
    expect(measured.map((outcome) => outcome.deviceTime)).toEqual([
      deviceTimeOf(1_800_000_000_000),
      deviceTimeOf(1_800_000_000_000 - 86_400_000),
    ]);
    expect(measured.every((outcome) => outcome.stored === true)).toBe(true);
  });
  test("is read whole without a limit, and no further than asked", () => {
    const { outcomes } = play(meter, { session: { sinceDeviceTime: "1990-01-01T00:00:00" } });
    expect(outcomes.filter((outcome) => outcome.kind === "measurement")).toHaveLength(3);
    const few = play(meter, { session: { sinceDeviceTime: "1990-01-01T00:00:00", mostRecords: 1 } });
    expect(few.outcomes.filter((outcome) => outcome.kind === "measurement")).toHaveLength(1);
  });
  test("a repeated reply is acknowledged again and used once", () => {
    const session = createSession(meter);
    const feed = (hex: string, atMs: number): readonly Effect[] =>
      session.hear(Uint8Array.from(Buffer.from(hex, "hex")), atMs);
    session.begin(0);
    feed("02060c0306ae", 20);
    const version = "021a020506115030322e30302e303032352f30352f303703ab25";
    expect(feed(`02060603cd41${version}`, 40).filter((effect) => effect.do === "tell")).toHaveLength(1);
    const again = feed(version, 60);
    expect(again.filter((effect) => effect.do === "tell")).toEqual([]);
    expect(sends(again)).toEqual(["02060703fc72"]);
  });
  test("resets the line after a second without a reply, and gives up after three tries", () => {
    const played = play(meter, { simulator: { fault: "silent" } });
    expect(sentNames(meter, played)).toEqual(["0 reset", "1000 reset", "2000 reset"]);
    expect(played.end).toEqual({ how: "failed", code: "device.silent", atMs: 3000 });
  });
  test("HI and LO are never plain numbers", () => {
    const reading = (fault: string): unknown =>
      play(meter, { simulator: { fault } }).outcomes.find((outcome) => outcome.kind === "measurement");
    expect(reading("hi")).toMatchObject({
      readings: [{ quantity: "glucose", value: 600, unit: "mg/dL", comparator: ">" }],
    });
    expect(reading("lo")).toMatchObject({
      readings: [{ quantity: "glucose", value: 20, unit: "mg/dL", comparator: "<" }],
    });
  });
  test("an empty memory and an impossible number are said", () => {
    expect(play(meter, { simulator: { fault: "noRecord" } }).end).toMatchObject({
      how: "failed",
      code: "device.noRecord",
    });
    expect(play(meter, { simulator: { fault: "outOfRange" } }).end).toMatchObject({
      how: "failed",
      code: "device.outOfRange",
    });
  });
});

describe("a pushed label", () => {
  const wait = (): ReturnType<typeof createSession> => {
    const session = createSession(printer);
    session.begin(0);
    return session;
  };
  const label = frame(printer, "label", {
    serial: "1",
    time: null,
    operator: null,
    lot: null,
    total: { value: 4.5, unit: "mmol/L" },
    hdl: null,
    triglyceride: null,
    ldl: null,
    ratio: null,
    glucose: { value: 5.4, unit: "mmol/L" },
    ketone: null,
    creatinine: null,
  });
  test("nothing is sent, and a person may take five minutes", () => {
    const session = wait();
    expect(ends(session.wake(299_000))).toEqual([]);
    const effects = session.hear(label, 299_500);
    expect(ends(effects)).toEqual([{ do: "end", how: "finished" }]);
    expect(sends(effects)).toEqual([]);
  });
  test("two panels on one label are two measurements", () => {
    const told = wait()
      .hear(label, 10)
      .flatMap((effect) => (effect.do === "tell" && effect.outcome.kind === "measurement" ? [effect.outcome.of] : []));
    expect(told).toEqual(["lipids", "glucose"]);
  });
  test("one that stops half way is incomplete ten seconds later", () => {
    const session = wait();
    session.hear(label.subarray(0, 400), 1_000);
    expect(ends(session.wake(10_900))).toEqual([]);
    expect(ends(session.wake(11_000))).toEqual([{ do: "end", how: "failed", code: "device.resultIncomplete" }]);
  });
});
