import { isReportOf } from "./danger.ts";
import { onward, type OnwardParts } from "./onward.ts";
import type { CareCode } from "./machine.ts";
import {
  endStates,
  moveRecord,
  openRecord,
  stepsOf,
  type CareMove,
  type CareOpening,
  type CareRecord,
} from "./records.ts";
import { isCheck, isNear } from "./schedule.ts";
import { settle, type RecordRef, type Settled, type Task } from "./tasks.ts";

/** One fact about a record and all that goes with it: what is written is written together, or not at all. */
export interface Written {
  readonly record: CareRecord;
  readonly tasks: Settled;
  /** Records that follow from it; each is opened in the same transaction, and may have followers of its own. */
  readonly onward: readonly CareOpening[];
}

export const refOf = ({ kind, record }: CareRecord): RecordRef => ({ kind, id: record.id });

function written(
  before: CareRecord | undefined,
  record: CareRecord,
  open: readonly Task[],
  parts: OnwardParts,
): Written {
  const { at, calendar } = parts;
  return {
    record,
    tasks: settle(refOf(record), record.record.resident, open, stepsOf(record, calendar), at, parts),
    onward: onward(before, record, parts),
  };
}

export function opened(opening: CareOpening, parts: OnwardParts): Written {
  return written(undefined, openRecord(opening), [], parts);
}

/**
 * How a wish for a record is met where the person has ones already (`open`): a person has one chain of follow-ups, and a
 * second one joins it, but for the checks after a joint opinion, which only one about the same day joins; whoever is on the way up is not referred up once more by a rule; a visit has one danger until somebody
 * answers, and what comes then joins it. Undefined: nothing is to be written.
 */
export function resolved(wish: CareOpening, open: readonly CareRecord[]): CareOpening | CareMove | undefined {
  const { at, by } = wish;
  const stands = open.filter(({ kind, record }) => !endStates[kind].includes(record.state));
  if (wish.kind === "followUp") {
    const { day, programmes } = wish.text;
    const planned = stands.flatMap((one) => (one.kind === "followUp" ? [one] : []));
    const chain = isCheck(wish.text) ? undefined : planned.find(({ record }) => !isCheck(record));
    const there = chain ?? planned.find(({ record }) => isNear(record.day, day));
    return there ? { of: "followUp", id: there.record.id, input: { kind: "join", at, by, day, programmes } } : wish;
  }
  if (wish.kind === "referral") {
    const under = stands.some((there) => there.kind === "referral" && there.record.direction === wish.text.direction);
    return under ? undefined : wish;
  }
  if (wish.kind === "danger") {
    const { id, visit, severity, what } = wish.text;
    const dangers = open.flatMap((there) => (there.kind === "danger" ? [there.record] : []));
    if (dangers.some((there) => isReportOf(there, id))) return undefined;
    const there = dangers.find((one) => visit !== undefined && one.visit === visit && one.state === "raised");
    return there ? { of: "danger", id: there.id, input: { kind: "again", at, by, id, severity, what } } : wish;
  }
  return wish;
}

/** Codes as the record's machine answers. `open`: the record's open tasks. */
export function movedOn(
  before: CareRecord,
  open: readonly Task[],
  move: CareMove,
  parts: OnwardParts,
): { readonly ok: true; readonly written: Written } | { readonly ok: false; readonly code: CareCode } {
  const answer = moveRecord(before, move, parts.calendar);
  return answer.ok ? { ok: true, written: written(before, answer.record, open, parts) } : answer;
}
