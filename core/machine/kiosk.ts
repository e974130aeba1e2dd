import type { FaultCode } from "../domain/faults.ts";
import { missingCase } from "../domain/missing-case.ts";
import type { OfferedKind } from "../domain/outcome.ts";
import type { GlucoseContext } from "../rules/glucose.ts";

/** Who sits at the station. A guest's results carry no name. */
export type Person = { readonly kind: "resident"; readonly id: string } | { readonly kind: "guest" };

/** What the page knows of a visit: no numbers, those come from the host. A call outlives the screen it was started on. */
export interface KioskVisit {
  readonly person: Person;
  readonly done: readonly OfferedKind[];
  readonly call: "none" | "waiting" | "talking";
  readonly opinion: boolean;
}

interface InVisit {
  readonly visit: KioskVisit;
}
interface OfCheck extends InVisit {
  readonly check: OfferedKind;
}

export type KioskState =
  | { readonly at: "welcome" }
  | { readonly at: "who" }
  | ({ readonly at: "checks" } & InVisit)
  /** Glucose cannot start before the meal is known; for lipids it is asked, and unknown counts as not fasting. */
  | ({ readonly at: "prepare"; readonly meal?: GlucoseContext } & OfCheck)
  | ({ readonly at: "measure"; readonly meal?: GlucoseContext } & OfCheck)
  /** The resident compares the numbers with the device's display. */
  | ({ readonly at: "confirm" } & OfCheck)
  | ({ readonly at: "failed"; readonly code: FaultCode } & OfCheck)
  | ({ readonly at: "result" } & OfCheck)
  | ({ readonly at: "results" } & InVisit)
  | ({ readonly at: "consult" } & InVisit)
  /** The page lost the host; `then` is where it goes on. */
  | { readonly at: "away"; readonly then: KioskState };

export type KioskInput =
  | { readonly kind: "start" | "back" | "stop" | "home" | "help" | "leave" | "idle" | "showResults" }
  | { readonly kind: "person"; readonly person: Person }
  | { readonly kind: "pick"; readonly check: OfferedKind }
  | { readonly kind: "meal"; readonly meal: GlucoseContext }
  | { readonly kind: "go" | "again" }
  /** The host heard a whole result; `confirm`: the wire cannot prove it, so the resident compares. */
  | { readonly kind: "measured"; readonly confirm: boolean }
  | { readonly kind: "refused" | "fault"; readonly code: FaultCode }
  | { readonly kind: "same"; readonly same: boolean }
  | { readonly kind: "callDoctor" | "callTaken" | "callEnded" | "opinion" }
  | { readonly kind: "hostLost" | "hostBack" };

/** Carried out by the page. Each is harmless when there is nothing to do. */
export type KioskEffect =
  | { readonly kind: "openVisit"; readonly person: Person }
  | { readonly kind: "endVisit"; readonly reason: "left" | "idle" }
  | { readonly kind: "startMeasuring"; readonly check: OfferedKind; readonly meal?: GlucoseContext }
  | { readonly kind: "stopMeasuring" | "requestCall" | "endCall" | "showHelp" }
  | { readonly kind: "answerConfirm"; readonly same: boolean };

export interface KioskStep {
  readonly state: KioskState;
  readonly effects: readonly KioskEffect[];
}

export const welcome: KioskState = { at: "welcome" };

const go = (state: KioskState, ...effects: readonly KioskEffect[]): KioskStep => ({ state, effects });
const checks = (visit: KioskVisit): KioskState => ({ at: "checks", visit });
const visitOf = (state: KioskState): KioskVisit | undefined => ("visit" in state ? state.visit : undefined);
/** Nobody touches the screen while waiting for a doctor or talking to one. */
const isCalling = (state: KioskState): boolean => (visitOf(state)?.call ?? "none") !== "none";
const withVisit = (state: KioskState, change: Partial<KioskVisit>): KioskState =>
  "visit" in state ? { ...state, visit: { ...state.visit, ...change } } : state;

/** What must happen before a screen is left for another: air out of the cuff, an unanswered number refused. */
function letGo(state: KioskState): readonly KioskEffect[] {
  if (state.at === "measure") return [{ kind: "stopMeasuring" }];
  return state.at === "confirm" ? [{ kind: "answerConfirm", same: false }] : [];
}

/** Ends the visit. Nothing of it stays in the state. */
function leave(state: KioskState, reason: "left" | "idle"): KioskStep {
  const visit = visitOf(state);
  if (visit === undefined) return go(welcome);
  const hangUp: readonly KioskEffect[] = visit.call === "none" ? [] : [{ kind: "endCall" }];
  return go(welcome, ...letGo(state), ...hangUp, { kind: "endVisit", reason });
}

function back(state: KioskState): KioskStep {
  switch (state.at) {
    case "welcome":
    case "who":
      return go(welcome);
    case "checks":
      return state.visit.done.length > 0 ? go({ at: "results", visit: state.visit }) : leave(state, "left");
    case "measure":
      return go({ ...state, at: "prepare" }, ...letGo(state));
    case "prepare":
    case "confirm":
    case "failed":
    case "result":
    case "results":
      return go(checks(state.visit), ...letGo(state));
    case "consult":
      return go({ at: "results", visit: state.visit });
    case "away":
      return go(state);
    default:
      return missingCase(state);
  }
}

