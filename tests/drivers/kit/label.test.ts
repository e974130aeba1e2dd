import { describe, expect, test } from "vitest";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import type { Field, Frame, Profile, Values } from "../../../drivers/kit/index.ts";
import { labelKind } from "../../../drivers/kit/label.ts";
import type { LabelEnvelope } from "../../../drivers/kit/schema.ts";
import { bytesOf, textOf } from "./speaking.ts";

/** A printer's label as a stream: there is no check, so everything must be exactly as a printer is told it. */
const envelope: LabelEnvelope = {
  kind: "label",
  drop: [0],
  start: "0a4e0a",
  row: { head: "A", yDigits: 3, tail: ",", firstY: 10, stepY: 10 },
  print: "P1",
  clear: { rows: 2, blanks: 3 },
  end: "0a4e0a",
  maxBytes: 250,
};
const absent = "----";
const fields: Readonly<Record<string, Field>> = {
  serial: { type: "row", y: 10, caption: "SN", required: true },
  time: { type: "rowTime", dateY: 20, timeY: 30, caption: "" },
  note: { type: "row", y: 40, caption: "ID", required: false },
  total: {
    type: "analyte",
    names: ["CHOL", "T CHOL"],
    units: { "mmol/L": { min: 0.5, max: 20, decimals: 2 }, "mg/dL": { min: 19, max: 774, decimals: 0 } },
    absent,
  },
  ratio: { type: "analyte", names: ["TC/HDL"], units: { "1": { min: 0.5, max: 50, decimals: 1 } }, absent },
};
const profileOf = (more: Partial<Frame> = {}): Profile =>
  ({ frames: { label: { to: "host", fields, ...more } }, envelopes: { host: envelope } }) as unknown as Profile;

const row = (y: number, text: string): string => `A${String(y).padStart(3, "0")},"${text}"\n`;
const fixed = ["SN: 12-a", "DATE: 2026 11 22", "TIME: 09:05", "ID: nurse"];
const labelOf = (...rows: readonly string[]): string =>
  [
    "\nN\n",
    ...rows.map((text, i) => row(10 * (i + 1), text)),
    "P1\n",
    "\nN\n",
    row(10, "   "),
    row(20, "   "),
    "\nN\n",
  ].join("");
const resultRow = (text: string): string => labelOf(...fixed, text);
const whole = resultRow("CHOL: 4.81 mmol/L");
const mmolL = (value: number) => ({ value, unit: "mmol/L" }) as const;
const values = {
  serial: "12-a",
  time: "2026-11-22T09:05",
  note: "nurse",
  total: mmolL(4.81),
  ratio: null,
};

type Said =
  | { readonly values: Values; readonly notes: unknown; readonly raw: string }
  | { readonly impossible: string; readonly values: Values }
  | { readonly discarded: string; readonly raw: string };
function device(more: Partial<LabelEnvelope> = {}) {
  let said: Said[] = [];
  const profile = profileOf();
  const reader = labelKind.reader({
    profile,
    side: "host",
    envelope: { ...envelope, ...more },
    table: compileFrames(profile, "host"),
    sink: {
      frame: (_index, found, raw, notes) => void said.push({ values: found, notes, raw: textOf(raw) }),
      impossible: (_index, field, found, before) =>
        void said.push({ impossible: `${field}: ${found}`, values: before }),
      discard: (raw, reason) => void said.push({ discarded: reason, raw: textOf(raw) }),
      reply: () => undefined,
    },
  });
  const taken = (): readonly Said[] => {
    const all = said;
    said = [];
    return all;
  };
  return {
    say(text: string) {
      reader.hear(bytesOf(text));
      return taken();
    },
    flush() {
      reader.flush();
      return taken();
    },
    pending: () => reader.pending(),
  };
}
const heard = (text: string): readonly Said[] => {
  const line = device();
  return [...line.say(text), ...line.flush()];
};
const good: Said = { values, notes: {}, raw: whole };

