import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { placeholdersOf } from "../../core/i18n/message.ts";
import { isTechnicianKey, technicianWords } from "../../core/i18n/technician.ts";
import { technician as own } from "../../core/i18n/technician.zh-CN.ts";
import { doctorSteps, findingCodes } from "../../core/contract/technician-doctor.ts";
import { findings } from "../../core/i18n/findings.zh-CN.ts";
import { measurementKinds } from "../../core/domain/outcome.ts";
import {
  calibrationKinds,
  conditionCodes,
  controlVerdicts,
  dueKinds,
  gateStates,
} from "../../core/quality/vocabulary.ts";

const folder = new URL("../../renderer/kiosk/technician/", import.meta.url);
const code = readdirSync(folder)
  .filter((name) => /[.]tsx?$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");
const keys = Object.keys(own).filter((key) => key.startsWith("tech.") && !Object.hasOwn(findings, key));

/** Keys made of a code, as `` `tech.of.${kind}` `` or by `tech.code("tech.flag", …)`. */
const made = [...code.matchAll(/`([a-z]+(?:\.\w+)*)\.\$\{/g), ...code.matchAll(/\.code\("([a-z.]+)"/g)].map(
  ([, prefix = ""]) => `${prefix}.`,
);

describe("the technician's words", () => {
  test.each(keys)("%s is used", (key) => {
    expect(code.includes(`"${key}"`) || made.some((prefix) => key.startsWith(prefix))).toBe(true);
  });
  test.each(keys)("%s says the same with the same placeholders in both languages", (key) => {
    if (!isTechnicianKey(key)) throw new Error(key);
    const [zh, en] = [technicianWords["zh-CN"][key], technicianWords.en[key]];
    expect([...placeholdersOf(en)].sort()).toEqual([...placeholdersOf(zh)].sort());
    expect([zh.trim(), en.trim()]).not.toContain("");
  });
});

test.each([
  ...conditionCodes.map((one) => `qc.condition.${one}`),
  ...gateStates.map((one) => `qc.state.${one}`),
  ...["missing", ...controlVerdicts].map((one) => `qc.verdict.${one}`),
  ...[...dueKinds, ...calibrationKinds].map((one) => `qc.check.${one}`),
  ...calibrationKinds.map((one) => `tech.check.steps.${one}`),
  ...measurementKinds.map((one) => `tech.of.${one}`),
  ...findingCodes.map((one) => `tech.finding.${one}`),
  ...doctorSteps.map((one) => `tech.doctor.step.${one}`),
])("a code the station can say has words: %s", (key) => {
  expect(isTechnicianKey(key)).toBe(true);
});

describe("a resident's first screen does not wait for the technician's place", () => {
  const outside = new URL("../../renderer/", import.meta.url);
  const others = readdirSync(outside, { recursive: true, encoding: "utf8" })
    .filter((path) => /[.]tsx?$/.test(path) && !path.startsWith("kiosk/technician/"))
    .map((path) => [path, readFileSync(new URL(path, outside), "utf8")] as const);
  test.each(others)("%s loads nothing of it by itself", (_, text) => {
    expect(text.match(/from "[^"]*(?:\/technician\/|i18n\/(?:technician|quality|findings))/g)).toBeNull();
  });
});
