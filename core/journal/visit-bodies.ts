import { z } from "zod";
import { consentScopes, consentWays } from "../domain/consent.ts";
import { measurementKinds } from "../domain/outcome.ts";

/** How a person was recognized. `helper` modes are apart: who operates is not who is measured. */
export const identityWays = ["card", "code", "phone", "specimen"] as const;
export type IdentityWay = (typeof identityWays)[number];
export const helpers = ["relative", "villageDoctor"] as const;
export type Helper = (typeof helpers)[number];

export const arms = ["left", "right"] as const;

/** What somebody says of a medicine that was signed for them and reviewed: was it taken today? */
export const takings = ["taken", "notTaken", "notSure"] as const;
export type Taking = (typeof takings)[number];
const medicineSaidSchema = z.strictObject({
  prescription: z.uuid(),
  /** As the prescription and the list it was checked against name it. */
  drug: z.string().min(1).max(60),
  taken: z.enum(takings),
});
export type MedicineSaid = z.infer<typeof medicineSaidSchema>;

/** Questions put before and while measuring; the answers the rules and the protocol's grade need. */
export const answersSchema = z.strictObject({
  /** Symptom codes of rules.md §2; empty: asked, and none. */
  symptoms: z.array(z.string().max(40)).max(30).optional(),
  /** Smoking, tea, coffee, alcohol or heavy work within 30 minutes, or a full bladder (rules.md §1, PREP_NOT_MET). */
  prepared: z.boolean().optional(),
  /** Back leaned on, feet flat, arm bare at heart level, as the pictures show. */
  posture: z.boolean().optional(),
  /** By the upper arm's circumference (rules.md §3.1). */
  cuff: z.enum(["small", "standard", "large"]).optional(),
  /** The only arm that can be measured; absent: both can, or nobody said. */
  arm: z.enum(arms).optional(),
  /** Nobody talked while the cuff was about to start, by the microphone's level. Absent: there is no microphone. */
  quiet: z.boolean().optional(),
  /** Of any medicine: asked of who has none that was signed here. */
  medicineToday: z.boolean().optional(),
  /** Of each that was signed and reviewed; an entry has what was just said. */
  medicines: z.array(medicineSaidSchema).max(60).optional(),
  smoker: z.boolean().optional(),
  sleptBadly: z.boolean().optional(),
  /** Blood was taken with a lancet that was opened for this person; used things are in their boxes; hands and device are clean. */
  lancetNew: z.boolean().optional(),
  cleaned: z.boolean().optional(),
  sharps: z.boolean().optional(),
});
export type Answers = z.infer<typeof answersSchema>;

export const alarmReasons = ["symptom", "result", "asked"] as const;
export const nextChoices = ["callNow", "book", "homeSeries", "comeBack", "declined"] as const;
export type NextChoice = (typeof nextChoices)[number];

/** Entries of a visit besides its measurements. */
export const visitBodies = {
  /** `resident` is the subject; no number of a card and no phone is in here. Without `way`: only who operates is said anew. */
  "resident.recognized": z.strictObject({ way: z.enum(identityWays).optional(), helper: z.enum(helpers).optional() }),
  /** Lookup keys of a person: keyed hashes of card number, phone, e-health code. The values themselves are in no entry. */
  "resident.linked": z.strictObject({ resident: z.uuid(), way: z.enum(identityWays), key: z.string().length(64) }),
  /** They no longer want to be known by it. `link`: the entry that said so. */
  "resident.unlinked": z.strictObject({
    resident: z.uuid(),
    link: z.uuid(),
    way: z.enum(identityWays),
    key: z.string().length(64),
  }),
  /** The picture a person chose as a sign of one's own. */
  "resident.sign": z.strictObject({ sign: z.string().max(30) }),
  "consent.given": z.strictObject({ scope: z.enum(consentScopes), version: z.string(), way: z.enum(consentWays) }),
  "consent.refused": z.strictObject({ scope: z.enum(consentScopes), version: z.string(), way: z.enum(consentWays) }),
  "consent.withdrawn": z.strictObject({ scope: z.enum(consentScopes), version: z.string(), way: z.enum(consentWays) }),
  /** May look at the subject's record. `why`: what the right rests on. */
  "family.granted": z.strictObject({ to: z.uuid(), why: z.enum(["grant", "guardian"]) }),
  "family.ended": z.strictObject({ to: z.uuid() }),
  /** Somebody looked at the subject's record. */
  "record.viewed": z.strictObject({ by: z.uuid().nullable(), role: z.string(), what: z.enum(["record", "trend"]) }),
  "visit.resumed": z.strictObject({ after: z.enum(["idle", "hostStopped", "replaced"]) }),
  "visit.answered": answersSchema,
  /** Sat down to rest: the five minutes before a pressure count from here. */
  "visit.seated": z.strictObject({}),
  "alarm.raised": z.strictObject({ alarm: z.uuid(), reason: z.enum(alarmReasons), symptoms: z.array(z.string()) }),
  /** `station`: where it sounds, in the hub's own journal. */
  "alarm.answered": z.strictObject({
    alarm: z.uuid(),
    by: z.string(),
    how: z.enum(["here", "hub", "mistake"]),
    station: z.string().optional(),
  }),
  /** What was agreed on as the next step; `due`: local day. Who owns it until it is done stands in `owner`. */
  "nextStep.chosen": z.strictObject({
    step: z.uuid(),
    action: z.string(),
    choice: z.enum(nextChoices),
    due: z.iso.date().optional(),
    owner: z.string(),
  }),
  "slip.printed": z.strictObject({ how: z.enum(["printed", "failed"]), code: z.string().optional() }),
  "slip.shown": z.strictObject({ how: z.enum(["summary", "link"]) }),
  /** One pictured question on leaving: 1 bad, 2 so-so, 3 good. */
  "visit.rated": z.strictObject({ rating: z.int().min(1).max(3) }),
  /** Which kind of measurement a person skipped or could not do, so that the doctor does not wonder. */
  "measurement.skipped": z.strictObject({
    of: z.enum(measurementKinds),
    why: z.enum(["asked", "failedTwice", "noDevice"]),
  }),
} as const;
