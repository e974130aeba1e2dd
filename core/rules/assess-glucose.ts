import type { Assessment } from "./assessment.ts";
import { assessBeyond, shownValue } from "./beyond-range.ts";
import { glucose } from "./glucose.ts";
import { kindAnswer, type KindAnswer } from "./kind-answer.ts";
import { glucoseLimits, waits } from "./limits.ts";
import {
  mealOf,
  readingOf,
  shownAs,
  type KeptReading,
  type PersonFacts,
  type VisitAssessment,
  type VisitMeasurement,
} from "./visit-facts.ts";

const openClass = { category: "GLU_BEYOND_RANGE", rule: "GL-BEYOND", adviceKey: "glu.beyond" } as const;

/** A meter's LO and HI come as a limit mark: below 3.0 is LO, above the very high line is HI, whatever the meter's limit. */
function meterText(reading: KeptReading): "LO" | "HI" | undefined {
  if (reading.raw.comparator === "<" && reading.value <= glucoseLimits.lo) return "LO";
  return reading.raw.comparator === ">" && reading.value >= glucoseLimits.veryHigh ? "HI" : undefined;
}

function assessGlucose(reading: KeptReading, measurement: VisitMeasurement, facts: PersonFacts): VisitAssessment {
  const classify = (value: number | undefined, flag?: "LO" | "HI"): Assessment =>
    glucose({
      value,
      flag,
      unit: "mmol/L",
      context: mealOf(measurement.context, facts),
      dm: facts.diabetes ?? "unknown",
      insulin: facts.insulin ?? false,
      pregnant: facts.pregnant ?? false,
      prevUncontrolled: facts.previousUncontrolled ?? false,
      symptoms: facts.symptoms ?? [],
    });
  const text = meterText(reading);
  const found =
    text !== undefined
      ? classify(undefined, text)
      : reading.raw.comparator === undefined
        ? classify(reading.value)
        : assessBeyond({ ...reading, quantity: "glucose" }, "glucose", openClass, classify);
  return shownAs("glucose", shownValue(reading), found);
}

/** The latest glucose counts: after a low one it is measured again in 15 minutes. */
export function glucoseAnswer(measurements: readonly VisitMeasurement[], facts: PersonFacts): KindAnswer {
  const last = measurements.findLast(({ of }) => of === "glucose");
  const reading = last === undefined ? undefined : readingOf(last, "glucose");
  const assessments = last === undefined || reading === undefined ? [] : [assessGlucose(reading, last, facts)];
  const isLow = assessments.some(({ action }) => action === "REPEAT_NOW" || action === "HYPO_TREAT_NOW");
  return kindAnswer(
    { of: "glucose", assessments, next: isLow ? "again" : "none", waitSeconds: isLow ? waits.lowGlucose : 0 },
    measurements,
    last === undefined ? [] : [last],
  );
}
