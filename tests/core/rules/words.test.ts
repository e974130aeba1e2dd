import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { advice, isMessageKey, itemName, itemNames } from "../../../core/i18n/advice.ts";
import { catalogues, languages, type MessageKey } from "../../../core/i18n/message.ts";
import { domains } from "../../../core/rules/assess.ts";

const folder = resolve(import.meta.dirname, "../../../core/rules");
const source = readdirSync(folder)
  .map((name) => readFileSync(resolve(folder, name), "utf8"))
  .join("\n");
const found = (pattern: RegExp): readonly string[] => [
  ...new Set([...source.matchAll(pattern)].map(([, name = ""]) => name)),
];

/** What a rule may call a person's value; what is about a device, a step of a session or a conversion is not shown as one. */
const categories = found(
  /"((?:SPO2|TEMP|BMI|WAIST|ASCVD|CPAR|BP|PULSE|GLU|LIP|LDL)_[A-Z0-9_]+|[A-Z]+_SYMPTOM)"/g,
).filter((name) => !["BP_CAL_PASS", "BP_CAL_FAIL", "GLU_QC_PASS", "GLU_QC_FAIL", "BMI_GE_37_5"].includes(name));
const sentences = found(/adviceKey: "([a-z0-9_.]+)"/g);

describe("words for what the rules say", () => {
  test("the rules were read", () => {
    expect([categories.length > 90, sentences.length > 80]).toEqual([true, true]);
  });
  test.each(categories)("%s has a word for the doctor in both languages", (category) => {
    expect(isMessageKey(`category.${category}`)).toBe(true);
  });
  test.each(sentences)("%s is a sentence of the catalogue", (key) => {
    expect(isMessageKey(key)).toBe(true);
  });
  test.each(Object.keys(itemNames))("%s is a domain with a name", (domain) => {
    expect([
      domains.includes(domain),
      ...languages.map((language) => itemName(language, domain) !== undefined),
    ]).toEqual([true, true, true]);
  });
});

describe("no sentence for a resident names a disease as a fact, or a risk as a number", () => {
  const told = sentences.filter(isMessageKey);
  const verdicts: Readonly<Record<(typeof languages)[number], RegExp>> = {
    "zh-CN": /高血压|高血脂|确诊|诊断为|患有|得了|\d\s*%/u,
    en: /hypertension|you have diabetes|diagnos|dyslipid|\d\s*%/iu,
  };
  test.each(told.flatMap((key) => languages.map((language) => [key, language] as const)))(
    "%s in %s",
    (key, language) => {
      expect(catalogues[language][key satisfies MessageKey]).not.toMatch(verdicts[language]);
    },
  );
});

test.each([
  ["zh-CN", ["USE_RIGHT"], "以后请测右边胳膊,更准。"],
  ["zh-CN", ["USE_LEFT"], "以后请测左边胳膊,更准。"],
  ["en", ["USE_RIGHT"], "From now on use your right arm."],
] as const)("in %s the arm is named: %j", (language, flags, expected) => {
  expect(advice(language, { domain: "bp_arm", adviceKey: "bp.arm_use", value: "12", flags })).toBe(expected);
});
