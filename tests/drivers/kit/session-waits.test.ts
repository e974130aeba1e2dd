import { describe, expect, test } from "vitest";
import type { Profile, SessionOptions } from "../../../drivers/kit/index.ts";
import type { Rule, Step } from "../../../drivers/kit/schema.ts";
import {
  also,
  begun,
  dump,
  frame,
  hello,
  lineOf,
  listen,
  normal,
  pressures,
  profileOf,
  readout,
  record,
  time,
  type Line,
} from "./session-line.ts";
import toy from "./toy.ts";

/** What a step that waits lets go by: frames of other kinds, what comes twice, what belongs to no question. */
const live = (more: object = {}): Uint8Array => frame("live", { finger: { out: false }, spo2: 97, pulse: 70, ...more });
const control = pressures({ status: { ...normal, control: true } });
const poll: Step = {
  do: "poll",
  phase: "waiting",
  send: "askState",
  everyMs: 300,
  until: ["pressures"],
  silenceMs: 1_000,
  withinMs: 2_000,
};
const meaning = (more: Readonly<Record<string, Rule | readonly Rule[]>>): Partial<Profile> => ({
  meaning: { ...toy.meaning, ...more },
});
const told = (steps: readonly Step[], more: Partial<Profile>, options: SessionOptions = {}): Line => {
  const line = lineOf(profileOf(steps, {}, more), options);
  line.begin();
  return line;
};

describe("a frame of another kind", () => {
  const sugar: SessionOptions = { of: "glucose" };
  test.each<readonly [what: string, steps: readonly Step[], goesOn: string]>([
    ["is an answer to a question", [{ ...hello, expect: ["hi", "pressures"] }, listen], "phase measuring"],
    [
      "is an answer when it says so",
      [{ ...hello, expect: [{ frame: "pressures", when: { error: [0] } }] }, listen],
      "phase measuring",
    ],
    ["ends a task", [{ ...hello, done: ["pressures"] }, listen], "end finished"],
    ["is polled for", [poll, listen], "phase measuring"],
    ["ends a poll", [{ ...poll, until: ["hi"], done: ["hi", "pressures"] }, listen], "end finished"],
  ])("%s that waits for it", (_what, steps, goesOn) => {
    expect(begun(steps, {}, sugar).hear(pressures(), 10)).toContain(goesOn);
  });
  test("is one of the records that are asked for", () => {
    const line = begun([{ ...readout, expect: ["assay", "record"] }], {}, sugar);
    expect(line.hear(frame("assay", { index: 0, acid: 5 }), 10)).toContain("send askRecord");
  });
  test.each<readonly [what: string, step: Step]>([
    ["a question", hello],
    ["a poll", { ...poll, until: ["hi"] }],
    ["a memory", readout],
  ])("that is a control is no result of %s for another control", (_what, step) => {
    const line = begun([step, listen], {}, { of: "glucose", purpose: "control" });
    expect(line.hear(control, 10).filter((each) => !each.startsWith("wake"))).toEqual(["tell control (9)"]);
  });
});

test("an answer is told by its frame, whatever another one says", () => {
  const line = begun([{ ...hello, expect: [{ frame: "hi", when: {} }] }, listen]);
  expect(line.hear(frame("ready"), 10)).toEqual(["tell ready (4)", "wake 200"]);
  expect(line.hear(frame("hi"), 20)).toContain("phase measuring");
});
test("progress beside what the device says of itself is progress", () => {
  const progress: Rule = { kind: "progress", of: "bloodPressure", readings: [["bp.cuff", "pressure"]] };
  const line = told([hello, listen], meaning({ cuff: [{ kind: "information", about: "seen", values: {} }, progress] }));
  expect(line.hear(frame("cuff", { pressure: 100 }), 10)).toContain("phase measuring");
});
test("a poll that hears something waits for its next question, not for the silence it had begun", () => {
  const line = begun([{ ...poll, until: ["ready"] }]);
  for (const ms of [300, 600, 900]) line.wake(ms);
  expect(line.hear(frame("hi"), 950)).toEqual(["tell here (4)", "wake 1200"]);
});

