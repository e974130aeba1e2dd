import { z } from "zod";
import { care as careEn } from "../i18n/care.en.ts";
import { care } from "../i18n/care.zh-CN.ts";
import { filled, type Language } from "../i18n/language.ts";

/** What a sentence is about; the desk offers them in this order. `worse`: what to do when things get worse. */
export const sentenceGroups = ["finding", "medicine", "living", "next", "worse"] as const;
export type SentenceGroup = (typeof sentenceGroups)[number];

export type SentenceKey = keyof typeof care;
export const sentenceKeys = Object.keys(care) as [SentenceKey, ...SentenceKey[]];

/** A value in a sentence. All of them can be said aloud. */
export const valueSchemas = {
  days: z.int().min(1).max(90),
  /** Day of the calendar. */
  date: z.iso.date(),
} as const;
export type ValueName = keyof typeof valueSchemas;

const groups = {
  "care.say.calm": "finding",
  "care.say.pressureHigh": "finding",
  "care.say.pressureOk": "finding",
  "care.say.glucoseHigh": "finding",
  "care.say.glucoseOk": "finding",
  "care.say.oxygenLow": "finding",
  "care.say.fever": "finding",
  "care.say.unclear": "finding",
  "care.say.keepMedicine": "medicine",
  "care.say.newMedicine": "medicine",
  "care.say.changedMedicine": "medicine",
  "care.say.lessSalt": "living",
  "care.say.lessSugar": "living",
  "care.say.move": "living",
  "care.say.noSmoke": "living",
  "care.say.water": "living",
  "care.say.homeSeries": "next",
  "care.say.measureAgain": "next",
  "care.say.comeBack": "next",
  "care.say.fasting": "next",
  "care.say.hospital": "next",
  "care.say.hospitalToday": "next",
  "care.say.call": "next",
  "care.say.worseCall": "worse",
  "care.say.worseChest": "worse",
  "care.say.worseStroke": "worse",
  "care.say.worseHypo": "worse",
  "care.say.worseFever": "worse",
  "care.say.worseHead": "worse",
} as const satisfies Readonly<Record<SentenceKey, SentenceGroup>>;

/** The values a sentence needs, by the placeholders of its text. */
export function valuesOf(key: SentenceKey): readonly ValueName[] {
  return (Object.keys(valueSchemas) as ValueName[]).filter((name) => care[key].includes(`{${name}}`));
}

export const groupOf = (key: SentenceKey): SentenceGroup => groups[key];

export const sentenceSchema = z
  .strictObject({
    key: z.enum(sentenceKeys),
    values: z.strictObject({ days: valueSchemas.days.optional(), date: valueSchemas.date.optional() }),
  })
  .refine(({ key, values }) => {
    const needed = valuesOf(key);
    const given = (Object.keys(values) as ValueName[]).filter((name) => values[name] !== undefined);
    return needed.length === given.length && needed.every((name) => given.includes(name));
  }, "a sentence has exactly the values of its text");
export type Sentence = z.infer<typeof sentenceSchema>;

/** Chosen by the doctor, in the doctor's order; each at most once, and at least one on what to do when it gets worse. */
export const sentencesSchema = z
  .array(sentenceSchema)
  .min(1)
  .max(12)
  .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, "a sentence is said once")
  .refine((all) => all.some(({ key }) => groupOf(key) === "worse"), "what to do when it gets worse is missing");

const texts = { "zh-CN": care, en: careEn } as const satisfies Readonly<
  Record<Language, Readonly<Record<SentenceKey, string>>>
>;

/** One sentence as the resident reads it; a value that is not chosen yet stays visible in braces. */
export const saidWord = (
  language: Language,
  {
    key,
    values,
  }: { readonly key: SentenceKey; readonly values: Readonly<Partial<Record<ValueName, string | number>>> },
): string => filled(texts[language][key], values);

/** The sentences as the resident reads them. */
export const saidWords = (language: Language, sentences: readonly Sentence[]): readonly string[] =>
  sentences.map(({ key, values: { days, date } }) =>
    saidWord(language, {
      key,
      values: { ...(days === undefined ? {} : { days }), ...(date === undefined ? {} : { date }) },
    }),
  );
