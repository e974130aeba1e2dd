import { describe, expect, test } from "vitest";
import { createSession, decoder, type Profile, type SessionOptions } from "../../../drivers/kit/index.ts";
import type { Rule, Step } from "../../../drivers/kit/schema.ts";
import { also, begun, dump, frame, hello, lineOf, profileOf, readout, record, time } from "./session-line.ts";
import toy from "./toy.ts";

/** What a device has kept: read record by record, or said all at once. */
describe("a memory", () => {
  const counted: Step = { ...hello, expect: ["count"] };
  test("is read record by record, up to the most", () => {
    const line = lineOf(profileOf([readout]));
    expect(line.begin()).toEqual(["phase reading", "send askRecord", "wake 500"]);
    expect(line.hear(record(0), 10)).toEqual(["tell measurement (6)", "send askRecord", "wake 510"]);
    expect(line.hear(record(1), 20)).toEqual(["tell measurement (6)", "send askRecord", "wake 520"]);
    expect(line.hear(record(2), 30)).toEqual(["tell measurement (6)", "end finished"]);
  });
  test.each<readonly [what: string, options: SessionOptions, announced: number, records: number]>([
    ["the profile's most", {}, 9, 3],
    ["what was announced", {}, 2, 2],
    ["what is wanted", { mostRecords: 1 }, 9, 1],
  ])("is read up to %s", (_what, options, announced, records) => {
    const line = begun([counted, { ...readout, count: "count/records" }], {}, options);
    const all = [line.hear(frame("count", { records: announced }), 10)];
    for (let i = 0; i < records; i++) all.push(line.hear(record(i), 20 + i));
    expect(all.flat().filter((each) => each === "send askRecord")).toHaveLength(records);
    expect(all.at(-1)?.at(-1)).toBe("end finished");
  });
  test("whose number of records nobody said is read to the most", () => {
    const line = begun([hello, { ...readout, count: "count/records" }]);
    expect(line.hear(frame("hi"), 10)).toContain("send askRecord");
    expect(line.hear(record(0), 20)).toContain("send askRecord");
  });
  test("asks with the index of each record", () => {
    const session = createSession(profileOf([{ ...readout, first: 4 }]));
    const asked = [...session.begin(0), ...session.hear(record(4), 10)].flatMap((effect) =>
      effect.do === "send" ? decoder(toy, { side: "device" }).hearFrames(effect.bytes) : [],
    );
    expect(asked.map(({ values }) => values["index"])).toEqual([4, 5]);
  });
  test("that has nothing left says so", () => {
    const line = begun([{ ...readout, none: "ready" }]);
    line.hear(record(0), 10);
    expect(line.hear(frame("ready"), 20)).toEqual(["tell ready (4)", "end finished"]);
    expect(begun([{ ...readout, none: "ready" }]).hear(frame("hi"), 10)).toEqual(["tell here (4)", "wake 500"]);
  });
  test("may answer with one of several frames", () => {
    const line = begun([{ ...readout, expect: ["assay", "record"] }]);
    expect(line.hear(record(0), 10)).toContain("send askRecord");
    expect(line.hear(frame("assay", { index: 1, acid: 5 }), 20)).toContain("send askRecord");
  });
  test("of which one record cannot be goes on, and fails when there was no other", () => {
    const bad = frame("record", { index: 0, glucose: 10 });
    const line = begun([{ ...readout, most: 2 }]);
    expect(line.hear(bad, 10)).toEqual(["tell device.outOfRange", "send askRecord", "wake 510"]);
    expect(line.hear(bad, 20)).toEqual(["tell device.outOfRange", "end failed device.outOfRange"]);
    const mixed = begun([{ ...readout, most: 2 }]);
    mixed.hear(record(0), 10);
    expect(mixed.hear(bad, 20)).toEqual(["tell device.outOfRange", "end finished"]);
  });
  test("is read back to a time: the first that is older is the last", () => {
    const line = begun([{ ...readout, also }], {}, { sinceDeviceTime: "2026-11-22T08:00:00" });
    line.hear(time(), 10);
    expect(line.hear(record(0), 20)).toContain("send askTime");
    line.hear(time("2026-11-22T07:59:59"), 30);
    expect(line.hear(record(1), 40)).toEqual(["tell measurement (14)", "end finished"]);
  });
  test("is read back to a time of the station, by the device's own clock", () => {
    const clock: Rule = { kind: "information", about: "clock", values: { deviceTime: "taken" } };
    const told: Partial<Profile> = { meaning: { ...toy.meaning, time: clock } };
    const steps: readonly Step[] = [
      { ...hello, send: "askAll", expect: ["time"] },
      { ...readout, also },
    ];
    const line = lineOf(profileOf(steps, {}, told), { sinceMs: 1_000_000 });
    line.begin(1_060_000);
    // The device shows eight; the visit began a minute ago.
    expect(line.hear(time(), 1_060_000)).toContain("send askTime");
    line.hear(time("2026-11-22T07:59:00"), 1_060_010);
    expect(line.hear(record(0), 1_060_020)).toContain("send askTime");
    line.hear(time("2026-11-22T07:58:59"), 1_060_030);
    expect(line.hear(record(1), 1_060_040).at(-1)).toBe("end finished");
  });
  test("whose first question was put twice lets the second answer go by", () => {
    const line = begun([{ ...readout, also }]);
    expect(line.wake(500)).toEqual(["send askTime", "wake 1000"]);
    expect(line.hear(time(), 510)).toEqual(["send askRecord", "wake 1010"]);
    expect(line.hear(record(0), 520)).toEqual(["tell measurement (14)", "wake 1020"]);
    expect(line.hear(record(0), 530)).toEqual(["wake 1020"]);
    expect(line.hear(time(), 540)).toEqual(["wake 1020"]);
    expect(line.wake(1_020)).toEqual(["send askTime", "wake 1520"]);
    line.hear(time(), 1_030);
    // Nothing was asked twice this time.
    expect(line.hear(record(1), 1_040)).toEqual(["tell measurement (14)", "send askTime", "wake 1540"]);
  });
  test("whose second question was put twice lets its answer go by, too", () => {
    const line = begun([{ ...readout, also }]);
    line.hear(time(), 10);
    line.wake(510);
    expect(line.hear(record(0), 520)).toEqual(["tell measurement (14)", "wake 1020"]);
  });
  test("that falls silent says so", () => {
    const line = begun([readout]);
    line.wake(500);
    expect(line.wake(1_000)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
});

describe("a dump", () => {
  const assay = (acid: number): Uint8Array => frame("assay", { index: 1, acid });
  test("tells everything when the last has come", () => {
    const line = begun([dump]);
    expect(line.hear(frame("count", { records: 2 }), 10)).toEqual(["tell count (5)", "wake 510"]);
    expect(line.hear(assay(5), 20)).toEqual(["wake 520"]);
    expect(line.hear(frame("hi"), 25)).toEqual(["tell here (4)", "wake 520"]);
    expect(line.hear(assay(6), 30)).toEqual(["tell measurement (6)", "tell measurement (6)", "end finished"]);
  });
  test("of nothing has no record", () => {
    expect(begun([dump]).hear(frame("count", { records: 0 }), 10)).toEqual([
      "tell count (5)",
      "tell device.noRecord",
      "end failed device.noRecord",
    ]);
  });
  test("of more than the most is not whole", () => {
    expect(begun([dump]).hear(frame("count", { records: 3 }), 10)).toEqual([
      "tell count (5)",
      "tell device.resultIncomplete",
      "end failed device.resultIncomplete",
    ]);
  });
  test("whose header comes twice goes by the first", () => {
    const line = begun([dump]);
    line.hear(frame("count", { records: 1 }), 10);
    line.hear(frame("count", { records: 2 }), 20);
    expect(line.hear(assay(5), 30)).toEqual(["tell measurement (6)", "end finished"]);
  });
  test("with one that cannot be tells the others, and fails when there is none", () => {
    const line = begun([dump]);
    line.hear(frame("count", { records: 2 }), 10);
    line.hear(assay(99), 20);
    expect(line.hear(assay(5), 30)).toEqual(["tell device.outOfRange", "tell measurement (6)", "end finished"]);
    const none = begun([dump]);
    none.hear(frame("count", { records: 1 }), 10);
    expect(none.hear(assay(99), 20)).toEqual(["tell device.outOfRange", "end failed device.outOfRange"]);
  });
  test("that stops in the middle is not whole, and one that never begins is silent", () => {
    const line = begun([dump]);
    line.hear(frame("count", { records: 2 }), 10);
    line.hear(assay(5), 20);
    expect(line.wake(520)).toEqual(["tell device.resultIncomplete", "end failed device.resultIncomplete"]);
    const silent = begun([dump]);
    silent.wake(500);
    expect(silent.wake(1_000)).toEqual(["tell device.silent", "end failed device.silent"]);
  });
});
