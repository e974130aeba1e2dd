import type { VisitRecord } from "../../../core/contract/hub-visits.ts";

/** One line of a chart: seconds since 1970 UTC, as a chart wants them, oldest first. */
export interface Trend {
  readonly quantity: string;
  readonly unit: string;
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** Quantities with two numbers or more; of one quantity only those in its first unit, and none that is only a limit. */
export function trendsOf(record: VisitRecord | undefined): readonly Trend[] {
  const found = new Map<string, { unit: string; points: (readonly [number, number])[] }>();
  for (const { measurements } of record?.results ?? []) {
    for (const { readings, times } of measurements) {
      for (const { quantity, value, unit, comparator } of readings) {
        const known = found.get(quantity) ?? { unit, points: [] };
        if (comparator !== undefined || known.unit !== unit) continue;
        known.points.push([Date.parse(times.heardAt) / 1_000, value]);
        found.set(quantity, known);
      }
    }
  }
  return [...found]
    .filter(([, { points }]) => points.length > 1)
    .map(([quantity, { unit, points }]) => {
      const inTime = points.toSorted(([one], [other]) => one - other);
      return { quantity, unit, at: inTime.map(([at]) => at), values: inTime.map(([, value]) => value) };
    });
}
