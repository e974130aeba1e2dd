import type { KioskEffect, KioskInput, KioskState, KioskStep, KioskVisit } from "./state.ts";

type Result = Extract<KioskState, { readonly at: "result" }>;
type Asking = Result & { readonly putAway: NonNullable<Result["putAway"]> };

export const asksToPutAway = (state: KioskState): state is Asking =>
  state.at === "result" && state.putAway !== undefined;

/**
 * Blood was taken: before somebody goes on from its result or its failure, and at the latest before the end, it is asked
 * once where needle and strip are. Undefined: nothing is to be asked, go on.
 */
export function putAwayFirst(
  state: KioskState,
  visit: KioskVisit | undefined,
  input: KioskInput,
): KioskState | undefined {
  if (visit?.pricked === undefined || asksToPutAway(state)) return undefined;
  const isThere = (state.at === "result" || state.at === "failed") && state.check === visit.pricked;
  const leaves = isThere && (input.kind === "home" || input.kind === "showResults");
  const ends = input.kind === "finish" && visit.done.length > 0 && state.at !== "measure" && state.at !== "confirm";
  if (!leaves && !ends) return undefined;
  return { at: "result", check: visit.pricked, visit, putAway: { then: input.kind, again: false } };
}

/** The answer. `onward`: where the person wanted to go. */
export function putAway(state: Asking, input: KioskInput, onward: (state: KioskState) => KioskStep): KioskStep {
  const { putAway: asked, ...result } = state;
  switch (input.kind) {
    case "no":
      if (!asked.again) return { state: { ...state, putAway: { ...asked, again: true } }, effects: [] };
      return said(false);
    case "yes":
      return said(true);
    default:
      return { state, effects: [] };
  }

  function said(sharps: boolean): KioskStep {
    const { pricked: _over, ...visit } = state.visit;
    const answers = { ...visit.answers, sharps };
    const kept: KioskEffect = { kind: "answer", answers: { sharps } };
    const on = onward({ ...result, visit: { ...visit, answers } });
    // A needle that lies about is a matter for whoever looks after the room.
    const next: KioskState = sharps ? on.state : { at: "person", then: on.state };
    return { state: next, effects: [kept, ...on.effects] };
  }
}
