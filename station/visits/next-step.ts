import type { VisitView } from "../../core/contract/views.ts";
import { dayMs, dayOf, type Moment } from "../../core/quality/local-day.ts";
import type { NextChoice } from "../../core/journal/visit-bodies.ts";
import { nextStepOf, type FollowUpOwner } from "../../core/rules/next-step.ts";

export interface StepTaken {
  readonly action: string;
  /** Local day; absent where nothing is owed. */
  readonly due?: string;
  /** Who sees to it until it is done: never nobody. */
  readonly owner: FollowUpOwner;
}

type Judged = Pick<VisitView, "overall" | "results" | "triage" | "risk">;

/**
 * What is owed after a choice, by the rules' table of actions. What is put off is owed by the same day; a doctor of today who
 * is declined becomes the family doctor's task of today.
 */
export function stepTaken(view: Judged, choice: NextChoice, { now, zoneMinutes }: Moment): StepTaken {
  const { overall, results, triage, risk } = view;
  const findings = [
    ...results.flatMap(({ assessments }) => assessments),
    ...(triage ? [triage] : []),
    ...(risk ? [risk] : []),
  ];
  // A visit without results owes nothing.
  const summary = overall ?? { severity: 0, action: "SHOW_ONLY" };
  const { action, withinDays, owner } = nextStepOf(summary, findings);
  const day = (days: number): string => dayOf(now + days * dayMs, zoneMinutes);
  if (choice === "callNow") return { action, due: day(0), owner: "dutyDoctor" };
  if (choice === "declined" && summary.severity >= 3) return { action, due: day(0), owner: "familyDoctor" };
  return { action, ...(withinDays === undefined ? {} : { due: day(withinDays) }), owner };
}
