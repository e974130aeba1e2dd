import { describe, expect, test } from "vitest";
import {
  astmDialect,
  delimitersOf,
  escaped,
  hl7Dialect,
  isPrivate,
  parsePlace,
  parseRecord,
  textsAt,
  turned,
  unescaped,
  type Delimiters,
} from "../../../drivers/kit/records.ts";
import { parseMessages, textsIn } from "../../../drivers/kit/records-group.ts";
import { holds, ownDelimiters, partsIn, resultPlaces } from "../../../drivers/kit/records-place.ts";
import { recordTimeOf } from "../../../drivers/kit/records-read.ts";
import { bytesFrom, charsetNamed, textFrom, type Charset } from "../../../drivers/kit/records-text.ts";
import type { RecordsEnvelope, RecordTest } from "../../../drivers/kit/schema-records.ts";

/** Records and segments, piece by piece: delimiters, escapes, places, groups, characters. */
const astm: Delimiters = { field: "|", repeat: "\\", component: "^", escape: "&" };
const hl7: Delimiters = { field: "|", component: "^", repeat: "~", escape: "\\" };

describe("delimiters", () => {
  test("are where the standard declares them", () => {
    expect(delimitersOf(astmDialect, "H|\\^&|||x")).toEqual(astm);
    expect(delimitersOf(hl7Dialect, "MSH|^~\\&|x")).toEqual(hl7);
  });
  test.each([
    ["the header may end with them", "H|\\^&", true],
    ["another record", "P|\\^&|", false],
    ["too few", "H|\\^", false],
    ["one twice", "H|\\\\&|", false],
    ["a letter", "H|A^&|", false],
    ["a digit", "H|1^&|", false],
    ["a point", "H|.^&|", false],
    ["a hyphen", "H-\\^&-", false],
    ["a comparator", "H|<^&|", false],
    ["the other comparator", "H|>^&|", false],
    ["a blank", "H| ^&|", false],
    ["a control character", "H|\x07^&|", false],
    ["a byte above ASCII", "H|\xb0^&|", false],
    ["one more", "H|\\^&x", false],
    ["other marks", "H!~@#!", true],
  ])("%s", (_what, header, are) => {
    expect(delimitersOf(astmDialect, header) !== undefined).toBe(are);
  });
  test("of our own side that cannot be told apart are a bug", () => {
    const own = (delimiters: string): Delimiters => ownDelimiters(astmDialect, { delimiters } as RecordsEnvelope);
    expect(own("|\\^&")).toEqual(astm);
    expect(() => own("||^&")).toThrow("||^& are no four delimiters");
  });
});

describe("a record", () => {
  test("has fields of repeats of components", () => {
    expect(parseRecord(astmDialect, astm, "R|1|a^b\\c|")).toEqual({
      type: "R",
      line: "R|1|a^b\\c|",
      fields: [[["1"]], [["a", "b"], ["c"]], [[""]]],
    });
  });
  test("that is no header has its first field split like the others", () => {
    expect(parseRecord(astmDialect, astm, "O|a^b\\c")?.fields).toEqual([[["a", "b"], ["c"]]]);
  });
  test("that is the header keeps its delimiters unsplit, and nothing else", () => {
    expect(parseRecord(astmDialect, astm, "H|\\^&|a^b")?.fields).toEqual([[["\\^&"]], [["a", "b"]]]);
  });
  test.each(["r|1", "1R|1", "", "|1", "ABCD|1", "R1x|1", " R|1"])("is no record: %j", (line) => {
    expect(parseRecord(astmDialect, astm, line)).toBeUndefined();
  });
  test.each(["R|1", "OBX|1", "PV1|1", "R"])("is one: %j", (line) => {
    expect(parseRecord(astmDialect, astm, line)?.line).toBe(line);
  });
  test("with repeats in components may be turned round", () => {
    const record = parseRecord(astmDialect, astm, "O|1|a\\b^c")!;
    expect(record.fields[1]).toEqual([["a"], ["b", "c"]]);
    expect(turned(astm, record).fields[1]).toEqual([["a\\b", "c"]]);
    expect(turned(astm, record)).toMatchObject({ type: "O", line: "O|1|a\\b^c" });
  });
});

