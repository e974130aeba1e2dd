import { isSameMedicine } from "./answers.ts";
import type { Entry } from "./entry.ts";
import type { MedicineSaid } from "./visit-bodies.ts";
import { bodyOf } from "./visit-results.ts";

/** What was said of medicines in a visit, and when: the last word of each. */
export interface MedicinesSaid {
  readonly medicines: readonly (MedicineSaid & { readonly at: string })[];
  /** Of whatever somebody takes, where nothing was signed for them here. */
  readonly any?: { readonly taken: boolean; readonly at: string };
}

/** Undefined: nobody asked. `entries`: those of one visit, in journal order. */
export function medicinesSaid(entries: Iterable<Entry>): MedicinesSaid | undefined {
  let medicines: MedicinesSaid["medicines"] = [];
  let any: MedicinesSaid["any"];
  for (const entry of entries) {
    const answered = bodyOf(entry, "visit.answered");
    const { heardAt: at } = entry;
    if (answered?.medicineToday !== undefined) any = { taken: answered.medicineToday, at };
    const said = answered?.medicines ?? [];
    if (said.length === 0) continue;
    const others = medicines.filter((one) => !said.some((other) => isSameMedicine(one, other)));
    medicines = [...others, ...said.map((one) => ({ ...one, at }))];
  }
  return medicines.length === 0 && any === undefined ? undefined : { medicines, ...(any === undefined ? {} : { any }) };
}
