import { z } from "zod";
import type { Doubt, MeasurementKind } from "../domain/outcome.ts";
import { isQuantity, type Comparator, type Quantity } from "../domain/quantity.ts";
import type { Assessment } from "./assessment.ts";
import { glucoseContext, glucoseContexts, type Diabetes, type GlucoseContext } from "./glucose.ts";
import { storedValue } from "./ranges.ts";
import { waits } from "./limits.ts";
import { arms, type Arm } from "./pressure-protocol.ts";
import type { Symptoms } from "./symptoms.ts";
import type { Sex } from "./weight.ts";

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
  readonly sex?: Sex;
  /** `both`: first visit or yearly check. An arm: the one with the higher pressure, or the only one that can be measured. */
  readonly arms?: "both" | Arm;
  /** When the person sat down to rest, milliseconds since 1970 UTC. */
  readonly seatedAt?: number;
  /** Asked for the risk; while it is absent no risk is told. */
  readonly smoker?: boolean;
  /** Drugs against high pressure in the last two weeks. */
  readonly treated?: boolean;
  /** Parent or sibling with heart attack or stroke. */
  readonly familyHistory?: boolean;
  /** Known COPD on home oxygen. */
  readonly copdOxygen?: boolean;
  /** From the record, where this visit has none: cm. */
  readonly heightCm?: number;
  readonly waistCm?: number;
}

/** What is known of the place. */
export interface SiteFacts {
  readonly altitudeM?: number;
  /** North of the Yangtze. */
  readonly north?: boolean;
  readonly urban?: boolean;
  /** Seconds between two pressures of one arm, where the station holds them; see `PressurePlan`. */
  readonly restSeconds?: number;
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
  /**
   * Answers given before this measurement; `meal` or `minutesSinceMeal` here win over the facts of the visit, and the rest is
   * `Circumstances`.
   */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly times?: { readonly heardAt: string };
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

const flag = z.boolean().optional().catch(undefined);
const circumstancesSchema = z.object({
  /** Nothing of PREP_NOT_MET: no smoking, tea, coffee, alcohol or work within 30 minutes, bladder empty. */
  prepared: flag,
  /** Back leaned on, feet flat, arm bare at heart level. */
  posture: flag,
  cuff: z.enum(["small", "standard", "large"]).optional().catch(undefined),
  arm: z.enum(arms).optional().catch(undefined),
  /** Nobody talked, by the microphone's level. Absent: there is no microphone. */
  quiet: flag,
  /** How long the person had been sitting when the measurement began. */
  seatedSeconds: z.number().min(0).optional().catch(undefined),
  /** Milliseconds since 1970 UTC. */
  startedAt: z.number().min(0).optional().catch(undefined),
  /** Typed by a person, not told by a device. */
  entered: flag,
});
/** How a measurement was taken, out of its `context`. What is no answer there is as if it had not been asked. */
export type Circumstances = z.infer<typeof circumstancesSchema>;

export const circumstancesOf = ({ context }: Pick<VisitMeasurement, "context">): Circumstances =>
  circumstancesSchema.parse(context ?? {});

export const isEntered = (measurement: Pick<VisitMeasurement, "context">): boolean =>
  circumstancesOf(measurement).entered === true;

/**
 * What is judged: numbers that a person typed are never mixed with what a device told of the same kind. They count only
 * where no device told anything. Height and waist are typed and go with the scale's weight, so bodies stay whole.
 */
export function judgedMeasurements(measurements: readonly VisitMeasurement[]): readonly VisitMeasurement[] {
  const told = new Set(measurements.filter((each) => !isEntered(each)).map(({ of }) => of));
  return measurements.filter((each) => each.of === "body" || !isEntered(each) || !told.has(each.of));
}

/** Unmet preparation: shown, but never counted as a follow-up value (rules.md §1). */
export const isUnprepared = (measurement: VisitMeasurement): boolean => {
  const { prepared, seatedSeconds } = circumstancesOf(measurement);
  return (
    prepared === false ||
    (measurement.of === "bloodPressure" && seatedSeconds !== undefined && seatedSeconds < waits.seated)
  );
};

const unsound: readonly Doubt[] = ["bodyMotion", "deviceMarked", "override", "preliminary"];

/** The device is in order, told the number itself and has no doubt about it. */
export const isSound = (measurement: VisitMeasurement): boolean =>
  !isEntered(measurement) && !measurement.doubts.some((doubt) => unsound.includes(doubt));

/** Diseases of the person by the codes of rules.md §12, from wherever they are known. */
export const comorbidOf = (facts: PersonFacts): readonly string[] => [
  ...(facts.comorbid ?? []),
  ...(facts.diabetes === "yes" ? ["DM"] : []),
  ...(facts.ckd === true ? ["CKD"] : []),
  ...(facts.knownAf === true ? ["AF"] : []),
  // Which of its kinds it was does not matter to BP-25C: all of them are in its list.
  ...(facts.ascvd === true ? ["CHD"] : []),
];

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
