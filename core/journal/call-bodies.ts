import { z } from "zod";
import { outcomeCodes, partyRoles, queueSteps } from "../domain/calls.ts";
import { consentWays } from "../domain/consent.ts";
import { guestSayings, guestScopes } from "../domain/guests.ts";

const call = z.uuid();

/** What happens in a call besides its acceptance and its end: the hub's own journal. `person`: account or station. */
export const callBodies = {
  "call.invited": z.strictObject({
    call,
    person: z.string(),
    role: z.enum(partyRoles),
    handOver: z.boolean(),
    /** The entry in which the resident agreed that somebody watches. */
    consent: z.uuid().optional(),
  }),
  /**
   * The station's own: what the resident said about one who wants to watch or come along, in this call and for it alone.
   * Withdrawn, it counts for everybody of that scope in the call, and they leave. `ask`: the doctor's asking it answers.
   */
  "consent.inCall": z.strictObject({
    call,
    ask: z.uuid(),
    scope: z.enum(guestScopes),
    said: z.enum(guestSayings),
    version: z.string(),
    way: z.enum(consentWays),
  }),
  /** An invitation was taken. */
  "call.joined": z.strictObject({ call, person: z.string(), role: z.enum(partyRoles) }),
  "call.declined": z.strictObject({ call, person: z.string() }),
  "call.left": z.strictObject({ call, person: z.string(), why: z.enum(["left", "away", "unanswered"]) }),
  /** A new owner who did not take it from the queue. */
  "call.handedOver": z.strictObject({ call, from: z.string(), to: z.string() }),
  /** Without an owner again, offered at this step. */
  "call.released": z.strictObject({ call, from: z.string(), step: z.enum(queueSteps), why: z.enum(["asked", "away"]) }),
  "call.climbed": z.strictObject({ call, step: z.enum(queueSteps) }),
  /** A talk between colleagues is over. */
  "call.ended": z.strictObject({
    call,
    how: z.enum(["finished", "left", "lost"]),
    outcome: z.enum(outcomeCodes).optional(),
  }),
  /** DTLS fingerprints that one side announced for one connection, as `<hash> <hex pairs>`. */
  "call.described": z.strictObject({
    call,
    person: z.string(),
    generation: z.int().nonnegative(),
    fingerprints: z.array(z.string().max(200)).max(8),
    accepted: z.boolean(),
  }),
} as const;
