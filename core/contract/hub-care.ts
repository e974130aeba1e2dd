import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { dangerSchema } from "../care/danger.ts";
import { drugSchema, interactionSchema } from "../care/drugs.ts";
import { followUpFormSchema, followUpPlanSchema, followUpSchema, lostReasons } from "../care/follow-up.ts";
import { messageLeftSchema } from "../care/messages.ts";
import { planSchema, planTextSchema } from "../care/plan.ts";
import { goalKinds } from "../care/plan-kinds.ts";
import { findingCodes, findingSeverities } from "../care/prescription-checks.ts";
import { prescriptionSchema, prescriptionTextSchema, reviewSchema } from "../care/prescription-parts.ts";
import {
  appointmentSchema,
  outcomes,
  referralLetterSchema,
  referralSchema,
  referralStates,
  rejections,
} from "../care/referral-parts.ts";
import { talkSchema, talkWays } from "../care/talk.ts";
import { taskSchema } from "../care/tasks.ts";
import { outcomeCodes } from "../domain/calls.ts";
import { declared } from "./errors.ts";

/**
 * What a consultation leaves behind, as the desk writes and sees it. Who and when are the hub's to say, and what is signed is
 * signed with the caller's own open key (`sign.locked` while it is closed).
 */

const id = z.uuid();
const words = z.string().trim().min(1).max(1_000);
const common = ["care.notNow", "care.notYours", "care.unknown", "care.noRelation", "store.failed"] as const;
export const failures = declared(
  ...common,
  "care.reasonMissing",
  "care.samePerson",
  "care.expired",
  "care.findings",
  "care.noEvidence",
  "care.tooLate",
  "care.changed",
  "sign.locked",
);
const kind = <K extends string>(name: K) => ({ kind: z.literal(name) });

export const findingSchema = z.strictObject({
  code: z.enum(findingCodes),
  severity: z.enum(findingSeverities),
  items: z.array(z.int().nonnegative()),
  about: z.string().optional(),
});

/** As the doctor wrote it; the hub adds doctor, revision and the version of the list. */
export const prescriptionDraftSchema = prescriptionTextSchema.omit({ revision: true, doctor: true, catalogue: true });
export type PrescriptionDraft = z.infer<typeof prescriptionDraftSchema>;
/** The hub adds the referring doctor. */
export const referralDraftSchema = referralLetterSchema.omit({ from: true });
const prescriptionAnswer = z.strictObject({ prescription: prescriptionSchema, findings: z.array(findingSchema) });

export const drugContract = {
  /** The whole list, to be looked through at the desk. */
  list: oc.output(
    z.strictObject({
      version: z.string(),
      specimen: z.boolean(),
      drugs: z.array(drugSchema),
      interactions: z.array(interactionSchema),
    }),
  ),
} as const;

export const prescriptionContract = {
  /** Judges a draft and keeps nothing. */
  check: oc.input(prescriptionDraftSchema).output(z.array(findingSchema)).errors(declared("care.noRelation")),
  /** The first time a draft; again with the same id before it is signed, or after it came back, another revision. */
  write: oc.input(prescriptionDraftSchema).output(prescriptionAnswer).errors(failures),
  /** `care.findings`: something stops it, or a warning has no reason. */
  sign: oc.input(z.strictObject({ id })).output(prescriptionAnswer).errors(failures),
  review: oc
    .input(reviewSchema.omit({ signed: true }))
    .output(prescriptionAnswer)
    .errors(failures),
  change: oc
    .input(
      z.strictObject({
        id,
        input: z.discriminatedUnion("kind", [
          z.strictObject({ ...kind("extend"), days: z.int().min(2).max(3) }),
          z.strictObject({ ...kind("void"), reason: words }),
        ]),
      }),
    )
    .output(prescriptionAnswer)
    .errors(failures),
  dispense: oc
    .input(z.strictObject({ id, lots: z.array(z.strictObject({ drug: z.string(), lot: words })).min(1) }))
    .output(prescriptionAnswer)
    .errors(failures),
  /** Those that wait for somebody of the caller's institution, the longest waiting first. */
  watch: oc.output(eventIterator(z.array(prescriptionAnswer))),
} as const;

const monthCounts = z.strictObject({
  sent: z.int(),
  arrived: z.int(),
  closed: z.int(),
  checkedInTime: z.int(),
  toCheck: z.int(),
});
const standing = z.record(z.enum(referralStates), z.int().nonnegative());

