import type { TrendPoint } from "../../core/contract/visit-parts.ts";
import type { MeasurementKind } from "../../core/domain/outcome.ts";
import { isQuantity, type Quantity } from "../../core/domain/quantity.ts";
import { hand, type Change, type Measurement } from "../../core/journal/entry.ts";
import { storedValue } from "../../core/rules/ranges.ts";
import { isEntered } from "../../core/rules/visit-facts.ts";
import type { Store } from "../store/store.ts";
import type { HistoryPoint } from "../store/views/shapes.ts";

/** The picture of the last visits holds so many readings. */
export const mostPoints = 30;

/** The numbers by which the readings of a kind are found again. */
const leads: Readonly<Record<MeasurementKind, readonly Quantity[]>> = {
  bloodPressure: ["bp.systolic"],
  glucose: ["glucose"],
  lipids: ["cholesterol.total", "cholesterol.ldlCalculated", "triglyceride", "cholesterol.hdl"],
  oximetry: ["spo2"],
  temperature: ["body.temperature"],
  body: ["body.weight", "body.height", "body.waist"],
  chemistry: [],
};

type History = Pick<Store, "history" | "provenance" | "visit">;

/** The last readings of a kind of one person, oldest first. */
export async function trendOf(store: History, resident: string, of: MeasurementKind): Promise<readonly TrendPoint[]> {
  const found = await Promise.all(leads[of].map((quantity) => store.history(resident, quantity, mostPoints)));
  const entries = [...new Set(found.flat().map(({ seq }) => seq))].sort((a, b) => a - b).slice(-mostPoints);
  const kept = await Promise.all(entries.map((seq) => store.provenance(seq)));
  const known = kept.flatMap((one) => (one === undefined ? [] : [one]));
  const visits = [...new Set(known.flatMap(({ visit }) => visit ?? []))];
  const severities = new Map(
    await Promise.all(visits.map(async (visit) => [visit, await severityIn(store, visit, of)] as const)),
  );
  return known
    .map(({ times, readings, from, visit, resident: whose }): TrendPoint => {
      const severity = visit === null ? undefined : severities.get(visit);
      return {
        at: times.heardAt,
        readings,
        ...(severity === undefined ? {} : { severity }),
        entered: from.profile === hand,
        origin: whose === resident ? "own" : whose === null ? "claimed" : "joined",
      };
    })
    .sort((a, b) => a.at.localeCompare(b.at));
}

async function severityIn(store: History, visit: string, of: MeasurementKind): Promise<number | undefined> {
  const summary = await store.visit(visit);
  const assessments = summary?.results.find((result) => result.of === of)?.assessments ?? [];
  return assessments.length === 0 ? undefined : Math.max(...assessments.map(({ severity }) => severity));
}

/**
 * What became of each number since the visit before. `measurements`: those of this visit and kind; the last one that told
 * a number counts. Typed numbers are compared with typed ones, heard ones with heard ones.
 */
export async function changesSince(
  store: History,
  resident: string,
  visit: string,
  measurements: readonly Measurement[],
): Promise<readonly Change[]> {
  const latest = new Map<Quantity, { readonly value: number; readonly entered: boolean }>();
  for (const measurement of measurements)
    for (const { quantity, value, unit } of measurement.readings) {
      const number = isQuantity(quantity) ? storedValue({ quantity, value, unit }) : undefined;
      if (isQuantity(quantity) && number !== undefined)
        latest.set(quantity, { value: number, entered: isEntered(measurement) });
    }
  const changes = await Promise.all(
    [...latest].map(async ([quantity, now]): Promise<readonly Change[]> => {
      const before = await lastBefore(store, resident, visit, quantity, now.entered);
      const value = before === undefined ? undefined : storedValue({ ...before, quantity });
      if (before === undefined || value === undefined) return [];
      const way = now.value > value ? "up" : now.value < value ? "down" : "same";
      return [{ quantity, before: readingOf(quantity, before), at: before.heardAt, way }];
    }),
  );
  return changes.flat();
}

/** In most cases the very first of the points that are not of this visit. */
async function lastBefore(
  store: History,
  resident: string,
  visit: string,
  quantity: Quantity,
  entered: boolean,
): Promise<HistoryPoint | undefined> {
  for (const point of await store.history(resident, quantity, mostPoints)) {
    const kept = await store.provenance(point.seq);
    if (kept !== undefined && kept.visit !== visit && (kept.from.profile === hand) === entered) return point;
  }
  return undefined;
}

function readingOf(quantity: Quantity, { value, unit, comparator }: HistoryPoint): Change["before"] {
  return { quantity, value, unit, ...(comparator === undefined ? {} : { comparator }) };
}
