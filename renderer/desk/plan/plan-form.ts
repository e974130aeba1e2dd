import { z } from "zod";
import { planDraftSchema, type PlanWish } from "../../../core/contract/hub-care.ts";
import type { History } from "../../../core/contract/hub-history.ts";
import type { Plan } from "../../../core/care/plan.ts";
import { draftPlan, seenIn, type PlanDraft } from "../../../core/care/plan-draft.ts";
import { goalKinds, planTaskKinds } from "../../../core/care/plan-kinds.ts";
import type { Standing } from "../../../core/care/schedule.ts";
import type { Records } from "../resident/timeline.ts";

/** A plan being written, as it stands in the fields; its id is made with it, so that what is sent again is the same plan. */
export const planFormSchema = z.strictObject({
  id: z.uuid(),
  goals: z.array(z.enum(goalKinds)),
  tasks: z.array(z.enum(planTaskKinds)),
  /** Empty: not chosen. */
  review: z.string(),
  note: z.string(),
});
export type PlanForm = z.infer<typeof planFormSchema>;

/** The one that is being worked on: a draft, else what is in force. */
export function presentPlan(plans: readonly Plan[]): Plan | undefined {
  const newest = plans.toSorted((one, other) => other.since - one.since);
  return newest.find(({ state }) => state === "drafted") ?? newest.find(({ state }) => state === "approved");
}

/** How it stood at the last follow-up that somebody signed. */
export function standingsOf(followUps: Records["followUps"]): readonly Standing[] {
  const last = followUps.filter(({ form }) => form !== undefined).toSorted((one, other) => other.since - one.since)[0];
  return last?.form?.standings ?? [];
}

/** What the rules draft out of a resident's own numbers; undefined: they ask for nothing. */
export function draftFor(
  person: { readonly birthYear: number; readonly sex: "female" | "male" } | undefined,
  known: { readonly history: Pick<History, "visits">; readonly followUps: Records["followUps"] },
  today: string,
): PlanDraft | undefined {
  return draftPlan(
    {
      // Nobody's age: the rules for the old ask for nothing then.
      ageYears: person === undefined ? 0 : Number(today.slice(0, 4)) - person.birthYear,
      ...(person === undefined ? {} : { sex: person.sex }),
      standings: standingsOf(known.followUps),
      seen: seenIn(known.history.visits),
      smokes: false,
      drinks: false,
    },
    today,
  );
}

export const formOfPlan = ({ id, goals, tasks, review, again, note = "" }: Plan): PlanForm => ({
  id,
  goals: [...goals],
  tasks: [...tasks],
  review: again ?? review,
  note,
});

export type PlanMissing = "goals" | "tasks" | "review";
export function missingOf({ goals, tasks, review }: PlanForm): PlanMissing | undefined {
  if (goals.length === 0) return "goals";
  if (tasks.length === 0) return "tasks";
  return review === "" ? "review" : undefined;
}

/** What goes to the hub; undefined while it is not whole. */
export function wishOf(
  { note, ...form }: PlanForm,
  about: { readonly resident: string; readonly station?: string | undefined; readonly after?: string | undefined },
): PlanWish | undefined {
  const { resident, station, after } = about;
  const read = planDraftSchema.safeParse({
    ...form,
    resident,
    ...(station === undefined ? {} : { station }),
    ...(after === undefined ? {} : { after }),
    ...(note.trim() === "" ? {} : { note }),
  });
  return read.success ? read.data : undefined;
}
