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
    expect(everyMoment({ still: 1 })).toEqual([{ still: 1 }]);
    expect(everyMoment({})).toEqual([{}]);
  });
});
