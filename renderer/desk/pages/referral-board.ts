import { plainCalendar } from "../../../core/care/hours.ts";
import { referralSteps, sideOf } from "../../../core/care/referral.ts";
import type { Referral, ReferralState } from "../../../core/care/referral-parts.ts";
import type { Step } from "../../../core/care/tasks.ts";

/** The columns of the board, and the states that stand in each. The two ends are not on it. */
export const columns = {
  drafted: ["drafted", "signed"],
  sent: ["sent"],
  turned: ["rejected", "notArrived"],
  accepted: ["accepted"],
  inHospital: ["arrived", "inTreatment"],
  back: ["returned", "received"],
} as const satisfies Readonly<Record<string, readonly ReferralState[]>>;
export type Column = keyof typeof columns;
export const columnKeys = Object.keys(columns) as readonly Column[];

export interface Placed {
  readonly referral: Referral;
  /** What it waits for, the earliest due first; holidays of the county are the hub's to know. */
  readonly step: Step | undefined;
}

/** A column with the most overdue first. */
export function placed(referrals: readonly Referral[], column: Column): readonly Placed[] {
  const states: readonly ReferralState[] = columns[column];
  return referrals
    .filter(({ state }) => states.includes(state))
    .map((referral) => ({
      referral,
      step: referralSteps(referral, plainCalendar).toSorted((a, b) => a.due - b.due)[0],
    }))
    .toSorted((a, b) => (a.step?.due ?? 0) - (b.step?.due ?? 0));
}

export const actions = [
  "sign",
  "accept",
  "reject",
  "arrive",
  "notArrive",
  "rebook",
  "redirect",
  "treat",
  "return",
  "receive",
  "check",
  "withdraw",
] as const;
export type Action = (typeof actions)[number];

const inState: Readonly<Record<ReferralState, readonly Action[]>> = {
  drafted: ["sign", "withdraw"],
  signed: ["withdraw"],
  sent: ["accept", "reject", "check", "withdraw"],
  accepted: ["arrive", "notArrive", "rebook", "check", "withdraw"],
  rejected: ["redirect", "check", "withdraw"],
  arrived: ["treat", "return", "check"],
  notArrived: ["rebook", "redirect", "check"],
  inTreatment: ["return", "check"],
  returned: ["receive", "check"],
  received: ["check"],
  followedUp: [],
  withdrawn: ["check"],
};

/** What somebody of this institution can do with it now; the hub has the last word. */
export function actionsFor(referral: Referral, org: string | undefined): readonly Action[] {
  const sides = { from: referral.from.org === org, to: referral.to.org === org };
  return inState[referral.state].filter((action) => {
    if (action === "check" && referral.sentAt === undefined) return false;
    const side = sideOf[action];
    return side === "either" ? sides.from || sides.to : sides[side];
  });
}
