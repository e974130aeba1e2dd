import { z } from "zod";
import { consentScopes, consentWays } from "../domain/consent.ts";
import { answersSchema, arms, helpers, identityWays, nextChoices } from "../journal/visit-bodies.ts";
import { assessmentSchema, readingSchema } from "../journal/entry.ts";

/** What the resident's page is shown of persons, consents, alarms and next steps. No number of a card ever crosses. */

/** Who was recognized. The token is the host's, works once, for two minutes; nothing else opens a named visit. */
export const foundSchema = z.strictObject({
  token: z.uuid(),
  way: z.enum(identityWays),
  /** Name in part, as an open room may see it. */
  shownName: z.string(),
  /** The picture the person chose before; absent for a newcomer. */
  sign: z.string().optional(),
  known: z.boolean(),
  /** A visit of this person was cut off less than 15 minutes ago and can go on. */
  resumes: z.boolean(),
  /** Consents still to be asked. Empty: all are known. */
  ask: z.array(z.enum(consentScopes)),
  /** Under 14: a guardian agrees. Under 18 and over 120 and the like are judged by the rules. */
  child: z.boolean(),
  /** The card's validity has ended: it works, and the person is told. */
  expired: z.boolean().optional(),
  /** When somebody measured here with a code of this person and without a name, UTC: they are asked whether it was them. */
  unclaimed: z.string().optional(),
});
export type Found = z.infer<typeof foundSchema>;

/** While a card or a code is waited for. */
export const identifyEventSchema = z.discriminatedUnion("kind", [
  /** Which ways work now. */
  z.strictObject({ kind: z.literal("ready"), card: z.boolean(), code: z.boolean(), phone: z.boolean() }),
  /** A card lies there and is being read. */
  z.strictObject({ kind: z.literal("reading") }),
  /**
   * Nothing is read any more, and nothing new came of it. `lift`: a card that was read may still lie there, for a reader sees it
   * again only once it was lifted.
   */
  z.strictObject({ kind: z.literal("waiting"), lift: z.literal(true).optional() }),
  /** A card lies there that was read before and not taken since: it says nothing until it was. */
  z.strictObject({ kind: z.literal("left") }),
  z.strictObject({ kind: z.literal("found"), found: foundSchema }),
  /** A code nobody can be asked about now. The token opens a guest's visit that the code's owner may claim later. */
  z.strictObject({ kind: z.literal("held"), token: z.uuid() }),
  /** Read, and not to be used: the sentence is in the fault. */
  z.strictObject({ kind: z.literal("fault"), code: z.string() }),
]);
export type IdentifyEvent = z.infer<typeof identifyEventSchema>;

export const whoSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("guest") }),
  z.strictObject({
    kind: z.literal("found"),
    token: z.uuid(),
    /** The answers to what `found.ask` asked. Without `keep` the visit is a guest's. */
    consents: z.partialRecord(z.enum(consentScopes), z.boolean()),
    way: z.enum(consentWays),
    /** Chosen by a newcomer. */
    sign: z.string().max(30).optional(),
    /** The answer to `found.unclaimed`. Absent: not asked, or not answered. */
    mine: z.boolean().optional(),
  }),
  /** Of `held`: without a name, and the code is kept until somebody can be asked whose it is. */
  z.strictObject({ kind: z.literal("code"), token: z.uuid() }),
  /** Only in a simulated station: one of the specimens of `StationView.residents`, with all consents. */
  z.strictObject({ kind: z.literal("specimen"), resident: z.uuid() }),
]);
export type Who = z.infer<typeof whoSchema>;
export const helperSchema = z.enum(helpers);

/** By what a person is found again, the oldest first. `byCard`: this visit was opened by card, so that another way can be added. */
export const linksViewSchema = z.strictObject({
  links: z.array(z.strictObject({ id: z.uuid(), way: z.enum(identityWays), at: z.string() })),
  byCard: z.boolean(),
});
export type LinksView = z.infer<typeof linksViewSchema>;

