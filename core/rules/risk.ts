import { flagsWhere, type Assessment } from "./assessment.ts";
import type { Sex } from "./body.ts";
import { difference, fixed, rounded } from "./decimal.ts";
import { within, type Range } from "./ranges.ts";

type Level = "low" | "mid" | "high";

const levels = {
  low: { severity: 0, action: "ROUTINE", adviceKey: "risk.low" },
  mid: { severity: 1, action: "DOCTOR_4W", adviceKey: "risk.mid" },
  high: { severity: 2, action: "DOCTOR_2W", adviceKey: "risk.high" },
} as const satisfies Record<Level, Pick<Assessment, "severity" | "action" | "adviceKey">>;

const hasCvd = { severity: 2, action: "DOCTOR_4W", adviceKey: "risk.has_cvd" } as const;

export interface ChartCase {
  readonly age: number;
  readonly sex: Sex;
  /** mmol/L, before treatment. */
  readonly tc: number;
  readonly ldl: number;
  readonly hdl: number;
  /** Diagnosed or on drugs. */
  readonly htn: boolean;
  readonly smoker: boolean;
  readonly dm: boolean;
  readonly ckd34: boolean;
  readonly ascvdHx: boolean;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  readonly bmi?: number | undefined;
}

/** LIPID2023 figure 1: rows by hypertension and number of risk factors, columns by the higher of TC and LDL. */
const chart = {
  noHtn: [
    ["low", "low", "low"],
    ["low", "low", "low"],
    ["low", "low", "mid"],
    ["low", "mid", "mid"],
  ],
  htn: [
    ["low", "low", "low"],
    ["low", "mid", "mid"],
    ["mid", "high", "high"],
    ["high", "high", "high"],
  ],
} as const satisfies Record<string, readonly (readonly Level[])[]>;

const chartLimits = {
  ldlDirect: 4.9,
  tcDirect: 7.2,
  diabetesAge: 40,
  tcColumns: [4.1, 5.2],
  ldlColumns: [2.6, 3.4],
  belowTc: 3.1,
  belowLdl: 1.8,
  hdlLow: 1,
  riskAge: { male: 45, female: 55 },
  lifetimeAge: 55,
  lifetimeNonHdl: 5.2,
  lifetimeBmi: 28,
  lifetimeSystolic: 160,
  lifetimeDiastolic: 100,
} as const;

const columnOf = (value: number, edges: readonly number[]): number => edges.filter((edge) => value >= edge).length;

function lifetimeFactors(c: ChartCase): number {
  return [
    (c.sbp ?? 0) >= chartLimits.lifetimeSystolic || (c.dbp ?? 0) >= chartLimits.lifetimeDiastolic,
    difference(c.tc, c.hdl, 2) >= chartLimits.lifetimeNonHdl,
    c.hdl < chartLimits.hdlLow,
    (c.bmi ?? 0) >= chartLimits.lifetimeBmi,
    c.smoker,
  ].filter(Boolean).length;
}

const chartNames = {
  low: { category: "ASCVD_LOW", rule: "RK-03" },
  mid: { category: "ASCVD_MODERATE", rule: "RK-04" },
  high: { category: "ASCVD_HIGH", rule: "RK-05" },
} as const;

/** Ten-year risk by the official chart (rules.md §6.1). No coefficients; for the doctor. */
export function ascvdChart(given: ChartCase): Assessment {
  const c = { ...given, tc: rounded(given.tc, 2), ldl: rounded(given.ldl, 2), hdl: rounded(given.hdl, 2) };
  if (c.ascvdHx) return { ...hasCvd, category: "ASCVD_VERY_HIGH", flags: [], rule: "RK-01" };
  const isDirect =
    c.ldl >= chartLimits.ldlDirect ||
    c.tc >= chartLimits.tcDirect ||
    (c.dm && c.age >= chartLimits.diabetesAge) ||
    c.ckd34;
  if (isDirect) return { ...levels.high, category: "ASCVD_HIGH_DIRECT", flags: [], rule: "RK-02" };
  const factors = [c.smoker, c.hdl < chartLimits.hdlLow, c.age >= chartLimits.riskAge[c.sex]].filter(Boolean).length;
  const column = Math.max(columnOf(c.tc, chartLimits.tcColumns), columnOf(c.ldl, chartLimits.ldlColumns));
  const level: Level = chart[c.htn ? "htn" : "noHtn"][factors]?.[column] ?? "high";
  const flags = flagsWhere({
    BELOW_CHART: c.tc < chartLimits.belowTc && c.ldl < chartLimits.belowLdl,
    LIFETIME_HIGH: level === "mid" && c.age < chartLimits.lifetimeAge && lifetimeFactors(c) >= 2,
  });
  return { ...levels[level], ...chartNames[level], flags };
}

