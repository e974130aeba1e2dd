import { describe, expect, test } from "vitest";
import { gb18030Bytes } from "../../../drivers/kit/gb18030.ts";
import type { Value } from "../../../drivers/kit/index.ts";
import type { FieldOf } from "../../../drivers/kit/schema.ts";
import { latin1Bytes, standsInText, textCodec, type TextField } from "../../../drivers/kit/text-codecs.ts";

/** Each field of a text by itself: what it reads, where it ends, what it writes. */
type More<K extends TextField["type"]> = Partial<FieldOf<K>>;
const number = (more: More<"number"> = {}): TextField => ({ type: "number", min: -1e12, max: 1e12, ...more });
const mgdL = { min: 10, max: 600, decimals: 0 } as const;
const mmolL = { min: 0.5, max: 30, decimals: [1, 2] } as const;
const amount = (more: More<"amount"> = {}): TextField => ({
  type: "amount",
  units: { "mg/dL": mgdL, "mmol/L": mmolL },
  ...more,
});
const code = (more: More<"textCode"> = {}): TextField => ({ type: "textCode", known: ["E0", "E01", "OK"], ...more });
const text = (more: More<"text"> = {}): TextField => ({ type: "text", ...more });
const time = (more: More<"textTime"> = {}): TextField => ({ type: "textTime", patterns: ["YYMMDDhhmm"], ...more });
const impossible = (raw: string) => ({ impossible: true, raw }) as const;
const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

type Case = readonly [what: string, field: TextField, text: string, value: unknown, size?: number];

