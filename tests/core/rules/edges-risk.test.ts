import { describe, expect, test } from "vitest";
import { said } from "./said.ts";

const low = "RK-03 ASCVD_LOW 0 ROUTINE risk.low - -";
const mid = "RK-04 ASCVD_MODERATE 1 DOCTOR_4W risk.mid - -";
const lifetime = "RK-04 ASCVD_MODERATE 1 DOCTOR_4W risk.mid LIFETIME_HIGH -";
const high = "RK-05 ASCVD_HIGH 2 DOCTOR_2W risk.high - -";
const direct = "RK-02 ASCVD_HIGH_DIRECT 2 DOCTOR_2W risk.high - -";
const had = "RK-01 ASCVD_VERY_HIGH 2 DOCTOR_4W risk.has_cvd - -";

/** A woman of 60 has one factor by her age; smoking and a low HDL are the second and third. */
const woman = { age: 60, sex: "female", tc: 4, ldl: 2, hdl: 1.4 };
const factors = [{ age: 54 }, {}, { smoker: true }, { smoker: true, hdl: 0.99 }];
const columns = [{}, { tc: 4.1 }, { tc: 5.2 }];

describe("every cell of the chart of LIPID2023", () => {
  const chart = [
    { htn: false, cells: [low, low, low, low, low, low, low, low, mid, low, mid, mid] },
    { htn: true, cells: [low, low, low, low, mid, mid, mid, high, high, high, high, high] },
  ];
  const cells = chart.flatMap(({ htn, cells: of }) =>
    of.map((expected, index) => ({ htn, count: Math.floor(index / 3), column: index % 3, expected })),
  );
  test.each(cells)("hypertension $htn, $count factors, column $column", ({ htn, count, column, expected }) => {
    // From 55 on there is no lifetime mark, and the age counts as a factor.
    expect(said("ascvd_cn2023", { ...woman, ...factors[count], ...columns[column], htn })).toBe(expected);
  });
});

describe("the edges of the chart", () => {
  const two = { ...woman, smoker: true };
  test.each<[string, unknown, string]>([
    ["TC below the second column", { ...two, htn: true, tc: 4.09 }, mid],
    ["TC below the third column", { ...two, tc: 5.19 }, low],
    ["TC in the third column", { ...two, tc: 5.2 }, mid],
    ["LDL below the second column", { ...two, htn: true, ldl: 2.59 }, mid],
    ["LDL in the second column", { ...two, htn: true, ldl: 2.6 }, high],
    ["LDL below the third column", { ...two, ldl: 3.39 }, low],
    ["LDL in the third column", { ...two, ldl: 3.4 }, mid],
    ["TC of 7.19", { ...woman, tc: 7.19 }, low],
    ["TC of 7.2", { ...woman, tc: 7.2 }, direct],
    ["LDL of 4.89", { ...woman, ldl: 4.89 }, low],
    ["LDL of 4.9", { ...woman, ldl: 4.9 }, direct],
    ["diabetes at 39", { ...woman, age: 39, dm: true }, low],
    ["diabetes at 40", { ...woman, age: 40, dm: true }, direct],
    ["diabetes not known", { ...woman, dm: "unknown" }, low],
    ["kidney disease", { ...woman, age: 30, ckd34: true }, direct],
    ["a heart attack comes first", { ...woman, ldl: 4.9, ascvd_hx: true }, had],
    ["a man of 44", { ...two, sex: "male", age: 44, tc: 5.2 }, low],
    ["a man of 45", { ...two, sex: "male", age: 45, tc: 5.2 }, mid],
    ["a woman of 54", { ...two, age: 54, tc: 5.2 }, low],
    ["HDL of 1.00", { ...two, tc: 4.1, hdl: 1 }, low],
    ["HDL of 0.99", { ...two, tc: 4.1, hdl: 0.99 }, mid],
    ["below the chart", { ...woman, tc: 3.09, ldl: 1.79 }, "RK-03 ASCVD_LOW 0 ROUTINE risk.low BELOW_CHART -"],
    ["TC in the chart", { ...woman, tc: 3.1, ldl: 1.79 }, low],
    ["LDL in the chart", { ...woman, tc: 3.09, ldl: 1.8 }, low],
  ])("%s", (_what, inputs, expected) => {
    expect(said("ascvd_cn2023", inputs)).toBe(expected);
  });
});

