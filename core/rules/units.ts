import type { Assessment } from "./assessment.ts";
import { fixed, product, quotient, rounded } from "./decimal.ts";

export const analytes = ["glucose", "cholesterol", "triglyceride"] as const;
export type Analyte = (typeof analytes)[number];
export const molarUnits = ["mmol/L", "mg/dL"] as const;
export type MolarUnit = (typeof molarUnits)[number];

/** mg/dL in one mmol/L, and the decimals kept in mmol/L (rules.md §0.4). mg/dL is kept whole. */
export const conversions = {
  glucose: { factor: 18.016, decimals: 1 },
  cholesterol: { factor: 38.67, decimals: 2 },
  triglyceride: { factor: 88.57, decimals: 2 },
} as const satisfies Record<Analyte, { readonly factor: number; readonly decimals: number }>;

const decimalsIn = (analyte: Analyte, unit: MolarUnit): number =>
  unit === "mg/dL" ? 0 : conversions[analyte].decimals;

/** The value in `to`, rounded half up to the decimals kept there. */
export function converted(value: number, from: MolarUnit, to: MolarUnit, analyte: Analyte): number {
  const { factor } = conversions[analyte];
  const decimals = decimalsIn(analyte, to);
  if (from === to) return rounded(value, decimals);
  return to === "mg/dL" ? product(value, factor, decimals) : quotient(value, factor, decimals);
}

/** UN-01. */
export function convert(value: number, from: MolarUnit, to: MolarUnit, analyte: Analyte): Assessment {
  return {
    category: "CONVERTED",
    severity: 0,
    action: "CLASSIFY",
    flags: [],
    value: fixed(converted(value, from, to, analyte), decimalsIn(analyte, to)),
    rule: "UN-01",
  };
}
