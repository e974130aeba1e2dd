import { z } from "zod";
import { checkNames } from "./checks.ts";
import { at, byte, comparator, hex, name, unit } from "./schema-parts.ts";

/** Frames of bytes: head, length, type bytes, fields, tail, check. */

/** Head, length byte, check: `[head …][… length …][tail][check]`. The whole frame has `length byte + plus` bytes. */
export const binaryEnvelope = z.strictObject({
  kind: z.literal("binary"),
  head: hex,
  length: z.strictObject({ at, plus: z.int().min(-255).max(255) }).optional(),
  /** Fixed bytes just before the check. */
  tail: hex.optional(),
  /** The check covers offset `from` up to the check itself, and is the last thing in the frame. */
  check: z.strictObject({ kind: z.enum(checkNames), from: at, order: z.enum(["le", "be"]).optional() }),
});

/** `is`: these bytes (under `mask`). `any`: one of these, the first is sent. `sizeMinus`: the byte is the frame's size less this. */
export const match = z.union([
  z.strictObject({ at, is: hex, mask: hex.optional() }),
  z.strictObject({ at, any: z.array(byte).min(2) }),
  z.strictObject({ at, sizeMinus: z.int().min(0) }),
]);

const integerTypes = ["u8", "u16le", "u16be", "u32le", "u32be", "i8"] as const;
const integer = z.strictObject({
  type: z.enum([...integerTypes, "u16split"]),
  at,
  /** Only for `u16split`: where the low byte is; `at` is the high one. */
  low: at.optional(),
  unit: unit.optional(),
  /** The number is `raw / per`. */
  per: z.int().min(2).optional(),
  min: z.number(),
  max: z.number(),
  /** Raw values, both ends inclusive, that are no plain numbers. They are looked up before `min` and `max`. */
  special: z.array(z.strictObject({ raw: z.tuple([z.int(), z.int()]), comparator, value: z.number() })).optional(),
});
const flags = z.strictObject({ type: z.literal("flags"), at, bits: z.record(name, z.int().min(0).max(7)) });
const code = z.strictObject({
  type: z.literal("code"),
  size: z.union([z.literal(1), z.literal(4)]),
  at,
  known: z.array(z.int()).min(1),
  open: z.boolean().optional(),
});
/** `ymdhms8`: year − 2000, month, day, hour, minute, second, a byte each. `unix32le`: seconds since 1970 on the device's own wall. */
const datetime = z.strictObject({ type: z.literal("datetime"), form: z.enum(["ymdhms8", "unix32le"]), at });
/** Printable ASCII; without `size` up to the tail. */
const ascii = z.strictObject({
  type: z.literal("ascii"),
  at,
  size: z.int().min(1).optional(),
  maxSize: z.int().min(1).optional(),
});

/** The fields that stand in a binary frame. */
export const binaryFields = [integer, flags, code, datetime, ascii] as const;
