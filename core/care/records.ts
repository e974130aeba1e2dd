import { z } from "zod";
import { missingCase } from "../domain/missing-case.ts";
import {
  contractInputSchema,
  contractSteps,
  contractTextSchema,
  moveContract,
  openContract,
  type Contract,
} from "./contract.ts";
import { dangerInputSchema, dangerReportSchema, dangerSteps, moveDanger, raiseDanger, type Danger } from "./danger.ts";
import {
  followUpInputSchema,
  followUpPlanSchema,
  followUpSteps,
  moveFollowUp,
  planFollowUp,
  type FollowUp,
} from "./follow-up.ts";
import type { Calendar } from "./hours.ts";
import { no, type Moved } from "./machine.ts";
import { movePlan, openPlan, planInputSchema, planSteps, planTextSchema, type Plan } from "./plan.ts";
import { movePrescription, prescriptionSteps, writePrescription } from "./prescription.ts";
import { prescriptionInputSchema, prescriptionTextSchema, type Prescription } from "./prescription-parts.ts";
import { draftReferral, moveReferral, referralSteps } from "./referral.ts";
import { referralInputSchema, referralLetterSchema, type Referral } from "./referral-parts.ts";
import { moveTalk, openTalk, talkInputSchema, talkSteps, talkTextSchema, type Talk } from "./talk.ts";
import type { Step } from "./tasks.ts";
import { moveWish, openWish, wishInputSchema, wishSteps, wishTextSchema, type Wish } from "./wish.ts";

/** Every kind of record behind one door: opened once, moved by inputs, waiting for steps. What is kept is folded from entries. */
export type CareRecord =
  | { readonly kind: "prescription"; readonly record: Prescription }
  | { readonly kind: "referral"; readonly record: Referral }
  | { readonly kind: "followUp"; readonly record: FollowUp }
  | { readonly kind: "danger"; readonly record: Danger }
  | { readonly kind: "plan"; readonly record: Plan }
  | { readonly kind: "wish"; readonly record: Wish }
  | { readonly kind: "talk"; readonly record: Talk }
  | { readonly kind: "contract"; readonly record: Contract };

const opened = { at: z.number(), by: z.string().min(1) } as const;
export const careOpeningSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("prescription"), ...opened, text: prescriptionTextSchema }),
  z.strictObject({ kind: z.literal("referral"), ...opened, text: referralLetterSchema }),
  z.strictObject({ kind: z.literal("followUp"), ...opened, text: followUpPlanSchema }),
  z.strictObject({ kind: z.literal("danger"), ...opened, text: dangerReportSchema }),
  z.strictObject({ kind: z.literal("plan"), ...opened, text: planTextSchema }),
  z.strictObject({ kind: z.literal("talk"), ...opened, text: talkTextSchema }),
  z.strictObject({ kind: z.literal("wish"), ...opened, text: wishTextSchema }),
  z.strictObject({ kind: z.literal("contract"), ...opened, text: contractTextSchema }),
]);
export type CareOpening = z.infer<typeof careOpeningSchema>;

export const careMoveSchema = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("prescription"), id: z.uuid(), input: prescriptionInputSchema }),
  z.strictObject({ of: z.literal("referral"), id: z.uuid(), input: referralInputSchema }),
  z.strictObject({ of: z.literal("followUp"), id: z.uuid(), input: followUpInputSchema }),
  z.strictObject({ of: z.literal("danger"), id: z.uuid(), input: dangerInputSchema }),
  z.strictObject({ of: z.literal("plan"), id: z.uuid(), input: planInputSchema }),
  z.strictObject({ of: z.literal("talk"), id: z.uuid(), input: talkInputSchema }),
  z.strictObject({ of: z.literal("wish"), id: z.uuid(), input: wishInputSchema }),
  z.strictObject({ of: z.literal("contract"), id: z.uuid(), input: contractInputSchema }),
]);
export type CareMove = z.infer<typeof careMoveSchema>;

export function openRecord(opening: CareOpening): CareRecord {
  const { at } = opening;
  switch (opening.kind) {
    case "prescription":
      return { kind: "prescription", record: writePrescription(opening.text, at) };
    case "referral":
      return { kind: "referral", record: draftReferral(opening.text, opening.by, at) };
    case "followUp":
      return { kind: "followUp", record: planFollowUp(opening.text, at) };
    case "danger":
      return { kind: "danger", record: raiseDanger(opening.text, at) };
    case "plan":
      return { kind: "plan", record: openPlan(opening.text, at) };
    case "talk":
      return { kind: "talk", record: openTalk(opening.text, at) };
    case "wish":
      return { kind: "wish", record: openWish(opening.text, at) };
    case "contract":
      return { kind: "contract", record: openContract(opening.text, at) };
    default:
      return missingCase(opening);
  }
}

const wrap = <K extends CareRecord["kind"], R>(kind: K, answer: Moved<R>) =>
  answer.ok ? ({ ok: true, record: { kind, record: answer.record } } as const) : answer;

/** `care.unknown` where the move is of another kind than the record; otherwise as the record's own machine answers. */
export function moveRecord(there: CareRecord, move: CareMove, calendar: Calendar): Moved<CareRecord> {
  if (there.kind === "prescription" && move.of === "prescription")
    return wrap("prescription", movePrescription(there.record, move.input, calendar));
  if (there.kind === "referral" && move.of === "referral")
    return wrap("referral", moveReferral(there.record, move.input));
  if (there.kind === "followUp" && move.of === "followUp")
    return wrap("followUp", moveFollowUp(there.record, move.input, calendar));
  if (there.kind === "danger" && move.of === "danger") return wrap("danger", moveDanger(there.record, move.input));
  if (there.kind === "plan" && move.of === "plan") return wrap("plan", movePlan(there.record, move.input, calendar));
  if (there.kind === "talk" && move.of === "talk") return wrap("talk", moveTalk(there.record, move.input));
  if (there.kind === "wish" && move.of === "wish") return wrap("wish", moveWish(there.record, move.input, calendar));
  if (there.kind === "contract" && move.of === "contract")
    return wrap("contract", moveContract(there.record, move.input));
  return no("care.unknown");
}

/** What the record waits for; empty only at its end. */
export function stepsOf(there: CareRecord, calendar: Calendar): readonly Step[] {
  switch (there.kind) {
    case "prescription":
      return prescriptionSteps(there.record, calendar);
    case "referral":
      return referralSteps(there.record, calendar);
    case "followUp":
      return followUpSteps(there.record, calendar);
    case "danger":
      return dangerSteps(there.record);
    case "plan":
      return planSteps(there.record, calendar);
    case "talk":
      return talkSteps(there.record, calendar);
    case "wish":
      return wishSteps(there.record, calendar);
    case "contract":
      return contractSteps(there.record, calendar);
    default:
      return missingCase(there);
  }
}

/** States in which nothing more is owed. A withdrawn urgent referral still owes its look-up, and says so in `stepsOf`. */
export const endStates: Readonly<Record<CareRecord["kind"], readonly string[]>> = {
  prescription: ["dispensed", "void"],
  referral: ["followedUp", "withdrawn"],
  followUp: ["done", "lost", "ended"],
  danger: ["checked"],
  plan: ["closed"],
  talk: ["done"],
  wish: ["declined", "done"],
  // One that stands owes nothing by itself: what the doctor does is a record of its own.
  contract: ["active", "declined", "ended", "changed", "expired"],
};
