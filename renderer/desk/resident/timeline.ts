import type { VisitRecord } from "../../../core/contract/hub-visits.ts";
import type { Check } from "../../../core/contract/views.ts";
import type { Opinion } from "../../../core/journal/entry.ts";
import type { HubClient } from "../hub.ts";

export type Records = Awaited<ReturnType<HubClient["resident"]["records"]>>;

/** One thing that happened, or is to happen, to a resident. `at`: milliseconds since 1970 UTC. */
export type TimelineEvent = { readonly at: number; readonly id: string } & (
  | {
      readonly kind: "reading";
      readonly of: Check;
      readonly category: string | undefined;
      readonly severity: number;
      readonly value: string | undefined;
    }
  | { readonly kind: "opinion"; readonly by: string; readonly words: string }
  | { readonly kind: "prescription"; readonly state: Records["prescriptions"][number]["state"]; readonly words: string }
  | { readonly kind: "referral"; readonly state: Records["referrals"][number]["state"] }
  | { readonly kind: "followUp"; readonly state: Records["followUps"][number]["state"]; readonly day: string }
  | { readonly kind: "danger"; readonly state: Records["dangers"][number]["state"]; readonly what: string }
  | { readonly kind: "plan"; readonly state: Records["plans"][number]["state"] }
  | { readonly kind: "message"; readonly by: string; readonly told: boolean }
);

/** The newest first. What stands open (a follow-up that is planned) is there with the moment it was planned at. */
export function timelineOf(known: {
  readonly record: VisitRecord | undefined;
  readonly opinions: readonly Opinion[];
  readonly records: Records | undefined;
}): readonly TimelineEvent[] {
  const { record, opinions, records } = known;
  const readings = (record?.results ?? []).flatMap((result): readonly TimelineEvent[] => {
    const last = result.measurements.at(-1);
    const lead = result.assessments[0];
    if (!last) return [];
    const about = { category: lead?.category, severity: lead?.severity ?? 0, value: lead?.value };
    return [{ kind: "reading", id: last.id, at: Date.parse(last.times.heardAt), of: result.of, ...about }];
  });
  const events: readonly TimelineEvent[] = [
    ...readings,
    ...opinions.map(
      ({ id, writtenAt, clinician, text }) =>
        ({ kind: "opinion", id, at: Date.parse(writtenAt), by: clinician.name, words: text }) as const,
    ),
    ...(records?.prescriptions ?? []).map(
      ({ id, since, state, diagnosis }) => ({ kind: "prescription", id, at: since, state, words: diagnosis }) as const,
    ),
    ...(records?.referrals ?? []).map(({ id, since, state }) => ({ kind: "referral", id, at: since, state }) as const),
    ...(records?.followUps ?? []).map(
      ({ id, since, state, day }) => ({ kind: "followUp", id, at: since, state, day }) as const,
    ),
    ...(records?.dangers ?? []).map(
      ({ id, since, state, what }) => ({ kind: "danger", id, at: since, state, what }) as const,
    ),
    ...(records?.plans ?? []).map(({ id, since, state }) => ({ kind: "plan", id, at: since, state }) as const),
    ...(records?.messages ?? []).map(
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
  return events.toSorted((one, other) => other.at - one.at);
}