describe("a field is read", () => {
  const cases: readonly Case[] = [
    ["nine digits", number(), "123456789", 123_456_789],
    ["a number up to what is none of it", number(), "12.5", 12, 2],
    ["a number with a point", number({ decimals: 1 }), "12.5", 12.5],
    ["from no decimals on", number({ decimals: [0, 2] }), "12", 12],
    ["to so many decimals", number({ decimals: [0, 2] }), "12.34", 12.34],
    ["from one decimal on", number({ decimals: [1, 2] }), "1.2", 1.2],
    ["a plus", number({ sign: "sign" }), "+12", 12],
    ["a minus", number({ sign: "sign" }), "-12", -12],
    ["no sign where one may be", number({ sign: "sign" }), "12", 12],
    ["a place for the sign with a plus", number({ sign: "place" }), "+12", 12],
    ["a place for the sign with a minus", number({ sign: "place" }), "-12", -12],
    ["a place for the sign with a blank", number({ sign: "place" }), " 12", 12],
    ["a minus before nothing", number({ sign: "sign" }), "-0", 0],
    ["blanks before it", number({ pad: " ", width: 5 }), "   12", 12],
    ["zeros before it", number({ width: 5 }), "00012", 12],
    ["blanks behind the sign", number({ pad: " ", sign: "place", width: 5 }), "-  12", -12],
    ["blanks before the sign", number({ pad: " ", sign: "sign", width: 5 }), "  -12", -12],
    ["its unit", number({ unit: "kg" }), "12", { value: 12, unit: "kg" }],
    [
      "less than",
      number({ unit: "kg", comparators: true, pad: " ", width: 5 }),
      " < 12",
      { value: 12, unit: "kg", comparator: "<" },
    ],
    ["more than", number({ unit: "kg", comparators: true }), ">12", { value: 12, unit: "kg", comparator: ">" }],
    ["its lowest", number({ min: 10, max: 20 }), "10", 10],
    ["its highest", number({ min: 10, max: 20 }), "20", 20],
    ["below its lowest", number({ min: 10, max: 20 }), "9", impossible("9")],
    ["above its highest", number({ min: 10, max: 20 }), "21", impossible("21")],
    ["above its highest, with blanks", number({ min: 0, max: 9, pad: " ", width: 4 }), "  12", impossible("12")],
    ["a word for none", number({ absent: ["-", "--"] }), "--", null],
    ["a word for none in its width", number({ width: 4, absent: ["--"] }), " -- ", null],
    ["blanks for none", number({ width: 2, absent: ["--", ""] }), "  ", null],
    ["a number though blanks would be none", number({ absent: [""] }), "7", 7],
    [
      "the longer of two words",
      number({ unit: "kg", special: ["HI", "HIGH"].map((each) => ({ text: each, comparator: ">", value: 9 })) }),
      "HIGH",
      { value: 9, unit: "kg", comparator: ">" },
    ],
    ["a word of another width", number({ width: 4, absent: ["---"] }), "0012", 12],

    ["a unit behind blanks", amount(), "240   mg/dL", { value: 240, unit: "mg/dL" }],
    ["a unit without blanks", amount(), "3.25mmol/L", { value: 3.25, unit: "mmol/L" }],
    ["the fewest decimals of its unit", amount(), "3.2 mmol/L", { value: 3.2, unit: "mmol/L" }],
    ["blanks behind <", amount(), "< 20 mg/dL", { value: 20, unit: "mg/dL", comparator: "<" }],
    ["no blanks behind >", amount(), ">20 mg/dL", { value: 20, unit: "mg/dL", comparator: ">" }],
    ["too few decimals", amount(), "3 mmol/L", impossible("3 mmol/L")],
    ["too many decimals", amount(), "3.125 mmol/L", impossible("3.125 mmol/L")],
    ["decimals where none are", amount(), "240.5 mg/dL", impossible("240.5 mg/dL")],
    ["too little", amount(), "9 mg/dL", impossible("9 mg/dL")],
    ["too much", amount(), "601 mg/dL", impossible("601 mg/dL")],
    ["a unit that is none", amount(), "240 stone", impossible("240 stone")],
    [
      "the longer of two units",
      amount({ units: { kg: { ...mgdL, texts: ["g"] }, "mg/L": { ...mgdL, texts: ["g/l"] } } }),
      "20 g/l",
      { value: 20, unit: "mg/L" },
    ],
    [
      "no unit, and the blanks behind it stay",
      amount({ units: { kg: { ...mgdL, texts: [""] } } }),
      "20  ",
      { value: 20, unit: "kg" },
      2,
    ],
    ["a word for what could not be calculated", amount({ absent: ["-", "- -"] }), "- -", { notCalculable: true }],

    ["a known text", code(), "OK", "OK"],
    ["the longest known text that fits", code(), "E01", "E01"],
    ["any text of a width", code({ open: { width: 3 } }), "x~ ", "x~ "],
    ["any text to its end", code({ open: {} }), "any", "any"],
    ["any text of 64", code({ open: {} }), "x".repeat(64), "x".repeat(64)],

    ["a text to its end", text(), "a b ", "a b "],
    ["nothing", text(), "", ""],
    ["a text of a width without the blanks behind it", text({ width: 4 }), " a  ", " a"],
    ["a width of blanks", text({ width: 4 }), "    ", ""],
    ["a text of 64", text(), "x".repeat(64), "x".repeat(64)],
    ["as many as it may be", text({ maxSize: 2 }), "ab", "ab"],
    ["as few as it may be", text({ minSize: 2 }), "ab", "ab"],
    ["digits", text({ charset: "digits" }), "0189", "0189"],
    ["UTF-8", text({ charset: "unicode" }), latin1(new TextEncoder().encode("王 5é😀")), "王 5é😀"],
    ["GB18030 where it is no UTF-8", text({ charset: "unicode" }), latin1(gb18030Bytes("王建国")), "王建国"],
    ["GBK, though it is UTF-8", text({ charset: "gbk" }), latin1(new TextEncoder().encode("é")), "茅"],
    ["Latin-1", text({ charset: "latin" }), "37\xb0", "37°"],

    ["a time", time(), "2611220905", "2026-11-22T09:05"],
    [
      "a time of another pattern",
      time({ patterns: ["YYMMDDhhmmss", "YY/MM/DD hh:mm"] }),
      "26/11/22 09:05",
      "2026-11-22T09:05",
    ],
    [
      "a time with other marks",
      time({ patterns: ["YY/MM/DD/hh:mm"], loose: true }),
      "26.11-22 09;05",
      "2026-11-22T09:05",
    ],
    ["a time that is none", time(), "2602301200", null],
  ];
  const read = (field: TextField, whole: string, at: number, to: number): unknown =>
    textCodec(field).read(whole, at, to);
  const sized = cases.map(
    ([what, field, whole, value, size = whole.length]) => [what, field, whole, value, size] as const,
  );
  test.each(sized)("%s", (_what, field, whole, value, size) => {
    expect(read(field, whole, 0, whole.length)).toStrictEqual({ next: size, value });
  });
  // What stands before and behind is not looked at, whatever it is.
  const beside = sized.flatMap(([what, field, whole, , size]) =>
    ["1.", " -", "HI", "/L", "E0"].map((around) => [what, around, field, whole, size] as const),
  );
  test.each(beside)("%s between %j", (_what, around, field, whole, size) => {
    const alone = textCodec(field).read(whole, 0, whole.length);
    const found = textCodec(field).read(`${around}${whole}${around}`, 2, 2 + whole.length);
    expect(found).toStrictEqual({ ...alone, next: size + 2 });
  });
});

