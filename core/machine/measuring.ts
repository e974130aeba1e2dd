import type { FaultCode } from "../domain/faults.ts";
import type { OfferedKind } from "../domain/outcome.ts";
import type { Answers } from "../journal/visit-bodies.ts";
import type { KioskEffect, KioskInput, KioskState, KioskStep, KioskVisit } from "./state.ts";
import { askOwed, restOwed } from "./owed.ts";
import { firstStepOf, isShownAgain, mustBeYes, stepsOf } from "./steps.ts";

const go = (state: KioskState, ...effects: readonly KioskEffect[]): KioskStep => ({ state, effects });

/** Failures in a row of one visit that lead to a person; a pricked finger is spared the third. */
const mostFailures = (check: OfferedKind): number => (check === "glucose" || check === "lipids" ? 2 : 3);

type Prepare = Extract<KioskState, { readonly at: "prepare" }>;

const prepare = (check: OfferedKind, visit: KioskVisit, step = 0): Prepare => ({ at: "prepare", check, visit, step });

export const lastStepOf = (check: OfferedKind): number => stepsOf[check].length - 1;

/**
 * Begins a check, or goes on with its second reading: what was answered is not asked again. After too many failures in a
 * row somebody comes first.
 */
export function beginCheck(check: OfferedKind, visit: KioskVisit): KioskStep {
  if (visit.failures >= mostFailures(check))
    return go({ at: "person", then: { at: "checks", visit: { ...visit, failures: 0 } } });
  const again = check === "bloodPressure" && visit.rested;
  return go(prepare(check, visit, firstStepOf(check, again)));
}

/** A step as it is when one comes to it. */
export function withoutAgain({ again: _shown, ready: _said, ...state }: Prepare): Prepare {
  return state;
}

function onward(state: Prepare): KioskStep {
  const steps = stepsOf[state.check];
  if (state.step >= steps.length - 1) return start(state);
  const next: Prepare = { ...withoutAgain(state), step: state.step + 1 };
  const done = steps[state.step];
  // The five minutes count from the moment of sitting: the cuff is put on within them.
  if (done?.kind === "ask" && done.sits === true) return go(next, { kind: "seat" });
  // The minutes of the rest are there for the questions.
  const owed = steps[next.step]?.kind === "rest" ? restOwed(next.visit) : [];
  return owed.length > 0 ? askOwed(next.visit, owed, "rest") : go(next);
}

function start(state: Prepare): KioskStep {
  const { check, meal } = state;
  if (check === "glucose" && meal === undefined) return go(state);
  const visit = begun(check, state.visit);
  const known = meal === undefined ? {} : { meal };
  return go({ at: "measure", check, visit, ...known }, { kind: "startMeasuring", check, ...known });
}

/** What is to be remembered of a measurement however it ends. */
function begun(check: OfferedKind, visit: KioskVisit): KioskVisit {
  if (check === "bloodPressure") return { ...visit, rested: true };
  return check === "glucose" || check === "lipids" ? { ...visit, pricked: check } : visit;
}

/** Steps before a measurement. */
export function prepareStep(state: Prepare, input: KioskInput): KioskStep {
  const step = stepsOf[state.check][state.step];
  switch (input.kind) {
    case "next":
    case "skip":
      if (state.again === "show") return go({ ...state, again: "ask" });
      return step?.kind === "ask" || step?.kind === "meal" || step?.kind === "fasting" || step?.kind === "cuff"
        ? go(state)
        : onward(state);
    case "go":
      return state.step === stepsOf[state.check].length - 1 ? start(state) : go(state);
    case "meal":
      return step?.kind === "meal" || step?.kind === "fasting" ? onward({ ...state, meal: input.meal }) : go(state);
    case "answers":
      return answered(state, input.answers, false);
    case "yes":
    case "no": {
      if (step?.kind !== "ask" || state.again === "show") return go(state);
      const yes = input.kind === "yes";
      if (!yes && isShownAgain(step.id) && state.again === undefined) return go({ ...state, again: "show" });
      // Without cleaning or a new lancet no finger is pricked; the way back and the way to a person stay open.
      if (!yes && mustBeYes.includes(step.id)) return go({ at: "person", then: { at: "checks", visit: state.visit } });
      return answered(state, { [step.id]: yes }, true);
    }
    case "again":
      return go({ ...withoutAgain(state), step: firstStepOf(state.check, false) });
    case "ready":
      // While the five minutes run, or the minute before the next reading.
      return step?.kind === "rest" || (state.check === "bloodPressure" && state.step === lastStepOf(state.check))
        ? go({ ...state, ready: true })
        : go(state);
    default:
      return go(state);
  }
}

function answered(state: Prepare, answers: Answers, forward: boolean): KioskStep {
  const visit = { ...state.visit, answers: { ...state.visit.answers, ...answers } };
  const kept: KioskEffect = { kind: "answer", answers };
  const step = stepsOf[state.check][state.step];
  if (!forward && step?.kind !== "cuff") return go({ ...state, visit }, kept);
  const next = onward({ ...state, visit });
  return go(next.state, kept, ...next.effects);
}

export function measuredStep(state: Extract<KioskState, { readonly at: "measure" | "confirm" | "enter" }>): KioskStep {
  const { check, visit } = state;
  const done = visit.done.includes(check) ? visit.done : [...visit.done, check];
  return go({ at: "result", check, visit: { ...visit, done, failures: 0 } });
}

function failed(state: Extract<KioskState, { readonly at: "measure" | "confirm" }>, code: FaultCode): KioskStep {
  const failures = state.visit.failures + 1;
  return go({ at: "failed", check: state.check, visit: { ...state.visit, failures }, code });
}

type Measuring = Extract<
  KioskState,
  { readonly at: "checks" | "prepare" | "measure" | "enter" | "confirm" | "failed" | "result" | "results" }
>;

/** From choosing a check to its result. */
export function measuring(state: Measuring, input: KioskInput): KioskStep {
  const { visit } = state;
  if (state.at === "prepare") return prepareStep(state, input);
  switch (input.kind) {
    case "pick":
      return state.at === "checks" || state.at === "results" ? beginCheck(input.check, visit) : go(state);
    case "enter":
      return state.at === "checks" || state.at === "result" || state.at === "failed"
        ? go({ at: "enter", check: input.check, visit })
        : go(state);
    case "again":
      return state.at === "result" || state.at === "failed" ? beginCheck(state.check, visit) : go(state);
    case "ready":
      return state.at === "result" ? go({ ...state, ready: true }) : go(state);
    // Only one arm can be measured: what is asked for next becomes another thing.
    case "answers":
      return state.at === "result"
        ? go(
            { ...state, visit: { ...visit, answers: { ...visit.answers, ...input.answers } } },
            { kind: "answer", answers: input.answers },
          )
        : go(state);
    case "measured":
      if (state.at === "enter") return measuredStep(state);
      if (state.at !== "measure") return go(state);
      return input.confirm ? go({ at: "confirm", check: state.check, visit }) : measuredStep(state);
    case "same": {
      if (state.at !== "confirm") return go(state);
      const answer: KioskEffect = { kind: "answerConfirm", same: input.same };
      return go(input.same ? measuredStep(state).state : failed(state, "gate.notConfirmed").state, answer);
    }
    case "refused":
    case "fault":
      return state.at === "measure" || state.at === "confirm" ? failed(state, input.code) : go(state);
    default:
      return go(state);
  }
}

export type { Measuring };
