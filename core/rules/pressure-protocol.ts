import type { MessageKey } from "../i18n/message.ts";
import type { Assessment } from "./assessment.ts";
import { bpArm } from "./blood-pressure.ts";
import {
  bpSession,
  keptPressure,
  pressureFaults,
  type Session,
  type SessionReading,
} from "./blood-pressure-session.ts";
import { sessionLimits, waits } from "./limits.ts";
import type { Symptoms } from "./symptoms.ts";

export const arms = ["left", "right"] as const;
export type Arm = (typeof arms)[number];
const otherArm = (arm: Arm): Arm => (arm === "left" ? "right" : "left");

/** One pressure as it was heard. Times are milliseconds since 1970 UTC and absent where nobody noted them. */
export interface PressureTaken extends SessionReading {
  /** When the cuff began to fill. */
  readonly startedAt?: number | undefined;
  /** When the result was heard. */
  readonly at?: number | undefined;
  /** Where the cuff was; absent means: where it was asked for. */
  readonly arm?: Arm | undefined;
}

/** What the protocol is to be for this visit. */
export interface PressurePlan {
  /**
   * `both`: first visit or yearly check, each arm once, then on with the higher one (rules.md §3.1). An arm: known from an
   * earlier visit, or the only one that can be measured. Absent: whichever arm the cuff is on.
   */
  readonly arms?: "both" | Arm | undefined;
  readonly knownAf: boolean;
  readonly averaging: Session["rule"];
  readonly symptoms: Symptoms;
  /** The visit begins with the session after the rest: the first one was another visit's, or before a power cut. */
  readonly restedRepeat: boolean;
  /** When the person sat down quietly; absent: not known. */
  readonly seatedAt?: number | undefined;
  /**
   * Seconds between two readings of one arm, where the station holds them. Absent: rules.md's 60, told and not held: a
   * reading that came sooner counts. Every other wait of the protocol scales with it.
   */
  readonly restSeconds?: number | undefined;
}

/** Why a reading is asked for. `apart`: two readings differ too much. `tooSoon`: the last one came before its time. */
export type TakeReason = "first" | "otherArm" | "second" | "apart" | "irregular" | "afterRest" | "refused" | "tooSoon";

/** What the protocol asks for next, given the readings so far. */
export type PressureStep =
  | {
      readonly kind: "take";
      readonly why: TakeReason;
      /** Absent: no arm is asked for. */
      readonly arm?: Arm;
      /** The cuff does not fill sooner: seconds from the last thing that happened, and the moment where that is known. */
      readonly waitSeconds: number;
      readonly notBefore?: number;
      readonly adviceKey: MessageKey;
    }
  /** Three readings in a row were no pressure: a person has to look at cuff and arm. */
  | { readonly kind: "help"; readonly waitSeconds: number; readonly adviceKey: MessageKey }
  /** The session has its mean and nothing more is asked for. A further reading begins a new session. */
  | { readonly kind: "over" };

/** Why a reading is no part of its session. Its number stays with the visit all the same. */
export type SetAsideWhy = "refused" | "tooSoon" | "otherArm";

export interface SetAside<R> {
  readonly reading: R;
  readonly why: SetAsideWhy;
}

/** The session that was closed last: it has a mean. */
export interface ClosedSession<R> {
  readonly readings: readonly R[];
  readonly session: Session;
  /** COMPLETE or NEED_REST_REPEAT. */
  readonly state: Assessment;
}

export interface PressureProtocol<R> {
  /** NEED_FIRST, NEED_SECOND, NEED_THIRD, NEED_REST_REPEAT, COMPLETE, or BP_INVALID of the newest reading. */
  readonly state: Assessment;
  /** Readings of the session under way, or of the one just closed, in the order taken. */
  readonly readings: readonly R[];
  readonly closed?: ClosedSession<R>;
  /** The arm that is measured. */
  readonly arm?: Arm;
  /** One reading of each arm, once both were measured; `judged` is BP-60 to BP-62. */
  readonly bothArms?: { readonly left: R; readonly right: R; readonly judged: Assessment };
  readonly setAside: readonly SetAside<R>[];
  readonly step: PressureStep;
}

interface Walk<R> {
  readonly readings: readonly R[];
  readonly byArm: Readonly<Partial<Record<Arm, R>>>;
  readonly arm: Arm | undefined;
  readonly rested: boolean;
  readonly state: Assessment;
  readonly closed: ClosedSession<R> | undefined;
  readonly setAside: readonly SetAside<R>[];
  /** What the newest reading was set aside for. */
  readonly stopped: Exclude<SetAsideWhy, "otherArm"> | undefined;
  readonly refusedInARow: number;
  readonly newest: R | undefined;
}

