/**
 * When a call's media path is restarted (realtime.md §3.6; each rule was paid for with a lost call). The station runs
 * these rules; the desk only follows.
 * - after every healed socket loss: restart ICE, whatever ICE itself believes;
 * - when `connectionState` is `failed`: restart ICE. Beside these nothing restarts it;
 * - when fresh TURN credentials are in on both sides: the old ones would end with the relay's own lifetime (§4.2);
 * - never twice within 6 s: a second wish waits until the 6 s are over;
 * - no media 10 s after a restart: a new peer connection, which gets 20 s, then 40 s, to bring media.
 * All times are milliseconds of one monotonic clock.
 */
export const restartGapMs = 6_000;
export const afterRestartMs = 10_000;
export const afterNewPeerMs = 20_000;
const longestWaitMs = 40_000;
/** Media counts as flowing when some arrived within this time. */
export const freshMs = 3_000;

export interface RestartState {
  readonly lastRestartAt: number | null;
  /** A restart is wanted and waits for the 6 s to be over. */
  readonly wanted: boolean;
  /** Media must flow by `at + limitMs`, or the peer connection is replaced. */
  readonly watch: { readonly at: number; readonly limitMs: number } | null;
  readonly mediaAt: number | null;
}

export type RestartInput =
  | { readonly kind: "opened" | "failed" | "healed" | "credentials" | "media" | "tick"; readonly at: number }
  /** A new peer connection came to be, by our own wish or the other side's. */
  | { readonly kind: "renewed"; readonly at: number };

export type RestartEffect = "none" | "restartIce" | "renew";

export interface RestartStep {
  readonly state: RestartState;
  readonly effect: RestartEffect;
}

export const unstarted: RestartState = { lastRestartAt: null, wanted: false, watch: null, mediaAt: null };

export function decideRestart(state: RestartState, input: RestartInput): RestartStep {
  switch (input.kind) {
    case "opened":
      // Without an offer within this time the other page does not know about us: saying "afresh" wakes it.
      return { state: { ...state, watch: { at: input.at, limitMs: afterRestartMs } }, effect: "none" };
    case "renewed":
      return { state: { ...state, wanted: false, watch: { at: input.at, limitMs: nextLimit(state) } }, effect: "none" };
    case "media":
      return { state: { ...state, mediaAt: input.at }, effect: "none" };
    case "failed":
    case "healed":
    case "credentials":
      return restart({ ...state, wanted: true }, input.at);
    case "tick":
      return state.wanted ? restart(state, input.at) : watch(state, input.at);
  }
}

function restart(state: RestartState, at: number): RestartStep {
  if (state.lastRestartAt !== null && at - state.lastRestartAt < restartGapMs) return { state, effect: "none" };
  return {
    state: { ...state, lastRestartAt: at, wanted: false, watch: { at, limitMs: afterRestartMs } },
    effect: "restartIce",
  };
}

function watch(state: RestartState, at: number): RestartStep {
  if (state.watch === null || at - state.watch.at < state.watch.limitMs) return { state, effect: "none" };
  const flows = state.mediaAt !== null && at - state.mediaAt <= freshMs;
  if (flows) return { state: { ...state, watch: null }, effect: "none" };
  return { state: { ...state, lastRestartAt: at, wanted: false }, effect: "renew" };
}

/** A line that could not bring media in time gets longer the next time; one that brought it starts anew. */
function nextLimit(state: RestartState): number {
  const before = state.watch?.limitMs ?? 0;
  return Math.min(Math.max(afterNewPeerMs, before * 2), longestWaitMs);
}
