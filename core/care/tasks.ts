import { z } from "zod";
import type { FaultCode } from "../domain/faults.ts";
import { tiers } from "../domain/practice.ts";
import { dayMs, hourMs, minuteMs, workingDaysLater, type Calendar } from "./hours.ts";

/** Who sees to it: a person, or whoever of the organization comes first. */
export const ownerSchema = z.strictObject({
  org: z.string().min(1),
  tier: z.enum(tiers),
  person: z.string().min(1).optional(),
});
export type Owner = z.infer<typeof ownerSchema>;

export const recordKinds = [
  "prescription",
  "referral",
  "followUp",
  "danger",
  "plan",
  "talk",
  "wish",
  "contract",
] as const;
export type RecordKind = (typeof recordKinds)[number];
export const recordRefSchema = z.strictObject({ kind: z.enum(recordKinds), id: z.uuid() });
export type RecordRef = z.infer<typeof recordRefSchema>;

/**
 * The one mechanism by which nothing is forgotten: a record that is not at its end says which steps it waits for
 * (`Step`), every step is a task with one owner and a due time, and a task that is missed climbs to the next tier
 * (product A-66, M10). Records never hold a list of tasks; tasks are brought in line with what the records say (`settle`).
 *
 * Everything that somebody may owe is listed here; the clock of each is in `climbs` below.
 */
export const stepKinds = [
  "danger.answer",
  "danger.check",
  "prescription.sign",
  "prescription.review",
  "prescription.revise",
  "prescription.dispense",
  "prescription.close",
  "referral.sign",
  "referral.send",
  "referral.accept",
  "referral.redirect",
  "referral.arrive",
  "referral.rebook",
  "referral.treat",
  "referral.return",
  "referral.receive",
  "referral.followUp",
  "referral.outcomeCheck",
  "followUp.do",
  "followUp.visitHome",
  "followUp.review",
  "plan.approve",
  "plan.review",
  "talk.unheard",
  "talk.asked",
  "talk.wrong",
  "wish.answer",
  "wish.keep",
  "contract.answer",
  "contract.renew",
] as const;
export type StepKind = (typeof stepKinds)[number];

/** What a record waits for. `since` names the wait: the same kind of step again, later, is another one. Milliseconds since 1970 UTC. */
export interface Step {
  readonly kind: StepKind;
  readonly owner: Owner;
  readonly since: number;
  readonly due: number;
  /** Instead of the pace in the table below. */
  readonly pace?: Pace;
}

/**
 * How long after it is missed a step goes one tier up, and again. Danger: service.md §4 (5 min to the next tier); referrals:
 * their own time again (§5); outcome check: township at 14 days, county at 21 (DQ-11). The others: P.
 */
export const paceSchema = z.union([
  z.strictObject({ ms: z.number().positive() }),
  z.strictObject({ workingDays: z.int().positive() }),
]);
export type Pace = z.infer<typeof paceSchema>;
const days = (count: number): Pace => ({ ms: count * dayMs });
const worked = (count: number): Pace => ({ workingDays: count });
const climbs: Readonly<Record<StepKind, Pace>> = {
  "danger.answer": { ms: 5 * minuteMs },
  "danger.check": days(7),
  "prescription.sign": worked(1),
  "prescription.review": { ms: 2 * hourMs },
  "prescription.revise": worked(1),
  "prescription.dispense": days(3),
  "prescription.close": worked(2),
  "referral.sign": { ms: 2 * hourMs },
  "referral.send": { ms: 2 * hourMs },
  "referral.accept": { ms: 2 * hourMs },
  "referral.redirect": { ms: 2 * hourMs },
  "referral.arrive": worked(1),
  "referral.rebook": worked(1),
  "referral.treat": worked(1),
  "referral.return": days(7),
  "referral.receive": worked(1),
  "referral.followUp": days(7),
  "referral.outcomeCheck": days(7),
  "followUp.do": days(7),
  "followUp.visitHome": days(7),
  "followUp.review": days(3),
  "plan.approve": worked(2),
  "plan.review": days(14),
  "talk.unheard": worked(3),
  "talk.asked": worked(3),
  "talk.wrong": worked(3),
  "wish.answer": worked(2),
  "wish.keep": worked(2),
  "contract.answer": worked(3),
  // By then it is over, and so is the step.
  "contract.renew": days(1),
};

