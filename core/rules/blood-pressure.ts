import { decide, flagsWhere, sortedFlags, type Assessment, type Row } from "./assessment.ts";
import { isBelowForAge, reaches, type Pressure } from "./blood-pressure-lines.ts";
import { keptPressure, pressureFaults } from "./blood-pressure-session.ts";
import { difference, fixed } from "./decimal.ts";
import { controlLines, pressureLimits as limits, sessionLimits, targetLines } from "./limits.ts";
import { hardRange, pulsePressure, softRange, within } from "./ranges.ts";
import { emergency, hasAny, lowSymptoms, pressureSymptoms, raiseForEmergency, type Symptoms } from "./symptoms.ts";

const comorbidities = ["DM", "CKD", "CHD", "STROKE", "HF", "AF", "PAD", "RETINOPATHY"] as const;
export const settings = ["kiosk", "office", "home_series"] as const;

export interface PressureCase {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly age: number;
  /** Pregnant or breastfeeding. */
  readonly pregnant: boolean;
  readonly dxHtn: boolean;
  readonly prevUncontrolled: boolean;
  readonly comorbid: readonly string[];
  readonly symptoms: Symptoms;
  readonly setting: (typeof settings)[number];
  /** The pressure was taken again after rest. */
  readonly restedRepeat: boolean;
  /** Of a home series. */
  readonly days: number;
  readonly n: number;
}

/** What the rows ask: a whole pressure inside the hard fences. */
type Known = Omit<PressureCase, "sbp" | "dbp"> & Pressure;

const isUpper = ({ sbp, dbp }: Pressure): boolean =>
  reaches({ sbp, dbp }, limits.upper) && !reaches({ sbp, dbp }, limits.grade1);

/** The category that the numbers alone give an adult at the kiosk. */
function plainCategory(pressure: Pressure): string {
  if (reaches(pressure, limits.grade2)) return "BP_GRADE2";
  if (reaches(pressure, limits.grade1)) return "BP_GRADE1";
  return reaches(pressure, limits.highNormal) ? "BP_HIGH_NORMAL" : "BP_NORMAL";
}

const shape = ({ sbp, dbp }: Pressure): readonly string[] =>
  flagsWhere({
    ISH: sbp >= limits.grade1.systolic && dbp < limits.grade1.diastolic,
    IDH: sbp < limits.grade1.systolic && dbp >= limits.grade1.diastolic,
    UPPER: isUpper({ sbp, dbp }),
    LOW_DBP: dbp < limits.lowDiastolic && sbp >= limits.low,
  });

const control = (c: Known): readonly string[] => [
  isBelowForAge(c, c.age, controlLines) ? "CTRL_NBPHS_OK" : "CTRL_NBPHS_NO",
  isBelowForAge(c, c.age, targetLines) ? "TGT2025_OK" : "TGT2025_NO",
  ...shape(c),
];

const bpx = (c: Known): boolean => hasAny(c.symptoms, pressureSymptoms);
const isHome = (c: Known): boolean => c.setting === "home_series";
const controlled = (c: Known): boolean => isBelowForAge(c, c.age, controlLines);
const atTarget = (c: Known): boolean => isBelowForAge(c, c.age, targetLines);

