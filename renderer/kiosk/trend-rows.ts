import type { TrendPoint } from "../../core/contract/visit-parts.ts";
import type { Check } from "../../core/contract/views.ts";
import { isQuantity, quantities, type Quantity } from "../../core/domain/quantity.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { storedValue } from "../../core/rules/ranges.ts";

/** What is drawn of each kind: the numbers that stand for it. */
export const trendQuantities: Readonly<Record<Check, readonly Quantity[]>> = {
  bloodPressure: ["bp.systolic", "bp.diastolic"],
  glucose: ["glucose"],
  lipids: ["cholesterol.total"],
  oximetry: ["spo2"],
  temperature: ["body.temperature"],
  body: ["body.weight"],
  chemistry: [],
};

/** One visit: its moment, and one value per quantity of the kind in that quantity's first unit; undefined where it has none. */
export interface TrendRow {
  readonly at: string;
  readonly values: readonly (number | undefined)[];
  readonly entered: boolean;
}

function rowOf(of: Check, at: string, readings: TrendPoint["readings"], entered: boolean): TrendRow | undefined {
  const values = trendQuantities[of].map((quantity) => {
    const found = readings.findLast((reading) => reading.quantity === quantity);
    return found === undefined || !isQuantity(found.quantity)
      ? undefined
      : storedValue({ quantity: found.quantity, value: found.value, unit: found.unit });
  });
  return values.every((value) => value === undefined) ? undefined : { at, values, entered };
}

/**
 * The last `most` visits, oldest first, with what was measured just now at the end. A reading that the host already counts
 * among the earlier ones is not drawn twice.
 */
export function trendRows(
  of: Check,
  points: readonly TrendPoint[],
  now: readonly Measurement[] = [],
  most = 5,
): readonly TrendRow[] {
  const began = now[0]?.times.heardAt;
  const before = points.filter(({ at }) => began === undefined || Date.parse(at) < Date.parse(began));
  const rows = before.map(({ at, readings, entered }) => rowOf(of, at, readings, entered));
  const last = now.at(-1);
  if (last !== undefined) rows.push(rowOf(of, last.times.heardAt, last.readings, last.context.entered === true));
  return rows.filter((row) => row !== undefined).slice(-most);
}

/** The value in the decimals of its quantity. */
export function trendWords(of: Check, row: TrendRow): string {
  return row.values
    .map((value, index) => {
      const quantity = trendQuantities[of][index];
      return value === undefined || quantity === undefined ? "–" : value.toFixed(quantities[quantity].decimals);
    })
    .join("/");
}
