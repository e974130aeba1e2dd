import type { OfferedKind } from "../domain/outcome.ts";
import { boardsOwed } from "./owed.ts";
import type { KioskInput, KioskState, KioskStep, KioskVisit } from "./state.ts";

const go = (state: KioskState, ...effects: KioskStep["effects"]): KioskStep => ({ state, effects });

/** Where a hand or a body is at work, or help is called: the doctor's wish must not come between. */
const occupied: readonly KioskState["at"][] = ["measure", "confirm", "emergency", "person", "owed", "message", "show"];

/** The doctor in the call asks for a measurement or a picture. What cannot be asked now is answered with no; the doctor may ask again. */
export function doctorAsks(state: KioskState, visit: KioskVisit, check: OfferedKind | "still"): KioskStep {
  if (visit.call !== "talking" || occupied.includes(state.at)) return go(state, { kind: "answerAsk", agreed: false });
  if (check === "still") return go({ at: "show", what: "picture", visit });
  return go({ at: "asked", check, visit });
}

/** The doctor takes the wish back: what was begun for it ends, and the talk goes on. */
export function doctorStops(
  state: KioskState,
  visit: KioskVisit,
  check: OfferedKind | "still",
  letGo: KioskStep["effects"],
): KioskStep {
  if (check === "still") return go(state.at === "show" && state.what === "picture" ? { at: "consult", visit } : state);
  const isBegun = state.at === "asked" || state.at === "prepare" || state.at === "measure" || state.at === "confirm";
  if (!isBegun || state.check !== check) return go(state);
  // Taken back before it was answered: there is nobody to answer.
  return state.at === "asked" ? go({ at: "consult", visit }) : go({ at: "consult", visit }, ...letGo);
}

type Asked = Extract<KioskState, { readonly at: "asked" }>;

/**
 * Yes goes into the measuring flow as if the person had picked the check. A yes that was said is for who cannot touch: after the
 * warning it starts at once, with the doctor looking on, unless boards of symptoms are still to be asked.
 */
export function askedStep(
  state: Asked,
  input: KioskInput,
  on: (state: KioskState, input: KioskInput) => KioskStep,
): KioskStep | undefined {
  const { check, visit, said } = state;
  if (input.kind === "no") return go({ at: "consult", visit }, { kind: "answerAsk", agreed: false });
  const isCounted = input.kind === "counted" && said === true;
  if (input.kind !== "yes" && input.kind !== "saidYes" && !isCounted) return undefined;
  // What stands before every beginning stands before this one, too: too many failures in a row lead to a person.
  const picked = on({ at: "checks", visit }, { kind: "pick", check });
  const mayStart = picked.state.at === "prepare" && boardsOwed(visit).length === 0;
  // Warned of is only what is going to happen.
  if (input.kind === "saidYes" && mayStart) return go({ ...state, said: true });
  if (!isCounted || picked.state.at !== "prepare" || !mayStart)
    return go(picked.state, { kind: "answerAsk", agreed: true }, ...picked.effects);
  return go(
    { at: "measure", check, visit: picked.state.visit },
    { kind: "answerAsk", agreed: true, by: "voice" },
    { kind: "startMeasuring", check },
  );
}

/** A picture the doctor asked for is taken and looked at first; it goes when the person sends it, and not before. */
export function showStep(state: Extract<KioskState, { readonly at: "show" }>, input: KioskInput): KioskStep {
  const { visit, what } = state;
  const answer = (agreed: boolean): KioskStep["effects"] => (what === "picture" ? [{ kind: "answerAsk", agreed }] : []);
  if (input.kind === "no") return go({ at: "consult", visit }, ...answer(false));
  return input.kind === "shown" ? go({ at: "consult", visit }, ...answer(true)) : go(state);
}
