import type { History } from "../../../core/contract/hub-history.ts";
import type { VisitRecord } from "../../../core/contract/hub-visits.ts";
import type { Check, Result } from "../../../core/contract/views.ts";
import type { Opinion } from "../../../core/journal/entry.ts";
import type { HubClient } from "../hub.ts";

export type Records = Awaited<ReturnType<HubClient["resident"]["records"]>>;
type PastCall = History["calls"][number];

/** One thing that happened, or is to happen, to a resident. `at`: milliseconds since 1970 UTC. */
export type TimelineEvent = { readonly at: number; readonly id: string } & (
  | {
      readonly kind: "reading";
      readonly of: Check;
      readonly category: string | undefined;
      readonly severity: number;
      readonly value: string | undefined;
    }
  | { readonly kind: "call"; readonly call: PastCall }
  | { readonly kind: "opinion"; readonly by: string; readonly words: string }
  | { readonly kind: "prescription"; readonly state: Records["prescriptions"][number]["state"]; readonly words: string }
  | { readonly kind: "pickUp"; readonly drugs: readonly string[] }
  | { readonly kind: "referral"; readonly state: Records["referrals"][number]["state"] }
  | {
      readonly kind: "booking";
      readonly appointment: NonNullable<Records["referrals"][number]["appointment"]>;
    }
  | { readonly kind: "followUp"; readonly state: Records["followUps"][number]["state"]; readonly day: string }
  | { readonly kind: "danger"; readonly state: Records["dangers"][number]["state"]; readonly what: string }
  | { readonly kind: "plan"; readonly state: Records["plans"][number]["state"] }
  | { readonly kind: "message"; readonly by: string; readonly told: boolean }
);

/**
 * The newest first. What stands open (a follow-up that is planned) is there with the moment it was planned at; a booking with the
 * day it is for. What this visit and the history both tell is told once.
 */
export function timelineOf(known: {
  readonly record: VisitRecord | undefined;
  readonly opinions: readonly Opinion[];
  readonly records: Records | undefined;
  readonly history?: History | undefined;
}): readonly TimelineEvent[] {
  const { record, opinions, records, history } = known;
  const earlier = (history?.visits ?? []).filter(({ visit }) => visit !== record?.visit);
  const events: readonly TimelineEvent[] = [
    ...(record?.results ?? []).flatMap(readingOf),
    ...earlier.flatMap(({ results }) => results.flatMap(readingOf)),
    ...(history?.calls ?? []).map((call) => ({ kind: "call", id: call.id, at: call.at, call }) as const),
    ...onceById([...opinions, ...(history?.opinions ?? [])]).map(
      ({ id, writtenAt, clinician, text }) =>
        ({ kind: "opinion", id, at: Date.parse(writtenAt), by: clinician.name, words: text }) as const,
    ),
    ...(records ? recordEvents(records) : []),
  ];
  return events.toSorted((one, other) => other.at - one.at);
}

function readingOf(result: Result): readonly TimelineEvent[] {
  const last = result.measurements.at(-1);
  const lead = result.assessments[0];
  if (!last) return [];
  const about = { category: lead?.category, severity: lead?.severity ?? 0, value: lead?.value };
  return [{ kind: "reading", id: last.id, at: Date.parse(last.times.heardAt), of: result.of, ...about }];
}

const onceById = <T extends { readonly id: string }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
];

const recordEvents = (records: Records): readonly TimelineEvent[] => [
  ...records.prescriptions.map(
    ({ id, since, state, diagnosis }) => ({ kind: "prescription", id, at: since, state, words: diagnosis }) as const,
  ),
  ...records.prescriptions.flatMap(({ id, dispensed, items }) =>
    dispensed ? [{ kind: "pickUp", id, at: dispensed.at, drugs: items.map(({ drug }) => drug) } as const] : [],
  ),
  ...records.referrals.map(({ id, since, state }) => ({ kind: "referral", id, at: since, state }) as const),
  ...records.referrals.flatMap(({ id, appointment }) =>
    appointment ? [{ kind: "booking", id, at: appointment.at, appointment } as const] : [],
  ),
  ...records.followUps.map(({ id, since, state, day }) => ({ kind: "followUp", id, at: since, state, day }) as const),
  ...records.dangers.map(({ id, since, state, what }) => ({ kind: "danger", id, at: since, state, what }) as const),
  ...records.plans.map(({ id, since, state }) => ({ kind: "plan", id, at: since, state }) as const),
  ...records.messages.map(
    ({ message, told }) =>
      ({
        kind: "message",
        id: message.id,
        at: Date.parse(message.at),
        by: message.from.name,
        told: told !== undefined,
      }) as const,
  ),
];
