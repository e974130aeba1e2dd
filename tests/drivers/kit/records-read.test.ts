import { describe, expect, test } from "vitest";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import { checkProfile, type Values } from "../../../drivers/kit/index.ts";
import { astmDialect } from "../../../drivers/kit/records.ts";
import { createMessageReader, type RecordPiece } from "../../../drivers/kit/records-frame.ts";
import type { RecordsEnvelope } from "../../../drivers/kit/schema-records.ts";
import { analyser } from "./analyser.ts";
import { changed, type Changes } from "./changed.ts";

/** Groups of records become the frames of a table: which frame, which values, whose bytes. */
interface Read {
  readonly frame?: string;
  readonly values?: Values;
  readonly impossible?: readonly [field: string, raw: string];
  readonly discarded?: string;
  readonly raw?: string;
  readonly own?: string;
}
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

function read(changes: Changes, text: string, pieces?: readonly RecordPiece[]): readonly Read[] {
  const checked = checkProfile(changed(analyser, changes));
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const table = compileFrames(checked.profile, "host");
  const found: Read[] = [];
  const reader = createMessageReader(astmDialect, checked.profile.envelopes.host as RecordsEnvelope, table, {
    frame: (index, values, raw, _link, own) =>
      void found.push({
        frame: table[index]!.name,
        values,
        raw: textOf(raw),
        ...(own === undefined ? {} : { own: textOf(own) }),
      }),
    impossible: (index, field, raw, values) =>
      void found.push({ frame: table[index]!.name, values, impossible: [field, raw] }),
    discard: (raw, discarded) => void found.push({ discarded, raw: textOf(raw) }),
    reply: () => {
      throw new Error("a reader of messages answers nobody");
    },
  });
  reader(text, ascii(text), pieces);
  return found;
}

const head = "H|\\^&|||A||||||||P";
const end = "L|1|N";
const message = (...lines: readonly string[]): string => [head, "P|1", "O|1", ...lines, end].join("\r");
/** Two fields in the place of the analyser's; the rest of it stands. */
const fat = { type: "result", codes: ["CHOL", "TC"], units: { "mmol/L": { min: 0.1, max: 30, decimals: 2 } } };
const only = (fields: Readonly<Record<string, unknown>>): Changes => ({
  "frames.control": undefined,
  "meaning.control": undefined,
  "frames.result": { to: "host", fields: { total: fat, ...fields } },
  "meaning.result": { kind: "information", about: "result", values: {} },
  "simulate.press": undefined,
  measures: [],
});
const valuesOf = (changes: Changes, ...lines: readonly string[]): Values | undefined =>
  read(changes, message(...lines))[0]?.values;

