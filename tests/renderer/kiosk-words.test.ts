import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kioskFirst as firstEn } from "../../core/i18n/kiosk-first.en.ts";
import { kioskFirst } from "../../core/i18n/kiosk-first.zh-CN.ts";
import { kiosk as kioskEn } from "../../core/i18n/kiosk.en.ts";
import { kiosk } from "../../core/i18n/kiosk.zh-CN.ts";
import { placeholdersOf } from "../../core/i18n/message.ts";
import { textIn, typeset } from "../../renderer/parts/language.tsx";
import { loadWords } from "../../renderer/parts/words.ts";
import "../../renderer/kiosk/own-words.ts";

await loadWords("en");

const zh = { ...kioskFirst, ...kiosk };
const en = { ...firstEn, ...kioskEn };

const folder = new URL("../../renderer/", import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, code: readFileSync(new URL(path, folder), "utf8") }));
const code = sources.map((source) => source.code).join("\n");
const keys = Object.keys(zh) as (keyof typeof zh)[];

describe("the kiosk's words", () => {
  test.each(keys)("%s is used", (key) => expect(code.includes(`"${key}"`)).toBe(true));
  test.each(keys)("%s asks for the same in both languages", (key) => {
    expect([...placeholdersOf(en[key])].sort()).toEqual([...placeholdersOf(zh[key])].sort());
  });
  test.each(keys)("%s says something in both languages", (key) => {
    expect([zh[key].trim(), en[key].trim()]).not.toContain("");
  });
});

describe("no words in code", () => {
  const kioskFiles = sources.filter(({ path }) => /^(kiosk|parts)\//.test(path));
  const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  // Punctuation marks are what the typesetter is about.
  test.each(kioskFiles.map(({ path, code: text }) => [path, withoutComments(text)] as const))(
    "%s has no Chinese text",
    (_, text) => {
      expect(text.match(/\p{sc=Han}+/gu)).toBeNull();
    },
  );
  test.each(
    kioskFiles
      .filter(({ path }) => path.endsWith(".tsx"))
      .map(({ path, code: text }) => [path, withoutComments(text)] as const),
  )("%s has no text between tags", (_, text) => {
    expect(text.match(/<\/?[a-zA-Z][^<>=]*>\s*[A-Za-z]{2,}[^<>{}()=;]*<\//g)).toBeNull();
  });
});

describe("typesetting", () => {
  test.each([
    ["血压128/73,在正常范围。", "血压128/73，在正常范围。"],
    ["{name},您好。今天想做什么?", "{name}，您好。今天想做什么？"],
    ["14:05", "14:05"],
    ["1,000", "1,000"],
  ])("%s", (typed, read) => expect(typeset("zh-CN", typed)).toBe(read));
  test("English is left alone", () => expect(typeset("en", "Stop, please: 王?")).toBe("Stop, please: 王?"));
  test("a fault speaks the page's language", () => {
    expect([textIn("zh-CN").fault("device.silent"), textIn("en").fault("device.silent")]).toEqual([
      "仪器没有回答。请看看它开了没有、线插好没有，然后再试一次。",
      "The device does not answer. Check that it is switched on and plugged in, then try again.",
    ]);
  });
});