const isFaulty = ({ sbp, dbp }: SessionReading): boolean =>
  pressureFaults(keptPressure(sbp), keptPressure(dbp)).length > 0;

const hasMean = (state: Assessment): boolean => state.category === "COMPLETE" || state.category === "NEED_REST_REPEAT";

const sessionOf = (readings: readonly SessionReading[], rested: boolean, plan: PressurePlan): Session => ({
  readings,
  knownAf: plan.knownAf,
  rule: plan.averaging,
  restedRepeat: rested,
  symptoms: plan.symptoms,
});

function begun<R extends PressureTaken>(plan: PressurePlan): Walk<R> {
  return {
    readings: [],
    byArm: {},
    arm: plan.arms === "both" ? undefined : plan.arms,
    rested: plan.restedRepeat,
    state: bpSession(sessionOf([], plan.restedRepeat, plan)),
    closed: undefined,
    setAside: [],
    stopped: undefined,
    refusedInARow: 0,
    newest: undefined,
  };
}

/** The arm that was asked for when nothing more than `walk` was known. */
function askedArm<R>(walk: Walk<R>, plan: PressurePlan): Arm | undefined {
  if (plan.arms !== "both" || isCompared(walk)) return walk.arm;
  return walk.byArm.left === undefined ? "left" : "right";
}

const isCompared = ({ byArm }: Pick<Walk<unknown>, "byArm">): boolean =>
  byArm.left !== undefined && byArm.right !== undefined;

/** The last good reading of that arm in this session: blood must flow back before the next. */
const lastOf = <R>(walk: Walk<R>, arm: Arm | undefined): R | undefined =>
  walk.readings.at(-1) ?? (arm === undefined ? undefined : walk.byArm[arm]);

function cameTooSoon<R extends PressureTaken>(walk: Walk<R>, reading: R, plan: PressurePlan): boolean {
  const rest = restBefore(walk, plan);
  const before = lastOf(walk, reading.arm ?? askedArm(walk, plan));
  const start = reading.startedAt ?? reading.at;
  if (plan.restSeconds === undefined || before?.at === undefined || start === undefined) return false;
  return start - before.at < rest * 1_000;
}

/** Between two readings of one arm, or before the session is repeated. After a whole session a new one may begin at once. */
function restBefore(walk: Walk<unknown>, plan: PressurePlan): number {
  if (walk.state.category === "COMPLETE") return 0;
  return scaled(walk.state.category === "NEED_REST_REPEAT" ? waits.pressure.restRepeat : waits.pressure.second, plan);
}

const scaled = (seconds: number, { restSeconds = waits.pressure.second }: PressurePlan): number =>
  (seconds * restSeconds) / waits.pressure.second;

/** The next session begins: the arm stays, the first reading of it is still to come. */
const reopened = <R>(walk: Walk<R>): Walk<R> =>
  hasMean(walk.state)
    ? { ...walk, readings: [], rested: walk.rested || walk.state.category === "NEED_REST_REPEAT" }
    : walk;

function taken<R extends PressureTaken>(walk: Walk<R>, readings: readonly R[], plan: PressurePlan): Walk<R> {
  const session = sessionOf(readings, walk.rested, plan);
  const state = bpSession(session);
  return { ...walk, readings, state, closed: hasMean(state) ? { readings, session, state } : walk.closed };
}

/** First visit: each arm once; the reading of the higher arm then is the first of its session. */
function compared<R extends PressureTaken>(walk: Walk<R>, reading: R, arm: Arm, plan: PressurePlan): Walk<R> {
  const older = walk.byArm[arm];
  const byArm = { ...walk.byArm, [arm]: reading };
  const setAside: readonly SetAside<R>[] =
    older === undefined ? walk.setAside : [...walk.setAside, { reading: older, why: "otherArm" }];
  const next = { ...walk, byArm, setAside };
  const { left, right } = byArm;
  if (left === undefined || right === undefined) return next;
  const higher: Arm = bpArm(left.sbp, right.sbp).flags.includes("USE_LEFT") ? "left" : "right";
  const other = byArm[otherArm(higher)];
  return taken(
    {
      ...next,
      arm: higher,
      setAside: other === undefined ? setAside : [...setAside, { reading: other, why: "otherArm" }],
    },
    [byArm[higher] ?? reading],
    plan,
  );
}

