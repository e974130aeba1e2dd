import { z } from "zod";
import { doubts, waveKinds } from "../../core/domain/outcome.ts";
import { faultCode, kind, name, quantity } from "./schema-parts.ts";

/**
 * What a frame means: rules, read in order. A place in a frame is written `field`, a bit `field.bit`, and a field of a
 * frame that came just before `frame/field` (carried: used up by the first frame that refers to it).
 */
export const place = z
  .string()
  .regex(
    /^([a-z][a-zA-Z0-9]*\/)?[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)?$/,
    "a place is field, field.bit or frame/field",
  );

/** Every place must hold one of its values: a number (without its unit), a text or number code, a bit. */
export const when = z.record(place, z.array(z.union([z.number(), z.string(), z.boolean()])).min(1));

const readingRow = z.tuple([quantity, place]);
/** Each pair: the first must be greater than the second, or the frame is `device.outOfRange`. */
const greater = z.array(z.tuple([name, name]));
const result = {
  when: when.optional(),
  of: kind,
  readings: z.array(readingRow).min(1),
  deviceTime: place.optional(),
  /** It comes out of the device's memory and may belong to anybody. */
  stored: z.boolean().optional(),
  notes: z.record(name, place).optional(),
};
/** A bit that is set, a field that holds one of these values, or a number above this. */
const doubtSource = z.union([
  z.tuple([place, name]),
  z.strictObject({ field: place, is: z.array(z.union([z.number(), z.string(), z.boolean()])).min(1) }),
  z.strictObject({ field: place, above: z.number() }),
]);

export const rule = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("measurement"),
    ...result,
    doubts: z.partialRecord(z.enum(doubts), doubtSource).optional(),
    greater: greater.optional(),
  }),
  /** A result on control material: it is no resident's. */
  z.strictObject({ kind: z.literal("control"), ...result }),
  z.strictObject({
    kind: z.literal("progress"),
    when: when.optional(),
    of: kind,
    readings: z.array(readingRow).min(1),
    greater: greater.optional(),
  }),
  /**
   * Either `code`, said whenever the rule applies, or `by` a field: its value (a number or a text) among `codes`, not at
   * all among `ok`, else `otherwise`. When a fault has spoken, no number of that frame is told.
   */
  z.strictObject({
    kind: z.literal("fault"),
    when: when.optional(),
    /** It concerns only this kind of measuring; on a port with several, the others go on. */
    of: kind.optional(),
    code: faultCode.optional(),
    by: place.optional(),
    codes: z.record(z.string().min(1), faultCode).optional(),
    ok: z.array(z.union([z.number(), z.string()])).optional(),
    otherwise: faultCode.optional(),
  }),
  /** What the device says about itself. `link` marks what belongs to the line only (acks): decoded, but not told by a session. */
  z.strictObject({
    kind: z.literal("information"),
    when: when.optional(),
    about: z.string(),
    values: z.record(name, place),
    link: z.boolean().optional(),
  }),
  /** Samples of a curve by channel, each a list of fields in the order of time. */
  z.strictObject({
    kind: z.literal("wave"),
    when: when.optional(),
    of: z.enum(waveKinds),
    samples: z.record(name, z.array(name).min(1)),
  }),
  /** What a scanner read. Opaque. */
  z.strictObject({ kind: z.literal("scan"), when: when.optional(), text: name }),
  /** A resident's card. Everything in it is private. */
  z.strictObject({ kind: z.literal("identity"), when: when.optional(), card: z.record(name, name) }),
  /** Where it applies, the rules after it are not read: the frame is heard, and has nothing to say here. */
  z.strictObject({ kind: z.literal("ignore"), when: when.optional(), reason: z.string().min(1) }),
]);

export const meaning = z.record(name, z.union([rule, z.array(rule).min(1)]));
