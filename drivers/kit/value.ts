import type { Comparator, Unit } from "../../core/domain/quantity.ts";

/** A number with its unit, as it stands in a frame. With a comparator the true value lies beyond `value`. */
export interface Measured {
  readonly value: number;
  readonly unit: Unit;
  readonly comparator?: Comparator;
}

/**
 * What a field of a frame holds: a plain number, text, a number with unit, named bits, "the analyzer could not calculate
 * it", or nothing (`null`: a row that is not on the label, a clock that shows no date).
 */
export type Value =
  number | string | Measured | { readonly notCalculable: true } | Readonly<Record<string, boolean>> | null;
export type Values = Readonly<Record<string, Value>>;

/** The frame is intact, and yet this cannot be. `raw` is for the operator. */
export interface Impossible {
  readonly impossible: true;
  readonly raw: string;
}

export function isImpossible(value: Value | Impossible): value is Impossible {
  return typeof value === "object" && value !== null && "impossible" in value;
}

export function isMeasured(value: Value | undefined): value is Measured {
  return typeof value === "object" && value !== null && "value" in value && "unit" in value;
}

/** Text or a number as text. Throws on anything else: the table and the value do not belong together, which is a bug. */
export function textOf(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw new Error(`${JSON.stringify(value)} is no text`);
}
