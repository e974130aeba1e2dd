import type { Call } from "../ports/calls.ts";
import { isQueued, isRunning, type CallInput } from "./rules.ts";
import { climbMs, stepAfter } from "./waiting.ts";

/** How long a running call waits for a lost line before the station goes back to the head of the queue. */
export const reconnectMs = 90_000;
/** How long a waiting station keeps its place while its line is down. */
export const graceMs = 60_000;
/** How long an interrupted call is kept for a station that does not come back. */
export const interruptedMs = 30 * 60_000;
/** How long an invitation stands. */
export const inviteMs = 60_000;
/** How long a stored call stays with a doctor who does not answer it. */
export const answerStoredMs = 60 * 60_000;

export interface Deadline {
  readonly at: number;
  readonly input: CallInput;
}

/** What happens to this call by time alone, the next first; undefined: nothing. Follows from the call, so that a restart forgets none. */
export function deadlineOf(call: Call): Deadline | undefined {
  if (call.outcome !== undefined || call.state === "finished") return undefined;
  const all: Deadline[] = [];
  for (const { id, kind, state, since } of call.participants) {
    if (state === "invited") all.push({ at: since + inviteMs, input: { kind: "expire", id } });
    if (state !== "away") continue;
    if (isRunning(call)) all.push({ at: since + reconnectMs, input: { kind: "expire", id } });
    else if (kind === "station")
      all.push({ at: since + (call.state === "waiting" ? graceMs : interruptedMs), input: { kind: "expire", id } });
  }
  if (isQueued(call) && stepAfter(call.step) !== undefined)
    all.push({ at: call.stepSince + climbMs(call), input: { kind: "climb" } });
  if (call.mode === "stored" && isRunning(call) && call.clinician && call.begunAt !== undefined)
    all.push({ at: call.begunAt + answerStoredMs, input: { kind: "release", id: call.clinician.id, step: call.step } });
  return all.reduce<Deadline | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined);
}
