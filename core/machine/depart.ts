import { askKeep, keepStep, offersKeep } from "./keep.ts";
import { linkStep } from "./link.ts";
import type { OwnPage } from "./own-pages.ts";
import { askedAnew, toResults } from "./owed.ts";
import type { KioskEffect, KioskInput, KioskState, KioskStep, KioskVisit } from "./state.ts";

const go = (state: KioskState, ...effects: readonly KioskEffect[]): KioskStep => ({ state, effects });

type Departing = Extract<
  KioskState,
  {
    readonly at:
      "emergency" | "nextStep" | "takeAway" | "link" | "keep" | "rate" | "mine" | "mayDoctor" | "consult" | "message";
  }
>;

/** The last question, and before it, for a newcomer, how to come the next time; for a guest, whether to keep anything. */
function last({ link, ...visit }: KioskVisit): KioskState {
  if (offersKeep(visit)) return askKeep(visit);
  return link === true ? { at: "link", step: "ask", visit } : { at: "rate", visit };
}

/** A board of pages, or one of them; before one's medicines, whether they were taken. */
export const mine = (
  visit: KioskVisit,
  { menu, page }: { readonly menu?: "services" | undefined; readonly page?: OwnPage | undefined },
): KioskState =>
  page === "medicines" && visit.owed.includes("medicines")
    ? { at: "owed", what: "medicines", named: visit.symptoms ?? [], onward: "medicines", visit }
    : {
        at: "mine",
        visit,
        ...(menu === undefined ? {} : { menu }),
        ...(page === undefined ? {} : { page }),
      };

const takeAway = (visit: KioskVisit): KioskState => ({ at: "takeAway", as: "ask", visit });

/** What follows from the results, taking them along, and saying how it was. */
export function depart(state: Departing, input: KioskInput, leave: (state: KioskState) => KioskStep): KioskStep {
  const { visit } = state;
  switch (state.at) {
    case "emergency":
      if (input.kind === "someoneIsHere") return go({ at: "checks", visit }, { kind: "alarmAnswered", how: "here" });
      if (input.kind !== "mistake") return go(state);
      return state.from === "triage"
        ? go({ at: "triage", visit: askedAnew(visit) }, { kind: "alarmAnswered", how: "mistake" })
        : withFirst({ kind: "alarmAnswered", how: "mistake" }, toResults(visit));
    case "nextStep":
      if (input.kind === "no") return go(takeAway(visit), { kind: "nextStep", choice: "declined" });
      return input.kind === "choose" ? go(takeAway(visit), { kind: "nextStep", choice: input.choice }) : go(state);
    case "takeAway":
      return takingAway(state, input);
    case "link":
      return linkStep(state, input);
    case "keep":
      return keepStep(state, input, leave);
    case "rate":
      if (input.kind === "no") return leave(state);
      if (input.kind !== "rate") return go(state);
      return withFirst({ kind: "rate", rating: input.rating }, leave(state));
    case "mine":
      return input.kind === "mine" ? go(mine(visit, { menu: state.menu, page: input.page })) : go(state);
    case "mayDoctor": {
      if (input.kind !== "yes" && input.kind !== "no") return go(state);
      const agree: KioskEffect = { kind: "agree", scope: "send", given: input.kind === "yes" };
      const asked = { ...visit, owed: visit.owed.filter((one) => one !== "send") };
      if (input.kind === "no") return withFirst(agree, toResults(asked));
      return go({ at: "consult", visit: { ...asked, send: true, call: "waiting" } }, agree, { kind: "requestCall" });
    }
    case "consult":
      return go(state);
    case "message":
      return messageStep(state, input);
  }
}

/** A message: a voice first, then a picture for who likes; the readings and answers go along by themselves. */
function messageStep(state: Extract<KioskState, { readonly at: "message" }>, input: KioskInput): KioskStep {
  const { visit } = state;
  const step = (to: typeof state.step, ...effects: readonly KioskEffect[]): KioskStep =>
    go({ at: "message", step: to, visit }, ...effects);
  switch (input.kind) {
    case "messageKept":
      return step("kept");
    case "yes":
      if (state.step === "ask") return step("voice");
      return state.step === "kept" ? toResults(visit) : go(state);
    // On: from the voice to the picture.
    case "next":
      return state.step === "voice" ? step("picture") : go(state);
    default:
      return go(state);
  }
}

function takingAway(state: Extract<KioskState, { readonly at: "takeAway" }>, input: KioskInput): KioskStep {
  const { visit } = state;
  switch (input.kind) {
    case "takeAway":
      return input.as === "paper"
        ? go({ at: "takeAway", as: "paper", visit }, { kind: "print" })
        : go({ at: "takeAway", as: "code", visit }, { kind: "showCode" });
    // Paper that ran out does not hold anybody up: the code is the other way.
    case "fault":
      return state.as === "ask" ? go(state) : go({ at: "takeAway", as: "ask", visit, wrong: input.code });
    case "printed":
      return state.as === "paper" ? go(last(visit)) : go(state);
    case "next":
    case "no":
      return go(last(visit));
    default:
      return go(state);
  }
}

const withFirst = (effect: KioskEffect, step: KioskStep): KioskStep => go(step.state, effect, ...step.effects);

export type { Departing };