describe("a label", () => {
  test("is what its rows say", () => expect(heard(whole)).toStrictEqual([good]));
  test("is the same byte by byte, and whatever a bridge inserts", () => {
    const line = device();
    expect(Array.from(whole).flatMap((byte) => line.say(byte))).toStrictEqual([good]);
    expect(device().say(Array.from(whole).join("\0"))).toStrictEqual([good]);
  });
  test("behind another is its own", () => expect(heard(whole + whole)).toStrictEqual([good, good]));
  test("behind noise is found, and the noise is one run", () => {
    expect(heard(`xy\nz\n${whole}`)).toStrictEqual([{ discarded: "noise", raw: "xy\nz\n" }, good]);
  });
  test("behind half a label is found, and the half is one run", () => {
    const half = whole.slice(0, 40);
    expect(heard(half + whole)).toStrictEqual([{ discarded: "incomplete", raw: half }, good]);
  });
  test("behind half a label and noise is found", () => {
    expect(heard(`x\n${whole.slice(0, -3)}x\n${whole}`)).toStrictEqual([
      { discarded: "noise", raw: "x\n" },
      { discarded: "incomplete", raw: `${whole.slice(0, -3)}x\n` },
      good,
    ]);
  });
  test.each<readonly [what: string, text: string]>([
    ["another start", whole.replace("\nN\n", "\nM\n")],
    ["another head of a row", whole.replace("A020", "B020")],
    ["another tail of a row", whole.replace('A020,"', 'A020;"')],
    ["a row left out", labelOf(...fixed, "CHOL: 4.81 mmol/L").replace(row(20, fixed[1]!), "")],
    ["no row at all", labelOf()],
    ["a row without its quote", whole.replace('nurse"', "nurse")],
    ["something behind the quote of a row", whole.replace('nurse"', 'nurse"x')],
    ["no print", whole.replace("P1\n", "")],
    ["no second start", whole.replace("P1\n\nN\n", "P1\n")],
    ["a blank row that is not blank", whole.replace('"   "', '"  x"')],
    ["a blank row that is short", whole.replace('"   "', '"  "')],
    ["a blank row too few", whole.replace(row(20, "   "), "")],
    ["another end", `${whole.slice(0, -3)}\nM\n`],
  ])("is nothing with %s", (_what, text) => {
    const said = heard(text);
    expect(said.map((each) => "discarded" in each)).toEqual(said.map(() => true));
    expect(said.map((each) => ("raw" in each ? each.raw : "")).join("")).toBe(text);
    // It costs the next one nothing.
    expect(heard(text + whole).at(-1)).toStrictEqual(good);
  });
  test("that is not over is waited for, until the line is silent", () => {
    const line = device();
    expect(line.pending()).toBe(0);
    expect(line.say(whole.slice(0, -1))).toEqual([]);
    expect(line.pending()).toBe(whole.length - 1);
    expect(line.flush()).toStrictEqual([{ discarded: "incomplete", raw: whole.slice(0, -1) }]);
    expect(line.pending()).toBe(0);
    expect(line.say(whole)).toStrictEqual([good]);
    expect(line.pending()).toBe(0);
  });
  test.each(Array.from({ length: whole.length - 1 }, (_, i) => i + 1))("is waited for behind byte %d", (size) => {
    const line = device();
    line.say(whole.slice(0, size));
    expect(line.say(whole.slice(size))).toStrictEqual([good]);
  });
  test("a line feed alone is the end of another, and no begun label", () => {
    const line = device();
    line.say("\n");
    expect(line.pending()).toBe(0);
    line.say("N");
    expect(line.pending()).toBe(0);
    line.say("\n");
    expect(line.pending()).toBe(3);
  });
  test("that never ends is given up when it is too long for one", () => {
    const line = device();
    const endless = `\nN\n${row(10, "x".repeat(300))}`;
    const said = line.say(endless);
    expect(said[0]).toMatchObject({ discarded: "incomplete" });
    expect(line.pending()).toBe(0);
    expect([...line.say(whole), ...line.flush()].at(-1)).toStrictEqual(good);
  });
  test("may be as long as it may be, and no longer", () => {
    const sized = (maxBytes: number): readonly Said[] => {
      const line = device({ maxBytes });
      return [...line.say(whole), ...line.flush()];
    };
    expect(sized(whole.length)).toStrictEqual([good]);
    expect(sized(whole.length - 1).map((each) => "discarded" in each)).toContain(true);
    expect(sized(whole.length - 20).every((each) => "discarded" in each)).toBe(true);
  });
  test("is found behind more noise than is held", () => {
    const noise = "x".repeat(1_000);
    const said = heard(`${noise}\n${whole}`);
    expect(said.at(-1)).toStrictEqual(good);
    expect(said.map((each) => ("raw" in each ? each.raw : "")).join("")).toBe(`${noise}\n${whole}`);
    expect(said.slice(0, -1).every((each) => "discarded" in each && each.discarded === "noise")).toBe(true);
  });
  test.each([1, 7, 64, 100])("is found again and again in reads of %d that end anywhere", (size) => {
    const line = device();
    const stream = whole.repeat(20);
    const said: Said[] = [];
    for (let at = 0; at < stream.length; at += size) said.push(...line.say(stream.slice(at, at + size)));
    expect(said).toStrictEqual(Array.from({ length: 20 }, () => good));
    expect(line.pending()).toBe(0);
  });
  test("is told at once, whatever follows in the same read", () => {
    const line = device();
    expect(line.say(`${whole}${whole.slice(0, 50)}`)).toStrictEqual([good]);
    expect(line.pending()).toBe(50);
    expect(line.say(`${whole.slice(50)}x`)).toStrictEqual([good]);
    expect(line.say("\nyz")).toStrictEqual([{ discarded: "noise", raw: "x" }]);
  });
  test("is found behind many labels in one piece", () => {
    expect(heard(whole.repeat(9))).toStrictEqual(Array.from({ length: 9 }, () => good));
  });
});

