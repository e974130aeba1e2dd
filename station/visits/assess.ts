import type { MeasurementKind } from "../../core/domain/outcome.ts";
import { instant } from "../../core/domain/time.ts";
import { tookMedicine } from "../../core/journal/answers.ts";
import type { Change, EntryBody, Measurement, Resident } from "../../core/journal/entry.ts";
import type { Answers } from "../../core/journal/visit-bodies.ts";
import { actionCodes } from "../../core/rules/assessment.ts";
import { assessVisit, type VisitAnswer } from "../../core/rules/assess-visit.ts";
import { overall } from "../../core/rules/overall.ts";
import { shownAs, type PersonFacts, type VisitAssessment } from "../../core/rules/visit-facts.ts";
import { comparedNow, type ArmsKnown } from "./arms.ts";
import { apart } from "./entered.ts";
import { asTaken, gradeOf, restOfRules } from "./grade.ts";

/** Which edition of the rules judged; kept with every assessment. */
export const rulesEdition = "rules.md 2026";

/** What is known of the person besides the numbers. */
export interface Known {
  /** Absent: a guest. */
  readonly resident?: Resident | undefined;
  /** All of the visit so far, the latest of each. */
  readonly answers: Answers;
  /** Absent: a guest, who is measured on whichever arm. */
  readonly arms?: ArmsKnown | undefined;
}

type Made = EntryBody<"assessment.made">;

/**
 * What the rules say of all measurements of a visit, as far as it concerns `of`.
 * `measurements`: all accepted ones in the order taken, the newest last. `now` in milliseconds since 1970 UTC.
 * `before`: what was made of the same measurements when less was known: a rest that runs does not begin anew.
 */
export function assessmentOf(
  of: MeasurementKind,
  measurements: readonly Measurement[],
  known: Known,
  at: {
    readonly now: number;
    readonly restSeconds: number;
    /** Devices and people are invented: a rest that was shortened stands for a whole one. */
    readonly simulated: boolean;
    readonly before?: Pick<Made, "next" | "notBefore"> | undefined;
    readonly changes?: readonly Change[] | undefined;
  },
): Made {
  const facts = factsOf(known, measurements, at.now);
  const taken = measurements.map((each) => asTaken(each, known.answers, at.restSeconds));
  const { counted, beside } = apart(taken);
  const answer = assessVisit(counted, facts);
  const also = assessVisit(beside, facts);
  const kind = kindIn(answer, of);
  const next = kind?.next ?? "none";
  const waitMs = ((kind?.waitSeconds ?? 0) * 1_000 * at.restSeconds) / restOfRules;
  const began = at.before?.next === next ? at.before.notBefore : undefined;
  // From the end of the reading before: comparing it with the display is time in which the arm rests.
  const ended = measurements.findLast((one) => one.of === of)?.times.heardAt;
  const since = ended === undefined ? at.now : Math.min(at.now, Date.parse(ended));
  const notBefore = waitMs > 0 ? (began ?? instant(since + waitMs)) : undefined;
  const grade = kind === undefined ? undefined : gradeOf(kind, counted, !at.simulated && at.restSeconds < restOfRules);
  const step = kind?.pressure?.step;
  const arm = step?.kind === "take" ? step.arm : undefined;
  const compared =
    of === "bloodPressure" && known.arms !== undefined
      ? comparedNow(kind?.assessments ?? [], known.arms, known.answers.arm, instant(at.now))
      : undefined;
  const worst = combined([answer.overall, also.overall]);
  return {
    of,
    measurements: measurements.filter((measurement) => measurement.of === of).map(({ id }) => id),
    rules: rulesEdition,
    assessments: [...(kind?.assessments ?? []), ...(kindIn(also, of)?.assessments ?? []).map(marked)],
    next,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(arm === undefined ? {} : { arm }),
    ...(compared === undefined ? {} : { compared }),
    ...(worst === undefined ? {} : { overall: worst }),
    ...(grade === undefined ? {} : { grade }),
    ...(at.changes === undefined || at.changes.length === 0 ? {} : { changes: [...at.changes] }),
    ...(answer.risk === undefined ? {} : { risk: answer.risk.told }),
  };
}

const kindIn = ({ kinds }: VisitAnswer, of: MeasurementKind) => kinds.find((each) => each.of === of);

/** Beside the device's own: a person typed it. */
const marked = (one: VisitAssessment): VisitAssessment => ({ ...one, flags: [...one.flags, "ENTERED"].sort() });

/** OV-01 over both; a combination of combinations is the combination of all. */
function combined(found: readonly (VisitAssessment | undefined)[]): VisitAssessment | undefined {
  const items = found.flatMap((one) => {
    const action = actionCodes.find((code) => code === one?.action);
    return one === undefined || action === undefined ? [] : [{ severity: one.severity, action }];
  });
  return items.length === 0 ? undefined : shownAs("overall", undefined, overall(items));
}

/** What the person is and said. An answer counts for the whole visit; the newest of each. */
export function factsOf(
  { resident, answers, arms }: Known,
  measurements: readonly Measurement[],
  now: number,
): PersonFacts {
  const { smoker } = answers;
  const symptoms = answers.symptoms ?? namedBefore(measurements);
  const grown = resident && {
    age: new Date(now).getUTCFullYear() - resident.birthYear,
    sex: resident.sex,
    ...resident.facts,
    // Who has high pressure and took their medicine is treated; nothing else here says whether somebody is.
    ...(resident.facts.hypertension && tookMedicine(answers) === true ? { treated: true } : {}),
  };
  return {
    ...grown,
    ...(arms?.plan === undefined ? {} : { arms: arms.plan }),
    ...(smoker === undefined ? {} : { smoker }),
    ...(symptoms === undefined ? {} : { symptoms }),
  };
}

/** Where symptoms were not asked for by themselves: those named before the latest measurement that was. */
function namedBefore(measurements: readonly Measurement[]): readonly string[] | undefined {
  const named = measurements.map(({ context }) => context["symptoms"]).findLast((symptoms) => Array.isArray(symptoms));
  return named?.filter((symptom) => typeof symptom === "string");
}
