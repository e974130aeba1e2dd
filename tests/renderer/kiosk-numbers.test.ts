import { describe, expect, test } from "vitest";
import type { Result } from "../../core/contract/views.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { headline, leading, sentenceOf, type Judgement } from "../../renderer/kiosk/judged.ts";
import { textIn } from "../../renderer/parts/language.tsx";
import { numberWords, unitWords } from "../../renderer/parts/reading.tsx";
import { loadWords } from "../../renderer/parts/words.ts";
import "../../renderer/kiosk/own-words.ts";

await loadWords("en");

const zh = textIn("zh-CN");
const en = textIn("en");

const measured = (of: Measurement["of"], readings: Measurement["readings"]): Measurement => ({
  id: "018f0000-0000-7000-8000-000000000001",
  visit: "visit",
  of,
  readings,
  doubts: [],
  provenance: {
    device: "d",
    profile: "p",
    profileVersion: "1",
    program: "0",
    simulated: true,
    port: "/fake",
    rawHex: [],
  },
  times: { heardAt: "2026-11-22T06:05:00.000Z" },
  context: {},
});
const judged = (change: Partial<Judgement>): Judgement => ({
  domain: "bp",
  category: "X",
  severity: 0,
  action: "ROUTINE",
  flags: [],
  rule: "R",
  ...change,
});
const pressure = (upper: number, lower: number) =>
  measured("bloodPressure", [
    { quantity: "bp.systolic", value: upper, unit: "mm[Hg]" },
    { quantity: "bp.diastolic", value: lower, unit: "mm[Hg]" },
  ]);

describe("a number on the screen", () => {
  test.each([
    [{ quantity: "glucose", value: 7, unit: "mmol/L" } as const, "7.0"],
    [{ quantity: "cholesterol.total", value: 2.59, unit: "mmol/L", comparator: "<" } as const, "< 2.59"],
    [{ quantity: "glucose", value: 600, unit: "mg/dL", comparator: ">" } as const, "> 600"],
    [{ quantity: "bp.systolic", value: 128, unit: "mm[Hg]" } as const, "128"],
  ])("%o reads %s", (reading, words) => expect(numberWords(reading)).toBe(words));

  test.each([
    ["mm[Hg]", "毫米汞柱"],
    ["1", ""],
    ["unheard/of", "unheard/of"],
  ])("the unit %s reads %s", (unit, words) => expect(unitWords(zh, unit)).toBe(words));
});

describe("what stands for a check", () => {
  test("the first pressure is shown as it was taken", () => {
    const result: Result = { of: "bloodPressure", measurements: [pressure(128, 73)], assessments: [], next: "second" };
    expect(headline(zh, result)).toMatchObject({ words: "128/73", averaged: false });
  });
  test("a whole session is shown as its mean", () => {
    const measurements = [pressure(138, 86), pressure(128, 80)];
    const result: Result = {
      of: "bloodPressure",
      measurements,
      assessments: [judged({ value: "133/83" })],
      next: "none",
    };
    expect(headline(zh, result)).toMatchObject({ words: "133/83", averaged: true });
  });
  test("glucose is told in mmol/L, with what the device shows beside it", () => {
    const measurements = [measured("glucose", [{ quantity: "glucose", value: 113, unit: "mg/dL" }])];
    const assessments = [judged({ domain: "glucose", value: "6.3" })];
    expect(headline(en, { of: "glucose", measurements, assessments, next: "none" })).toEqual({
      words: "6.3",
      unit: "mmol/L",
      averaged: false,
      onDevice: "shown as 113 mg/dL on the device",
    });
  });
});

describe("what leads a result", () => {
  test("is the gravest judgement, the first of equals", () => {
    const assessments = [
      judged({ category: "A", severity: 1 }),
      judged({ category: "B", severity: 2 }),
      judged({ category: "C", severity: 2 }),
    ];
    expect(leading({ assessments })?.category).toBe("B");
  });
  test("a sign beyond the meter's range is a word in the sentence", () => {
    const crisis = judged({ domain: "glucose", value: "> 33.3", adviceKey: "glu.crisis" });
    expect([sentenceOf(zh, crisis), sentenceOf(en, crisis)]).toEqual([
      "血糖高于33.3，非常危险。请坐下别动，马上拨打120。",
      "Above 33.3 is dangerous. Sit still and call 120 now.",
    ]);
  });
  test("a key that is no longer there says nothing", () => {
    expect(sentenceOf(zh, judged({ adviceKey: "gone.key" }))).toBeUndefined();
  });
});
