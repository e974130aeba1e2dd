import type { MeasurementKind } from "../domain/outcome.ts";
import { sortedFlags } from "./assessment.ts";
import type { Arm, PressureStep } from "./pressure-protocol.ts";
import type { PressureGrade } from "./pressure-grade.ts";
import { circumstancesOf, isSound, isUnprepared, type VisitAssessment, type VisitMeasurement } from "./visit-facts.ts";

export type NextStep = "none" | "second" | "third" | "restRepeat" | "again";

export interface KindAnswer {
  readonly of: MeasurementKind;
  /** The first leads. Empty until there is something to judge. */
  readonly assessments: readonly VisitAssessment[];
  /** What the protocol asks for after these measurements. */
  readonly next: NextStep;
  /** Rest before that next measurement, in seconds. */
  readonly waitSeconds: number;
  /**
   * `final`: may count as a follow-up value. `preliminary`: shown, but the device was not in order, a person typed it, or the
   * preparation was not met (rules.md §1, coding.md §1).
   */
  readonly status: "final" | "preliminary";
  /** A possible but unusual number that was not measured twice: ask for one repeat before the visit closes (rules.md §1). */
  readonly confirm: boolean;
  readonly pressure?: {
    readonly step: PressureStep;
    readonly grade: PressureGrade;
    /** The arm to measure. */
    readonly arm?: Arm;
  };
}

const isUnusual = ({ doubts }: VisitMeasurement): boolean => doubts.includes("unusual");

/** What follows from how the measurements were taken, for all kinds alike. `judged`: those that the assessments rest on. */
export function kindAnswer(
  found: Pick<KindAnswer, "of" | "assessments"> & Partial<Pick<KindAnswer, "next" | "waitSeconds" | "pressure">>,
  measurements: readonly VisitMeasurement[],
  judged: readonly VisitMeasurement[],
): KindAnswer {
  const own = measurements.filter(({ of }) => of === found.of);
  const last = own.at(-1);
  const unusual = own.filter(isUnusual);
  const marks = [
    ...(judged.some(isUnprepared) ? ["PREP_NOT_MET"] : []),
    ...(judged.some(isUnusual) ? ["SOFT_CONFIRM"] : []),
  ];
  const asked = found.of !== "bloodPressure" || judged.every((one) => circumstancesOf(one).prepared === true);
  return {
    next: "none",
    waitSeconds: 0,
    ...found,
    assessments: found.assessments.map((one) => ({ ...one, flags: [...sortedFlags([...one.flags, ...marks])] })),
    status: judged.length > 0 && asked && judged.every(isSound) && !judged.some(isUnprepared) ? "final" : "preliminary",
    confirm: last !== undefined && isUnusual(last) && unusual.length === 1,
  };
}
