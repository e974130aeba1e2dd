import { describe, expect, test } from "vitest";
import type { Frame } from "../../../drivers/kit/index.ts";
import { textTemplate } from "../../../drivers/kit/text-compile.ts";
import { matchText, writeText } from "../../../drivers/kit/text-match.ts";

/** One body of text against one template. */
type Pairs = NonNullable<Frame["pairs"]>;
const digit = { type: "number", width: 1, min: 0, max: 8 } as const;
const number = { type: "number", min: 0, max: 999 } as const;
const word = { type: "text", maxSize: 9 } as const;
const kg = { type: "amount", units: { kg: { min: 0, max: 99, decimals: [0, 1] } } } as const;
const optional = { type: "number", width: 1, min: 0, max: 9, absent: ["-"] } as const;
const fields: Frame["fields"] = {
  d: digit,
  e: digit,
  n: number,
  m: number,
  t: word,
  u: word,
  k: kg,
  o: optional,
  p: optional,
};

/** The fields are those that the layout names. */
const frameOf = (layout: string, more: Partial<Frame> = {}): Frame => ({
  to: "host",
  layout,
  fields: Object.fromEntries(
    Object.entries(fields).filter(([name]) => `${layout}${more.records ?? ""}`.includes(`{${name}}`)),
  ),
  ...more,
});
const match = (frame: Frame, text: string) => matchText(textTemplate(frame), text);
const valuesOf = (frame: Frame, text: string) => match(frame, text)?.rows.map(({ values }) => values);
const write = (frame: Frame, values: Parameters<typeof writeText>[1]): string => writeText(textTemplate(frame), values);

describe("a text is read", () => {
  test.each<readonly [what: string, layout: string, text: string, values: object]>([
    ["fixed text", "abc", "abc", {}],
    ["a field between fixed texts", "a{d}b", "a7b", { d: 7 }],
    ["an open text up to what is behind it", "{t};{u}", "x y;z", { t: "x y", u: "z" }],
    ["an open text up to the first of it", "{t};{u}", "x;y;z", { t: "x", u: "y;z" }],
    ["an empty text", "{t};{u}", ";", { t: "", u: "" }],
    ["an open text before what may be left out", "{t}{[},{d}{]}", "xy", { t: "xy", d: null }],
    ["an open text before what is not left out", "{t}{[},{d}{]}", "xy,7", { t: "xy", d: 7 }],
    ["an open text before the nearer of two", "{t}{[},{d}{]};{u}", "xy;z,7", { t: "xy", d: null, u: "z,7" }],
    ["an open text before the nearer of two, the other way", "{t}{[},{d}{]};{u}", "xy,7;z", { t: "xy", d: 7, u: "z" }],
    ["an open text before a blank", "{t}{_}{d}", "xy  7", { t: "xy", d: 7 }],
    ["an open text before blanks or none", "{t}{_?};", "xy ;", { t: "xy" }],
    ["an amount with blanks in it", "{k}{_?};", "12.5  kg  ;", { k: { value: 12.5, unit: "kg" } }],
    ["what may be left out, all of it", "{d}{[},{o},{p}{]}.", "1,2,3.", { d: 1, o: 2, p: 3 }],
    ["what may be left out, nothing of it", "{d}{[},{o},{p}{]}.", "1.", { d: 1, o: null, p: null }],
    ["one blank", "a{_}b", "a b", {}],
    ["many blanks", "a{_}b", "a    b", {}],
    ["blanks or none", "a{_?}b", "ab", {}],
    ["blanks at the end", "a{_}", "a  ", {}],
    ["the first and the last mark", "{d}{~/}{e}", "1 ~2", { d: 1, e: 2 }],
    ["marks around 0 and 9", "{n}{~/}{m}", "12/:3", { n: 12, m: 3 }],
    ["marks at the end", "{d}{~/}", "1//", { d: 1 }],
  ])("%s", (_what, layout, text, values) => {
    expect(match(frameOf(layout), text)).toStrictEqual({
      rows: [{ values, impossible: undefined, from: 0, to: text.length }],
      notes: {},
    });
  });
  test.each<readonly [what: string, layout: string, text: string]>([
    ["less than fixed text", "abc", "ab"],
    ["more than fixed text", "abc", "abcd"],
    ["other text", "abc", "abd"],
    ["no field", "a{d}", "ax"],
    ["a text without what is behind it", "{t};{u}", "xyz"],
    ["a text that is too long", "{t};", "0123456789;"],
    ["a text before neither of two", "{t}{[},{d}{]};{u}", "xy"],
    ["half of what may be left out", "{d}{[},{o},{p}{]}.", "1,2."],
    ["what may be left out at the very beginning, broken", "{[}a{d}{]}b", "ab"],
    ["no blank", "a{_}b", "ab"],
    ["no mark", "{d}{~/}{e}", "12"],
    ["a control character for a mark", "{d}{~/}{e}", "1\x1f2"],
    ["a byte above ASCII for a mark", "{d}{~/}{e}", "1\x7f2"],
  ])("not: %s", (_what, layout, text) => {
    expect(match(frameOf(layout), text)).toBeUndefined();
  });
  test("with a value that cannot be, of which the first is named and the others are kept", () => {
    expect(match(frameOf("{d},{e},{n}"), "9,9,12")?.rows).toStrictEqual([
      { values: { n: 12 }, impossible: { field: "d", raw: "9" }, from: 0, to: 6 },
    ]);
  });
});

