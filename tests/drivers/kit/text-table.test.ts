import { describe, expect, test } from "vitest";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import type { Frame, Profile, Values } from "../../../drivers/kit/index.ts";
import type { TextEnvelope } from "../../../drivers/kit/schema.ts";
import { textKind } from "../../../drivers/kit/text.ts";
import { bytesOf, textOf } from "./speaking.ts";

/** A table of texts: what it writes, what it may say of itself, what it can form, whose bytes a result is kept with. */
const envelopeOf = (more: Partial<TextEnvelope> = {}): TextEnvelope => ({
  kind: "text",
  start: "5b",
  end: ["5d"],
  maxBytes: 256,
  ...more,
});
const digit = { type: "number", width: 1, min: 0, max: 8 } as const;
const text = { type: "text" } as const;
const frameOf = (more: Partial<Frame> = {}): Frame => ({ to: "host", layout: "{n}", fields: { n: digit }, ...more });
const profileOf = (frame: Frame, meaning: object = {}): Profile =>
  ({ frames: { one: frame, two: frame }, meaning, envelopes: { host: envelopeOf() } }) as unknown as Profile;
type Check = NonNullable<TextEnvelope["check"]>;
const checkOf = (more: Partial<Check> = {}): Check => ({
  kind: "sum8",
  form: "hex2",
  from: 1,
  place: "beforeEnd",
  lead: "*",
  ...more,
});

describe("a message is written", () => {
  const write = (envelope: Partial<TextEnvelope>, frame: Partial<Frame> = {}, values: Values = { n: 5 }): string =>
    textOf(textKind.encode(profileOf(frameOf(frame)), envelopeOf(envelope), frameOf(frame), values));
  test.each<readonly [what: string, envelope: Partial<TextEnvelope>, text: string]>([
    ["between its marks", {}, "[5]"],
    ["with the first of its ends", { end: ["0d0a", "0d"] }, "[5\r\n"],
    ["without an end", { end: [], silence: true }, "[5"],
    ["with a check that is none", { check: checkOf({ kind: "none" }) }, "[5]"],
    ["with a check in two digits", { check: checkOf() }, "[5*35]"],
    ["with a check in two digits and a zero", { check: checkOf({ begin: 0xd2 }) }, "[5*07]"],
    ["with a check in upper case", { check: checkOf({ begin: 0xaa }) }, "[5*DF]"],
    ["with a check in a number", { check: checkOf({ form: "decimal" }) }, "[5*53]"],
    ["with a check over everything", { check: checkOf({ from: 0 }) }, "[5*90]"],
    ["with a check without a lead", { check: { kind: "sum8", form: "hex2", from: 1, place: "beforeEnd" } }, "[535]"],
    ["with a check behind its end", { check: { kind: "xor8", form: "byte", from: 1, place: "afterEnd" } }, "[5]h"],
    [
      "with a check of another beginning behind its end",
      { check: { kind: "xor8", form: "byte", from: 1, place: "afterEnd", begin: 1 } },
      "[5]i",
    ],
  ])("%s", (_what, envelope, said) => {
    expect(write(envelope)).toBe(said);
  });
  test("with a check of four digits", () => {
    expect(write({ check: checkOf({ kind: "crc16-modbus", form: "hex4", from: 1 }) })).toMatch(/^\[5\*[0-9A-F]{4}\]$/);
    const zeros = write({ check: checkOf({ kind: "sum8", form: "hex4" }) });
    expect(zeros).toBe("[5*0035]");
  });
  test("as fixed bytes, without marks and check", () => {
    const fixed: Frame = { to: "host", bytes: "0615", fields: {} };
    expect(textOf(textKind.encode(profileOf(fixed), envelopeOf({ check: checkOf() }), fixed, {}))).toBe("\x06\x15");
  });
});