describe("a place", () => {
  test.each([
    ["R-3", { record: "R", field: 3 }],
    ["OBX-3.1", { record: "OBX", field: 3, component: 1 }],
    ["PID", { record: "PID", field: 0 }],
  ])("%s", (text, place) => {
    expect(parsePlace(text)).toStrictEqual(place);
  });
  const texts = (line: string, place: string): readonly string[] =>
    textsAt(astmDialect, astm, parseRecord(astmDialect, astm, line)!, parsePlace(place));
  test.each([
    ["R-2", ["1"]],
    ["R-3", ["a", "c"]],
    ["R-3.1", ["a", "c"]],
    ["R-3.2", ["b", ""]],
    ["R-4", ["x|y"]],
    ["R-9", []],
  ])("%s has its texts, trimmed and unescaped", (place, found) => {
    expect(texts("R|1|a^b\\ c |x&F&y", place)).toEqual(found);
  });
  test("is counted from the first field of its standard", () => {
    const msh = parseRecord(hl7Dialect, hl7, "MSH|^~\\&|LAB")!;
    expect(textsAt(hl7Dialect, hl7, msh, parsePlace("MSH-3"))).toEqual(["LAB"]);
    const obx = parseRecord(hl7Dialect, hl7, "OBX|1|NM")!;
    expect(textsAt(hl7Dialect, hl7, obx, parsePlace("OBX-2"))).toEqual(["NM"]);
  });
  test.each([
    [astmDialect, "P-6", true],
    [astmDialect, "P-6.2", true],
    [astmDialect, "P-2", false],
    [astmDialect, "R-11", true],
    [astmDialect, "R-3", false],
    [hl7Dialect, "PID-5", true],
    [hl7Dialect, "PID", true],
    [hl7Dialect, "OBX-16", true],
    [hl7Dialect, "OBX-5", false],
  ])("%# %s: is a person's is %s", (dialect, place, is) => {
    expect(isPrivate(dialect, place)).toBe(is);
  });
});

describe("escapes", () => {
  test.each([
    ["plain", "plain"],
    ["a&F&b", "a|b"],
    ["a&S&b&R&c&E&d", "a^b\\c&d"],
    ["&F&", "|"],
    ["a&T&b", "a&b"],
    ["a&X41&b", "a&X41&b"],
    ["a&b", "a&b"],
    ["a&F", "a&F"],
    ["a&x&F&b", "a&x|b"],
    ["a&&b", "a&&b"],
  ])("%s is read as %s", (text, plain) => {
    expect(unescaped(astm, text)).toBe(plain);
  });
  test.each(["plain-1.2", "a|b^c\\d&e", "", "|", "a b"])("%s comes back", (text) => {
    expect(unescaped(astm, escaped(astm, text))).toBe(text);
  });
  test("are written only for delimiters", () => {
    expect(escaped(astm, "a|b^c\\d&e f")).toBe("a&F&b&S&c&R&d&E&e f");
    expect(escaped(hl7, "a&b")).toBe("a&b");
  });
});

