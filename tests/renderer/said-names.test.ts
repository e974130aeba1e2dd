import { describe, expect, test } from "vitest";
import type { MedicineView } from "../../core/care/medicine.ts";
import { languages } from "../../core/i18n/language.ts";
import { hospitalLines } from "../../core/voice/names.ts";
import { namePrompts } from "../../core/voice/prompts.ts";
import "../../renderer/kiosk/first-words.ts";
import "../../renderer/kiosk/own-words.ts";
import {
  hospitalWords,
  nameOfDepartment,
  nameOfDrug,
  nameOfHospital,
  packageNames,
} from "../../renderer/kiosk/own/said-names.ts";
import { textIn } from "../../renderer/parts/language.tsx";
import { loadWords } from "../../renderer/parts/words.ts";
import { createLogger } from "../../station/log/logger.ts";
import { namedThings } from "../../station/voice/shipped-names.ts";

await loadWords("en");
const [things] = await namedThings(createLogger({ level: "error", to: { write: () => undefined } }));
if (things === undefined) throw new Error("nothing is shipped");
const medicine = (drug: string, zh: string, en: string): MedicineView => ({
  ...{ prescription: "018f0000-0000-7000-8000-0000000000c1", drug, zh, en, state: "taking", doctor: "样例" },
  ...{ form: "tablet", dose: { amount: 5, unit: "mg" }, timesPerDay: 1 },
});

/** The page sets its words in its own type; the station makes clips of the data. Both have to mean the same clip. */
describe.each(languages)("in %s the page asks for clips that are made:", (language) => {
  const text = textIn(language);
  const clips = new Set(namePrompts(language, things).map(({ clip }) => clip));
  const missing = (says: readonly { readonly clip?: string }[]) => says.filter(({ clip = "" }) => !clips.has(clip));

  test.each(things.drugs.map((drug) => [drug.id, drug] as const))("%s", (_, { id, zh, en }) => {
    expect(missing([nameOfDrug(text, medicine(id, zh, en))])).toEqual([]);
  });
  test.each(things.packages.map((one) => [one.id, one] as const))("package %s", (_, one) => {
    expect(missing(packageNames(text, one))).toEqual([]);
  });
  test.each(things.hospitals.map((one) => [one.id, one] as const))("hospital %s", (_, one) => {
    const says = [
      nameOfHospital(text, one),
      ...hospitalWords(text, one, hospitalLines),
      ...one.departments.map((name) => nameOfDepartment(text, name)),
    ];
    expect(says.length).toBeGreaterThan(4);
    expect(missing(says)).toEqual([]);
  });
});

test("a drug that no list knows is never said by another's clip", () => {
  const clips = new Set(namePrompts("zh-CN", things).map(({ clip }) => clip));
  expect(clips.has(nameOfDrug(textIn("zh-CN"), medicine("amlodipine-5", "别的药", "another")).clip ?? "")).toBe(false);
});
