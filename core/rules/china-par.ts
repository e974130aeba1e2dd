import { flagsWhere, type Assessment } from "./assessment.ts";
import { difference, fixed, rounded } from "./decimal.ts";
import { within, type Range } from "./ranges.ts";
import { hasCvd, levels, type Level } from "./risk-levels.ts";
import type { Sex } from "./weight.ts";

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
