import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { checks } from "../../../drivers/kit/checks.ts";
import { decoder, encode, toHex, type Profile } from "../../../drivers/kit/index.ts";
import { about, bytesOf, heard, one, speaking, textOf, type Json } from "./speaking.ts";

const said = (profile: Profile, ...pieces: readonly string[]): readonly Outcome[] =>
  heard(profile, ...pieces).flatMap(({ outcomes }) => outcomes);
const valuesIn = (profile: Profile, ...pieces: readonly string[]): readonly unknown[] =>
  heard(profile, ...pieces).flatMap(({ frame, values }) => (frame === undefined ? [] : [values]));

const written = (profile: Profile, values: Parameters<typeof encode>[2]): string =>
  textOf(encode(profile, "line", values));

describe("a number", () => {
  const weight = (more: Json): Profile => one("{n}", { n: { type: "number", min: 0, max: 999, ...more } });
  test.each([
    ["digits of a fixed width", { width: 3 }, "087", 87],
    ["blanks in front", { width: 3, pad: " " }, " 87", 87],
    ["exact decimals", { decimals: 1 }, "65.4", 65.4],
    ["decimals from and to", { decimals: [0, 2] }, "65.4", 65.4],
    ["a sign before the digits", { sign: "sign", min: -50 }, "-12", -12],
    ["a place for the sign", { sign: "place", pad: " ", decimals: 1, min: -50 }, "-  12.5", -12.5],
    ["a minus before nothing", { sign: "sign", min: -50 }, "-0", 0],
    ["a word for none", { width: 3, absent: ["---"] }, "---", null],
    ["blanks for none", { width: 3, absent: [""] }, "   ", null],
    [
      "a word for much",
      { unit: "mg/dL", special: [{ text: "HI", comparator: ">", value: 600 }] },
      "HI",
      { value: 600, unit: "mg/dL", comparator: ">" },
    ],
    ["a comparator", { unit: "mg/dL", comparators: true }, "< 20", { value: 20, unit: "mg/dL", comparator: "<" }],
  ])("with %s is read", (_name, more, text, value) => {
    expect(valuesIn(weight(more), `[${text}]`)).toEqual([{ n: value }]);
  });
  test.each([
    ["a place too few", { width: 3 }, "87"],
    ["a place too many", { width: 3 }, "0877"],
    ["a letter for a digit", { width: 3 }, "O87"],
    ["a blank that is not declared", { width: 3 }, " 87"],
    ["a lost point", { decimals: 1 }, "654"],
    ["a point that is not declared", {}, "65.4"],
    ["a decimal too many", { decimals: 1 }, "65.44"],
    ["a decimal too few", { decimals: 2 }, "65.4"],
    ["a point and nothing behind it", { decimals: [0, 2] }, "65."],
    ["a sign that is not declared", {}, "-12"],
    ["two signs", { sign: "sign" }, "--1"],
    ["nothing at all", {}, ""],
    ["more digits than any measure", {}, "1234567890"],
    ["a word that is not declared", { width: 3 }, "ERR"],
    ["an exponent", {}, "1e2"],
  ])("with %s refuses the text", (_name, more, text) => {
    expect(said(weight(more), `[${text}]`).map(({ kind }) => kind)).toEqual(["discarded"]);
  });
  test("beyond its limits is a fault, not silence", () => {
    const profile = speaking(
      { start: "5b", end: ["5d"] },
      { line: { to: "host", layout: "{n}", fields: { n: { type: "number", min: 20, max: 600 } } } },
      { line: about("n") },
    );
    expect(said(profile, "[601]")).toEqual([{ kind: "fault", code: "device.outOfRange", detail: "n: 601" }]);
  });
});

