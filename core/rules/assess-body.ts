import { fixed } from "./decimal.ts";
import { kindAnswer, type KindAnswer } from "./kind-answer.ts";
import { adultAge } from "./ranges.ts";
import { temperature } from "./temperature.ts";
import {
  exactOf,
  isEntered,
  shownAs,
  type PersonFacts,
  type VisitAssessment,
  type VisitMeasurement,
} from "./visit-facts.ts";
import type { Quantity } from "../domain/quantity.ts";
import { bmi, waist } from "./weight.ts";

/** The latest temperature counts; one that says "measure again" asks for it once. */
export function temperatureAnswer(measurements: readonly VisitMeasurement[], facts: PersonFacts): KindAnswer {
  const own = measurements.filter(
    (each) => each.of === "temperature" && exactOf(each, "body.temperature") !== undefined,
  );
  const last = own.at(-1);
  const v = last === undefined ? undefined : exactOf(last, "body.temperature");
  if (last === undefined || v === undefined) {
    return kindAnswer({ of: "temperature", assessments: [] }, measurements, []);
  }
  const found = temperature(v, facts.diabetes === "yes", facts.symptoms ?? []);
  const isRepeated = found.action === "REPEAT_NOW" && own.length === 1;
  return kindAnswer(
    {
      of: "temperature",
      assessments: [shownAs("temperature", fixed(v, 1), found)],
      next: isRepeated ? "again" : "none",
    },
    measurements,
    [last],
  );
}

/** The newest number of that quantity in the visit, whichever measurement told it; a device's before a typed one. */
export function latestOf(measurements: readonly VisitMeasurement[], quantity: Quantity): number | undefined {
  const newest = (from: readonly VisitMeasurement[]): number | undefined =>
    from.flatMap((measurement) => exactOf(measurement, quantity) ?? []).at(-1);
  return newest(measurements.filter((each) => !isEntered(each))) ?? newest(measurements);
}

const isGrown = ({ age = adultAge, pregnant = false }: PersonFacts): boolean => age >= adultAge && !pregnant;

/** Body mass from weight and height, and the waist of adults who are not pregnant (rules.md §9). */
function bodyAssessments(measurements: readonly VisitMeasurement[], facts: PersonFacts): readonly VisitAssessment[] {
  const weight = latestOf(measurements, "body.weight");
  const height = latestOf(measurements, "body.height") ?? facts.heightCm;
  const girth = latestOf(measurements, "body.waist");
  const ofMass =
    weight === undefined || height === undefined
      ? []
      : [shownAs("bmi", undefined, bmi(height, weight, facts.age ?? 50, facts.pregnant ?? false))];
  const ofWaist =
    girth === undefined || facts.sex === undefined || !isGrown(facts)
      ? []
      : [shownAs("waist", fixed(girth, 1), waist(facts.sex, girth))];
  return [...ofMass, ...ofWaist].sort((a, b) => b.severity - a.severity);
}

export function bodyAnswer(measurements: readonly VisitMeasurement[], facts: PersonFacts): KindAnswer {
  const own = measurements.filter(({ of }) => of === "body");
  return kindAnswer({ of: "body", assessments: bodyAssessments(own, facts) }, measurements, own);
}