export interface ChinaParCase {
  readonly sex: Sex;
  readonly age: number;
  readonly sbp: number;
  readonly tc: number;
  readonly hdl: number;
  /** cm */
  readonly waist: number;
  /** On antihypertensive drugs in the last two weeks. */
  readonly treated: boolean;
  readonly smoker: boolean;
  readonly dm: boolean;
  /** North of the Yangtze. */
  readonly north: boolean;
  readonly urban: boolean;
  /** Parent or sibling with heart attack or stroke. */
  readonly fh: boolean;
  readonly unit: "mg/dL" | "mmol/L";
  readonly ascvdHx: boolean;
}

/** CPAR2016 with the verification status of rules.md §6.2 (B): never lets a treatment begin by itself. */
const coefficients = {
  male: {
    age: 31.96604,
    treated: 27.39,
    untreated: 26.14876,
    tc: 0.6209,
    hdl: -0.69373,
    waist: -0.712,
    smoker: 3.96,
    dm: 0.36,
    north: 0.48,
    urban: -0.16,
    fh: 6.22,
    ageTreated: -6.02,
    ageUntreated: -5.73074,
    ageSmoker: -0.94,
    ageFh: -1.53,
    mean: 140.68,
    survival: 0.9707,
  },
  female: {
    age: 24.87,
    treated: 20.71,
    untreated: 19.98,
    tc: 0.06,
    hdl: -0.22,
    waist: 1.48,
    smoker: 0.49,
    dm: 0.57,
    north: 0.54,
    urban: 0,
    fh: 0,
    ageTreated: -4.53,
    ageUntreated: -4.36,
    ageSmoker: 0,
    ageFh: 0,
    mean: 117.26,
    survival: 0.9851,
  },
} as const;

/** The factor of the official site. */
const mmolPerMg = 0.0259;

const parRanges = {
  age: { min: 20, max: 85 },
  derivation: { min: 35, max: 74 },
  sbp: { min: 70, max: 200 },
  waist: { min: 50, max: 130 },
  tc: { "mg/dL": { min: 80, max: 400 }, "mmol/L": { min: 2, max: 11 } },
  hdl: { "mg/dL": { min: 20, max: 130 }, "mmol/L": { min: 0.5, max: 4 } },
} as const satisfies Record<string, Range | Record<ChinaParCase["unit"], Range>>;

function chinaParPercent(c: ChinaParCase): number {
  const k = coefficients[c.sex];
  const toMg = (value: number): number => (c.unit === "mg/dL" ? value : value / mmolPerMg);
  const [lnAge, lnSbp] = [Math.log(c.age), Math.log(c.sbp)];
  const when = (holds: boolean, value: number): number => (holds ? value : 0);
  const sum =
    k.age * lnAge +
    (c.treated ? k.treated + k.ageTreated * lnAge : k.untreated + k.ageUntreated * lnAge) * lnSbp +
    k.tc * Math.log(toMg(c.tc)) +
    k.hdl * Math.log(toMg(c.hdl)) +
    k.waist * Math.log(c.waist) +
    when(c.smoker, k.smoker + k.ageSmoker * lnAge) +
    when(c.dm, k.dm) +
    when(c.north, k.north) +
    when(c.urban, k.urban) +
    when(c.fh, k.fh + k.ageFh * lnAge);
  return 100 * (1 - k.survival ** Math.exp(sum - k.mean));
}

const parLines = { mid: 5, high: 10, near: 0.3 } as const;
const parNames = {
  low: { category: "CPAR_LOW", rule: "CP-02" },
  mid: { category: "CPAR_MODERATE", rule: "CP-03" },
  high: { category: "CPAR_HIGH", rule: "CP-04" },
} as const;

/** Ten-year risk in percent by China-PAR, one decimal in `value`; shown to a doctor beside the chart. */
export function chinaPar(c: ChinaParCase): Assessment {
  const notApplicable = { category: "CPAR_NOT_APPLICABLE", rule: "CP-01" } as const;
  if (c.ascvdHx) return { ...notApplicable, ...hasCvd, flags: ["HAS_ASCVD"] };
  const unfit = flagsWhere({
    AGE: !within(parRanges.age, c.age),
    INPUT_RANGE:
      !within(parRanges.sbp, c.sbp) ||
      !within(parRanges.waist, c.waist) ||
      !within(parRanges.tc[c.unit], c.tc) ||
      !within(parRanges.hdl[c.unit], c.hdl),
  });
  if (unfit.length > 0) {
    return { ...notApplicable, severity: 0, action: "SHOW_ONLY", flags: unfit, adviceKey: "risk.na" };
  }
  const percent = rounded(chinaParPercent(c), 1);
  const level: Level = percent >= parLines.high ? "high" : percent >= parLines.mid ? "mid" : "low";
  const isNear = [parLines.mid, parLines.high].some((line) => Math.abs(difference(percent, line, 1)) <= parLines.near);
  const flags = flagsWhere({ NEAR_CUTOFF: isNear, OUTSIDE_DERIVATION: !within(parRanges.derivation, c.age) });
  return { ...levels[level], ...parNames[level], flags, value: fixed(percent, 1) };
}
