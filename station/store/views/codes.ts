import type { Quantity, Unit } from "../../../core/domain/quantity.ts";

/**
 * Numbers that stand for quantities and units in the readings, where rows are many and read by the hundred: a narrow row is
 * fewer pages to decrypt. A number is never changed and never given again; a new quantity or unit does not compile until it
 * has one. The journal itself holds the words.
 */
export const quantityCodes: { readonly [Q in Quantity]: number } = {
  "bp.systolic": 1,
  "bp.diastolic": 2,
  "bp.mean": 3,
  "bp.cuff": 4,
  "pulse.rate": 5,
  glucose: 6,
  "cholesterol.total": 7,
  "cholesterol.hdl": 8,
  "cholesterol.ldlCalculated": 9,
  "cholesterol.ratio": 10,
  triglyceride: 11,
  ketone: 12,
  creatinine: 13,
};

export const unitCodes: { readonly [U in Unit]: number } = {
  "mm[Hg]": 1,
  "/min": 2,
  "mmol/L": 3,
  "mg/dL": 4,
  "1": 5,
  "umol/L": 6,
};

const unitsByCode = new Map(Object.entries(unitCodes).map(([unit, code]) => [code, unit]));

export function unitOfCode(code: number): string {
  const unit = unitsByCode.get(code);
  if (unit === undefined) throw new RangeError(`no unit has the code ${String(code)}`);
  return unit;
}