describe("a number with its unit behind it", () => {
  const units = {
    "mmol/L": { min: 0.5, max: 30, decimals: 2 },
    "mg/dL": { min: 10, max: 600, decimals: 0, texts: ["mg/dl"] },
  };
  const profile = one("CHOL{_}{n}", { n: { type: "amount", units, absent: ["- -"] } });
  test.each([
    ["CHOL 3.29mmol/L", { value: 3.29, unit: "mmol/L" }],
    ["CHOL   240   mg/dl", { value: 240, unit: "mg/dL" }],
    ["CHOL >600 mg/dl", { value: 600, unit: "mg/dL", comparator: ">" }],
    ["CHOL < 0.50 mmol/L", { value: 0.5, unit: "mmol/L", comparator: "<" }],
    ["CHOL - -", { notCalculable: true }],
  ])("%s", (text, value) => {
    expect(valuesIn(profile, `[${text}]`)).toEqual([{ n: value }]);
  });
  test.each(["CHOL 3.29 g/L", "CHOL 329 mmol/L", "CHOL 3.29", "CHOL 99.00 mmol/L", "CHOL 24.5 mg/dl"])(
    "%s is impossible",
    (text) => {
      expect(said(profile, `[${text}]`)).toMatchObject([{ kind: "fault", code: "device.outOfRange" }]);
    },
  );
});

describe("a time", () => {
  const at = (more: Json): Profile => one("{t}", { t: { type: "textTime", ...more } });
  test.each([
    [["YYMMDDhhmm"], "2411121014", "2024-11-12T10:14"],
    [["MM/DD/YY hh:mm:ss"], "03/21/15 16:45:24", "2015-03-21T16:45:24"],
    [["MON DD YYYY hh:mm"], "Jan  17 2010 00:39", "2010-01-17T00:39"],
    [["MON DD YYYY hh:mm"], "June 17 2010 00:39", "2010-06-17T00:39"],
    [["YYYY-MM-DD(Y-M-D) hh:mm", "DD-MM-YYYY(D-M-Y) hh:mm"], "03-01-2016(D-M-Y) 12:24", "2016-01-03T12:24"],
  ])("%j reads %s", (patterns, text, time) => {
    const profile = at({ patterns });
    expect(valuesIn(profile, `[${text}]`)).toEqual([{ t: time }]);
  });
  test.each(["0000000000", "2413121014", "2402301014", "2411122414"])(
    "%s is no time and costs nothing else",
    (text) => {
      expect(valuesIn(at({ patterns: ["YYMMDDhhmm"] }), `[${text}]`)).toEqual([{ t: null }]);
    },
  );
  test.each(["24111210", "24111210l4", "24-11-12 10:14"])("%s is not this text", (text) => {
    expect(valuesIn(at({ patterns: ["YYMMDDhhmm"] }), `[${text}]`)).toEqual([]);
  });
  test("marks between digits may be any, where the table says so", () => {
    const text = "[26.07-11 09;05]";
    expect(valuesIn(at({ patterns: ["YY/MM/DD/hh:mm"], loose: true }), text)).toEqual([{ t: "2026-07-11T09:05" }]);
    expect(valuesIn(at({ patterns: ["YY/MM/DD/hh:mm"] }), text)).toEqual([]);
  });
});

