import { missingCase } from "../domain/missing-case.ts";
import { askedStep, doctorAsks, doctorStops, showStep } from "./asked.ts";
import { arrive, backBefore, triageStep, withListening } from "./arrive.ts";
import { depart, mine } from "./depart.ts";
import { askKeep, backFromKeep, offersKeep } from "./keep.ts";
import { backFromLink } from "./link.ts";
import { withMedicines } from "./medicines-asked.ts";
import { backFromOwed, isBoard, owedFirst, owedStep, toResults } from "./owed.ts";
import { lastStepOf, measuring, withoutAgain } from "./measuring.ts";
import { asksToPutAway, putAway, putAwayFirst } from "./put-away.ts";
import {
  welcome,
  type KioskEffect,
  type KioskInput,
  type KioskState,
  type KioskStep,
  type KioskVisit,
} from "./state.ts";

export * from "./state.ts";

const go = (state: KioskState, ...effects: readonly KioskEffect[]): KioskStep => ({ state, effects });
const visitOf = (state: KioskState): KioskVisit | undefined => {
  if (state.at === "person") return visitOf(state.then);
  return "visit" in state ? state.visit : undefined;
};
const checks = (visit: KioskVisit): KioskState => ({ at: "checks", visit });
const resultsOr = (visit: KioskVisit): KioskState => (visit.done.length > 0 ? { at: "results", visit } : checks(visit));
/** Nobody touches the screen while waiting for a doctor or talking to one. */
const isCalling = (state: KioskState): boolean => (visitOf(state)?.call ?? "none") !== "none";
function withVisit(state: KioskState, change: Partial<KioskVisit>): KioskState {
  if (state.at === "person" || state.at === "away") return { ...state, then: withVisit(state.then, change) };
  return "visit" in state ? { ...state, visit: { ...state.visit, ...change } } : state;
}

/** What must happen before a screen is left for another: air out of the cuff, what was asked answered with no, readers off. */
function letGo(state: KioskState): readonly KioskEffect[] {
  if (state.at === "measure") return [{ kind: "stopMeasuring" }];
  if (state.at === "who") return [{ kind: "stopListening" }];
  if (state.at === "asked" || (state.at === "show" && state.what === "picture"))
    return [{ kind: "answerAsk", agreed: false }];
  return state.at === "confirm" ? [{ kind: "answerConfirm", same: false }] : [];
}

/** Ends the visit. Nothing of it stays in the state. */
function leave(state: KioskState, reason: "left" | "idle"): KioskStep {
  const visit = visitOf(state);
  if (visit === undefined) return go(welcome, ...letGo(state));
  const hangUp: readonly KioskEffect[] = visit.call === "none" ? [] : [{ kind: "endCall" }];
  return go(welcome, ...letGo(state), ...hangUp, { kind: "endVisit", reason });
}

function back(state: KioskState): KioskStep {
  switch (state.at) {
    case "welcome":
    case "who":
    case "noCard":
    case "phone":
    case "codeLater":
    case "isItYou":
    case "wasIt":
    case "consent":
    case "person":
      return backBefore(state);
    case "triage":
      return leave(state, "left");
    case "owed":
      return go(backFromOwed(state));
    case "checks":
      return state.visit.done.length > 0
        ? go({ at: "results", visit: state.visit })
        : go({ at: "triage", visit: state.visit });
    case "prepare":
      if (state.ready === true || state.again === "show") return go(withoutAgain(state));
      return state.step > 0 ? go({ ...withoutAgain(state), step: state.step - 1 }) : go(checks(state.visit));
    case "measure":
      return go({ ...withoutStep(state), at: "prepare" }, ...letGo(state));
    case "enter":
    case "confirm":
    case "failed":
    case "results":
    case "mayDoctor":
      return go(checks(state.visit), ...letGo(state));
    case "result":
      return go(
        asksToPutAway(state) || state.ready === true
          ? { at: "result", check: state.check, visit: state.visit }
          : checks(state.visit),
      );
    case "mine":
      return go(state.page === undefined ? checks(state.visit) : mine(state.visit, { menu: state.menu }));
    case "nextStep":
    case "consult":
      return toResults(state.visit);
    case "asked":
    case "show":
      return go({ at: "consult", visit: state.visit }, ...letGo(state));
    case "message":
      return state.step === "voice" || state.step === "picture"
        ? go({ at: "message", step: "ask", visit: state.visit })
        : toResults(state.visit);
    case "takeAway":
      return go(
        state.as === "ask" ? { at: "nextStep", visit: state.visit } : { at: "takeAway", as: "ask", visit: state.visit },
      );
    case "link":
      return go(backFromLink(state));
    case "keep":
      return backFromKeep(state);
    case "rate":
      return go({ at: "takeAway", as: "ask", visit: state.visit });
    case "emergency":
      return depart(state, { kind: "mistake" }, (from) => leave(from, "left"));
    case "away":
      return go(state);
    default:
      return missingCase(state);
  }
}