function withReading<R extends PressureTaken>(before: Walk<R>, reading: R, plan: PressurePlan): Walk<R> {
  if (isFaulty(reading)) {
    const walk = reopened(before);
    return {
      ...walk,
      state: bpSession(sessionOf([reading], walk.rested, plan)),
      setAside: [...walk.setAside, { reading, why: "refused" }],
      stopped: "refused",
      refusedInARow: walk.refusedInARow + 1,
      newest: reading,
    };
  }
  const good = { ...before, stopped: undefined, refusedInARow: 0, newest: reading };
  if (cameTooSoon(before, reading, plan)) {
    return { ...good, setAside: [...before.setAside, { reading, why: "tooSoon" }], stopped: "tooSoon" };
  }
  const walk = reopened(good);
  const arm = reading.arm ?? askedArm(walk, plan);
  if (plan.arms === "both" && !isCompared(walk)) return compared(walk, reading, arm ?? "left", plan);
  if (arm === walk.arm || walk.arm === undefined || walk.readings.length === 0) {
    return taken({ ...walk, arm }, [...walk.readings, reading], plan);
  }
  // The cuff is on the other arm now: two readings of one session are of one arm.
  const left = walk.readings.map((each): SetAside<R> => ({ reading: each, why: "otherArm" }));
  return taken({ ...walk, arm, setAside: [...walk.setAside, ...left] }, [reading], plan);
}

function take(
  why: TakeReason,
  adviceKey: MessageKey,
  arm: Arm | undefined,
  after: { readonly at?: number | undefined; readonly seconds: number },
): PressureStep {
  return {
    kind: "take",
    why,
    ...(arm === undefined ? {} : { arm }),
    waitSeconds: after.seconds,
    ...(after.at === undefined ? {} : { notBefore: after.at + after.seconds * 1_000 }),
    adviceKey,
  };
}

/** Seconds that are still to be waited after the newest reading, when the wait began with an older one. */
function leftOver(wait: number, from: number | undefined, newest: number | undefined): number {
  return from === undefined || newest === undefined ? wait : Math.max(0, wait - (newest - from) / 1_000);
}

function stepOf<R extends PressureTaken>(walk: Walk<R>, plan: PressurePlan): PressureStep {
  const arm = askedArm(walk, plan);
  const between = scaled(waits.pressure.second, plan);
  const newest = walk.newest?.at;
  if (walk.refusedInARow >= sessionLimits.refusedInARow)
    return { kind: "help", waitSeconds: between, adviceKey: "bp.invalid" };
  if (walk.stopped === "refused") return take("refused", "bp.invalid", arm, { at: newest, seconds: between });
  if (walk.newest === undefined) {
    return take("first", "bp.how", arm, { at: plan.seatedAt, seconds: scaled(waits.seated, plan) });
  }
  if (plan.arms === "both" && !isCompared(walk)) {
    return take("otherArm", "prep.arm", arm, { at: newest, seconds: 0 });
  }
  if (walk.stopped === "tooSoon") {
    const left = leftOver(restBefore(walk, plan), walk.readings.at(-1)?.at, newest);
    return take("tooSoon", "bp.again", arm, { at: newest, seconds: Math.max(between, left) });
  }
  const since = walk.readings.at(-1)?.at;
  const seconds = leftOver(between, since, newest);
  switch (walk.state.category) {
    case "NEED_SECOND":
      return take("second", "bp.again", arm, { at: newest, seconds });
    case "NEED_THIRD":
      return take(walk.state.flags.includes("DIFF_GT10") ? "apart" : "irregular", "bp.again", arm, {
        at: newest,
        seconds,
      });
    case "NEED_REST_REPEAT":
      return take("afterRest", "bp.rest_repeat", arm, { at: newest, seconds: scaled(waits.pressure.restRepeat, plan) });
    default:
      return { kind: "over" };
  }
}

/**
 * The pressures of one visit, in the order heard, walked through the measuring protocol of rules.md §3.1: two readings of
 * one arm at least a minute apart, a third where they differ by more than 10 or the pulse is irregular, the whole session
 * again after ten minutes of rest at crisis values, and no delay where there are symptoms. Pure and whole each time: hand
 * in what there is so far and do what `step` says. Never throws.
 */
export function pressureProtocol<R extends PressureTaken>(
  readings: readonly R[],
  plan: PressurePlan,
): PressureProtocol<R> {
  const walk = readings.reduce((before, reading) => withReading(before, reading, plan), begun<R>(plan));
  const { left, right } = walk.byArm;
  const arm = askedArm(walk, plan);
  return {
    state: walk.state,
    readings: walk.readings,
    ...(walk.closed === undefined ? {} : { closed: walk.closed }),
    ...(arm === undefined ? {} : { arm }),
    ...(left === undefined || right === undefined
      ? {}
      : { bothArms: { left, right, judged: bpArm(left.sbp, right.sbp) } }),
    setAside: walk.setAside,
    step: stepOf(walk, plan),
  };
}
