import { missingCase } from "../domain/missing-case.ts";
import type { Helper } from "../journal/visit-bodies.ts";
import { laterBoards } from "./boards.ts";
import { emergencyNamed } from "./emergency-named.ts";
import { beginCheck } from "./measuring.ts";
import { askOwed, boardsOwed, owedOf, toResults } from "./owed.ts";
import {
  welcome,
  type ConsentAnswers,
  type KioskEffect,
  type KioskInput,
  type KioskState,
  type KioskStep,
  type KioskVisit,
  type Person,
  type Recognized,
} from "./state.ts";

const go = (state: KioskState, ...effects: readonly KioskEffect[]): KioskStep => ({ state, effects });

/** Wrong answers in a row that lead to a person. */
export const mostTries = 3;

type Helped = { readonly helper?: Helper };
const helped = ({ helper }: Helped): Helped => (helper === undefined ? {} : { helper });

/** A wrong card, code or number: the same screen once more, and the third time a person. */
export function wrongAnswer(state: KioskState & { readonly tries: number }, again: KioskState): KioskStep {
  const tries = state.tries + 1;
  const next = "tries" in again ? { ...again, tries } : again;
  return tries < mostTries ? go(next) : go({ at: "person", then: { ...next, tries: 0 } as KioskState });
}

/** The first screen of a visit: emergencies, before anything is measured. */
export function begin(
  person: Person,
  given: ConsentAnswers,
  extra: Helped & Partial<Pick<KioskVisit, "owed" | "child" | "link">>,
): KioskStep {
  const { owed = laterBoards, child, link } = extra;
  const visit: KioskVisit = {
    person,
    ...helped(extra),
    owed,
    ...(child === undefined ? {} : { child }),
    ...(link === undefined ? {} : { link }),
    // Who has just said no to it is not asked again.
    ...(person.kind === "guest" && given.keep === undefined ? ({ keeping: "unasked" } as const) : {}),
    done: [],
    call: "none",
    opinion: false,
    answers: {},
    send: given.send === true,
    rested: false,
    failures: 0,
    urgent: false,
  };
  return go(
    { at: "triage", visit },
    { kind: "stopListening" },
    { kind: "openVisit", person, ...helped(extra), consents: given },
  );
}

/** The visit of somebody recognized. `keep`: what was just said; undefined: it was said before. */
function beginFound(
  found: Recognized,
  keep: boolean | undefined,
  who: Helped & { readonly mine?: boolean },
): KioskStep {
  // Who does not want to be kept is not asked what should be sent under one's name, either.
  if (keep === false) return begin({ kind: "guest" }, { keep }, who);
  const { token, child, known } = found;
  const extra = {
    ...helped(who),
    owed: owedOf(found),
    ...(child === undefined ? {} : { child }),
    ...(known || child === true ? {} : ({ link: true } as const)),
  };
  const { mine } = who;
  const person: Person = { kind: "found", token, ...(mine === undefined ? {} : { mine }) };
  return begin(person, keep === undefined ? {} : { keep }, extra);
}

type Arriving = Extract<
  KioskState,
  { readonly at: "welcome" | "who" | "noCard" | "phone" | "codeLater" | "isItYou" | "wasIt" | "consent" | "person" }
>;

/** From the welcome screen to an open visit. */
export function arrive(state: Arriving, input: KioskInput): KioskStep {
  switch (state.at) {
    case "welcome":
      return input.kind === "start" ? go({ at: "who", tries: 0 }, { kind: "listen" }) : go(state);
    case "who":
    case "noCard":
    case "phone":
      return recognizing(state, input);
    case "isItYou":
      if (input.kind === "yes") {
        if (state.found.ask.includes("keep")) return go({ at: "consent", found: state.found, ...helped(state) });
        return state.found.unclaimed === true
          ? go({ at: "wasIt", found: state.found, ...helped(state) })
          : beginFound(state.found, undefined, state);
      }
      if (input.kind !== "no") return go(state);
      return withListening(wrongAnswer(state, { at: "who", tries: 0, ...helped(state) }));
    case "codeLater":
      if (input.kind === "yes") return begin({ kind: "code", token: state.token }, {}, state);
      return input.kind === "no" ? withListening(go({ at: "who", tries: state.tries, ...helped(state) })) : go(state);
    case "wasIt":
      if (input.kind !== "yes" && input.kind !== "no") return go(state);
      return beginFound(state.found, undefined, { ...helped(state), mine: input.kind === "yes" });
    case "consent":
      if (input.kind !== "yes" && input.kind !== "no") return go(state);
      return beginFound(state.found, input.kind === "yes", state);
    case "person":
      if (input.kind === "yes" || input.kind === "again") return withListening(go(state.then));
      return input.kind === "guest" && !("visit" in state.then)
        ? begin({ kind: "guest" }, {}, "helper" in state.then ? helped(state.then) : {})
        : go(state);
    default:
      return missingCase(state);
  }
}

