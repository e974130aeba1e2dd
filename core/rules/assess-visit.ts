import type { MeasurementKind } from "../domain/outcome.ts";
import { bodyAnswer, temperatureAnswer } from "./assess-body.ts";
import { glucoseAnswer } from "./assess-glucose.ts";
import { lipidAnswer } from "./assess-lipids.ts";
import { oximetryAnswer } from "./assess-oximetry.ts";
import { pressureAnswer } from "./assess-pressure.ts";
import { riskAnswer, type RiskAnswer } from "./assess-risk.ts";
import { actionCodes } from "./assessment.ts";
import { kindAnswer, type KindAnswer } from "./kind-answer.ts";
import { overall, type OverallItem } from "./overall.ts";
import { triage } from "./triage.ts";
import { urgentReferral, type UrgentReason } from "./urgent-referral.ts";
import {
  judgedMeasurements,
  shownAs,
  type PersonFacts,
  type SiteFacts,
  type VisitAssessment,
  type VisitMeasurement,
} from "./visit-facts.ts";

export interface VisitAnswer {
  /** One per kind that was measured. */
  readonly kinds: readonly KindAnswer[];
  readonly triage?: VisitAssessment;
  readonly risk?: RiskAnswer;
  /** Everything that is told to the resident, most pressing first: triage, every kind, the risk. */
  readonly findings: readonly VisitAssessment[];
  /** OV-01 over the findings; absent while there are none. */
  readonly overall?: VisitAssessment;
  readonly urgentReferral: readonly UrgentReason[];
}

type Answer = (measurements: readonly VisitMeasurement[], facts: PersonFacts, site: SiteFacts) => KindAnswer;

const answers: Readonly<Record<MeasurementKind, Answer>> = {
  bloodPressure: pressureAnswer,
  glucose: glucoseAnswer,
  lipids: lipidAnswer,
  oximetry: oximetryAnswer,
  temperature: temperatureAnswer,
  body: bodyAnswer,
  /** Kept with its number and its proof, and shown to the doctor; the station says nothing of it. */
  chemistry: (measurements) =>
    kindAnswer(
      { of: "chemistry", assessments: [] },
      measurements,
      measurements.filter(({ of }) => of === "chemistry"),
    ),
};

const rankOf = (action: string): number => actionCodes.findIndex((code) => code === action);

const pressing = (a: VisitAssessment, b: VisitAssessment): number =>
  b.severity - a.severity || rankOf(b.action) - rankOf(a.action);

const overallItems = (assessments: readonly VisitAssessment[]): readonly OverallItem[] =>
  assessments.flatMap(({ severity, action }) => {
    const known = actionCodes.find((code) => code === action);
    return known === undefined ? [] : [{ severity, action: known }];
  });

/**
 * Everything the rules say of one visit. `taken` are the accepted measurements, in the order taken; `facts` what is known of
 * the person, `site` of the place. Never throws.
 */
export function assessVisit(taken: readonly VisitMeasurement[], facts: PersonFacts, site: SiteFacts = {}): VisitAnswer {
  const measurements = judgedMeasurements(taken);
  const measured = new Set(measurements.map(({ of }) => of));
  const kinds = [...measured].map((of) => answers[of](measurements, facts, site));
  const asked = facts.symptoms === undefined ? undefined : shownAs("triage", undefined, triage(facts.symptoms));
  const risk = riskAnswer(kinds, measurements, facts, site);
  const findings = [
    ...(asked === undefined ? [] : [asked]),
    ...kinds.flatMap(({ assessments }) => assessments),
    ...(risk === undefined ? [] : [risk.told]),
  ].sort(pressing);
  const items = overallItems(findings);
  return {
    kinds,
    ...(asked === undefined ? {} : { triage: asked }),
    ...(risk === undefined ? {} : { risk }),
    findings,
    ...(items.length === 0 ? {} : { overall: shownAs("overall", undefined, overall(items)) }),
    urgentReferral: urgentReferral(findings, facts),
  };
}