export const referralContract = {
  draft: oc.input(referralDraftSchema).output(referralSchema).errors(failures),
  /** Signed and sent in one. */
  sign: oc.input(z.strictObject({ id })).output(referralSchema).errors(failures),
  move: oc
    .input(
      z.strictObject({
        id,
        input: z.discriminatedUnion("kind", [
          z.strictObject({ ...kind("accept"), appointment: appointmentSchema }),
          z.strictObject({
            ...kind("reject"),
            reason: z.enum(rejections),
            detail: words,
            alternative: words.optional(),
          }),
          z.strictObject({ ...kind("arrive") }),
          z.strictObject({ ...kind("notArrive") }),
          z.strictObject({ ...kind("rebook"), appointment: appointmentSchema }),
          z.strictObject({ ...kind("redirect"), to: referralLetterSchema.shape.to, summary: words.optional() }),
          z.strictObject({ ...kind("treat") }),
          z.strictObject({ ...kind("receive") }),
          z.strictObject({ ...kind("check"), outcome: z.enum(outcomes), detail: words.optional() }),
          z.strictObject({
            ...kind("withdraw"),
            reason: z.enum(["refused", "died", "moved", "mistake"]),
            detail: words,
          }),
        ]),
      }),
    )
    .output(referralSchema)
    .errors(failures),
  /** The letter back, signed. */
  return: oc
    .input(z.strictObject({ id, back: words }))
    .output(referralSchema)
    .errors(failures),
  /** The board: every open referral from or to the caller's institution. */
  watch: oc.output(eventIterator(z.array(referralSchema))),
  /** `month`: `YYYY-MM` on the wall. Of all institutions; never by person. */
  counts: oc.input(z.strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) })).output(
    z.strictObject({
      up: monthCounts,
      down: monthCounts,
      /** How many stand in each state now, whatever the month. */
      standing: z.strictObject({ up: standing, down: standing }),
    }),
  ),
} as const;

export const followUpContract = {
  /** Where one is open already, this one joins it. */
  plan: oc
    .input(followUpPlanSchema.omit({ doctor: true, village: true }))
    .output(followUpSchema)
    .errors(failures),
  move: oc
    .input(
      z.strictObject({
        id,
        input: z.discriminatedUnion("kind", [
          z.strictObject({ ...kind("try"), how: z.enum(["phone", "message", "home"]), answered: z.boolean() }),
          z.strictObject({ ...kind("reading"), measurements: z.array(id).min(1) }),
          z.strictObject({ ...kind("setAside"), detail: words }),
          z.strictObject({ ...kind("lose"), reason: z.enum(lostReasons), detail: words }),
          z.strictObject({ ...kind("end"), why: z.enum(["died", "moved"]) }),
        ]),
      }),
    )
    .output(followUpSchema)
    .errors(failures),
  /** The doctor's fields, signed: only this makes it a follow-up. */
  complete: oc
    .input(z.strictObject({ id, form: followUpFormSchema }))
    .output(followUpSchema)
    .errors(failures),
  watch: oc.output(eventIterator(z.array(followUpSchema))),
} as const;

/** The hub adds who signs it. */
export const planDraftSchema = planTextSchema.omit({ doctor: true });
export type PlanWish = z.infer<typeof planDraftSchema>;

export const planContract = {
  draft: oc.input(planDraftSchema).output(planSchema).errors(failures),
  change: oc.input(planDraftSchema).output(planSchema).errors(failures),
  /** Signed, and the version in force until now gives way to it in the same moment. */
  approve: oc.input(z.strictObject({ id })).output(planSchema).errors(failures),
  /** A draft that nobody wants is dropped by one without `again`. */
  review: oc
    .input(
      z.strictObject({
        id,
        reached: z.array(z.enum(goalKinds)),
        again: z.iso.date().optional(),
        reason: words.optional(),
      }),
    )
    .output(planSchema)
    .errors(failures),
} as const;

export const dangerContract = {
  move: oc
    .input(
      z.strictObject({
        id,
        input: z.discriminatedUnion("kind", [
          z.strictObject({ ...kind("answer"), outcome: z.enum(outcomeCodes), detail: words, referral: id.optional() }),
          z.strictObject({
            ...kind("check"),
            found: z.enum(["well", "treated", "unchanged", "died", "notFound"]),
            detail: words,
          }),
        ]),
      }),
    )
    .output(dangerSchema)
    .errors(failures),
} as const;

export const talkContract = {
  /** Somebody told the resident, or talked with them; `detail`: what was said. */
  done: oc
    .input(z.strictObject({ id, how: z.enum(talkWays).exclude(["station"]), detail: words }))
    .output(talkSchema)
    .errors(failures),
  /** What one such task is about: the sentences that wait, and who opened the record. */
  about: oc.input(z.strictObject({ id })).output(messageLeftSchema).errors(failures),
} as const;

export const taskContract = {
  /** What the caller or the caller's institution owes, the most overdue first. The whole list on every change. */
  watch: oc.output(eventIterator(z.array(taskSchema))),
  read: oc
    .input(z.strictObject({ task: z.string() }))
    .output(taskSchema)
    .errors(declared(...common)),
  /** To a colleague of the same institution. */
  hand: oc
    .input(z.strictObject({ task: z.string(), to: z.string() }))
    .output(taskSchema)
    .errors(declared(...common)),
} as const;

export const residentContract = {
  /** Everything on record of a resident in the caller's care. */
  records: oc
    .input(z.strictObject({ resident: z.string() }))
    .output(
      z.strictObject({
        prescriptions: z.array(prescriptionSchema),
        referrals: z.array(referralSchema),
        followUps: z.array(followUpSchema),
        dangers: z.array(dangerSchema),
        plans: z.array(planSchema),
        messages: z.array(z.strictObject({ message: messageLeftSchema, told: z.string().optional() })),
      }),
    )
    .errors(declared("care.noRelation")),
  /** Sentences for the next visit at a station. */
  tell: oc
    .input(messageLeftSchema.omit({ from: true, at: true }))
    .output(messageLeftSchema)
    .errors(declared(...common)),
} as const;
