import { describe, expect, test } from "vitest";
import { convert, converted, type Analyte, type MolarUnit } from "../../../core/rules/units.ts";

describe("UN-01: rounded half up to the decimals kept in the unit", () => {
  test.each<readonly [number, MolarUnit, MolarUnit, Analyte, string]>([
    [126, "mg/dL", "mmol/L", "glucose", "7.0"],
    [7, "mmol/L", "mg/dL", "glucose", "126"],
    [200, "mg/dL", "mmol/L", "cholesterol", "5.17"],
    [5.17, "mmol/L", "mg/dL", "cholesterol", "200"],
    [150, "mg/dL", "mmol/L", "triglyceride", "1.69"],
    [1.69, "mmol/L", "mg/dL", "triglyceride", "150"],
    [5.55, "mmol/L", "mmol/L", "glucose", "5.6"],
    [5.555, "mmol/L", "mmol/L", "cholesterol", "5.56"],
    [99.5, "mg/dL", "mg/dL", "triglyceride", "100"],
  ])("%d %s in %s of %s is %s", (value, from, to, analyte, shown) => {
    expect(convert(value, from, to, analyte)).toStrictEqual({
      category: "CONVERTED",
      severity: 0,
      action: "CLASSIFY",
      flags: [],
      value: shown,
      rule: "UN-01",
    });
    expect(converted(value, from, to, analyte)).toBe(Number(shown));
  });
});
