import { dayOf } from "../quality/local-day.ts";
import { afterwards, type FollowUp, type FollowUpPlan } from "./follow-up.ts";
import type { Calendar } from "./hours.ts";
import type { CareOpening, CareRecord } from "./records.ts";
import type { ReferralLetter } from "./referral-parts.ts";
import { daysLater, nextFollowUp } from "./schedule.ts";
import type { Ladder, Owner } from "./tasks.ts";

/**
 * What follows from a record that has just moved: the next follow-up out of a finished one, the referral that a second miss asks
 * for, the visit of the family doctor after a discharge. Written in the same transaction, so that a chain of care never has a
 * gap between its links.
 */
export interface OnwardParts {
  readonly at: number;
  readonly by: string;
  readonly calendar: Calendar;
  readonly ladder: Ladder;
  readonly newId: () => string;
}

const quarterDays = 84;
const handOverDays = 14;
const dischargeDays = 7;

export function onward(before: CareRecord | undefined, after: CareRecord, parts: OnwardParts): readonly CareOpening[] {
  if (before?.record.state === after.record.state) return [];
  if (after.kind === "followUp") return afterFollowUp(after.record, parts);
  if (after.kind !== "referral") return [];
  const { record } = after;
  const { at, by, calendar, newId } = parts;
  const back = record.direction === "up" ? record.state === "received" : record.state === "arrived";
  if (!back) return [];
  // Whoever comes home is seen by the own doctor: the receiver of a referral down, the sender of one up.
  const { department: _department, ...receiver } = record.to;
  const doctor = record.direction === "up" ? record.from : receiver;
  const text: FollowUpPlan = {
    id: newId(),
    resident: record.resident,
    ...(record.station === undefined ? {} : { station: record.station }),
    day: daysLater(dayOf(at, calendar.zoneMinutes), dischargeDays),
    programmes: ["discharge"],
    doctor,
    village: doctor,
    after: record.id,
  };
  return [{ kind: "followUp", at, by, text }];
}

function afterFollowUp(record: FollowUp, parts: OnwardParts): readonly CareOpening[] {
  const { at, by, calendar, ladder, newId } = parts;
  const today = dayOf(at, calendar.zoneMinutes);
  const { resident, station, village, form } = record;
  const next = (day: string, programmes: FollowUpPlan["programmes"], doctor: Owner): CareOpening => ({
    kind: "followUp",
    at,
    by,
    text: {
      id: newId(),
      resident,
      ...(station === undefined ? {} : { station }),
      day,
      programmes,
      doctor,
      village,
      after: record.id,
    },
  });
  switch (afterwards(record)) {
    case "plan": {
      const planned = form && nextFollowUp(today, form.standings, form.next);
      if (!planned) return [];
      const follows = next(planned.day, [...planned.programmes], record.doctor);
      if (!planned.refer) return [follows];
      const above = ladder.above(record.doctor.org);
      const letter: ReferralLetter = {
        id: newId(),
        direction: "up",
        priority: "urgent",
        resident,
        ...(station === undefined ? {} : { station }),
        from: record.doctor,
        to: above ?? record.doctor,
        reasons: form.standings.some(({ control }) => control === "complication")
          ? ["newComplication"]
          : ["secondMiss"],
        summary: form.symptoms.slice(0, 1_000),
      };
      return [follows, { kind: "referral", at, by, text: letter }];
    }
    case "retry":
      return [next(daysLater(today, quarterDays), record.programmes, record.doctor)];
    case "handOver":
      return [
        next(daysLater(today, handOverDays), record.programmes, ladder.above(record.doctor.org) ?? record.doctor),
      ];
    case "over":
      return [];
  }
}