describe("a result", () => {
  const total = (record: string, changes: Changes = {}): unknown => {
    const [first] = read({ ...only({}), ...changes }, message(record));
    return first?.impossible ?? first?.values?.["total"];
  };
  const number = (value: number): unknown => ({ value, unit: "mmol/L" });
  test.each<readonly [what: string, record: string, value: unknown]>([
    ["is a number in its unit", "R|1|^^^CHOL|4.81|mmol/L||N||F", number(4.81)],
    ["may have another of its codes", "R|1|^^^TC|4.81|mmol/L||N||F", number(4.81)],
    ["of another test is none", "R|1|^^^TRIG|4.81|mmol/L||N||F", null],
    ["without a code is none", "R|1||4.81|mmol/L||N||F", null],
    ["may lie below", "R|1|^^^CHOL|<0.5|mmol/L||N||F", { value: 0.5, unit: "mmol/L", comparator: "<" }],
    ["may lie above, a blank between", "R|1|^^^CHOL|> 20|mmol/L||N||F", { value: 20, unit: "mmol/L", comparator: ">" }],
    ["may lie below by its flag", "R|1|^^^CHOL|0.5|mmol/L||<||F", { value: 0.5, unit: "mmol/L", comparator: "<" }],
    ["may lie above by its flag", "R|1|^^^CHOL|20|mmol/L||>||F", { value: 20, unit: "mmol/L", comparator: ">" }],
    ["may say so twice", "R|1|^^^CHOL|<0.5|mmol/L||<||F", { value: 0.5, unit: "mmol/L", comparator: "<" }],
    ["cannot lie on both sides", "R|1|^^^CHOL|<0.5|mmol/L||>||F", ["total", "><0.5 mmol/L"]],
    ["cannot lie on both sides by its flags", "R|1|^^^CHOL|0.5|mmol/L||<\\>||F", ["total", "<>0.5 mmol/L"]],
    [
      "may have its operator as a component",
      "R|1|^^^CHOL|<^0.5|mmol/L||||F",
      { value: 0.5, unit: "mmol/L", comparator: "<" },
    ],
    ["that was not calculated is no number", "R|1|^^^CHOL|---|mmol/L||||F", { notCalculable: true }],
    ["may be its smallest", "R|1|^^^CHOL|0.1|mmol/L||||F", number(0.1)],
    ["may be its largest", "R|1|^^^CHOL|30|mmol/L||||F", number(30)],
    ["cannot be less", "R|1|^^^CHOL|0.09|mmol/L||||F", ["total", "0.09 mmol/L"]],
    ["cannot be more", "R|1|^^^CHOL|30.1|mmol/L||||F", ["total", "30.1 mmol/L"]],
    ["has no other unit", "R|1|^^^CHOL|181|mg/dL||||F", ["total", "181 mg/dL"]],
    ["has a unit", "R|1|^^^CHOL|4.81|||||F", ["total", "4.81 "]],
    ["has no letters", "R|1|^^^CHOL|4.81x|mmol/L||||F", ["total", "4.81x mmol/L"]],
    ["has nothing before it", "R|1|^^^CHOL|-4.81|mmol/L||||F", ["total", "-4.81 mmol/L"]],
    ["is ignored while it is preliminary", "R|1|^^^CHOL|4.81|mmol/L||||P", null],
    ["that cannot be done is no number", "R|1|^^^CHOL|4.81|mmol/L||||X", { notCalculable: true }],
  ])("%s", (_what, record, value) => {
    expect(total(record)).toEqual(value);
  });
  test.each<readonly [what: string, changes: Changes, record: string, value: unknown]>([
    [
      "flags may share their field",
      { "envelopes.host.flagSplit": "," },
      "R|1|^^^CHOL|0.5|mmol/L||N,<||F",
      { value: 0.5, unit: "mmol/L", comparator: "<" },
    ],
    ["no flags share it otherwise", {}, "R|1|^^^CHOL|0.5|mmol/L||N,<||F", number(0.5)],
    [
      "no status is an accepted one where the device has none",
      { "envelopes.host.status": "" },
      "R|1|^^^CHOL|0.5|mmol/L",
      number(0.5),
    ],
    ["nothing is the status otherwise", {}, "R|1|^^^CHOL|0.5|mmol/L", null],
    [
      "a unit is read as the device writes it",
      { "frames.result.fields.total.units.mmol/L.texts": ["mM", "MMOL"] },
      "R|1|^^^CHOL|0.5|MMOL||||F",
      number(0.5),
    ],
    [
      "a unit has no other name then",
      { "frames.result.fields.total.units.mmol/L.texts": ["mM"] },
      "R|1|^^^CHOL|0.5|mmol/L||||F",
      ["total", "0.5 mmol/L"],
    ],
    [
      "of two units each has its limits",
      { "frames.result.fields.total.units.mg/dL": { min: 31, max: 900, decimals: 0 } },
      "R|1|^^^CHOL|181|mg/dL||||F",
      { value: 181, unit: "mg/dL" },
    ],
  ])("%s", (_what, changes, record, value) => {
    expect(total(record, changes)).toEqual(value);
  });
  test("that is there twice counts for nothing, and both are said", () => {
    const twice = message("R|1|^^^CHOL|4.8|mmol/L||||F", "R|2|^^^TC|4.9|mmol/L||||F");
    expect(read(only({}), twice)).toMatchObject([{ impossible: ["total", "4.8, 4.9"], values: { total: null } }]);
  });
  test("that is final counts, whatever came before", () => {
    const values = valuesOf(only({}), "R|1|^^^CHOL|4.8|mmol/L||||P", "R|2|^^^CHOL|4.9|mmol/L||||F");
    expect(values).toEqual({ total: { value: 4.9, unit: "mmol/L" } });
  });
  test("that cannot be is told once, the first of them", () => {
    const changes = only({ hdl: { ...fat, codes: ["HDL"] } });
    expect(read(changes, message("R|1|^^^CHOL|99|mmol/L||||F", "R|2|^^^HDL|98|mmol/L||||F"))).toMatchObject([
      { impossible: ["total", "99 mmol/L"] },
    ]);
    expect(read(changes, message("R|1|^^^CHOL|4|mmol/L||||F", "R|2|^^^HDL|98|mmol/L||||F"))).toMatchObject([
      { impossible: ["hdl", "98 mmol/L"], values: { total: { value: 4, unit: "mmol/L" } } },
    ]);
  });
});

