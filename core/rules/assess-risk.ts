import { latestOf } from "./assess-body.ts";
import { ascvdChart } from "./ascvd-chart.ts";
import type { Assessment } from "./assessment.ts";
import { chinaPar } from "./china-par.ts";
import type { KindAnswer } from "./kind-answer.ts";
import {
  shownAs,
  type PersonFacts,
  type SiteFacts,
  type VisitAssessment,
  type VisitMeasurement,
} from "./visit-facts.ts";

export interface RiskAnswer {
  /** For the resident: low, middle or high, and no number (service.md §1). The chart's where it can be read. */
  readonly told: VisitAssessment;
  /** For the doctor: the chart, and China-PAR with its percent. */
  readonly forDoctor: readonly VisitAssessment[];
}

/** The numbers of this visit that the risk is computed from; each is absent where it was not measured. */
interface Numbers {
  readonly tc: number | undefined;
  readonly ldl: number | undefined;
  readonly hdl: number | undefined;
  readonly sbp: number | undefined;
  readonly dbp: number | undefined;
  readonly bmi: number | undefined;
  readonly waist: number | undefined;
}

const valueOf = (assessments: readonly VisitAssessment[], domain: string): string | undefined =>
  assessments.find((one) => one.domain === domain)?.value;

const numberOf = (text: string | undefined): number | undefined => {
  const value = Number(text);
  return text === undefined || Number.isNaN(value) ? undefined : value;
};

function numbersOf(
  kinds: readonly KindAnswer[],
  measurements: readonly VisitMeasurement[],
  facts: PersonFacts,
): Numbers {
  const assessments = kinds.flatMap((kind) => kind.assessments).filter(({ action }) => action !== "REJECT");
  const [sbp, dbp] = valueOf(assessments, "bp")?.split("/") ?? [];
  return {
    // A limit mark is no number here: "< 2.59" is in no column of the chart for certain.
    tc: numberOf(valueOf(assessments, "lipid_tc")),
    ldl: numberOf(valueOf(assessments, "lipid_ldl")),
    hdl: numberOf(valueOf(assessments, "lipid_hdl")),
    sbp: numberOf(sbp),
    dbp: numberOf(dbp),
    bmi: numberOf(valueOf(assessments, "bmi")),
    waist: latestOf(measurements, "body.waist") ?? facts.waistCm,
  };
}

/** The chart of LIPID2023; absent where a number or an answer that it asks for is missing. */
function chartOf({ tc, ldl, hdl, ...also }: Numbers, facts: PersonFacts): Assessment | undefined {
  const { age, sex, smoker, hypertension } = facts;
  if (age === undefined || sex === undefined || smoker === undefined || hypertension === undefined) return undefined;
  if (tc === undefined || ldl === undefined || hdl === undefined) return undefined;
  return ascvdChart({
    ...also,
    age,
    sex,
    tc,
    ldl,
    hdl,
    htn: hypertension || facts.treated === true,
    smoker,
    dm: facts.diabetes === "yes",
    ckd34: facts.ckd ?? false,
    ascvdHx: facts.ascvd ?? false,
  });
}

function chinaParOf({ tc, hdl, sbp, waist }: Numbers, facts: PersonFacts, site: SiteFacts): Assessment | undefined {
  const { age, sex, smoker, treated, familyHistory } = facts;
  const { north, urban } = site;
  if (age === undefined || sex === undefined || smoker === undefined || treated === undefined) return undefined;
  if (familyHistory === undefined || north === undefined || urban === undefined) return undefined;
  if (tc === undefined || hdl === undefined || sbp === undefined || waist === undefined) return undefined;
  return chinaPar({
    age,
    sex,
    smoker,
    treated,
    fh: familyHistory,
    north,
    urban,
    tc,
    hdl,
    sbp,
    waist,
    dm: facts.diabetes === "yes",
    ascvdHx: facts.ascvd ?? false,
    unit: "mmol/L",
  });
}

const withoutNumber = ({ value: _percent, ...rest }: VisitAssessment): VisitAssessment => rest;

/** Absent while nothing can be told: the questions were not asked, or the lipids not measured. */
export function riskAnswer(
  kinds: readonly KindAnswer[],
  measurements: readonly VisitMeasurement[],
  facts: PersonFacts,
  site: SiteFacts,
): RiskAnswer | undefined {
  const numbers = numbersOf(kinds, measurements, facts);
  const chart = chartOf(numbers, facts);
  const par = chinaParOf(numbers, facts, site);
  const forDoctor = [
    ...(chart === undefined ? [] : [shownAs("ascvd_cn2023", undefined, chart)]),
    ...(par === undefined ? [] : [shownAs("china_par", undefined, par)]),
  ];
  const [first] = forDoctor;
  return first === undefined ? undefined : { told: withoutNumber(first), forDoctor };
}
