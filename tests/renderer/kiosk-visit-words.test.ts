import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kioskVisit as en } from "../../core/i18n/kiosk-visit.en.ts";
import { kioskVisit as zh } from "../../core/i18n/kiosk-visit.zh-CN.ts";
import { placeholdersOf } from "../../core/i18n/message.ts";

const folder = new URL("../../renderer/", import.meta.url);
const code = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/u.test(path))
  .map((path) => readFileSync(new URL(path, folder), "utf8"))
  .join("\n");
const keys = Object.keys(zh) as (keyof typeof zh)[];

describe("the words of a visit", () => {
  test.each(keys)("%s is used", (key) => expect(code.includes(`"${key}"`)).toBe(true));
  test.each(keys)("%s asks for the same in both languages", (key) => {
    expect([...placeholdersOf(en[key])].sort()).toEqual([...placeholdersOf(zh[key])].sort());
  });
  test.each(keys)("%s says something in both languages", (key) => {
    expect([zh[key].trim(), en[key].trim()]).not.toContain("");
  });
});
