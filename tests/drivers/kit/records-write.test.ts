import { describe, expect, test } from "vitest";
import { encode, type Profile, type Values } from "../../../drivers/kit/index.ts";
import { astmDialect, hl7Dialect, type Dialect } from "../../../drivers/kit/records.ts";
import { resultPlaces } from "../../../drivers/kit/records-place.ts";
import { writeMessage } from "../../../drivers/kit/records-write.ts";
import type { RecordField, RecordsEnvelope, RecordTest } from "../../../drivers/kit/schema-records.ts";
import { analyser } from "./analyser.ts";

/** Messages as a simulated device writes them, record by record. */
const astm: Partial<RecordsEnvelope> = {
  delimiters: "|\\^&",
  group: "order",
  statuses: { accepted: ["F"], cannot: [] },
};
const hl7: Partial<RecordsEnvelope> = { ...astm, delimiters: "|^~\\&" };
type Fields = Readonly<Record<string, RecordField>>;
const fat = (code: string): RecordField => ({
  type: "result",
  codes: [code, "OTHER"],
  units: {
    "mmol/L": { min: 0.1, max: 30, decimals: 2 },
    "mg/dL": { min: 1, max: 900, decimals: 0, texts: ["MG", "mg"] },
  },
});
const write = (
  fields: Fields,
  values: Values,
  says: readonly RecordTest[] = [],
  more: Partial<RecordsEnvelope> = {},
  dialect: Dialect = astmDialect,
): readonly string[] => {
  const envelope = { ...(dialect === hl7Dialect ? hl7 : astm), ...more } as RecordsEnvelope;
  return writeMessage(dialect, envelope, resultPlaces(dialect, envelope), says, fields, values);
};
const cholesterol: Values = { total: { value: 4.8, unit: "mmol/L" } };
const total = { total: fat("CHOL") };

describe("results", () => {
  test("stand below a patient and an order, numbered from one", () => {
    const fields = { ...total, hdl: fat("HDL"), ldl: fat("LDL") };
    expect(write(fields, { ...cholesterol, hdl: null, ldl: { notCalculable: true } })).toEqual([
      "H|\\^&",
      "P|1",
      "O|1",
      "R|1|^^^CHOL|4.80|mmol/L||||F",
      "R|2|^^^LDL|---|||||F",
      "L|1|N",
    ]);
  });
  test("of HL7 have segments, an id and no end", () => {
    expect(write(total, cholesterol, [], {}, hl7Dialect)).toEqual([
      "MSH|^~\\&||||||||1|P",
      "PID|1",
      "SPM|1",
      "OBR|1",
      "OBX|1||CHOL||4.80|mmol/L|||||F",
    ]);
  });
  test("that stand each alone have no order", () => {
    expect(write(total, cholesterol, [], { group: "result" })).toEqual([
      "H|\\^&",
      "R|1|^^^CHOL|4.80|mmol/L||||F",
      "L|1|N",
    ]);
  });
  test.each<readonly [what: string, values: Values]>([
    ["none", {}],
    ["only empty ones", { total: null }],
  ])("there are %s, and no order either", (_what, values) => {
    expect(write(total, values)).toEqual(["H|\\^&", "L|1|N"]);
  });
  test("have the decimals of their unit, and its first name", () => {
    expect(write(total, { total: { value: 181.4, unit: "mg/dL" } })).toContain("R|1|^^^CHOL|181|MG||||F");
  });
  test("beyond what can be told say so in the number and in the flag", () => {
    const line = write(total, { total: { value: 0.5, unit: "mmol/L", comparator: "<" } })[3];
    expect(line).toBe("R|1|^^^CHOL|<0.50|mmol/L||<||F");
  });
  test.each<readonly [what: string, more: Partial<RecordsEnvelope>, line: string]>([
    ["no status where the device has none", { status: "" }, "R|1|^^^CHOL|4.80|mmol/L"],
    [
      "the first of several that count",
      { statuses: { accepted: ["C", "F"], cannot: [] } },
      "R|1|^^^CHOL|4.80|mmol/L||||C",
    ],
    ["an empty one where that counts", { statuses: { accepted: [""], cannot: [] } }, "R|1|^^^CHOL|4.80|mmol/L"],
    ["its code and unit elsewhere", { code: "R-3.1", unit: "R-5.2" }, "R|1|CHOL|4.80|^mmol/L||||F"],
  ])("have %s", (_what, more, line) => {
    expect(write(total, cholesterol, [], more)).toContain(line);
  });
  test("that are no values of their field are a bug", () => {
    expect(() => write({ device: { type: "recordText", at: "H-5" } }, { device: { notCalculable: true } })).toThrow(
      "is no text",
    );
  });
});

