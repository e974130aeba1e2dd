import { placeholdersOf, type Language } from "../../../core/i18n/language.ts";
import type { MessageKey } from "../../../core/i18n/message.ts";
import { typeset, type Text } from "../../parts/language.tsx";
import { wordsOf, type Words } from "../../parts/words.ts";
import type { Spoken } from "./voice.tsx";

/**
 * What a thing to press is called, in the sentences the voice can say. They are found by its words, so that nothing on a
 * screen has to be named twice; numbers on keys are said as numbers, other words that are in no catalogue are left out.
 */
export function spokenOf(press: Element, text: Text): readonly Spoken[] {
  const label = press.getAttribute("aria-label");
  const pieces = label === null ? wordsIn(press) : [label];
  return pieces.flatMap((words) => sentence(words, text.language));
}

/** Each piece of text by itself, in the order read; pictures by their own words. What is hidden from readers is left out. */
function wordsIn(node: Node): readonly string[] {
  if (node.nodeType === Node.TEXT_NODE) return [(node.textContent ?? "").trim()].filter((words) => words !== "");
  if (!(node instanceof Element) || node.getAttribute("aria-hidden") === "true") return [];
  const says = node.getAttribute("alt") ?? "";
  return [...(says === "" ? [] : [says]), ...[...node.childNodes].flatMap(wordsIn)];
}

function sentence(words: string, language: Language): readonly Spoken[] {
  if (/^[0-9X.]+$/u.test(words)) return [{ key: "kiosk.keys.number", values: { n: words } }];
  const key = keysOf(language).get(words);
  return key === undefined ? [] : [{ key }];
}

/** For each state of a catalogue: later words come when some were spoken already. */
const known = new WeakMap<Words, ReadonlyMap<string, MessageKey>>();

const isOwn = (key: string): boolean => key.startsWith("kiosk.");

/** Every text that needs no filling, with its key. Of several with the same words the kiosk's first. */
function keysOf(language: Language): ReadonlyMap<string, MessageKey> {
  const catalogue = wordsOf(language);
  const ready = known.get(catalogue);
  if (ready !== undefined) return ready;
  const found = new Map<string, MessageKey>();
  for (const [key, words] of Object.entries(catalogue)) {
    const shown = typeset(language, words);
    if (placeholdersOf(words).length > 0) continue;
    const held = found.get(shown);
    if (held === undefined || (isOwn(key) && !isOwn(held))) found.set(shown, key as MessageKey);
  }
  known.set(catalogue, found);
  return found;
}
