import { measurementKinds } from "../domain/outcome.ts";
import { isFaultCode } from "../domain/faults.ts";
import type { Refusal, Result } from "../contract/views.ts";
import { actionCodes } from "../rules/assessment.ts";
import { overall as combined } from "../rules/overall.ts";
import { triage } from "../rules/triage.ts";
import { shownAs } from "../rules/visit-facts.ts";
import type { Entry, EntryBody, EntryType, Measurement, Opinion } from "./entry.ts";

/** What a visit amounts to, computed from its entries alone: the same answer at the station and at the hub. */
export interface VisitResults {
  readonly results: readonly Result[];
  readonly refusals: readonly Refusal[];
  readonly opinions: readonly Opinion[];
  readonly overall: EntryBody<"assessment.made">["overall"];
}

export function bodyOf<T extends EntryType>(entry: Entry, type: T): EntryBody<T> | undefined {
  // The journal checked the body against `entryBodies[type]` when it was written.
  return entry.type === type ? (entry.body as EntryBody<T>) : undefined;
}

/** `entries`: those of one visit, in journal order; others are passed over by the caller. */
export function visitResults(entries: Iterable<Entry>): VisitResults {
  const measurements = new Map<string, Measurement>();
  const judged = new Map<string, EntryBody<"assessment.made">>();
  const refusals: Refusal[] = [];
  const opinions: Opinion[] = [];
  let overall: VisitResults["overall"];
  let symptoms: readonly string[] = [];
  for (const entry of entries) {
    const accepted = bodyOf(entry, "measurement.accepted");
    if (accepted) measurements.set(accepted.id, accepted);
    const refused = bodyOf(entry, "measurement.refused");
    if (refused && isFaultCode(refused.reason)) {
      refusals.push({
        measurement: refused.measurement,
        of: refused.of,
        reason: refused.reason,
        heardAt: entry.heardAt,
        readings: refused.readings,
      });
    }
    const made = bodyOf(entry, "assessment.made");
    if (made) {
      judged.set(made.of, made);
      overall = made.overall ?? overall;
    }
    symptoms = bodyOf(entry, "visit.answered")?.symptoms ?? symptoms;
    const received = bodyOf(entry, "opinion.received");
    if (received) opinions.push(received.opinion);
  }
  const results = measurementKinds.flatMap((of): Result[] => {
    const own = [...measurements.values()].filter((measurement) => measurement.of === of);
    if (own.length === 0) return [];
    const made = judged.get(of);
    return [
      {
        of,
        measurements: own,
        assessments: made?.assessments ?? [],
        next: made?.next ?? "none",
        ...(made?.notBefore === undefined ? {} : { notBefore: made.notBefore }),
        ...(made?.arm === undefined ? {} : { arm: made.arm }),
        ...(made?.compared === undefined ? {} : { compared: made.compared }),
        ...(made?.grade === undefined ? {} : { grade: made.grade }),
        ...(made?.changes === undefined ? {} : { changes: made.changes }),
      },
    ];
  });
  return { results, refusals, opinions, overall: overall ?? ofSymptoms(symptoms) };
}

/** Before anything is measured, what a person suffers from says how pressing it is; nothing said is no good result. */
function ofSymptoms(symptoms: readonly string[]): VisitResults["overall"] {
  const { severity, action } = triage(symptoms);
  const known = actionCodes.find((code) => code === action);
  if (severity === 0 || known === undefined) return undefined;
  return shownAs("overall", undefined, combined([{ severity, action: known }]));
}