describe("a message is read", () => {
  function read(frame: Frame, stream: string, envelope: Partial<TextEnvelope> = {}): readonly unknown[] {
    const said: unknown[] = [];
    const profile = profileOf(frame);
    const reader = textKind.reader({
      profile,
      side: "host",
      envelope: envelopeOf(envelope),
      table: compileFrames(profile, "host").slice(0, 1),
      sink: {
        frame: (index, values, raw, notes, own) =>
          void said.push([index, values, textOf(raw), notes, own === raw ? "all" : own && textOf(own)]),
        impossible: (index, field, found, values, raw) => void said.push([index, field, found, values, textOf(raw)]),
        discard: (raw, reason) => void said.push([reason, textOf(raw)]),
        reply: () => undefined,
      },
    });
    reader.hear(bytesOf(stream));
    return said;
  }
  const list = frameOf({ layout: "L{+}E", records: "{n}," });
  test("with all its bytes", () => {
    expect(read(frameOf(), "x[5]")).toEqual([
      ["noise", "x"],
      [0, { n: 5 }, "[5]", {}, "all"],
    ]);
  });
  test("of one record with all its bytes", () => {
    expect(read(list, "[L5,E]")).toEqual([[0, { n: 5 }, "[L5,E]", {}, "all"]]);
  });
  test("of several records, each with what stands around all of them", () => {
    expect(read(list, "x[L5,6,7,E]").slice(1)).toEqual([
      [0, { n: 5 }, "[L5,6,7,E]", {}, "[L5,E]"],
      [0, { n: 6 }, "[L5,6,7,E]", {}, "[L6,E]"],
      [0, { n: 7 }, "[L5,6,7,E]", {}, "[L7,E]"],
    ]);
  });
  test("of which the newest cannot be says so; of an older one nothing is said", () => {
    expect(read(list, "[L9,6,9,E]")).toEqual([
      [0, "n", "9", {}, "[L9,6,9,E]"],
      [0, { n: 6 }, "[L9,6,9,E]", {}, "[L6,E]"],
    ]);
  });
  test("of fixed bytes holds nothing", () => {
    expect(read({ to: "host", bytes: "06", fields: {} }, "\x06")).toEqual([[0, {}, "\x06", undefined, undefined]]);
  });
});

