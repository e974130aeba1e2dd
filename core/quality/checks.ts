import type { CalibrationValues } from "../contract/quality.ts";
import type { JudgedPoint, ReferenceInstrument } from "../journal/quality-bodies.ts";
import { difference } from "../rules/decimal.ts";
import { bpStatic } from "../rules/device-checks.ts";
import { spreadOf } from "./chart.ts";
import type { CalibrationKind } from "./vocabulary.ts";
import { endOf, type Moment } from "./local-day.ts";

/** Performance checks, every point judged (calibration.md §1.2–§1.4, §5). All limits inclusive. */

export interface JudgedCheck {
  readonly verdict: "passed" | "failed";
  readonly points: readonly JudgedPoint[];
  readonly flags: readonly string[];
  /** Of repeatability: the mean systolic pressure. */
  readonly baseline?: number;
}

/** The strictest of the documents (P); mm[Hg], s, kg, Cel, %, /min, cm. */
export const checkLimits = {
  static: { error: 3, directions: 2, nominalStep: 10 },
  leak: 6,
  repeat: { runs: 10, sd: 2, drift: 5 },
  release: { pressure: 300, heldSeconds: 180 },
  scale: { to: 50, below: 0.1, above: 0.2, points: 3 },
  thermometer: { from: 35, to: 39, inside: 0.2, outside: 0.3, points: 3 },
  oximeter: { from: 90, spo2: 2, pulse: 3 },
  height: { error: 0.5, points: 3 },
  clockSeconds: 300,
} as const;

/** A third of the limit; for pressure §1.2 names ±0.8 mmHg. An oximeter may be compared with a verified one of its own class (§5). */
const referenceErrors: Readonly<Partial<Record<CalibrationKind, number>>> = {
  staticPressure: 0.8,
  leakage: 0.8,
  scale: checkLimits.scale.below / 3,
  thermometer: checkLimits.thermometer.inside / 3,
  oximeter: checkLimits.oximeter.spo2,
  height: checkLimits.height.error / 3,
};

export type ReferenceFault = "quality.referenceMissing" | "quality.referenceExpired" | "quality.referenceTooCoarse";

/** Why a reference instrument may not be used for a check, or undefined. */
export function referenceFault(
  kind: CalibrationKind,
  reference: ReferenceInstrument | undefined,
  { now, zoneMinutes }: Moment,
): ReferenceFault | undefined {
  const largest = referenceErrors[kind];
  if (largest !== undefined && reference === undefined) return "quality.referenceMissing";
  if (reference === undefined) return undefined;
  if (now >= endOf(reference.validUntil, zoneMinutes)) return "quality.referenceExpired";
  // A third is no decimal number: what is printed rounded to it still counts.
  return largest !== undefined && reference.errorLimit > largest + 1e-9 ? "quality.referenceTooCoarse" : undefined;
}

/** `baseline`: mean of the first passing repeatability; absent at commissioning. */
export function judgeCheck(values: CalibrationValues, baseline: number | undefined): JudgedCheck {
  switch (values.kind) {
    case "staticPressure":
      return judgeStatic(values.points);
    case "leakage":
      return verdictOf(
        values.points.map(({ from, to, withCuff }) =>
          point(withCuff ? "withCuff" : "withoutCuff", from, to, checkLimits.leak, "mm[Hg]/min"),
        ),
        "LEAK",
        { NO_HIGH_POINT: !values.points.some(({ from, withCuff }) => withCuff && from >= 200) },
      );
    case "repeatability":
      return judgeRepeat(values.runs, baseline);
    case "overPressure": {
      const { pressure, heldSeconds } = checkLimits.release;
      return verdictOf(
        [
          atMost("releasedAt", values.releasedAt, pressure, "mm[Hg]"),
          atMost("held", values.heldSeconds, heldSeconds, "s"),
        ],
        "OVER_PRESSURE",
      );
    }
    case "scale": {
      const { to, below, above, points } = checkLimits.scale;
      return verdictOf(
        values.points.map(({ reference, shown }) =>
          point("weight", reference, shown, reference <= to ? below : above, "kg"),
        ),
        "SCALE_ERROR",
        { TOO_FEW_POINTS: differentOnes(values.points) < points },
      );
    }
    case "thermometer": {
      const { from, to, inside, outside, points } = checkLimits.thermometer;
      return verdictOf(
        values.points.map(({ reference, shown }) =>
          point("temperature", reference, shown, reference >= from && reference <= to ? inside : outside, "Cel"),
        ),
        "TEMPERATURE_ERROR",
        { TOO_FEW_POINTS: differentOnes(values.points) < points },
      );
    }
    case "oximeter":
      return verdictOf(
        values.points.flatMap(({ reference, shown, referencePulse, shownPulse }) => [
          point("spo2", reference, shown, checkLimits.oximeter.spo2, "%"),
          point("pulse", referencePulse, shownPulse, checkLimits.oximeter.pulse, "/min"),
        ]),
        "SPO2_ERROR",
        // The limit is given for 90–100 only: at least one point must lie there.
        { NO_POINT_IN_RANGE: !values.points.some(({ reference }) => reference >= checkLimits.oximeter.from) },
      );
    case "height":
      return verdictOf(
        values.points.map(({ reference, shown }) => point("height", reference, shown, checkLimits.height.error, "cm")),
        "HEIGHT_ERROR",
        { TOO_FEW_POINTS: differentOnes(values.points) < checkLimits.height.points },
      );
    case "clock":
      return verdictOf([point("clock", 0, values.driftSeconds, checkLimits.clockSeconds, "s")], "CLOCK_DRIFT");
  }
}

