import { isSameMedicine, together, type AskedMedicine } from "../journal/answers.ts";
import type { Taking } from "../journal/visit-bodies.ts";
import type { KioskEffect, KioskState, KioskVisit, Owed } from "./state.ts";

type Asking = Extract<KioskState, { readonly at: "owed" }>;

const isAnswered = ({ answers }: KioskVisit, medicine: AskedMedicine): boolean =>
  (answers.medicines ?? []).some((said) => isSameMedicine(said, medicine));

/** The medicine that is asked about now, from 0: the one that was gone back to, or else the first without an answer. */
export const nthAsked = ({ visit, nth }: Pick<Asking, "visit" | "nth">): number =>
  nth ?? (visit.takes ?? []).findIndex((medicine) => !isAnswered(visit, medicine));

/** With what this person takes: asked about between the boards and everything else, unless all of it was answered before. */
export function withMedicines(visit: KioskVisit, takes: readonly AskedMedicine[]): KioskVisit {
  if (takes.length === 0) return visit;
  const { owed } = visit;
  const others = owed.filter((one) => one !== "medicines");
  const boards = others.filter((one) => one === "warning" || one === "minor");
  const more: readonly Owed[] = takes.every((one) => isAnswered(visit, one)) ? [] : ["medicines"];
  return { ...visit, takes, owed: [...boards, ...more, ...others.slice(boards.length)] };
}

/** The answer about the medicine that is asked about; `left`: another one has none yet. */
export function saidOf(
  state: Asking,
  taken: Taking,
): { readonly visit: KioskVisit; readonly kept: KioskEffect; readonly left: boolean } | undefined {
  const medicine = state.visit.takes?.[nthAsked(state)];
  if (medicine === undefined) return undefined;
  const { prescription, drug } = medicine;
  const answers = { medicines: [{ prescription, drug, taken }] };
  const visit = { ...state.visit, answers: together(state.visit.answers, answers) };
  return { visit, kept: { kind: "answer", answers }, left: nthAsked({ visit }) >= 0 };
}

/** Back to whether it was taken, then to the medicine before; undefined: there is none. */
export function medicineBefore({ doubt, nth: _nth, ...state }: Asking, nth: number): KioskState | undefined {
  if (doubt === true) return { ...state, nth };
  return nth > 0 ? { ...state, nth: nth - 1 } : undefined;
}