/** A stopped measurement is prepared at its last step again. */
function withoutStep(state: Extract<KioskState, { readonly at: "measure" }>) {
  const { check, visit, meal } = state;
  return { check, visit, step: lastStepOf(state.check), ...(meal === undefined ? {} : { meal }) };
}

/** The loud stop: the body first, then the call, then one step back. */
function stop(state: KioskState): KioskStep {
  if (state.at !== "consult" || state.visit.call === "none") return back(state);
  const { state: next, effects } = toResults({ ...state.visit, call: "none" });
  return go(next, { kind: "endCall" }, ...effects);
}

/** A call belongs to the visit: the resident may measure while the doctor looks on. */
function onCall(state: KioskState, visit: KioskVisit, input: KioskInput): KioskStep | undefined {
  switch (input.kind) {
    case "callDoctor":
      if (state.at === "measure" || state.at === "confirm") return go(state);
      if (visit.call !== "none") return go({ at: "consult", visit }, ...letGo(state));
      if (!visit.send) return go({ at: "mayDoctor", visit });
      return go({ at: "consult", visit: { ...visit, call: "waiting" } }, { kind: "requestCall" });
    case "callTaken":
      return go(visit.call === "waiting" ? withVisit(state, { call: "talking" }) : state);
    case "callEnded": {
      const ended: KioskVisit = { ...visit, call: "none" };
      return go(
        state.at === "asked" || state.at === "show"
          ? { at: "consult", visit: ended }
          : withVisit(state, { call: "none" }),
      );
    }
    case "doctorAsks":
      return doctorAsks(state, visit, input.check);
    case "doctorStops":
      return doctorStops(state, visit, input.check, letGo(state));
    case "say":
      return go(state.at === "consult" && visit.call === "talking" ? { at: "show", what: "voice", visit } : state);
    case "leaveMessage":
      return leaveMessage(state, visit);
    case "opinion":
      return go(withVisit(state, { opinion: true }));
    default:
      return undefined;
  }
}

/** A message goes where a call would have gone: to a doctor, who may see the results. */
function leaveMessage(state: KioskState, visit: KioskVisit): KioskStep {
  if (state.at !== "consult" || visit.call === "talking" || !visit.send) return go(state);
  const hangUp: readonly KioskEffect[] = visit.call === "none" ? [] : [{ kind: "endCall" }];
  return go({ at: "message", step: "ask", visit: { ...visit, call: "none" } }, ...hangUp);
}

/** A number is on its way: the cuff is full of air, or nobody has said yet whether it is the right one. */
const isUnsettled = ({ at }: KioskState): boolean => at === "measure" || at === "confirm";

/** The host judged a result: what is urgent does not wait for the person to read it, but for the measurement to end. */
function judged(state: KioskState, severity: number): KioskStep {
  return go(severity < 4 || state.at === "emergency" ? state : withVisit(state, { urgent: true }));
}

/** What waited for the end of a measurement is told now. */
function toldUrgent(step: KioskStep): KioskStep {
  const { state, effects } = step;
  if (state.at === "away" || isUnsettled(state)) return step;
  const visit = visitOf(state);
  if (visit?.urgent !== true) return step;
  return go({ at: "emergency", from: "result", visit: { ...visit, urgent: false } }, ...letGo(state), ...effects, {
    kind: "alarm",
    reason: "result",
    symptoms: visit.symptoms ?? [],
  });
}

function withoutReady<S extends { readonly ready?: true }>({ ready: _said, ...state }: S) {
  return state;
}

/** Where the page goes on after the host was away. The host has stopped what ran; nothing is replayed. */
function resumed(state: KioskState): KioskState {
  if (state.at === "confirm")
    return { at: "prepare", check: state.check, visit: state.visit, step: lastStepOf(state.check) };
  if (state.at === "measure") return { ...withoutStep(state), at: "prepare" };
  // Nothing starts by what was said before.
  if (state.at === "asked") return { at: "asked", check: state.check, visit: state.visit };
  if (state.at === "prepare") return withoutReady(state);
  return state.at === "result" ? withoutReady(state) : state;
}

