import type { KeptSubject } from "../../core/domain/consent.ts";
import type { Entry, EntryBody, NewEntry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Scribe } from "./scribe.ts";

/** What is missing in the story of a visit that was cut off. */
export function leftOver(
  entries: readonly Entry[],
  about: { readonly visit: string; readonly subject: KeptSubject | null },
  scribe: Scribe,
): readonly NewEntry[] {
  const settled = new Set(
    entries.flatMap((entry) => {
      const refused = bodyOf(entry, "measurement.refused");
      const accepted = bodyOf(entry, "measurement.accepted");
      return refused?.measurement ?? accepted?.id ?? [];
    }),
  );
  const cutOff = new Set(unfinished(entries).map(({ measurement }) => measurement));
  return entries.flatMap((entry) => {
    const heard = bodyOf(entry, "measurement.heard");
    const started = bodyOf(entry, "measurement.started");
    if (heard !== undefined && !settled.has(heard.id)) {
      const { id, of, readings, provenance, times } = heard;
      const refused = {
        measurement: id,
        of,
        reason: "gate.notConfirmed",
        detail: "the station stopped",
        readings,
        provenance,
        times,
      };
      return [scribe.fact("measurement.refused", refused, about)];
    }
    if (started !== undefined && cutOff.has(started.measurement)) {
      return [scribe.fact("measurement.ended", { measurement: started.measurement, how: "failed" }, about)];
    }
    return [];
  });
}

/** Measurements that began and have no end. */
export function unfinished(entries: readonly Entry[]): readonly EntryBody<"measurement.started">[] {
  const ended = new Set(entries.flatMap((entry) => bodyOf(entry, "measurement.ended")?.measurement ?? []));
  return entries
    .flatMap((entry) => bodyOf(entry, "measurement.started") ?? [])
    .filter(({ measurement }) => !ended.has(measurement));
}
