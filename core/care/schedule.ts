import { dayMs, dayOf, startOf } from "../quality/local-day.ts";

/**
 * When somebody is seen again (service.md §3): a table of rules, and the earlier of the rule's date and the doctor's. Days are
 * `YYYY-MM-DD` on the wall.
 */
export const programmes = [
  "hypertension",
  "diabetes",
  "copd",
  "elder",
  "screening",
  "urgentReferral",
  "discharge",
  "conference",
] as const;
export type Programme = (typeof programmes)[number];

export const controls = [
  "controlled",
  "firstMiss",
  "sideEffect",
  "notAtTarget",
  "secondMiss",
  "sideEffectStays",
  "complication",
  "suspected",
  "highNormal",
  "normalAtRisk",
  "normal",
  "stable",
  "open",
  "settled",
] as const;
export type Control = (typeof controls)[number];

/** How it stands with one programme of a person, as the doctor found it at the last follow-up. */
export interface Standing {
  readonly programme: Programme;
  readonly control: Control;
}

export interface Rule {
  /** At the latest so many days after the last one; `never`: it is over by the doctor's own word. */
  readonly days: number | "never";
  /** Also refer up, and look up the outcome within two weeks. */
  readonly refer: boolean;
  readonly source: string;
}

/**
 * "At least four a year, three months apart at most": planned after 12 weeks, so that also the last day of the window (7 days
 * later) lies within three months and four fit into a year.
 */
const quarter = 84;
const rule = (days: Rule["days"], source: string, refer = false): Rule => ({ days, refer, source });
const twoWeeks = rule(14, "NBPHS3 A");
const referred = rule(14, "NBPHS3 A", true);
const settled = rule("never", "P");

const table: Readonly<Record<Programme, Readonly<Partial<Record<Control, Rule>>>>> = {
  hypertension: {
    controlled: rule(quarter, "NBPHS3, HTN2025 A"),
    firstMiss: twoWeeks,
    sideEffect: twoWeeks,
    notAtTarget: rule(28, "WST872, HTN2025 A"),
    secondMiss: referred,
    sideEffectStays: referred,
    complication: referred,
  },
  diabetes: {
    controlled: rule(quarter, "NBPHS3 A"),
    firstMiss: twoWeeks,
    sideEffect: twoWeeks,
    secondMiss: referred,
    sideEffectStays: referred,
    complication: referred,
  },
  copd: { stable: rule(quarter, "COPD2024 A"), complication: referred },
  elder: { open: rule(365, "NBPHS3 A") },
  screening: {
    suspected: rule(28, "HTN2025 A"),
    highNormal: rule(182, "HTN2025 A"),
    normalAtRisk: rule(182, "HTN2025 A"),
    normal: rule(365, "HTN2025 A"),
  },
  urgentReferral: { open: twoWeeks, settled },
  discharge: { open: rule(7, "service.md §5 P"), settled },
  conference: { open: rule(28, "P"), settled },
};

/** Undefined where the words do not fit each other ("normal" diabetes). */
export function ruleOf({ programme, control }: Standing): Rule | undefined {
  return table[programme][control];
}

/** Days before and after the planned one that still count as in time (P). */
export const windowDays = 7;

export interface Planned {
  readonly day: string;
  readonly programmes: readonly Programme[];
  readonly refer: boolean;
}

export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayMs).toISOString().slice(0, 10);

/**
 * The next follow-up after one on `last`: for each programme the rule's day, the doctor's if it is earlier, and everything whose
 * window meets the earliest one's merged into one visit (国卫基层发〔2025〕15号, A). Undefined: no rule asks for one.
 */
export function nextFollowUp(last: string, standings: readonly Standing[], doctorsDay?: string): Planned | undefined {
  const ruled = standings.flatMap((standing) => {
    const found = ruleOf(standing);
    return found && found.days !== "never"
      ? [{ programme: standing.programme, day: daysLater(last, found.days), refer: found.refer }]
      : [];
  });
  const days = ruled.map(({ day }) => day).toSorted();
  const earliest = [...days.slice(0, 1), ...(doctorsDay === undefined ? [] : [doctorsDay])].toSorted()[0];
  if (earliest === undefined) return undefined;
  const reach = daysLater(earliest, 2 * windowDays);
  const merged = ruled.filter(({ day }) => day <= reach);
  return {
    day: earliest,
    programmes: (merged.length > 0 ? merged : ruled.length > 0 ? ruled : standings).map(({ programme }) => programme),
    refer: ruled.some(({ refer }) => refer),
  };
}

/** A look at how it goes after several doctors decided together (service.md §6): on its own days, beside the chain of the others. */
export const isCheck = ({ programmes: looked }: Pick<Planned, "programmes">): boolean =>
  looked.every((programme) => programme === "conference");
/** Days after the decision. */
export const checkDays = [14, 84] as const;

/** Whether one visit in time does for both days. */
export const isNear = (one: string, other: string): boolean =>
  other >= daysLater(one, -windowDays) && other <= daysLater(one, windowDays);

/** Both ends inside; milliseconds since 1970 UTC. */
export function windowOf(day: string, zoneMinutes: number): { readonly from: number; readonly to: number } {
  return { from: startOf(day, zoneMinutes, -windowDays), to: startOf(day, zoneMinutes, windowDays + 1) - 1 };
}

/** 7 days and one day before, and on the day. */
export const reminderDays = [-7, -1, 0] as const;

/** How many reminders are due by `now` and not yet sent. */
export function remindersDue(day: string, sent: number, now: number, zoneMinutes: number): number {
  const today = dayOf(now, zoneMinutes);
  return Math.max(0, reminderDays.filter((offset) => daysLater(day, offset) <= today).length - sent);
}