type StaticPoint = Extract<CalibrationValues, { kind: "staticPressure" }>["points"][number];

/** The rule of cases.csv over nominal points: a reference of 100.2 up and 99.9 down is the same point, with its own error. */
function judgeStatic(points: readonly StaticPoint[]): JudgedCheck {
  const nominal = (reference: number): number =>
    Math.round(reference / checkLimits.static.nominalStep) * checkLimits.static.nominalStep;
  const shifted = points.map(({ reference, shown }): readonly [number, number] => {
    const at = nominal(reference);
    return [at, at + difference(shown, reference, 2)];
  });
  const { flags } = bpStatic(shifted, 0);
  const ways = new Map<number, Set<string>>();
  for (const { reference, direction } of points) {
    const at = nominal(reference);
    ways.set(at, (ways.get(at) ?? new Set()).add(direction));
  }
  const oneWay = [...ways.values()].some(({ size }) => size < checkLimits.static.directions);
  const all = [...flags, ...(oneWay ? ["ONE_DIRECTION"] : [])].sort();
  return {
    verdict: all.length === 0 ? "passed" : "failed",
    points: points.map(({ reference, shown, direction }) =>
      point(direction, reference, shown, checkLimits.static.error, "mm[Hg]"),
    ),
    flags: all,
  };
}

/** Ten runs on a simulator: SD, and how far the mean has moved since commissioning. */
function judgeRepeat(
  runs: readonly { readonly systolic: number; readonly diastolic: number }[],
  baseline: number | undefined,
): JudgedCheck {
  const { sd: most, drift, runs: fewest } = checkLimits.repeat;
  const systolic = spreadOf(runs.map((run) => run.systolic));
  const diastolic = spreadOf(runs.map((run) => run.diastolic));
  const moved = baseline ?? systolic.mean;
  const judged = verdictOf(
    [
      atMost("sdSystolic", rounded(systolic.sd), most, "mm[Hg]"),
      atMost("sdDiastolic", rounded(diastolic.sd), most, "mm[Hg]"),
      point("meanSystolic", rounded(moved), rounded(systolic.mean), drift, "mm[Hg]"),
    ],
    "REPEATABILITY",
    { TOO_FEW_RUNS: runs.length < fewest },
  );
  return { ...judged, baseline: rounded(systolic.mean) };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function point(label: string, reference: number, shown: number, limit: number, unit: string): JudgedPoint {
  const error = difference(shown, reference, 4);
  return { label, reference, shown, error, limit, unit, ok: Math.abs(error) <= limit };
}

/** A value that may not exceed its limit; nothing is compared with it. */
function atMost(label: string, shown: number, limit: number, unit: string): JudgedPoint {
  return { label, reference: 0, shown, error: shown, limit, unit, ok: shown <= limit };
}

function differentOnes(points: readonly { readonly reference: number }[]): number {
  return new Set(points.map(({ reference }) => reference)).size;
}

function verdictOf(
  points: readonly JudgedPoint[],
  flag: string,
  more: Readonly<Record<string, boolean>> = {},
): JudgedCheck {
  const flags = [
    ...(points.every(({ ok }) => ok) ? [] : [flag]),
    ...Object.keys(more).filter((name) => more[name] === true),
  ].sort();
  return { verdict: flags.length === 0 ? "passed" : "failed", points, flags };
}