describe("messages", () => {
  const head = "H|\\^&|||A";
  const end = "L|1|N";
  const groups = (by: "order" | "result", ...lines: readonly string[]): unknown =>
    parseMessages(astmDialect, by, lines.join("\r"))?.map((message) =>
      message.groups.map(({ above, results, comments }) =>
        [...above.values(), ...results, ...comments].map(({ line }) => line.slice(0, 3)).join(" "),
      ),
    );
  test("give each order its results, with what stands above it", () => {
    expect(groups("order", head, "P|1", "O|1", "R|1", "R|2", "O|2", "R|3", end)).toEqual([
      ["H|\\ P|1 O|1 R|1 R|2", "H|\\ P|1 O|2 R|3"],
    ]);
  });
  test("give each result its own group where the table says so", () => {
    expect(groups("result", head, "P|1", "O|1", "R|1", "R|2", end)).toEqual([["H|\\ P|1 O|1 R|1", "H|\\ P|1 O|1 R|2"]]);
  });
  test("keep a comment with the results before it, and the order of one patient from the next", () => {
    expect(groups("order", head, "P|1", "O|1", "R|1", "C|1", "P|2", "R|2", end)).toEqual([
      ["H|\\ P|1 O|1 R|1 C|1", "H|\\ P|2 R|2"],
    ]);
  });
  test("know other records only as what stands above", () => {
    expect(groups("order", head, "M|1", "O|1", "R|1", "M|2", "R|2", end)).toEqual([["H|\\ M|1 O|1 R|1 R|2"]]);
  });
  test("that say nothing of results are whole all the same", () => {
    const [message] = parseMessages(astmDialect, "order", [head, "P|1", "C|1", "C|2", end].join("\r\n"))!;
    expect(message?.groups).toEqual([]);
    expect([...(message?.whole.above.keys() ?? [])]).toEqual(["H", "P", "L"]);
    expect(message?.whole.comments.map(({ line }) => line)).toEqual(["C|1", "C|2"]);
    expect(message?.whole.results).toEqual([]);
  });
  test("may come several in one transfer", () => {
    expect(groups("order", head, "R|1", end, head, "R|2", end)).toEqual([["H|\\ R|1"], ["H|\\ R|2"]]);
    expect(groups("order", head, "R|1", "L", head, "R|2", "L")).toBeUndefined();
  });
  test.each<readonly [what: string, lines: readonly string[]]>([
    ["nothing", []],
    ["no header", ["R|1", end]],
    ["no end", [head, "R|1"]],
    ["something behind the end", [head, "R|1", end, "R|2"]],
    ["a second header", [head, head, end]],
    ["a line that is no record", [head, "r|1", end]],
    ["the second of which is not whole", [head, "R|1", end, head, "R|2"]],
  ])("are none: %s", (_what, lines) => {
    expect(groups("order", ...lines)).toBeUndefined();
  });
  test("of HL7 need no end, and their specimen may come late, once for each group", () => {
    const [message] = parseMessages(
      hl7Dialect,
      "order",
      ["MSH|^~\\&|A", "PID|1", "OBR|1", "OBX|1", "SPM|1", "OBR|2", "OBX|2", "SPM|2"].join("\n"),
    )!;
    expect(message?.groups.map(({ above }) => above.get("SPM")?.line)).toEqual(["SPM|1", "SPM|2"]);
    const [early] = parseMessages(
      hl7Dialect,
      "order",
      ["MSH|^~\\&|A", "SPM|1", "OBR|1", "OBX|1", "SPM|2", "OBR|2", "OBX|2"].join("\r"),
    )!;
    expect(early?.groups.map(({ above }) => above.get("SPM")?.line)).toEqual(["SPM|1", "SPM|2"]);
  });
  test("have texts of all their results and comments, and of the record above", () => {
    const lines = [head, "O|1|x", "R|1|a", "R|2|b", "C|1|c", "C|2|d", end];
    const [group] = parseMessages(astmDialect, "order", lines.join("\r"))![0]!.groups;
    const at = (place: string): readonly string[] => textsIn(astmDialect, astm, group!, parsePlace(place));
    expect([at("R-3"), at("C-3"), at("O-3"), at("P-3")]).toEqual([["a", "b"], ["c", "d"], ["x"], []]);
    expect(partsIn(astmDialect, astm, group!, "O-3", undefined)).toEqual(["x"]);
  });
});