describe("a layout", () => {
  const number = { type: "number", width: 2, min: 0, max: 99 };
  test("may leave a part out, all of it or nothing", () => {
    const profile = one('{a}{[},"{b}","{c}"{]}, 00', { a: number, b: number, c: number });
    expect(valuesIn(profile, '[01,"02","03", 00]', "[01, 00]")).toEqual([
      { a: 1, b: 2, c: 3 },
      { a: 1, b: null, c: null },
    ]);
    expect(valuesIn(profile, '[01,"02", 00]')).toEqual([]);
    expect(written(profile, { a: 1, b: null, c: null })).toBe("[01, 00]");
  });
  test("takes any marks between groups of digits", () => {
    const profile = one("{a}{~ }{b}", { a: number, b: number });
    expect(valuesIn(profile, "[01 02]", "[01/;02]")).toEqual([
      { a: 1, b: 2 },
      { a: 1, b: 2 },
    ]);
    expect(valuesIn(profile, "[0102]", "[01]")).toEqual([]);
    expect(written(profile, { a: 1, b: 2 })).toBe("[01 02]");
  });
  test("writes braces that are doubled", () => {
    const profile = one("{{{a}}}", { a: number });
    expect(written(profile, { a: 7 })).toBe("[{07}]");
    expect(valuesIn(profile, "[{07}]")).toEqual([{ a: 7 }]);
  });
  test("ends a text before what stands behind it", () => {
    const profile = one("{a};{b}", { a: { type: "text" }, b: { type: "text", private: true } });
    expect(valuesIn(profile, "[x y;z]")).toEqual([{ a: "x y", b: "z" }]);
  });
  test("of fixed size takes no other", () => {
    const profile = one("{a}", { a: { type: "text" } }, { size: 5 });
    expect(valuesIn(profile, "[abc]", "[abcd]", "[ab]")).toEqual([{ a: "abc" }]);
  });
});

describe("keyed pairs", () => {
  const profile = speaking(
    { start: "7b", end: ["0d0a"] },
    {
      line: {
        to: "host",
        layout: "0,{*}",
        pairs: { separator: ",", between: ",", quote: '"', unknown: "note", least: 1 },
        fields: {
          weight: { type: "number", key: ["Wk"], decimals: 1, unit: "kg", min: 2, max: 300 },
          model: { type: "text", key: ["MO"] },
        },
      },
    },
    { line: { kind: "measurement", of: "body", readings: [["body.weight", "weight"]] } },
    { measures: ["body"] },
  );
  test("come in any order, and what nobody knows is a note", () => {
    const told = {
      kind: "measurement",
      of: "body",
      readings: [{ quantity: "body.weight", value: 82.7, unit: "kg" }],
      doubts: [],
      notes: { ZF: "369.4" },
    };
    expect(said(profile, '{0,MO,"SC,240",ZF,369.4,Wk,82.7\r\n')).toEqual([told]);
    expect(said(profile, '{0,Wk,82.7,ZF,369.4,MO,"SC-240"\r\n')).toEqual([told]);
  });
  test.each([
    ["a key twice", "{0,Wk,82.7,Wk,82.8\r\n"],
    ["an unknown key twice", "{0,Wk,82.7,ZF,1,ZF,2\r\n"],
    ["a key without a value", "{0,Wk,82.7,ZF\r\n"],
    ["a text without quotes", "{0,Wk,82.7,MO,SC-240\r\n"],
    ["a number in quotes", '{0,Wk,"82.7"\r\n'],
    ["a quote that does not end", '{0,Wk,82.7,MO,"SC-240\r\n'],
    ["no number at all", '{0,MO,"SC-240"\r\n'],
    ["something behind a number", "{0,Wk,82.7x\r\n"],
  ])("with %s refuse the text", (_name, line) => {
    expect(said(profile, line).map(({ kind }) => kind)).toEqual(["discarded"]);
  });
});

