import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { advice, isMessageKey, itemName } from "../../../core/i18n/advice.ts";
import { catalogues, message, placeholdersOf, type MessageKey } from "../../../core/i18n/message.ts";
import { zh } from "../../../core/i18n/zh-CN.ts";

const root = resolve(import.meta.dirname, "../../..");
const copyFile = join(process.env["CLINICAL_DIR"] ?? resolve(root, "../shared/clinical"), "copy.zh.md");
const keys = Object.keys(zh).filter(isMessageKey);

describe("both languages", () => {
  test.each(keys)("%s has the same placeholders and is not empty", (key) => {
    const { "zh-CN": chinese, en } = catalogues;
    expect([...placeholdersOf(en[key])].sort()).toEqual([...placeholdersOf(chinese[key])].sort());
    expect(Math.min(en[key].trim().length, chinese[key].trim().length)).toBeGreaterThan(0);
  });

  test("know the same keys", () => {
    expect(Object.keys(catalogues.en).sort()).toEqual(Object.keys(catalogues["zh-CN"]).sort());
  });
});

if (!existsSync(copyFile)) {
  test.skip(`the copy for villagers is not here (${copyFile}); set CLINICAL_DIR`, () => undefined);
} else {
  const rows = readFileSync(copyFile, "utf8")
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, key = ""]) => /^[a-z]\w*\.\w+$/.test(key))
    .map(([, key = "", chinese = "", english = ""]) => ({ key, chinese, english }));

  test.each(rows)("$key says what the copy says", ({ key, chinese, english }) => {
    expect({ chinese: catalogues["zh-CN"][key as MessageKey], english: catalogues.en[key as MessageKey] }).toEqual({
      chinese,
      english,
    });
  });
}

describe("a message", () => {
  test("has its placeholders filled, also with text that looks like one or like a pattern", () => {
    expect(message("en", "call.wait", { n: 3 })).toBe("Calling a doctor, 3 ahead of you. Please sit.");
    expect(message("zh-CN", "ui.you", { name: "{v}$&" })).toBe("{v}$&,您好。今天想做什么?");
    expect(message("en", "sum.0")).toBe("Today's results look fine. Keep it up.");
  });

  test("does not compile with an unknown key or wrong parameters", () => {
    // Never called: the compiler is what is tested here.
    const wrong = (): readonly string[] => [
      // @ts-expect-error unknown key
      message("en", "no.such"),
      // @ts-expect-error missing parameter
      message("en", "call.wait"),
      // @ts-expect-error wrong parameter
      message("en", "call.wait", { m: 3 }),
      // @ts-expect-error no parameter is wanted
      message("en", "sum.0", { v: 3 }),
    ];
    expect(wrong).toBeTypeOf("function");
  });
});

describe("advice", () => {
  test("names the item and its value", () => {
    const found = { domain: "lipid_tc", value: "< 2.59", adviceKey: "lip.ok" };
    expect(advice("en", found)).toBe("Total cholesterol < 2.59 is suitable. Less fat and fried food, more vegetables.");
    expect(advice("zh-CN", found)).toBe("总胆固醇< 2.59,合适。少吃肥肉油炸,多吃菜。");
  });

  test("is absent where a rule has none or the key is not known any more", () => {
    expect(advice("en", { domain: "bp" })).toBeUndefined();
    expect(advice("en", { domain: "bp", adviceKey: "toString" })).toBeUndefined();
    expect(itemName("en", "constructor")).toBeUndefined();
  });
});
