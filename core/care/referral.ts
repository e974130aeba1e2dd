import { missingCase } from "../domain/missing-case.ts";
import { dayMs, hourMs, minuteMs, workingDaysLater, type Calendar } from "./hours.ts";
import { moved, no, type Moved, type Ways } from "./machine.ts";
import {
  referralStates,
  type Direction,
  type Priority,
  type Referral,
  type ReferralInput,
  type ReferralLetter,
  type ReferralState,
} from "./referral-parts.ts";
import type { Pace, Step, StepKind } from "./tasks.ts";

/**
 * Referral up and down as a closed loop (service.md §5, product ). Every state but the two ends has a step with an
 * owner and a due time, and beside them an urgent one has its two-week check until somebody has looked (NBPHS3, A).
 */
const ways: Ways<ReferralState, ReferralInput["kind"]> = {
  drafted: { sign: "signed", check: "drafted", withdraw: "withdrawn" },
  signed: { send: "sent", check: "signed", withdraw: "withdrawn" },
  sent: { accept: "accepted", reject: "rejected", check: "sent", withdraw: "withdrawn" },
  accepted: {
    arrive: "arrived",
    notArrive: "notArrived",
    rebook: "accepted",
    check: "accepted",
    withdraw: "withdrawn",
  },
  rejected: { redirect: "drafted", check: "rejected", withdraw: "withdrawn" },
  arrived: { treat: "inTreatment", return: "returned", check: "arrived" },
  notArrived: { rebook: "accepted", redirect: "drafted", check: "followedUp" },
  inTreatment: { return: "returned", check: "inTreatment" },
  returned: { receive: "received", check: "returned" },
  received: { check: "followedUp" },
  followedUp: {},
  withdrawn: { check: "withdrawn" },
};

export const outcomeWithinMs = 14 * dayMs;

const answerTimes: Readonly<Record<Priority, Pace>> = {
  stat: { ms: 10 * minuteMs },
  urgent: { ms: 2 * hourMs },
  routine: { workingDays: 1 },
};

/** Milliseconds since 1970 UTC by which the receiver answers. */
export function answerBy(priority: Priority, askedAt: number, calendar: Calendar): number {
  const pace = answerTimes[priority];
  return "ms" in pace ? askedAt + pace.ms : workingDaysLater(askedAt, pace.workingDays, calendar);
}

export function draftReferral(letter: ReferralLetter, by: string, at: number): Referral {
  return {
    ...letter,
    state: "drafted",
    since: at,
    draftedAt: at,
    history: [{ kind: "draft", state: "drafted", at, by }],
  };
}

/** The letter as it is signed: without anything that happened to it. */
export function letterOf(referral: Referral): ReferralLetter {
  const { id, direction, priority, resident, station, visit, from, to, reasons, summary, green } = referral;
  return {
    id,
    direction,
    priority,
    resident,
    ...(station === undefined ? {} : { station }),
    ...(visit === undefined ? {} : { visit }),
    from,
    to,
    reasons,
    summary,
    ...(green === undefined ? {} : { green }),
  };
}

/** Whose input it is: the referring side's, the receiving side's, or either's. */
export const sideOf = {
  sign: "from",
  send: "from",
  accept: "to",
  reject: "to",
  arrive: "to",
  notArrive: "to",
  rebook: "either",
  redirect: "from",
  treat: "to",
  return: "to",
  receive: "from",
  check: "from",
  withdraw: "from",
} as const satisfies Record<ReferralInput["kind"], "from" | "to" | "either">;

/** Codes: `care.notNow`; `care.reasonMissing` (a rejection that names no alternative); `care.tooLate` (an appointment in the past). */
export function moveReferral(referral: Referral, input: ReferralInput): Moved<Referral> {
  const state = ways[referral.state][input.kind];
  if (state === undefined) return no("care.notNow");
  const { at, by, kind } = input;
  const next: Referral = {
    ...referral,
    state,
    // A check looks on and does not begin the state anew.
    since: state === referral.state && kind === "check" ? referral.since : at,
    history: [...referral.history, { kind, state, at, by }],
  };
  switch (input.kind) {
    case "sign":
      return moved({ ...next, signature: input.signature });
    case "send": {
      const { answeredAt: _answered, ...asked } = next;
      return moved({ ...asked, sentAt: referral.sentAt ?? at, askedAt: at });
    }
    case "accept":
      if (input.appointment.at < at) return no("care.tooLate");
      return moved({ ...next, answeredAt: at, appointment: input.appointment });
    case "rebook":
      if (input.appointment.at < at) return no("care.tooLate");
      return moved({ ...next, appointment: input.appointment });
    case "reject": {
      const { reason, detail, alternative } = input;
      if (alternative === undefined && reason !== "notNeeded" && reason !== "incomplete")
        return no("care.reasonMissing");
      const rejection = { reason, detail, ...(alternative === undefined ? {} : { alternative }) };
      return moved({ ...next, answeredAt: at, rejection });
    }
    case "redirect": {
      const { signature: _signature, appointment: _appointment, ...unsigned } = next;
      return moved({ ...unsigned, to: input.to, summary: input.summary ?? referral.summary });
    }
    case "return":
      return moved({ ...next, back: { text: input.back, signature: input.signature } });
    case "check":
      // Of what was never sent there is nothing to look up.
      if (referral.sentAt === undefined) return no("care.notNow");
      return moved({ ...next, check: { outcome: input.outcome, at, by } });
    case "arrive":
    case "notArrive":
    case "treat":
    case "receive":
    case "withdraw":
      return moved(next);
    default:
      return missingCase(input);
  }
}