describe("a field is not there", () => {
  test.each<readonly [what: string, field: TextField, text: string]>([
    ["no digits", number(), "x1"],
    ["nothing at all", number(), ""],
    ["ten digits", number(), "1234567890"],
    ["a point and nothing behind it", number({ decimals: [0, 2] }), "12."],
    ["a decimal too many", number({ decimals: 1 }), "12.34"],
    ["a decimal too few", number({ decimals: 2 }), "12.3"],
    ["no decimals where there must be some", number({ decimals: 1 }), "12"],
    ["no decimals where one must be", number({ decimals: [1, 2] }), "12"],
    ["no sign at its place", number({ sign: "place" }), "12"],
    ["a place for the sign and no number", number({ sign: "place" }), "+"],
    ["no place for the sign", number({ sign: "place" }), ""],
    ["a sign that nobody declared", number(), "-12"],
    ["two signs", number({ sign: "sign" }), "--12"],
    ["a comparator that nobody declared", number({ unit: "kg" }), "<12"],
    ["a comparator and no number", number({ unit: "kg", comparators: true }), "<"],
    ["a blank that nobody declared", number({ width: 3 }), " 12"],
    ["too short for its width", number({ width: 3 }), "12"],
    ["a number and more in its width", number({ width: 3 }), "12x"],
    ["a word and more in its width", number({ width: 3, absent: ["-"] }), "-x "],
    ["part of a word", number({ absent: ["---"] }), "--"],
    ["an amount without digits", amount(), "mg/dL"],
    ["a sign before an amount", amount(), "-20 mg/dL"],
    ["part of a word for none", amount({ absent: ["---"] }), "--"],
    ["a text that is not known", code(), "E2"],
    ["part of a known text", code(), "O"],
    ["too short for any text of a width", code({ open: { width: 3 } }), "xx"],
    ["any text of 65", code({ open: {} }), "x".repeat(65)],
    ["any text with a control character", code({ open: {} }), "x\x1f"],
    ["a text of 65", text(), "x".repeat(65)],
    ["more than it may be", text({ maxSize: 2 }), "abc"],
    ["fewer than it may be", text({ minSize: 2 }), "a"],
    ["blanks are not counted in a width", text({ width: 4, minSize: 2 }), "a   "],
    ["too short for its width", text({ width: 4 }), "abc"],
    ["a letter among digits", text({ charset: "digits" }), "1a"],
    ["half a character of GBK", text({ charset: "gbk" }), "\xcd"],
    ["neither UTF-8 nor GB18030", text({ charset: "unicode" }), "\xff\xff"],
    ["a time that is cut", time(), "261122090"],
    ["no time", time(), "26-11-2209"],
    ["a time with other marks", time({ patterns: ["YY/MM/DD/hh:mm"] }), "26.11-22 09;05"],
  ])("%s", (_what, field, whole) => {
    expect(textCodec(field).read(whole, 0, whole.length)).toBeUndefined();
    // Not even where what is missing stands behind the place where it ends.
    expect(textCodec(field).read(`${whole}1.5---ab:  `, 0, whole.length)).toBeUndefined();
  });
});

describe("the characters of", () => {
  const inRuns = (codes: readonly number[]): string =>
    codes
      .filter((each) => !codes.includes(each - 1))
      .map((from) => `${from.toString(16)}-${codes.find((to) => to >= from && !codes.includes(to + 1))?.toString(16)}`)
      .join(" ");
  test.each<readonly [FieldOf<"text">["charset"], string]>([
    [undefined, "20-7e"],
    ["printable", "20-7e"],
    ["latin", "20-7e a0-ff"],
    ["digits", "30-39"],
    ["alnum", "30-39 41-5a 61-7a"],
    // A byte above ASCII is none by itself; 80 is the euro sign of many GBK tables.
    ["unicode", "20-7e"],
    ["gbk", "20-7e"],
  ])("%s", (charset, runs) => {
    const codec = textCodec(text(charset === undefined ? {} : { charset }));
    const codes = Array.from({ length: charset === "gbk" || charset === "unicode" ? 0x80 : 0x100 }, (_, each) => each);
    expect(inRuns(codes.filter((each) => codec.read(String.fromCharCode(each), 0, 1) !== undefined))).toBe(runs);
  });
});

