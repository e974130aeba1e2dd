import type { Field } from "./schema.ts";
import type { Impossible, Value, Values } from "./value.ts";

/** The fields of one frame by name: what a field says may depend on another (its decimals). */
export type Fields = Readonly<Record<string, Field>>;

/** Reads and writes one field of a binary frame that starts at `start` and whose payload ends before `end`. */
export interface FieldCodec {
  read(bytes: Uint8Array, start: number, end: number): Value | Impossible;
  /**
   * `values`: those of the whole frame. Bytes that the field shares with others are only added to.
   * Throws on a value the field cannot hold: profiles are checked before they are used, so that is a bug.
   */
  write(bytes: Uint8Array, start: number, end: number, value: Value, values: Values): void;
}

export const impossible = (raw: number | string): Impossible => ({ impossible: true, raw: String(raw) });

/** Offsets of `count` bytes, most significant first. */
export function byteOrder(at: number, count: number, order: "le" | "be"): readonly number[] {
  return Array.from({ length: count }, (_, i) => at + (order === "be" ? i : count - 1 - i));
}

/** An unsigned integer of up to four bytes. The framer guarantees the bounds. */
export function readBytes(bytes: Uint8Array, start: number, offsets: readonly number[]): number {
  let raw = 0;
  for (const offset of offsets) raw = raw * 256 + (bytes[start + offset] as number);
  return raw;
}

export function writeBytes(bytes: Uint8Array, start: number, offsets: readonly number[], raw: number): void {
  const limit = 2 ** (8 * offsets.length);
  if (!Number.isInteger(raw) || raw < -limit / 2 || raw >= limit)
    throw new Error(`${raw} does not fit in ${offsets.length} bytes`);
  // Two's complement comes by itself: a byte keeps its number modulo 256, and the rest of a negative number is negative.
  let rest = raw;
  for (let i = offsets.length - 1; i >= 0; i--) {
    bytes[start + (offsets[i] ?? 0)] = rest;
    rest = Math.floor(rest / 256);
  }
}

/** Adds bits to bytes that other fields share. */
export function addBytes(bytes: Uint8Array, start: number, offsets: readonly number[], raw: number): void {
  if (raw < 0 || raw >= 2 ** (8 * offsets.length)) throw new Error(`${raw} does not fit in ${offsets.length} bytes`);
  let rest = raw;
  for (let i = offsets.length - 1; i >= 0; i--) {
    const at = start + (offsets[i] ?? 0);
    bytes[at] = (bytes[at] ?? 0) | (rest % 256);
    rest = Math.floor(rest / 256);
  }
}