describe("a table", () => {
  const problems = (frame: Frame, envelope: Partial<TextEnvelope> = {}, meaning: object = {}): readonly string[] => {
    const said: string[] = [];
    textKind.check(
      profileOf(frame, meaning),
      envelopeOf(envelope),
      "one",
      frame,
      (path, reason) => void said.push(`${path}: ${reason}`),
    );
    return said;
  };
  test.each<readonly [what: string, envelope: Partial<TextEnvelope>, said: readonly string[]]>([
    ["with an end", {}, []],
    ["that ends by silence", { end: [], silence: true }, []],
    ["that never ends", { end: [] }, ["envelopes: a text without an end needs silence"]],
    ["that never ends and says so", { end: [], silence: false }, ["envelopes: a text without an end needs silence"]],
    ["with an end of nothing", { end: ["0d", ""] }, ["envelopes: an end has bytes"]],
    ["with a check that is none and would not fit", { check: checkOf({ kind: "none", form: "byte" }) }, []],
    ["with a check in digits", { check: checkOf() }, []],
    ["with a check in a number", { check: checkOf({ form: "decimal" }) }, []],
    ["with a wide check in a number", { check: checkOf({ kind: "crc16-modbus", form: "decimal" }) }, []],
    ["with a wide check in four digits", { check: checkOf({ kind: "crc16-modbus", form: "hex4" }) }, []],
    [
      "with a wide check in two",
      { check: checkOf({ kind: "crc16-modbus" }) },
      ["envelopes: the check does not fit its form"],
    ],
    [
      "with a narrow check in four digits",
      { check: checkOf({ form: "hex4" }) },
      ["envelopes: the check does not fit its form"],
    ],
    ["with a byte behind the end", { check: checkOf({ form: "byte", place: "afterEnd" }) }, []],
    [
      "with two bytes behind the end",
      { check: checkOf({ kind: "crc16-modbus", form: "byte", place: "afterEnd" }) },
      ["envelopes: the check does not fit its form"],
    ],
    [
      "with digits behind the end",
      { check: checkOf({ place: "afterEnd" }) },
      ["envelopes: a check byte stands behind the end, digits before it"],
    ],
    [
      "with a byte before the end",
      { check: checkOf({ form: "byte" }) },
      ["envelopes: a check byte stands behind the end, digits before it"],
    ],
    ["with a check and no end", { end: [], silence: true, check: checkOf() }, ["envelopes: a check needs an end"]],
  ])("%s", (_what, envelope, said) => {
    expect(problems(frameOf(), envelope)).toEqual(said);
  });

  const pairs = { separator: ",", between: "=", unknown: "note", least: 0 } as const;
  const keyed = { ...digit, key: ["N"] };
  const one = "frames.one";
  test.each<readonly [what: string, frame: Partial<Frame>, said: readonly string[]]>([
    ["one field", {}, []],
    ["a field that may be left out", { layout: "a{[},{n}{]}" }, []],
    ["a field of a record", { layout: "{+}", records: "{n};" }, []],
    ["a field in pairs", { layout: "{*}", pairs, fields: { n: keyed } }, []],
    ["a field nowhere", { layout: "x" }, [`${one}.fields.n: a field stands at exactly one place`]],
    ["a field twice", { layout: "{n}{n}" }, [`${one}.fields.n: a field stands at exactly one place`]],
    [
      "a field in pairs and elsewhere",
      { layout: "{n}{*}", pairs, fields: { n: keyed } },
      [`${one}.fields.n: a field stands at exactly one place`],
    ],
    ["a key without pairs", { layout: "x", fields: { n: keyed } }, [`${one}.fields.n: a key needs pairs`]],
    ["a field that there is not", { layout: "{n}{m}" }, [`${one}.layout: there is no field m`]],
    ["a field in a part that there is not", { layout: "{n}{[},{m}{]}" }, [`${one}.layout: there is no field m`]],
    [
      "a field in a record that there is not",
      { layout: "{n}{+}", records: "{m};" },
      [`${one}.records: there is no field m`],
    ],
    ["a template that is none", { layout: "{n" }, [`${one}.layout: a brace stands alone: write it twice`]],
    ["a number behind an open text", { layout: "{t};{n}", fields: { n: digit, t: text } }, []],
    [
      "a number directly behind it",
      { layout: "{t}{n}", fields: { n: digit, t: text } },
      [`${one}.layout: t has no end: fixed text must stand behind it`],
    ],
    [
      "a number directly behind a part with it",
      { layout: "{[},{t}{]}{n}", fields: { n: digit, t: text } },
      [`${one}.layout: t has no end: fixed text must stand behind it`],
    ],
    ["fixed text behind it in the same part", { layout: "{[},{t};{]}{n}", fields: { n: digit, t: text } }, []],
    ["fixed text behind the part", { layout: "{[},{t}{]};{n}", fields: { n: digit, t: text } }, []],
    [
      "an open text at the end of a record",
      { layout: "{+}", records: "{t}", fields: { t: text } },
      [`${one}: a record ends with fixed text`],
    ],
    [
      "two lists of pairs",
      { layout: "{*}{*}", pairs, fields: { n: keyed } },
      [`${one}.layout: a sign stands here twice`],
    ],
    ["two lists of records", { layout: "{+}{+}", records: "{n};" }, [`${one}.layout: a sign stands here twice`]],
    ["two counts", { layout: "{#}{#1}{+}", records: "{n};" }, [`${one}.layout: a sign stands here twice`]],
    ["pairs without a place", { pairs }, [`${one}: pairs and {*} belong together`]],
    ["a place without pairs", { layout: "{n}{*}" }, [`${one}: pairs and {*} belong together`]],
    ["records without a place", { layout: "x", records: "{n};" }, [`${one}: records and {+} belong together`]],
    ["a place without records", { layout: "{n}{+}" }, [`${one}: records and {+} belong together`]],
    ["a count without records", { layout: "{n}{#}" }, [`${one}: records and {+} belong together`]],
    [
      "pairs in a record",
      { layout: "{+}{*}", records: "{n}{*};", pairs },
      [`${one}.records: a record holds only fields and fixed text`],
    ],
    [
      "records in a record",
      { layout: "{+}", records: "{n}{+};" },
      [`${one}.records: a record holds only fields and fixed text`],
    ],
    [
      "a count in a record",
      { layout: "{+}", records: "{n}{#};" },
      [`${one}.records: a record holds only fields and fixed text`],
    ],
    [
      "keys that end nowhere",
      { layout: "{*}", pairs: { separator: ",", unknown: "note", least: 0 }, fields: { n: keyed } },
      [`${one}.pairs: a key ends at between or after keyWidth`],
    ],
    [
      "keys that end twice",
      { layout: "{*}", pairs: { ...pairs, keyWidth: 1 }, fields: { n: keyed } },
      [`${one}.pairs: a key ends at between or after keyWidth`],
    ],
    ["neither layout nor bytes", { layout: undefined }, [`${one}: a text needs a layout or bytes`]],
    ["fixed bytes", { bytes: "06", layout: undefined, fields: {} }, []],
    ["fixed bytes with a layout", { bytes: "06", fields: {} }, [`${one}: fixed bytes have neither layout nor fields`]],
    [
      "fixed bytes with fields",
      { bytes: "06", layout: undefined },
      [`${one}: fixed bytes have neither layout nor fields`],
    ],
    [
      "a comparator with a unit",
      { fields: { n: { type: "number", min: 0, max: 9, comparators: true, unit: "kg" } } },
      [],
    ],
    [
      "a comparator without a unit",
      { fields: { n: { type: "number", min: 0, max: 9, comparators: true } } },
      [`${one}.fields.n: a comparator needs a unit`],
    ],
    [
      "a word for much without a unit",
      { fields: { n: { ...digit, special: [{ text: "H", comparator: ">", value: 9 }] } } },
      [`${one}.fields.n: a comparator needs a unit`],
    ],
    [
      "a comparator in a width of zeros",
      { fields: { n: { ...digit, unit: "kg", comparators: true } } },
      [`${one}.fields.n: a comparator in a fixed width needs blanks`],
    ],
    ["a comparator in a width of blanks", { fields: { n: { ...digit, unit: "kg", comparators: true, pad: " " } } }, []],
    ["zeros in a width without comparators", { fields: { n: { ...digit, unit: "kg", pad: "0" } } }, []],
  ])("with %s", (_what, frame, said) => {
    expect(problems(frameOf(frame))).toEqual(said);
  });

  const secret = frameOf({ layout: "{id}", fields: { id: { ...text, private: true } } });
  const telling = (field: string): object => ({ kind: "information", about: "it", values: { told: field } });
  test.each<readonly [what: string, meaning: object, said: readonly string[]]>([
    ["nothing", {}, []],
    ["something else", { one: telling("lot") }, []],
    ["a scan", { one: { kind: "scan", text: "id" } }, []],
    ["a card", { one: { kind: "identity", card: { number: "id" } } }, []],
    ["a note", { one: telling("id") }, ["meaning.one: id may name a person: no rule tells it"]],
    [
      "a scan and a note",
      { one: [{ kind: "scan", text: "id" }, telling("id")] },
      ["meaning.one: id may name a person: no rule tells it"],
    ],
    ["the field of that name in another frame", { two: telling("id") }, []],
    [
      "it, carried into another frame",
      { two: telling("one/id") },
      ["meaning.two: id may name a person: no rule tells it"],
    ],
  ])("whose text may name a person tells %s", (_what, meaning, said) => {
    expect(problems(secret, {}, meaning)).toEqual(said);
  });
  test("whose text names nobody may tell it", () => {
    expect(problems(frameOf({ layout: "{id}", fields: { id: text } }), {}, { one: telling("id") })).toEqual([]);
  });
});

