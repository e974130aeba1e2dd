import { z } from "zod";
import { unit, type DeepReadonly } from "./schema-parts.ts";

/** Messages made of records or segments: ASTM E1394 (H P O R C L) and HL7 v2 (MSH PID OBR OBX). */

const text = z.string().max(80);
/** A field of a record as the standards number it, the record's type being ASTM field 1 and MSH-1 the separator: `R-3.4`. */
export const place = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{0,2}-[1-9]\d?(\.[1-9]\d?)?$/, "a place is record, field and component, as in R-3.4");

/**
 * What a group of records must say to be this frame. It holds when one of the places has one of the texts, or begins with
 * one of them; among several results one that says so is enough. `filled`: there is any text at all, or none.
 */
const test = z.strictObject({
  at: z.array(place).min(1),
  is: z.array(text).min(1).optional(),
  starts: z.array(text.min(1)).min(1).optional(),
  filled: z.boolean().optional(),
  /** Several texts share the field, with this between them (beside the repeat delimiter). */
  split: z.string().length(1).optional(),
});
export const recordTests = z.array(test).min(1);

/** How the records are written and where a result keeps its parts. Absent places are those of the standard. */
const records = {
  /** What the simulated device writes, as its header has them (`|\\^&`). What is read follows the header of each message. */
  delimiters: z.string().min(4).max(5),
  /** `order`: the results of an order belong together. `result`: each stands alone (a meter's memory). */
  group: z.enum(["order", "result"]),
  code: place.optional(),
  unit: place.optional(),
  /** `""`: the device gives no status. */
  status: place.or(z.literal("")).optional(),
  /** Between flags that share their field. */
  flagSplit: z.string().length(1).optional(),
  statuses: z.strictObject({
    /** Results that count. All others are ignored: a preliminary one is followed by its final one. */
    accepted: z.array(z.string().max(4)).min(1),
    /** "Cannot be done": the row is there and has no number. */
    cannot: z.array(z.string().max(4)),
  }),
  /** Largest message, line control included. */
  maxBytes: z.int().min(256).max(1_048_576),
};

export const astmEnvelope = z.strictObject({
  kind: z.literal("astm"),
  /** The standard's own: two hex digits behind ETB or ETX. */
  check: z.strictObject({ kind: z.literal("sum8") }),
  ...records,
  /** What the simulated device writes; all are read. */
  frames: z.strictObject({
    hold: z.enum(["record", "message"]),
    end: z.enum(["etb", "etx"]),
    last: z.enum(["etb", "etx"]),
  }),
  /** `false`: the device never waits for an acknowledgement, and none is sent. */
  acknowledged: z.boolean(),
  /** The header frame comes before ENQ. */
  headerFirst: z.boolean().optional(),
  /** The device writes its checksum with a–f. */
  lowerCaseChecksum: z.boolean().optional(),
});

export const hl7Envelope = z.strictObject({
  kind: z.literal("hl7"),
  ...records,
  /** `false`: no ACK message is sent. */
  acknowledged: z.boolean(),
  /** Where MSH-18 is empty. */
  charset: z.enum(["ascii", "latin1", "utf8", "gb18030"]),
});

/** A result found by its test code, in one of the units it may come in. Anything that is not there is `null`. */
const result = z.strictObject({
  type: z.literal("result"),
  /** Without it a group is not this frame. */
  required: z.boolean().optional(),
  codes: z.array(text.min(1)).min(1),
  units: z.partialRecord(
    unit,
    z.strictObject({
      min: z.number(),
      max: z.number(),
      decimals: z.int().min(0).max(3),
      /** The unit as the device writes it; the first is what the simulated device writes. Absent: the UCUM code. */
      texts: z.array(text).min(1).optional(),
    }),
  ),
});
/** `YYYYMMDDHHMM[SS]` at the first of the places that has one; null when it is no time. */
const recordTime = z.strictObject({
  type: z.literal("recordTime"),
  from: z.array(place).min(1),
  once: z.boolean().optional(),
});
/**
 * Text; null when empty. `once`: only with the first group of a message (what the header says about the device).
 * `nested`: the device repeats inside a component (`product^1.05\0.00^serial`), where the standard has it the other way.
 */
const recordText = z.strictObject({
  type: z.literal("recordText"),
  at: place,
  once: z.boolean().optional(),
  nested: z.boolean().optional(),
});
/** A number behind a fixed word; null when it is not there. `known`: numbers that have a meaning of their own. */
const recordCode = z.strictObject({
  type: z.literal("recordCode"),
  at: place,
  prefix: z.string().max(20),
  required: z.boolean().optional(),
  known: z.array(z.int().min(0)).min(1),
});
/** Marks that share a field, by name. */
const marks = z.strictObject({
  type: z.literal("marks"),
  at: place,
  split: z.string().length(1).optional(),
  bits: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]*$/), text.min(1)),
});
/** Test codes that no `result` field claims, one after the other; null when there is none. */
const unmapped = z.strictObject({ type: z.literal("unmapped") });

/** The fields that stand in a group of records. */
export const recordFields = [result, recordTime, recordText, recordCode, marks, unmapped] as const;

export type AstmEnvelope = DeepReadonly<z.infer<typeof astmEnvelope>>;
export type Hl7Envelope = DeepReadonly<z.infer<typeof hl7Envelope>>;
export type RecordsEnvelope = AstmEnvelope | Hl7Envelope;
export type RecordTest = DeepReadonly<z.infer<typeof test>>;
export type RecordField = DeepReadonly<z.infer<(typeof recordFields)[number]>>;
export type ResultField = DeepReadonly<z.infer<typeof result>>;
export type MarksField = DeepReadonly<z.infer<typeof marks>>;
