import { match } from "pinyin-pro";
import { beforeAll, describe, expect, test } from "vitest";
import { checkPrescription } from "../../../core/care/prescription-checks.ts";
import { languages } from "../../../core/i18n/language.ts";
import { readCatalogue } from "../../../hub/care/catalogue.ts";
import { allergyWords, conditionWords, takingWords, wordOf } from "../../../renderer/desk/pages/list-words.ts";
import { soundsBy } from "../../../renderer/desk/pinyin.ts";
import { textIn } from "../../../renderer/parts/language.tsx";
import { loadWords } from "../../../renderer/parts/words.ts";
import "../../../renderer/desk/own-words.ts";
import { prescriptions } from "./work-specimens.ts";

const catalogue = readCatalogue();
const list = { version: "", specimen: true, drugs: [...catalogue.drugs.values()], interactions: [] };
const sounds = soundsBy(match);
/** A code of the list, or a key of the catalogue of texts. */
const coded = /^[a-z]+[A-Z][a-zA-Z]*$|^work[.]/u;

beforeAll(async () => {
  expect(await loadWords("en")).toBe(true);
});

describe.each(languages)("in %s", (language) => {
  const text = textIn(language);
  test.each(["aceInhibitor", "penicillin", "salicylate"])("the group %s has a word", (id) => {
    expect(wordOf(allergyWords(text, list), id)).not.toMatch(coded);
  });
  test("every condition of the catalogue has a word of its own", () => {
    const words = conditionWords(text, list);
    expect(words.filter(({ word }) => coded.test(word))).toEqual([]);
    expect(new Set(words.map(({ word }) => word)).size).toBe(words.length);
  });
});

const chinese = textIn("zh-CN");
const picked = (typed: string) => allergyWords(chinese, list).find(({ word }) => sounds(word, typed))?.id;

test.each(["青霉素", "qms", "qingmeisu"])(
  "an allergy typed as %j is the group that the checks stop: what was typed freely stopped nothing",
  (typed) => {
    const [text] = prescriptions(Date.now());
    if (!text) throw new Error("no specimen");
    const wants = (to: string) =>
      checkPrescription(
        {
          ...text,
          items: [{ drug: "amoxicillin-500", dose: { amount: 500, unit: "mg" }, timesPerDay: 3, days: 7, pieces: 21 }],
          patient: { ...text.patient, allergies: { asked: true, to: [to] } },
        },
        catalogue,
      ).some(({ code }) => code === "allergy");
    expect(wants(picked(typed) ?? "")).toBe(true);
    expect(wants("青霉素")).toBe(false);
  },
);

test("a drug taken now is found as the checks know it", () => {
  const found = takingWords(chinese, list).find(({ word }) => sounds(word, "huafalin"));
  expect(catalogue.drugs.has(found?.id ?? "")).toBe(true);
  expect(wordOf(takingWords(chinese, list), "not of the list")).toBeUndefined();
});
