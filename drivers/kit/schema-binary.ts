import { z } from "zod";
import { checkNames } from "./checks.ts";
import { at, byte, comparator, hex, name, unit, type DeepReadonly } from "./schema-parts.ts";

/** Frames of bytes: head, length, type bytes, fields, tail, check, end. */

const order = z.enum(["le", "be"]);

/** `[head …][… length …][tail][check][end]`. Every offset counts from the first byte of the frame. */
export const binaryEnvelope = z.strictObject({
  kind: z.literal("binary"),
  /** The first bytes of every frame. Empty where frames are told apart by what their `match` says about the first bytes. */
  head: z.union([hex, z.literal("")]),
  /**
   * The whole frame has `length + plus` bytes. `size` 1 (default) or 2 bytes, two of them in `order` (default `be`), only
   * the bits of `mask`. Without a length the type bytes tell the size: each frame of the table has one, and where bytes
   * fit several frames the one that is waited for goes first, then the order of the table.
   */
  length: z
    .strictObject({
      at,
      size: z.union([z.literal(1), z.literal(2)]).optional(),
      order: order.optional(),
      mask: z.int().min(1).max(65_535).optional(),
      plus: z.int().min(-65_535).max(65_535),
    })
    .optional(),
  /** Fixed bytes just before the check. */
  tail: hex.optional(),
  /** The check covers offset `from` up to the check itself. */
  check: z.strictObject({
    kind: z.enum(checkNames),
    from: at,
    /** Of the two bytes of a wide check; `be` if absent. */
    order: order.optional(),
    /** Added to the check (a maker's habit), within its width. */
    plus: z.int().min(1).max(65_535).optional(),
    /**
     * Other constants that some units add. A unit uses one of them for good: the frames of `learnFrom` tell which, and
     * every other frame must then use the same. They carry no numbers, so that a broken one cannot excuse another.
     */
    or: z
      .strictObject({ plus: z.array(z.int().min(0).max(65_535)).min(1), learnFrom: z.array(name).min(1) })
      .optional(),
    /** `hex`: an 8-bit check as two upper-case hex digits, high one first. */
    form: z.enum(["binary", "hex"]).optional(),
  }),
  /** Fixed bytes after the check. */
  end: hex.optional(),
  /**
   * `highBits`: only the first byte of a frame has bit 7 clear; byte 1 carries bit 7 of the bytes behind it, bit 0 that of
   * byte 2. Matches and fields see every byte with its bit 7 back in place, at the offset where it stands on the wire.
   */
  packing: z.literal("highBits").optional(),
});

/**
 * `is`: these bytes (under `mask`, where a 0 bit may be anything). `any`: one of these, the first is sent. `sizeMinus`:
 * the byte is the frame's size less this.
 */
export const match = z.union([
  z.strictObject({ at, is: hex, mask: hex.optional() }),
  z.strictObject({ at, any: z.array(byte).min(2) }),
  z.strictObject({ at, sizeMinus: z.int().min(0) }),
]);

/** What makes a raw number a value: `raw × times / per + plus`, in `unit`, from `min` to `max`. */
const scaled = {
  unit: unit.optional(),
  per: z.int().min(2).optional(),
  times: z.int().min(2).optional(),
  plus: z.number().optional(),
  min: z.number(),
  max: z.number(),
  /**
   * Raw values, both ends inclusive, that are no plain numbers; looked up before `min` and `max`. `absent`: there is no
   * number (null, the reading is missing).
   */
  special: z
    .array(
      z.union([
        z.strictObject({ raw: z.tuple([z.int(), z.int()]), comparator, value: z.number() }),
        z.strictObject({ raw: z.tuple([z.int(), z.int()]), absent: z.literal(true) }),
      ]),
    )
    .optional(),
};

