import { faults, isFaultCode } from "../domain/faults.ts";
import { isQuantity, quantities } from "../domain/quantity.ts";
import type { WorkLine } from "../journal/work-log.ts";
import { filled, type Language } from "./message.ts";
import { isQualityKey, qualityMessage } from "./quality.ts";
import { workLog as en } from "./work-log.en.ts";
import { workLog as zh } from "./work-log.zh-CN.ts";

/** Words of the work log, loaded with the technician's place and by the printer. */
export const workWords = { "zh-CN": zh, en } as const satisfies Record<
  Language,
  Readonly<Record<keyof typeof zh, string>>
>;
type WorkKey = keyof typeof zh;

const isWorkKey = (key: string): key is WorkKey => Object.hasOwn(zh, key);

/** A piece of a sentence; `data`: a name, a number or a person's own words, the same in every language. */
export interface WorkPart {
  readonly text: string;
  readonly data: boolean;
}

/** One line in words, piece by piece: what happened, without time, person and device. */
export function workParts(
  language: Language,
  { kind, values }: Pick<WorkLine, "kind" | "values">,
): readonly WorkPart[] {
  const pieces = workWords[language][`log.${kind}`].split(/\{(\w+)\}/);
  return pieces
    .map((piece, at) => (at % 2 === 0 ? { text: piece, data: false } : partOf(language, piece, values[piece] ?? "")))
    .filter(({ text }) => text !== "");
}

/** The same as one text, for paper. */
export function workSentence(language: Language, line: Pick<WorkLine, "kind" | "values">): string {
  return workParts(language, line)
    .map(({ text }) => text)
    .join("");
}

/** `10.2 mmol/L` stands as it is; a code is looked up by the name it is given under, and shown as it is where it has no words. */
function partOf(language: Language, name: string, value: string | number): WorkPart {
  const text = String(value);
  const words = wordsOf(language, name, text);
  return words === undefined
    ? { text: name === "unit" ? (signs[text] ?? text) : text, data: true }
    : { text: words, data: false };
}

function wordsOf(language: Language, name: string, code: string): string | undefined {
  const side = language === "en" ? "en" : "zh";
  if (name === "code" && isFaultCode(code)) {
    const { operator, number } = faults[code];
    return filled(workWords[language]["log.number"], { cause: operator[side], n: number });
  }
  if (name === "analyte" && isQuantity(code)) return quantities[code][side];
  const own = `log.${name}.${code}`;
  if (isWorkKey(own)) return workWords[language][own];
  const quality = `qc.${name}.${code}`;
  return isQualityKey(quality) ? qualityMessage(language, quality) : undefined;
}

/** As instruments print it. */
const signs: Readonly<Record<string, string>> = { "mm[Hg]": "mmHg", "umol/L": "µmol/L", Cel: "°C", "1": "" };
