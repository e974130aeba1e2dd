import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bodyMassIndex, difference, fixed, friedewald, mean, product, quotient } from "../../../core/rules/decimal.ts";

describe("rounding is half up on the decimal that prints", () => {
  test.each([
    [139.5, 0, "140"],
    [139.4999, 0, "139"],
    [2.675, 2, "2.68"],
    [1.005, 2, "1.01"],
    [0.615, 2, "0.62"],
    [8.345, 2, "8.35"],
    [6.95, 1, "7.0"],
    [7, 1, "7.0"],
    [0.04, 1, "0.0"],
    [1e-7, 2, "0.00"],
    [1.5e21, 0, "1500000000000000000000"],
    [-0.5, 0, "0"],
    [-1.25, 1, "-1.2"],
    [-1.26, 1, "-1.3"],
  ])("%d to %d places is %s", (value, decimals, expected) => {
    expect(fixed(value, decimals)).toBe(expected);
  });
});

test.each([
  ["126 mg/dL of glucose", quotient(126, 18.016, 1), 7],
  ["100 mg/dL of cholesterol", quotient(100, 38.67, 2), 2.59],
  ["5.6 mmol/L of glucose", product(5.6, 18.016, 0), 101],
  ["4.4 - 1.01", difference(4.4, 1.01, 2), 3.39],
  ["the mean of 139 and 140", mean([139, 140], 0), 140],
  ["the mean of 158, 142 and 139", mean([158, 142, 139], 0), 146],
  ["LDL of 5.6, 1.1, 2.82", friedewald(5.6, 1.1, 2.82, 2.2), 3.22],
  ["BMI of 170 cm and 69.3 kg", bodyMassIndex(170, 69.3), 24],
])("%s", (_what, got, expected) => {
  expect(got).toBe(expected);
});

test("a rounded number is at most half a unit away, and rounding again changes nothing", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 3 }), (value, decimals) => {
      const rounded = Number(fixed(value, decimals));
      expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9);
      expect(Number(fixed(rounded, decimals))).toBe(rounded);
    }),
  );
});

test("rounding keeps the order of numbers", () => {
  const number = fc.double({ min: 0, max: 1e4, noNaN: true });
  fc.assert(
    fc.property(number, number, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      expect(Number(fixed(low, 1))).toBeLessThanOrEqual(Number(fixed(high, 1)));
    }),
  );
});
