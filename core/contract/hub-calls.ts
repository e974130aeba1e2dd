import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { opinionSchema } from "../journal/entry.ts";
import { declared } from "./errors.ts";
import { callStateSchema, iceServerSchema, signalBodySchema, signalSchema } from "./views.ts";

const id = z.uuid();
const ok = z.strictObject({});

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

/** The queue: stations join it, doctors watch it. */
export const queueContract = {
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
} as const;

/** A call from its acceptance on. */
export const callContract = {
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
} as const;
