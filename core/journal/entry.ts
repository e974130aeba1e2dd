import { z } from "zod";
import { outcomeCodes } from "../domain/calls.ts";
import { sentencesSchema } from "../care/sentences.ts";
import { jointLinkSchema } from "../care/joint.ts";
import { signatureSchema } from "../care/signed.ts";
import { soapSchema } from "../care/soap.ts";
import { doubts, measurementKinds } from "../domain/outcome.ts";
import { isQuantity, quantities } from "../domain/quantity.ts";
import { breakBodies } from "./break-bodies.ts";
import { callBodies } from "./call-bodies.ts";
import { careBodies } from "./care-bodies.ts";
import { contractBodies } from "./contract-bodies.ts";
import { jointBodies } from "./joint-bodies.ts";
import { personBodies } from "./person-bodies.ts";
import { qualityBodies, qualitySnapshotSchema } from "./quality-bodies.ts";
import { signingBodies } from "./signing-bodies.ts";
import { technicianBodies } from "./technician-bodies.ts";
import { arms, visitBodies } from "./visit-bodies.ts";

/**
 * A journal entry: one fact that happened, never changed, never removed (architecture §2).
 * `seq` runs 1, 2, 3 … without gaps in one journal; `id` is a UUIDv7 made by whoever caused the entry, so that a repeat
 * is harmless; `hash` covers every other field and the hash of the entry before it.
 */
export const entrySchema = z.strictObject({
  /** The journal's owner: a station id or a hub id. */
  owner: z.string().min(1).max(64),
  seq: z.int().positive(),
  id: z.uuid(),
  type: z.string().regex(/^[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$/),
  /** UTC, when the fact was heard. */
  heardAt: z.iso.datetime({ precision: 3 }),
  /** Milliseconds of the program's monotonic clock; orders entries when the wall clock jumps. */
  monoMs: z.number().nonnegative(),
  actor: z.strictObject({ role: z.string(), id: z.string() }),
  /** Resident the fact is about, if any. */
  subject: z.string().nullable(),
  visit: z.string().nullable(),
  body: z.record(z.string(), z.json()),
  /** Lower-case hex SHA-256; 64 zeros before the first entry. */
  prevHash: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Entry = z.infer<typeof entrySchema>;
/** What a writer hands in; the journal adds owner, seq, heardAt, monoMs and the hashes. */
export type NewEntry = {
  [T in EntryType]: Omit<Entry, "owner" | "seq" | "heardAt" | "monoMs" | "prevHash" | "hash" | "type" | "body"> & {
    readonly type: T;
    readonly body: EntryBody<T>;
  };
}[EntryType];

/** A reading as stored and sent. The refinement keeps a unit with its quantity. */
export const readingSchema = z
  .strictObject({
    quantity: z.string().refine(isQuantity, "unknown quantity"),
    value: z.number(),
    unit: z.string(),
    comparator: z.enum(["<", ">"]).optional(),
  })
  .refine(
    (reading) =>
      isQuantity(reading.quantity) && (quantities[reading.quantity].units as readonly string[]).includes(reading.unit),
    "unit does not fit the quantity",
  );

/** The doctor who heard a resident say yes. */
export const heardBySchema = z.strictObject({ id: z.string().min(1), name: z.string().min(1) });
export type HeardBy = z.infer<typeof heardBySchema>;
export const agreedSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("touch"), ask: z.uuid() }),
  z.strictObject({ by: z.literal("voice"), ask: z.uuid(), heardBy: heardBySchema }),
]);

/** In the place of device, profile and port: a person typed the numbers. No device and no profile is called so. */
export const hand = "hand";

/** Where a number came from: enough to find the device, its profile and the very bytes. */
export const provenanceSchema = z.strictObject({
  device: z.string(),
  profile: z.string(),
  profileVersion: z.string(),
  program: z.string(),
  simulated: z.boolean(),
  port: z.string(),
  serialNumber: z.string().optional(),
  /** The frames behind the readings, lower-case hex, in the order heard. */
  rawHex: z.array(z.string()),
});

/** What the device showed, what the station heard, and how far the device's clock is off. None is computed from another in place. */
export const timesSchema = z.strictObject({
  deviceTime: z.string().optional(),
  heardAt: z.iso.datetime({ precision: 3 }),
  /** Device clock minus station clock when last compared; absent when never compared. */
  deviceOffsetMs: z.number().optional(),
  /** Hub clock minus station clock when last compared; absent when never compared. */
  hubAheadMs: z.number().optional(),
});

