import type { AlarmView, ConsentView, Found, IdentifyEvent, VisitParts } from "../../core/contract/visit-parts.ts";
import type { ResidentCard, VisitView } from "../../core/contract/views.ts";
import { consentVersion, type ConsentScope } from "../../core/domain/consent.ts";

/** Who can be recognized at the fake station, and what a visit starts with. */
export const residents: readonly ResidentCard[] = [
  { id: "018f0000-0000-7000-8000-0000000000a1", shownName: "王*英", birthYear: 1944, sex: "female", specimen: true },
  { id: "018f0000-0000-7000-8000-0000000000a2", shownName: "李*国", birthYear: 1951, sex: "male", specimen: true },
  { id: "018f0000-0000-7000-8000-0000000000a3", shownName: "赵*兰", birthYear: 1958, sex: "female", specimen: true },
  { id: "018f0000-0000-7000-8000-0000000000a4", shownName: "陈*山", birthYear: 1963, sex: "male", specimen: true },
];

export const fakePhone = { phone: "13900000000", second: "001X" } as const;

/** A newcomer by card, who is asked everything; the change says what is otherwise. */
export function foundOf(change: Partial<Found> = {}): Found {
  return {
    token: "018f0000-0000-7000-8000-0000000000f1",
    way: "card",
    shownName: "王*英",
    known: false,
    resumes: false,
    ask: ["keep", "send"],
    child: false,
    ...change,
  };
}

export const readyEvent: IdentifyEvent = { kind: "ready", card: true, code: true, phone: true };

const saidAt = "2026-11-22T02:00:00.000Z";

export const consentsOf = (given: Partial<Readonly<Record<ConsentScope, boolean>>>): ConsentView[] =>
  (["keep", "send", "family"] as const).flatMap((scope) =>
    given[scope] === undefined ? [] : [{ scope, given: given[scope], at: saidAt, version: consentVersion }],
  );

export const emptyParts = { resumed: false, consents: [], answers: {} } as const satisfies Partial<VisitParts>;

export const alarmOf = (id: string, reason: AlarmView["reason"], symptoms: readonly string[]): AlarmView => ({
  id,
  raisedAt: new Date().toISOString(),
  reason,
  symptoms: [...symptoms],
  state: "sounding",
});

export function openedView(id: string, resident: ResidentCard | undefined): VisitView {
  return {
    id,
    kind: resident ? "resident" : "guest",
    ...(resident ? { resident } : {}),
    openedAt: new Date().toISOString(),
    closed: false,
    results: [],
    refusals: [],
    opinions: [],
    ...emptyParts,
    consents: [],
    answers: {},
  };
}
