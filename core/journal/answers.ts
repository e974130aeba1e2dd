import type { Answers, MedicineSaid } from "./visit-bodies.ts";

/** A medicine as somebody is asked about it: one line of one prescription. */
export type AskedMedicine = Pick<MedicineSaid, "prescription" | "drug">;

export const isSameMedicine = (one: AskedMedicine, other: AskedMedicine): boolean =>
  one.prescription === other.prescription && one.drug === other.drug;

/** What is known once more was said: the later word counts, of medicines one by one. */
export function together(before: Answers, said: Answers): Answers {
  const { medicines: more } = said;
  if (more === undefined) return { ...before, ...said };
  const others = (before.medicines ?? []).filter((one) => !more.some((other) => isSameMedicine(one, other)));
  return { ...before, ...said, medicines: [...others, ...more] };
}

/** Whether any medicine was taken today, as they said; undefined: nobody asked, or they do not remember. */
export function tookMedicine({ medicines, medicineToday }: Answers): boolean | undefined {
  if (medicines === undefined) return medicineToday;
  if (medicines.some(({ taken }) => taken === "taken")) return true;
  return medicines.some(({ taken }) => taken === "notSure") ? undefined : false;
}
