import { reaches } from "./blood-pressure-lines.ts";
import { glucoseLimits, pressureLimits } from "./limits.ts";
import { hasAny } from "./symptoms.ts";
import type { PersonFacts, VisitAssessment } from "./visit-facts.ts";

/**
 * The urgent referral set of NBPHS3 (rules.md §10, A): who falls under it is recorded as referred urgently, and the outcome
 * is looked up within two weeks (HTN2025 says two to four).
 */
export const urgentReasons = ["pressure", "glucose", "symptom", "pregnancy", "pulse", "temperature"] as const;
export type UrgentReason = (typeof urgentReasons)[number];

const urgentSymptoms = [
  "SX_CONSCIOUS",
  "SX_SEVERE_HEADACHE",
  "SX_VOMIT",
  "SX_VISION",
  "SX_PALPITATION",
  "SX_DYSPNEA",
  "SX_ACETONE",
] as const;

const pulseFast = 100;
const feverHigh = 39;

interface Case {
  readonly facts: PersonFacts;
  readonly assessments: readonly VisitAssessment[];
}

const isDiabetic = ({ facts }: Case): boolean => facts.diabetes === "yes";
const judged = ({ assessments }: Case, domain: string): VisitAssessment | undefined =>
  assessments.find((one) => one.domain === domain && one.action !== "REJECT");
const numberOf = (c: Case, domain: string): number => Number(judged(c, domain)?.value ?? Number.NaN);
const has = (c: Case, categories: readonly string[]): boolean =>
  c.assessments.some(({ category }) => categories.includes(category));

function isHighPressure(c: Case): boolean {
  const [sbp, dbp] = judged(c, "bp")?.value?.split("/").map(Number) ?? [];
  return sbp !== undefined && dbp !== undefined && reaches({ sbp, dbp }, pressureLimits.crisis);
}

/** A limit mark counts by its class: LO and HI have a sign before their number. */
function isUrgentGlucose(c: Case): boolean {
  const value = numberOf(c, "glucose");
  if (has(c, ["GLU_CRISIS", "GLU_VERY_HIGH"]) || value >= glucoseLimits.veryHigh) return true;
  return isDiabetic(c) && (value <= glucoseLimits.low || has(c, ["GLU_HYPO_L1", "GLU_HYPO_L2", "GLU_HYPO_L3"]));
}

const rows: Readonly<Record<UrgentReason, (c: Case) => boolean>> = {
  pressure: isHighPressure,
  glucose: isUrgentGlucose,
  symptom: ({ facts }) => hasAny(facts.symptoms ?? [], urgentSymptoms),
  pregnancy: (c) => has(c, ["BP_PREG_HIGH", "BP_PREG_SEVERE", "GLU_PREG_HIGH"]),
  pulse: (c) => isDiabetic(c) && numberOf(c, "pulse") > pulseFast,
  temperature: (c) => isDiabetic(c) && numberOf(c, "temperature") > feverHigh,
};

/** Which triggers of the set hold; none means no urgent referral. */
export function urgentReferral(assessments: readonly VisitAssessment[], facts: PersonFacts): readonly UrgentReason[] {
  return urgentReasons.filter((reason) => rows[reason]({ facts, assessments }));
}
