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

/** One line in words: what happened, without time, person and device. A code without words is shown as it is. */
export function workSentence(language: Language, { kind, values }: Pick<WorkLine, "kind" | "values">): string {
  const said = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wordOf(language, name, value)]));
  return filled(workWords[language][`log.${kind}`], said);
}

/** `10.2 mmol/L` stands as it is; a code is looked up by the name it is given under. */
function wordOf(language: Language, name: string, value: string | number): string {
  const text = String(value);
  const side = language === "en" ? "en" : "zh";
  if (name === "code" && isFaultCode(text)) {
    const { operator, number } = faults[text];
    return `${operator[side]} (${filled(workWords[language]["log.number"], { n: number })})`;
  }
  if (name === "analyte" && isQuantity(text)) return quantities[text][side];
  if (name === "unit") return signs[text] ?? text;
  const own = `log.${name}.${text}`;
  if (isWorkKey(own)) return workWords[language][own];
  const quality = `qc.${name}.${text}`;
  return isQualityKey(quality) ? qualityMessage(language, quality) : text;
}

/** As instruments print it. */
const signs: Readonly<Record<string, string>> = { "mm[Hg]": "mmHg", "umol/L": "µmol/L", Cel: "°C", "1": "" };
