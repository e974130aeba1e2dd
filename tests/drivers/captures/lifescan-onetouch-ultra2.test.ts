import { describe, expect, test } from "vitest";
import { checks } from "../../../drivers/kit/checks.ts";
import { counter, hexOf, json, outcomes, present } from "./replay.ts";

const id = "lifescan-onetouch-ultra2";
const count = counter(id);
interface Expected {
  readonly header?: { readonly count: number };
  readonly time?: string;
  readonly glucose?: { readonly value: number; readonly unit: string };
  readonly meal?: string | null;
  readonly commentCode?: string;
}
interface Dump {
  readonly lines: readonly string[];
  readonly expected: readonly Expected[];
}
const files = ["ultra-2006", "ultra-2008-part", "ultra-2009-complete", "ultra2-2010", "ultra2-2015-complete"];
const dumps = files.flatMap((file) => {
  const { lines = [], expected = [] } = json<Partial<Dump>>(`onetouch-ultra2-ascii/${file}.json`);
  return lines.map((line, i) => [file, line, expected[i]] as const);
});
const meals: Readonly<Record<string, string>> = { before: "B", after: "A" };

describe.skipIf(!present)(id, () => {
  test.each(dumps)("%s: %s", (_file, line, expected) => {
    count();
    const told =
      expected?.header === undefined
        ? {
            kind: "measurement",
            of: "glucose",
            readings: [{ quantity: "glucose", ...expected?.glucose }],
            doubts: [],
            deviceTime: expected?.time,
            stored: true,
            ...(expected?.commentCode === undefined
              ? {}
              : { notes: { meal: meals[expected.meal ?? ""] ?? "N", comment: expected.commentCode } }),
          }
        : { kind: "information", about: "count", values: { count: expected.header.count } };
    const [said] = outcomes(id, hexOf(`${line}\r\n`));
    expect(said).toEqual(told);
  });
  const { vectors = [] } = json<{ vectors?: readonly { readonly text: string; readonly checksum: string }[] }>(
    "onetouch-ultra2-ascii/checksum-vectors.json",
  );
  test.each(vectors)("checksum of $text", ({ text, checksum }) => {
    count();
    const bytes = Uint8Array.from(Buffer.from(text, "latin1"));
    expect(checks.sum16.extend(0, bytes, 0, bytes.length)).toBe(Number.parseInt(checksum, 16));
  });
});

// Dossier §Worked examples and §Record line; the checks were computed here with the dossier's rule.
const line = (body: string): string => {
  const bytes = Uint8Array.from(Buffer.from(body, "latin1"));
  const sum = checks.sum16.extend(0, bytes, 0, bytes.length).toString(16).toUpperCase().padStart(4, "0");
  return hexOf(`${body} ${sum}\r\n`);
};
const record = (result: string): string => line(`P "SAT","05/27/06","16:42:08   ","${result}", 00`);

test("control solution is a control and no measurement", () => {
  expect(outcomes(id, record(" C108 "))).toMatchObject([
    { kind: "control", readings: [{ quantity: "glucose", value: 108, unit: "mg/dL" }] },
  ]);
});
test.each([" HIGH ", "  HIGH"])('"%s" is above 600', (text) => {
  expect(outcomes(id, record(text))).toMatchObject([
    { kind: "measurement", readings: [{ value: 600, unit: "mg/dL", comparator: ">" }] },
  ]);
});
test.each(["CHIGH ", "C HIGH"])('"%s" is a control above 600', (text) => {
  expect(outcomes(id, record(text))).toMatchObject([{ kind: "control", readings: [{ comparator: ">" }] }]);
});
test("a record that the meter marks as damaged says nothing", () => {
  expect(outcomes(id, record("  108?"))).toEqual([]);
});
test("below 20 is no plain number", () => {
  expect(outcomes(id, record("  012 "))).toMatchObject([{ kind: "fault", code: "device.outOfRange" }]);
});
test("a line with a wrong checksum is refused", () => {
  const text = 'P "SAT","05/27/06","16:42:08   ","  051 ", 00 0828\r\n';
  expect(outcomes(id, hexOf(text))).toMatchObject([{ kind: "discarded", reason: "checksum" }]);
});