describe("records", () => {
  const profile = speaking(
    {
      start: "26",
      end: ["0d"],
      check: { kind: "crc16-modbus", form: "decimal", from: 0, place: "beforeEnd", lead: "\x06" },
    },
    {
      dump: {
        to: "host",
        layout: "DZ {#} \x1e{+}",
        records: "{n} \x1e",
        fields: { n: { type: "number", min: 20, max: 600 } },
      },
    },
    { dump: about("n") },
  );
  const message = (body: string): string => {
    const bytes = bytesOf(body);
    return `${body}\x06${checks["crc16-modbus"].extend(0xffff, bytes, 0, bytes.length)}\r`;
  };
  test("come together, each kept with what stands around all of them", () => {
    const [, check] = message("&DZ 2 \x1e100 \x1e101 \x1e").split("\x06");
    const [dump, ...rest] = heard(profile, message("&DZ 2 \x1e100 \x1e101 \x1e"));
    expect(rest).toEqual([]);
    expect(dump?.outcomes).toMatchObject([{ values: { n: 100 } }, { values: { n: 101 } }]);
    expect([...(dump?.own?.values() ?? [])].map(textOf)).toEqual([
      `&DZ 2 \x1e100 \x1e\x06${check ?? ""}`,
      `&DZ 2 \x1e101 \x1e\x06${check ?? ""}`,
    ]);
  });
  test("of which an older one cannot be say nothing of it", () => {
    expect(said(profile, message("&DZ 2 \x1e101 \x1e9 \x1e"))).toMatchObject([
      { kind: "information", values: { n: 101 } },
    ]);
  });
  test("of which the newest cannot be say so, and keep the others", () => {
    expect(said(profile, message("&DZ 2 \x1e9 \x1e101 \x1e"))).toMatchObject([
      { kind: "fault", code: "device.outOfRange" },
      { kind: "information", values: { n: 101 } },
    ]);
  });
  test.each(["&DZ 3 \x1e100 \x1e101 \x1e", "&DZ 1 \x1e100 \x1e101 \x1e", "&DZ 0 \x1e", "&DZ 2 \x1e100 \x1e10x \x1e"])(
    "%j is refused whole",
    (body) => {
      expect(said(profile, message(body)).map(({ kind }) => kind)).toEqual(["discarded"]);
    },
  );
  test.each([
    ["a wrong check", "&DZ 1 \x1e100 \x1e\x0612345\r"],
    ["a check with a zero in front", message("&DZ 1 \x1e100 \x1e").replace("\x06", "\x060")],
    ["no check", "&DZ 1 \x1e100 \x1e\r"],
  ])("with %s are refused", (_name, text) => {
    expect(said(profile, text)).toMatchObject([{ kind: "discarded", reason: "checksum" }]);
  });
});

describe("the line", () => {
  const lines = speaking(
    { start: "", end: ["0d", "0d0a"], maxBytes: 32 },
    { line: { to: "host", layout: "v={n}", fields: { n: { type: "number", width: 3, min: 0, max: 999 } } } },
    { line: about("n") },
  );
  test("is the same however it is cut, and CR LF is one end", () => {
    const stream = "v=001\r\nv=002\rv=003\r\n";
    const whole = heard(lines, stream);
    expect(whole.map(({ raw }) => textOf(raw))).toEqual(["v=001\r\n", "v=002\r", "v=003\r\n"]);
    expect(heard(lines, ...Array.from(stream))).toEqual(whole);
  });
  test("begins anew behind noise, one byte at a time", () => {
    expect(valuesIn(lines, "v=0v=00v=007\r")).toEqual([{ n: 7 }]);
  });
  test.each([0x00, 0x07, 0x1b, 0x7f, 0x80, 0xff])("with the byte %i in it is refused", (byte) => {
    expect(valuesIn(lines, `v=0${String.fromCharCode(byte)}07\r`)).toEqual([]);
  });
  test("gives a message up at once where a byte stands that no text holds", () => {
    const device = decoder(lines);
    expect(device.hear(bytesOf("v=0\x00"))).toMatchObject([{ kind: "discarded" }]);
    expect(device.pending()).toBe(0);
  });
  test("holds no more than a message and a portion, and gives every byte back", () => {
    const device = decoder(lines);
    const given = device
      .hear(bytesOf("x".repeat(100_000)))
      .flatMap((each) => (each.kind === "discarded" ? [each.bytes.length] : []));
    expect(device.pending()).toBeLessThanOrEqual(32);
    expect(given.reduce((sum, size) => sum + size, 0) + device.pending()).toBe(100_000);
  });
  test("that falls silent in a message is incomplete", () => {
    expect(said(lines, "v=00")).toMatchObject([{ kind: "discarded", reason: "incomplete" }]);
  });
  test("that ends nothing but by silence is a message all the same, where the table says so", () => {
    const scanner = speaking(
      { start: "", end: ["0d"], silence: true },
      { code: { to: "host", layout: "{text}", fields: { text: { type: "text", minSize: 1, private: true } } } },
      { code: { kind: "scan", text: "text" } },
    );
    expect(said(scanner, "ABC")).toEqual([{ kind: "scan", text: "ABC" }]);
  });
  test("with a check behind its end does not end before it", () => {
    const checked = speaking(
      { start: "02", end: ["03"], check: { kind: "xor8", form: "byte", from: 0, place: "afterEnd" } },
      {
        line: { to: "host", layout: "{n}", fields: { n: { type: "number", width: 2, min: 0, max: 99 } } },
        ack: { to: "host", bytes: "0206", fields: {} },
      },
      { line: about("n"), ack: { kind: "information", about: "ack", values: {}, link: true } },
    );
    // 02 ^ 30 ^ 32 ^ 03 = 03: the check is an ETX itself.
    expect(toHex(encode(checked, "line", { n: 2 }))).toBe("0230320303");
    expect(decoder(checked).hearFrames(bytesOf("\x0202\x03"))).toEqual([]);
    expect(valuesIn(checked, "\x0202\x03\x03", "\x0202\x03\x02", "\x02\x06")).toEqual([{ n: 2 }, {}]);
  });
});