describe("a field is written", () => {
  test.each<readonly [what: string, field: TextField, value: Value, text: string]>([
    ["a number", number(), 12, "12"],
    ["a number with decimals", number({ decimals: 2 }), 12.5, "12.50"],
    ["a number with the most decimals", number({ decimals: [0, 2] }), 12, "12.00"],
    ["zeros before it", number({ width: 4 }), 12, "0012"],
    ["zeros behind a minus", number({ width: 4, sign: "sign" }), -12, "-012"],
    ["blanks before a minus", number({ width: 5, pad: " ", sign: "sign" }), -12, "  -12"],
    ["blanks behind a minus at its place", number({ width: 5, pad: " ", sign: "place" }), -12, "-  12"],
    ["a plus at its place", number({ width: 4, sign: "place" }), 12, "+012"],
    ["no plus elsewhere", number({ sign: "sign" }), 12, "12"],
    ["zero", number({ sign: "sign" }), 0, "0"],
    ["its unit's number", number({ unit: "kg" }), { value: 12, unit: "kg" }, "12"],
    [
      "a comparator",
      number({ unit: "kg", comparators: true, width: 4, pad: " " }),
      { value: 12, unit: "kg", comparator: "<" },
      " <12",
    ],
    ["a word for none", number({ absent: ["--"] }), null, "--"],
    ["a word in its width", number({ width: 4, absent: ["--"] }), null, "--  "],
    ["blanks for none", number({ width: 3, absent: [""] }), null, "   "],
    [
      "a word for much",
      number({ unit: "kg", absent: ["-"], special: [{ text: "HI", comparator: ">", value: 200 }] }),
      { value: 200, unit: "kg", comparator: ">" },
      "HI",
    ],
    [
      "a number beside a word for much",
      number({ unit: "kg", special: [{ text: "HI", comparator: ">", value: 200 }] }),
      { value: 200, unit: "kg" },
      "200",
    ],
    ["an amount", amount(), { value: 240, unit: "mg/dL" }, "240 mg/dL"],
    ["an amount with the most decimals", amount(), { value: 3.2, unit: "mmol/L" }, "3.20 mmol/L"],
    ["an amount with a comparator", amount(), { value: 20, unit: "mg/dL", comparator: "<" }, "<20 mg/dL"],
    [
      "the first of a unit's texts",
      amount({ units: { "mg/dL": { ...mgdL, texts: ["mg/dl", "MG"] } } }),
      { value: 20, unit: "mg/dL" },
      "20 mg/dl",
    ],
    ["no unit", amount({ units: { kg: { ...mgdL, texts: [""] } } }), { value: 20, unit: "kg" }, "20"],
    ["the first word for none", amount({ absent: ["-", "- -"] }), { notCalculable: true }, "-"],
    ["a code", code(), "E01", "E01"],
    ["a text", text(), "a b", "a b"],
    ["a number as text", text(), 12, "12"],
    ["as many as it may be", text({ maxSize: 2 }), "ab", "ab"],
    ["as few as it may be", text({ minSize: 2 }), "ab", "ab"],
    ["a text in its width", text({ width: 4 }), "ab", "ab  "],
    ["UTF-8", text({ charset: "unicode" }), "王%", latin1(new TextEncoder().encode("王%"))],
    ["Latin-1", text({ charset: "latin" }), "37°", "37\xb0"],
    ["GBK", text({ charset: "gbk" }), "王a", latin1(gb18030Bytes("王a"))],
    ["a time", time({ patterns: ["YYMMDDhhmm", "YY/MM/DD hh:mm"] }), "2026-11-22T09:05", "2611220905"],
  ])("%s", (_what, field, value, expected) => {
    expect(textCodec(field).write(value)).toBe(expected);
  });
  test.each<readonly [what: string, field: TextField, value: Value, reason: string]>([
    ["too large for its width", number({ width: 2 }), 123, "123 does not fit in 2 characters"],
    ["a text for a number", number(), "12", '"12" is no number'],
    ["none where no word means it", number(), null, "null is no number"],
    [
      "less than where no text means it",
      number({ unit: "kg" }),
      { value: 1, unit: "kg", comparator: "<" },
      "no text means <1",
    ],
    ["below zero without a sign", number(), -1, "-1 has no sign here"],
    ["a number without a unit", amount(), 12, "12 is no number with a unit"],
    ["none where no word means it", amount(), { notCalculable: true }, "is no number with a unit"],
    ["a unit that is not its own", amount(), { value: 1, unit: "kg" }, "kg is none of its units"],
    ["more than it may be", text({ maxSize: 2 }), "abc", '"abc" does not fit'],
    ["fewer than it may be", text({ minSize: 2 }), "a", '"a" does not fit'],
    ["a character that it does not have", text({ charset: "digits" }), "a", '"a" does not fit'],
    ["a character of four bytes in GBK", text({ charset: "gbk" }), "😀", '"😀" takes 4 bytes'],
    ["a number for a time", time(), 12, "12 is no time"],
  ])("not: %s", (_what, field, value, reason) => {
    expect(() => textCodec(field).write(value)).toThrow(reason);
  });
  test("a time that there is not, as zeros", () => {
    expect(textCodec(time()).write(null)).toBe("0000000000");
  });
});

test.each(["number", "amount", "textCode", "text", "textTime"])("a %s stands in a text", (type) => {
  expect(standsInText({ type })).toBe(true);
});
test("a byte does not stand in a text", () => expect(standsInText({ type: "u8" })).toBe(false));
test("a text is bytes, one a character", () => {
  expect(latin1Bytes("A\xff")).toEqual(Uint8Array.of(0x41, 0xff));
});
