import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kioskServices } from "../../core/i18n/kiosk-services.zh-CN.ts";

/** Where words of one's own pages are said: the pages, their words as lists, and their paper. */
const places = ["../../renderer/kiosk/", "../../core/i18n/", "../../station/services/"];
const code = places
  .flatMap((place) => {
    const folder = new URL(place, import.meta.url);
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("kiosk-services."))
      .map((path) => readFileSync(new URL(path, folder), "utf8"));
  })
  .join("\n");
/** Put together from what they are about. */
const made = /^kiosk\.complaint\./;

test.each(Object.keys(kioskServices).filter((key) => !made.test(key)))("%s is used", (key) => {
  expect(code.includes(`"${key}"`)).toBe(true);
});
