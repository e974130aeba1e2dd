import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPlacedJson } from "../../../station/profiles/placed-json.ts";

const standard = (text: string): unknown => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return "refused";
  }
};
const ours = (text: string): unknown => {
  const read = readPlacedJson(text);
  return read.ok ? { value: read.value } : "refused";
};

test("reads any JSON to the same value as the language's own reader", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2, "\t"), (text, indent) => {
      const laidOut = JSON.stringify(JSON.parse(text), null, indent);
      expect(ours(laidOut)).toEqual(standard(laidOut));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("refuses what the language's own reader refuses, after any change of one sign", () => {
  const sound = '{"a": [1, -2.5e3, true, null, "x\\u00e9\\n"], "b": {"c": {}}, "d": []}\n';
  const signs = '{}[]",:\\0-+.eE utn\u0007\u00a0/';
  fc.assert(
    fc.property(
      fc.nat({ max: sound.length }),
      fc.nat({ max: 1 }),
      fc.constantFrom("", ...Array.from(signs)),
      (at, removed, inserted) => {
        const text = sound.slice(0, at) + inserted + sound.slice(at + removed);
        // The one thing in which we are stricter: a key may not stand twice.
        const read = readPlacedJson(text);
        fc.pre(read.ok || read.fault.code !== "twice");
        expect(ours(text)).toEqual(standard(text));
      },
    ),
    { seed: 2, numRuns: 3_000 },
  );
});

describe("the place of what is wrong", () => {
  test.each([
    ["nothing", "", { code: "ended" }, 1, 1],
    ["a comma too many", '{\n  "a": 1,\n}', { code: "unexpected", found: "}" }, 3, 1],
    ["a comma that is missing", '{\r\n  "a": 1\r\n  "b": 2\r\n}', { code: "unexpected", found: '"' }, 3, 3],
    ["half a file", '{\n  "a": [1, 2', { code: "ended" }, 2, 13],
    ["a text without its end", '{\n  "a": "b\n}', { code: "string" }, 2, 8],
    ["a text cut off", '["abc', { code: "ended" }, 1, 2],
    ["a number that is none", '{"a": 01}', { code: "number" }, 1, 7],
    ["a key twice", '{\n"a": 1,\n "a": 2}', { code: "twice", key: "a" }, 3, 2],
    ["text behind the end", "{} x", { code: "unexpected", found: "x" }, 1, 4],
    ["a comment", '{ // no\n"a": 1}', { code: "unexpected", found: "/" }, 1, 3],
    ["a Chinese comma", '{"a": 1\uff0c"b": 2}', { code: "unexpected", found: "\uff0c" }, 1, 8],
  ])("%s", (_what, text, fault, line, column) => {
    expect(readPlacedJson(text)).toEqual({ ok: false, fault, place: { line, column } });
  });

  test("a hundred thousand brackets are refused, not a crash", () => {
    expect(readPlacedJson("[".repeat(100_000))).toMatchObject({ ok: false, fault: { code: "deep" } });
  });
});

describe("the place of a path", () => {
  const text = '\uFEFF{\n  "a": {\n    "b.c": [\n      1,\n      {"d": 2}\n    ],\n    "__proto__": 3\n  }\n}';
  test.each([
    ["", 1, 1],
    ["a", 2, 3],
    ["a.b.c", 3, 5],
    ["a.b.c.0", 4, 7],
    ["a.b.c.1.d", 5, 8],
    ["a.__proto__", 7, 5],
    ["a.missing.below", 2, 3],
    ["nothing", 1, 1],
  ])("%s", (path, line, column) => {
    const read = readPlacedJson(text);
    expect(read.ok && read.placeOf(path)).toEqual({ line, column });
  });
});
