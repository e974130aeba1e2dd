import { decide, flagsWhere, type Assessment, type Row } from "./assessment.ts";
import { fixed } from "./decimal.ts";
import { glucoseLimits as limits } from "./limits.ts";
import { hardRange, within } from "./ranges.ts";
import { hasAny, ketoneSymptoms, raiseForEmergency, type Symptoms } from "./symptoms.ts";
import { conversions, converted, type MolarUnit } from "./units.ts";

export const glucoseContexts = ["fasting", "pp2h", "random"] as const;
export type GlucoseContext = (typeof glucoseContexts)[number];
export const diabetesStates = ["yes", "no", "unknown"] as const;
export type Diabetes = (typeof diabetesStates)[number];

export interface GlucoseCase {
  readonly value?: number | undefined;
  /** The meter's text instead of a number; it wins over a number. */
  readonly flag?: "LO" | "HI" | undefined;
  readonly unit: MolarUnit;
  readonly context: GlucoseContext;
  /** Unknown counts as yes for low values and as no for high ones (P). */
  readonly dm: Diabetes;
  readonly insulin: boolean;
  readonly pregnant: boolean;
  readonly prevUncontrolled: boolean;
  readonly symptoms: Symptoms;
}

/** GL-CTX: from minutes since the first bite of the last meal. */
export function glucoseContext(minutesSinceMeal: number | undefined): GlucoseContext {
  if (minutesSinceMeal === undefined) return "random";
  if (minutesSinceMeal >= limits.fastingMinutes) return "fasting";
  return minutesSinceMeal >= limits.twoHoursFrom && minutesSinceMeal <= limits.twoHoursTo ? "pp2h" : "random";
}

export const gluContext = (minutesSinceMeal: number | undefined): Assessment => ({
  category: glucoseContext(minutesSinceMeal),
  severity: 0,
  action: "CLASSIFY",
  flags: [],
  rule: "GL-CTX",
});

interface Known extends GlucoseCase {
  /** mmol/L, one decimal. `LO` is below and `HI` above every line. */
  readonly mmol: number;
  readonly isLow: boolean;
}

const ketones = (c: Known): boolean => hasAny(c.symptoms, ketoneSymptoms);

