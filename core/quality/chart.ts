import { gluControl, westgard, type ControlRun } from "../rules/device-checks.ts";
import { difference } from "../rules/decimal.ts";
import type { ControlFact, LotFact } from "./facts.ts";
import { dayOf } from "./local-day.ts";
import { controlLevels, type ControlLevel, type ControlVerdict } from "./vocabulary.ts";

/** Own mean and SD are taken once there are this many points on this many days, and then stand until the lot changes (§4). */
export const ownFrom = { runs: 20, days: 10 } as const;

export interface OwnLimits {
  readonly mean: number;
  readonly sd: number;
  readonly runs: number;
  readonly days: number;
}

export interface ChartKey {
  readonly analyte: string;
  readonly level: ControlLevel;
  readonly lot: string;
}

const onChart =
  ({ analyte, level, lot }: ChartKey) =>
  ({ run }: ControlFact): boolean =>
    run.analyte === analyte && run.level === level && run.lot === lot;

/** The points of one chart, oldest first. */
export function pointsOf(runs: readonly ControlFact[], key: ChartKey): readonly ControlFact[] {
  return runs.filter(onChart(key));
}

/** Sample mean and SD (n − 1) of the first points that are enough. What fell outside the vial's range is no measure of the device's own spread. */
export function ownLimits(points: readonly ControlFact[], zoneMinutes: number): OwnLimits | undefined {
  const values: number[] = [];
  const days = new Set<string>();
  for (const { run, at } of points) {
    if (run.value < run.range.low || run.value > run.range.high) continue;
    values.push(run.value);
    days.add(dayOf(at, zoneMinutes));
    if (values.length < ownFrom.runs || days.size < ownFrom.days) continue;
    const { mean, sd } = spreadOf(values);
    // Twenty equal values are a stuck device or a coarse display: no chart can be drawn over nothing.
    return sd === 0 ? undefined : { mean, sd, runs: values.length, days: days.size };
  }
  return undefined;
}

/** Sample mean and SD; SD 0 for fewer than two values. */
export function spreadOf(values: readonly number[]): { readonly mean: number; readonly sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

/** What a new value is held against. */
export interface NewControl {
  readonly key: ChartKey;
  readonly value: number;
  readonly at: number;
  readonly lots: {
    readonly control: LotFact;
    readonly stripExpired: boolean;
    readonly controlExpired: boolean;
    readonly openedDays: number;
  };
}

export interface JudgedControl {
  readonly verdict: ControlVerdict;
  /** Sorted codes: Westgard rules, or OUT_OF_RANGE and the like. */
  readonly rules: readonly string[];
  readonly own?: OwnLimits & { readonly z: number };
}

/**
 * The verdict of a new control (§2.2, §4): by the Westgard multirule once the lot has its own mean and SD, by the vial's
 * range until then. Outside the range twice running is a rejection.
 */
export function judgeControl(runs: readonly ControlFact[], next: NewControl, zoneMinutes: number): JudgedControl {
  const points = pointsOf(runs, next.key);
  const limits = ownLimits(points, zoneMinutes);
  const range = next.lots.control.lot.range ?? { low: Number.NaN, high: Number.NaN };
  if (limits === undefined) {
    const found = gluControl({
      value: next.value,
      ...range,
      stripExpired: next.lots.stripExpired,
      controlExpired: next.lots.controlExpired,
      openedDays: next.lots.openedDays,
      openedLimit: next.lots.control.lot.openDays,
    });
    if (found.category === "GLU_QC_PASS") return { verdict: "passed", rules: [] };
    const before = runs.findLast(({ run }) => run.analyte === next.key.analyte && run.level === next.key.level);
    const again = before?.run.verdict === "failed" || before?.run.verdict === "rejected";
    return { verdict: again ? "rejected" : "failed", rules: found.flags };
  }
  const z = zOf(next.value, limits);
  const found = westgard(seriesOf(runs, next, z, zoneMinutes));
  const verdict = { QC_OK: "passed", QC_WARNING: "warning", QC_REJECT: "rejected" } as const;
  return {
    verdict: verdict[found.category as keyof typeof verdict],
    rules: found.flags,
    own: { ...limits, z },
  };
}

/** Cut at four decimals, so that 5.40 over 5.20 ± 0.10 is exactly 2 and does not exceed it. */
export function zOf(value: number, { mean, sd }: Pick<OwnLimits, "mean" | "sd">): number {
  return Math.round((difference(value, mean, 6) / sd) * 10_000) / 10_000;
}

/**
 * Runs of both levels, the new value last. A run holds each level at most once and does not reach over midnight: a
 * repeated level is the next run.
 */
function seriesOf(
  runs: readonly ControlFact[],
  next: NewControl,
  z: number,
  zoneMinutes: number,
): readonly ControlRun[] {
  const lots = new Map<ControlLevel, string>([[next.key.level, next.key.lot]]);
  for (const { run } of runs.toReversed())
    if (run.analyte === next.key.analyte && !lots.has(run.level)) lots.set(run.level, run.lot);
  const limits = new Map(
    controlLevels.map((level) => {
      const key = { analyte: next.key.analyte, level, lot: lots.get(level) ?? "" };
      return [level, ownLimits(pointsOf(runs, key), zoneMinutes)] as const;
    }),
  );
  const series: { day: string; run: { L1?: number; L2?: number } }[] = [];
  const add = (level: ControlLevel, value: number, at: number): void => {
    const day = dayOf(at, zoneMinutes);
    const last = series.at(-1);
    if (last === undefined || last.day !== day || last.run[level] !== undefined)
      series.push({ day, run: { [level]: value } });
    else last.run[level] = value;
  };
  for (const { run, at } of runs) {
    const own = limits.get(run.level);
    if (run.analyte !== next.key.analyte || run.lot !== lots.get(run.level) || own === undefined) continue;
    add(run.level, zOf(run.value, own), at);
  }
  add(next.key.level, z, next.at);
  return series.map(({ run }) => run);
}