describe("other fields", () => {
  const chol = "R|1|^^^CHOL|4.81|mmol/L||||F||||20240305072955";
  test.each<
    readonly [what: string, field: Readonly<Record<string, unknown>>, lines: readonly string[], value: unknown]
  >([
    ["a time", { type: "recordTime", from: ["R-13"] }, [chol], "2024-03-05T07:29:55"],
    [
      "a time at the first place that has one",
      { type: "recordTime", from: ["R-12", "R-5", "R-13"] },
      [chol],
      "2024-03-05T07:29:55",
    ],
    ["no time", { type: "recordTime", from: ["R-12", "R-5"] }, [chol], null],
    ["a text", { type: "recordText", at: "H-5" }, [chol], "A"],
    [
      "a text of the first record that has one",
      { type: "recordText", at: "R-14" },
      [chol, "R|2|^^^HDL|1|mmol/L||||F|||||s1"],
      "s1",
    ],
    ["no text", { type: "recordText", at: "H-6" }, [chol], null],
    [
      "a text where repeats stand in components",
      { type: "recordText", at: "M-3.2", nested: true },
      ["M|1|p^1\\2^s", chol],
      "1\\2",
    ],
    ["the same text where they do not", { type: "recordText", at: "M-3.2" }, ["M|1|p^1\\2^s", chol], "1"],
    [
      "no text where repeats stand in components",
      { type: "recordText", at: "M-4", nested: true },
      ["M|1|p", chol],
      null,
    ],
    ["no text of no record", { type: "recordText", at: "M-4", nested: true }, [chol], null],
    ["a number behind a word", { type: "recordCode", at: "M-3", prefix: "E ", known: [7] }, ["M|1|E 407", chol], 407],
    [
      "a number behind a word that is not the first text",
      { type: "recordCode", at: "M-3", prefix: "E ", known: [7] },
      ["M|1|x\\E 4", chol],
      4,
    ],
    [
      "no number behind another word",
      { type: "recordCode", at: "M-3", prefix: "E ", known: [7] },
      ["M|1|W 7E ", chol],
      null,
    ],
    ["no number behind it", { type: "recordCode", at: "M-3", prefix: "E ", known: [7] }, ["M|1|E x7", chol], null],
    [
      "something behind the number",
      { type: "recordCode", at: "M-3", prefix: "E ", known: [7] },
      ["M|1|E 7x", chol],
      null,
    ],
    [
      "a number too long",
      { type: "recordCode", at: "M-3", prefix: "E ", known: [7] },
      ["M|1|E 1234567890", chol],
      null,
    ],
    [
      "marks",
      { type: "marks", at: "R-7", bits: { high: "H", odd: "!" } },
      ["R|1|^^^CHOL|4|mmol/L||H||F"],
      { high: true, odd: false },
    ],
    [
      "marks of several results",
      { type: "marks", at: "R-7", bits: { high: "H", odd: "!" } },
      ["R|1|^^^HDL|4|mmol/L||H||F", "R|2|^^^CHOL|4|mmol/L||!||F"],
      { high: true, odd: true },
    ],
    [
      "marks that share their field",
      { type: "marks", at: "R-7", split: "/", bits: { high: "H", odd: "!" } },
      ["R|1|^^^CHOL|4|mmol/L||X/!||F"],
      { high: false, odd: true },
    ],
    [
      "tests that no field has",
      { type: "unmapped" },
      [chol, "R|2|^^^ALT|1|U/L||||F", "R|3|^^^AST|1|U/L||||F"],
      "ALT AST",
    ],
    ["no tests that no field has", { type: "unmapped" }, [chol, "R|2||1|U/L||||F"], null],
  ])("%s", (_what, field, lines, value) => {
    expect(valuesOf(only({ field }), ...lines)?.["field"]).toEqual(value);
  });
});