/** rules.md §4, top to bottom. */
const rows: readonly Row<Known>[] = [
  {
    rule: "GL-01",
    when: (c) => c.isLow && c.symptoms.includes("SX_CONSCIOUS"),
    category: "GLU_HYPO_L3",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "glu.hypo3",
  },
  {
    rule: "GL-02",
    when: (c) => c.isLow && c.mmol < limits.lo,
    category: "GLU_HYPO_L2",
    severity: 4,
    action: "HYPO_TREAT_NOW",
    adviceKey: "glu.hypo2",
  },
  {
    rule: "GL-03",
    when: (c) => c.isLow && (c.dm !== "no" || c.symptoms.includes("SX_SWEAT_TREMOR")),
    category: "GLU_HYPO_L1",
    severity: 3,
    action: "HYPO_TREAT_NOW",
    adviceKey: "glu.hypo1",
  },
  {
    rule: "GL-04",
    when: (c) => c.isLow,
    category: "GLU_LOW_NODM",
    severity: 1,
    action: "REPEAT_NOW",
    adviceKey: "glu.low_nodm",
  },
  {
    rule: "GL-05",
    when: (c) => c.mmol >= limits.crisis,
    category: "GLU_CRISIS",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "glu.crisis",
  },
  {
    rule: "GL-06",
    when: (c) => c.mmol >= limits.veryHigh && ketones(c),
    category: "GLU_CRISIS",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "glu.crisis",
  },
  {
    rule: "GL-07",
    when: (c) => c.mmol >= limits.veryHigh,
    category: "GLU_VERY_HIGH",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "glu.very_high",
  },
  {
    rule: "GL-08",
    when: (c) => c.mmol >= limits.ketone && ketones(c),
    category: "GLU_CRISIS",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "glu.crisis",
  },
  {
    rule: "GL-09",
    when: (c) => c.mmol >= limits.ketone && (c.insulin || c.pregnant),
    category: "GLU_KETONE_RISK",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "glu.ketone_today",
  },
  {
    rule: "GL-10",
    when: (c) => c.mmol >= limits.ketone,
    category: "GLU_KETONE_RISK",
    severity: 2,
    action: "DOCTOR_3D",
    adviceKey: "glu.ketone",
  },
  {
    rule: "GL-11",
    when: (c) => c.pregnant && c.mmol >= limits.pregnancy[c.context],
    category: "GLU_PREG_HIGH",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "glu.preg",
  },
  {
    rule: "GL-20",
    when: (c) => c.dm === "yes" && c.mmol < limits.diabetesTarget[c.context],
    category: "GLU_DM_OK",
    severity: 0,
    action: "FOLLOWUP_3M",
    adviceKey: "glu.dm_ok",
    flags: (c) => flagsWhere({ BELOW_4_4: c.context === "fasting" && c.mmol < limits.diabetesFastingLow }),
  },
  {
    rule: "GL-22",
    when: (c) => c.dm === "yes" && c.prevUncontrolled,
    category: "GLU_DM_HIGH",
    severity: 2,
    action: "REFER_UP",
    adviceKey: "glu.dm_refer",
  },
  {
    rule: "GL-21",
    when: (c) => c.dm === "yes",
    category: "GLU_DM_HIGH",
    severity: 2,
    action: "DOCTOR_2W",
    adviceKey: "glu.dm_high",
  },
  {
    rule: "GL-30",
    when: (c) => c.context === "fasting" && c.mmol < limits.fastingImpaired,
    category: "GLU_F_NORMAL",
    severity: 0,
    action: "ROUTINE",
    adviceKey: "glu.normal",
  },
  {
    rule: "GL-31",
    when: (c) => c.context === "fasting" && c.mmol < limits.fastingDiabetes,
    category: "GLU_F_IFG",
    severity: 1,
    action: "DOCTOR_4W",
    adviceKey: "glu.pre",
  },
  {
    rule: "GL-32",
    when: (c) => c.context === "fasting",
    category: "GLU_F_DM_RANGE",
    severity: 2,
    action: "DOCTOR_2W",
    adviceKey: "glu.dm_range",
  },
  {
    rule: "GL-33",
    when: (c) => c.context === "pp2h" && c.mmol < limits.loadedImpaired,
    category: "GLU_P_NORMAL",
    severity: 0,
    action: "ROUTINE",
    adviceKey: "glu.normal",
  },
  {
    rule: "GL-34",
    when: (c) => c.context === "pp2h" && c.mmol < limits.loadedDiabetes,
    category: "GLU_P_IGT_RANGE",
    severity: 1,
    action: "DOCTOR_4W",
    adviceKey: "glu.pre",
  },
  {
    rule: "GL-35",
    when: (c) => c.context === "pp2h",
    category: "GLU_P_DM_RANGE",
    severity: 2,
    action: "DOCTOR_2W",
    adviceKey: "glu.dm_range",
  },
  {
    rule: "GL-36",
    when: (c) => c.mmol < limits.loadedImpaired,
    category: "GLU_R_NORMAL",
    severity: 0,
    action: "ROUTINE",
    adviceKey: "glu.random_normal",
  },
  {
    rule: "GL-37",
    when: (c) => c.mmol < limits.loadedDiabetes,
    category: "GLU_R_INDETERMINATE",
    severity: 1,
    action: "RECHECK_DAYS",
    adviceKey: "glu.random_mid",
  },
  {
    rule: "GL-39",
    when: (c) => c.symptoms.includes("SX_POLY"),
    category: "GLU_R_DM_RANGE",
    severity: 2,
    action: "DOCTOR_3D",
    adviceKey: "glu.dm_range_sx",
  },
  {
    rule: "GL-38",
    when: () => true,
    category: "GLU_R_DM_RANGE",
    severity: 2,
    action: "DOCTOR_2W",
    adviceKey: "glu.dm_range",
  },
];

const refused: Assessment = {
  category: "GLU_INVALID",
  severity: 0,
  action: "REJECT",
  flags: ["RANGE"],
  adviceKey: "glu.invalid",
  rule: "GL-00",
};

function decideAt(c: GlucoseCase, mmol: number): Assessment {
  const isLow = mmol < limits.low || (mmol === limits.low && c.dm !== "no");
  return decide(rows, { ...c, mmol, isLow });
}

function numbered(c: GlucoseCase): Assessment {
  if (c.value === undefined) return refused;
  const mmol = converted(c.value, c.unit, "mmol/L", "glucose");
  if (!within(hardRange("glucose"), mmol)) return refused;
  const found = decideAt(c, mmol);
  return c.unit === "mg/dL" ? { ...found, value: fixed(mmol, conversions.glucose.decimals) } : found;
}

/** Class of a capillary glucose, and its value in mmol/L where it came in mg/dL. */
export function glucose(c: GlucoseCase): Assessment {
  const found =
    c.flag === undefined
      ? numbered(c)
      : { ...decideAt(c, c.flag === "LO" ? -Infinity : Infinity), flags: [`METER_${c.flag}`] };
  return raiseForEmergency(found, c.symptoms);
}
