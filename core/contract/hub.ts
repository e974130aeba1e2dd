import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { entrySchema, opinionSchema } from "../journal/entry.ts";
import { shippedSchema } from "../journal/withheld.ts";
import { alarmReasons } from "../journal/visit-bodies.ts";
import { declared } from "./errors.ts";
import { callStateSchema, iceServerSchema, resultSchema, signalBodySchema, signalSchema } from "./views.ts";

const id = z.uuid();
const ok = z.strictObject({});

/**
 * What one message on `/wire` may be, in bytes: more ends the socket (1009). A station's batch of entries stays well below
 * its limit, 128 kB or a single entry. 50 messages a second per socket: a little more is read late, a flood ends it (1008).
 */
export const messageBytes = { page: 64 * 1024, station: 1024 * 1024 } as const;

/** A waiting or running call as the doctor's queue shows it. */
export const queueItemSchema = z.strictObject({
  call: id,
  station: z.strictObject({ id: z.string(), name: z.string(), place: z.string() }),
  /** Name in part; the full record opens with the call. */
  shownName: z.string(),
  state: callStateSchema,
  severity: z.int().min(0).max(4),
  /** Category of the worst result, e.g. `BP_GRADE2`, if any. */
  worst: z.string().optional(),
  waitingSince: z.string(),
  /** Set when it is this doctor's own call. */
  mine: z.boolean(),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

export const callViewSchema = z.strictObject({
  call: id,
  state: callStateSchema,
  station: z.strictObject({ id: z.string(), name: z.string(), place: z.string() }),
  clinician: z.strictObject({ id: z.string(), name: z.string() }).optional(),
  ahead: z.int().nonnegative().optional(),
  /** The other side's line: the hub's view. */
  peer: z.enum(["here", "away"]),
  iceServers: z.array(iceServerSchema),
  /** Bears on this call and this person only; travels in messages, never in addresses. */
  ticket: z.string().optional(),
  opinion: opinionSchema.optional(),
});
export type CallView = z.infer<typeof callViewSchema>;

/** The visit as the doctor of its call sees it, computed from the hub's copy of the station's journal. */
export const visitRecordSchema = z.strictObject({
  visit: z.string(),
  resident: z
    .strictObject({
      name: z.string(),
      birthYear: z.int(),
      sex: z.enum(["female", "male"]),
      specimen: z.boolean(),
      facts: z.record(z.string(), z.json()),
    })
    .optional(),
  results: z.array(resultSchema),
  /** Numbers refused at the station and why: codes only, no values. */
  refusals: z.array(z.strictObject({ of: z.string().nullable(), reason: z.string(), heardAt: z.string() })),
  /** Proof: the head of the station's journal these rows come from. */
  head: z.strictObject({ owner: z.string(), seq: z.int(), hash: z.string() }),
});
export type VisitRecord = z.infer<typeof visitRecordSchema>;

/** A call for help, as the duty doctor sees it. */
export const alarmItemSchema = z.strictObject({
  alarm: id,
  station: z.strictObject({ id: z.string(), name: z.string(), place: z.string() }),
  visit: z.string(),
  reason: z.enum(alarmReasons),
  at: z.string(),
});
export type AlarmItem = z.infer<typeof alarmItemSchema>;

/**
 * What the hub answers. Who may call what is one table (`core/rights.ts`); default is no.
 * Stations come with a token they sign themselves (Ed25519, audience `hub`, 60 s), people with a session cookie.
 */
export const hubContract = {
  journal: {
    /** The station ships entries in order; the hub stores them by (owner, seq) and says what it holds durably. */
    ship: oc
      .input(
        z.strictObject({
          entries: z.array(shippedSchema).max(500),
          head: z.strictObject({ seq: z.int().nonnegative(), hash: z.string(), signature: z.string() }),
        }),
      )
      .output(z.strictObject({ seq: z.int().nonnegative(), hash: z.string(), hub: z.string(), signature: z.string() }))
      .errors(declared("store.broken", "wire.badInput", "store.failed")),
    held: oc.output(z.strictObject({ seq: z.int().nonnegative(), hash: z.string() })),
    /** Numbers above `after` of which the hub holds no more than the hash, in order, at most 1,000. */
    withheld: oc
      .input(z.strictObject({ after: z.int().nonnegative() }))
      .output(z.strictObject({ seqs: z.array(z.int().positive()) })),
    /** Entries that were withheld and may be seen now: each must have the hash that is held at its number. */
    reveal: oc
      .input(z.strictObject({ entries: z.array(entrySchema).max(500) }))
      .output(ok)
      .errors(declared("store.broken", "store.failed")),
    /** Entries of the hub's own journal that are addressed to this station, after the cursor. */
    inbox: oc.input(z.strictObject({ after: z.int().nonnegative() })).output(eventIterator(entrySchema)),
  },
  queue: {
    /** `call` is made by the station; joining twice is joining once. */
    join: oc
      .input(
        z.strictObject({
          call: id,
          visit: z.string(),
          shownName: z.string(),
          severity: z.int().min(0).max(4),
          worst: z.string().optional(),
        }),
      )
      .output(ok)
      .errors(declared("consult.ended", "store.failed")),
    leave: oc.input(z.strictObject({ call: id })).output(ok),
    /** Doctors: worst result first, then waiting time. The whole list on every change. */
    watch: oc.output(eventIterator(z.array(queueItemSchema))),
  },
  call: {
    /** One conditional update: exactly one doctor wins. */
    accept: oc
      .input(z.strictObject({ call: id }))
      .output(callViewSchema)
      .errors(declared("consult.alreadyTaken", "consult.ended")),
    watch: oc
      .input(z.strictObject({ call: id }))
      .output(eventIterator(callViewSchema))
      .errors(declared("consult.notYours", "consult.ended")),
    /** `id` made by the sender: sent again after a lost answer, the second one is dropped. */
    signal: oc
      .input(z.strictObject({ call: id, ticket: z.string(), id: id.optional(), body: signalBodySchema }))
      .output(ok)
      .errors(declared("consult.notYours", "consult.ended")),
    signals: oc
      .input(z.strictObject({ call: id, ticket: z.string(), after: z.int().nonnegative() }))
      .output(eventIterator(signalSchema))
      .errors(declared("consult.notYours", "consult.ended")),
    mediaUp: oc
      .input(z.strictObject({ call: id }))
      .output(ok)
      .errors(declared("consult.notYours", "consult.ended")),
    /** Hangs up the media; the visit goes on and may call again. */
    hangUp: oc
      .input(z.strictObject({ call: id }))
      .output(ok)
      .errors(declared("consult.notYours")),
  },
  visit: {
    /** The doctor of the call only. The record on every change. */
    watch: oc
      .input(z.strictObject({ call: id }))
      .output(eventIterator(visitRecordSchema))
      .errors(declared("consult.notYours", "consult.ended")),
    /** Ends the consult with an outcome; nothing else does. */
    finish: oc
      .input(z.strictObject({ call: id }))
      .output(ok)
      .errors(declared("consult.notYours")),
  },
  alarm: {
    /** A call for help at the station. Said again on every new line until somebody answers; the same one is one. */
    raise: oc
      .input(z.strictObject({ alarm: id, visit: z.string(), reason: z.enum(alarmReasons), at: z.string() }))
      .output(ok)
      .errors(declared("store.failed")),
    /** Somebody is there, at the station itself. */
    over: oc.input(z.strictObject({ alarm: id })).output(ok),
    /** Those that nobody answered yet, oldest first. The whole list on every change. */
    watch: oc.output(eventIterator(z.array(alarmItemSchema))),
    /** A doctor sees to it: the station says so. */
    answer: oc
      .input(z.strictObject({ alarm: id }))
      .output(ok)
      .errors(declared("store.failed")),
  },
  opinion: {
    /** `id` made by the desk; the second time is the first. */
    write: oc
      .input(z.strictObject({ id, call: id, text: z.string().trim().min(1).max(4000), next: opinionSchema.shape.next }))
      .output(opinionSchema)
      .errors(declared("consult.notYours", "store.failed")),
  },
  me: {
    whoami: oc.output(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        role: z.enum(["doctor", "station", "technician", "manager"]),
        expiresAt: z.string(),
      }),
    ),
  },
} as const;
