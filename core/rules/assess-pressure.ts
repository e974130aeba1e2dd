import type { Assessment } from "./assessment.ts";
import { bpSession, countedReadings, sessionMean, type Session } from "./blood-pressure-session.ts";
import { bp } from "./blood-pressure.ts";
import { mean } from "./decimal.ts";
import { pulse } from "./pulse.ts";
import { exactOf, shownAs, type PersonFacts, type VisitAssessment, type VisitMeasurement } from "./visit-facts.ts";

export interface PressureAnswer {
  /** State of the latest session: NEED_FIRST, NEED_SECOND, NEED_THIRD, NEED_REST_REPEAT, COMPLETE, BP_INVALID. */
  readonly session: Assessment;
  /** Pressure, then pulse, of the latest session that has a mean; empty before. */
  readonly assessments: readonly VisitAssessment[];
}

const hasMean = (state: Assessment): boolean => state.category === "COMPLETE" || state.category === "NEED_REST_REPEAT";

const irregular = (measurement: VisitMeasurement): boolean => measurement.doubts.includes("irregularPulse");

function sessionOf(taken: readonly VisitMeasurement[], rested: boolean, facts: PersonFacts): Session {
  return {
    readings: taken.map((measurement) => ({
      sbp: exactOf(measurement, "bp.systolic"),
      dbp: exactOf(measurement, "bp.diastolic"),
      irr: irregular(measurement),
    })),
    knownAf: facts.knownAf ?? false,
    rule: facts.averaging ?? "last2",
    restedRepeat: rested,
    symptoms: facts.symptoms ?? [],
  };
}

function judge(
  taken: readonly VisitMeasurement[],
  session: Session,
  state: Assessment,
  facts: PersonFacts,
): readonly VisitAssessment[] {
  const pressure = sessionMean(session);
  if (pressure === undefined) return [];
  const symptoms = facts.symptoms ?? [];
  const isDiabetic = facts.diabetes === "yes";
  const ofPressure = bp({
    ...pressure,
    age: facts.age ?? 50,
    pregnant: facts.pregnant ?? false,
    dxHtn: facts.hypertension ?? false,
    prevUncontrolled: facts.previousUncontrolled ?? false,
    comorbid: [...(facts.comorbid ?? []), ...(isDiabetic ? ["DM"] : [])],
    symptoms,
    setting: "kiosk",
    restedRepeat: session.restedRepeat,
    days: 0,
    n: 0,
  });
  const withSession = { ...ofPressure, flags: [...new Set([...ofPressure.flags, ...state.flags])].sort() };
  const judged = [shownAs("bp", `${pressure.sbp}/${pressure.dbp}`, withSession)];
  const all = session.rule === "mean3" || session.knownAf || taken.some(irregular);
  const rates = countedReadings(taken, all).flatMap((measurement) => exactOf(measurement, "pulse.rate") ?? []);
  if (rates.length === 0) return judged;
  const bpm = mean(rates, 0);
  const ofPulse = pulse({ bpm, dm: isDiabetic, irregularCount: taken.filter(irregular).length, symptoms });
  return [...judged, shownAs("pulse", String(bpm), ofPulse)];
}

/**
 * The pressures of one visit in the order taken, cut into sessions: a session that has its mean is over, and the next
 * reading begins a new one; after NEED_REST_REPEAT that one counts as repeated after rest. A refused reading is answered
 * with BP_INVALID and is no part of its session.
 */
export function assessPressure(measurements: readonly VisitMeasurement[], facts: PersonFacts): PressureAnswer {
  let rested = facts.restedRepeat ?? false;
  let taken: readonly VisitMeasurement[] = [];
  let answer: PressureAnswer = { session: bpSession(sessionOf([], rested, facts)), assessments: [] };
  for (const measurement of measurements) {
    if (measurement.of !== "bloodPressure") continue;
    if (hasMean(answer.session)) {
      rested ||= answer.session.category === "NEED_REST_REPEAT";
      taken = [];
    }
    const next = [...taken, measurement];
    const session = sessionOf(next, rested, facts);
    const state = bpSession(session);
    if (state.category !== "BP_INVALID") taken = next;
    answer = {
      session: state,
      assessments: hasMean(state) ? judge(next, session, state, facts) : answer.assessments,
    };
  }
  return answer;
}