export const integerTypes = [
  "u8",
  "i8",
  "u16le",
  "u16be",
  "i16le",
  "i16be",
  "u24le",
  "u24be",
  "u32le",
  "u32be",
  "u16split",
] as const;
const integer = z.strictObject({
  type: z.enum(integerTypes),
  at,
  /** Only for `u16split`: where the low byte is; `at` is the high one. */
  low: at.optional(),
  ...scaled,
});
/** Bits of one or several bytes, the most significant part first: `{ at, shift, width }` is `byte[at] >> shift`, `width` bits. */
const bits = z.strictObject({
  type: z.literal("bits"),
  parts: z
    .array(z.strictObject({ at, shift: z.int().min(0).max(7), width: z.int().min(1).max(8) }))
    .min(1)
    .max(4),
  ...scaled,
});
/** Two decimal digits a byte, high one first: `06 76` is 676. */
const bcd = z.strictObject({ type: z.literal("bcd"), at, size: z.int().min(1).max(4), ...scaled });
/** A whole number in one byte and its tenths, 0 to 9, in the next. The raw number is `whole × 10 + tenths`: use `per` 10. */
const tenths = z.strictObject({ type: z.literal("tenths"), at, ...scaled });
/** A number in ASCII digits. */
const digits = z.strictObject({
  type: z.literal("digits"),
  at,
  size: z.int().min(1).max(12),
  /** Offset of `+` or `-`. */
  sign: at.optional(),
  /** Leading blanks instead of zeros; they are sent, too. */
  blanks: z.literal(true).optional(),
  /** Digits behind the point: so many, or what another field of the frame says, straight or through `codes`. May be negative. */
  decimals: z
    .union([
      z.int().min(0).max(6),
      z.strictObject({
        by: name,
        codes: z.record(z.string().regex(/^\d+$/), z.int().min(-6).max(6)).optional(),
      }),
    ])
    .optional(),
  ...scaled,
});
/** Named bits of one byte, or of 2 or 4 in `order` (default `le`). */
const flags = z.strictObject({
  type: z.literal("flags"),
  at,
  size: z.union([z.literal(1), z.literal(2), z.literal(4)]).optional(),
  order: order.optional(),
  bits: z.record(name, z.int().min(0).max(31)),
});
/** A number that is a name. `order`: default `le`. Under `mask` (of the whole), then shifted down. `open`: unknown ones are told, too. */
const code = z.strictObject({
  type: z.literal("code"),
  size: z.union([z.literal(1), z.literal(2), z.literal(4)]),
  at,
  order: order.optional(),
  mask: z.int().min(1).max(0xffff_ffff).optional(),
  shift: z.int().min(1).max(31).optional(),
  known: z.array(z.int()).min(1),
  open: z.boolean().optional(),
});
/**
 * Device-local wall time; one that does not exist is null (a clock that was never set).
 * - `ymdhms8`, `ymdhm5`: year − 2000, month, day, hour, minute (, second), a byte each; `bcd…`: the same as packed digits.
 * - `ymd16mh4`: a 16-bit date, low byte first (bits 15–9 year − 2000, 8–5 month, 4–0 day), minute, hour.
 * - `unix32…`: seconds since 1970 on the device's own wall; `since2000…`: since 2000.
 */
const datetime = z.strictObject({
  type: z.literal("datetime"),
  form: z.enum([
    "ymdhms8",
    "ymdhm5",
    "bcdYmdhms6",
    "bcdYmdhm5",
    "ymd16mh4",
    "unix32le",
    "unix32be",
    "since2000le32",
    "since2000be32",
  ]),
  at,
});
/** Where text or opaque bytes stand: `size` bytes, or up to the tail (`maxSize` at most). */
const extent = { at, size: z.int().min(1).optional(), maxSize: z.int().min(1).optional() };
/** Printable ASCII. `pad`: the byte that may fill it up from the right, not part of the text. */
const ascii = z.strictObject({ type: z.literal("ascii"), ...extent, pad: byte.optional() });
/** UTF-16, low byte first, filled up with blanks from the right, which are not part of it; nothing but blanks is null. */
const utf16le = z.strictObject({ type: z.literal("utf16le"), at, size: z.int().min(2).multipleOf(2) });
/** GB18030, filled up with blanks from the right where it has a size; nothing but blanks is null. */
const gb18030 = z.strictObject({ type: z.literal("gb18030"), ...extent });
/** Opaque bytes as hex. Never shown to anybody. */
const raw = z.strictObject({ type: z.literal("raw"), ...extent });

/** The fields that stand in a binary frame. */
export const binaryFields = [
  integer,
  bits,
  bcd,
  tenths,
  digits,
  flags,
  code,
  datetime,
  ascii,
  utf16le,
  gb18030,
  raw,
] as const;

type BinaryField = DeepReadonly<z.infer<(typeof binaryFields)[number]>>;
/** A field that holds a number with limits. */
export type NumberField = Extract<BinaryField, { readonly min: number }>;
/** A number that is a plain integer of whole bytes. */
export type IntegerField = Extract<BinaryField, { readonly type: (typeof integerTypes)[number] }>;
