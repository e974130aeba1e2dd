import { flagsWhere, type Assessment } from "./assessment.ts";
import { difference, rounded } from "./decimal.ts";
import { hasCvd, levels, type Level } from "./risk-levels.ts";
import type { Sex } from "./weight.ts";

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
