import { toHex } from "../kit/index.ts";

/** Any plain value as text that is equal for equal values: keys sorted, bytes as hex, undefined left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (each instanceof Uint8Array) return toHex(each);
    if (typeof each !== "object" || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);