/** rules.md §3.3 and §3.4, top to bottom. A row that answers differently with a symptom is written twice. */
const rows: readonly Row<Known>[] = [
  {
    rule: "BP-10",
    when: (c) => c.pregnant && reaches(c, limits.pregnancySevere),
    category: "BP_PREG_SEVERE",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "bp.preg_severe",
  },
  {
    rule: "BP-11",
    when: (c) => c.pregnant && reaches(c, limits.pregnancyHigh) && bpx(c),
    category: "BP_PREG_HIGH",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "bp.preg_severe",
  },
  {
    rule: "BP-11",
    when: (c) => c.pregnant && reaches(c, limits.pregnancyHigh),
    category: "BP_PREG_HIGH",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "bp.preg_high",
  },
  {
    rule: "BP-12",
    when: (c) => c.pregnant && reaches(c, limits.pregnancyWatch) && bpx(c),
    category: "BP_HIGH_NORMAL",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "bp.sx",
    flags: () => ["UPPER"],
  },
  {
    rule: "BP-12",
    when: (c) => c.pregnant && reaches(c, limits.pregnancyWatch),
    category: "BP_HIGH_NORMAL",
    severity: 2,
    action: "DOCTOR_1W",
    adviceKey: "bp.preg_watch",
    flags: () => ["UPPER"],
  },
  {
    rule: "BP-20",
    when: (c) => reaches(c, limits.crisis) && bpx(c),
    category: "BP_CRISIS",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "bp.crisis",
    flags: shape,
  },
  {
    rule: "BP-21",
    when: (c) => reaches(c, limits.crisis) && !c.restedRepeat,
    category: "BP_GRADE3_PROVISIONAL",
    severity: 3,
    action: "REPEAT_NOW",
    adviceKey: "bp.rest_repeat",
    flags: shape,
  },
  {
    rule: "BP-22",
    when: (c) => reaches(c, limits.crisis),
    category: "BP_GRADE3",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "bp.grade3",
    flags: shape,
  },
  {
    rule: "BP-01",
    when: (c) => c.age < limits.adultAge,
    category: "BP_AGE_UNSUPPORTED",
    severity: 0,
    action: "SHOW_ONLY",
    adviceKey: "bp.child",
  },
  {
    rule: "BP-40",
    when: (c) => isHome(c) && (c.days < limits.homeDays || c.n < limits.homeReadings),
    category: "BP_HOME_INSUFFICIENT",
    severity: 0,
    action: "RECHECK_DAYS",
    adviceKey: "bp.home_more",
  },
  {
    rule: "BP-41",
    when: (c) => isHome(c) && reaches(c, limits.home),
    category: "BP_HOME_HIGH",
    severity: 2,
    action: "DOCTOR_2W",
    adviceKey: "bp.home_high",
  },
  {
    rule: "BP-42",
    when: isHome,
    category: "BP_HOME_NORMAL",
    severity: 0,
    action: "ROUTINE",
    adviceKey: "bp.home_normal",
  },
  {
    rule: "BP-30",
    when: (c) => c.sbp < limits.low && hasAny(c.symptoms, [...lowSymptoms, ...emergency]),
    category: "BP_LOW",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "bp.low_sx",
  },
  {
    rule: "BP-31",
    when: (c) => c.sbp < limits.lowSevere,
    category: "BP_LOW_SEVERE",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "bp.low_severe",
  },
  {
    rule: "BP-32",
    when: (c) => c.sbp < limits.low,
    category: "BP_LOW",
    severity: 1,
    action: "RECHECK_DAYS",
    adviceKey: "bp.low",
  },
  {
    rule: "BP-53",
    when: (c) => c.dxHtn && bpx(c),
    category: plainCategory,
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "bp.sx",
    flags: control,
  },
  {
    rule: "BP-52",
    when: (c) => c.dxHtn && !controlled(c) && c.prevUncontrolled,
    category: plainCategory,
    severity: 2,
    action: "REFER_UP",
    adviceKey: "bp.dx_refer",
    flags: control,
  },
  {
    rule: "BP-51",
    when: (c) => c.dxHtn && !controlled(c),
    category: plainCategory,
    severity: 2,
    action: "DOCTOR_2W",
    adviceKey: "bp.dx_high",
    flags: control,
  },
  {
    rule: "BP-54",
    when: (c) => c.dxHtn && !atTarget(c),
    category: plainCategory,
    severity: 1,
    action: "DOCTOR_4W",
    adviceKey: "bp.dx_near",
    flags: control,
  },
  {
    rule: "BP-55",
    when: (c) => c.dxHtn,
    category: plainCategory,
    severity: 0,
    action: "FOLLOWUP_3M",
    adviceKey: "bp.dx_ok",
    flags: control,
  },
  {
    rule: "BP-27",
    when: bpx,
    category: plainCategory,
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "bp.sx",
    flags: shape,
  },
  {
    rule: "BP-23",
    when: (c) => reaches(c, limits.grade2),
    category: "BP_GRADE2",
    severity: 2,
    action: "DOCTOR_1W",
    adviceKey: "bp.grade2",
    flags: shape,
  },
  {
    rule: "BP-24",
    when: (c) => reaches(c, limits.grade1),
    category: "BP_GRADE1",
    severity: 2,
    action: "DOCTOR_4W",
    adviceKey: "bp.grade1",
    flags: shape,
  },
  {
    rule: "BP-25C",
    when: (c) => isUpper(c) && hasAny(c.comorbid, comorbidities),
    category: "BP_HIGH_NORMAL",
    severity: 2,
    action: "DOCTOR_4W",
    adviceKey: "bp.high_normal_comorbid",
    flags: (c) => ["COMORBID", ...shape(c)],
  },
  {
    rule: "BP-25S",
    when: (c) => c.setting === "kiosk" && reaches(c, limits.selfMeasured),
    category: "BP_HIGH_NORMAL",
    severity: 1,
    action: "RECHECK_DAYS",
    adviceKey: "bp.high_normal_self",
    flags: (c) => ["SELF_135_85", ...shape(c)],
  },
  {
    rule: "BP-25",
    when: (c) => reaches(c, limits.highNormal),
    category: "BP_HIGH_NORMAL",
    severity: 1,
    action: "LIFESTYLE",
    adviceKey: "bp.high_normal",
    flags: shape,
  },
  {
    rule: "BP-26",
    when: () => true,
    category: "BP_NORMAL",
    severity: 0,
    action: "ROUTINE",
    adviceKey: "bp.normal",
    flags: shape,
  },
];