export const measurementSchema = z.strictObject({
  id: z.uuid(),
  visit: z.string(),
  of: z.enum(measurementKinds),
  readings: z.array(readingSchema).min(1),
  doubts: z.array(z.enum(doubts)),
  notes: z.record(z.string(), z.string()).optional(),
  provenance: provenanceSchema,
  times: timesSchema,
  /** What the resident answered before it: meal time and the like, needed to judge the number. */
  context: z.record(z.string(), z.json()),
  /** The state of the device's quality at that moment. Absent in what was measured before there was a gate. */
  quality: qualitySnapshotSchema.optional(),
});
export type Measurement = z.infer<typeof measurementSchema>;

export const assessmentSchema = z.strictObject({
  domain: z.string(),
  category: z.string(),
  severity: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  action: z.string(),
  flags: z.array(z.string()),
  value: z.string().optional(),
  adviceKey: z.string().optional(),
  rule: z.string(),
});

/** A pressure's grade: `diagnostic`, when every condition of the protocol held; otherwise `screening`, and why. */
export const gradeSchema = z.strictObject({
  grade: z.enum(["screening", "diagnostic"]),
  /** What was missing, by key of the catalogue (`kiosk.grade.*`). */
  missing: z.array(z.enum(["rest", "prepared", "posture", "twoReadings", "stable", "device", "quiet"])),
});
export type Grade = z.infer<typeof gradeSchema>;

/** Which arm has the higher pressure, or is the only one to be measured; `at`: when that was found out, UTC. */
export const comparisonSchema = z.strictObject({ use: z.enum(arms), at: z.string() });
export type Comparison = z.infer<typeof comparisonSchema>;

/** Since the last visit: the same quantity then. */
export const changeSchema = z.strictObject({
  quantity: z.string(),
  before: readingSchema,
  at: z.string(),
  way: z.enum(["up", "down", "same"]),
});
export type Change = z.infer<typeof changeSchema>;

export const residentSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  sex: z.enum(["female", "male"]),
  birthYear: z.int(),
  /** Facts the rules need. */
  facts: z.strictObject({
    diabetes: z.enum(["yes", "no", "unknown"]),
    hypertension: z.boolean(),
    pregnant: z.boolean(),
  }),
  /** True for the demonstration people that the program brings along; never a real person. */
  specimen: z.boolean(),
});
export type Resident = z.infer<typeof residentSchema>;

export const opinionSchema = z.strictObject({
  id: z.uuid(),
  call: z.uuid(),
  visit: z.string(),
  station: z.string(),
  clinician: z.strictObject({ id: z.string(), name: z.string() }),
  /** What the doctor wrote for the resident. */
  text: z.string().min(1).max(4000),
  next: z.enum(["none", "homeSeries", "comeBack", "hospital", "emergency"]),
  writtenAt: z.iso.datetime({ precision: 3 }),
  /** Absent in what was written before there were signed opinions; `text` is then the doctor's own. */
  soap: soapSchema.optional(),
  /** What the resident is told; `text` is the same in Chinese, as it was signed. */
  sentences: sentencesSchema.optional(),
  /** The opinion this one follows. */
  supersedes: z.uuid().optional(),
  /** What it has to do with a joint opinion. */
  joint: jointLinkSchema.optional(),
  signature: signatureSchema.optional(),
});
export type Opinion = z.infer<typeof opinionSchema>;