function whileAway(state: KioskState & { readonly at: "away" }, input: KioskInput): KioskStep {
  switch (input.kind) {
    case "hostBack":
      return state.then.at === "welcome"
        ? go(welcome, { kind: "endVisit", reason: "left" })
        : withListening(go(state.then));
    case "idle":
      return isCalling(state.then) ? go(state) : go({ at: "away", then: welcome });
    case "leave":
    case "stop":
    case "home":
    case "back":
      return go({ at: "away", then: welcome });
    case "help":
      return go(state, { kind: "showHelp" });
    case "sends":
      return go(withVisit(state, { send: input.given }));
    default:
      return go(state);
  }
}

function onScreen(state: Exclude<KioskState, { readonly at: "away" }>, input: KioskInput): KioskStep {
  switch (state.at) {
    case "welcome":
    case "who":
    case "noCard":
    case "phone":
    case "codeLater":
    case "isItYou":
    case "wasIt":
    case "consent":
    case "person":
      return arrive(state, input);
    case "triage":
      return triageStep(state, input);
    case "owed":
      return owedStep(state, input, anywhere);
    case "checks":
    case "prepare":
    case "measure":
    case "enter":
    case "confirm":
    case "failed":
    case "results":
      return measuring(state, input);
    case "result":
      return asksToPutAway(state)
        ? putAway(state, input, (from) => anywhere(from, { kind: state.putAway.then }))
        : measuring(state, input);
    case "asked":
      return askedStep(state, input, anywhere) ?? go(state);
    case "show":
      return showStep(state, input);
    default:
      return depart(state, input, (from) => leave(from, "left"));
  }
}

/** The kiosk's screens. Pure; never throws. From every state `stop`, `back`, `help` and `leave` lead on. */
export const next = (state: KioskState, input: KioskInput): KioskStep => toldUrgent(anywhere(state, input));

function anywhere(state: KioskState, input: KioskInput): KioskStep {
  if (state.at === "away") return whileAway(state, input);
  const visit = visitOf(state);
  const first = putAwayFirst(state, visit, input);
  if (first !== undefined) return go(first);
  const asked = owedFirst(state, visit, input);
  if (asked !== undefined) return go(asked.state, ...letGo(state), ...asked.effects);
  switch (input.kind) {
    // What to do in an emergency needs no host, and stays.
    case "hostLost":
      return state.at === "emergency" ? go(state) : go({ at: "away", then: resumed(state) });
    case "help":
      return go(state, { kind: "showHelp" });
    case "fetch":
      // The body first: air out of the cuff.
      return visit === undefined || state.at === "emergency"
        ? go(state)
        : go({ at: "emergency", from: "help", visit }, ...letGo(state), {
            kind: "alarm",
            reason: "asked",
            symptoms: [],
          });
    case "keep":
      if (visit === undefined || !offersKeep(visit)) return leave(state, "left");
      return go(askKeep(visit, true), ...letGo(state));
    case "leave":
      return leave(state, "left");
    // Nobody touches the screen while waiting for help, either.
    case "idle":
      return isCalling(state) || state.at === "emergency" ? go(state) : leave(state, "idle");
    case "back":
      return back(state);
    case "stop":
      return stop(state);
    case "home":
      return visit === undefined ? leave(state, "left") : go(checks(visit), ...letGo(state));
    case "showResults":
      return visit === undefined ? go(state) : go({ at: "results", visit }, ...letGo(state));
    case "mine":
      if (visit === undefined || state.at === "mine") break;
      return go(mine(visit, input), ...letGo(state));
    case "finish":
      return visit === undefined || visit.done.length === 0
        ? leave(state, "left")
        : go({ at: "nextStep", visit }, ...letGo(state));
    case "judged":
      return judged(state, input.severity);
    case "sends":
      return go(withVisit(state, { send: input.given }));
    case "opened":
      return visit === undefined ? go(state) : opened(state, visit, input);
    default:
      break;
  }
  return (visit === undefined ? undefined : onCall(state, visit, input)) ?? onScreen(state, input);
}

/** The host opened the visit, or went on with one that was cut off: then nothing is asked again. */
function opened(state: KioskState, visit: KioskVisit, input: Extract<KioskInput, { kind: "opened" }>): KioskStep {
  const { done, symptoms, answers, takes = [], nearest, reads } = input;
  const known: KioskVisit = {
    ...visit,
    send: input.send,
    ...(nearest === undefined ? {} : { nearest }),
    ...(reads === undefined ? {} : { reads }),
  };
  if (!input.resumed || state.at !== "triage") return go(withVisit(state, withMedicines(known, takes)));
  const before: KioskVisit = { ...known, done, answers };
  if (symptoms === undefined) return go({ ...state, visit: withMedicines(before, takes) });
  const owed = visit.owed.filter((one) => !isBoard(one));
  return go(resultsOr(withMedicines({ ...before, symptoms, owed }, takes)));
}
