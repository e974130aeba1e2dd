import { boardSymptoms, laterBoards, type LaterBoard } from "./boards.ts";
import { emergencyNamed } from "./emergency-named.ts";
import { medicineBefore, nthAsked, saidOf } from "./medicines-asked.ts";
import type { KioskEffect, KioskInput, KioskState, KioskStep, KioskVisit, Owed, Recognized } from "./state.ts";
import { restStepOf } from "./steps.ts";

type Asking = Extract<KioskState, { readonly at: "owed" }>;
type Onward = Asking["onward"];

const go = (state: KioskState, ...effects: readonly KioskEffect[]): KioskStep => ({ state, effects });

/**
 * What may wait for the first result of somebody recognized, so that it does not keep them from it: nothing of the visit is
 * sent or shown to anybody before these consents, and nothing is concluded before the boards.
 */
export function owedOf({ ask, known }: Recognized): readonly Owed[] {
  const consents = ask.filter((scope) => scope !== "keep");
  return [...laterBoards, ...consents, ...(known ? [] : (["sign"] as const))];
}

export const isBoard = (owed: Owed): owed is LaterBoard => (laterBoards as readonly string[]).includes(owed);
export const boardsOwed = ({ owed }: KioskVisit): readonly LaterBoard[] => owed.filter(isBoard);
/** What the minutes of a rest are there for. */
export const restOwed = ({ owed }: KioskVisit): readonly Owed[] =>
  owed.filter((one) => isBoard(one) || one === "medicines");

/** What is asked before somebody goes on to there. */
function owedBefore(onward: Onward, visit: KioskVisit): readonly Owed[] {
  if (onward === "rest") return restOwed(visit);
  if (onward === "medicines") return [];
  return onward === "glucose" || onward === "lipids" ? boardsOwed(visit) : visit.owed;
}

/** Asks these, one after the other, and then goes on to `onward`. */
export function askOwed(visit: KioskVisit, what: readonly Owed[], onward: Onward): KioskStep {
  const [first] = what;
  return go(
    first === undefined ? goal(visit, onward) : { at: "owed", what: first, named: visit.symptoms ?? [], onward, visit },
  );
}

/** What was named was a mistake: nothing is known, and every board is asked, so that the host hears what is right. */
export const askedAnew = (visit: KioskVisit): KioskVisit => ({
  ...visit,
  symptoms: [],
  owed: [...laterBoards, ...visit.owed.filter((one) => !isBoard(one))],
});

/** To the results, once everything was asked; without any, to the choice of checks. */
export const toResults = (visit: KioskVisit): KioskStep =>
  visit.done.length > 0 ? askOwed(visit, visit.owed, "showResults") : go({ at: "checks", visit });

/**
 * There is a result, and it is about to be put beside others, or left: now is asked what waited for it. Before a drop of
 * blood the boards are asked: what is felt decides how its number is judged. Undefined: nothing is to be asked, go on.
 */
export function owedFirst(state: KioskState, visit: KioskVisit | undefined, input: KioskInput): KioskStep | undefined {
  if (visit === undefined || visit.owed.length === 0) return undefined;
  if (input.kind === "pick" && (input.check === "glucose" || input.check === "lipids")) {
    const boards = boardsOwed(visit);
    const picks = state.at === "checks" || state.at === "results";
    return picks && boards.length > 0 ? askOwed(visit, boards, input.check) : undefined;
  }
  if (visit.done.length === 0) return undefined;
  const concludes =
    input.kind === "showResults" ||
    input.kind === "finish" ||
    ((input.kind === "back" || input.kind === "stop") && state.at === "checks");
  if (concludes) return askOwed(visit, visit.owed, input.kind === "finish" ? "finish" : "showResults");
  return input.kind === "home" && state.at === "result" ? askOwed(visit, visit.owed, "home") : undefined;
}

/** Where the person was going, as a state from which it is one step. */
function goal(visit: KioskVisit, onward: Onward): KioskState {
  switch (onward) {
    case "rest":
      return { at: "prepare", check: "bloodPressure", step: restStepOf("bloodPressure"), visit };
    case "medicines":
      return { at: "mine", page: "medicines", visit };
    case "home":
    case "glucose":
    case "lipids":
      return { at: "checks", visit };
    case "showResults":
    case "finish":
      return { at: "results", visit };
  }
}

