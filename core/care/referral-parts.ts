import { z } from "zod";
import { signatureSchema } from "./signed.ts";
import { ownerSchema } from "./tasks.ts";

/** What a referral is made of, and what may happen to it; the machine is in `referral.ts`. Moments: milliseconds since 1970 UTC. */

export const directions = ["up", "down"] as const;
export type Direction = (typeof directions)[number];

/** `stat`: answer within 10 minutes; `urgent`: 2 hours; `routine`: one working day (service.md §5, P). */
export const priorities = ["stat", "urgent", "routine"] as const;
export type Priority = (typeof priorities)[number];

/** Why somebody is referred (service.md §5; HTN2025 §7, WST872 §8.4, NBPHS3). A reason that is none of these is `other`, in words. */
export const referralReasons = [
  "pressureStaysHigh",
  "newComplication",
  "pregnant",
  "onsetBefore30",
  "urineFinding",
  "lowPotassium",
  "attacks",
  "armDifference",
  "needsDiagnosis",
  "notAtTargetOnThree",
  "largeSwings",
  "intolerance",
  "organDamage",
  "secondMiss",
  "urgentSet",
  "suspectedType1",
  "footUlcer",
  "visionLoss",
  "repeatedHypoglycemia",
  "lipidsVeryHigh",
  "musclePainOnStatin",
  "stableForHome",
  "discharged",
  "other",
] as const;

/** What is booked by the green channel. */
export const greenKinds = ["outpatient", "examination", "admission"] as const;

const words = z.string().trim().min(1).max(1_000);
const moment = z.number();

/** What the referring doctor signs. */
export const referralLetterSchema = z.strictObject({
  id: z.uuid(),
  direction: z.enum(directions),
  priority: z.enum(priorities),
  resident: z.string().min(1),
  /** The station and visit it comes from, if any: where the resident is told. */
  station: z.string().optional(),
  visit: z.string().optional(),
  from: ownerSchema,
  /** The receiving organization; `department` as that organization names it. */
  to: ownerSchema.extend({ department: z.string().max(100).optional() }),
  reasons: z.array(z.enum(referralReasons)).min(1),
  summary: words,
  /** Carried to the receiver, whose answer time is measured. */
  green: z.enum(greenKinds).optional(),
});
export type ReferralLetter = z.infer<typeof referralLetterSchema>;

export const appointmentSchema = z.strictObject({
  at: moment,
  department: z.string().trim().min(1).max(100),
  doctor: z.string().trim().min(1).max(100),
});

export const rejections = ["noBed", "noSpecialty", "notNeeded", "incomplete", "other"] as const;
/** What became of the person, as found at the outcome check. */
export const outcomes = [
  "recovered",
  "improved",
  "unchanged",
  "worse",
  "inTreatment",
  "elsewhere",
  "refused",
  "died",
] as const;

const by = { by: z.string().min(1), at: moment } as const;

/** Every input names who and when. `at` is set by whoever keeps the record. */
export const referralInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sign"), ...by, signature: signatureSchema }),
  z.strictObject({ kind: z.literal("send"), ...by }),
  z.strictObject({ kind: z.literal("accept"), ...by, appointment: appointmentSchema }),
  z.strictObject({
    kind: z.literal("reject"),
    ...by,
    reason: z.enum(rejections),
    detail: words,
    /** Where else; mandatory unless it is not needed or incomplete. */
    alternative: words.optional(),
  }),
  z.strictObject({ kind: z.literal("arrive"), ...by }),
  z.strictObject({ kind: z.literal("notArrive"), ...by }),
  z.strictObject({ kind: z.literal("rebook"), ...by, appointment: appointmentSchema }),
  /** To another receiver, or the same once more: it has to be signed anew. */
  z.strictObject({ kind: z.literal("redirect"), ...by, to: referralLetterSchema.shape.to, summary: words.optional() }),
  z.strictObject({ kind: z.literal("treat"), ...by }),
  z.strictObject({ kind: z.literal("return"), ...by, back: words, signature: signatureSchema }),
  z.strictObject({ kind: z.literal("receive"), ...by }),
  z.strictObject({ kind: z.literal("check"), ...by, outcome: z.enum(outcomes), detail: words.optional() }),
  z.strictObject({
    kind: z.literal("withdraw"),
    ...by,
    reason: z.enum(["refused", "died", "moved", "mistake"]),
    detail: words,
  }),
]);
export type ReferralInput = z.infer<typeof referralInputSchema>;

export const referralStates = [
  "drafted",
  "signed",
  "sent",
  "accepted",
  "rejected",
  "arrived",
  "notArrived",
  "inTreatment",
  "returned",
  "received",
  "followedUp",
  "withdrawn",
] as const;
export type ReferralState = (typeof referralStates)[number];

export const referralSchema = referralLetterSchema.extend({
  state: z.enum(referralStates),
  /** When this state began. */
  since: moment,
  draftedAt: moment,
  /** The first time it was sent; what the two weeks count from. */
  sentAt: moment.optional(),
  /** The last time it was sent, and when that was answered: the answer time of the green channel. */
  askedAt: moment.optional(),
  answeredAt: moment.optional(),
  signature: signatureSchema.optional(),
  appointment: appointmentSchema.optional(),
  rejection: z.strictObject({ reason: z.enum(rejections), detail: words, alternative: words.optional() }).optional(),
  back: z.strictObject({ text: words, signature: signatureSchema }).optional(),
  check: z.strictObject({ outcome: z.enum(outcomes), at: moment, by: z.string() }).optional(),
  /** Everything that happened, in order. */
  history: z.array(z.strictObject({ kind: z.string(), state: z.enum(referralStates), at: moment, by: z.string() })),
});
export type Referral = z.infer<typeof referralSchema>;
