import { queueSteps, urgentFrom, type QueueStep } from "../../core/domain/calls.ts";
import type { Practice } from "../../core/domain/practice.ts";
import type { Role } from "../../core/rights.ts";
import type { Call } from "../ports/calls.ts";
import { partyOf, stationOf } from "./participants.ts";

const minuteMs = 60_000;

/** Answer wanted within this time; later than that is said at every desk (service.md §4). */
const answerMs = 3 * minuteMs;

/** How long a call is offered at one step before the next ones hear of it too (service.md §4; below severity 3 ours). */
export function climbMs({ mode, severity }: Pick<Call, "mode" | "severity">): number {
  if (severity >= urgentFrom) return 5 * minuteMs;
  if (mode === "stored") return 4 * 60 * minuteMs;
  return (severity === 2 ? 10 : 20) * minuteMs;
}

export const isLate = (call: Call, now: number): boolean =>
  call.severity >= urgentFrom && call.clinician === undefined && now - call.joinedAt > answerMs;

/** Where a new call begins: without anybody near, or with a life in danger, everybody hears of it at once. */
export function firstStep(call: Pick<Call, "severity" | "station" | "contracted">): QueueStep {
  const isNear =
    call.station?.branch !== undefined || call.station?.hospital !== undefined || call.contracted !== undefined;
  return isNear && call.severity < 4 ? "near" : "everyone";
}

export const stepAfter = (step: QueueStep): QueueStep | undefined => queueSteps[queueSteps.indexOf(step) + 1];

/** Whoever may take a call: responsible, and where. */
export interface Taker {
  readonly id: string;
  readonly name: string;
  readonly role: "doctor" | "specialist";
  readonly practice?: Practice;
}

/** As what somebody takes a waiting call; undefined: may not. */
export function takerOf(
  who: { readonly id: string; readonly name: string; readonly role: Role },
  practice: Practice | undefined,
): Taker | undefined {
  const { id, name, role } = who;
  return role === "doctor" || role === "specialist" ? { id, name, role, ...(practice ? { practice } : {}) } : undefined;
}

/** Whether a waiting call is offered to this one at its present step. */
export function isOffered(call: Call, { id, practice }: Taker): boolean {
  if (call.step === "everyone" || call.contracted === id) return true;
  const org = practice?.org;
  if (org !== undefined && (org === call.station?.branch || org === call.station?.hospital)) return true;
  return call.step === "county" && practice?.tier === "county";
}

export const hasDeclined = (call: Call, id: string): boolean => partyOf(call, id)?.state === "declined";

/** Interrupted ones first, then the worst, then who waits longest. */
export function byUrgency(a: Call, b: Call): number {
  const interrupted = (call: Call) => (call.state === "interrupted" ? 1 : 0);
  return (
    interrupted(b) - interrupted(a) ||
    b.severity - a.severity ||
    a.joinedAt - b.joinedAt ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/**
 * The equal that would be overtaken if `taker` took `call` now: of the same kind and severity, waiting longer, offered to the
 * same person and not declined by them, with somebody in front of the station.
 */
export function overtaken(call: Call, waiting: readonly Call[], taker: Taker): Call | undefined {
  return waiting.find(
    (one) =>
      one.id !== call.id &&
      one.state === call.state &&
      one.outcome === undefined &&
      (one.mode === "stored") === (call.mode === "stored") &&
      one.severity === call.severity &&
      byUrgency(one, call) < 0 &&
      isOffered(one, taker) &&
      !hasDeclined(one, taker.id) &&
      (one.mode === "stored" || stationOf(one)?.state === "here"),
  );
}

/** Until measured: the mean call of the sizing in realtime.md §11. */
const usualMs = 6 * minuteMs;
const shortestMs = minuteMs;
const longestMs = 30 * minuteMs;

/** The mean of past rounds; very short and very long ones count as the bounds. */
export function meanRoundMs(past: readonly number[]): number {
  if (past.length === 0) return usualMs;
  return past.reduce((sum, ms) => sum + Math.min(longestMs, Math.max(shortestMs, ms)), 0) / past.length;
}

/**
 * Seconds until somebody answers, in steps of 30; undefined while nobody to whom the call is offered has a desk open.
 * `takers`: how many do; `free`: how many of them talk to nobody.
 */
export function expectedWaitS(of: {
  readonly ahead: number;
  readonly takers: number;
  readonly free: number;
  readonly meanMs: number;
}): number | undefined {
  const { ahead, takers, free, meanMs } = of;
  if (takers === 0) return undefined;
  if (free > ahead) return 30;
  // Somebody becomes free every mean / takers.
  return Math.ceil(((ahead - free + 1) * meanMs) / takers / 30_000) * 30;
}
