import { toResults } from "./owed.ts";
import type { KioskInput, KioskState, KioskStep, KioskVisit } from "./state.ts";

type Keeping = Extract<KioskState, { readonly at: "keep" }>;

const go = (state: KioskState): KioskStep => ({ state, effects: [] });

/** There are results without a name, a card for them can be read here, and nobody was asked yet. */
export const offersKeep = ({ keeping, reads, done }: KioskVisit): boolean =>
  keeping === "unasked" && reads === true && done.length > 0;

/** Asked once. `leaving`: the person is on the way out, and either answer ends the visit. */
export function askKeep(visit: KioskVisit, leaving = false): KioskState {
  return { at: "keep", step: "ask", ...(leaving ? { leaving } : {}), visit: { ...visit, keeping: "asked" } };
}

/** May a guest's results be kept after all, by their own card? A no is as good as a yes, and nothing waits for a card. */
export function keepStep(state: Keeping, input: KioskInput, leave: (state: KioskState) => KioskStep): KioskStep {
  switch (input.kind) {
    case "yes":
      return go({ ...state, step: "card" });
    case "no":
    case "next":
      return state.leaving === true ? leave(state) : go({ at: "rate", visit: state.visit });
    default:
      return go(state);
  }
}

export function backFromKeep(state: Keeping): KioskStep {
  const { step, leaving, visit } = state;
  if (step === "card") return go({ ...state, step: "ask" });
  return leaving === true ? toResults(visit) : go({ at: "takeAway", as: "ask", visit });
}

/**
 * What follows when somebody who wants to go says so. Who has a result and was not asked how they feel is asked before the end, and
 * a guest whether the results are to be kept; a second word on such a question is the end, and so is one while something runs.
 */
export function wayOut(state: KioskState): "leave" | "finish" | "keep" {
  const isOver = ["measure", "confirm", "owed", "keep"].includes(state.at);
  if (!("visit" in state) || state.visit.done.length === 0 || isOver) return "leave";
  if (state.visit.symptoms === undefined) return "finish";
  return offersKeep(state.visit) && state.visit.call === "none" && state.at !== "emergency" ? "keep" : "leave";
}
