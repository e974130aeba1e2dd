import { faults, type FaultCode } from "../domain/faults.ts";
import { catalogues, placeholdersOf, type Language, type MessageKey } from "../i18n/message.ts";
import { spell, type Sound } from "./spell.ts";

/** A sentence the station can say: one of the catalogue, or that of a fault for the resident. */
export type SpokenKey = MessageKey | `fault.${FaultCode}`;

/** What is said of a text in one breath: pieces of it, each a clip of its own, and values between them. */
export type Piece = { readonly part: number; readonly words: string } | { readonly value: string };
export type Clause = readonly Piece[];

export const clipOf = (key: string, part: number): string => `${key}.${part}`;

export function isFaultKey(key: string): key is `fault.${FaultCode}` {
  return key.startsWith("fault.") && Object.hasOwn(faults, key.slice("fault.".length));
}

/** The text behind a key as it is shown. */
export function shownWords(language: Language, key: SpokenKey): string {
  if (!isFaultKey(key)) return catalogues[language][key];
  return faults[key.slice("fault.".length) as FaultCode].resident[language === "en" ? "en" : "zh"];
}

/** Written one way and said another: units, signs, and the number that is called, digit by digit. */
const said: Readonly<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  "zh-CN": [
    [/(\{\w+\})\s*%/gu, "百分之$1"],
    [/120/gu, "幺二零"],
    // Latin letters among Chinese ones: a voice that reads pinyin would read them as that.
    [/健康E站/gu, "健康易站"],
    [/\bEnglish\b/gu, "英语"],
    [/\s*·\s*SIMULATED DEVICES/gu, ""],
    [/X/gu, "艾克斯"],
    [/D3/gu, "滴三"],
    [/Ⅲ/gu, "三"],
    [/(\d{1,2}):00/gu, "$1点"],
    [/(\d{1,2}):(\d\d)/gu, "$1点$2分"],
    [/mmHg/gu, "毫米汞柱"],
    [/mmol\/L/gu, "毫摩尔每升"],
    [/µmol\/L/gu, "微摩尔每升"],
    [/mg\/dL/gu, "毫克每分升"],
    [/kg\/m²/gu, "公斤每平方米"],
    [/°C|℃/gu, "摄氏度"],
    [/cm\b/gu, "厘米"],
    [/kg\b/gu, "公斤"],
  ],
  en: [
    [/\s*%/gu, " percent"],
    [/\p{sc=Han}+\s*·\s*SIMULATED DEVICES/gu, "simulated devices"],
    [/^中文$/gu, "Chinese"],
    [/120/gu, "one two zero"],
    [/(?<=\d)–(?=\d)/gu, " to "],
    [/(\d{1,2}):00/gu, "$1 o'clock"],
    [/mmHg/gu, "millimeters of mercury"],
    [/mmol\/L/gu, "millimoles per liter"],
    [/µmol\/L/gu, "micromoles per liter"],
    [/mg\/dL/gu, "milligrams per deciliter"],
    [/kg\/m²/gu, "kilograms per square meter"],
    [/°C/gu, "degrees Celsius"],
    [/\bcm\b/gu, "centimeters"],
    [/\bkg\b/gu, "kilograms"],
    [/\bmin\b/gu, "minutes"],
  ],
};

/** Words as they are said. */
export const asSaid = (language: Language, shown: string): string =>
  said[language].reduce((words, [from, to]) => words.replaceAll(from, to), shown);

/** Where one breath ends: a mark of Chinese, or one of ASCII that is not inside a number. A colon leads on to its value. */
const breath = /(?<=[，。；！？、])|(?<=[,.;!?])(?!\d)|(?<=.)(?=[(（])/u;
const isSayable = (words: string): boolean => /[\p{L}\p{N}]/u.test(words);

/**
 * A text as it is said. Without placeholders it is one clip. With them it is cut around each value, and at the breaths
 * beside it, so that what cannot be said (a name that no pack has) takes its own clause along and nothing else.
 */
export function clausesOf(language: Language, shown: string): readonly Clause[] {
  const text = asSaid(language, shown);
  if (placeholdersOf(text).length === 0) return isSayable(text) ? [[{ part: 0, words: text.trim() }]] : [];
  // Neighbors without a value stay together: fewer clips to record, and a better melody.
  const breaths: string[] = [];
  for (const words of text.split(breath)) {
    const last = breaths.at(-1);
    const plain = placeholdersOf(words).length === 0;
    if (last !== undefined && (!isSayable(words) || (plain && placeholdersOf(last).length === 0)))
      breaths[breaths.length - 1] = last + words;
    else breaths.push(words);
  }
  let part = 0;
  return breaths
    .map((words) =>
      words.split(/(\{\w+\})/u).flatMap((piece): readonly Piece[] => {
        const value = /^\{(\w+)\}$/u.exec(piece)?.[1];
        if (value !== undefined) return [{ value }];
        return isSayable(piece) ? [{ part: part++, words: piece.trim() }] : [];
      }),
    )
    .filter((clause) => clause.length > 0);
}

const wordKeys = new Map<Language, ReadonlyMap<string, MessageKey>>();

/** Values that are words of the catalogue themselves, such as the name of what was measured. */
function keysByWords(language: Language): ReadonlyMap<string, MessageKey> {
  const held = wordKeys.get(language);
  if (held !== undefined) return held;
  const found = new Map<string, MessageKey>();
  for (const [key, words] of Object.entries(catalogues[language]) as (readonly [MessageKey, string])[])
    if (placeholdersOf(words).length === 0 && !found.has(words)) found.set(words, key);
  wordKeys.set(language, found);
  return found;
}

type Values = Readonly<Record<string, string | number>>;

/** The clips that say a value: a number, a day, or words of the catalogue. Undefined: no clip says it. */
function soundsOf(language: Language, value: string | number | undefined): readonly Sound[] | undefined {
  if (value === undefined) return undefined;
  const spelled = spell(language, value);
  if (spelled !== undefined) return spelled;
  const words = String(value).trim();
  const key = keysByWords(language).get(words);
  if (key !== undefined) return [clipOf(key, 0)];
  // "below 3.3": the sign was already put into words.
  const bound = /^(低于|高于|below |above )(.+)$/u.exec(words);
  if (bound === null) return undefined;
  return spell(language, `${/^(低于|below )$/u.test(bound[1] ?? "") ? "<" : ">"}${bound[2] ?? ""}`);
}

/**
 * A sentence in clips. A clause whose value cannot be said is left out; where nothing else would remain, the sentence is
 * said without its values. Undefined when `has` does not have a clip that is needed: then another pack says all of it.
 */
export function utterance(
  language: Language,
  { key, values = {} }: { readonly key: SpokenKey; readonly values?: Values },
  has: (clip: string) => boolean,
): readonly Sound[] | undefined {
  const clauses = clausesOf(language, shownWords(language, key));
  const full = clauses.flatMap((clause) => {
    const sounds = clause.map((piece) =>
      "part" in piece ? [clipOf(key, piece.part)] : soundsOf(language, values[piece.value]),
    );
    return sounds.every((one) => one !== undefined) ? sounds.flat() : [];
  });
  const bare = clauses.flat().flatMap((piece) => ("part" in piece ? [clipOf(key, piece.part)] : []));
  const sounds = full.length > 0 ? full : bare;
  return sounds.every((sound) => typeof sound === "number" || has(sound)) ? sounds : undefined;
}
