import { describe, expect, test } from "vitest";
import { everyMoment, momentOf, sampleValues, seededRandom } from "../../../drivers/kit/sample.ts";
import type { Field, Profile, SimValue } from "../../../drivers/kit/schema.ts";
import toy from "./toy.ts";

const withField = (field: Field): Profile => ({
  ...toy,
  frames: { one: { to: "host", size: 9, fields: { it: field } } },
});
const nowMs = Date.UTC(2026, 10, 22, 8, 5, 9);
const drawn = (field: Field, value: SimValue, at = 0.5) =>
  sampleValues(withField(field), "one", { it: value }, { random: () => at, nowMs })["it"];
const units = { "mmol/L": { min: 0, max: 9, decimals: 2 } } as const;
const between = { between: [0, 1] } as const satisfies SimValue;
const lipid = { ...between, unit: "mmol/L" } as const;
const other = { ...between, unit: "mg/dL" } as const;
const mmol = (value: number): unknown => ({ value, unit: "mmol/L" });
const mg = (value: number): unknown => ({ value, unit: "mg/dL" });
const plain = { at: 0, min: 0, max: 250 } as const;

describe("numbers out of a seed", () => {
  test("are the same for the same seed and others for another", () => {
    const five = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(five(7)).toEqual(five(7));
    expect(five(7)).not.toEqual(five(8));
    // mulberry32, as published: the first of seed 1.
    expect(seededRandom(1)()).toBeCloseTo(0.627_073_940_588_161_3, 12);
    expect(five(-1)).toEqual(five(0xffff_ffff));
  });
  test("lie from 0 up to 1, evenly", () => {
    const many = Array.from({ length: 20_000 }, seededRandom(3));
    const tenths = many.map((each) => Math.floor(each * 10));
    const counts = Array.from({ length: 10 }, (_, tenth) => tenths.filter((each) => each === tenth).length);
    expect(Math.min(...many)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...many)).toBeLessThan(1);
    expect(counts.every((count) => Math.abs(count - 2_000) < 200)).toBe(true);
    expect(new Set(many).size).toBeGreaterThan(19_990);
  });
});

describe("a value of a script", () => {
  test.each<readonly [string, Field, SimValue, number, unknown]>([
    ["a number", { type: "u8", ...plain }, 7, 0, 7],
    ["nothing", { type: "u8", ...plain }, null, 0, null],
    [
      "a number with its unit",
      { type: "u8", ...plain, unit: "kg" },
      { value: 60, unit: "kg" },
      0,
      { value: 60, unit: "kg" },
    ],
    ["the lowest between", { type: "u8", ...plain }, { between: [10, 20] }, 0, 10],
    ["the middle", { type: "u8", ...plain }, { between: [10, 20] }, 0.5, 15],
    ["in whole numbers", { type: "u8", ...plain }, { between: [10, 20] }, 0.26, 13],
    ["in tenths", { type: "u8", ...plain, per: 10 }, { between: [10, 20] }, 0.123_4, 11.2],
    ["in quarters, to two places", { type: "u8", ...plain, per: 20 }, { between: [0, 1] }, 0.123_4, 0.12],
    [
      "with its unit",
      { type: "u8", ...plain, unit: "kg" },
      { between: [10, 20], unit: "kg" },
      0.5,
      { value: 15, unit: "kg" },
    ],
    ["with decimals of digits", { type: "digits", ...plain, size: 3, decimals: 2 }, { between: [0, 1] }, 0.123_4, 0.12],
    [
      "with the decimals of its unit on a label",
      { type: "analyte", names: ["A"], absent: "---", units },
      lipid,
      0.123_4,
      mmol(0.12),
    ],
    [
      "in whole numbers for a unit that a label has not",
      { type: "analyte", names: ["A"], absent: "---", units },
      other,
      0.123_4,
      mg(0),
    ],
    [
      "in whole numbers without a unit on a label",
      { type: "analyte", names: ["A"], absent: "---", units },
      between,
      0.123_4,
      0,
    ],
    ["with the decimals of its unit in a record", { type: "result", codes: ["A"], units }, lipid, 0.123_4, mmol(0.12)],
    ["with the decimals of its unit in a text", { type: "amount", units }, lipid, 0.123_4, mmol(0.12)],
    [
      "with the most decimals of its unit in a text",
      { type: "amount", units: { "mmol/L": { min: 0, max: 9, decimals: [0, 3] } } },
      lipid,
      0.123_4,
      mmol(0.123),
    ],
    ["in whole numbers for a unit that a text has not", { type: "amount", units }, other, 0.123_4, mg(0)],
    ["in whole numbers without a unit in a text", { type: "amount", units }, between, 0.123_4, 0],
    ["with the decimals of a number in a text", { type: "number", min: 0, max: 9, decimals: 1 }, between, 0.123_4, 0.1],
    [
      "with the most decimals of a number in a text",
      { type: "number", min: 0, max: 9, decimals: [0, 3] },
      between,
      0.123_4,
      0.123,
    ],
    ["in whole numbers in a text otherwise", { type: "number", min: 0, max: 9 }, between, 0.123_4, 0],
    [
      "in whole numbers where another field says the decimals",
      { type: "digits", ...plain, size: 3, decimals: { by: "x" } },
      between,
      0.123_4,
      0,
    ],
    ["in whole numbers of a code", { type: "code", size: 1, at: 0, known: [1] }, between, 0.123_4, 0],
    [
      "a moment to the minute on a label",
      { type: "rowTime", dateY: 1, timeY: 2, caption: "T" },
      { agoMs: 0 },
      0,
      "2026-11-22T08:05",
    ],
    [
      "a moment to the minute in a text without seconds",
      { type: "textTime", patterns: ["yyyy-MM-dd HH:mm", "ss"] },
      { agoMs: 0 },
      0,
      "2026-11-22T08:05",
    ],
    [
      "a moment in a text with seconds",
      { type: "textTime", patterns: ["yyyyMMddHHmmss"] },
      { agoMs: 0 },
      0,
      "2026-11-22T08:05:09",
    ],
    ["a text", { type: "recordText", at: "H-5" }, "over", 0, "over"],
    [
      "bits, one of which is called over",
      { type: "flags", at: 0, bits: { over: 0 } },
      { over: true },
      0,
      { over: true },
    ],
    ["a moment", { type: "datetime", at: 0, form: "unix32le" }, { agoMs: 60_000 }, 0, "2026-11-22T08:04:09"],
    ["the present moment", { type: "datetime", at: 0, form: "unix32le" }, { agoMs: 0 }, 0, "2026-11-22T08:05:09"],
  ])("%s", (_, field, value, random, expected) => {
    expect(drawn(field, value, random)).toEqual(expected);
  });
  test("without a source of its own it is the middle", () => {
    expect(sampleValues(withField({ type: "u8", ...plain }), "one", { it: { between: [10, 20] } })).toEqual({ it: 15 });
  });
});