/** The body of every entry type. A new type is a line here; an unknown type cannot be written. */
export const entryBodies = {
  ...qualityBodies,
  ...visitBodies,
  ...callBodies,
  "station.started": z.strictObject({ program: z.string(), node: z.string(), simulated: z.boolean() }),
  "station.enrolled": z.strictObject({ station: z.string(), hub: z.string(), publicKey: z.string() }),
  "resident.registered": residentSchema,
  "visit.opened": z.strictObject({ kind: z.enum(["guest", "resident"]) }),
  "visit.closed": z.strictObject({ reason: z.enum(["left", "idle", "hostStopped", "replaced"]) }),
  "measurement.started": z.strictObject({
    measurement: z.uuid(),
    of: z.enum(measurementKinds),
    device: z.string(),
    /** A doctor in the call asked for it: how the resident agreed. */
    agreed: agreedSchema.optional(),
  }),
  /** Heard whole, and waiting for the resident to compare it with the device's display. Not yet a measurement. */
  "measurement.heard": measurementSchema,
  "measurement.accepted": measurementSchema,
  "measurement.refused": z.strictObject({
    measurement: z.uuid(),
    of: z.enum(measurementKinds).nullable(),
    reason: z.string(),
    detail: z.string().optional(),
    readings: z.array(readingSchema),
    provenance: provenanceSchema,
    times: timesSchema,
  }),
  "measurement.ended": z.strictObject({
    measurement: z.uuid(),
    how: z.enum(["finished", "stopped", "failed"]),
    code: z.string().optional(),
  }),
  /** `next`: what the protocol asks for after these measurements; `notBefore`: UTC, rest until then. */
  "assessment.made": z.strictObject({
    of: z.enum(measurementKinds),
    measurements: z.array(z.uuid()).min(1),
    rules: z.string(),
    assessments: z.array(assessmentSchema),
    next: z.enum(["none", "second", "third", "restRepeat", "again"]),
    notBefore: z.string().optional(),
    /** The arm that the next pressure is to be of. Absent: whichever arm, or nothing comes next. */
    arm: z.enum(arms).optional(),
    /** Of a pressure: what is known of both arms, from this visit or carried along from the one before. */
    compared: comparisonSchema.optional(),
    overall: assessmentSchema.optional(),
    /** Of a pressure. Absent in what was judged before there were grades. */
    grade: gradeSchema.optional(),
    /** As the resident was told; absent for a guest and at the first visit. */
    changes: z.array(changeSchema).optional(),
    /** By the official chart, from all of the visit; absent while it cannot be told. */
    risk: assessmentSchema.optional(),
  }),
  "device.assigned": z.strictObject({
    device: z.string(),
    profile: z.string(),
    port: z.string(),
    simulated: z.boolean(),
    /** Settings of the profile that a technician chose. */
    settings: z.record(z.string(), z.string()).optional(),
  }),
  "device.faulted": z.strictObject({ device: z.string(), code: z.string(), detail: z.string().optional() }),
  /** `consent`: the entry in which the person agreed that a doctor sees the visit. Absent: asked before there was that question. */
  "consult.requested": z.strictObject({
    call: z.uuid(),
    severity: z.int().min(0).max(4),
    consent: z.uuid().optional(),
  }),
  "consult.cancelled": z.strictObject({ call: z.uuid() }),
  "consult.accepted": z.strictObject({
    call: z.uuid(),
    clinician: z.strictObject({ id: z.string(), name: z.string() }),
    station: z.string(),
  }),
  "consult.finished": z.strictObject({
    call: z.uuid(),
    station: z.string(),
    how: z.enum(["finished", "left", "lost"]),
    outcome: z.enum(outcomeCodes).optional(),
  }),
  "opinion.written": opinionSchema,
  "opinion.received": z.strictObject({ opinion: opinionSchema, hubSeq: z.int().positive(), hubHash: z.string() }),
  "account.created": z.strictObject({ account: z.string(), role: z.string() }),
  /** A manager took a person's second factor away: the next sign-in enrols anew. `reason` as the manager gave it. */
  "account.factorReset": z.strictObject({ account: z.string(), reason: z.string() }),
  /** By a manager, or by the hub itself while it has none. */
  "account.invited": z.strictObject({ account: z.string(), role: z.string(), again: z.boolean() }),
  /** The invited person has chosen a password. */
  "account.joined": z.strictObject({ account: z.string() }),
  "account.changed": z.strictObject({ account: z.string(), name: z.string(), org: z.string().optional() }),
  "account.retired": z.strictObject({ account: z.string() }),
  "org.put": z.strictObject({ org: z.string(), name: z.string(), tier: z.string(), above: z.string().optional() }),
  /** A manager made a code for one new station, which will be paired so. */
  "station.codeMade": z.strictObject({ branch: z.string().optional(), hospital: z.string().optional() }),
  "station.paired": z.strictObject({
    station: z.string(),
    branch: z.string().optional(),
    hospital: z.string().optional(),
  }),
  "account.signedIn": z.strictObject({ account: z.string() }),
  "account.refused": z.strictObject({ account: z.string(), code: z.string() }),
  "access.decided": z.strictObject({
    role: z.string(),
    operation: z.string(),
    allowed: z.boolean(),
    about: z.string().optional(),
  }),
  /** A head the other side signed over what it holds of this journal. */
  "head.countersigned": z.strictObject({
    hub: z.string(),
    seq: z.int().nonnegative(),
    hash: z.string(),
    signature: z.string(),
  }),
  ...technicianBodies,
  ...signingBodies,
  ...jointBodies,
  ...breakBodies,
  ...personBodies,
  ...careBodies,
  ...contractBodies,
} as const;
export type EntryType = keyof typeof entryBodies;
export type EntryBody<T extends EntryType> = z.infer<(typeof entryBodies)[T]>;

export function isEntryType(type: string): type is EntryType {
  return Object.hasOwn(entryBodies, type);
}