describe("lifetime risk, where the ten-year risk is middle and the age below 55", () => {
  /** Hypertension with one factor, the age, in the middle column: middle. */
  const man = { age: 50, sex: "male", tc: 5, ldl: 2.7, hdl: 1.2, htn: true };
  test.each<[string, unknown, string]>([
    ["one of the five", { ...man, sbp: 160 }, mid],
    ["160 and BMI 28", { ...man, sbp: 160, bmi: 28 }, lifetime],
    ["100 and BMI 28", { ...man, dbp: 100, bmi: 28 }, lifetime],
    ["159 and BMI 28", { ...man, sbp: 159, dbp: 99, bmi: 28 }, mid],
    ["160 and BMI 27.9", { ...man, sbp: 160, bmi: 27.9 }, mid],
    ["pressure counts once", { ...man, sbp: 160, dbp: 100 }, mid],
    ["non-HDL of 5.2", { ...man, tc: 6.4, bmi: 28 }, lifetime],
    ["non-HDL of 5.19", { ...man, tc: 6.39, bmi: 28 }, mid],
    ["at 54", { ...man, age: 54, sbp: 160, bmi: 28 }, lifetime],
    ["at 55", { ...man, age: 55, sbp: 160, bmi: 28 }, mid],
    ["smoking and a low HDL, no hypertension", { ...man, htn: false, smoker: true, hdl: 0.9, tc: 5.2 }, lifetime],
    ["not where the risk is high", { ...man, smoker: true, sbp: 160, bmi: 28 }, high],
  ])("%s", (_what, inputs, expected) => {
    expect(said("ascvd_cn2023", inputs)).toBe(expected);
  });
});