describe("a test of a group", () => {
  const [group] = parseMessages(astmDialect, "order", "H|\\^&\rO|1|P,Q||\rR|1|CHOL\rR|2|TRIG\rL|1|N")![0]!.groups;
  test.each<readonly [what: string, test: RecordTest, holds: boolean]>([
    ["filled", { at: ["O-3"], filled: true }, true],
    ["filled where nothing is", { at: ["O-4"], filled: true }, false],
    ["not filled", { at: ["O-4"], filled: false }, true],
    ["not filled where something is", { at: ["O-3"], filled: false }, false],
    ["one of these", { at: ["O-3"], is: ["X", "P,Q"] }, true],
    ["one of these, apart", { at: ["O-3"], is: ["Q"], split: "," }, true],
    ["one of these, together", { at: ["O-3"], is: ["Q"] }, false],
    ["nothing where nothing is", { at: ["O-4"], is: [""] }, true],
    ["nothing where there is no record", { at: ["P-3"], is: [""] }, true],
    ["something where there is no record", { at: ["P-3"], is: ["P"] }, false],
    ["a beginning", { at: ["R-3"], starts: ["X", "TR"] }, true],
    ["no beginning", { at: ["R-3"], starts: ["RI"] }, false],
    ["one of two places", { at: ["O-4", "R-3"], is: ["CHOL"] }, true],
    ["neither of two places", { at: ["O-4", "R-3"], is: ["HDL"] }, false],
    ["filled and one of these", { at: ["O-3"], filled: true, is: ["X"] }, false],
    ["one of these and a beginning", { at: ["R-3"], is: ["CHOL"], starts: ["X"] }, false],
    ["nothing at all", { at: ["O-3"] }, true],
  ])("%s", (_what, asked, is) => {
    expect(holds(astmDialect, astm, group!, asked)).toBe(is);
  });
});

test("a place is filled where one of several records has something there", () => {
  const [group] = parseMessages(astmDialect, "order", "H|\\^&\rR|1|\rR|2|TRIG\rL|1|N")![0]!.groups;
  expect(holds(astmDialect, astm, group!, { at: ["R-3"], filled: true })).toBe(true);
  expect(holds(astmDialect, astm, group!, { at: ["R-3"], filled: false })).toBe(false);
});

test("the places of a result are the standard's, or the profile's own", () => {
  const places = (envelope: Partial<RecordsEnvelope>): unknown =>
    resultPlaces(astmDialect, envelope as RecordsEnvelope);
  const standard = {
    code: { record: "R", field: 3, component: 4 },
    value: { record: "R", field: 4 },
    unit: { record: "R", field: 5 },
    flags: { record: "R", field: 7 },
    status: { record: "R", field: 9 },
  };
  expect(places({})).toEqual(standard);
  expect(places({ code: "R-3", unit: "R-5.2", status: "R-8" })).toEqual({
    ...standard,
    code: { record: "R", field: 3 },
    unit: { record: "R", field: 5, component: 2 },
    status: { record: "R", field: 8 },
  });
  expect(places({ status: "" })).toEqual({ ...standard, status: undefined });
});

test.each([
  ["20261122090503", "2026-11-22T09:05:03"],
  ["202611220905", "2026-11-22T09:05"],
  ["20261122090503.123+0800", "2026-11-22T09:05:03"],
  ["202611220905+0800", "2026-11-22T09:05"],
  ["2026112209051", null],
  ["202611220905031", null],
  ["20261122", null],
  ["x202611220905", null],
  ["20260230090503", null],
])("the time %s is %s", (text, read) => {
  expect(recordTimeOf(text)).toBe(read);
});

