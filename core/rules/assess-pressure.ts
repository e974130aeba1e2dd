import { bp } from "./blood-pressure.ts";
import { countedReadings, sessionMean } from "./blood-pressure-session.ts";
import { mean } from "./decimal.ts";
import { kindAnswer, type KindAnswer, type NextStep } from "./kind-answer.ts";
import { pressureGrade } from "./pressure-grade.ts";
import {
  pressureProtocol,
  type ClosedSession,
  type PressurePlan,
  type PressureProtocol,
  type PressureStep,
  type PressureTaken,
  type TakeReason,
} from "./pressure-protocol.ts";
import { pulse } from "./pulse.ts";
import {
  circumstancesOf,
  comorbidOf,
  exactOf,
  isSound,
  judgedMeasurements,
  shownAs,
  type PersonFacts,
  type SiteFacts,
  type VisitAssessment,
  type VisitMeasurement,
} from "./visit-facts.ts";

interface Taken extends PressureTaken {
  readonly measurement: VisitMeasurement;
}

function takenOf(measurement: VisitMeasurement): Taken {
  const { arm, startedAt } = circumstancesOf(measurement);
  const at = measurement.times === undefined ? Number.NaN : Date.parse(measurement.times.heardAt);
  return {
    sbp: exactOf(measurement, "bp.systolic"),
    dbp: exactOf(measurement, "bp.diastolic"),
    irr: measurement.doubts.includes("irregularPulse"),
    arm,
    startedAt,
    at: Number.isNaN(at) ? undefined : at,
    measurement,
  };
}

const planOf = (facts: PersonFacts, site: SiteFacts): PressurePlan => ({
  arms: facts.arms,
  knownAf: facts.knownAf ?? false,
  averaging: facts.averaging ?? "last2",
  symptoms: facts.symptoms ?? [],
  restedRepeat: facts.restedRepeat ?? false,
  seatedAt: facts.seatedAt,
  restSeconds: site.restSeconds,
});

/** The pressures of one visit through the measuring protocol; for the host that drives the next reading. */
export const pressureOfVisit = (
  measurements: readonly VisitMeasurement[],
  facts: PersonFacts,
  site: SiteFacts = {},
): PressureProtocol<Taken> =>
  pressureProtocol(
    judgedMeasurements(measurements)
      .filter(({ of }) => of === "bloodPressure")
      .map(takenOf),
    planOf(facts, site),
  );

const countedOf = ({ readings, session }: ClosedSession<Taken>): readonly Taken[] =>
  countedReadings(readings, session.rule === "mean3" || session.knownAf || readings.some(({ irr }) => irr));

function judgePressure({ session, state }: ClosedSession<Taken>, facts: PersonFacts): readonly VisitAssessment[] {
  const pressure = sessionMean(session);
  if (pressure === undefined) return [];
  const found = bp({
    ...pressure,
    age: facts.age ?? 50,
    pregnant: facts.pregnant ?? false,
    dxHtn: facts.hypertension ?? false,
    prevUncontrolled: facts.previousUncontrolled ?? false,
    comorbid: comorbidOf(facts),
    symptoms: session.symptoms,
    setting: "kiosk",
    restedRepeat: session.restedRepeat,
    days: 0,
    n: 0,
  });
  const flags = [...new Set([...found.flags, ...state.flags])].sort();
  return [shownAs("bp", `${pressure.sbp}/${pressure.dbp}`, { ...found, flags })];
}

function judgePulse(closed: ClosedSession<Taken>, facts: PersonFacts): readonly VisitAssessment[] {
  const rates = countedOf(closed).flatMap(({ measurement }) => exactOf(measurement, "pulse.rate") ?? []);
  if (rates.length === 0) return [];
  const bpm = mean(rates, 0);
  const found = pulse({
    bpm,
    dm: facts.diabetes === "yes",
    irregularCount: closed.readings.filter(({ irr }) => irr).length,
    symptoms: closed.session.symptoms,
  });
  return [shownAs("pulse", String(bpm), found)];
}

const steps: Readonly<Record<TakeReason, NextStep>> = {
  first: "none",
  otherArm: "second",
  second: "second",
  apart: "third",
  irregular: "third",
  afterRest: "restRepeat",
  refused: "again",
  tooSoon: "again",
};

/** Where a person has to look at the cuff first, it is measured again all the same. */
function nextOf(step: PressureStep): NextStep {
  if (step.kind === "take") return steps[step.why];
  return step.kind === "help" ? "again" : "none";
}

/** Pressure, pulse, and the two arms where both were measured, of the latest session that has a mean; nothing before. */
export function pressureAnswer(
  measurements: readonly VisitMeasurement[],
  facts: PersonFacts,
  site: SiteFacts = {},
): KindAnswer {
  const protocol = pressureOfVisit(measurements, facts, site);
  const { closed, bothArms, step, arm } = protocol;
  const counted = closed === undefined ? [] : countedOf(closed);
  const judged = counted.map(({ measurement }) => measurement);
  const grade = pressureGrade({
    counted: judged.map((one) => ({ circumstances: circumstancesOf(one), sound: isSound(one) })),
    unstable: closed?.state.flags.some((flag) => flag === "UNSTABLE" || flag === "IRREGULAR") ?? false,
  });
  const assessments =
    closed === undefined
      ? []
      : [
          ...judgePressure(closed, facts),
          ...judgePulse(closed, facts),
          ...(bothArms === undefined ? [] : [shownAs("bp_arm", undefined, bothArms.judged)]),
        ];
  return kindAnswer(
    {
      of: "bloodPressure",
      assessments,
      next: nextOf(step),
      waitSeconds: step.kind === "over" ? 0 : step.waitSeconds,
      pressure: { step, grade, ...(arm === undefined ? {} : { arm }) },
    },
    measurements,
    judged,
  );
}
