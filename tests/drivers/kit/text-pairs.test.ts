import { describe, expect, test } from "vitest";
import type { Field, Frame, Values } from "../../../drivers/kit/index.ts";
import { textTemplate } from "../../../drivers/kit/text-compile.ts";
import { readPairs, writePairs } from "../../../drivers/kit/text-pairs.ts";

/** Keys with values, in any order. */
type Pairs = NonNullable<Frame["pairs"]>;
const fields: Readonly<Record<string, Field>> = {
  weight: { type: "number", key: ["W", "WT"], min: 2, max: 300, unit: "kg" },
  height: { type: "number", key: ["H"], min: 0, max: 9, unit: "cm" },
  count: { type: "number", key: ["C"], min: 0, max: 9 },
  fat: { type: "amount", key: ["F"], units: { "%": { min: 1, max: 75, decimals: 0 } }, absent: ["--"] },
  model: { type: "text", key: ["MO"] },
};
const nothing = { weight: null, height: null, count: null, fat: null, model: null };
const rule: Pairs = { separator: ",", between: "=", unknown: "note", least: 0 };
const frameOf = (pairs: Partial<Pairs>): Frame => ({ to: "host", layout: "{*}", pairs: { ...rule, ...pairs }, fields });
const read = (text: string, pairs: Partial<Pairs> = {}) => readPairs(textTemplate(frameOf(pairs)), text);
const kg = (value: number) => ({ value, unit: "kg" }) as const;
const turns = { between: "," } as const;
const quoted = { ...turns, quote: '"' } as const;
/** `between` has no place where a key is so many characters. */
const fixedWidth = (keyWidth: number): Partial<Pairs> => {
  const { between: _, ...others } = rule;
  return { ...others, keyWidth };
};
const readFixed = (text: string, keyWidth: number) =>
  readPairs(textTemplate({ to: "host", layout: "{*}", pairs: fixedWidth(keyWidth) as Pairs, fields }), text);

describe("pairs are read", () => {
  const readable: readonly (readonly [what: string, text: string, values: object, pairs?: Partial<Pairs>])[] = [
    ["none", "", {}],
    ["one", "W=80", { weight: kg(80) }],
    ["by another key of the same field", "WT=80", { weight: kg(80) }],
    ["in any order", "MO=x,W=80", { weight: kg(80), model: "x" }],
    ["with blanks around the value", "W= 80 ", { weight: kg(80) }],
    ["with a longer text between", "W: 80", { weight: kg(80) }, { between: ": " }],
    ["with a longer text between the pairs", "W=80; MO=x", { weight: kg(80), model: "x" }, { separator: "; " }],
    ["by turns", "W,80,MO,x", { weight: kg(80), model: "x" }, turns],
    ["by turns, none", "", {}, turns],
    ["in quotes", 'MO,"x",W,80', { weight: kg(80), model: "x" }, quoted],
    ["in quotes with a separator inside", 'W,80,MO,"x,y"', { weight: kg(80), model: "x,y" }, quoted],
    ["in quotes with nothing inside", 'MO,"",W,80', { weight: kg(80), model: "" }, quoted],
    [
      "in quotes with a longer separator",
      'MO; "x; y"; W; 80',
      { weight: kg(80), model: "x; y" },
      { separator: "; ", between: "; ", quote: '"' },
    ],
    ["in quotes and none of them there", "W,80", { weight: kg(80) }, quoted],
    ["with a value that was not calculated", "F=--", { fat: { notCalculable: true } }],
  ];
  test.each(readable.map(([what, text, values, pairs = {}]) => [what, text, values, pairs] as const))(
    "%s",
    (_what, text, values, pairs) => {
      expect(read(text, pairs)).toStrictEqual({ values: { ...nothing, ...values }, impossible: undefined, notes: {} });
    },
  );
  test.each([
    ["a key of one character", "W80,MO", 1, undefined],
    ["a key of two", "MOx", 2, { model: "x" }],
    ["a key of two with blanks", "WT  80 ,MO", 2, { weight: kg(80), model: "" }],
    ["less than a key", "MOx,W", 2, undefined],
  ] as const)("%s", (_what, text, width, values) => {
    expect(readFixed(text, width)?.values).toEqual(
      values === undefined ? (width === 1 ? { ...nothing, weight: kg(80) } : undefined) : { ...nothing, ...values },
    );
  });
  test("what nobody knows is a note, each under its own key", () => {
    expect(read("Z=1,W=80,Y= two ")?.notes).toEqual({ Z: "1", Y: "two" });
    expect(read('ZF,"a,b"', quoted)?.notes).toEqual({ ZF: "a,b" });
  });
  test("what nobody knows is nothing, or costs the message, where the table says so", () => {
    expect(read("Z=1,W=80", { unknown: "ignore" })).toMatchObject({ values: { weight: kg(80) } });
    expect(read("Z=1,W=80", { unknown: "ignore" })?.notes).toEqual({});
    expect(read("Z=1,W=80", { unknown: "refuse" })).toBeUndefined();
  });
  test("a line that is no pair is noted whole", () => {
    const free = { separator: "\n", free: ["===", "Test"] } as const;
    expect(read("===== \nTest strip\nW=80", free)).toStrictEqual({
      values: { ...nothing, weight: kg(80) },
      impossible: undefined,
      notes: { "===== ": "", "Test strip": "" },
    });
    expect(read("A Test\nW=80", free)).toBeUndefined();
    expect(read("W=80\nx", { separator: "\n" })).toBeUndefined();
  });
  const unreadable: readonly (readonly [what: string, text: string, pairs?: Partial<Pairs>])[] = [
    ["a key twice", "W=80,W=81"],
    ["two keys of one field", "W=80,WT=81"],
    ["an unknown key twice", "Z=1,Z=1"],
    ["no key", "=80"],
    ["nothing between", "W80"],
    ["an empty pair", "W=80,"],
    ["no number", "W=x"],
    ["a number and more", "W=80x"],
    ["a byte that is not printed in an unknown key", "Z\x07=1"],
    ["a byte that is not printed in its value", "Z=\x07"],
    ["half a pair by turns", "W,80,MO", turns],
    ["a quote without an end", 'W,80,MO,"x', quoted],
    ["a text without quotes", "W,80,MO,x", quoted],
    ["a number in quotes", 'W,"80"', quoted],
    ["quotes inside quotes", 'MO,"x""y"', quoted],
    ["a key that is cut", "MO,WT80", { keyWidth: 3 }],
    ["quotes around a part at the end", 'MO,x"y"', quoted],
    ["quotes around a part at the beginning", 'MO,"x"y', quoted],
    ["one quote in a key and one in its value", 'a"=",W=80', { quote: '"' }],
    ["quotes in quotes, noted", 'ZF,"x""y"', quoted],
  ];
  test.each(unreadable.map(([what, text, pairs = {}]) => [what, text, pairs] as const))(
    "not: %s",
    (_what, text, pairs) => {
      expect(read(text, pairs)).toBeUndefined();
    },
  );
  test("a text in quotes that nobody asked for is as it stands", () => {
    expect(read('MO="x"')?.values).toMatchObject({ model: '"x"' });
  });
});

