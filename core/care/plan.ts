import { z } from "zod";
import { missingCase } from "../domain/missing-case.ts";
import { dayOf, startOf } from "../quality/local-day.ts";
import { workingDaysLater, type Calendar } from "./hours.ts";
import { moved, no, type Moved, type Ways } from "./machine.ts";
import { goalKinds, mostGoals, mostPlanTasks, planTaskKinds } from "./plan-kinds.ts";
import { signatureSchema } from "./signed.ts";
import { ownerSchema, type Step } from "./tasks.ts";

/**
 * The personal intervention plan (product A-80): goals, tasks and a day of review, drafted from rules, changed as the doctor
 * likes, and a plan only once a doctor has signed it. Moments: milliseconds since 1970 UTC; days on the wall.
 */
const by = { by: z.string().min(1), at: z.number() } as const;
const moment = z.number();
const words = z.string().trim().min(1).max(1_000);

export const planTextSchema = z.strictObject({
  id: z.uuid(),
  resident: z.string().min(1),
  station: z.string().optional(),
  doctor: ownerSchema,
  goals: z.array(z.enum(goalKinds)).min(1).max(mostGoals),
  tasks: z.array(z.enum(planTaskKinds)).min(1).max(mostPlanTasks),
  review: z.iso.date(),
  /** The doctor's own words, beside the catalogue's. */
  note: words.optional(),
  /** The plan that this one follows; or the referral down, opinion or follow-up it comes from. */
  after: z.string().optional(),
});
export type PlanText = z.infer<typeof planTextSchema>;

export const planInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("change"), ...by, text: planTextSchema }),
  z.strictObject({ kind: z.literal("approve"), ...by, signature: signatureSchema }),
  z.strictObject({
    kind: z.literal("review"),
    ...by,
    reached: z.array(z.enum(goalKinds)),
    /** The plan goes on until that day; without one it is over, with the reason. */
    again: z.iso.date().optional(),
    reason: words.optional(),
  }),
  /** Another version was signed. */
  z.strictObject({ kind: z.literal("replace"), ...by, next: z.uuid() }),
]);
export type PlanInput = z.infer<typeof planInputSchema>;

export const planStates = ["drafted", "approved", "closed"] as const;
export type PlanState = (typeof planStates)[number];
export const planSchema = planTextSchema.extend({
  state: z.enum(planStates),
  since: moment,
  signature: signatureSchema.optional(),
  /** The day of the next review, after one was held; before it, as signed. */
  again: z.iso.date().optional(),
  /** The version that stands in its place. */
  replacedBy: z.uuid().optional(),
  reviews: z.array(
    z.strictObject({ at: moment, by: z.string(), reached: z.array(z.enum(goalKinds)), reason: words.optional() }),
  ),
});
export type Plan = z.infer<typeof planSchema>;

const ways: Ways<PlanState, PlanInput["kind"]> = {
  drafted: { change: "drafted", approve: "approved", review: "closed", replace: "closed" },
  // What was signed is never changed; another version follows it.
  approved: { review: "approved", replace: "closed" },
  closed: {},
};

export function openPlan(text: PlanText, at: number): Plan {
  return { ...text, state: "drafted", since: at, reviews: [] };
}

/** What is signed: without anything that happened to it. */
export function planTextOf({ id, resident, station, doctor, goals, tasks, review, note, after }: Plan): PlanText {
  return {
    id,
    resident,
    ...(station === undefined ? {} : { station }),
    doctor,
    goals,
    tasks,
    review,
    ...(note === undefined ? {} : { note }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Codes: `care.notNow`; `care.changed` (the change is of another plan); `care.tooLate` (a review in the past); `care.reasonMissing` (ended, or a draft dropped, without one). */
export function movePlan(record: Plan, input: PlanInput, { zoneMinutes }: Calendar): Moved<Plan> {
  const state = ways[record.state][input.kind];
  if (state === undefined) return no("care.notNow");
  const { at, by } = input;
  const today = dayOf(at, zoneMinutes);
  const next: Plan = { ...record, state, since: at };
  switch (input.kind) {
    case "change": {
      const { text } = input;
      if (text.id !== record.id || text.resident !== record.resident) return no("care.changed");
      if (text.review < today) return no("care.tooLate");
      return moved({ ...text, state, since: at, reviews: record.reviews });
    }
    case "approve":
      if (record.review < today) return no("care.tooLate");
      return moved({ ...next, signature: input.signature });
    case "review": {
      const { reached, again, reason } = input;
      const reviews = [...record.reviews, { at, by, reached, ...(reason === undefined ? {} : { reason }) }];
      if (again === undefined) {
        return reason === undefined ? no("care.reasonMissing") : moved({ ...next, state: "closed", reviews });
      }
      // A draft is only ever dropped.
      if (record.state === "drafted") return no("care.notNow");
      if (again <= today) return no("care.tooLate");
      return moved({ ...next, again, reviews });
    }
    case "replace":
      return moved({ ...next, replacedBy: input.next });
    default:
      return missingCase(input);
  }
}

/** When it is looked at next; what was signed is not touched by a review. */
export const reviewDay = ({ again, review }: Pick<Plan, "again" | "review">): string => again ?? review;

export function planSteps(plan: Plan, calendar: Calendar): readonly Step[] {
  const { state, since, doctor } = plan;
  switch (state) {
    case "drafted":
      return [{ kind: "plan.approve", owner: doctor, since, due: workingDaysLater(since, 2, calendar) }];
    case "approved":
      return [
        {
          kind: "plan.review",
          owner: doctor,
          since,
          due: Math.max(since, startOf(reviewDay(plan), calendar.zoneMinutes, 1)),
        },
      ];
    case "closed":
      return [];
    default:
      return missingCase(state);
  }
}
