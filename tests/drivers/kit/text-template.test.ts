import { describe, expect, test } from "vitest";
import { allParts, fieldNames, templateParts, type Part } from "../../../drivers/kit/text-template.ts";

/** A template of a text, sign by sign. */
const literal = (text: string): Part => ({ is: "literal", text });
const field = (name: string): Part => ({ is: "field", name });

describe("a template", () => {
  test.each<readonly [what: string, template: string, parts: readonly Part[]]>([
    ["nothing", "", []],
    ["fixed text", "S S", [literal("S S")]],
    ["a field", "{a}", [field("a")]],
    ["a field between fixed texts", "x{aB2}y", [literal("x"), field("aB2"), literal("y")]],
    ["two fields", "{a}{b}", [field("a"), field("b")]],
    ["braces", "{{{a}}}x", [literal("{"), field("a"), literal("}x")]],
    ["braces beside each other", "a{{}}b", [literal("a{}b")]],
    ["a blank or more", "{_}", [{ is: "blanks", least: 1 }]],
    ["blanks or none", "{_?}", [{ is: "blanks", least: 0 }]],
    ["marks", "{~/ }", [{ is: "apart", written: "/ " }]],
    ["pairs", "{*}", [{ is: "pairs" }]],
    ["records and how many", "{#}{+}", [{ is: "count" }, { is: "records" }]],
    ["how many in so many digits", "{#3}", [{ is: "count", width: 3 }]],
    [
      "what may be left out",
      "a{[},{b}{_}{]}c",
      [
        literal("a"),
        { is: "optional", parts: [literal(","), field("b"), { is: "blanks", least: 1 }], first: "," },
        literal("c"),
      ],
    ],
    [
      "two that may be left out",
      "{[}a{]}{[}b{]}",
      [
        { is: "optional", parts: [literal("a")], first: "a" },
        { is: "optional", parts: [literal("b")], first: "b" },
      ],
    ],
  ])("%s", (_what, template, parts) => {
    expect(templateParts(template)).toStrictEqual(parts);
    // The second time it is looked up.
    expect(templateParts(template)).toStrictEqual(parts);
  });
  test.each<readonly [what: string, template: string, reason: string]>([
    ["an open brace", "a{b", "a brace stands alone"],
    ["a closing brace", "a}b", "a brace stands alone"],
    ["a brace in the middle", "{a} { {b}", "a brace stands alone"],
    ["a brace behind a field", "{a}}", "a brace stands alone"],
    ["a name with a capital", "{A}", "{A} means nothing"],
    ["a name with a mark", "{a-b}", "{a-b} means nothing"],
    ["a name behind a mark", "{-ab}", "{-ab} means nothing"],
    ["no name", "{}", "{} means nothing"],
    ["marks that are none", "{~}", "{~} means nothing"],
    ["marks with a digit at the end", "{~ 1}", "{~ 1} means nothing"],
    ["marks with something before them", "{a~ }", "{a~ } means nothing"],
    ["more digits than a count has", "{#7}", "{#7} means nothing"],
    ["a count with more behind it", "{#3x}", "{#3x} means nothing"],
    ["a count with something before it", "{x#}", "{x#} means nothing"],
    ["no end", "{[},{b}", "begins with fixed text and has an end"],
    ["no beginning", "{b}{]}", "begins with fixed text and has an end"],
    ["a field first", "{[}{b},{]}", "begins with fixed text and has an end"],
    ["nothing inside", "{[}{]}", "begins with fixed text and has an end"],
    ["one inside another", "{[}a{[}b{]}{]}", "holds nothing else that may"],
  ])("is refused with %s", (_what, template, reason) => {
    expect(() => templateParts(template)).toThrow(reason);
  });
});

test("parts that may be left out are parts, too", () => {
  const parts = templateParts("{a}{[},{b}{]}");
  expect(allParts(parts).map(({ is }) => is)).toEqual(["field", "optional", "literal", "field"]);
  expect(fieldNames(parts)).toEqual(["a", "b"]);
});
