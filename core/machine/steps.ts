import type { OfferedKind } from "../domain/outcome.ts";
import type { Answers } from "../journal/visit-bodies.ts";

/**
 * One step before a measurement. `show`: something to do with the body, in one moving picture. `ask`: a question with yes or
 * no, whose answer is kept; `sits`: whoever answers it sits, and the rest counts from there. `cuff`, `meal`: a choice between
 * pictures. `rest`: what is left of the five minutes, used for `whileResting`.
 */
export type Step =
  | { readonly kind: "show"; readonly id: ShowId }
  | { readonly kind: "ask"; readonly id: AskId; readonly sits?: true }
  | { readonly kind: "cuff" | "meal" | "fasting" | "rest" };

/** Done with one show screen and a device that only looks on: a first result within a minute. */
export const quickChecks = ["oximetry", "temperature", "body"] as const satisfies readonly OfferedKind[];
export type QuickCheck = (typeof quickChecks)[number];

export type AskId = Extract<
  keyof Answers,
  "prepared" | "posture" | "medicineToday" | "smoker" | "sleptBadly" | "lancetNew" | "cleaned" | "sharps"
>;
export type ShowId =
  | "sit"
  | "cuffOn"
  | "quiet"
  | "hands"
  | "alcohol"
  | "finger"
  | "stripGlucose"
  | "stripLipids"
  | "fingerIn"
  | "forehead"
  | "shoesOff";

/** Asked while the person rests, one after the other. */
export const whileResting: readonly AskId[] = ["medicineToday", "smoker", "sleptBadly"];
/** Those for this person: of medicines that were signed here each is asked about by itself, before. */
export const restQuestions = ({ takes }: { readonly takes?: readonly unknown[] }): readonly AskId[] =>
  takes === undefined ? whileResting : whileResting.filter((id) => id !== "medicineToday");

/** How long a person sits before the first pressure (rules.md §3.1), seconds. */
export const restSeconds = 300;

/** Cleaning, a new lancet: asked before a blood step opens, and a "no" does not open it. */
export const mustBeYes: readonly AskId[] = ["lancetNew", "cleaned"];

/** What a picture may still change: a first "no" shows it, a second one is kept. */
export const shownAgain = { posture: "sit" } as const satisfies Readonly<Partial<Record<AskId, ShowId>>>;
export const isShownAgain = (id: AskId): id is keyof typeof shownAgain => Object.hasOwn(shownAgain, id);

const blood = [
  { kind: "ask", id: "cleaned" },
  { kind: "show", id: "hands" },
  { kind: "ask", id: "lancetNew" },
  { kind: "show", id: "finger" },
] as const satisfies readonly Step[];

/** Before each kind of check, in order. The last one starts the measurement. */
export const stepsOf: Readonly<Record<OfferedKind, readonly Step[]>> = {
  bloodPressure: [
    { kind: "ask", id: "posture", sits: true },
    { kind: "ask", id: "prepared" },
    { kind: "cuff" },
    { kind: "show", id: "cuffOn" },
    { kind: "rest" },
    { kind: "show", id: "quiet" },
  ],
  glucose: [{ kind: "meal" }, ...blood, { kind: "show", id: "stripGlucose" }],
  lipids: [{ kind: "fasting" }, ...blood, { kind: "show", id: "stripLipids" }],
  oximetry: [{ kind: "show", id: "fingerIn" }],
  temperature: [{ kind: "show", id: "forehead" }],
  body: [{ kind: "show", id: "shoesOff" }],
};

/** Where a check is rested for; questions that have waited are asked there. */
export const restStepOf = (check: OfferedKind): number => stepsOf[check].findIndex(({ kind }) => kind === "rest");

/** A second reading, and a repeat after a fault, begin here: what was answered is not asked again. */
export function firstStepOf(check: OfferedKind, again: boolean): number {
  return again ? stepsOf[check].length - 1 : 0;
}
