import { z } from "zod";
import { doubts } from "../../core/domain/outcome.ts";
import { checkNames } from "./checks.ts";
import { binaryEnvelope, binaryFields, match } from "./schema-binary.ts";
import { labelEnvelope, labelFields } from "./schema-label.ts";
import { at, byte, comparator, faultCode, hex, id, kind, ms, name, quantity, unit } from "./schema-parts.ts";
import type { DeepReadonly } from "./schema-parts.ts";

/**
 * What a profile is, as data. Shipped and loaded profiles pass the same schema; `validate.ts` adds what one table says
 * about another. Everything survives JSON: no functions, no bytes, no undefined. Each kind of envelope brings the fields
 * that stand in its frames (`schema-binary.ts`, `schema-label.ts`).
 */
const envelope = z.discriminatedUnion("kind", [binaryEnvelope, labelEnvelope]);

const field = z.discriminatedUnion("type", [...binaryFields, ...labelFields]);
const frame = z.strictObject({
  to: z.enum(["host", "device"]),
  /** Whole size in bytes; a pair is the smallest and the largest. Labels have none. */
  size: z.union([z.int().min(1), z.tuple([z.int(), z.int()])]).optional(),
  match: z.array(match).optional(),
  /** Bytes that are neither matched nor a field, at the given offset; everything else is 00. */
  fill: z.strictObject({ at, is: hex }).optional(),
  fields: z.record(name, field),
});

// What a frame means -------------------------------------------------------------------------------------------------

const readingRow = z.tuple([quantity, name]);
const measurementRule = z.strictObject({
  kind: z.literal("measurement"),
  of: kind,
  readings: z.array(readingRow).min(1),
  /** doubt ← a bit of a flags field */
  doubts: z.partialRecord(z.enum(doubts), z.tuple([name, name])).optional(),
  deviceTime: name.optional(),
  /** It comes out of the device's memory and may belong to anybody. */
  stored: z.boolean().optional(),
  notes: z.record(name, name).optional(),
  /** Each pair: the first must be greater than the second, or the frame is `device.outOfRange`. */
  greater: z.array(z.tuple([name, name])).optional(),
});
const rule = z.discriminatedUnion("kind", [
  measurementRule,
  z.strictObject({ kind: z.literal("progress"), of: kind, readings: z.array(readingRow).min(1) }),
  z.strictObject({
    kind: z.literal("fault"),
    by: name,
    codes: z.record(z.string().regex(/^\d+$/), faultCode),
    otherwise: faultCode,
  }),
  /** What the device says about itself. `link` marks what belongs to the line only (acks): decoded, but not told by a session. */
  z.strictObject({
    kind: z.literal("information"),
    about: z.string(),
    values: z.record(name, name),
    link: z.boolean().optional(),
  }),
]);
const meaning = z.record(name, z.union([rule, z.array(rule).min(1)]));

// What is said and waited for ----------------------------------------------------------------------------------------

const phase = z.enum(["contacting", "waiting", "measuring", "reading"]);
const literal = z.union([z.number(), z.string()]);
const step = z.discriminatedUnion("do", [
  /** Sends, and waits for one of `expect`. A measurement or a fault that comes instead ends the session just as well. */
  z.strictObject({
    do: z.literal("ask"),
    phase,
    send: name,
    values: z.record(name, literal).optional(),
    expect: z.array(name).min(1),
    withinMs: ms,
    tries: z.int().min(1).max(10),
  }),
  /** Waits for a result. `firstMs`: how long until the first sign; `partial`: the fault when a begun frame falls silent. */
  z.strictObject({
    do: z.literal("listen"),
    phase,
    firstMs: ms,
    silenceMs: ms.max(10_000),
    partial: faultCode.optional(),
  }),
  /** Asks for record 0, 1, 2 … until `none` comes, a record is too old, or `most` were read. */
  z.strictObject({
    do: z.literal("readout"),
    phase,
    send: name,
    index: name,
    expect: name,
    none: name,
    most: z.int().min(1).max(1000),
    withinMs: ms,
    tries: z.int().min(1).max(10),
  }),
]);
const session = z.strictObject({
  steps: z.array(step).min(1),
  /** Sent on every way out while the device may be acting on a person. */
  stop: z.strictObject({ send: name, expect: z.array(name), withinMs: ms, tries: z.int().min(1).max(10) }).optional(),
  /** Watchdog over the whole session. */
  totalMs: ms,
  /** A pause inside a frame after which the half frame is given up. */
  gapMs: ms,
});

/** Stop-and-wait line control in one byte: sequence bits, an acknowledgement for every packet, a reset. */
const link = z.strictObject({
  kind: z.literal("sequenced"),
  at,
  bits: z.strictObject({ sequence: byte, expected: byte, ack: byte, reset: byte, more: byte }),
  /** Names of the frames without payload, to the device and to the host. */
  reset: z.tuple([name, name]),
  ack: z.tuple([name, name]),
  withinMs: ms,
  tries: z.int().min(1).max(10),
});

