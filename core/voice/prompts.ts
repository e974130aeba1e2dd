import { faults } from "../domain/faults.ts";
import { category } from "../i18n/category.zh-CN.ts";
import { desk } from "../i18n/desk.zh-CN.ts";
import { messageOf, type Language, type MessageKey } from "../i18n/message.ts";
import { zh } from "../i18n/zh-CN.ts";
import { saidTexts, type NamedThings } from "./names.ts";
import { asSaid, clausesOf, clipOf, shownWords, type SpokenKey } from "./script.ts";
import { numberWords } from "./spell.ts";

/**
 * Which sentences a pack must have. Derived, never listed by hand: everything a resident's screen is written with. Left
 * out are the doctor's desk, the grading (it is for staff and never told as a diagnosis), sentences for staff, and the
 * faults that only staff meets.
 */
const notForResidents: ReadonlySet<string> = new Set([...Object.keys(desk), ...Object.keys(category)]);
const staffKeys = /^(?:staff|qc|desk|work)[.]/u;
const staffFaults = /^(?:staff|technician|account|quality)[.]/u;

export const spokenKeys: readonly SpokenKey[] = [
  ...(Object.keys(zh) as MessageKey[]).filter((key) => !notForResidents.has(key) && !staffKeys.test(key)),
  ...(Object.keys(faults) as (keyof typeof faults)[])
    .filter((code) => !staffFaults.test(code))
    .map((code) => `fault.${code}` as const),
];

export interface Prompt {
  /** Name of the clip. */
  readonly clip: string;
  /** What it says. */
  readonly words: string;
  /** The sentence it belongs to as it is shown; absent for numbers. */
  readonly sentence?: string;
}

/** Every clip that a pack for pages in this language must have, in the order in which it is recorded. */
export function promptsOf(language: Language): readonly Prompt[] {
  const numbers = [...numberWords[language]].map(([clip, words]) => ({ clip, words }));
  const sentences = spokenKeys.flatMap((key) => {
    const sentence = shownWords(language, key);
    return clausesOf(language, sentence)
      .flat()
      .flatMap((piece) => ("part" in piece ? [{ clip: clipOf(key, piece.part), words: piece.words, sentence }] : []));
  });
  return [...numbers, ...sentences];
}

/** The clips for what is data at a station: names of drugs, its packages and hospitals. Where one is missing, a sentence says so. */
export const namePrompts = (language: Language, things: NamedThings): readonly Required<Prompt>[] =>
  saidTexts(language, things, (key, params) => messageOf(language, key, params)).map(({ clip, words }) => ({
    clip,
    words: asSaid(language, words),
    sentence: words,
  }));
