import { describe, expect, test } from "vitest";
import { allowsUnit, isQuantity, quantities, type Quantity } from "../../../core/domain/quantity.ts";

const rows = Object.entries(quantities);

describe("the catalogue of quantities", () => {
  test.each(["bp.systolic", "glucose", "analyte.other"])("%s is one", (name) => {
    expect(isQuantity(name)).toBe(true);
  });
  test.each(["toString", "constructor", "", "Glucose", "bp"])("%j is none", (name) => {
    expect(isQuantity(name)).toBe(false);
  });
  test.each<readonly [Quantity, string, boolean]>([
    ["glucose", "mmol/L", true],
    ["glucose", "mg/dL", true],
    ["glucose", "mm[Hg]", false],
    ["glucose", "", false],
    ["bp.systolic", "mm[Hg]", true],
    ["bp.systolic", "kPa", false],
    ["haemoglobin", "g/dL", true],
    ["lactate", "mg/dL", false],
  ])("%s in %s: %s", (quantity, unit, allowed) => {
    expect(allowsUnit(quantity, unit)).toBe(allowed);
  });
  test.each(rows)("%s has LOINC codes only for its own units, and words in both languages", (_, row) => {
    expect(row.units).toEqual(expect.arrayContaining(Object.keys(row.loinc)));
    expect(Object.values<string>(row.loinc).filter((code) => !/^\d{1,5}-\d$/u.test(code))).toEqual([]);
    expect([row.zh, row.en].every((word) => word.trim() !== "")).toBe(true);
    expect([0, 1, 2]).toContain(row.decimals);
  });
  test("no LOINC code is two quantities'", () => {
    const codes = rows.flatMap(([, { loinc }]) => Object.values(loinc));
    expect(codes).toEqual([...new Set(codes)]);
  });
});