describe("a frame", () => {
  const chol = "R|1|^^^CHOL|4.81|mmol/L||||F";
  const names = (changes: Changes, ...lines: readonly string[]): readonly unknown[] =>
    read(changes, message(...lines)).map(({ frame, discarded }) => frame ?? discarded);
  const more = (fields: unknown, says?: unknown): Changes => ({
    ...only({}),
    frames: {
      more: { to: "host", fields, ...(says === undefined ? {} : { says }) },
      result: { to: "host", fields: { total: fat } },
      empty: { to: "host", fields: {} },
    },
    "meaning.more": { kind: "information", about: "more", values: {} },
  });
  const needed = more({ hdl: { ...fat, codes: ["HDL", "HDLC"], required: true } });
  const error = (required: boolean): unknown => ({ type: "recordCode", at: "M-3", prefix: "E ", known: [7], required });
  test.each<readonly [what: string, changes: Changes, lines: readonly string[], frames: readonly string[]]>([
    ["takes results", needed, [chol], ["result"]],
    ["takes nothing where there is no result", needed, [], ["empty"]],
    ["with what it must have takes them", needed, [chol, "R|2|^^^HDLC|1|mmol/L||||F"], ["more"]],
    [
      "with a code that it must have",
      more({ error: error(true), rest: { type: "unmapped" } }),
      ["M|1|x\\E 1", chol],
      ["more"],
    ],
    [
      "without the code that it must have",
      more({ error: error(true), rest: { type: "unmapped" } }),
      ["M|1|XE ", chol],
      ["result"],
    ],
    [
      "with a code that it need not have",
      more({ error: error(false), rest: { type: "unmapped" } }, [{ at: ["H-5"], is: ["A"] }]),
      [chol],
      ["more"],
    ],
    ["with a test that holds", more({ rest: { type: "unmapped" } }, [{ at: ["H-5"], is: ["A"] }]), [chol], ["more"]],
    [
      "with a test that does not hold",
      more({ rest: { type: "unmapped" } }, [{ at: ["H-5"], is: ["B"] }]),
      [chol],
      ["result"],
    ],
    [
      "with two tests of which one does not hold",
      more({ rest: { type: "unmapped" } }, [
        { at: ["H-5"], is: ["A"] },
        { at: ["H-5"], is: ["B"] },
      ]),
      [chol],
      ["result"],
    ],
  ])("%s", (_what, changes, lines, frames) => {
    expect(names(changes, ...lines)).toEqual(frames);
  });
  test("there is none for a sound message of somebody else", () => {
    const changes = { ...only({}), "frames.result.says": [{ at: ["H-5"], is: ["B"] }] };
    expect(read(changes, message(chol))).toEqual([{ discarded: "value", raw: message(chol) }]);
  });
  test("there is none for half a message", () => {
    const half = `${head}\r${chol}`;
    expect(read(only({}), half)).toEqual([{ discarded: "incomplete", raw: half }]);
  });
  test("of a field that stands in no record is a bug", () => {
    const frame = { to: "host", fields: { text: { type: "ascii", at: 0, size: 2 } } } as const;
    const table = compileFrames({ ...analyser, frames: { odd: frame } }, "host");
    const sink = { frame: () => {}, impossible: () => {}, discard: () => {}, reply: () => {} };
    const make = (): unknown =>
      createMessageReader(astmDialect, analyser.envelopes.host as RecordsEnvelope, table, sink);
    expect(make).toThrow("a ascii field does not stand in a record");
  });
});

describe("several groups in one message", () => {
  const once = only({
    device: { type: "recordText", at: "H-5", once: true },
    again: { type: "recordText", at: "H-5", once: false },
  });
  const lines = [head, "P|1", "O|1", "R|1|^^^CHOL|1|mmol/L||||F", "O|2", "R|2|^^^CHOL|2|mmol/L||||F", "C|1|note", end];
  const total = (value: number): unknown => ({ value, unit: "mmol/L" });
  const pieces = lines.map((line, i) => ({ text: `${line}\r`, raw: ascii(`<${i}>`) }));
  const owns = (own: readonly RecordPiece[], changes: Changes = once, text = lines.join("\r")): readonly unknown[] =>
    read(changes, text, own).map((each) => each.own ?? each.discarded);

  test("are frames, and the first says what is said once", () => {
    expect(read(once, lines.join("\r")).map(({ values }) => values)).toEqual([
      { total: total(1), device: "A", again: "A" },
      { total: total(2), device: null, again: "A" },
    ]);
  });
  test("of which the first is nobody's: the second says what is said once", () => {
    const second = { ...once, "frames.result.says": [{ at: ["O-2"], is: ["2"] }] };
    expect(read(second, lines.join("\r")).map(({ values }) => values)).toEqual([
      { total: total(2), device: "A", again: "A" },
    ]);
  });
  test("each have the bytes of the pieces that they stand in", () => {
    expect(owns(pieces)).toEqual(["<0><1><2><3>", "<0><1><4><5><6>"]);
  });
  test("that stand in one piece have all of it", () => {
    expect(owns([{ text: lines.join("\r\n"), raw: ascii("all") }])).toEqual(["all", "all"]);
  });
  test("of which a record stands in no piece alone have no bytes of their own", () => {
    const cut = pieces.map((piece, i) => (i === 5 ? { ...piece, text: "R|2" } : piece));
    expect(owns(cut)).toEqual(["<0><1><2><3>", undefined]);
  });
  test("come from no pieces where there are none", () => {
    expect(owns([])).toEqual([undefined, undefined]);
  });
  test("one alone has the bytes of the message", () => {
    const alone = [...lines.slice(0, 4), end];
    expect(owns(pieces, once, alone.join("\r"))).toEqual([undefined]);
  });
  test("may be those of two messages", () => {
    const both = [...lines.slice(0, 4), end, ...lines.slice(0, 4), end].join("\r");
    expect(owns(pieces, once, both)).toEqual(["<0><1><2><3>", "<0><1><2><3>"]);
    expect(read(once, both).map(({ values }) => values?.["device"])).toEqual(["A", "A"]);
  });
});
