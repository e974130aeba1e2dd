import { expect, test } from "vitest";
import { shownReading } from "../../../core/rules/shown-reading.ts";

test("a meter's mg/dL is shown in mmol/L, with the number that is judged", () => {
  expect(shownReading({ quantity: "glucose", value: 126, unit: "mg/dL" })).toEqual({
    quantity: "glucose",
    value: 7,
    unit: "mmol/L",
  });
});

test("the sign stays with a converted number", () => {
  expect(shownReading({ quantity: "glucose", value: 600, unit: "mg/dL", comparator: ">" })).toEqual({
    quantity: "glucose",
    value: 33.3,
    unit: "mmol/L",
    comparator: ">",
  });
});

test("what has no conversion is shown as the device gave it", () => {
  const creatinine = { quantity: "creatinine", value: 1.1, unit: "mg/dL" };
  expect(shownReading(creatinine)).toBe(creatinine);
});
