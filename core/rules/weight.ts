import { band, flagsWhere, type Assessment, type Band } from "./assessment.ts";
import { bodyMassIndex, fixed } from "./decimal.ts";
import { adultAge, hardRange, within } from "./ranges.ts";

/** Height, weight and waist share one sentence: measure them again. */
const refused = (category: string, rule: string): Assessment => ({
  category,
  severity: 0,
  action: "REJECT",
  flags: [],
  adviceKey: "bmi.invalid",
  rule,
});

/** rules.md §9: 24 and 28 from NBPHS3 and HTN2025, 18.5 from WST428. */
const bmiBands: readonly Band[] = [
  { from: 28, rule: "BM-06", category: "BMI_OBESE", severity: 2, action: "DOCTOR_4W", adviceKey: "bmi.obese" },
  { from: 24, rule: "BM-05", category: "BMI_OVER", severity: 1, action: "LIFESTYLE", adviceKey: "bmi.over" },
  { from: 18.5, rule: "BM-04", category: "BMI_NORMAL", severity: 0, action: "ROUTINE", adviceKey: "bmi.normal" },
  { from: 0, rule: "BM-03", category: "BMI_UNDER", severity: 1, action: "LIFESTYLE", adviceKey: "bmi.under" },
];
const severeObesityFrom = 37.5;

function bmiClass(value: number, age: number, pregnant: boolean): Assessment {
  const shown = { severity: 0, action: "SHOW_ONLY", flags: [] } as const;
  if (age < adultAge) return { ...shown, category: "BMI_AGE_UNSUPPORTED", adviceKey: "bmi.child", rule: "BM-01" };
  if (pregnant) return { ...shown, category: "BMI_PREGNANT", adviceKey: "bmi.preg", rule: "BM-02" };
  return { ...band(bmiBands, value), flags: flagsWhere({ BMI_GE_37_5: value >= severeObesityFrom }) };
}

/** Height in cm, weight in kg. The rounded BMI is classified, so the sentence matches the number; it is the `value`. */
export function bmi(h: number | undefined, w: number | undefined, age: number, pregnant: boolean): Assessment {
  const none = refused("BMI_INVALID", "BM-00");
  if (
    h === undefined ||
    w === undefined ||
    !within(hardRange("body.height"), h) ||
    !within(hardRange("body.weight"), w)
  )
    return none;
  const value = bodyMassIndex(h, w);
  return within(hardRange("body.bmi"), value) ? { ...bmiClass(value, age, pregnant), value: fixed(value, 1) } : none;
}

/** Central obesity and the band before it, in cm: 90/85 from NBPHS3 and HTN2025, the band before from WST428. */
const waistLines = { male: { obese: 90, before: 85 }, female: { obese: 85, before: 80 } } as const;

export type Sex = keyof typeof waistLines;

export function waist(sex: Sex, v: number | undefined): Assessment {
  if (v === undefined || !within(hardRange("body.waist"), v)) return refused("WAIST_INVALID", "WC-00");
  const { obese, before } = waistLines[sex];
  const bands: readonly Band[] = [
    {
      from: obese,
      rule: "WC-03",
      category: "WAIST_CENTRAL_OBESITY",
      severity: 1,
      action: "LIFESTYLE",
      adviceKey: "waist.high",
    },
    { from: before, rule: "WC-02", category: "WAIST_PRE", severity: 1, action: "LIFESTYLE", adviceKey: "waist.pre" },
    { from: 0, rule: "WC-01", category: "WAIST_OK", severity: 0, action: "ROUTINE", adviceKey: "waist.ok" },
  ];
  return band(bands, v);
}
