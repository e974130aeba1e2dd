import type { MeasurementKind } from "../../core/domain/outcome.ts";
import { instant } from "../../core/domain/time.ts";
import type { EntryBody, Measurement, Resident } from "../../core/journal/entry.ts";
import { assessVisit } from "../../core/rules/assess-visit.ts";
import type { PersonFacts } from "../../core/rules/visit-facts.ts";

/** Which edition of the rules judged; kept with every assessment. */
export const rulesEdition = "rules.md 2026";

/** Rest between two pressure readings as the rules have it; the settings scale every wait by their own. */
const restOfRules = 60;

/**
 * What the rules say of all measurements of a visit, as far as it concerns `of`, the kind just measured.
 * `measurements`: all accepted ones in the order taken, the newest last. `now` in milliseconds since 1970 UTC.
 */
export function assessmentOf(
  of: MeasurementKind,
  measurements: readonly Measurement[],
  resident: Resident | undefined,
  at: { readonly now: number; readonly restSeconds: number },
): EntryBody<"assessment.made"> {
  const answer = assessVisit(measurements, factsOf(resident, measurements, at.now));
  const kind = answer.kinds.find((each) => each.of === of);
  const waitMs = ((kind?.waitSeconds ?? 0) * 1_000 * at.restSeconds) / restOfRules;
  return {
    of,
    measurements: measurements.filter((measurement) => measurement.of === of).map(({ id }) => id),
    rules: rulesEdition,
    assessments: [...(kind?.assessments ?? [])],
    next: kind?.next ?? "none",
    ...(waitMs > 0 ? { notBefore: instant(at.now + waitMs) } : {}),
    ...(answer.overall === undefined ? {} : { overall: answer.overall }),
  };
}

/** What is known of the person, and the symptoms named before the latest measurement that was asked about them. */
function factsOf(resident: Resident | undefined, measurements: readonly Measurement[], now: number): PersonFacts {
  const named = measurements.map(({ context }) => context["symptoms"]).findLast((symptoms) => Array.isArray(symptoms));
  const symptoms = named?.filter((symptom) => typeof symptom === "string");
  return {
    ...(resident === undefined
      ? {}
      : {
          age: new Date(now).getUTCFullYear() - resident.birthYear,
          diabetes: resident.facts.diabetes,
          hypertension: resident.facts.hypertension,
          pregnant: resident.facts.pregnant,
        }),
    ...(symptoms === undefined ? {} : { symptoms }),
  };
}