describe("records", () => {
  const list = (count: string): Frame => frameOf(`{d}:${count}:{+};`, { records: "{n}," });
  test("as many as the header says, each with what stands before them", () => {
    expect(match(list("{#}"), "7:2:10,11,;")).toStrictEqual({
      rows: [
        { values: { d: 7, n: 10 }, impossible: undefined, from: 4, to: 7 },
        { values: { d: 7, n: 11 }, impossible: undefined, from: 7, to: 10 },
      ],
      notes: {},
    });
  });
  test("as many as there are, where no header says it", () => {
    expect(valuesOf(list(""), "7::10,11,12,;")).toEqual([10, 11, 12].map((n) => ({ d: 7, n })));
  });
  test("of which one cannot be keep what is impossible to themselves", () => {
    const rows = match(frameOf("{d}:{+}", { records: "{e}," }), "7:1,9,2,")?.rows;
    expect(rows?.map(({ values, impossible }) => [values, impossible?.raw])).toEqual([
      [{ d: 7, e: 1 }, undefined],
      [{ d: 7 }, "9"],
      [{ d: 7, e: 2 }, undefined],
    ]);
  });
  test("behind a value that cannot be cannot be either", () => {
    const rows = match(frameOf("{d}:{+}", { records: "{n}," }), "9:1,2,")?.rows;
    expect(rows?.map(({ impossible }) => impossible)).toEqual([
      { field: "d", raw: "9" },
      { field: "d", raw: "9" },
    ]);
  });
  test("with something behind them keep it out of their own", () => {
    expect(valuesOf(frameOf("{+}{d}", { records: "{n}," }), "10,7")).toEqual([{ n: 10 }]);
  });
  test.each([
    ["one more than the header says", "{#}", "7:1:10,11,;"],
    ["one fewer", "{#}", "7:3:10,11,;"],
    ["none", "{#}", "7:0:;"],
    ["none where no header says it", "", "7::;"],
    ["no number of records", "{#}", "7::10,;"],
    ["a number of five digits", "{#}", "7:00001:10,;"],
    ["too few digits in a number of a width", "{#2}", "7:1:10,;"],
    ["too many", "{#2}", "7:001:10,;"],
  ])("not: %s", (_what, count, text) => {
    expect(match(list(count), text)).toBeUndefined();
  });
  test.each([
    ["four digits", "{#}", "7:0001:10,;"],
    ["the digits of its width", "{#2}", "7:01:10,;"],
    ["nine", "{#}", "7:9:1,1,1,1,1,1,1,1,1,;"],
  ])("%s say how many", (_what, count, text) => {
    expect(valuesOf(list(count), text)?.length).toBeGreaterThan(0);
  });
  test("of a width leave the digits behind it alone", () => {
    expect(valuesOf(frameOf("{#2}{+}", { records: "{n}," }), "0112,")).toEqual([{ n: 12 }]);
  });
  test("beyond ten thousand are no message", () => {
    expect(match(frameOf("{+}", { records: "{d}," }), "1,".repeat(10_001))).toBeUndefined();
    expect(match(frameOf("{+}", { records: "{d}," }), "1,".repeat(10_000))?.rows).toHaveLength(10_000);
  });
});