export const consentViewSchema = z.strictObject({
  scope: z.enum(consentScopes),
  given: z.boolean(),
  at: z.string(),
  version: z.string(),
});
export type ConsentView = z.infer<typeof consentViewSchema>;

/**
 * Where a number was kept, as seen from the record that shows it: `own`; `joined`: another record here that is the same person's;
 * `claimed`: a visit without a name that the person said was theirs. Another station's numbers do not come here.
 */
export const origins = ["own", "joined", "claimed"] as const;
export type Origin = (typeof origins)[number];

/** One reading of an earlier visit, for the picture of the last visits. Oldest first; at most thirty. */
export const trendPointSchema = z.strictObject({
  at: z.string(),
  readings: z.array(readingSchema),
  severity: z.int().min(0).max(4).optional(),
  /** Entered by hand, not heard from a device. */
  entered: z.boolean(),
  origin: z.enum(origins),
});
export type TrendPoint = z.infer<typeof trendPointSchema>;

/** A relative with a recorded right, in one direction. */
export const relativeSchema = z.strictObject({
  id: z.uuid(),
  shownName: z.string(),
  why: z.enum(["grant", "guardian"]),
});
export type Relative = z.infer<typeof relativeSchema>;

/** Whom the person lets look, at whose record the person may look, and who looked at the person's own, newest first. */
export const familyViewSchema = z.strictObject({
  granted: z.array(relativeSchema),
  mayLookAt: z.array(relativeSchema),
  looks: z.array(
    z.strictObject({ at: z.string(), role: z.string(), shownName: z.string().optional(), self: z.boolean() }),
  ),
});
export type FamilyView = z.infer<typeof familyViewSchema>;

export const alarmViewSchema = z.strictObject({
  id: z.uuid(),
  raisedAt: z.string(),
  reason: z.enum(["symptom", "result", "asked"]),
  symptoms: z.array(z.string()),
  /** `sounding`: at the station; `told`: the hub has it; `answered`: somebody said that they are there. */
  state: z.enum(["sounding", "told", "answered"]),
});
export type AlarmView = z.infer<typeof alarmViewSchema>;

export const nextStepViewSchema = z.strictObject({
  step: z.uuid(),
  action: z.string(),
  choice: z.enum(nextChoices),
  due: z.string().optional(),
  owner: z.string(),
});

/** What belongs to a visit besides its results. Part of `visitViewSchema`. */
export const visitPartsSchema = z.strictObject({
  helper: helperSchema.optional(),
  sign: z.string().optional(),
  /** This visit goes on after it was cut off. */
  resumed: z.boolean(),
  consents: z.array(consentViewSchema),
  answers: answersSchema,
  /** Judged from `answers.symptoms`; absent until asked. */
  triage: assessmentSchema.optional(),
  /** Since when the person sits, UTC, and how long it should be. Absent: not seated yet. */
  rest: z.strictObject({ since: z.string(), seconds: z.int() }).optional(),
  /** How a pressure is to be taken: each arm once (first visit, yearly check), or that arm. Absent: whichever. */
  arms: z.enum(["both", ...arms]).optional(),
  alarm: alarmViewSchema.optional(),
  /** The doctor of that call hung up, and would like to speak with the person again. */
  ringBack: z.strictObject({ call: z.uuid(), name: z.string() }).optional(),
  /** Set while nobody touched anything for a minute: the visit ends at `endsAt` unless `visit.touch` comes. */
  idle: z.strictObject({ endsAt: z.string() }).optional(),
  /** By the official chart, told as low, middle or high only; absent while it cannot be told. */
  risk: assessmentSchema.optional(),
  nextStep: nextStepViewSchema.optional(),
});
export type VisitParts = z.infer<typeof visitPartsSchema>;

export { changeSchema, gradeSchema, type Change, type Grade } from "../journal/entry.ts";