// The simulated device -----------------------------------------------------------------------------------------------

/** A literal; a number drawn from an inclusive range; a time so many ms before the simulated device's now. */
const simValue = z.union([
  literal,
  z.strictObject({ between: z.tuple([z.number(), z.number()]) }),
  z.strictObject({ agoMs: z.int().min(0) }),
  z.record(name, z.boolean()),
  z.strictObject({ value: z.number(), unit, comparator: comparator.optional() }),
  z.strictObject({ between: z.tuple([z.number(), z.number()]), unit }),
  z.strictObject({ notCalculable: z.literal(true) }),
  z.null(),
]);
const simValues = z.record(name, simValue);
const simLine = z.union([
  z.strictObject({ send: name, values: simValues, afterMs: z.int().min(0) }),
  /** One frame every `everyMs`, its field on straight lines through the points [ms, value]. */
  z.strictObject({
    ramp: name,
    field: name,
    points: z.array(z.tuple([z.int().min(0), z.number()])).min(2),
    everyMs: z.int().min(10),
    afterMs: z.int().min(0),
  }),
  /** Line `index` of a memory, asked for by a field of the host's frame. */
  z.strictObject({
    memory: name,
    by: name,
    rows: z.array(simValues).min(1),
    none: z.strictObject({ send: name, values: simValues }),
    afterMs: z.int().min(0),
  }),
]);
const script = z.array(simLine);
const answers = z.record(name, script);
const simulate = z.strictObject({
  /** What is answered to each frame of the host. */
  answers,
  /** What is sent when somebody uses the device itself. */
  press: script.optional(),
  /** By name: only what differs from the healthy script. */
  faults: z.record(name, z.strictObject({ answers: answers.optional(), press: script.optional() })),
});

// The whole ----------------------------------------------------------------------------------------------------------

export const profileSchema = z.strictObject({
  id,
  model: z.strictObject({ maker: z.string().min(1), name: z.string().min(1) }),
  aliases: z.array(id).optional(),
  /** Where the facts come from. */
  source: z.string().min(1),
  dossier: z.string().min(1),
  measures: z.array(kind).min(1),
  serial: z.strictObject({
    baudRate: z.int().min(300).max(921_600),
    baudChoices: z.array(z.int().min(300).max(921_600)).optional(),
    dataBits: z.union([z.literal(7), z.literal(8)]),
    parity: z.enum(["none", "even", "odd"]),
    stopBits: z.union([z.literal(1), z.literal(2)]),
    /** USB ids of the device itself. Empty behind a generic USB-serial chip: the operator assigns the port once. */
    match: z.array(z.strictObject({ vendorId: z.int(), productId: z.int() })),
  }),
  /** The weakest check on frames that carry numbers. */
  check: z.enum(checkNames),
  /** `display`: a person compares the numbers with the device's display before they count. */
  confirm: z.enum(["display", "none"]),
  /** It acts on a person (inflates a cuff): stop must be sent on every way out. */
  actuates: z.boolean(),
  /** It speaks when somebody uses it; the host asks nothing. */
  push: z.boolean(),
  clock: z.strictObject({ maxOffsetMs: ms }).optional(),
  envelopes: z.strictObject({ host: envelope, device: envelope.optional() }),
  link: link.optional(),
  frames: z.record(name, frame),
  meaning,
  session,
  /** Byte patterns that no frame to the device may be able to form (erase, calibration). */
  forbidden: z.array(z.strictObject({ name: z.string(), at, is: hex })),
  simulate,
});

/** One device model as data (architecture §3). Survives JSON. */
export type Profile = DeepReadonly<z.infer<typeof profileSchema>>;
export type Envelope = DeepReadonly<z.infer<typeof envelope>>;
export type BinaryEnvelope = DeepReadonly<z.infer<typeof binaryEnvelope>>;
export type LabelEnvelope = DeepReadonly<z.infer<typeof labelEnvelope>>;
export type Match = DeepReadonly<z.infer<typeof match>>;
export type Field = DeepReadonly<z.infer<typeof field>>;
export type FieldOf<T extends Field["type"]> = Extract<Field, { readonly type: T }>;
export type IntegerField = Extract<Field, { readonly min: number }>;
export type AnalyteField = FieldOf<"analyte">;
export type Frame = DeepReadonly<z.infer<typeof frame>>;
export type Frames = Readonly<Record<string, Frame>>;
export type Rule = DeepReadonly<z.infer<typeof rule>>;
export type Step = DeepReadonly<z.infer<typeof step>>;
export type Phase = z.infer<typeof phase>;
export type Link = DeepReadonly<z.infer<typeof link>>;
export type SimValue = DeepReadonly<z.infer<typeof simValue>>;
export type SimLine = DeepReadonly<z.infer<typeof simLine>>;
