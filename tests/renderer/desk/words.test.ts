import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { catalogues } from "../../../core/i18n/message.ts";
import { doubts, measurementKinds } from "../../../core/domain/outcome.ts";
import { nextSteps } from "../../../renderer/desk/draft.ts";
import { textIn } from "../../../renderer/parts/language.tsx";
import { categoryWord, operatorWord, quantityName, unitSign, valueText, waited } from "../../../renderer/desk/words.ts";
import { loadWords } from "../../../renderer/parts/words.ts";
import "../../../renderer/desk/own-words.ts";

await loadWords("en");

const top = resolve(import.meta.dirname, "../../..");
const sources = (folder: string) =>
  readdirSync(resolve(top, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /[.]tsx?$/.test(name))
    .map((name) => readFileSync(resolve(top, folder, name), "utf8"))
    .join("\n");

/** What a rule may answer about a person's value. The others are steps of a session, symptoms, actions, flags, or about a device. */
const categories = [...new Set(sources("core/rules").match(/"(BP|PULSE|GLU|LIP|LDL)_[A-Z0-9_]+"/g) ?? [])]
  .map((quoted) => quoted.slice(1, -1))
  .filter((name) => !/_(CAL|QC)_/.test(name) || name.startsWith("LDL_CALC"));

test.each(categories)("the category %s has a word in both languages", (category) => {
  expect(categoryWord(textIn("zh-CN"), category)).toMatch(/\p{sc=Han}/u);
  expect(categoryWord(textIn("en"), category)).not.toBe(category);
});

test("an unknown category is shown as it is, not hidden", () => {
  expect(categoryWord(textIn("en"), "NEW_ONE")).toBe("NEW_ONE");
});

// A relative's page is the desk's own kind: its words stand among the desk's.
const desk = sources("renderer/desk") + sources("renderer/family");
const deskKeys = Object.keys(catalogues["zh-CN"]).filter((key) => key.startsWith("desk."));
/** Keys made of a code, as `` `desk.of.${kind}` ``; those of the line are made for either page. */
const made = [...desk.matchAll(/`(desk(?:[.]\w+)*[.])\$\{/g)].map(([, prefix = ""]) => prefix);
const families = [...made, "desk.line."];

test.each(deskKeys)("the text %s is used by the desk", (key) => {
  const built = families.some((family) => key.startsWith(family));
  expect(built || desk.includes(`"${key}"`)).toBe(true);
});

test.each([
  ...measurementKinds.map((kind) => `desk.of.${kind}`),
  ...doubts.map((doubt) => `desk.doubt.${doubt}`),
  ...nextSteps.map((step) => `desk.opinion.next.${step}`),
])("%s is there", (key) => {
  expect(deskKeys).toContain(key);
});

const shownValues: readonly { reading: Parameters<typeof valueText>[0]; shown: string }[] = [
  { reading: { quantity: "glucose", value: 6.6, unit: "mmol/L" }, shown: "6.6" },
  { reading: { quantity: "glucose", value: 7, unit: "mmol/L" }, shown: "7.0" },
  { reading: { quantity: "glucose", value: 600, unit: "mg/dL", comparator: ">" }, shown: "> 600" },
  { reading: { quantity: "bp.systolic", value: 128, unit: "mm[Hg]" }, shown: "128" },
];

test.each(shownValues)("$reading.value $reading.unit is shown as $shown", ({ reading, shown }) => {
  expect(valueText(reading)).toBe(shown);
});

test("units, quantities and faults are said as doctors say them", () => {
  expect([unitSign("mm[Hg]"), unitSign("mmol/L")]).toEqual(["mmHg", "mmol/L"]);
  expect([quantityName(textIn("zh-CN"), "cholesterol.hdl"), quantityName(textIn("zh-CN"), "glucose")]).toEqual([
    "HDL-C",
    "血糖",
  ]);
  expect(operatorWord(textIn("en"), "gate.stale")).toBe("Stored reading outside the visit");
});

test.each([
  { ms: -5_000, shown: "00:00" },
  { ms: 65_000, shown: "01:05" },
  { ms: 3_725_000, shown: "1:02:05" },
])("$ms ms of waiting is $shown", ({ ms, shown }) => {
  expect(waited(ms)).toBe(shown);
});