describe("pairs", () => {
  const rule: Pairs = { separator: ",", between: "=", unknown: "note", least: 1 };
  const keyed = (layout: string, more: Frame["fields"] = {}): Frame => ({
    ...frameOf(layout, { pairs: rule }),
    fields: { ...frameOf(layout).fields, w: { ...digit, key: ["w"] }, x: { ...word, key: ["x"] }, ...more },
  });
  test("stand where they are and say what they say", () => {
    expect(match(keyed("a{d}:{*}"), "a7:w=3,z=odd")).toStrictEqual({
      rows: [{ values: { d: 7, w: 3, x: null }, impossible: undefined, from: 0, to: 12 }],
      notes: { z: "odd" },
    });
  });
  test("may hold what stands behind them", () => {
    expect(valuesOf(keyed("{*};"), "w=3,x=a;b;")).toEqual([{ w: 3, x: "a;b" }]);
  });
  test("before what varies end at the first of it", () => {
    expect(valuesOf(keyed("{*};{t}"), "w=3;b;c")).toEqual([{ w: 3, x: null, t: "b;c" }]);
    expect(valuesOf(keyed("{*};{d}{_?}!"), "w=3;7 !")).toEqual([{ w: 3, x: null, d: 7 }]);
  });
  test("before what has no fixed beginning take everything", () => {
    expect(valuesOf(keyed("{*}{t}"), "w=3")).toEqual([{ w: 3, x: null, t: "" }]);
  });
  test.each([
    ["without what stands behind them", "{*};{t}", "w=3"],
    ["that are none", "{*};", "w;"],
    ["too few", "{*};", "x=a;"],
  ])("not: %s", (_what, layout, text) => {
    expect(match(keyed(layout), text)).toBeUndefined();
  });
  test("are not found in text that stands for two things", () => {
    const frame: Frame = { ...keyed("ab{*}b"), pairs: { ...rule, least: 0 } };
    expect(valuesOf(frame, "abb")).toEqual([{ w: null, x: null }]);
    expect(match(frame, "ab")).toBeUndefined();
  });
  test("with a value that cannot be say so, unless something before them did", () => {
    expect(match(keyed("{d}:{*}"), "7:w=9")?.rows[0]?.impossible).toEqual({ field: "w", raw: "9" });
    expect(match(keyed("{d}:{*}"), "9:w=9")?.rows[0]?.impossible).toEqual({ field: "d", raw: "9" });
  });
});

describe("a text is written", () => {
  test.each<readonly [what: string, layout: string, values: Parameters<typeof writeText>[1], text: string]>([
    ["fixed text and a field", "a{d}b", { d: 7 }, "a7b"],
    ["one blank", "a{_}b", {}, "a b"],
    ["no blank where there may be none", "a{_?}b", {}, "ab"],
    ["the marks of the template", "{d}{~/ }{e}", { d: 1, e: 2 }, "1/ 2"],
    ["what may be left out and is not", "{d}{[},{o}{]}.", { d: 1, o: 2 }, "1,2."],
    ["what may be left out and is", "{d}{[},{o}{]}.", { d: 1, o: null }, "1."],
    ["what may be left out and was never there", "{d}{[},{o}{]}.", { d: 1 }, "1."],
    ["what is there in part", "{d}{[},{o},{p}{]}.", { d: 1, o: null, p: 2 }, "1,-,2."],
    ["what is there without any field", "{d}{[},x{]}.", { d: 1 }, "1."],
  ])("%s", (_what, layout, values, text) => {
    expect(write(frameOf(layout), values)).toBe(text);
  });
  test.each([
    ["{#}", "7:1:10,;"],
    ["{#3}", "7:001:10,;"],
  ])("with one record, counted as %s", (count, text) => {
    expect(write(frameOf(`{d}:${count}:{+};`, { records: "{n}," }), { d: 7, n: 10 })).toBe(text);
  });
  test("with its pairs", () => {
    const pairs: Pairs = { separator: ",", between: "=", unknown: "note", least: 1 };
    const frame: Frame = { to: "host", layout: "a{*}b", pairs, fields: { w: { ...digit, key: ["w"] } } };
    expect(write(frame, { w: 3 })).toBe("aw=3b");
  });
  test("not without the value of a field", () => {
    expect(() => write(frameOf("a{d}b"), {})).toThrow("no value for d");
  });
});