describe("how many", () => {
  test.each<readonly [text: string, least: number, is: boolean]>([
    ["W=80", 1, true],
    ["W=80", 2, false],
    ["W=80,H=5", 2, true],
    ["C=3", 1, true],
    ["F=--", 1, true],
    ["MO=x", 1, false],
    ["", 1, false],
    ["W=999", 1, true],
    ["W=999,H=5", 2, true],
  ])("numbers are in %j: %d or more is %s", (text, least, is) => {
    expect(read(text, { least }) !== undefined).toBe(is);
  });
  test("pairs there may be at most", () => {
    expect(read("W=80,H=5", { most: 2 })).toBeDefined();
    expect(read("W=80,H=5,C=1", { most: 2 })).toBeUndefined();
    const many = (count: number): string => Array.from({ length: count }, (_, i) => `z${i}=1`).join(",");
    expect(read(many(256))).toBeDefined();
    expect(read(many(257))).toBeUndefined();
  });
});

test("a value that cannot be is named, the first of them, and the others are kept", () => {
  expect(read("W=999,H=99,C=3")).toStrictEqual({
    values: { ...nothing, count: 3 },
    impossible: { field: "weight", raw: "999" },
    notes: {},
  });
});

describe("pairs are written", () => {
  const write = (values: Values, pairs: Partial<Pairs> = {}): string =>
    writePairs(textTemplate(frameOf(pairs)), values);
  const written: readonly (readonly [what: string, values: Values, text: string, pairs?: Partial<Pairs>])[] = [
    ["none", { ...nothing }, ""],
    ["only what is there, by its first key", { weight: kg(80), height: null, model: "x" }, "W=80,MO=x"],
    ["by turns, texts in quotes", { weight: kg(80), model: "x" }, 'W,80,MO,"x"', quoted],
    ["with another separator", { weight: kg(80), model: "x" }, "W: 80\nMO: x", { separator: "\n", between: ": " }],
  ];
  test.each(written.map(([what, values, text, pairs = {}]) => [what, values, text, pairs] as const))(
    "%s",
    (_what, values, text, pairs) => {
      expect(write(values, pairs)).toBe(text);
    },
  );
  test("with keys of a width and nothing between", () => {
    const template = textTemplate({ to: "host", layout: "{*}", pairs: fixedWidth(1) as Pairs, fields });
    expect(writePairs(template, { weight: kg(80), height: { value: 5, unit: "cm" } })).toBe("W80,H5");
  });
  test("not where there are none", () => {
    const template = textTemplate({ to: "host", layout: "x", fields: {} });
    expect(() => writePairs(template, {})).toThrow("there are no pairs");
    expect(readPairs(template, "")).toBeUndefined();
  });
});
