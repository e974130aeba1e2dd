import { describe, expect, test } from "vitest";
import { zh } from "../../core/i18n/zh-CN.ts";
import { terms, type Term } from "../../core/terms.ts";

const rows: readonly (readonly [string, Term])[] = Object.entries(terms);

test("no two ideas share a word", () => {
  const words = rows.map(([, { zh: word }]) => word);
  expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
});

describe("a word that is not ours is in no text for people", () => {
  // What one idea is not called may be the word of another.
  const ours = new Set(rows.map(([, { zh: word }]) => word));
  const foreign = rows.flatMap(([name, { not }]) =>
    not.filter((word) => /\p{Script=Han}/u.test(word) && !ours.has(word)).map((word) => [word, name] as const),
  );
  test.each(foreign)("%s (%s)", (word) => {
    expect(Object.entries(zh).filter(([, text]) => text.includes(word))).toEqual([]);
  });
});