describe("a table is refused", () => {
  const number = { type: "number", min: 0, max: 9 };
  const text = { type: "text" };
  const refused =
    (frame: Json, meaning: Json = about(), host: Json = { start: "5b", end: ["5d"] }): (() => void) =>
    () =>
      void speaking(host, { line: { to: "host", ...frame } }, { line: meaning });
  test.each([
    ["a field that stands nowhere", refused({ layout: "x", fields: { n: number } }), "exactly one place"],
    ["a field that stands twice", refused({ layout: "{n}{n}", fields: { n: number } }), "exactly one place"],
    ["a name without a field", refused({ layout: "{n}", fields: {} }), "there is no field n"],
    ["a lone brace", refused({ layout: "{", fields: {} }), "write it twice"],
    ["a sign that means nothing", refused({ layout: "{!}", fields: {} }), "means nothing"],
    [
      "a part that may be left out and begins with a field",
      refused({ layout: "{[}{n}{]}", fields: { n: number } }),
      "begins with fixed text",
    ],
    ["an open text before an open text", refused({ layout: "{a}{b}", fields: { a: text, b: text } }), "has no end"],
    [
      "pairs without a place",
      refused({ layout: "x", pairs: { separator: ",", between: "=", unknown: "note", least: 0 }, fields: {} }),
      "belong together",
    ],
    ["records without a place", refused({ layout: "x", records: "y", fields: {} }), "belong together"],
    [
      "a comparator without a unit",
      refused({ layout: "{n}", fields: { n: { ...number, comparators: true } } }),
      "needs a unit",
    ],
    ["fixed bytes with fields", refused({ bytes: "06", fields: { n: number } }), "neither layout nor fields"],
    ["neither layout nor bytes", refused({ fields: {} }), "needs a layout"],
    ["no end and no silence", refused({ layout: "x", fields: {} }, about(), { start: "5b", end: [] }), "needs silence"],
    [
      "a rule that tells what may name a person",
      refused({ layout: "{id}", fields: { id: { ...text, private: true } } }, about("id")),
      "may name a person",
    ],
    [
      "a binary field",
      refused({ layout: "x", fields: { n: { type: "u8", at: 0, min: 0, max: 9 } } }),
      "does not stand in a text frame",
    ],
  ])("for %s", (_name, make, reason) => {
    expect(make).toThrow(reason);
  });
});
