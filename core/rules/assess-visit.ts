import type { MeasurementKind } from "../domain/outcome.ts";
import { actionCodes, type Assessment } from "./assessment.ts";
import { assessPressure } from "./assess-pressure.ts";
import { assessBeyond, shownValue } from "./beyond-range.ts";
import { glucose } from "./glucose.ts";
import { glucoseLimits, lipidLimits, waits } from "./limits.ts";
import {
  ldlCalc,
  ldlNotCalculable,
  lipidHdl,
  lipidLdl,
  lipidNonHdl,
  lipidTc,
  lipidTg,
  type LdlRisk,
} from "./lipids.ts";
import { overall, type OverallItem } from "./overall.ts";
import type { FencedQuantity } from "./ranges.ts";
import { triage } from "./triage.ts";
import type { Analyte } from "./units.ts";
import {
  exactOf,
  mealOf,
  readingOf,
  shownAs,
  type KeptReading,
  type PersonFacts,
  type VisitAssessment,
  type VisitMeasurement,
} from "./visit-facts.ts";

export type NextStep = "none" | "second" | "third" | "restRepeat" | "again";

export interface KindAnswer {
  readonly of: MeasurementKind;
  /** The first leads. Empty until there is something to judge. */
  readonly assessments: readonly VisitAssessment[];
  /** What the protocol asks for after these measurements. */
  readonly next: NextStep;
  /** Rest before that next measurement, in seconds. */
  readonly waitSeconds: number;
}

export interface VisitAnswer {
  /** One per kind that was measured. */
  readonly kinds: readonly KindAnswer[];
  readonly triage?: VisitAssessment;
  /** OV-01 over everything judged; absent while there is nothing. */
  readonly overall?: VisitAssessment;
}

const sessionSteps: Readonly<Record<string, NextStep>> = {
  NEED_SECOND: "second",
  NEED_THIRD: "third",
  NEED_REST_REPEAT: "restRepeat",
  BP_INVALID: "again",
  COMPLETE: "none",
};

function pressureAnswer(measurements: readonly VisitMeasurement[], facts: PersonFacts): KindAnswer {
  const { session, assessments } = assessPressure(measurements, facts);
  const next = sessionSteps[session.category] ?? "none";
  return { of: "bloodPressure", assessments, next, waitSeconds: waits.pressure[next] };
}

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
        : assessBeyond({ ...reading, quantity: "glucose" }, "glucose", openGlucose, classify);
  return shownAs("glucose", shownValue(reading), found);
}

const openGlucose = { category: "GLU_BEYOND_RANGE", rule: "GL-BEYOND", adviceKey: "glu.beyond" } as const;
const openLipid = { category: "LIP_BEYOND_RANGE", rule: "LP-BEYOND", adviceKey: "lip.beyond" } as const;

function glucoseAnswer(measurements: readonly VisitMeasurement[], facts: PersonFacts): KindAnswer {
  const last = measurements.findLast(({ of }) => of === "glucose");
  const reading = last === undefined ? undefined : readingOf(last, "glucose");
  const assessments = last === undefined || reading === undefined ? [] : [assessGlucose(reading, last, facts)];
  const isLow = assessments.some(({ action }) => action === "REPEAT_NOW" || action === "HYPO_TREAT_NOW");
  const next = isLow ? "again" : "none";
  return { of: "glucose", assessments, next, waitSeconds: isLow ? waits.lowGlucose : 0 };
}

export function ldlRiskOf(facts: PersonFacts): LdlRisk {
  if (facts.ascvd === true) return "ascvd";
  if (facts.ckd === true) return "ckd";
  return facts.diabetes === "yes" && (facts.age ?? 0) >= lipidLimits.riskAge ? "dm40" : "low";
}

