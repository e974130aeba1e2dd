import type { Resident } from "../../core/journal/entry.ts";

/**
 * The people whom a simulated station brings along. Invented, and marked in name and record. Their ids are fixed, so that
 * registering them again at the next start is the same fact once more.
 */
export const specimens: readonly (Resident & { readonly specimen: true })[] = [
  {
    id: "018f0000-0000-7000-8000-0000000000a1",
    name: "样本·王大妈",
    sex: "female",
    birthYear: 1948,
    facts: { diabetes: "unknown", hypertension: true, pregnant: false },
    specimen: true,
  },
  {
    id: "018f0000-0000-7000-8000-0000000000a2",
    name: "样本·李大爷",
    sex: "male",
    birthYear: 1955,
    facts: { diabetes: "yes", hypertension: false, pregnant: false },
    specimen: true,
  },
  {
    id: "018f0000-0000-7000-8000-0000000000a3",
    name: "样本·赵小梅",
    sex: "female",
    birthYear: 1990,
    facts: { diabetes: "no", hypertension: false, pregnant: false },
    specimen: true,
  },
];
