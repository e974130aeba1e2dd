import { flagsWhere, sortedFlags, type Assessment } from "./assessment.ts";
import { difference, fixed, product } from "./decimal.ts";

/** z-scores of one run; a level that was not run is absent. The last run is the current one. */
export interface ControlRun {
  readonly L1?: number | undefined;
  readonly L2?: number | undefined;
}

const levels = ["L1", "L2"] as const;

const passed = (category: string, rule: string): Assessment => ({
  category,
  severity: 0,
  action: "ALLOW",
  flags: [],
  adviceKey: "qc.ok",
  rule,
});
const blocked = (category: string, rule: string, flags: readonly string[]): Assessment => ({
  category,
  severity: 2,
  action: "BLOCK_DEVICE",
  flags: sortedFlags(flags),
  adviceKey: "qc.reject",
  rule,
});

/** All values beyond the limit on one side; "exceeds" is strict, and an absent value breaks the series. */
const onOneSide = (values: readonly (number | undefined)[], limit: number): boolean =>
  values.every((z) => z !== undefined && z > limit) || values.every((z) => z !== undefined && z < -limit);

/** `count` consecutive values beyond the limit, ending with the current run: one level, or both levels together. */
function isSeries(runs: readonly ControlRun[], count: number, limit: number): boolean {
  const last = runs.slice(-count);
  const half = runs.slice(-count / 2);
  const ofOneLevel =
    last.length === count &&
    levels.some((level) =>
      onOneSide(
        last.map((run) => run[level]),
        limit,
      ),
    );
  const ofBoth =
    half.length === count / 2 &&
    onOneSide(
      half.flatMap((run) => levels.map((level) => run[level])),
      limit,
    );
  return ofOneLevel || ofBoth;
}

/** Westgard multirule, N = 2 (calibration.md §4). `runs` is not empty and its last run has a value. */
export function westgard(runs: readonly ControlRun[]): Assessment {
  const current = levels.flatMap((level) => runs.at(-1)?.[level] ?? []);
  const rejecting = flagsWhere({
    "1_3s": current.some((z) => Math.abs(z) > 3),
    "2_2s": isSeries(runs, 2, 2),
    R_4s: current.some((z) => z > 2) && current.some((z) => z < -2),
    "4_1s": isSeries(runs, 4, 1),
    "10_x": isSeries(runs, 10, 0),
  });
  const warned = flagsWhere({ "1_2s": current.some((z) => Math.abs(z) > 2) });
  if (rejecting.length > 0) return blocked("QC_REJECT", "QC-02", [...rejecting, ...warned]);
  if (warned.length === 0) return passed("QC_OK", "QC-00");
  return {
    category: "QC_WARNING",
    severity: 1,
    action: "QC_REPEAT",
    flags: warned,
    adviceKey: "qc.warn",
    rule: "QC-01",
  };
}

/** Project limits (P), the strictest of JJG 692, IEC 80601-2-30 and EN 1060; inclusive. mm[Hg], mm[Hg]/min. */
const staticLimits = { error: 3, leak: 6, points: 5, hysteresis: 4 } as const;

/** `points` are pairs of reference and display. `value` is the largest error. */
export function bpStatic(points: readonly (readonly [number, number])[], leak: number): Assessment {
  const errors = points.map(([reference, shown]) => difference(shown, reference, 2));
  const largest = Math.max(0, ...errors.map(Math.abs));
  const references = [...new Set(points.map(([reference]) => reference))];
  const spread = references.map((reference) => {
    const shown = points.filter(([own]) => own === reference).map(([, display]) => display);
    return Math.max(...shown) - Math.min(...shown);
  });
  const flags = flagsWhere({
    STATIC_ERROR: largest > staticLimits.error,
    TOO_FEW_POINTS: references.length < staticLimits.points,
    LEAK: leak > staticLimits.leak,
    HYSTERESIS: spread.some((between) => between > staticLimits.hysteresis),
  });
  const found = flags.length > 0 ? blocked("BP_CAL_FAIL", "CAL-01", flags) : passed("BP_CAL_PASS", "CAL-01");
  return { ...found, value: String(largest) };
}

export interface ControlCheck {
  readonly value: number;
  /** The range printed on the vial, both ends inside. */
  readonly low: number;
  readonly high: number;
  readonly stripExpired: boolean;
  readonly controlExpired: boolean;
  readonly openedDays: number;
  readonly openedLimit: number;
}

/** Daily control of a glucose meter (calibration.md §2.2). */
export function gluControl(check: ControlCheck): Assessment {
  const flags = flagsWhere({
    OUT_OF_RANGE: check.value < check.low || check.value > check.high,
    STRIP_EXPIRED: check.stripExpired,
    CONTROL_EXPIRED: check.controlExpired,
    OPENED_TOO_LONG: check.openedDays > check.openedLimit,
  });
  return flags.length > 0 ? blocked("GLU_QC_FAIL", "CAL-10", flags) : passed("GLU_QC_PASS", "CAL-10");
}

/** WST781: ±0.83 mmol/L below 5.5, ±15 % from there; limits inside. */
const compareLimits = { from: 5.5, absolute: 0.83, relative: 0.15 } as const;

/** One pair of meter and laboratory, mmol/L. `value` is meter − laboratory. */
export function gluCompare(meter: number, lab: number): Assessment {
  const apart = Math.abs(difference(meter, lab, 6));
  const allowed = lab < compareLimits.from ? compareLimits.absolute : product(lab, compareLimits.relative, 6);
  const value = fixed(difference(meter, lab, 6), 2);
  return apart <= allowed
    ? { category: "COMPARE_WITHIN", severity: 0, action: "ALLOW", flags: [], value, rule: "CAL-12" }
    : { category: "COMPARE_OUTSIDE", severity: 1, action: "REVIEW", flags: [], value, rule: "CAL-12" };
}
