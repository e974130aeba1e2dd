import { z } from "zod";
import { missingCase } from "../domain/missing-case.ts";
import { dayOf, startOf } from "../quality/local-day.ts";
import { workingDaysLater, type Calendar } from "./hours.ts";
import { moved, no, type Moved, type Ways } from "./machine.ts";
import { daysLater, nextFollowUp, type Standing } from "./schedule.ts";
import { signatureSchema } from "./signed.ts";
import { ownerSchema, type Step } from "./tasks.ts";

/**
 * The personal intervention plan (product A-80): goals, tasks and a day of review, drafted from rules, changed as the doctor
 * likes, and a plan only once a doctor has signed it. Moments: milliseconds since 1970 UTC; days on the wall.
 */
export const goalKinds = [
  "pressureBelow140",
  "pressureBelow150",
  "pressureBelow130",
  "fastingGlucoseBelow7",
  "weightDown5Percent",
  "bmiBelow24",
  "waistDown",
  "lipidsAtTarget",
  "noSmoking",
  "noAlcohol",
] as const;
export const planTaskKinds = [
  "measurePressureWeekly",
  "measurePressureDaily",
  "measureGlucoseWeekly",
  "weighWeekly",
  "saltBelow5",
  "walk30",
  "takeMedicine",
  "stopSmoking",
  "footCheck",
  "comeToStation",
  "yearlyCheck",
] as const;
export type GoalKind = (typeof goalKinds)[number];
export type PlanTaskKind = (typeof planTaskKinds)[number];

const by = { by: z.string().min(1), at: z.number() } as const;
const moment = z.number();
const words = z.string().trim().min(1).max(1_000);

export const planTextSchema = z.strictObject({
  id: z.uuid(),
  resident: z.string().min(1),
  station: z.string().optional(),
  doctor: ownerSchema,
  goals: z.array(z.enum(goalKinds)).min(1),
  tasks: z.array(z.enum(planTaskKinds)).min(1),
  review: z.iso.date(),
  /** The doctor's own words, beside the catalogue's. */
  note: words.optional(),
  /** The referral down, opinion or follow-up it comes from. */
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
]);
export type PlanInput = z.infer<typeof planInputSchema>;

export const planStates = ["drafted", "approved", "closed"] as const;
export type PlanState = (typeof planStates)[number];
export const planSchema = planTextSchema.extend({
  state: z.enum(planStates),
  since: moment,
  signature: signatureSchema.optional(),
  reviews: z.array(
    z.strictObject({ at: moment, by: z.string(), reached: z.array(z.enum(goalKinds)), reason: words.optional() }),
  ),
});
export type Plan = z.infer<typeof planSchema>;

/** What the rules look at. */
export interface PlanFacts {
  readonly ageYears: number;
  readonly standings: readonly Standing[];
  readonly bmi?: number;
  readonly smokes: boolean;
  readonly drinks: boolean;
}

interface PlanRule {
  readonly when: (facts: PlanFacts) => boolean;
  readonly goals: readonly GoalKind[];
  readonly tasks: readonly PlanTaskKind[];
}
const has = (programme: Standing["programme"]) => (facts: PlanFacts) =>
  facts.standings.some((standing) => standing.programme === programme);
const missed = (programme: Standing["programme"]) => (facts: PlanFacts) =>
  facts.standings.some(
    (one) => one.programme === programme && one.control !== "controlled" && one.control !== "stable",
  );

/** Targets of NBPHS3 (65+: < 150/90) and HTN2025 (diabetes: < 130/80); weight: overweight from BMI 24 (China). */
const rules: readonly PlanRule[] = [
  { when: (f) => has("hypertension")(f) && has("diabetes")(f), goals: ["pressureBelow130"], tasks: [] },
  {
    when: (f) => has("hypertension")(f) && !has("diabetes")(f) && f.ageYears < 65,
    goals: ["pressureBelow140"],
    tasks: [],
  },
  {
    when: (f) => has("hypertension")(f) && !has("diabetes")(f) && f.ageYears >= 65,
    goals: ["pressureBelow150"],
    tasks: [],
  },
  { when: has("hypertension"), goals: [], tasks: ["takeMedicine", "saltBelow5", "measurePressureWeekly"] },
  { when: missed("hypertension"), goals: [], tasks: ["measurePressureDaily"] },
  {
    when: has("diabetes"),
    goals: ["fastingGlucoseBelow7"],
    tasks: ["takeMedicine", "measureGlucoseWeekly", "footCheck"],
  },
  { when: (f) => (f.bmi ?? 0) >= 24, goals: ["weightDown5Percent"], tasks: ["weighWeekly", "walk30"] },
  { when: (f) => f.smokes, goals: ["noSmoking"], tasks: ["stopSmoking"] },
  { when: (f) => f.drinks, goals: ["noAlcohol"], tasks: [] },
  { when: (f) => f.ageYears >= 65, goals: [], tasks: ["yearlyCheck"] },
  { when: () => true, goals: [], tasks: ["comeToStation"] },
];

/**
 * A draft from the rules, to be looked at by a doctor: never more than a draft. Undefined where no rule has a goal. The review
 * is the next follow-up's day, or in twelve weeks.
 */
export function draftPlan(facts: PlanFacts, today: string): Pick<PlanText, "goals" | "tasks" | "review"> | undefined {
  const fitting = rules.filter(({ when }) => when(facts));
  const goals = [...new Set(fitting.flatMap((rule) => rule.goals))];
  if (goals.length === 0) return undefined;
  const tasks = [...new Set(fitting.flatMap((rule) => rule.tasks))];
  return { goals, tasks, review: nextFollowUp(today, facts.standings)?.day ?? daysLater(today, 84) };
}

const ways: Ways<PlanState, PlanInput["kind"]> = {
  drafted: { change: "drafted", approve: "approved" },
  // A changed plan is a draft again: what was signed is another text.
  approved: { change: "drafted", review: "approved" },
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

/** Codes: `care.notNow`; `care.changed` (the change is of another plan); `care.tooLate` (a review in the past); `care.reasonMissing` (ended without one). */
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
      if (again <= today) return no("care.tooLate");
      return moved({ ...next, review: again, reviews });
    }
    default:
      return missingCase(input);
  }
}

export function planSteps({ state, since, doctor, review }: Plan, calendar: Calendar): readonly Step[] {
  switch (state) {
    case "drafted":
      return [{ kind: "plan.approve", owner: doctor, since, due: workingDaysLater(since, 2, calendar) }];
    case "approved":
      return [
        { kind: "plan.review", owner: doctor, since, due: Math.max(since, startOf(review, calendar.zoneMinutes, 1)) },
      ];
    case "closed":
      return [];
    default:
      return missingCase(state);
  }
}
