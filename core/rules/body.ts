import { band, decide, flagsWhere, type Assessment, type Band, type Row } from "./assessment.ts";
import { bodyMassIndex, fixed, rounded } from "./decimal.ts";
import { bodyRanges, within } from "./ranges.ts";
import { emergency, hasAny, raiseForEmergency, type Symptoms } from "./symptoms.ts";

const spo2Limits = {
  altitudeM: 2500,
  altitudeLow: 80,
  copdLow: 88,
  copdTop: 93,
  low: 90,
  border: 94,
  normal: 95,
} as const;

interface OxygenCase {
  readonly v: number;
  /** Known COPD on home oxygen. */
  readonly copdO2: boolean;
  readonly altitudeM: number;
  readonly symptoms: Symptoms;
}

/** rules.md §7, top to bottom: the site's altitude and home oxygen come before the plain bands. */
const oxygenRows: readonly Row<OxygenCase>[] = [
  {
    rule: "OX-00",
    when: ({ v }) => !within(bodyRanges.spo2, v),
    category: "SPO2_INVALID",
    severity: 0,
    action: "REJECT",
    adviceKey: "spo2.invalid",
  },
  {
    rule: "OX-01",
    when: ({ symptoms }) => hasAny(symptoms, ["SX_DYSPNEA", "SX_CONSCIOUS"]),
    category: "SPO2_WITH_SYMPTOM",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "em.symptom",
  },
  {
    rule: "OX-08",
    when: ({ v, altitudeM }) => altitudeM > spo2Limits.altitudeM && v < spo2Limits.altitudeLow,
    category: "SPO2_ALTITUDE",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "spo2.altitude_low",
  },
  {
    rule: "OX-07",
    when: ({ altitudeM }) => altitudeM > spo2Limits.altitudeM,
    category: "SPO2_ALTITUDE",
    severity: 0,
    action: "SHOW_ONLY",
    adviceKey: "spo2.altitude",
  },
  {
    rule: "OX-05",
    when: ({ v, copdO2 }) => copdO2 && v < spo2Limits.copdLow,
    category: "SPO2_CRITICAL",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "spo2.critical",
  },
  {
    rule: "OX-06",
    when: ({ v, copdO2 }) => copdO2 && v <= spo2Limits.copdTop,
    category: "SPO2_COPD_TARGET",
    severity: 1,
    action: "DOCTOR_4W",
    adviceKey: "spo2.copd",
  },
  {
    rule: "OX-02",
    when: ({ v }) => v < spo2Limits.low,
    category: "SPO2_CRITICAL",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "spo2.critical",
  },
  {
    rule: "OX-03",
    when: ({ v }) => v < spo2Limits.border,
    category: "SPO2_LOW",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "spo2.low",
  },
  {
    rule: "OX-04",
    when: ({ v }) => v < spo2Limits.normal,
    category: "SPO2_BORDERLINE",
    severity: 1,
    action: "REPEAT_NOW",
    adviceKey: "spo2.border",
  },
  {
    rule: "OX-09",
    when: () => true,
    category: "SPO2_NORMAL",
    severity: 0,
    action: "ROUTINE",
    adviceKey: "spo2.normal",
  },
];

/** Oxygen in percent. A missing value is refused. */
export function spo2({ v, ...rest }: Omit<OxygenCase, "v"> & { readonly v?: number | undefined }): Assessment {
  const kept = v === undefined ? Number.NaN : rounded(v, 0);
  return raiseForEmergency(decide(oxygenRows, { ...rest, v: kept }), rest.symptoms);
}