describe("bytes that must not be sent", () => {
  const canForm = (frame: Partial<Frame>, at: number, is: string): boolean =>
    textKind.canForm(profileOf(frameOf(frame)), envelopeOf(), frameOf(frame), { at, is });
  test.each<readonly [what: string, frame: Partial<Frame>, at: number, is: string, can: boolean]>([
    ["its mark", { layout: "AB{n}" }, 0, "5b", true],
    ["its mark and fixed text", { layout: "AB{n}" }, 0, "5b4142", true],
    ["fixed text alone", { layout: "AB{n}" }, 1, "4142", true],
    ["other text", { layout: "AB{n}" }, 1, "4143", false],
    ["the same text elsewhere", { layout: "AB{n}" }, 2, "41", false],
    ["anything where a field is", { layout: "AB{n}" }, 3, "ff", true],
    ["text and anything behind it", { layout: "AB{n}" }, 2, "42ff", true],
    ["anything where a field comes first", {}, 1, "ff", true],
    ["text behind a field", { layout: "{n}AB" }, 5, "ff", true],
    ["a text that never varies", { layout: "AB", fields: {} }, 0, "5b41425d", true],
    ["more than a text that never varies", { layout: "AB", fields: {} }, 3, "5d00", false],
    ["fixed bytes", { layout: undefined, bytes: "0615", fields: {} }, 0, "0615", true],
    ["others than fixed bytes", { layout: undefined, bytes: "0615", fields: {} }, 0, "0616", false],
    ["more than fixed bytes", { layout: undefined, bytes: "0615", fields: {} }, 1, "1500", false],
  ])("%s: can be formed is %5$s", (_what, frame, at, is, can) => {
    expect(canForm(frame, at, is)).toBe(can);
  });
});
