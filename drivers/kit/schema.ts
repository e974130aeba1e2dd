import { z } from "zod";
import { checkNames } from "./checks.ts";
import { binaryEnvelope, binaryFields, match } from "./schema-binary.ts";
import { labelEnvelope, labelFields } from "./schema-label.ts";
import { meaning, type rule } from "./schema-meaning.ts";
import { at, hex, id, kind, ms, name } from "./schema-parts.ts";
import type { DeepReadonly } from "./schema-parts.ts";
import { astmEnvelope, hl7Envelope, recordFields, recordTests } from "./schema-records.ts";
import { link, session, sessionFor, tasks, type phase, type step } from "./schema-session.ts";
import { settings } from "./schema-settings.ts";
import { textEnvelope, textFields, textFrame } from "./schema-text.ts";
import { simulate, type simLine, type simValue } from "./schema-simulate.ts";

/**
 * What a profile is, as data. Shipped and loaded profiles pass the same schema; `validate.ts` adds what one table says
 * about another. Everything survives JSON: no functions, no bytes, no undefined. Each kind of envelope brings the fields
 * that stand in its frames (`schema-binary.ts`, `schema-label.ts`).
 */
const envelope = z.discriminatedUnion("kind", [binaryEnvelope, labelEnvelope, textEnvelope, astmEnvelope, hl7Envelope]);

const field = z.discriminatedUnion("type", [...binaryFields, ...labelFields, ...textFields, ...recordFields]);
const frame = z.strictObject({
  to: z.enum(["host", "device"]),
  /** Whole size in bytes; a pair is the smallest and the largest. Labels have none. */
  size: z.union([z.int().min(1), z.tuple([z.int(), z.int()])]).optional(),
  match: z.array(match).optional(),
  /** Bytes that are neither matched nor a field, at the given offset; everything else is 00. */
  fill: z.strictObject({ at, is: hex }).optional(),
  ...textFrame,
  /** What a group of records must say to be this frame; the first frame of the table that fits takes it. */
  says: recordTests.optional(),
  fields: z.record(name, field),
});

// The whole ----------------------------------------------------------------------------------------------------------

export const profileSchema = z.strictObject({
  id,
  model: z.strictObject({ maker: z.string().min(1), name: z.string().min(1) }),
  aliases: z.array(id).optional(),
  /** Where the facts come from. */
  source: z.string().min(1),
  dossier: z.string().min(1),
  /** Empty for what measures nothing (a printer, a lock): its session finds out whether it is there and in order. */
  measures: z.array(kind),
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
  /** `false`: it has none (a board inside a kiosk), and nobody can compare (docs/adr/0016-boards-without-a-display.md). */
  display: z.boolean().optional(),
  /** It acts on a person (inflates a cuff): stop must be sent on every way out. */
  actuates: z.boolean(),
  /** It speaks when somebody uses it; the host asks nothing. */
  push: z.boolean(),
  clock: z.strictObject({ maxOffsetMs: ms }).optional(),
  /** Of what prints: how many Latin characters fit beside each other on its paper. */
  paper: z.strictObject({ columns: z.int().min(24).max(80) }).optional(),
  /** It can tell its last result again: one that equals it, down to the device's own time, is no new one. */
  repeats: z.literal(true).optional(),
  /** What the dossier leaves open. */
  settings: settings.optional(),
  envelopes: z.strictObject({ host: envelope, device: envelope.optional() }),
  link: link.optional(),
  frames: z.record(name, frame),
  meaning,
  session,
  /** Where one port measures several kinds, each may have its own. */
  sessionFor: sessionFor.optional(),
  /** Acts that are no measurement. */
  tasks: tasks.optional(),
  /** Byte patterns that no frame to the device may be able to form (erase, calibration). */
  forbidden: z.array(z.strictObject({ name: z.string(), at, is: hex })),
  simulate,
});

/** One device model as data (architecture §3). Survives JSON. */
export type Profile = DeepReadonly<z.infer<typeof profileSchema>>;
export type Envelope = DeepReadonly<z.infer<typeof envelope>>;
export type BinaryEnvelope = DeepReadonly<z.infer<typeof binaryEnvelope>>;
export type TextEnvelope = DeepReadonly<z.infer<typeof textEnvelope>>;
export type LabelEnvelope = DeepReadonly<z.infer<typeof labelEnvelope>>;
export type Match = DeepReadonly<z.infer<typeof match>>;
export type Field = DeepReadonly<z.infer<typeof field>>;
export type FieldOf<T extends Field["type"]> = Extract<Field, { readonly type: T }>;
export type { IntegerField, NumberField } from "./schema-binary.ts";
export type AnalyteField = FieldOf<"analyte">;
export type Frame = DeepReadonly<z.infer<typeof frame>>;
export type Frames = Readonly<Record<string, Frame>>;
export type Rule = DeepReadonly<z.infer<typeof rule>>;
export type Step = DeepReadonly<z.infer<typeof step>>;
export type StepOf<D extends Step["do"]> = Extract<Step, { readonly do: D }>;
export type Conversation = DeepReadonly<z.infer<typeof session>>;
export type Phase = z.infer<typeof phase>;
export type Link = DeepReadonly<z.infer<typeof link>>;
export type SimValue = DeepReadonly<z.infer<typeof simValue>>;
export type SimLine = DeepReadonly<z.infer<typeof simLine>>;