/** The answer to one of them. `on`: the machine, for what follows. */
export function owedStep(
  state: Asking,
  input: KioskInput,
  on: (state: KioskState, input: KioskInput) => KioskStep,
): KioskStep {
  const { what, visit, named } = state;
  if (isBoard(what)) return onBoard(state, what, input, on);
  if (what === "medicines") return onMedicine(state, input, on);
  if (what === "sign")
    return input.kind === "sign" ? asked(state, visit, named, on, { kind: "sign", sign: input.sign }) : go(state);
  if (input.kind !== "yes" && input.kind !== "no") return go(state);
  const given = input.kind === "yes";
  const known = what === "send" ? { ...visit, send: given } : visit;
  return asked(state, known, named, on, { kind: "agree", scope: what, given });
}

function onBoard(
  state: Asking,
  board: LaterBoard,
  input: KioskInput,
  on: (state: KioskState, input: KioskInput) => KioskStep,
): KioskStep {
  const { visit, named } = state;
  if (input.kind === "symptom") {
    const { symptom } = input;
    const grave = emergencyNamed(visit, named, symptom);
    if (grave !== undefined) return grave;
    const others = named.filter((one) => one !== symptom);
    return go({ ...state, named: others.length < named.length ? others : [...named, symptom] });
  }
  if (input.kind !== "next" && input.kind !== "no") return go(state);
  // "None" on a board takes back what was touched there by mistake; "these" keeps it.
  const here = boardSymptoms[board];
  const kept = input.kind === "no" ? named.filter((one) => !here.includes(one)) : named;
  const more = boardsOwed(visit).some((one) => one !== board);
  return more
    ? asked(state, visit, kept, on)
    : asked(state, { ...visit, symptoms: kept }, kept, on, { kind: "answer", answers: { symptoms: [...kept] } });
}

/** First whether it was taken; after a no, whether it was not or nobody knows. Both answers go on. */
function onMedicine(
  state: Asking,
  input: KioskInput,
  on: (state: KioskState, input: KioskInput) => KioskStep,
): KioskStep {
  if (input.kind === "no" && state.doubt !== true) return go({ ...state, doubt: true });
  const said = input.kind === "taken" ? saidOf(state, input.taken) : undefined;
  if (said === undefined) return go(state);
  const { visit, kept, left } = said;
  const { doubt: _doubt, nth: _nth, ...onward } = state;
  return left ? go({ ...onward, visit }, kept) : asked(state, visit, state.named, on, kept);
}

function asked(
  state: Asking,
  before: KioskVisit,
  named: readonly string[],
  on: (state: KioskState, input: KioskInput) => KioskStep,
  ...effects: readonly KioskEffect[]
): KioskStep {
  const { what, onward } = state;
  const visit = { ...before, owed: before.owed.filter((one) => one !== what) };
  const following = owedBefore(onward, visit)[0];
  if (following !== undefined) return go({ at: "owed", what: following, named, onward, visit }, ...effects);
  const there = goal(visit, onward);
  if (onward === "rest" || onward === "medicines") return go(there, ...effects);
  const step = on(
    there,
    onward === "glucose" || onward === "lipids" ? { kind: "pick", check: onward } : { kind: onward },
  );
  return go(step.state, ...effects, ...step.effects);
}

/** One board back; from the first question to where the way began. */
export function backFromOwed(state: Asking): KioskState {
  const { what, visit, onward } = state;
  const before = what === "medicines" ? medicineBefore(state, nthAsked(state)) : undefined;
  if (before !== undefined) return before;
  if (what === "minor" && !visit.owed.includes("warning"))
    return { ...state, what: "warning", visit: { ...visit, owed: ["warning", ...visit.owed] } };
  if (onward === "medicines") return { at: "mine", visit };
  if (onward !== "rest") return { at: "checks", visit };
  return { at: "prepare", check: "bloodPressure", step: restStepOf("bloodPressure") - 1, visit };
}