describe("China-PAR", () => {
  const man = { sex: "male", age: 60, sbp: 130, tc: 210, hdl: 55, waist: 80, dm: true, north: true, urban: true };
  const na = (flags: string): string => `CP-01 CPAR_NOT_APPLICABLE 0 SHOW_ONLY risk.na ${flags} -`;
  test.each<[string, unknown, string]>([
    ["the worked example of a man", man, "CP-04 CPAR_HIGH 2 DOCTOR_2W risk.high - 11.0"],
    [
      "the worked example of a woman",
      { ...man, sex: "female" },
      "CP-04 CPAR_HIGH 2 DOCTOR_2W risk.high NEAR_CUTOFF 10.1",
    ],
    [
      "the south, where nobody said north",
      { ...man, north: undefined },
      "CP-04 CPAR_HIGH 2 DOCTOR_2W risk.high - 11.0",
    ],
    ["a stroke before", { ...man, ascvd_hx: true }, "CP-01 CPAR_NOT_APPLICABLE 2 DOCTOR_4W risk.has_cvd HAS_ASCVD -"],
    ["at 19", { ...man, age: 19 }, na("AGE")],
    ["at 86", { ...man, age: 86 }, na("AGE")],
    ["at 86 with a pressure of 201", { ...man, age: 86, sbp: 201 }, na("AGE|INPUT_RANGE")],
    ["69 systolic", { ...man, sbp: 69 }, na("INPUT_RANGE")],
    ["201 systolic", { ...man, sbp: 201 }, na("INPUT_RANGE")],
    ["TC of 79 mg/dL", { ...man, tc: 79 }, na("INPUT_RANGE")],
    ["TC of 401 mg/dL", { ...man, tc: 401 }, na("INPUT_RANGE")],
    ["TC of 1.9 mmol/L", { ...man, unit: "mmol/L", tc: 1.9, hdl: 1.4 }, na("INPUT_RANGE")],
    ["TC of 11.1 mmol/L", { ...man, unit: "mmol/L", tc: 11.1, hdl: 1.4 }, na("INPUT_RANGE")],
    ["HDL of 19 mg/dL", { ...man, hdl: 19 }, na("INPUT_RANGE")],
    ["HDL of 131 mg/dL", { ...man, hdl: 131 }, na("INPUT_RANGE")],
    ["HDL of 0.4 mmol/L", { ...man, unit: "mmol/L", tc: 5, hdl: 0.4 }, na("INPUT_RANGE")],
    ["HDL of 4.1 mmol/L", { ...man, unit: "mmol/L", tc: 5, hdl: 4.1 }, na("INPUT_RANGE")],
    ["a waist of 49", { ...man, waist: 49 }, na("INPUT_RANGE")],
    ["a waist of 131", { ...man, waist: 131 }, na("INPUT_RANGE")],
  ])("%s", (_what, inputs, expected) => {
    expect(said("china_par", inputs)).toBe(expected);
  });

  test.each<[string, unknown, string]>([
    ["20 is inside, and outside of what it was derived from", { ...man, age: 20 }, "OUTSIDE_DERIVATION"],
    ["34, too", { ...man, age: 34 }, "OUTSIDE_DERIVATION"],
    ["35 is not", { ...man, age: 35 }, "-"],
    ["74 is not", { ...man, age: 74 }, "-"],
    ["75 is again", { ...man, age: 75 }, "OUTSIDE_DERIVATION"],
    ["85 is inside", { ...man, age: 85 }, "OUTSIDE_DERIVATION"],
    ["70 systolic", { ...man, sbp: 70 }, "-"],
    ["200 systolic", { ...man, sbp: 200 }, "-"],
    ["TC of 80", { ...man, tc: 80 }, "-"],
    ["TC of 400", { ...man, tc: 400 }, "-"],
    ["HDL of 20", { ...man, hdl: 20 }, "-"],
    ["HDL of 130", { ...man, hdl: 130 }, "-"],
    ["a waist of 50", { ...man, waist: 50 }, "-"],
    ["a waist of 130", { ...man, waist: 130 }, "-"],
  ])("%s", (_what, inputs, flags) => {
    const words = said("china_par", inputs).split(" ");
    expect(words[1]).not.toBe("CPAR_NOT_APPLICABLE");
    expect(words[5]?.replace(/\|?NEAR_CUTOFF\|?/, "") || "-").toBe(flags);
  });

  // Every coefficient is in at least one of these, computed from the table of rules.md §6.2 with a pocket calculator's
  // way of doing it: one line per person, no shared code.
  test.each<[string, Record<string, unknown>]>([
    ["treated smoker with family history", { ...man, treated: true, smoker: true, fh: true, dm: false }],
    ["untreated, south, rural", { ...man, north: false, urban: false, dm: false }],
    ["woman, treated smoker", { ...man, sex: "female", treated: true, smoker: true, urban: false }],
    ["woman, family history and town do not count", { ...man, sex: "female", fh: true, urban: true }],
  ])("%s", (_what, inputs) => {
    expect(Number(said("china_par", inputs).split(" ")[6])).toBeCloseTo(byHand(inputs), 1);
  });
});

/** The equation of rules.md §6.2 with its table written out again. */
function byHand(given: Record<string, unknown>): number {
  const ln = (name: string): number => Math.log(Number(given[name]));
  const yes = (name: string): number => (given[name] === true ? 1 : 0);
  const [age, sbp, treated] = [ln("age"), ln("sbp"), yes("treated")];
  const male =
    31.96604 * age +
    treated * (27.39 * sbp - 6.02 * age * sbp) +
    (1 - treated) * (26.14876 * sbp - 5.73074 * age * sbp) +
    0.6209 * ln("tc") -
    0.69373 * ln("hdl") -
    0.712 * ln("waist") +
    yes("smoker") * (3.96 - 0.94 * age) +
    0.36 * yes("dm") +
    0.48 * yes("north") -
    0.16 * yes("urban") +
    yes("fh") * (6.22 - 1.53 * age);
  const female =
    24.87 * age +
    treated * (20.71 * sbp - 4.53 * age * sbp) +
    (1 - treated) * (19.98 * sbp - 4.36 * age * sbp) +
    0.06 * ln("tc") -
    0.22 * ln("hdl") +
    1.48 * ln("waist") +
    0.49 * yes("smoker") +
    0.57 * yes("dm") +
    0.54 * yes("north");
  const risk =
    given["sex"] === "male" ? 1 - 0.9707 ** Math.exp(male - 140.68) : 1 - 0.9851 ** Math.exp(female - 117.26);
  return Math.round(risk * 1_000) / 10;
}