describe("a row", () => {
  const read = (text: string): unknown => heard(text).map((each) => ("values" in each ? each.values : each.discarded));
  test.each<readonly [what: string, rows: readonly string[], value: Partial<typeof values> | Values]>([
    ["with blanks around it", ["SN  :  12-a  ", ...fixed.slice(1)], {}],
    ["without a text", [...fixed.slice(0, 3), "ID:"], { note: null }],
    ["without a colon, where none must be", [...fixed.slice(0, 3), "ID"], { note: null }],
    ["with a colon in it", [...fixed.slice(0, 3), "ID: a:b"], { note: "a:b" }],
    ["with a date written otherwise", [fixed[0]!, "D: 2026-11/22", ...fixed.slice(2)], {}],
    ["with a date written with points", [fixed[0]!, "D: 2026.11.22", ...fixed.slice(2)], {}],
    ["with no date", [fixed[0]!, "D: --", ...fixed.slice(2)], { time: null }],
    ["with no time", [...fixed.slice(0, 2), "T: --", fixed[3]!], { time: null }],
    ["with a date that cannot be", [fixed[0]!, "D: 2026 02 30", ...fixed.slice(2)], { time: null }],
    ["with more before a date", [fixed[0]!, "D: 12026 11 22", ...fixed.slice(2)], { time: null }],
    ["with more behind a date", [fixed[0]!, "D: 2026 11 220", ...fixed.slice(2)], { time: null }],
    ["with more before a time", [...fixed.slice(0, 2), "T: 109:05", fixed[3]!], { time: null }],
    ["with more behind a time", [...fixed.slice(0, 2), "T: 09:055", fixed[3]!], { time: null }],
  ])("%s", (_what, rows, changed) => {
    expect(read(labelOf(...rows, "CHOL: 4.81 mmol/L"))).toStrictEqual([{ ...values, ...changed }]);
  });
  test.each<readonly [what: string, rows: readonly string[]]>([
    ["that must be there and is empty", ["SN:", ...fixed.slice(1), "CHOL: 4.81 mmol/L"]],
    ["that must be there and has a strange end", ["SN: 12-a!", ...fixed.slice(1), "CHOL: 4.81 mmol/L"]],
    ["that must be there and has a strange beginning", ["SN: !12-a", ...fixed.slice(1), "CHOL: 4.81 mmol/L"]],
    ["twice", [...fixed, "CHOL: 4.81 mmol/L", "chol: 4.81 mmol/L"]],
    ["without a colon", [...fixed, "CHOL 4.81 mmol/L"]],
    ["of no result", [...fixed, "NEW: 4.81 mmol/L"]],
    ["missing", fixed.slice(0, 2)],
  ])("%s costs the label", (_what, rows) => {
    expect(heard(labelOf(...rows))).toStrictEqual([{ discarded: "incomplete", raw: labelOf(...rows) }]);
  });
  test("that nobody knows goes along under its own caption", () => {
    expect(heard(labelOf(...fixed, "CHOL: 4.81 mmol/L", "New One : 1 xy", ": odd"))[0]).toMatchObject({
      values,
      notes: { "New One": "1 xy", "": "odd" },
    });
  });
});

