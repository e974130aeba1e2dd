import { z } from "zod";
import { byte, hex, unit } from "./schema-parts.ts";

/** A printer's label as a text stream. */

/** A printer's label as a text stream: start, rows with a y position, "print", then a second label of blanks that ends it. */
export const labelEnvelope = z.strictObject({
  kind: z.literal("label"),
  /** Bytes that a bridge may insert anywhere; deleted before anything else. */
  drop: z.array(byte),
  start: hex,
  row: z.strictObject({
    head: z.string().min(1),
    yDigits: z.int().min(1).max(9),
    tail: z.string().min(1),
    firstY: z.int(),
    stepY: z.int().min(1),
  }),
  print: z.string().min(1),
  clear: z.strictObject({ rows: z.int().min(1), blanks: z.int().min(1) }),
  end: hex,
  maxBytes: z.int().min(64).max(65_536),
});
/** A label row found by its y: what stands behind the caption's colon. */
const row = z.strictObject({ type: z.literal("row"), y: z.int(), caption: z.string(), required: z.boolean() });
/** Two label rows, `YYYY MM DD` and `HH:MM`. */
const rowTime = z.strictObject({ type: z.literal("rowTime"), dateY: z.int(), timeY: z.int(), caption: z.string() });
/** A result row found by name: optional `<` or `>`, number, unit; or `absent` when the analyzer could not calculate it. */
const analyte = z.strictObject({
  type: z.literal("analyte"),
  names: z.array(z.string().min(1)).min(1),
  units: z.partialRecord(unit, z.strictObject({ min: z.number(), max: z.number(), decimals: z.int().min(0).max(3) })),
  absent: z.string().min(1),
});

/** The fields that stand on a label. */
export const labelFields = [row, rowTime, analyte] as const;