/** rules.md §8. "> 39 °C" is an NBPHS3 danger sign in diabetes; the bands are textbook convention (C). */
const temperatureBands: readonly Band[] = [
  {
    from: 41.1,
    rule: "TP-08",
    category: "TEMP_EXTREME",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "temp.extreme",
  },
  {
    from: 39.1,
    rule: "TP-07",
    category: "TEMP_HIGH_FEVER",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "temp.highfever",
  },
  { from: 38.1, rule: "TP-06", category: "TEMP_FEVER", severity: 2, action: "DOCTOR_TODAY", adviceKey: "temp.fever" },
  {
    from: 37.3,
    rule: "TP-05",
    category: "TEMP_LOW_FEVER",
    severity: 1,
    action: "RECHECK_DAYS",
    adviceKey: "temp.lowfever",
  },
  { from: 36, rule: "TP-04", category: "TEMP_NORMAL", severity: 0, action: "ROUTINE", adviceKey: "temp.normal" },
  { from: 35, rule: "TP-03", category: "TEMP_LOW", severity: 1, action: "REPEAT_NOW", adviceKey: "temp.low" },
  { from: 0, rule: "TP-02", category: "TEMP_HYPOTHERMIA", severity: 3, action: "DOCTOR_TODAY", adviceKey: "temp.hypo" },
];

const feverFrom = 37.3;

/** Degrees Celsius. A missing value is refused. */
export function temperature(v: number | undefined, dm: boolean, symptoms: Symptoms): Assessment {
  const kept = v === undefined ? Number.NaN : rounded(v, 1);
  if (!within(bodyRanges.temperature, kept)) {
    return raiseForEmergency(refused("TEMP_INVALID", "TP-00", "temp.invalid"), symptoms);
  }
  if (kept >= feverFrom && hasAny(symptoms, [...emergency, "SX_STIFF_NECK"])) {
    return {
      category: "TEMP_FEVER_RED_FLAG",
      severity: 4,
      action: "EMERGENCY_120",
      flags: [],
      adviceKey: "em.symptom",
      rule: "TP-01",
    };
  }
  const found = band(temperatureBands, kept);
  return raiseForEmergency(
    found.rule === "TP-07" ? { ...found, flags: flagsWhere({ DM_URGENT: dm }) } : found,
    symptoms,
  );
}

const refused = (category: string, rule: string, adviceKey: "temp.invalid" | "bmi.invalid"): Assessment => ({
  category,
  severity: 0,
  action: "REJECT",
  flags: [],
  adviceKey,
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
const adultAge = 18;

function bmiClass(value: number, age: number, pregnant: boolean): Assessment {
  const shown = { severity: 0, action: "SHOW_ONLY", flags: [] } as const;
  if (age < adultAge) return { ...shown, category: "BMI_AGE_UNSUPPORTED", adviceKey: "bmi.child", rule: "BM-01" };
  if (pregnant) return { ...shown, category: "BMI_PREGNANT", adviceKey: "bmi.preg", rule: "BM-02" };
  return { ...band(bmiBands, value), flags: flagsWhere({ BMI_GE_37_5: value >= severeObesityFrom }) };
}

/** Height in cm, weight in kg. The rounded BMI is classified, so the sentence matches the number; it is the `value`. */
export function bmi(h: number | undefined, w: number | undefined, age: number, pregnant: boolean): Assessment {
  const none = refused("BMI_INVALID", "BM-00", "bmi.invalid");
  if (h === undefined || w === undefined || !within(bodyRanges.height, h) || !within(bodyRanges.weight, w)) return none;
  const value = bodyMassIndex(h, w);
  return within(bodyRanges.bmi, value) ? { ...bmiClass(value, age, pregnant), value: fixed(value, 1) } : none;
}

/** Central obesity and the band before it, in cm: 90/85 from NBPHS3 and HTN2025, the band before from WST428. */
const waistLines = { male: { obese: 90, before: 85 }, female: { obese: 85, before: 80 } } as const;

export type Sex = keyof typeof waistLines;

export function waist(sex: Sex, v: number | undefined): Assessment {
  if (v === undefined || !within(bodyRanges.waist, v)) return refused("WAIST_INVALID", "WC-00", "bmi.invalid");
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
