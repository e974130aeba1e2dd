import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { callModes, outcomeCodes, participantStates, partyRoles, queueSteps } from "../domain/calls.ts";
import { guestAskStates, guestScopes } from "../domain/guests.ts";
import { opinionSchema } from "../journal/entry.ts";
import { declared } from "./errors.ts";
import { callStateSchema, iceServerSchema, signalBodySchema, signalSchema } from "./views.ts";

const id = z.uuid();
const ok = z.strictObject({});
const stationPlaceSchema = z.strictObject({ id: z.string(), name: z.string(), place: z.string() });

export const participantSchema = z.strictObject({
  /** For who only watches, residents and family have none of their own: `resident`, `family-1`. */
  id: z.string(),
  kind: z.enum(["person", "station"]),
  /** Empty where the one who looks may not know it. */
  name: z.string(),
  role: z.enum(partyRoles),
  state: z.enum(participantStates),
  muted: z.boolean(),
  /** Asked to take the call over. */
  handOver: z.boolean(),
});
export type ParticipantView = z.infer<typeof participantSchema>;

/** A waiting or running call as the doctor's queue shows it. */
export const queueItemSchema = z.strictObject({
  call: id,
  mode: z.enum(callModes),
  station: stationPlaceSchema,
  /** Name in part; the full record opens with the call. */
  shownName: z.string(),
  state: callStateSchema,
  severity: z.int().min(0).max(4),
  /** Category of the worst result, e.g. `BP_GRADE2`, if any. */
  worst: z.string().optional(),
  waitingSince: z.string(),
  step: z.enum(queueSteps),
  /** An urgent one that waits longer than it should. */
  late: z.boolean(),
  /** Of this doctor's own residents. */
  contracted: z.boolean(),
  /** Nobody is in front of the station any more: to be called back. */
  callBack: z.boolean(),
  /** This doctor said no to it; others may still take it. */
  declined: z.boolean(),
  /** Set when it is this doctor's own call. */
  mine: z.boolean(),
  /** This doctor's own call of the same visit, which is not finished: the resident calls again. */
  follows: id.optional(),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

/** Its doctor hung up, and would like to speak with the resident again. */
export const ringBackSchema = z.discriminatedUnion("state", [
  /** `gone`: the visit is over at the station. */
  z.strictObject({ state: z.enum(["asked", "refused", "unanswered", "gone"]) }),
  /** The visit's next call: this doctor's where they were free, and otherwise in the queue. */
  z.strictObject({ state: z.literal("taken"), next: id }),
]);
export type RingBack = z.infer<typeof ringBackSchema>;

/** What a station asks its resident: whether they would speak with that doctor again. */
export const ringsBackSchema = z.strictObject({
  call: id,
  visit: z.string(),
  clinician: z.strictObject({ id: z.string(), name: z.string() }),
});
export type RingsBack = z.infer<typeof ringsBackSchema>;

/** Somebody is to watch or to come along, and the resident is asked. */
export const guestAskSchema = z.strictObject({
  ask: id,
  scope: z.enum(guestScopes),
  /** Who wants to watch; a relative has no name here. */
  name: z.string(),
  state: z.enum(guestAskStates),
});
export type GuestAsk = z.infer<typeof guestAskSchema>;

export const callViewSchema = z.strictObject({
  call: id,
  mode: z.enum(callModes),
  state: callStateSchema,
  severity: z.int().min(0).max(4),
  /** Absent between colleagues who talk about nobody's visit, and for who only watches. */
  station: stationPlaceSchema.optional(),
  /** The owner. */
  clinician: z.strictObject({ id: z.string(), name: z.string() }).optional(),
  /** Grows with every owner: tickets, and what two say to each other, are of one round. */
  round: z.int().nonnegative(),
  /** Everybody of the call, in order of coming; `you` among them. */
  participants: z.array(participantSchema),
  you: z.string(),
  /** While it waits: calls that come before it, and seconds until somebody answers (absent: nobody has a desk open). */
  ahead: z.int().nonnegative().optional(),
  expectedWaitS: z.int().nonnegative().optional(),
  /** While nobody has a desk open: whom to call on the phone, where the hub has such a number. */
  dutyPhone: z.string().optional(),
  step: z.enum(queueSteps),
  /** The other side's line: the hub's view. */
  peer: z.enum(["here", "away"]),
  /** New ones come in time, before the credentials of the old ones end: put them in and restart ICE (one side). */
  iceServers: z.array(iceServerSchema),
  /** Bears on this call and this person only, to be used within 60 s and then on this connection alone; never in addresses. */
  ticket: z.string().optional(),
  opinion: opinionSchema.optional(),
  /** What the resident is or was asked about guests; for the owner and the station alone. */
  guests: z.array(guestAskSchema).optional(),
  /** Whether this doctor, who hung up, may speak with the resident again; for the owner alone. */
  ringBack: ringBackSchema.optional(),
  /** Of the resident, for who only watches: `70-79`, `90+`. */
  ageBand: z.string().optional(),
  /** As the doctor closed it. */
  code: z.enum(outcomeCodes).optional(),
});
export type CallView = z.infer<typeof callViewSchema>;

/** Somebody asks this person into a call. */
export const invitationSchema = z.strictObject({
  call: id,
  mode: z.enum(callModes),
  role: z.enum(partyRoles),
  handOver: z.boolean(),
  by: z.strictObject({ id: z.string(), name: z.string() }),
  since: z.string(),
  severity: z.int().min(0).max(4),
  shownName: z.string(),
  station: stationPlaceSchema.optional(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** The queue: stations join it, doctors watch it. */
export const queueContract = {
  /**
   * `call` is made by the station; joining twice is joining once. `return`: only with a diagnosis that is known from before
   * (`consult.firstVisit` otherwise: the assisted way is offered). `stored`: no live doctor, a work list.
   */
  join: oc
    .input(
      z.strictObject({
        call: id,
        visit: z.string(),
        shownName: z.string(),
        severity: z.int().min(0).max(4),
        worst: z.string().optional(),
        mode: z.enum(["assisted", "return", "stored"]).default("assisted"),
        /** Diagnosed in person before. */
        knownDiagnosis: z.boolean().default(false),
        resident: z.string().optional(),
      }),
    )
    .output(ok)
    .errors(declared("consult.ended", "consult.firstVisit", "store.failed")),
  leave: oc.input(z.strictObject({ call: id })).output(ok),
  /** Doctors: what is offered to them, interrupted ones first, then the worst, then waiting time. The whole list on every change. */
  watch: oc.output(eventIterator(z.array(queueItemSchema))),
} as const;

/** What a talk is sent: who speaks and with which number it goes on, once, and then signals by number. */
export const talkSaidSchema = z.union([
  z.strictObject({ n: z.int().positive(), body: signalBodySchema }),
  z.strictObject({
    call: id,
    ticket: z.string(),
    name: id,
    first: z.int().positive(),
    after: z.int().nonnegative(),
  }),
]);
export type TalkSaid = z.infer<typeof talkSaidSchema>;

/**
 * `heard`: everything up to this number has come. `refused`: that one was not passed on, and will not be; `consult.fingerprint`: a
 * description with another key than this ticket's first one of the same generation.
 */
export const talkHeardSchema = z.strictObject({
  heard: z.int().nonnegative(),
  signal: signalSchema.optional(),
  refused: z
    .strictObject({ n: z.int().positive(), code: z.enum(["consult.notYours", "consult.fingerprint"]) })
    .optional(),
});
export type TalkHeard = z.infer<typeof talkHeardSchema>;

/** A call from its acceptance on. */
export const callContract = {
  /** Takes a waiting call, or an invitation. One conditional update: exactly one doctor wins. */
  accept: oc
    .input(z.strictObject({ call: id }))
    .output(callViewSchema)
    .errors(declared("consult.alreadyTaken", "consult.ended", "consult.notYours", "consult.notNext")),
  /** Says no to an invitation, to a waiting call, or to one just taken and not begun. */
  decline: oc
    .input(z.strictObject({ call: id }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended")),
  /** Ends when the call is closed, or when one has no part in it any more. */
  watch: oc
    .input(z.strictObject({ call: id }))
    .output(eventIterator(callViewSchema))
    .errors(declared("consult.notYours", "consult.ended")),
  /** A new ticket, where the one of `watch` was not used in time. */
  ticket: oc
    .input(z.strictObject({ call: id }))
    .output(z.strictObject({ ticket: z.string() }))
    .errors(declared("consult.notYours", "consult.ended")),
  /**
   * Both directions of a talk of two on one line: signals to the other side, and those from there after a number. The sender
   * counts from 1 under a name of its own and keeps what it said until `heard` has come to it; on another line it
   * says that again, under the same name, and the hub takes each number once. Ends with the round.
   */
  talk: oc
    .input(eventIterator(talkSaidSchema))
    .output(eventIterator(talkHeardSchema))
    .errors(declared("consult.notYours", "consult.ended")),
  mediaUp: oc
    .input(z.strictObject({ call: id }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended")),
  /** Hangs up the media, by station or owner; the visit goes on and may call again. */
  hangUp: oc
    .input(z.strictObject({ call: id }))
    .output(ok)
    .errors(declared("consult.notYours")),
  /** Goes out of the talk; an owner's place goes to another doctor in it, or the media ends. */
  leave: oc
    .input(z.strictObject({ call: id }))
    .output(ok)
    .errors(declared("consult.notYours")),
  /** The owner asks somebody in. Who watches or comes along needs the entry in which the resident said yes to it in this call. */
  invite: oc
    .input(
      z.strictObject({ call: id, person: z.string(), role: z.enum(partyRoles).optional(), consent: id.optional() }),
    )
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended", "consult.notInvitable", "consent.notGiven")),
  /**
   * The owner hands the call on: to one person, who must take it; to a doctor in the call, who has it at once, and the owner
   * stays; or back to the queue for the next ones.
   */
  transfer: oc
    .input(
      z.strictObject({
        call: id,
        to: z.union([z.strictObject({ person: z.string() }), z.strictObject({ step: z.enum(queueSteps) })]),
      }),
    )
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended", "consult.notInvitable")),
  /** Oneself, or anybody by the owner. */
  mute: oc
    .input(z.strictObject({ call: id, participant: z.string(), muted: z.boolean() }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended")),
  /**
   * The owner heard the resident say yes to a measurement that was asked for. `consult.ended`: nobody talks now, or a voice is
   * turned off; the station warns before it starts, and one touch stops it.
   */
  heardYes: oc
    .input(z.strictObject({ call: id, ask: id }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended")),
  /**
   * The owner hung up and would like to speak again: the resident is asked, for `ringBackMs`. Their next call of this visit is the
   * yes. `over`: they are not asked any more. `consult.calling`: it is there already. `consult.stationAway`: nobody can be asked now.
   */
  ringBack: oc
    .input(z.strictObject({ call: id, over: z.boolean().default(false) }))
    .output(ok)
    .errors(declared("consult.notYours", "consult.ended", "consult.calling", "consult.stationAway", "visit.closed")),
  /** Stations: what is to be asked now. The whole list on every change. */
  ringBacks: oc.output(eventIterator(z.array(ringsBackSchema))),
  /** The resident would not, or the visit is over. */
  notNow: oc
    .input(z.strictObject({ call: id, why: z.enum(["refused", "gone"]) }))
    .output(ok)
    .errors(declared("consult.notYours")),
  /** Calls a colleague; `about`: one's own call whose visit it is about. `call` made by the desk. */
  ask: oc
    .input(z.strictObject({ call: id, person: z.string(), about: id.optional() }))
    .output(callViewSchema)
    .errors(declared("consult.notYours", "consult.ended", "consult.notInvitable")),
  /** Those that stand, oldest first. The whole list on every change. */
  invitations: oc.output(eventIterator(z.array(invitationSchema))),
} as const;
