import { describe, expect, test } from "vitest";
import type { Reading } from "../../../core/domain/quantity.ts";
import { fenceOf, hardRange, softRange, storedValue } from "../../../core/rules/ranges.ts";

describe("the fences", () => {
  test.each<[string, Reading, ReturnType<typeof fenceOf>]>([
    ["systolic at its top", { quantity: "bp.systolic", value: 300, unit: "mm[Hg]" }, "unusual"],
    ["systolic above it", { quantity: "bp.systolic", value: 301, unit: "mm[Hg]" }, "impossible"],
    ["systolic at its soft top", { quantity: "bp.systolic", value: 250, unit: "mm[Hg]" }, "usual"],
    ["diastolic below its bottom", { quantity: "bp.diastolic", value: 19, unit: "mm[Hg]" }, "impossible"],
    ["pulse at its bottom", { quantity: "pulse.rate", value: 25, unit: "/min" }, "unusual"],
    ["glucose in mmol/L", { quantity: "glucose", value: 0.5, unit: "mmol/L" }, "impossible"],
    ["glucose that rounds into the range", { quantity: "glucose", value: 0.55, unit: "mmol/L" }, "unusual"],
    ["glucose in mg/dL", { quantity: "glucose", value: 126, unit: "mg/dL" }, "usual"],
    ["glucose of 126 taken for mmol/L", { quantity: "glucose", value: 126, unit: "mmol/L" }, "impossible"],
    ["cholesterol in mg/dL", { quantity: "cholesterol.total", value: 200, unit: "mg/dL" }, "usual"],
    ["a limit mark", { quantity: "triglyceride", value: 0.57, unit: "mmol/L", comparator: "<" }, "usual"],
    ["not a number", { quantity: "glucose", value: Number.NaN, unit: "mmol/L" }, "impossible"],
    ["a weight in a unit that is not converted", { quantity: "body.weight", value: 150, unit: "[lb_av]" }, "unknown"],
    ["a ratio, which has no fence", { quantity: "cholesterol.ratio", value: 4, unit: "1" }, "unknown"],
  ])("%s", (_what, reading, expected) => {
    expect(fenceOf(reading)).toBe(expected);
  });

  test("are given for the quantities of the table and for no other", () => {
    expect(hardRange("glucose")).toEqual({ min: 0.6, max: 55 });
    expect(softRange("glucose")).toEqual({ min: 2.2, max: 22.2 });
    expect(hardRange("bp.cuff")).toBeUndefined();
  });
});

test.each([
  ["what is no number", "glucose", Number.NaN, "mmol/L"],
  ["what is endless", "glucose", Infinity, "mg/dL"],
  ["a unit that is not the quantity's", "glucose", 5, "g/L"],
] as const)("%s gives no stored value", (_what, quantity, value, unit) => {
  expect(storedValue({ quantity, value, unit })).toBeUndefined();
});

test("a unit without a conversion gives no stored value", () => {
  expect(storedValue({ quantity: "creatinine", value: 1, unit: "mg/dL" })).toBeUndefined();
  expect(storedValue({ quantity: "triglyceride", value: 400, unit: "mg/dL" })).toBe(4.52);
});