export const taskSchema = z.strictObject({
  /** The record, the kind of step and since when: made of them, so that the same step is the same task. */
  id: z.string().min(1).max(120),
  about: recordRefSchema,
  kind: z.enum(stepKinds),
  resident: z.string(),
  owner: ownerSchema,
  /** Milliseconds since 1970 UTC; all three. `due` never moves when the task climbs: its age stays seen. */
  madeAt: z.number(),
  due: z.number(),
  climbAt: z.number(),
  pace: paceSchema,
  /** How often it was missed by somebody. */
  missed: z.int().nonnegative(),
  state: z.enum(["open", "closed"]),
  /** When somebody of the owner's looked at it (A-66: who got it, when read, what done). */
  readAt: z.number().optional(),
  readBy: z.string().optional(),
  closedAt: z.number().optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** Where an organization's missed work goes; undefined at the top. */
export interface Ladder {
  above(org: string): Omit<Owner, "person"> | undefined;
  /** Whether the person works in that organization today. */
  isActive(person: string, org: string): boolean;
}

export function later(at: number, pace: Pace, calendar: Calendar): number {
  return "ms" in pace ? at + pace.ms : workingDaysLater(at, pace.workingDays, calendar);
}

export const taskId = (about: RecordRef, { kind, since }: Pick<Step, "kind" | "since">): string =>
  `${about.id}:${kind}:${String(since)}`;

/** A new task. A person who has left does not get one: it goes to the organization. */
export function taskOf(
  about: RecordRef,
  resident: string,
  step: Step,
  now: number,
  rules: { readonly ladder: Ladder; readonly calendar: Calendar },
): Task {
  const pace = step.pace ?? climbs[step.kind];
  const made: Task = {
    id: taskId(about, step),
    about,
    kind: step.kind,
    resident,
    owner: step.owner,
    madeAt: now,
    due: step.due,
    climbAt: later(Math.max(step.due, now), pace, rules.calendar),
    pace,
    missed: 0,
    state: "open",
  };
  return withoutGone(made, rules.ladder) ?? made;
}

export interface Settled {
  readonly made: readonly Task[];
  readonly closed: readonly Task[];
}

/**
 * Brings the tasks of one record in line with its steps: one open task for each, none besides. `open` are the record's open
 * tasks. A step whose time was moved keeps its task and owner; only its times follow, and it counts as made again.
 */
export function settle(
  about: RecordRef,
  resident: string,
  open: readonly Task[],
  steps: readonly Step[],
  now: number,
  rules: { readonly ladder: Ladder; readonly calendar: Calendar },
): Settled {
  const wanted = new Map(steps.map((step) => [taskId(about, step), step]));
  const kept = new Set(open.map(({ id }) => id));
  const fresh = [...wanted.entries()].filter(([id]) => !kept.has(id));
  const moved = open.flatMap((task) => {
    const step = wanted.get(task.id);
    if (!step) return [];
    if (step.due === task.due) return task.resident === resident ? [] : [{ ...task, resident }];
    return [{ ...task, resident, due: step.due, climbAt: later(Math.max(step.due, now), task.pace, rules.calendar) }];
  });
  return {
    made: [...fresh.map(([, step]) => taskOf(about, resident, step, now, rules)), ...moved],
    closed: open.filter(({ id }) => !wanted.has(id)).map((task) => ({ ...task, state: "closed", closedAt: now })),
  };
}

/** The task as its organization's, if its person no longer works there. */
function withoutGone(task: Task, ladder: Ladder): Task | undefined {
  const { org, tier, person } = task.owner;
  return person === undefined || ladder.isActive(person, org) ? undefined : { ...task, owner: { org, tier } };
}

/**
 * What time does to an open task: somebody left, and it is the organization's; it was missed, and it is the next tier's. At the
 * top it stays with the county, missed once more. Undefined: nothing.
 */
export function aged(
  task: Task,
  now: number,
  { ladder, calendar }: { readonly ladder: Ladder; readonly calendar: Calendar },
): Task | undefined {
  if (task.state === "closed") return undefined;
  const stands = withoutGone(task, ladder);
  if (now < task.climbAt) return stands;
  const { org, tier } = task.owner;
  const owner = ladder.above(org) ?? { org, tier };
  return {
    ...withoutReader(stands ?? task),
    owner,
    missed: task.missed + 1,
    climbAt: later(now, task.pace, calendar),
  };
}

/** Who takes it over has not read it yet. */
function withoutReader(task: Task): Task {
  const { readAt: _at, readBy: _by, ...rest } = task;
  return rest;
}

export type TaskCode = Extract<FaultCode, "care.notNow" | "care.notYours">;

/** Whether a person of an organization may act on the task: it is his, or his organization's. */
export function owns({ owner }: Pick<Task, "owner">, person: string, org: string): boolean {
  return owner.org === org && (owner.person === undefined || owner.person === person);
}

/** Somebody of the owner's has seen it. Reading twice is reading once. */
export function read(
  task: Task,
  by: { readonly id: string; readonly org: string },
  now: number,
): { readonly ok: true; readonly task: Task } | { readonly ok: false; readonly code: TaskCode } {
  if (task.state === "closed") return { ok: false, code: "care.notNow" };
  if (!owns(task, by.id, by.org)) return { ok: false, code: "care.notYours" };
  return { ok: true, task: task.readAt === undefined ? { ...task, readAt: now, readBy: by.id } : task };
}

/** Given to a person of the same organization. */
export function handed(
  task: Task,
  by: { readonly id: string; readonly org: string },
  to: string,
  ladder: Ladder,
): { readonly ok: true; readonly task: Task } | { readonly ok: false; readonly code: TaskCode } {
  if (task.state === "closed") return { ok: false, code: "care.notNow" };
  if (task.owner.org !== by.org || !ladder.isActive(to, by.org)) return { ok: false, code: "care.notYours" };
  return { ok: true, task: { ...withoutReader(task), owner: { ...task.owner, person: to } } };
}
