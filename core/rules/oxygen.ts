import { decide, type Assessment, type Row } from "./assessment.ts";
import { rounded } from "./decimal.ts";
import { hardRange, within } from "./ranges.ts";
import { hasAny, raiseForEmergency, type Symptoms } from "./symptoms.ts";

export const spo2Limits = {
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
    when: ({ v }) => !within(hardRange("spo2"), v),
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