/** Where cards are awaited, the readers listen; where somebody is to come first, they do not. */
export function withListening(step: KioskStep): KioskStep {
  if (step.state.at === "who") return go(step.state, ...step.effects, { kind: "listen" });
  return step.state.at === "person" ? go(step.state, ...step.effects, { kind: "stopListening" }) : step;
}

function recognizing(
  state: Extract<KioskState, { readonly at: "who" | "noCard" | "phone" }>,
  input: KioskInput,
): KioskStep {
  const { tries } = state;
  switch (input.kind) {
    case "helper":
      return go({ ...without(state, "helper"), ...(input.helper === undefined ? {} : { helper: input.helper }) });
    case "noCard":
      return state.at === "who" ? go({ at: "noCard", tries, ...helped(state) }, { kind: "stopListening" }) : go(state);
    case "phone":
      return state.at === "noCard" ? go({ at: "phone", step: "number", tries, ...helped(state) }) : go(state);
    case "typed":
      return state.at === "phone" && state.step === "number"
        ? go({ ...without(state, "wrong"), step: "second" })
        : go(state);
    case "guest":
      return begin({ kind: "guest" }, {}, state);
    case "specimen":
      return begin({ kind: "specimen", id: input.id }, { keep: true, send: true }, state);
    case "found":
      return go({ at: "isItYou", found: input.found, tries, ...helped(state) }, { kind: "stopListening" });
    case "held":
      return state.at === "who"
        ? go({ at: "codeLater", token: input.token, tries, ...helped(state) }, { kind: "stopListening" })
        : go(state);
    case "notFound": {
      if (state.at === "noCard") return go(state);
      const again: KioskState =
        state.at === "phone"
          ? { at: "phone", step: "number", tries: 0, wrong: input.code, ...helped(state) }
          : { at: "who", tries: 0, wrong: input.code, ...helped(state) };
      return withListening(wrongAnswer(state, again));
    }
    default:
      return go(state);
  }
}

function without<S extends object, K extends string>(state: S, key: K): Omit<S, K> & S {
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== key)) as Omit<S, K> & S;
}

/** Emergencies, asked before anything else: one sign is enough, and nothing is measured then. */
export function triageStep(state: Extract<KioskState, { readonly at: "triage" }>, input: KioskInput): KioskStep {
  const { visit } = state;
  if (input.kind === "symptom") return emergencyNamed(visit, [], input.symptom) ?? go(state);
  if (input.kind !== "next" && input.kind !== "no") return go(state);
  // One was named by mistake: the host is told what else there is, or is not, before anything is judged by it.
  if (visit.symptoms !== undefined && boardsOwed(visit).length > 0) return askOwed(visit, boardsOwed(visit), "home");
  const { nearest, ...others } = visit;
  // Cut off before everything was asked: on from there, to what was measured.
  return nearest === undefined || visit.done.length > 0 ? toResults(others) : beginCheck(nearest, others);
}

/** Back through the questions before a visit; the welcome screen at the end. */
export function backBefore(state: Arriving): KioskStep {
  switch (state.at) {
    case "welcome":
      return go(welcome);
    case "who":
      return go(welcome, { kind: "stopListening" });
    case "noCard":
    case "codeLater":
    case "isItYou":
      return withListening(go({ at: "who", tries: state.tries, ...helped(state) }));
    case "phone":
      return state.step === "second"
        ? go({ ...state, step: "number" })
        : go({ at: "noCard", tries: state.tries, ...helped(state) });
    case "wasIt":
    case "consent":
      return go({ at: "isItYou", found: state.found, tries: 0, ...helped(state) });
    case "person":
      return withListening(go(state.then));
    default:
      return missingCase(state);
  }
}

export type { Arriving };
