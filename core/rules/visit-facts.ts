import { z } from "zod";
import type { Doubt, MeasurementKind } from "../domain/outcome.ts";
import { isQuantity, type Comparator, type Quantity } from "../domain/quantity.ts";
import type { Assessment } from "./assessment.ts";
import { glucoseContext, glucoseContexts, type Diabetes, type GlucoseContext } from "./glucose.ts";
import { storedValue } from "./ranges.ts";
import type { Symptoms } from "./symptoms.ts";

/** What is known of the person and the visit. Absent means not asked; each default is the cautious one of its rule. */
export interface PersonFacts {
  /** Years. */
  readonly age?: number;
  /** Absent means unknown: low values are then judged as if yes, high ones as if no. */
  readonly diabetes?: Diabetes;
  readonly insulin?: boolean;
  /** Diagnosed hypertension. */
  readonly hypertension?: boolean;
  readonly knownAf?: boolean;
  /** Pregnant or breastfeeding. */
  readonly pregnant?: boolean;
  /** The previous follow-up was not controlled. */
  readonly previousUncontrolled?: boolean;
  /** DM, CKD, CHD, STROKE, HF, AF, PAD, RETINOPATHY. */
  readonly comorbid?: readonly string[];
  readonly ascvd?: boolean;
  readonly ckd?: boolean;
  readonly symptoms?: Symptoms;
  /** Since the first bite of the last meal; null means unknown. */
  readonly minutesSinceMeal?: number | null;
  readonly fasting?: boolean;
  /** A session of this visit has already ended in NEED_REST_REPEAT and the rest is over. */
  readonly restedRepeat?: boolean;
  readonly averaging?: "last2" | "mean3";
}

/** A stored reading; the schema of the journal keeps unit and quantity together. */
export interface VisitReading {
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  readonly comparator?: Comparator | undefined;
}

export interface VisitMeasurement {
  readonly of: MeasurementKind;
  readonly readings: readonly VisitReading[];
  readonly doubts: readonly Doubt[];
  /** Answers given before this measurement; `meal` or `minutesSinceMeal` here win over the facts of the visit. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** The shape of `assessmentSchema` in the journal: the rule's domain is named, the value is always shown. */
export interface VisitAssessment extends Omit<Assessment, "flags"> {
  readonly domain: string;
  /** A copy of its own, because a journal body owns its lists. */
  readonly flags: string[];
}

export function shownAs(domain: string, value: string | undefined, assessment: Assessment): VisitAssessment {
  const shown = value ?? assessment.value;
  return { ...assessment, domain, flags: [...assessment.flags], ...(shown === undefined ? {} : { value: shown }) };
}

const mealSchema = z.object({
  meal: z.enum(glucoseContexts).optional().catch(undefined),
  minutesSinceMeal: z.number().min(0).nullish().catch(undefined),
});

/** Fasting, two hours after a meal, or anything else and unknown (GL-CTX). */
export function mealOf(context: Readonly<Record<string, unknown>> | undefined, facts: PersonFacts): GlucoseContext {
  const { meal, minutesSinceMeal } = mealSchema.parse(context ?? {});
  if (meal !== undefined) return meal;
  const minutes = minutesSinceMeal ?? facts.minutesSinceMeal;
  if (minutes !== undefined && minutes !== null) return glucoseContext(minutes);
  return facts.fasting === true ? "fasting" : "random";
}

/** A reading of a known quantity with its kept value in the first unit. */
export interface KeptReading {
  readonly quantity: Quantity;
  readonly raw: VisitReading;
  readonly value: number;
}

/** The last reading of that quantity, if its unit can be used. */
export function readingOf(measurement: VisitMeasurement, quantity: Quantity): KeptReading | undefined {
  const raw = measurement.readings.findLast((reading) => reading.quantity === quantity);
  if (raw === undefined || !isQuantity(raw.quantity)) return undefined;
  const value = storedValue({ quantity, value: raw.value, unit: raw.unit });
  return value === undefined ? undefined : { quantity, raw, value };
}

/** The number itself; `undefined` where the device only gave a limit (`<`, `>`). */
export const exactOf = (measurement: VisitMeasurement, quantity: Quantity): number | undefined => {
  const reading = readingOf(measurement, quantity);
  return reading === undefined || reading.raw.comparator !== undefined ? undefined : reading.value;
};
