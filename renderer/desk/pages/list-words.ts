import { isMessageKey } from "../../../core/i18n/advice.ts";
import type { Text } from "../../parts/language.tsx";
import { drugName, type DrugList } from "./drug-words.ts";

/** Something of the catalogue that the checks compare by its id, as people call it. */
export interface ListWord {
  readonly id: string;
  readonly word: string;
}

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();

/** The catalogue's own word for one of its codes; the code where nobody named it yet. */
function coded(text: Text, kind: "allergy" | "condition", id: string): string {
  const key = `work.${kind}.${id}`;
  return isMessageKey(key) ? text.of(key, {}) : id;
}

/** Groups, then ingredients: an ingredient is called as the drug that is made of it alone. */
export function allergyWords(text: Text, { drugs }: DrugList): readonly ListWord[] {
  const groups = distinct(drugs.flatMap(({ allergyGroups }) => allergyGroups));
  const ingredients = distinct(drugs.flatMap((drug) => drug.ingredients.map(({ name }) => name)));
  const named = (name: string) => {
    const alone = drugs.find(({ ingredients: [first, second] }) => first?.name === name && second === undefined);
    return alone && text.language !== "en" ? alone.zh : name;
  };
  return [
    ...groups.map((id) => ({ id, word: coded(text, "allergy", id) })),
    ...ingredients.map((id) => ({ id, word: named(id) })),
  ];
}

export const conditionWords = (text: Text, { drugs }: DrugList): readonly ListWord[] =>
  distinct(drugs.flatMap(({ contraindications }) => contraindications)).map((id) => ({
    id,
    word: coded(text, "condition", id),
  }));

export const takingWords = (text: Text, { drugs }: DrugList): readonly ListWord[] =>
  drugs.map((drug) => ({ id: drug.id, word: drugName(text.language, drug) }));

/** Undefined: not of the catalogue, so that no check can know it. */
export const wordOf = (words: readonly ListWord[], id: string): string | undefined =>
  words.find((one) => one.id === id)?.word;