describe("a memory", () => {
  const dated: Rule = {
    kind: "measurement",
    of: "glucose",
    readings: [["glucose", "glucose"]],
    deviceTime: "time/taken",
  };
  const since: SessionOptions = { sinceDeviceTime: "2026-11-22T08:00:00" };
  const seen: Rule = { kind: "information", about: "seen", values: {} };
  test("does not give a record the time that was said before it was asked for", () => {
    const line = begun([
      { ...hello, expect: ["time"] },
      { ...readout, also },
    ]);
    expect(line.hear(time(), 10)).toContain("send askTime");
    expect(line.hear(record(0), 20)).toEqual(["tell measurement (6)", "wake 510"]);
  });
  test("whose records say something else, too, ends at one that is too old", () => {
    const line = told([{ ...readout, also }], meaning({ record: [seen, dated] }), since);
    line.hear(time("2026-11-22T07:59:59"), 10);
    expect(line.hear(record(0), 20).at(-1)).toBe("end finished");
  });
  test.each([
    ["2026-11-22T07:59:59", "end finished"],
    ["2026-11-22T08:00:00", "wake 520"],
  ])("of controls is read back to a time, too: %s", (taken, last) => {
    const line = told([{ ...readout, also }], meaning({ record: { ...dated, kind: "control" } }), {
      ...since,
      purpose: "control",
    });
    line.hear(time(taken), 10);
    expect(line.hear(record(0), 20).at(-1)).toBe(last);
  });
  test("is over with its last record, also when something was asked twice for it", () => {
    const line = begun([{ ...readout, also, most: 1 }]);
    line.wake(500);
    line.hear(time(), 510);
    expect(line.hear(record(0), 520)).toEqual(["tell measurement (14)", "end finished"]);
  });
  test("without times lets nothing go by: a second answer cannot be another record's", () => {
    const line = begun([readout]);
    line.wake(500);
    expect(line.hear(record(0), 510)).toEqual(["tell measurement (6)", "send askRecord", "wake 1010"]);
  });
  test("that lets answers go by tells everything else", () => {
    const { link: _, ...open } = toy.meaning["time"] as Extract<Rule, { kind: "information" }>;
    const line = told([{ ...readout, also }], meaning({ time: open }));
    line.wake(500);
    line.hear(time(), 510);
    line.hear(record(0), 520);
    expect(line.hear(time(), 530)).toEqual(["wake 1020"]);
    expect(line.hear(frame("hi"), 540)).toEqual(["tell here (4)", "wake 1020"]);
  });
  test("asks for the record when the time has come, and once", () => {
    const line = begun([{ ...readout, also }]);
    expect(line.hear(frame("hi"), 10)).toEqual(["tell here (4)", "wake 500"]);
    expect(line.hear(time(), 20)).toEqual(["send askRecord", "wake 520"]);
    expect(line.hear(time(), 30)).toEqual(["wake 520"]);
  });
});

describe("a dump", () => {
  test("ends with a fault that is no record's", () => {
    const line = begun([dump]);
    expect(line.hear(live({ finger: { out: true } }), 10).at(-1)).toBe("end failed device.weakPulse");
  });
  test("lets go by what is neither its header nor a record", () => {
    const line = begun([dump]);
    expect(line.hear(frame("hi"), 10)).toEqual(["tell here (4)", "wake 500"]);
    expect(line.hear(frame("count", { records: 1 }), 20)).toEqual(["tell count (5)", "wake 520"]);
    expect(line.hear(frame("assay", { index: 1, acid: 5 }), 30)).toEqual(["tell measurement (6)", "end finished"]);
  });
});

describe("what is read twice", () => {
  const twice: Step = { do: "twice", phase: "reading", send: "askAll", expect: "pressures", withinMs: 500, tries: 2 };
  test("lets go by what is no answer", () => {
    const line = begun([twice]);
    for (const ms of [10, 20, 30]) expect(line.hear(frame("hi"), ms)).toEqual(["tell here (4)", "wake 500"]);
    expect(line.hear(pressures(), 40)).toEqual(["send askAll", "wake 540"]);
    expect(line.hear(pressures(), 50)).toEqual(["tell measurement (18)", "end finished"]);
  });
  test("is waited for, and of another kind it is no result", () => {
    const line = begun([twice, listen], {}, { of: "glucose" });
    expect(line.hear(pressures(), 10)).toEqual(["send askAll", "wake 510"]);
    expect(line.hear(pressures(), 20)).toEqual(["tell measurement (18)", "phase measuring", "wake 3020"]);
  });
  test("apart from what is said of another frame that is read twice", () => {
    const line = begun([twice, { ...twice, expect: "assay" }]);
    expect(line.hear(frame("assay", { index: 1, acid: 5 }), 10)).toEqual(["wake 500"]);
  });
});

describe("a stream", () => {
  const settle: Step = {
    do: "settle",
    phase: "measuring",
    frame: "live",
    of: "oximetry",
    within: { spo2: 2 },
    count: 3,
    take: "last",
    firstMs: 2_000,
    silenceMs: 1_000,
    withinMs: 5_000,
  };
  const out = live({ finger: { out: true } });
  test("settles over what other frames say between", () => {
    const line = begun([settle]);
    line.hear(live(), 10);
    line.hear(frame("hi"), 20);
    line.hear(live(), 30);
    line.hear(frame("hi"), 40);
    expect(line.hear(live(), 50).slice(-2)).toEqual(["tell measurement (21)", "end finished"]);
  });
  test("goes on after faults of its own, however often they are said", () => {
    const line = begun([settle]);
    for (let ms = 10; ms <= 50; ms += 10) expect(line.hear(out, ms)).toEqual([`wake ${ms + 1_000}`]);
  });
  test("that is a result said again ends when it says its fault again and again", () => {
    const line = begun([{ ...settle, quiet: true }]);
    expect([10, 20].map((ms) => line.hear(out, ms))).toEqual([["wake 1010"], ["wake 1020"]]);
    expect(line.hear(out, 30).at(-1)).toBe("end failed device.weakPulse");
  });
  test("ends with a fault of another frame", () => {
    const line = begun([settle]);
    expect(line.hear(pressures({ error: 1 }), 10).at(-1)).toBe("end failed device.cuffLoose");
  });
  test("that falls silent is silent, and one that goes on unsettled is late", () => {
    const silent = begun([settle]);
    silent.hear(live(), 10);
    expect(silent.wake(1_010)).toEqual(["tell device.silent", "end failed device.silent"]);
    const late = begun([settle]);
    for (let ms = 500; ms < 5_000; ms += 500) late.hear(live({ spo2: 50 + (ms / 500) * 5 }), ms);
    expect(late.wake(5_000)).toEqual(["tell device.tooLong", "end failed device.tooLong"]);
  });
});
