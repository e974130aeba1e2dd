import { z } from "zod";
import { checkNames } from "./checks.ts";
import { at, byte, comparator, hex, unit } from "./schema-parts.ts";

/** Devices that speak text: a message between two marks, read and written by one template. */

/** `[start] body [lead check] end [check]`. */
export const textEnvelope = z.strictObject({
  kind: z.literal("text"),
  /** The bytes every message begins with; empty where it begins behind the end of the one before. */
  start: z.union([hex, z.literal("")]),
  /** The first of these closes a message; the first listed is what is written. Empty only with `silence`. */
  end: z.array(hex),
  /** A pause on the line closes a message, too (a scanner without suffix). */
  silence: z.boolean().optional(),
  /** Every message carries it; `none` where it can be switched off and is. */
  check: z
    .strictObject({
      kind: z.enum(checkNames),
      /** A raw byte; two or four upper-case hex digits; a decimal number without leading zeros. */
      form: z.enum(["byte", "hex2", "hex4", "decimal"]),
      /** Offset of the first covered byte in the message. */
      from: at,
      /**
       * `afterEnd`: behind the end, which is covered. `beforeEnd`: between `lead` and the end; what stands before the lead
       * is covered. A byte stands only behind the end: in the text it could be taken for one.
       */
      place: z.enum(["afterEnd", "beforeEnd"]),
      lead: z.string().min(1).max(8).optional(),
      /** Where the computation begins, if not where the check itself does (an odd BCC begins with FF). */
      begin: byte.optional(),
    })
    .optional(),
  /** Bytes that may be inserted anywhere; deleted before anything else. */
  drop: z.array(byte).optional(),
  maxBytes: z.int().min(4).max(65_536),
});

/** Parts of a frame that is text. Its `size` is that of the whole message, marks and check included. */
export const textFrame = {
  /**
   * The body as a template, read and written. Everything stands for itself but:
   * `{name}` a field · `{[}…{]}` may be left out, all or nothing; what comes first in it is fixed text · `{_}` blanks (one
   * is written), `{_?}` blanks or none (none is written) · `{~x}` one or more characters that are no digits (x is written)
   * · `{*}` keyed pairs · `{#}` or `{#3}` how many records there are (in so many digits) · `{+}` the records, at least one
   * · `{{` and `}}` braces.
   */
  layout: z.string().optional(),
  /** A message that is exactly these bytes, without start, end and check (ACK, NAK, a wake-up). */
  bytes: hex.optional(),
  /** Fields with a `key` stand in pairs, in any order, each at most once. */
  pairs: z
    .strictObject({
      separator: z.string().min(1).max(4),
      /** Between key and value. The separator itself: keys and values take turns. A blank: any number of blanks. */
      between: z.string().min(1).max(4).optional(),
      /** Instead of `between`: the key is so many characters. */
      keyWidth: z.int().min(1).max(4).optional(),
      /** Texts stand between two of these. */
      quote: z.string().length(1).optional(),
      /** What becomes of a key that no field has. A note is told as text; it is never a number. */
      unknown: z.enum(["note", "ignore", "refuse"]),
      /** A line that begins so is no pair and is noted whole. */
      free: z.array(z.string().min(1)).optional(),
      /** So many numbers must be there. */
      least: z.int().min(0).max(64),
      most: z.int().min(1).max(256).optional(),
    })
    .optional(),
  /** The template of each of the records, one directly behind the other. Each is told as a frame of its own with the fields before them. */
  records: z.string().min(1).optional(),
};

/** Fields in pairs have one; the first is what is written. */
const key = z.array(z.string().min(1).max(24)).min(1).optional();
const width = z.int().min(1).max(64);

/** Decimal digits. Exactly `width` characters, or as many digits as there are. */
const number = z.strictObject({
  type: z.literal("number"),
  key,
  width: width.optional(),
  /** What fills the width from the left; `0` if absent. */
  pad: z.enum(["0", " "]).optional(),
  /** Digits behind the point: exactly so many, or from … to (the most are written). */
  decimals: z.union([z.int().min(0).max(4), z.tuple([z.int().min(0), z.int().max(4)])]).optional(),
  /** `sign`: `-` or `+` may stand directly before the digits. `place`: the first character is `+`, `-` or a blank. */
  sign: z.enum(["sign", "place"]).optional(),
  /** `<` or `>` may stand before it, and stays with the number. Needs a unit. */
  comparators: z.literal(true).optional(),
  /** Texts instead of a number, without blanks around. */
  special: z.array(z.strictObject({ text: z.string().min(1), comparator, value: z.number() })).optional(),
  /** Texts that mean that there is no number; blank in a field of fixed width is "". */
  absent: z.array(z.string()).optional(),
  unit: unit.optional(),
  min: z.number(),
  max: z.number(),
});
/** A number with its unit behind it: optional `<` or `>`, digits, blanks or none, one of the unit's texts. */
const amount = z.strictObject({
  type: z.literal("amount"),
  key,
  units: z.partialRecord(
    unit,
    z.strictObject({
      min: z.number(),
      max: z.number(),
      decimals: z.union([z.int().min(0).max(4), z.tuple([z.int().min(0), z.int().max(4)])]),
      /** How it is printed; the unit's own code if absent. The first is what is written. */
      texts: z.array(z.string()).min(1).optional(),
    }),
  ),
  /** Texts that mean that it could not be calculated. */
  absent: z.array(z.string().min(1)).optional(),
});
/** One of the known texts, the longest that fits. `open`: any text, which a rule then calls by its name or by `otherwise`. */
const textCode = z.strictObject({
  type: z.literal("textCode"),
  key,
  known: z.array(z.string()).min(1),
  open: z.strictObject({ width: width.optional() }).optional(),
});
/**
 * Text up to the fixed text behind it, or exactly `width` characters (filled up with blanks, which are not part of it).
 * `private`: it may name a person; no rule may tell it.
 */
const text = z.strictObject({
  type: z.literal("text"),
  key,
  width: width.optional(),
  minSize: z.int().min(0).max(2048).optional(),
  maxSize: z.int().min(1).max(2048).optional(),
  /** `printable`: ASCII 20–7E (default). `latin`: and A0–FF (a degree sign). `unicode`: UTF-8, or else GB18030. `gbk`: GB18030 of one or two bytes a character. `dots`: a picture, any byte but 0A. */
  charset: z.enum(["printable", "digits", "alnum", "latin", "unicode", "gbk", "dots"]).optional(),
  private: z.literal(true).optional(),
});
/**
 * Wall time by a pattern: YYYY YY MM MON DD hh mm ss, everything else stands for itself. MON is the English month in four
 * places ("Jan ", "June"). The first pattern is what is written. A time that does not exist is null and does not cost the
 * numbers. `loose`: a mark between digits may be any one character that is no digit.
 */
const textTime = z.strictObject({
  type: z.literal("textTime"),
  key,
  patterns: z.array(z.string().min(4)).min(1),
  loose: z.literal(true).optional(),
});

/** The fields that stand in a text. */
export const textFields = [number, amount, textCode, text, textTime] as const;
export const textFieldTypes = ["number", "amount", "textCode", "text", "textTime"] as const;
