import type { PersonActionCode } from "./assessment.ts";

/**
 * What can follow from a visit. `emergency`: 120 and the alarm; `repeat`: measure again now; the others as in the journal's
 * `nextStep.chosen`.
 */
export const followUps = ["emergency", "callNow", "book", "homeSeries", "comeBack", "repeat", "none"] as const;
export type FollowUp = (typeof followUps)[number];

/** Who sees to it until it is done; nothing is without one. */
export const followUpOwners = ["dutyDoctor", "familyDoctor", "stationStaff", "resident"] as const;
export type FollowUpOwner = (typeof followUpOwners)[number];

export interface NextStepOffer {
  readonly action: PersonActionCode;
  /** What is offered first. */
  readonly does: FollowUp;
  /** What remains where that is declined; `none` where nothing is owed. */
  readonly declined: FollowUp;
  /** By when, days from today; 0 is today. Absent: now, or never. */
  readonly withinDays?: number;
  readonly owner: FollowUpOwner;
}

/** An assessment, as it was judged or as it came out of the journal. */
interface Asked {
  readonly severity: number;
  readonly action: string;
}

type Row = Omit<NextStepOffer, "action">;

const book = (withinDays: number): Row => ({
  does: "book",
  declined: "comeBack",
  withinDays,
  owner: "familyDoctor",
});
const come = (withinDays: number, owner: FollowUpOwner): Row => ({
  does: "comeBack",
  declined: "none",
  withinDays,
  owner,
});

/**
 * Days by the table of action codes (rules.md §0.3) and §10: a declined call of severity 3 is the family doctor's task of the
 * same day. Seven days to the next measurement, and who owns what: P.
 */
const rows: Readonly<Record<PersonActionCode, Row>> = {
  ROUTINE: come(365, "resident"),
  SHOW_ONLY: { does: "none", declined: "none", owner: "resident" },
  CLASSIFY: { does: "none", declined: "none", owner: "stationStaff" },
  FOLLOWUP_3M: come(90, "familyDoctor"),
  LIFESTYLE: come(182, "resident"),
  RECHECK_DAYS: come(7, "resident"),
  REJECT: { does: "repeat", declined: "none", owner: "stationStaff" },
  REPEAT_NOW: { does: "repeat", declined: "comeBack", withinDays: 7, owner: "stationStaff" },
  DOCTOR_4W: book(28),
  DOCTOR_2W: book(14),
  DOCTOR_1W: book(7),
  DOCTOR_3D: book(3),
  REFER_UP: book(14),
  DOCTOR_TODAY: { does: "callNow", declined: "book", withinDays: 0, owner: "familyDoctor" },
  HYPO_TREAT_NOW: { does: "callNow", declined: "repeat", withinDays: 0, owner: "dutyDoctor" },
  EMERGENCY_120: { does: "emergency", declined: "callNow", withinDays: 0, owner: "dutyDoctor" },
};

/** A person with a risk factor comes back in half a year instead of a whole one (rules.md §0.3). */
const routineWithRiskDays = 182;

const isAction = (action: string): action is PersonActionCode => Object.hasOwn(rows, action);

/**
 * What the visit's summary asks for. `findings`: those it was made of; they say whose action it is, because days of
 * measuring mean a home series after a pressure. An action that is not a person's asks for nothing.
 */
export function nextStepOf(
  summary: Asked,
  findings: readonly (Asked & { readonly domain: string })[],
  hasRiskFactor = false,
): NextStepOffer {
  const action: PersonActionCode = isAction(summary.action) ? summary.action : "SHOW_ONLY";
  const row = rows[action];
  const ofPressure = findings.some(
    (one) => one.domain === "bp" && one.action === summary.action && one.severity === summary.severity,
  );
  if (action === "RECHECK_DAYS" && ofPressure) return { action, ...row, does: "homeSeries", declined: "comeBack" };
  // What is provisional and orange is not left to a repeat that does not come.
  if (action === "REPEAT_NOW" && summary.severity >= 3) return { action, ...row, declined: "callNow", withinDays: 0 };
  if (action === "ROUTINE" && hasRiskFactor) return { action, ...row, withinDays: routineWithRiskDays };
  return { action, ...row };
}
