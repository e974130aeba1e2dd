import type { VisitRecord } from "../../../core/contract/hub-visits.ts";

/** One line of a chart: seconds since 1970 UTC, as a chart wants them, oldest first. */
export interface Trend {
  readonly quantity: string;
  readonly unit: string;
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/**
 * Over any number of visits: quantities with two numbers or more; of one quantity only those in its newest unit, and none that is
 * only a limit. A measurement that is in two visits' results is one.
 */
export function trendsOf(visits: readonly Pick<VisitRecord, "results">[]): readonly Trend[] {
  const measured = new Map(
    visits
      .flatMap(({ results }) => results.flatMap(({ measurements }) => measurements))
      .map((measurement) => [measurement.id, measurement] as const),
  );
  const newestFirst = [...measured.values()].toSorted((a, b) => b.times.heardAt.localeCompare(a.times.heardAt));
  const found = new Map<string, { readonly unit: string; readonly points: (readonly [number, number])[] }>();
  for (const { readings, times } of newestFirst) {
    for (const { quantity, value, unit, comparator } of readings) {
      const known = found.get(quantity) ?? { unit, points: [] };
      if (comparator !== undefined || known.unit !== unit) continue;
      known.points.push([Date.parse(times.heardAt) / 1_000, value]);
      found.set(quantity, known);
    }
  }
  // As a visit lists them, not by what was measured last.
  const order: readonly string[] = [...measured.values()].flatMap(({ readings }) =>
    readings.map(({ quantity }) => quantity),
  );
  return [...found]
    .filter(([, { points }]) => points.length > 1)
    .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([quantity, { unit, points }]) => {
      const inTime = points.toSorted(([one], [other]) => one - other);
      return { quantity, unit, at: inTime.map(([at]) => at), values: inTime.map(([, value]) => value) };
    });
}