/** One panel. Derived values are computed from whole numbers of the same panel only, never from a limit mark. */
function assessPanel(panel: VisitMeasurement, facts: PersonFacts): readonly VisitAssessment[] {
  const symptoms = facts.symptoms ?? [];
  const fasting = mealOf(panel.context, facts) === "fasting";
  const tc = exactOf(panel, "cholesterol.total");
  const hdl = exactOf(panel, "cholesterol.hdl");
  const item = (
    domain: string,
    quantity: FencedQuantity,
    analyte: Analyte,
    classify: (value: number) => Assessment,
  ): readonly VisitAssessment[] => {
    const reading = readingOf(panel, quantity);
    if (reading === undefined) return [];
    const found =
      reading.raw.comparator === undefined
        ? classify(reading.value)
        : assessBeyond({ ...reading, quantity }, analyte, openLipid, classify);
    return [shownAs(domain, shownValue(reading), found)];
  };
  const ldl = (value: number): Assessment => lipidLdl(value, ldlRiskOf(facts), symptoms);
  const ofDevice = item("lipid_ldl", "cholesterol.ldlCalculated", "cholesterol", ldl);
  return [
    ...item("lipid_tc", "cholesterol.total", "cholesterol", (value) => lipidTc(value, symptoms)),
    ...(ofDevice.length > 0 ? ofDevice : calculatedLdl(panel, ldl)),
    ...item("lipid_hdl", "cholesterol.hdl", "cholesterol", (value) => lipidHdl(value, tc, symptoms)),
    ...item("lipid_tg", "triglyceride", "triglyceride", (value) => lipidTg(value, fasting, symptoms)),
    ...(tc === undefined || hdl === undefined
      ? []
      : [shownAs("lipid_nonhdl", undefined, lipidNonHdl(tc, hdl, symptoms))]),
  ];
}

function calculatedLdl(panel: VisitMeasurement, classify: (ldl: number) => Assessment): readonly VisitAssessment[] {
  const tc = exactOf(panel, "cholesterol.total");
  const hdl = exactOf(panel, "cholesterol.hdl");
  const tg = exactOf(panel, "triglyceride");
  if (tc !== undefined && hdl !== undefined && tg !== undefined) {
    const found = ldlCalc(tc, hdl, tg);
    if (found.action !== "CLASSIFY" || found.value === undefined) return [shownAs("ldl_calc", undefined, found)];
    const classed = classify(Number(found.value));
    const flags = found.category === "LDL_CALC_CAUTION" ? [...classed.flags, "LDL_CALC_CAUTION"].sort() : classed.flags;
    return [shownAs("lipid_ldl", found.value, { ...classed, flags })];
  }
  return panel.doubts.includes("notCalculable") ? [shownAs("ldl_calc", undefined, ldlNotCalculable)] : [];
}

/** Each item from the latest panel that has it, worst first. */
function lipidAnswer(measurements: readonly VisitMeasurement[], facts: PersonFacts): KindAnswer {
  const panels = measurements.filter(({ of }) => of === "lipids").map((panel) => assessPanel(panel, facts));
  const latest = new Map(panels.flat().map((one) => [one.domain, one]));
  const assessments = [...latest.values()].sort((a, b) => b.severity - a.severity);
  return { of: "lipids", assessments, next: "none", waitSeconds: 0 };
}

/** Kept with its number and its proof, and shown to the doctor; the station says nothing of it. */
const unjudged =
  (of: MeasurementKind): (() => KindAnswer) =>
  () => ({ of, assessments: [], next: "none", waitSeconds: 0 });

const answers: Readonly<
  Record<MeasurementKind, (measurements: readonly VisitMeasurement[], facts: PersonFacts) => KindAnswer>
> = {
  bloodPressure: pressureAnswer,
  glucose: glucoseAnswer,
  lipids: lipidAnswer,
  oximetry: unjudged("oximetry"),
  temperature: unjudged("temperature"),
  body: unjudged("body"),
  chemistry: unjudged("chemistry"),
};

const overallItems = (assessments: readonly VisitAssessment[]): readonly OverallItem[] =>
  assessments.flatMap(({ severity, action }) => {
    const known = actionCodes.find((code) => code === action);
    return known === undefined ? [] : [{ severity, action: known }];
  });

/** Everything the rules say of one visit. `measurements` are the accepted ones, in the order taken. Never throws. */
export function assessVisit(measurements: readonly VisitMeasurement[], facts: PersonFacts): VisitAnswer {
  const measured = new Set(measurements.map(({ of }) => of));
  const kinds = [...measured].map((of) => answers[of](measurements, facts));
  const asked = facts.symptoms === undefined ? [] : [shownAs("triage", undefined, triage(facts.symptoms))];
  const items = overallItems([...asked, ...kinds.flatMap(({ assessments }) => assessments)]);
  return {
    kinds,
    ...(asked[0] === undefined ? {} : { triage: asked[0] }),
    ...(items.length === 0 ? {} : { overall: shownAs("overall", undefined, overall(items)) }),
  };
}