describe("what tells a frame", () => {
  test.each<readonly [what: string, says: readonly RecordTest[], lines: readonly string[]]>([
    [
      "is the first of its texts at the first of its places",
      [{ at: ["H-5", "H-6"], is: ["A", "B"] }],
      ["H|\\^&|||A", "L|1|N"],
    ],
    ["is a beginning", [{ at: ["O-3"], starts: ["QC"] }], ["H|\\^&", "O||QC", "L|1|N"]],
    ["is a text before a beginning", [{ at: ["O-3"], starts: ["QC"], is: ["X"] }], ["H|\\^&", "O||X", "L|1|N"]],
    ["is nothing where nothing may stand", [{ at: ["O-3"], is: [""] }], ["H|\\^&", "L|1|N"]],
    ["is nothing where only something has to stand", [{ at: ["O-3"], filled: true }], ["H|\\^&", "L|1|N"]],
    ["is escaped", [{ at: ["H-5"], is: ["a|b"] }], ["H|\\^&|||a&F&b", "L|1|N"]],
    [
      "stands in a component",
      [
        { at: ["H-5.3"], is: ["1.0"] },
        { at: ["H-5"], is: ["A"] },
      ],
      ["H|\\^&|||A^^1.0", "L|1|N"],
    ],
    ["is in no result where there is none", [{ at: ["R-3"], is: ["X"] }], ["H|\\^&", "L|1|N"]],
  ])("%s", (_what, says, lines) => {
    expect(write({}, {}, says)).toEqual(lines);
  });
  test("stands in every result", () => {
    const lines = write({ ...total, hdl: fat("HDL") }, { ...cholesterol, hdl: { value: 1, unit: "mmol/L" } }, [
      { at: ["R-2"], is: ["Q"] },
    ]);
    expect(lines.slice(3, 5)).toEqual(["R|Q|^^^CHOL|4.80|mmol/L||||F", "R|Q|^^^HDL|1.00|mmol/L||||F"]);
  });
});

describe("other fields", () => {
  const flags: RecordField = { type: "marks", at: "O-12", bits: { high: "H", low: "L", odd: "!^" } };
  test.each<readonly [what: string, field: RecordField, value: Values[string], lines: readonly string[]]>([
    [
      "a time",
      { type: "recordTime", from: ["H-14", "H-15"] },
      "2024-03-05T07:29:55",
      ["H|\\^&||||||||||||20240305072955"],
    ],
    ["a text", { type: "recordText", at: "H-5.2" }, "a^b", ["H|\\^&|||^a&S&b"]],
    ["a number for a text", { type: "recordText", at: "H-5" }, 7, ["H|\\^&|||7"]],
    ["a number behind a word", { type: "recordCode", at: "O-3", prefix: "E ", known: [7] }, 7, ["H|\\^&", "O||E 7"]],
    ["marks", flags, { high: true, low: false, odd: true }, ["H|\\^&", "O|||||||||||H\\!&S&"]],
    [
      "marks with their own mark between",
      { ...flags, split: "/" },
      { high: true, low: true },
      ["H|\\^&", "O|||||||||||H/L"],
    ],
    ["no marks", flags, { high: false, low: false, odd: false }, ["H|\\^&"]],
    ["tests that no field has", { type: "unmapped" }, "ALT A^T", ["H|\\^&", "R|1|^^^ALT|1", "R|2|^^^A&S&T|1"]],
    ["nothing", { type: "recordText", at: "H-5" }, null, ["H|\\^&"]],
  ])("%s", (_what, field, value, lines) => {
    expect(write({ field }, { field: value })).toEqual([...lines, "L|1|N"]);
    expect(write({ field }, {})).toEqual(["H|\\^&", "L|1|N"]);
  });
  test("tests that no field has come behind those that one has", () => {
    expect(write({ ...total, rest: { type: "unmapped" } }, { ...cholesterol, rest: "ALT" }).slice(3, 5)).toEqual([
      "R|1|^^^CHOL|4.80|mmol/L||||F",
      "R|2|^^^ALT|1",
    ]);
  });
  test("a comment comes behind the results", () => {
    const lines = write({ ...total, note: { type: "recordText", at: "C-4" } }, { ...cholesterol, note: "x" });
    expect(lines.slice(3)).toEqual(["R|1|^^^CHOL|4.80|mmol/L||||F", "C|||x", "L|1|N"]);
  });
});

describe("a transfer", () => {
  const text = (envelope: object): string => {
    const profile = { ...analyser, envelopes: { host: { ...analyser.envelopes.host, ...envelope } } } as Profile;
    return String.fromCharCode(...encode(profile, "empty", {}));
  };
  test("is the frames between ENQ and EOT", () => {
    expect(text({})).toBe("\x05\x021H|\\^&\r\x03E5\r\n\x022L|1|N\r\x0305\r\n\x04");
  });
  test("may have its header before ENQ", () => {
    expect(text({ headerFirst: true })).toBe("\x021H|\\^&\r\x03E5\r\n\x05\x022L|1|N\r\x0305\r\n\x04");
  });
  test("may be summed in lower case", () => {
    expect(text({ lowerCaseChecksum: true })).toContain("\x03e5");
    expect(text({ lowerCaseChecksum: false })).toContain("\x03E5");
  });
});