describe("a line and its frame", () => {
  test("a field that the frame does not have is refused", () => {
    expect(() => sampleValues(toy, "cuff", { pressure: 1, other: 1 })).toThrow("cuff has no field other");
  });
  test("a field that the line forgets is refused", () => {
    expect(() => sampleValues(toy, "cuff", {})).toThrow("no value for cuff.pressure");
  });
  test.each<readonly [what: string, field: Field, value: unknown]>([
    ["a result", { type: "result", codes: ["A"], units }, null],
    ["a time", { type: "recordTime", from: ["R-13"] }, null],
    ["a text", { type: "recordText", at: "H-5" }, null],
    ["a code", { type: "recordCode", at: "H-5", prefix: "E", known: [1] }, null],
    ["other tests", { type: "unmapped" }, null],
    ["marks", { type: "marks", at: "R-7", bits: { high: "H", low: "L" } }, { high: false, low: false }],
  ])("%s that the line forgets is not in the record", (_what, field, value) => {
    expect(sampleValues(withField(field), "one", {})).toEqual({ it: value });
  });
  test("a frame that is not there has no fields", () => {
    expect(sampleValues(toy, "nobody", {})).toEqual({});
    expect(() => sampleValues(toy, "nobody", { a: 1 })).toThrow("nobody has no field a");
  });
});

describe("what changes over time", () => {
  const line = {
    still: 1,
    moving: {
      over: [
        [0, 5],
        [100, 6],
        [250, null],
      ],
    },
  } as const satisfies Record<string, SimValue>;
  test.each([
    [0, 5],
    [99, 5],
    [100, 6],
    [249, 6],
    [250, null],
    [9_999, null],
    [-1, 5],
  ])("after %i ms it is %s", (sinceMs, moving) => {
    expect(momentOf(line, sinceMs)).toEqual({ still: 1, moving });
  });
  test("is told at each of its times, once", () => {
    const both = {
      ...line,
      other: {
        over: [
          [0, 1],
          [100, 2],
        ],
      },
    } as const satisfies Record<string, SimValue>;
    expect(everyMoment(both)).toEqual([
      { still: 1, moving: 5, other: 1 },
      { still: 1, moving: 6, other: 2 },
      { still: 1, moving: null, other: 2 },
    ]);
    const late = { still: 1, late: { over: [[50, 7]] } } as const satisfies Record<string, SimValue>;
    expect(everyMoment(late)).toEqual([
      { still: 1, late: 7 },
      { still: 1, late: 7 },
    ]);
    expect(everyMoment({ still: { over: true } })).toEqual([{ still: { over: true } }]);
    expect(everyMoment({ still: 1 })).toEqual([{ still: 1 }]);
    expect(everyMoment({})).toEqual([{}]);
  });
});
