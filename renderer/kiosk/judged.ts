import { advice, isMessageKey, itemName } from "../../core/i18n/advice.ts";
import { quantities, type Quantity } from "../../core/domain/quantity.ts";
import type { Check, Result } from "../../core/contract/views.ts";
import { typeset, type Text } from "../parts/language.tsx";
import { numberWords, pressureWords, readingOf, unitWords } from "../parts/reading.tsx";
import type { Severity } from "../parts/severity.tsx";
import type { Spoken } from "./voice/voice.tsx";

export type Judgement = Result["assessments"][number];

export const checkNames = {
  bloodPressure: "kiosk.check.bloodPressure",
  glucose: "kiosk.check.glucose",
  lipids: "kiosk.check.lipids",
  oximetry: "kiosk.check.oximetry",
  temperature: "kiosk.check.temperature",
  body: "kiosk.check.body",
  chemistry: "kiosk.check.chemistry",
} as const satisfies Record<Check, string>;

/** The one that leads a result: the gravest, the first of equals. */
export function leading(result: Pick<Result, "assessments">): Judgement | undefined {
  return result.assessments.reduce<Judgement | undefined>(
    (worst, one) => (worst === undefined || one.severity > worst.severity ? one : worst),
    undefined,
  );
}

export function severityOf(result: Pick<Result, "assessments">): Severity | undefined {
  return leading(result)?.severity;
}

/** The one sentence for the person, or nothing where the rule has none. */
export function sentenceOf(text: Text, judgement: Judgement | undefined): string | undefined {
  // In a sentence the sign is a word; beside the number it stays a sign.
  const value = judgement?.value?.replace(
    /^([<>]) /,
    (_, sign) =>
      text(sign === "<" ? "kiosk.comparator.below" : "kiosk.comparator.above") + (text.language === "en" ? " " : ""),
  );
  const words = judgement && advice(text.language, { ...judgement, value });
  // A sentence may begin with the word for the sign.
  return words === undefined ? undefined : typeset(text.language, words.charAt(0).toUpperCase() + words.slice(1));
}

/** The same sentence for the voice, its number apart; nothing where the rule has none. */
export function spokenAdvice(text: Text, judgement: Judgement | undefined): readonly Spoken[] {
  const { adviceKey, domain = "", value = "", flags = [] } = judgement ?? {};
  if (adviceKey === undefined || !isMessageKey(adviceKey)) return [];
  const side = text(flags.includes("USE_RIGHT") ? "side.right" : "side.left");
  return [{ key: adviceKey, values: { v: value, name: itemName(text.language, domain) ?? "", side } }];
}

export interface Headline {
  readonly words: string;
  readonly unit: string;
  readonly averaged: boolean;
  /** The device's own words, where it measures in another unit than people here are told. */
  readonly onDevice: string | undefined;
}

/** Kinds that one number of the device stands for as it is. */
const plainNumber: Readonly<Partial<Record<Check, Quantity>>> = { oximetry: "spo2", temperature: "body.temperature" };

/** The number that stands for a check: the judged pressure, else the last one; the glucose. Everything else is a list, not a number. */
export function headline(text: Text, result: Result): Headline | undefined {
  const last = result.measurements.at(-1);
  if (last === undefined || result.of === "lipids") return undefined;
  if (result.of === "bloodPressure") {
    const whole = result.next === "none" || result.next === "restRepeat";
    const judged = whole ? result.assessments.find(({ domain }) => domain === "bp")?.value : undefined;
    const words = judged ?? pressureWords(last);
    const averaged = judged !== undefined && result.measurements.length > 1;
    return words === undefined ? undefined : { words, unit: text("kiosk.unit.mmHg"), averaged, onDevice: undefined };
  }
  const plain = plainNumber[result.of];
  const one = plain === undefined ? undefined : readingOf(last, plain);
  if (one !== undefined)
    return { words: numberWords(one), unit: unitWords(text, one.unit), averaged: false, onDevice: undefined };
  const glucose = result.of === "glucose" ? readingOf(last, "glucose") : undefined;
  if (glucose === undefined) return undefined;
  const own = { words: numberWords(glucose), unit: unitWords(text, glucose.unit) };
  const judged = result.assessments.find(({ domain }) => domain === "glucose")?.value;
  if (judged === undefined || glucose.unit === quantities.glucose.units[0])
    return { ...own, averaged: false, onDevice: undefined };
  return {
    words: judged,
    unit: text("kiosk.unit.mmolL"),
    averaged: false,
    onDevice: text("kiosk.result.onDevice", { v: `${own.words} ${own.unit}` }),
  };
}

/** Hours and minutes of the station's own clock. */
export function clockWords(text: Text, instant: string): string {
  return new Intl.DateTimeFormat(text.language, { hour: "2-digit", minute: "2-digit", hour12: false }).format(
    new Date(instant),
  );
}

/** A day in the words of the page; `numeric` where there is little room, such as below a picture. */
export function dayWords(text: Text, instant: string, length: "short" | "numeric" = "short"): string {
  return new Intl.DateTimeFormat(text.language, {
    month: length === "numeric" ? "numeric" : "short",
    day: "numeric",
  }).format(new Date(instant));
}
