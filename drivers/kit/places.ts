import { isMeasured, type Value, type Values } from "./value.ts";

/** What a frame says at a place: `field`, `field.bit`, or `frame/field` of a frame that came just before. */
export type Plain = number | string | boolean;

/** The field's name and its bit, if one is meant. */
export function partsOf(place: string): { readonly field: string; readonly bit?: string } {
  const dot = place.indexOf(".");
  return dot < 0 ? { field: place } : { field: place.slice(0, dot), bit: place.slice(dot + 1) };
}

/** The frame that a carried place is in; undefined for a place in the frame itself. */
export function carrierOf(place: string): string | undefined {
  const slash = place.indexOf("/");
  return slash < 0 ? undefined : place.slice(0, slash);
}

/** The value without its unit; undefined where there is none, and for a number that lies beyond what the device can tell. */
export function plainAt(values: Values, place: string): Plain | undefined {
  const { field, bit } = partsOf(place);
  const value: Value | undefined = values[field];
  if (typeof value === "number" || typeof value === "string") return value;
  if (value === undefined || value === null) return undefined;
  if (isMeasured(value)) return value.comparator === undefined ? value.value : undefined;
  return bit === undefined ? undefined : (value as Readonly<Record<string, boolean>>)[bit];
}

export type When = Readonly<Record<string, readonly Plain[]>>;

/** Does every place hold one of its values? */
export function holds(when: When | undefined, values: Values): boolean {
  if (when === undefined) return true;
  return Object.entries(when).every(([place, allowed]) => {
    const value = plainAt(values, place);
    return value !== undefined && allowed.includes(value);
  });
}