describe("characters", () => {
  const read = (hex: string, charset: Charset): string => textFrom(Uint8Array.from(Buffer.from(hex, "hex")), charset);
  const bad = "\uFFFD";
  test.each<readonly [charset: Charset, hex: string, text: string]>([
    ["ascii", "417e7f", "A~\x7f"],
    ["ascii", "80ff", bad + bad],
    ["latin1", "41b0ff", "A°ÿ"],
    ["latin1", "b5", "μ"],
    ["utf8", "c2b5", "μ"],
    ["utf8", "cebc", "μ"],
    ["utf8", "c280", "\u0080"],
    ["utf8", "dfbf", "\u07ff"],
    ["utf8", "e0a080", "\u0800"],
    ["utf8", "efbfbd", bad],
    ["utf8", "ed9fbf", "\ud7ff"],
    ["utf8", "ee8080", "\ue000"],
    ["utf8", "f0908080", "\u{10000}"],
    ["utf8", "f48fbfbf", "\u{10ffff}"],
    ["utf8", "f4908080", bad.repeat(4)],
    ["utf8", "f5808080", bad.repeat(4)],
    ["utf8", "c1bf", bad.repeat(2)],
    ["utf8", "e09fbf", bad.repeat(3)],
    ["utf8", "f08fbfbf", bad.repeat(4)],
    ["utf8", "eda080", bad.repeat(3)],
    ["utf8", "edbfbf", bad.repeat(3)],
    ["utf8", "80", bad],
    ["utf8", "c2", bad],
    ["utf8", "c241", `${bad}A`],
    ["utf8", "e0a041", `${bad}${bad}A`],
    ["utf8", "e4bda041", "你A"],
    ["gb18030", "a6cc", "μ"],
    ["gb18030", "a6cd41", `${bad}A`],
    ["gb18030", "a7cc41", `${bad}A`],
    ["gb18030", "8140", bad],
    ["gb18030", "817e41", `${bad}A`],
    ["gb18030", "817f", `${bad}\x7f`],
    ["gb18030", "81fe41", `${bad}A`],
    ["gb18030", "81ff41", `${bad}${bad}`],
    ["gb18030", "813f", `${bad}?`],
    ["gb18030", "812f", `${bad}/`],
    ["gb18030", "8130813041", `${bad}A`],
    ["gb18030", "8139813941", `${bad}A`],
    ["gb18030", "81", bad],
  ])("of %s: %s", (charset, hex, text) => {
    expect(read(hex, charset)).toBe(text);
  });
  test.each<readonly [name: string, charset: Charset]>([
    ["UNICODE", "utf8"],
    ["UNICODE UTF-8", "utf8"],
    ["utf8", "utf8"],
    ["UTF-8", "utf8"],
    ["XUTF-8", "ascii"],
    ["UTF-80", "ascii"],
    ["XUNICODE", "ascii"],
    ["UNICODE X", "ascii"],
    ["X GB 18030", "ascii"],
    ["UTF-16", "ascii"],
    ["8859/1", "latin1"],
    ["ISO 8859-1", "latin1"],
    ["ISO8859/1", "latin1"],
    ["8859/15", "ascii"],
    ["X8859/1", "ascii"],
    ["GB 18030-2000", "gb18030"],
    ["GB18030", "gb18030"],
    ["gbk", "gb18030"],
    ["GB2312", "gb18030"],
    ["XGBK", "ascii"],
    ["GBKX", "ascii"],
    ["X GB2312", "ascii"],
  ])("named %s are %s", (name, charset) => {
    expect(charsetNamed(name, "ascii")).toBe(charset);
  });
  test("named ASCII are that, whatever else is agreed", () => {
    expect(charsetNamed("ASCII", "gb18030")).toBe("ascii");
    expect(charsetNamed("XASCII", "gb18030")).toBe("gb18030");
    expect(charsetNamed("ASCIIX", "gb18030")).toBe("gb18030");
  });
  test("are written as ASCII, and nothing else is", () => {
    expect(bytesFrom("A~\x7f")).toEqual(Uint8Array.of(0x41, 0x7e, 0x7f));
    expect(() => bytesFrom("A\x80")).toThrow('"\x80" is not ASCII');
  });
});
