import type { Assessment } from "./assessment.ts";
import { kindAnswer, type KindAnswer } from "./kind-answer.ts";
import { spo2, spo2Limits } from "./oxygen.ts";
import { pulse } from "./pulse.ts";
import {
  exactOf,
  shownAs,
  type PersonFacts,
  type SiteFacts,
  type VisitAssessment,
  type VisitMeasurement,
} from "./visit-facts.ts";

const isBelowNormal = (measurement: VisitMeasurement): boolean =>
  (exactOf(measurement, "spo2") ?? spo2Limits.normal) < spo2Limits.normal;

/**
 * A first reading below 95 is often a cold finger: it is repeated once and the second one is classified (rules.md §7). Until
 * then it is orange at most, so that whoever leaves between the two is still sent to a doctor. A symptom is not waited with,
 * and at altitude a number that needs nobody is not repeated.
 */
function beforeRepeat(found: Assessment): Assessment {
  const flags = [...found.flags, "PROVISIONAL"];
  if (found.severity < 3) return { ...found, action: "REPEAT_NOW", flags };
  const adviceKey = found.rule === "OX-08" ? "spo2.altitude_low" : "spo2.low";
  return { category: "SPO2_PROVISIONAL", severity: 3, action: "REPEAT_NOW", flags, adviceKey, rule: "OX-AGAIN" };
}

/** Oxygen of the latest reading, and the pulse that came with it where no cuff has counted one. */
export function oximetryAnswer(
  measurements: readonly VisitMeasurement[],
  facts: PersonFacts,
  site: SiteFacts = {},
): KindAnswer {
  const own = measurements.filter((each) => each.of === "oximetry" && exactOf(each, "spo2") !== undefined);
  const [before, last] = own.length > 1 ? own.slice(-2) : [undefined, own[0]];
  if (last === undefined) return kindAnswer({ of: "oximetry", assessments: [] }, measurements, []);
  const v = exactOf(last, "spo2");
  const symptoms = facts.symptoms ?? [];
  const found = spo2({ v, copdO2: facts.copdOxygen ?? false, altitudeM: site.altitudeM ?? 0, symptoms });
  const isFirst = isBelowNormal(last) && (before === undefined || !isBelowNormal(before));
  const isUrgent = found.severity === 4 && found.adviceKey === "em.symptom";
  const repeats = isFirst && found.severity > 0 && !isUrgent;
  return kindAnswer(
    {
      of: "oximetry",
      assessments: [
        shownAs("spo2", String(v), repeats ? beforeRepeat(found) : found),
        ...fingerPulse(last, measurements, facts),
      ],
      next: repeats ? "again" : "none",
    },
    measurements,
    [last],
  );
}

function fingerPulse(
  last: VisitMeasurement,
  measurements: readonly VisitMeasurement[],
  facts: PersonFacts,
): readonly VisitAssessment[] {
  const bpm = exactOf(last, "pulse.rate");
  if (bpm === undefined || measurements.some(({ of }) => of === "bloodPressure")) return [];
  const found = pulse({ bpm, dm: facts.diabetes === "yes", irregularCount: 0, symptoms: facts.symptoms ?? [] });
  return [shownAs("pulse", String(bpm), found)];
}
