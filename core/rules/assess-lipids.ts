import type { Assessment } from "./assessment.ts";
import { assessBeyond, shownValue } from "./beyond-range.ts";
import { kindAnswer, type KindAnswer } from "./kind-answer.ts";
import { lipidLimits } from "./limits.ts";
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
import type { FencedQuantity } from "./ranges.ts";
import type { Analyte } from "./units.ts";
import {
  exactOf,
  mealOf,
  readingOf,
  shownAs,
  type PersonFacts,
  type VisitAssessment,
  type VisitMeasurement,
} from "./visit-facts.ts";

const openClass = { category: "LIP_BEYOND_RANGE", rule: "LP-BEYOND", adviceKey: "lip.beyond" } as const;

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
        : assessBeyond({ ...reading, quantity }, analyte, openClass, classify);
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

/** The table holds for people at low risk only: others are shown the number and not told that it is suitable (rules.md §5). */
function withoutSuitable(assessment: VisitAssessment): VisitAssessment {
  const { adviceKey, ...unsaid } = assessment;
  return adviceKey === "lip.ok" ? { ...unsaid, action: "SHOW_ONLY" } : assessment;
}

/** Each item from the latest panel that has it, worst first. */
export function lipidAnswer(measurements: readonly VisitMeasurement[], facts: PersonFacts): KindAnswer {
  const panels = measurements.filter(({ of }) => of === "lipids").map((panel) => assessPanel(panel, facts));
  const said = ldlRiskOf(facts) === "low" ? panels.flat() : panels.flat().map(withoutSuitable);
  const latest = new Map(said.map((one) => [one.domain, one]));
  const assessments = [...latest.values()].sort((a, b) => b.severity - a.severity);
  return kindAnswer(
    { of: "lipids", assessments },
    measurements,
    measurements.filter(({ of }) => of === "lipids"),
  );
}