/** How long the next step may take; 14 days of treatment and the 7 days after a return: P. */
function mainStep(referral: Referral, calendar: Calendar): Step | undefined {
  const { state, since, from, to, priority, direction, appointment } = referral;
  const { department: _department, ...receiver } = to;
  const pace = answerTimes[priority];
  const mine = (kind: StepKind, due: number): Step => ({ kind, owner: from, since, due });
  const theirs = (kind: StepKind, due: number): Step => ({ kind, owner: receiver, since, due });
  const quick = answerBy(priority, since, calendar);
  switch (state) {
    case "drafted":
      return { ...mine("referral.sign", quick), pace };
    case "signed":
      return { ...mine("referral.send", quick), pace };
    case "sent":
      return { ...theirs("referral.accept", quick), pace };
    case "rejected":
      return { ...mine("referral.redirect", quick), pace };
    case "accepted":
      // Down: the family doctor is in touch within 7 days (service.md §5, P).
      return theirs(
        "referral.arrive",
        Math.max(since, direction === "down" ? since + 7 * dayMs : (appointment?.at ?? since)) + dayMs,
      );
    case "notArrived":
      return mine("referral.rebook", workingDaysLater(since, 1, calendar));
    case "arrived":
      return theirs("referral.treat", workingDaysLater(since, 1, calendar));
    case "inTreatment":
      return theirs("referral.return", since + 14 * dayMs);
    case "returned":
      return mine("referral.receive", workingDaysLater(since, 2, calendar));
    case "received":
      return mine("referral.followUp", since + 7 * dayMs);
    case "followedUp":
    case "withdrawn":
      return undefined;
    default:
      return missingCase(state);
  }
}

/** Whether its outcome must be looked up within two weeks: an urgent one, from when it is first sent, whatever becomes of it. */
function owesCheck({ priority, sentAt, check, state }: Referral): boolean {
  if (state === "followedUp" || sentAt === undefined) return false;
  return priority !== "routine" && check === undefined;
}

/** Everything this referral waits for; empty only at its end. */
export function referralSteps(referral: Referral, calendar: Calendar): readonly Step[] {
  const main = mainStep(referral, calendar);
  const check: Step | undefined =
    owesCheck(referral) && referral.sentAt !== undefined
      ? {
          kind: "referral.outcomeCheck",
          owner: referral.from,
          since: referral.sentAt,
          due: referral.sentAt + outcomeWithinMs,
        }
      : undefined;
  return [...(main ? [main] : []), ...(check ? [check] : [])];
}

/** What happened in a month, by direction: sent for the first time, arrived, brought to its end. Never a league table. */
export interface ReferralCounts {
  readonly sent: number;
  readonly arrived: number;
  readonly closed: number;
  /** Looked up within 14 days of those urgent ones whose 14 days ended in the month, and how many those were. */
  readonly checkedInTime: number;
  readonly toCheck: number;
}

export function countReferrals(
  referrals: Iterable<Referral>,
  { from, to }: { readonly from: number; readonly to: number },
): Readonly<Record<Referral["direction"], ReferralCounts>> {
  const zero = { sent: 0, arrived: 0, closed: 0, checkedInTime: 0, toCheck: 0 };
  const counts = { up: { ...zero }, down: { ...zero } };
  const within = (at: number | undefined): boolean => at !== undefined && at >= from && at < to;
  for (const referral of referrals) {
    const row = counts[referral.direction];
    const first = (kind: string) => referral.history.find((event) => event.kind === kind)?.at;
    if (within(referral.sentAt)) row.sent += 1;
    if (within(first("arrive"))) row.arrived += 1;
    if (referral.state === "followedUp" && within(referral.since)) row.closed += 1;
    const until = referral.sentAt === undefined ? undefined : referral.sentAt + outcomeWithinMs;
    if (referral.priority !== "routine" && until !== undefined && within(until)) {
      row.toCheck += 1;
      const looked = referral.history.find((event) => event.kind === "check")?.at;
      if (looked !== undefined && looked <= until) row.checkedInTime += 1;
    }
  }
  return counts;
}

/** How many referrals stand in each state, by direction. */
export function standingReferrals(
  referrals: Iterable<Pick<Referral, "direction" | "state">>,
): Record<Direction, Record<ReferralState, number>> {
  const none = () => Object.fromEntries(referralStates.map((state) => [state, 0])) as Record<ReferralState, number>;
  const standing = { up: none(), down: none() };
  for (const { direction, state } of referrals) standing[direction][state] += 1;
  return standing;
}
