import type { Origin, TrendPoint } from "../../core/contract/visit-parts.ts";
import type { Check } from "../../core/contract/views.ts";
import { isQuantity, quantities, type Quantity } from "../../core/domain/quantity.ts";
import type { MessageKey } from "../../core/i18n/message.ts";
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
  /** What has to be said about where it came from. */
  readonly mark?: Mark;
}

/** Typed by hand, or not out of this record: signs that no screen uses for anything else. */
export const marks = {
  typed: { sign: "△", name: "kiosk.from.typed" },
  joined: { sign: "◇", name: "kiosk.from.joined" },
  claimed: { sign: "○", name: "kiosk.from.claimed" },
} as const satisfies Record<string, { readonly sign: string; readonly name: MessageKey }>;
export type Mark = keyof typeof marks;

/** Of a number that is both, that it was typed is the more important. */
function markOf(entered: boolean, origin: Origin): { readonly mark?: Mark } {
  if (entered) return { mark: "typed" };
  return origin === "own" ? {} : { mark: origin };
}

/** Those that stand in these rows, each once. */
export const marksIn = (rows: readonly TrendRow[]): readonly Mark[] => [
  ...new Set(rows.flatMap(({ mark }) => mark ?? [])),
];

function rowOf(
  of: Check,
  at: string,
  readings: TrendPoint["readings"],
  mark: Pick<TrendRow, "mark">,
): TrendRow | undefined {
  const values = trendQuantities[of].map((quantity) => {
    const found = readings.findLast((reading) => reading.quantity === quantity);
    return found === undefined || !isQuantity(found.quantity)
      ? undefined
      : storedValue({ quantity: found.quantity, value: found.value, unit: found.unit });
  });
  return values.every((value) => value === undefined) ? undefined : { at, values, ...mark };
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
  const rows = before.map(({ at, readings, entered, origin }) => rowOf(of, at, readings, markOf(entered, origin)));
  const last = now.at(-1);
  if (last !== undefined)
    rows.push(rowOf(of, last.times.heardAt, last.readings, markOf(last.context.entered === true, "own")));
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
