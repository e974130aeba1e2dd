import { decide, flagsWhere, type Assessment, type Row } from "./assessment.ts";
import { mean, rounded } from "./decimal.ts";
import { pressureLimits, sessionLimits } from "./limits.ts";
import { hardRange, pulsePressure, within } from "./ranges.ts";
import { hasAny, pressureSymptoms, type Symptoms } from "./symptoms.ts";
import { reaches, type Pressure } from "./blood-pressure-lines.ts";

export interface SessionReading {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  /** The device saw an irregular pulse. */
  readonly irr: boolean;
}

export interface Session {
  /** In the order taken. A session has at most three readings; later ones are not part of it. */
  readonly readings: readonly SessionReading[];
  readonly knownAf: boolean;
  /** `last2` is WST872 and HTN2025, `mean3` the HTN2024 variant. */
  readonly rule: "last2" | "mean3";
  /** This session is the one after ten minutes of rest. */
  readonly restedRepeat: boolean;
  readonly symptoms: Symptoms;
}

const maxReadings = 3;

/** Why one pressure cannot be right, as flags; none means it can (rules.md §1). */
export function pressureFaults(sbp: number | undefined, dbp: number | undefined): readonly string[] {
  if (sbp === undefined || dbp === undefined) return ["INCOMPLETE"];
  return flagsWhere({
    SBP_RANGE: !within(hardRange("bp.systolic"), sbp),
    DBP_RANGE: !within(hardRange("bp.diastolic"), dbp),
    PULSE_PRESSURE: !within(pulsePressure.hard, sbp - dbp),
  });
}

/** A whole pressure as it is kept: no decimals. */
export const keptPressure = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : rounded(value, 0);

interface Case {
  readonly count: number;
  readonly faults: readonly string[];
  readonly irregular: boolean;
  /** The last two readings differ by more than the limit. */
  readonly apart: boolean;
  readonly high: boolean;
}

/** rules.md §3.1, in the order of its table. Its states are steps, not results: symptoms do not raise them, `bp` does. */
const rows: readonly Row<Case>[] = [
  {
    rule: "BPS-01",
    when: ({ count }) => count === 0,
    category: "NEED_FIRST",
    severity: 0,
    action: "REPEAT_NOW",
    adviceKey: "bp.how",
  },
  {
    rule: "BPS-02",
    when: ({ faults }) => faults.length > 0,
    category: "BP_INVALID",
    severity: 0,
    action: "REJECT",
    adviceKey: "bp.invalid",
    flags: ({ faults }) => faults,
  },
  {
    rule: "BPS-03",
    when: ({ count }) => count === 1,
    category: "NEED_SECOND",
    severity: 0,
    action: "REPEAT_NOW",
    adviceKey: "bp.again",
    flags: ({ irregular }) => flagsWhere({ IRREGULAR: irregular }),
  },
  {
    rule: "BPS-04",
    when: ({ count, apart, irregular }) => count === 2 && (apart || irregular),
    category: "NEED_THIRD",
    severity: 0,
    action: "REPEAT_NOW",
    adviceKey: "bp.again",
    flags: ({ apart, irregular }) => flagsWhere({ DIFF_GT10: apart, IRREGULAR: irregular }),
  },
  {
    rule: "BPS-06",
    when: ({ high }) => high,
    category: "NEED_REST_REPEAT",
    severity: 3,
    action: "REPEAT_NOW",
    adviceKey: "bp.rest_repeat",
    flags: ({ apart, irregular }) => flagsWhere({ UNSTABLE: apart, IRREGULAR: irregular }),
  },
  {
    rule: "BPS-05",
    when: () => true,
    category: "COMPLETE",
    severity: 0,
    action: "CLASSIFY",
    flags: ({ apart, irregular }) => flagsWhere({ UNSTABLE: apart, IRREGULAR: irregular }),
  },
];

/** Which of a whole session's readings make the mean: all of three, or the last two. */
export function countedReadings<R>(readings: readonly R[], all: boolean): readonly R[] {
  const session = readings.slice(0, maxReadings);
  return all ? session : session.slice(-2);
}

/**
 * State of a session: NEED_FIRST, NEED_SECOND, NEED_THIRD, NEED_REST_REPEAT, COMPLETE or BP_INVALID.
 * NEED_REST_REPEAT and COMPLETE carry the mean as "SBP/DBP" in `value`; its numbers are `sessionMean`.
 */
export function bpSession(session: Session): Assessment {
  const readings = session.readings.slice(0, maxReadings);
  const pairs = readings.flatMap(({ sbp, dbp }) => {
    const pair = { sbp: keptPressure(sbp), dbp: keptPressure(dbp) };
    return pair.sbp === undefined || pair.dbp === undefined ? [] : [{ sbp: pair.sbp, dbp: pair.dbp }];
  });
  const [before, last] = pairs.slice(-2);
  const average = sessionMean(session);
  const state = decide(rows, {
    count: readings.length,
    faults: readings.flatMap(({ sbp, dbp }) => pressureFaults(keptPressure(sbp), keptPressure(dbp))),
    irregular: isIrregular(session),
    apart:
      before !== undefined &&
      last !== undefined &&
      (Math.abs(before.sbp - last.sbp) > sessionLimits.difference ||
        Math.abs(before.dbp - last.dbp) > sessionLimits.difference),
    high:
      average !== undefined &&
      reaches(average, pressureLimits.crisis) &&
      !session.restedRepeat &&
      !hasAny(session.symptoms, pressureSymptoms),
  });
  const shown = state.category === "COMPLETE" || state.category === "NEED_REST_REPEAT";
  return shown && average !== undefined ? { ...state, value: `${average.sbp}/${average.dbp}` } : state;
}

const isIrregular = ({ knownAf, readings }: Session): boolean =>
  knownAf || readings.slice(0, maxReadings).some(({ irr }) => irr);

/** Mean over the readings that count, half up. `undefined` while there are fewer than two whole readings. */
export function sessionMean(session: Session): Pressure | undefined {
  const counted = countedReadings(session.readings, session.rule === "mean3" || isIrregular(session));
  const systolic = counted.flatMap(({ sbp }) => keptPressure(sbp) ?? []);
  const diastolic = counted.flatMap(({ dbp }) => keptPressure(dbp) ?? []);
  if (systolic.length < 2 || systolic.length !== counted.length || diastolic.length !== counted.length)
    return undefined;
  return { sbp: mean(systolic, 0), dbp: mean(diastolic, 0) };
}