describe("a result", () => {
  const total = (text: string): unknown =>
    heard(resultRow(text)).map((each) =>
      "impossible" in each ? each.impossible : "values" in each ? each.values : each,
    );
  test.each<readonly [text: string, value: Values]>([
    ["CHOL: 4.81 mmol/L", { total: mmolL(4.81) }],
    ["CHOL: 4.81mmol/L", { total: mmolL(4.81) }],
    ["CHOL: 4.8   mmol/L", { total: mmolL(4.8) }],
    ["chol: 4.81 mmol/L", { total: mmolL(4.81) }],
    ["TCHOL: 4.81 mmol/L", { total: mmolL(4.81) }],
    ["CHOL: 240 mg/dL", { total: { value: 240, unit: "mg/dL" } }],
    ["CHOL: <   2.59 mmol/L", { total: { ...mmolL(2.59), comparator: "<" } }],
    ["CHOL: >2.59 mmol/L", { total: { ...mmolL(2.59), comparator: ">" } }],
    ["CHOL: 0.50 mmol/L", { total: mmolL(0.5) }],
    ["CHOL: 20.00 mmol/L", { total: mmolL(20) }],
    ["CHOL: ----", { total: { notCalculable: true } }],
    ["TC/HDL: 4.1", { total: null, ratio: { value: 4.1, unit: "1" } }],
  ])("%s", (text, value) => {
    expect(total(text)).toStrictEqual([{ ...values, ...value }]);
  });
  test.each([
    ["CHOL: 4.81", "total: 4.81"],
    ["CHOL: 4.81 g/L", "total: 4.81 g/L"],
    ["CHOL: 4.81 mmol/L x", "total: 4.81 mmol/L x"],
    ["CHOL: x 4.81 mmol/L", "total: x 4.81 mmol/L"],
    ["CHOL: 481 mmol/L", "total: 481 mmol/L"],
    ["CHOL: 19 mmol/L", "total: 19 mmol/L"],
    ["CHOL: 0.49 mmol/L", "total: 0.49 mmol/L"],
    ["CHOL: 20.01 mmol/L", "total: 20.01 mmol/L"],
    ["CHOL: 18 mg/dL", "total: 18 mg/dL"],
    ["CHOL: 775 mg/dL", "total: 775 mg/dL"],
    ["CHOL: ", "total: "],
    ["TC/HDL: 4.1 1", "ratio: 4.1 1"],
    ["TC/HDL: 41", "ratio: 41"],
  ])("%s cannot be", (text, said) => {
    expect(total(text)).toEqual([said]);
  });
  test("that cannot be is the first of them, and those before it are kept", () => {
    const said = heard(labelOf(...fixed, "CHOL: 99.00 mmol/L", "TC/HDL: 99.0"));
    expect(said).toEqual([
      {
        impossible: "total: 99.00 mmol/L",
        values: { serial: "12-a", time: values.time, note: "nurse", total: null, ratio: null },
      },
    ]);
  });
});

describe("a label is written", () => {
  const write = (given: Values): string =>
    textOf(labelKind.encode(profileOf(), envelope, profileOf().frames["label"]!, given));
  const captioned = (caption: string, text: string): string => `${caption.padEnd(8)}: ${text}`;
  const head = (date = "2026 11 22", time = "09:05", note = "nurse"): readonly string[] => [
    captioned("SN", "12-a"),
    captioned("", date),
    captioned("", time),
    captioned("ID", note),
  ];
  test.each<readonly [what: string, given: Values, rows: readonly string[]]>([
    ["a result", values, [...head(), captioned("CHOL", " 4.81 mmol/L")]],
    [
      "two results",
      { ...values, ratio: { value: 4, unit: "1" } },
      [...head(), captioned("CHOL", " 4.81 mmol/L"), captioned("TC/HDL", " 4.0")],
    ],
    [
      "a comparator",
      { ...values, total: { value: 240, unit: "mg/dL", comparator: "<" } },
      [...head(), captioned("CHOL", "<  240 mg/dL")],
    ],
    [
      "what could not be calculated",
      { ...values, total: { notCalculable: true } },
      [...head(), captioned("CHOL", "---- ")],
    ],
    [
      "nothing where nothing is",
      { ...values, time: null, note: null },
      [...head("", "", ""), captioned("CHOL", " 4.81 mmol/L")],
    ],
    [
      "what was never given",
      { serial: "12-a", total: values.total },
      [...head("", "", ""), captioned("CHOL", " 4.81 mmol/L")],
    ],
  ])("with %s", (_what, given, rows) => {
    expect(write(given)).toBe(labelOf(...rows));
  });
});

describe("a table", () => {
  test("has one frame, whatever is sent to the device", () => {
    const said: string[] = [];
    const check = (profile: Profile): void =>
      labelKind.check(
        profile,
        envelope,
        "label",
        profile.frames["label"]!,
        (path, reason) => void said.push(`${path}: ${reason}`),
      );
    const one = profileOf();
    check(one);
    check({ ...one, frames: { ...one.frames, stop: { to: "device", fields: {} } } });
    expect(said).toEqual([]);
    check({ ...one, frames: { ...one.frames, other: { to: "host", fields: {} } } });
    expect(said).toEqual(["frames.label: a label stream carries exactly one frame"]);
  });
  test("forms nothing that is forbidden: nothing is sent", () => {
    expect(labelKind.canForm(profileOf(), envelope, profileOf().frames["label"]!, { at: 0, is: "0a" })).toBe(false);
  });
  test("of another kind of field is a bug", () => {
    const profile = profileOf({ fields: { n: { type: "u8", at: 0, min: 0, max: 9 } } });
    const reader = labelKind.reader({
      profile,
      side: "host",
      envelope,
      table: compileFrames(profile, "host"),
      sink: { frame: () => undefined, impossible: () => undefined, discard: () => undefined, reply: () => undefined },
    });
    expect(() => reader.hear(bytesOf(labelOf("CHOL: 1")))).toThrow("a u8 field does not stand on a label");
  });
});
