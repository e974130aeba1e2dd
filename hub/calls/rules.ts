import { missingCase } from "../../core/domain/missing-case.ts";
import type { CallState } from "../../core/contract/views.ts";
import type { Call, CallChange, Party } from "../ports/calls.ts";

/** How long a running call waits for a lost line before the station goes back to the head of the queue. */
export const reconnectMs = 90_000;
/** How long a waiting station keeps its place while its line is down. */
export const graceMs = 60_000;
/** How long an interrupted call is kept for a station that does not come back. */
export const interruptedMs = 30 * 60_000;

/** What may happen to a call besides an accept, which is the queue's (one conditional update). */
export type CallInput =
  | { readonly kind: "mediaUp"; readonly party: Party }
  | { readonly kind: "lineLost" }
  | { readonly kind: "lineBack" }
  | { readonly kind: "awayTooLong" }
  | { readonly kind: "hangUp" }
  | { readonly kind: "finish" };

const running: readonly CallState[] = ["ringing", "active", "reconnecting"];
const queued: readonly CallState[] = ["waiting", "interrupted"];
export const isRunning = (call: Pick<Call, "state">) => running.includes(call.state);
export const isQueued = (call: Pick<Call, "state">) => queued.includes(call.state);

const noMedia = { station: false, clinician: false } as const;

/** The next state of a call, or undefined where the input changes nothing. Pure. */
export function next(call: Call, input: CallInput): CallChange | undefined {
  if (call.outcome !== undefined) return undefined;
  const { state, mediaUp } = call;
  switch (input.kind) {
    case "mediaUp": {
      if (!isRunning(call) || mediaUp[input.party]) return undefined;
      const now = { ...mediaUp, [input.party]: true };
      return { state: state === "ringing" && now.station && now.clinician ? "active" : state, mediaUp: now };
    }
    case "lineLost":
      return state === "ringing" || state === "active" ? { state: "reconnecting", mediaUp } : undefined;
    case "lineBack":
      return state === "reconnecting"
        ? { state: mediaUp.station && mediaUp.clinician ? "active" : "ringing", mediaUp }
        : undefined;
    case "awayTooLong":
      if (state === "reconnecting") return { state: "interrupted", mediaUp: noMedia, released: true };
      return isQueued(call) ? { state: "finished", mediaUp, outcome: "lost" } : undefined;
    case "hangUp":
      if (isRunning(call)) return { state: "finished", mediaUp };
      return isQueued(call) ? { state: "finished", mediaUp, outcome: "left" } : undefined;
    case "finish":
      return isQueued(call) ? undefined : { state: "finished", mediaUp, outcome: "finished" };
    default:
      return missingCase(input);
  }
}
