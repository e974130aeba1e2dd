import { match } from "pinyin-pro";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { deskWork as en } from "../../../core/i18n/desk-work.en.ts";
import { deskWork as zh } from "../../../core/i18n/desk-work.zh-CN.ts";
import { placeholdersOf } from "../../../core/i18n/message.ts";
import { referralStates } from "../../../core/care/referral-parts.ts";
import { readCatalogue } from "../../../hub/care/catalogue.ts";
import { soundsBy } from "../../../renderer/desk/pinyin.ts";
import { found } from "../../../renderer/desk/pages/drug-words.ts";
import { actionsFor, columns, columnKeys, placed } from "../../../renderer/desk/pages/referral-board.ts";
import { draftOf, formOf, lineFor, piecesFor } from "../../../renderer/desk/pages/rx-draft.ts";
import { prescriptions, referrals } from "./work-specimens.ts";

const now = Date.parse("2026-11-18T02:00:00.000Z");
const catalogue = readCatalogue();
const drugs = [...catalogue.drugs.values()];
const list = { version: "", specimen: true, drugs, interactions: [] };

describe("the words of the work pages", () => {
  const keys = Object.keys(zh) as (keyof typeof zh)[];
  const folder = resolve(import.meta.dirname, "../../../renderer/desk");
  const code = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /[.]tsx?$/.test(path))
    .map((path) => readFileSync(resolve(folder, path), "utf8"))
    .join("\n");
  test.each(keys)("%s asks for the same in both languages", (key) => {
    expect([...placeholdersOf(en[key])].sort()).toEqual([...placeholdersOf(zh[key])].sort());
  });
  test.each(keys)("%s is used, by itself or by its beginning", (key) => {
    const beginning = `\`${key.slice(0, key.lastIndexOf(".") + 1)}\${`;
    expect(code.includes(`"${key}"`) || code.includes(beginning)).toBe(true);
  });
});

describe("drugs are found by their generic name", () => {
  test.each([
    ["amlo", "amlodipine-5"],
    ["氨氯", "amlodipine-5"],
    ["glargine", "insulin-glargine-300u"],
  ])("%s", (typed, id) => expect(found(list, typed, soundsBy(match))[0]?.id).toBe(id));
  test("nothing typed, nothing shown", () => expect(found(list, " ", soundsBy(match))).toEqual([]));
});

describe("a prescription in its fields", () => {
  const [specimen] = prescriptions(now);
  if (!specimen) throw new Error("no specimen");
  test("taken up again, it says what it said", () => {
    const { items, patient, diagnosis, course, pharmacy, id, resident } = specimen;
    expect(draftOf(formOf(specimen), drugs)).toEqual({ items, patient, diagnosis, course, pharmacy, id, resident });
  });
  test("a line without its numbers is no draft", () => {
    const [drug] = drugs;
    if (!drug) throw new Error("no drug");
    const form = formOf(specimen);
    expect(draftOf({ ...form, lines: [...form.lines, lineFor(drug)] }, drugs)).toBeUndefined();
  });
  test("pieces are arithmetic over what was written, and only over that", () => {
    const drug = drugs.find(({ id }) => id === "amlodipine-5");
    const line = { ...lineFor(drug ?? fail()), amount: "7.5", times: "1", days: "7" };
    expect([piecesFor(line, drug), piecesFor({ ...line, days: "" }, drug)]).toEqual([11, undefined]);
  });
});

function fail(): never {
  throw new Error("no such drug");
}

describe("the board", () => {
  const all = referrals(now);
  test("has a column for every state that is not an end", () => {
    const open = referralStates.filter((state) => state !== "followedUp" && state !== "withdrawn");
    expect(columnKeys.flatMap((column) => [...columns[column]]).sort()).toEqual([...open].sort());
  });
  test("puts the most overdue first", () => {
    const due = placed(all, "sent").map(({ step }) => step?.due ?? 0);
    expect(due).toEqual(due.toSorted((a, b) => a - b));
    expect(due).toHaveLength(3);
  });
  test("offers each side what is its own", () => {
    const [sent] = all;
    if (!sent) throw new Error("no specimen");
    expect([actionsFor(sent, "county"), actionsFor(sent, "township"), actionsFor(sent, "elsewhere")]).toEqual([
      ["accept", "reject"],
      ["check", "withdraw"],
      [],
    ]);
  });
});
