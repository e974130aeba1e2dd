import type { ControlChart } from "../../core/contract/quality.ts";
import type { ControlFact, DeviceFacts } from "../../core/quality/facts.ts";
import { ownLimits, pointsOf, spreadOf } from "../../core/quality/chart.ts";
import { dayOf } from "../../core/quality/local-day.ts";
import type { ControlLevel } from "../../core/quality/vocabulary.ts";

/** The chart of one analyte and level; of the lot in use (or the one that ran last) when none is named. Undefined: no such lot. */
export function chartOf(
  facts: DeviceFacts,
  analyte: string,
  level: ControlLevel,
  named: string | undefined,
  zoneMinutes: number,
): ControlChart | undefined {
  const own = facts.allLots.filter(
    ({ lot }) => lot.kind === "control" && lot.analyte === analyte && lot.level === level,
  );
  const lot = named === undefined ? own.at(-1)?.lot : own.findLast((fact) => fact.lot.lot === named)?.lot;
  if (lot === undefined) return undefined;
  const points = pointsOf(facts.runs, { analyte, level, lot: lot.lot });
  const limits = ownLimits(points, zoneMinutes);
  const inside = points.filter(({ run }) => run.value >= run.range.low && run.value <= run.range.high);
  return {
    unit: lot.unit ?? "",
    ...(lot.range === undefined ? {} : { range: lot.range }),
    ...(limits === undefined ? {} : { own: limits }),
    collected: { runs: inside.length, days: new Set(inside.map(({ at }) => dayOf(at, zoneMinutes))).size },
    points: points.map(({ run }) => run),
    months: monthsOf(points, facts.reviewedMonths, zoneMinutes),
  };
}

function monthsOf(
  points: readonly ControlFact[],
  reviewed: Readonly<Record<string, string>>,
  zoneMinutes: number,
): ControlChart["months"] {
  const monthOf = ({ at }: ControlFact): string => dayOf(at, zoneMinutes).slice(0, 7);
  return [...new Set(points.map(monthOf))].map((month) => {
    const own = points.filter((point) => monthOf(point) === month);
    const count = (...verdicts: readonly string[]): number =>
      own.filter(({ run }) => verdicts.includes(run.verdict)).length;
    const { mean, sd } = spreadOf(own.map(({ run }) => run.value));
    const by = reviewed[month];
    return {
      month,
      runs: own.length,
      passed: count("passed"),
      warnings: count("warning"),
      failed: count("failed", "rejected"),
      mean,
      sd,
      ...(by === undefined ? {} : { reviewedBy: by }),
    };
  });
}