function refusedPressure(flags: readonly string[]): Assessment {
  return {
    category: "BP_INVALID",
    severity: 0,
    action: "REJECT",
    flags: sortedFlags(flags),
    adviceKey: "bp.invalid",
    rule: "BP-00",
  };
}

const isUnusual = ({ sbp, dbp }: Pressure): boolean =>
  !within(softRange("bp.systolic"), sbp) ||
  !within(softRange("bp.diastolic"), dbp) ||
  !within(pulsePressure.soft, sbp - dbp);

/** Class of a session mean, or of a home series' mean. */
export function bp(c: PressureCase): Assessment {
  const sbp = keptPressure(c.sbp);
  const dbp = keptPressure(c.dbp);
  const faults = pressureFaults(sbp, dbp);
  if (sbp === undefined || dbp === undefined || faults.length > 0) {
    return raiseForEmergency(refusedPressure(faults), c.symptoms);
  }
  const found = decide(rows, { ...c, sbp, dbp });
  const flags = isUnusual({ sbp, dbp }) ? sortedFlags([...found.flags, "SOFT_CONFIRM"]) : found.flags;
  return raiseForEmergency({ ...found, flags }, c.symptoms);
}

/** Which arm to use, from the systolic pressure of both (rules.md §3.5). `value` is the difference. */
export function bpArm(left: number | undefined, right: number | undefined): Assessment {
  const [a, b] = [keptPressure(left), keptPressure(right)];
  if (a === undefined || b === undefined) return refusedPressure(["INCOMPLETE"]);
  if (![a, b].every((systolic) => within(hardRange("bp.systolic"), systolic))) return refusedPressure(["SBP_RANGE"]);
  const apart = Math.abs(difference(a, b, 0));
  const found = decide(armRows, apart);
  return { ...found, flags: [a >= b ? "USE_LEFT" : "USE_RIGHT"], value: fixed(apart, 0) };
}

const armRows: readonly Row<number>[] = [
  {
    rule: "BP-60",
    when: (apart) => apart > sessionLimits.armMarked,
    category: "BP_ARM_DIFF",
    severity: 2,
    action: "DOCTOR_2W",
    adviceKey: "bp.arm_diff",
  },
  {
    rule: "BP-61",
    when: (apart) => apart > sessionLimits.armMild,
    category: "BP_ARM_DIFF_MILD",
    severity: 1,
    action: "LIFESTYLE",
    adviceKey: "bp.arm_use",
  },
  { rule: "BP-62", when: () => true, category: "BP_ARM_OK", severity: 0, action: "ROUTINE", adviceKey: "bp.arm_use" },
];
