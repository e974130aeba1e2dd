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
  uricAcid: 14,
  haemoglobin: 15,
  haematocrit: 16,
  lactate: 17,
  hba1c: 18,
  crp: 19,
  acr: 20,
  "analyte.other": 21,
  spo2: 22,
  "perfusion.index": 23,
  "respiration.rate": 24,
  "body.temperature": 25,
  "ambient.temperature": 26,
  "body.weight": 27,
  "body.height": 28,
  "body.bmi": 29,
  "body.fat": 30,
  "body.muscle": 31,
  "body.water": 32,
  "body.bone": 33,
  "body.waist": 34,
};

export const unitCodes: { readonly [U in Unit]: number } = {
  "mm[Hg]": 1,
  "/min": 2,
  "mmol/L": 3,
  "mg/dL": 4,
  "1": 5,
  "umol/L": 6,
  "g/L": 7,
  "g/dL": 8,
  "%": 9,
  "mg/L": 10,
  "mg/mmol": 11,
  "mg/g": 12,
  "U/L": 13,
  Cel: 14,
  kg: 15,
  "[lb_av]": 16,
  cm: 17,
  "kg/m2": 18,
};

const unitsByCode = new Map(Object.entries(unitCodes).map(([unit, code]) => [code, unit]));

export function unitOfCode(code: number): string {
  const unit = unitsByCode.get(code);
  if (unit === undefined) throw new RangeError(`no unit has the code ${String(code)}`);
  return unit;
}
