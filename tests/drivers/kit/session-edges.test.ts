import { describe, expect, test } from "vitest";
import { encode, type Profile } from "../../../drivers/kit/index.ts";
import type { Rule, Step } from "../../../drivers/kit/schema.ts";
import {
  begun,
  frame,
  hello,
  lineOf,
  listen,
  noise,
  normal,
  pressures,
  profileOf,
  record,
  stop,
  type Line,
} from "./session-line.ts";
import toy from "./toy.ts";

/** Everything that a session does, in order and with its times: what is sent, told, waited for, and how it ends. */
describe("a session", () => {
  test("begins once", () => {
    const line = lineOf(profileOf([hello, listen]));
    expect(line.begin(50)).toEqual(["phase contacting", "send hello", "wake 250"]);
    expect(line.begin(60)).toEqual([]);
  });
  test("tells each phase once", () => {
    const line = begun([hello, { ...listen, phase: "contacting" }, hello]);
    expect(line.hear(frame("hi"), 10)).toEqual(["tell here (4)", "wake 3010"]);
    expect(begun([hello, listen]).hear(frame("hi"), 10)).toEqual(["tell here (4)", "phase measuring", "wake 3010"]);
  });
  test("that was never begun ends when it is stopped, and is never waked", () => {
    const line = lineOf(profileOf([hello], { stop }));
    expect(line.wake(10)).toEqual([]);
    expect(line.stop(10)).toEqual(["end stopped"]);
    expect(line.begin(20)).toEqual([]);
    expect(line.stop(30)).toEqual([]);
  });
  test("that is over still tells what comes, and nothing else", () => {
    const line = begun([hello]);
    expect(line.stop(10)).toEqual(["end stopped"]);
    expect(line.hear(frame("hi"), 20)).toEqual(["tell here (4)"]);
    expect(line.hear(noise(3), 20)).toEqual(["tell discarded (3)"]);
    expect(line.wake(10_000)).toEqual([]);
  });
  test("that runs out of steps without a result has no record", () => {
    expect(begun([hello]).hear(frame("hi"), 10)).toEqual([
      "tell here (4)",
      "tell device.noRecord",
      "end failed device.noRecord",
    ]);
  });
  test("of a device that measures nothing runs out of steps well", () => {
    const line = lineOf(profileOf([hello], {}, { measures: [] }));
    line.begin();
    expect(line.hear(frame("hi"), 10)).toEqual(["tell here (4)", "end finished"]);
  });
  test("is too long for a device that is asked, and silent for one that speaks by itself", () => {
    const line = begun([{ ...listen, firstMs: 90_000 }]);
    expect(line.wake(59_999)).toEqual(["wake 60000"]);
    expect(line.wake(60_000)).toEqual(["tell device.tooLong", "end failed device.tooLong"]);
    const pushed = lineOf(profileOf([{ ...listen, firstMs: 90_000 }], {}, { push: true }));
    pushed.begin();
    expect(pushed.wake(60_000)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
  test("keeps the device awake while it runs", () => {
    const line = lineOf(profileOf([hello, listen], { keepAlive: { send: "still", everyMs: 150 }, stop }));
    expect(line.begin()).toEqual(["phase contacting", "send hello", "wake 150"]);
    expect(line.wake(149)).toEqual(["wake 150"]);
    expect(line.wake(150)).toEqual(["send still", "wake 200"]);
    expect(line.wake(200)).toEqual(["send hello", "wake 300"]);
    expect(line.wake(310)).toEqual(["send still", "wake 400"]);
    expect(line.stop(320)).toEqual(["send stop", "wake 520"]);
    expect(line.wake(470)).toEqual(["wake 520"]);
  });
  test("of which a parameter was not handed in is a bug, and of one that was is not", () => {
    const door: Step = { do: "send", phase: "waiting", send: "open", values: { door: { from: "door" } }, acts: true };
    expect(() => lineOf(profileOf([door]))).toThrow("nothing was handed in for door");
    const line = lineOf(profileOf([door]), { values: { door: 3 } });
    expect(line.begin()).toEqual(["phase waiting", "send open", "tell device.noRecord", "end failed device.noRecord"]);
  });
});

describe("what may be acting", () => {
  test("is stopped, and the end waits for the answer", () => {
    const line = begun([hello, listen], { stop });
    expect(line.stop(10)).toEqual(["send stop", "wake 210"]);
    expect(line.stop(20)).toEqual(["wake 210"]);
    expect(line.hear(frame("hi"), 30)).toEqual(["tell here (4)", "wake 210"]);
    expect(line.hear(frame("stopped"), 40)).toEqual(["end stopped"]);
    expect(line.hear(frame("stopped"), 50)).toEqual([]);
  });
  test("is told so often, and no longer", () => {
    const line = begun([hello, listen], { stop });
    line.stop(0);
    expect(line.wake(199)).toEqual(["wake 200"]);
    expect(line.wake(200)).toEqual(["send stop", "wake 400"]);
    expect(line.wake(400)).toEqual(["send stop", "wake 600"]);
    expect(line.wake(600)).toEqual(["end stopped"]);
    expect(line.wake(800)).toEqual([]);
  });
  test("is stopped behind a result only where the table says always", () => {
    const result = (always: boolean): readonly string[] =>
      begun([listen], { stop: always ? { ...stop, always } : stop }).hear(pressures(), 10);
    expect(result(false)).toEqual(["tell measurement (9)", "end finished"]);
    expect(result(true)).toEqual(["tell measurement (9)", "send stop", "wake 210"]);
  });
  test("has stopped by itself when the device says a fault of its own", () => {
    const failed = (bytes: Uint8Array, always = false): readonly string[] =>
      begun([listen], { stop: always ? { ...stop, always } : stop }).hear(bytes, 10);
    expect(failed(pressures({ error: 1 }))).toEqual(["tell device.cuffLoose", "end failed device.cuffLoose"]);
    expect(failed(pressures({ error: 1 }), true)).toEqual(["tell device.cuffLoose", "send stop", "wake 210"]);
    // An impossible number is no fault of its own.
    expect(failed(frame("cuff", { pressure: 251 }))).toEqual(["tell device.outOfRange", "send stop", "wake 210"]);
    expect(failed(pressures({ systolic: 255 }))).toEqual(["tell device.outOfRange", "send stop", "wake 210"]);
  });
});

describe("silence", () => {
  test("behind a question: it is put again, and then nobody is there", () => {
    const line = begun([hello]);
    expect(line.wake(200)).toEqual(["send hello", "wake 400"]);
    expect(line.wake(400)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
  test.each([
    [7, "device.silent"],
    [8, "device.garbled"],
  ])("behind %d bytes that are no frame is %s", (size, code) => {
    const line = begun([hello]);
    expect(line.hear(noise(size), 100)).toEqual([`tell discarded (${size})`, "wake 200"]);
    line.wake(200);
    expect(line.wake(400)).toEqual([`tell ${code}`, `end failed ${code}`]);
  });
  test("behind noise and then a frame is silence", () => {
    const line = begun([hello, listen]);
    line.hear(noise(20), 50);
    line.hear(frame("hi"), 100);
    expect(line.wake(3_100)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
  test("behind noise is shorter where a result is listened for", () => {
    const line = begun([listen]);
    expect(line.hear(noise(7), 100)).toEqual(["tell discarded (7)", "wake 3000"]);
    expect(line.hear(noise(1), 200)).toEqual(["tell discarded (1)", "wake 1200"]);
    expect(line.wake(1_200)).toEqual(["tell device.garbled", "end failed device.garbled"]);
  });
  test("behind half a frame is a gap, then a shorter wait", () => {
    const line = begun([{ ...listen, partial: "device.resultIncomplete" }]);
    const half = pressures().subarray(0, 5);
    expect(line.hear(half, 100)).toEqual(["wake 200"]);
    expect(line.wake(199)).toEqual(["wake 200"]);
    expect(line.wake(200)).toEqual(["tell discarded (5)", "wake 1100"]);
    expect(line.wake(1_100)).toEqual(["tell device.resultIncomplete", "end failed device.resultIncomplete"]);
  });
  test("behind half a frame that has no name of its own is silence", () => {
    const line = begun([listen]);
    line.hear(pressures().subarray(0, 5), 100);
    line.wake(200);
    expect(line.wake(1_100)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
  test("behind half a frame is forgiven when a frame comes", () => {
    const line = begun([{ ...listen, partial: "device.resultIncomplete" }]);
    line.hear(pressures().subarray(0, 5), 100);
    line.wake(200);
    expect(line.hear(frame("hi"), 300)).toEqual(["tell here (4)", "wake 1300"]);
    expect(line.wake(1_300)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
  test("behind a broken result asks for it again, so often", () => {
    const again = { send: "still", withinMs: 500, tries: 2 };
    const line = begun([{ ...listen, again, partial: "device.resultIncomplete" }]);
    const half = pressures().subarray(0, 5);
    line.hear(half, 100);
    line.wake(200);
    expect(line.wake(1_100)).toEqual(["send still", "wake 1600"]);
    line.hear(half, 1_200);
    expect(line.wake(1_300)).toEqual(["tell discarded (5)", "wake 1600"]);
    expect(line.wake(1_600)).toEqual(["send still", "wake 2100"]);
    line.hear(half, 1_700);
    line.wake(1_800);
    expect(line.wake(2_100)).toEqual(["tell device.resultIncomplete", "end failed device.resultIncomplete"]);
  });
  test("without anything broken asks for nothing again", () => {
    const again = { send: "still", withinMs: 500, tries: 2 };
    expect(begun([{ ...listen, again }]).wake(3_000)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
  test("behind a frame that is not over when its question is: the frame behind it counts", () => {
    const line = begun([hello, listen], { gapMs: 1_000 });
    // The length of a frame that never comes, and an answer inside of it.
    line.hear(Uint8Array.of(0xaa, 0x09, 0x07, ...frame("hi")), 100);
    expect(line.wake(200)).toEqual(["tell discarded (3)", "tell here (4)", "phase measuring", "wake 3200"]);
  });
});

describe("a step that asks", () => {
  test("is done when it hears what ends the session", () => {
    const door: Step = {
      ...hello,
      send: "askState",
      expect: ["state"],
      done: [{ frame: "state", when: { door: [1] } }],
    };
    expect(begun([door, listen]).hear(frame("state", { door: 1 }), 10)).toEqual(["tell state (5)", "end finished"]);
    expect(begun([door, listen]).hear(frame("state", { door: 0 }), 10)).toContain("phase measuring");
    expect(begun([door, listen]).hear(frame("hi"), 10)).toEqual(["tell here (4)", "wake 200"]);
  });
  test("goes on with what listens when the device measures already", () => {
    const cuff = frame("cuff", { pressure: 100 });
    const two = begun([hello, { ...hello, send: "start", acts: true }, listen]);
    expect(two.hear(cuff, 10)).toEqual(["tell progress (5)", "phase measuring", "wake 3010"]);
    // Nothing listens any more: the answer is waited for.
    expect(begun([listen, hello, hello]).hear(cuff, 10)).toEqual(["tell progress (5)", "wake 1010"]);
    expect(begun([hello, hello]).hear(cuff, 10)).toEqual(["tell progress (5)", "wake 200"]);
  });
  test("answers a frame where it may only be said then", () => {
    const after: Step = { ...hello, after: "ready" };
    const line = lineOf(profileOf([after, listen]));
    expect(line.begin()).toEqual(["phase contacting", "wake 200"]);
    expect(line.hear(frame("hi"), 50)).toEqual(["tell here (4)", "phase measuring", "wake 3050"]);
    const asked = lineOf(profileOf([after, listen]));
    asked.begin();
    expect(asked.hear(frame("ready"), 100)).toEqual(["send hello", "tell ready (4)", "wake 300"]);
    expect(asked.hear(frame("ready"), 150)).toEqual(["tell ready (4)", "wake 300"]);
    expect(asked.wake(300)).toEqual(["send hello", "wake 500"]);
  });
});

describe("a step that sends", () => {
  test("goes on at once, or after its pause", () => {
    const line = lineOf(profileOf([{ do: "send", phase: "waiting", send: "hello" }, listen]));
    expect(line.begin()).toEqual(["phase waiting", "send hello", "phase measuring", "wake 3000"]);
    const paused = lineOf(profileOf([{ do: "send", phase: "waiting", send: "hello", pauseMs: 100 }, listen]));
    expect(paused.begin()).toEqual(["phase waiting", "send hello", "wake 100"]);
    expect(paused.hear(frame("hi"), 50)).toEqual(["tell here (4)", "wake 100"]);
    expect(paused.wake(100)).toEqual(["phase measuring", "wake 3100"]);
  });
});

describe("a step that polls", () => {
  const poll: Step = {
    do: "poll",
    phase: "waiting",
    send: "askState",
    everyMs: 300,
    until: [{ frame: "state", when: { door: [1] } }],
    done: ["ready"],
    silenceMs: 1_000,
    withinMs: 2_000,
    late: "device.unknown",
  };
  const shut = frame("state", { door: 0 });
  test("asks so often until it hears what it waits for", () => {
    const line = lineOf(profileOf([poll, listen]));
    expect(line.begin()).toEqual(["phase waiting", "send askState", "wake 300"]);
    expect(line.hear(shut, 100)).toEqual(["tell state (5)", "wake 300"]);
    expect(line.wake(300)).toEqual(["send askState", "wake 600"]);
    expect(line.hear(frame("state", { door: 1 }), 400)).toEqual(["tell state (5)", "phase measuring", "wake 3400"]);
  });
  test("is done when it hears what ends the session", () => {
    expect(begun([poll]).hear(frame("ready"), 100)).toEqual(["tell ready (4)", "end finished"]);
  });
  test("is silent when nothing comes", () => {
    const line = begun([poll]);
    for (const ms of [300, 600, 900]) line.wake(ms);
    expect(line.wake(1_000)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
  test("is silent when nothing comes any more", () => {
    const line = begun([poll]);
    line.hear(shut, 100);
    for (const ms of [300, 600, 900]) line.wake(ms);
    expect(line.wake(1_000)).toEqual(["wake 1100"]);
    expect(line.wake(1_100)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
  test.each([
    ["its own fault", poll, "device.unknown"],
    ["too long", { ...poll, late: undefined }, "device.tooLong"],
  ])("is late with %s when it hears another answer all the time", (_what, step, code) => {
    const line = begun([step]);
    for (let ms = 100; ms < 2_000; ms += 100) line.hear(shut, ms);
    expect(line.wake(2_000)).toEqual([`tell ${code}`, `end failed ${code}`]);
  });
  test("is garbled when it heard more noise than answers", () => {
    const line = begun([poll]);
    for (let ms = 100; ms < 2_000; ms += 100) {
      line.hear(noise(6), ms);
      line.hear(shut, ms);
    }
    expect(line.wake(2_000)).toEqual(["tell device.garbled", "end failed device.garbled"]);
  });
  test("that never heard anything is silent, also when its time is over first", () => {
    expect(begun([{ ...poll, silenceMs: 5_000, withinMs: 200 }]).wake(200)).toEqual([
      "tell device.silent",
      "end failed device.silent",
    ]);
  });
});

describe("what is heard of another kind", () => {
  const asked = (steps: readonly Step[] = [listen]): Line => begun(steps, {}, { of: "bloodPressure" });
  test("is told when it is a whole result, and ends nothing", () => {
    expect(asked().hear(record(1), 10)).toEqual(["tell measurement (6)", "wake 3000"]);
  });
  test("is not told when it is progress or a fault", () => {
    const live = (out: boolean): Uint8Array => frame("live", { finger: { out }, spo2: 97, pulse: 70 });
    expect(asked().hear(live(false), 10)).toEqual(["wake 3000"]);
    expect(asked().hear(live(true), 10)).toEqual(["wake 3000"]);
  });
  test("goes on where it is waited for", () => {
    expect(asked([{ ...hello, expect: ["record"] }, listen]).hear(record(1), 10)).toEqual([
      "tell measurement (6)",
      "phase measuring",
      "wake 3010",
    ]);
  });
  test("is of the kind that is asked for where it is", () => {
    expect(asked().hear(pressures(), 10)).toEqual(["tell measurement (9)", "end finished"]);
  });
});

describe("control material", () => {
  const control = pressures({ status: { ...normal, control: true } });
  test("is no result of a resident", () => {
    expect(begun([listen], { stop }).hear(control, 10)).toEqual(["tell control (9)", "send stop", "wake 210"]);
    expect(begun([listen]).hear(control, 10)).toEqual(["tell control (9)", "end failed gate.control"]);
  });
  test("is the result where it was asked for", () => {
    expect(begun([listen], {}, { purpose: "control" }).hear(control, 10)).toEqual(["tell control (9)", "end finished"]);
    expect(begun([listen], {}, { purpose: "measure" }).hear(control, 10)).toEqual([
      "tell control (9)",
      "end failed gate.control",
    ]);
  });
});

describe("scans and cards", () => {
  const meaning = (rule: Rule): Partial<Profile> => ({ meaning: { ...toy.meaning, hi: rule } });
  test.each<readonly [what: string, rule: Rule, kind: string]>([
    ["a scan", { kind: "scan", text: "text" }, "scan"],
    ["a card", { kind: "identity", card: {} }, "identity"],
  ])("%s is a result", (_what, rule, kind) => {
    const frames: Profile["frames"] = {
      ...toy.frames,
      hi: { to: "host", size: 6, match: [{ at: 2, is: "01" }], fields: { text: { type: "ascii", at: 3, size: 2 } } },
    };
    const profile = profileOf([listen], {}, { ...meaning(rule), frames });
    const line = lineOf(profile);
    line.begin();
    expect(line.hear(encode(profile, "hi", { text: "AB" }), 10)).toEqual([`tell ${kind} (6)`, "end finished"]);
  });
});

describe("replies", () => {
  const replies = { ready: { send: "still" } } as const;
  test("are said at once, by the session that has them and while it runs", () => {
    expect(begun([listen], { replies }).hear(frame("ready"), 10)).toEqual([
      "send still",
      "tell ready (4)",
      "wake 1010",
    ]);
    expect(begun([listen]).hear(frame("ready"), 10)).toEqual(["tell ready (4)", "wake 1010"]);
    const line = begun([listen], { replies, stop });
    line.stop(5);
    expect(line.hear(frame("ready"), 10)).toEqual(["tell ready (4)", "wake 205"]);
  });
});
