import { expect, test } from "vitest";
import { placeholdersOf } from "../../../core/i18n/language.ts";
import { care as en } from "../../../core/i18n/care.en.ts";
import { care as zh } from "../../../core/i18n/care.zh-CN.ts";
import {
  groupOf,
  saidWord,
  saidWords,
  sentenceGroups,
  sentenceKeys,
  sentenceSchema,
  sentencesSchema,
  valuesOf,
} from "../../../core/care/sentences.ts";

test.each(sentenceKeys)("%s needs the same values in both languages, and each can be given", (key) => {
  expect(placeholdersOf(en[key]).toSorted()).toEqual(placeholdersOf(zh[key]).toSorted());
  expect(valuesOf(key).toSorted()).toEqual(placeholdersOf(zh[key]).toSorted());
});

test.each(sentenceGroups)("there is something to say about '%s'", (group) => {
  expect(sentenceKeys.some((key) => groupOf(key) === group)).toBe(true);
});

test.each([
  { name: "its values", sentence: { key: "care.say.measureAgain", values: { days: 3 } }, fits: true },
  { name: "none where one is needed", sentence: { key: "care.say.measureAgain", values: {} }, fits: false },
  { name: "one that is not needed", sentence: { key: "care.say.calm", values: { days: 3 } }, fits: false },
  { name: "no day at all", sentence: { key: "care.say.measureAgain", values: { days: 0 } }, fits: false },
  { name: "more days than a season", sentence: { key: "care.say.measureAgain", values: { days: 91 } }, fits: false },
  { name: "a day of the calendar", sentence: { key: "care.say.comeBack", values: { date: "2026-03-02" } }, fits: true },
  {
    name: "a day that never comes",
    sentence: { key: "care.say.comeBack", values: { date: "2026-02-30" } },
    fits: false,
  },
])("a sentence with $name", ({ sentence, fits }) => {
  expect(sentenceSchema.safeParse(sentence).success).toBe(fits);
});

test.each([
  { name: "with what to do when it gets worse", keys: ["care.say.calm", "care.say.worseCall"], fits: true },
  { name: "without it", keys: ["care.say.calm"], fits: false },
  { name: "with one twice", keys: ["care.say.worseCall", "care.say.worseCall"], fits: false },
  { name: "empty", keys: [], fits: false },
])("a list $name", ({ keys, fits }) => {
  expect(sentencesSchema.safeParse(keys.map((key) => ({ key, values: {} }))).success).toBe(fits);
});

test("the resident reads the values in the sentence", () => {
  const sentence = { key: "care.say.measureAgain", values: { days: 3 } } as const;
  expect(saidWords("zh-CN", [sentence])).toEqual(["请在3天以内再来测一次。"]);
  expect(saidWords("en", [sentence])).toEqual(["Please come to measure again within 3 days."]);
  expect(saidWord("en", { key: "care.say.measureAgain", values: {} })).toContain("{days}");
});