/** The loud stop: the body first, then the call, then one step back. */
function stop(state: KioskState): KioskStep {
  if (state.at !== "consult" || state.visit.call === "none") return back(state);
  return go({ at: "results", visit: { ...state.visit, call: "none" } }, { kind: "endCall" });
}

function measuredStep(state: KioskState & { readonly at: "measure" | "confirm" }): KioskStep {
  const { check, visit } = state;
  const done = visit.done.includes(check) ? visit.done : [...visit.done, check];
  return go({ at: "result", check, visit: { ...visit, done } });
}

/** Inputs that only one screen understands; anywhere else they change nothing. */
function onScreen(state: KioskState, input: KioskInput): KioskStep {
  switch (input.kind) {
    case "start":
      return state.at === "welcome" ? go({ at: "who" }) : go(state);
    case "person": {
      const { person } = input;
      if (state.at !== "who") return go(state);
      return go(checks({ person, done: [], call: "none", opinion: false }), { kind: "openVisit", person });
    }
    case "pick":
      return state.at === "checks" ? go({ at: "prepare", check: input.check, visit: state.visit }) : go(state);
    case "meal":
      return state.at === "prepare" && state.check !== "bloodPressure" ? go({ ...state, meal: input.meal }) : go(state);
    case "go":
      if (state.at !== "prepare" || (state.check === "glucose" && state.meal === undefined)) return go(state);
      return go(
        { ...state, at: "measure" },
        { kind: "startMeasuring", check: state.check, ...(state.meal === undefined ? {} : { meal: state.meal }) },
      );
    case "again":
      if (state.at !== "result" && state.at !== "failed") return go(state);
      return go({ at: "prepare", check: state.check, visit: state.visit });
    case "measured":
      if (state.at !== "measure") return go(state);
      return input.confirm ? go({ at: "confirm", check: state.check, visit: state.visit }) : measuredStep(state);
    case "same":
      if (state.at !== "confirm") return go(state);
      return input.same
        ? go(measuredStep(state).state, { kind: "answerConfirm", same: true })
        : go(
            { at: "failed", check: state.check, visit: state.visit, code: "gate.notConfirmed" },
            { kind: "answerConfirm", same: false },
          );
    case "refused":
    case "fault":
      if (state.at !== "measure" && state.at !== "confirm") return go(state);
      return go({ at: "failed", check: state.check, visit: state.visit, code: input.code });
    default:
      return go(state);
  }
}

/** A call belongs to the visit: the resident may measure while the doctor looks on. */
function onCall(state: KioskState, visit: KioskVisit, input: KioskInput): KioskStep | undefined {
  switch (input.kind) {
    case "callDoctor":
      if (state.at === "measure" || state.at === "confirm") return go(state);
      return visit.call === "none"
        ? go({ at: "consult", visit: { ...visit, call: "waiting" } }, { kind: "requestCall" })
        : go({ at: "consult", visit });
    case "callTaken":
      return go(visit.call === "waiting" ? withVisit(state, { call: "talking" }) : state);
    case "callEnded":
      return go(withVisit(state, { call: "none" }));
    case "opinion":
      return go(withVisit(state, { opinion: true }));
    default:
      return undefined;
  }
}

/** Where the page goes on after the host was away. The host has stopped what ran; nothing is replayed. */
function resumed(state: KioskState): KioskState {
  if (state.at !== "measure" && state.at !== "confirm") return state;
  return { at: "prepare", check: state.check, visit: state.visit };
}

function whileAway(state: KioskState & { readonly at: "away" }, input: KioskInput): KioskStep {
  switch (input.kind) {
    case "hostBack":
      return state.then.at === "welcome" ? go(welcome, { kind: "endVisit", reason: "left" }) : go(state.then);
    case "idle":
      return isCalling(state.then) ? go(state) : go({ at: "away", then: welcome });
    case "leave":
    case "stop":
    case "home":
    case "back":
      return go({ at: "away", then: welcome });
    case "help":
      return go(state, { kind: "showHelp" });
    default:
      return go(state);
  }
}

/** The kiosk's screens. Pure; never throws. From every state `stop`, `back` and `leave` lead out. */
export function next(state: KioskState, input: KioskInput): KioskStep {
  if (state.at === "away") return whileAway(state, input);
  const visit = visitOf(state);
  switch (input.kind) {
    case "hostLost":
      return go({ at: "away", then: resumed(state) });
    case "help":
      return go(state, { kind: "showHelp" });
    case "leave":
      return leave(state, "left");
    case "idle":
      return isCalling(state) ? go(state) : leave(state, "idle");
    case "back":
      return back(state);
    case "stop":
      return stop(state);
    case "home":
      return visit === undefined ? go(welcome) : go(checks(visit), ...letGo(state));
    case "showResults":
      return visit === undefined ? go(state) : go({ at: "results", visit }, ...letGo(state));
    default:
      return (visit === undefined ? undefined : onCall(state, visit, input)) ?? onScreen(state, input);
  }
}
