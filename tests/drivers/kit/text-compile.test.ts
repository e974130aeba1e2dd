import { describe, expect, test } from "vitest";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import type { Field, Frame, Profile } from "../../../drivers/kit/index.ts";
import { isOpen, stopOf, textEntry, textTemplate } from "../../../drivers/kit/text-compile.ts";
import type { TextField } from "../../../drivers/kit/text-codecs.ts";
import { templateParts } from "../../../drivers/kit/text-template.ts";

/** What is known of a template before any text comes. */
const number = { type: "number", min: 0, max: 9 } as const;
const amount = { type: "amount", units: { kg: { min: 0, max: 9, decimals: 0 } } } as const;
const text = { type: "text" } as const;
const code = { type: "textCode", known: ["A"] } as const;
const time = { type: "textTime", patterns: ["YYMMDDhhmm"] } as const;
const frameOf = (layout: string, fields: Readonly<Record<string, Field>> = {}, more: Partial<Frame> = {}): Frame => ({
  to: "host",
  layout,
  fields,
  ...more,
});

test.each<readonly [what: string, field: TextField, is: boolean]>([
  ["a text", text, true],
  ["a text of a width", { ...text, width: 3 }, false],
  ["a known text", code, false],
  ["any text", { ...code, open: {} }, true],
  ["any text of a width", { ...code, open: { width: 3 } }, false],
  ["an amount", amount, true],
  ["a number", number, false],
  ["a time", time, false],
])("%s: its length is open is %s", (_what, field, _is) => {
  expect(isOpen(field)).toBe(_is);
});

describe("behind a field stands", () => {
  test.each<readonly [what: string, rest: string, stop: ReturnType<typeof stopOf>]>([
    ["nothing", "", { texts: [], end: true }],
    ["fixed text", ";{a};", { texts: [";"], end: false }],
    ["a blank", "{_};", { texts: [" "], end: false }],
    ["blanks or none", "{_?};", { texts: [" ", ";"], end: false }],
    ["what may be left out", "{[},{a}{]};", { texts: [",", ";"], end: false }],
    ["what may be left out and nothing else", "{[},{a}{]}", { texts: [","], end: true }],
    ["another field", "{a};", undefined],
    ["what may be left out, and another field", "{[},{a}{]}{b}", undefined],
    ["marks", "{~/}", undefined],
  ])("%s", (_what, rest, stop) => {
    expect(stopOf(templateParts(rest))).toEqual(stop);
  });
  test("of an amount, which has blanks in itself, not its own blanks", () => {
    expect(stopOf(templateParts("{_}{_?};"), true)).toEqual({ texts: [";"], end: false });
    expect(stopOf(templateParts("{_}"), true)).toEqual({ texts: [], end: true });
  });
});

describe("a template", () => {
  const nodes = (frame: Frame): unknown =>
    textTemplate(frame).head.map((node) => ("stop" in node ? [node.is, node.stop] : node.is));
  test("knows where each open field ends, and leaves the others alone", () => {
    expect(nodes(frameOf("{t};{n}{k}{_}x", { t: text, n: number, k: amount }))).toEqual([
      ["field", { texts: [";"], end: false }],
      "literal",
      ["field", undefined],
      ["field", { texts: ["x"], end: false }],
      "blanks",
      "literal",
    ]);
  });
  test("looks behind what may be left out for the end of a field in it", () => {
    const [optional] = textTemplate(frameOf("{[},{t}{]};", { t: text })).head;
    expect(optional).toMatchObject({
      is: "optional",
      first: ",",
      names: ["t"],
      nodes: [{ is: "literal" }, { is: "field", stop: { texts: [";"], end: false } }],
    });
  });
  test.each<readonly [layout: string, stop: object, behind: string | undefined]>([
    ["{*}", { texts: [], end: true }, ""],
    ["{*};", { texts: [";"], end: false }, ";"],
    ["{*};{t}", { texts: [";"], end: false }, undefined],
    ["{*}{t}", { texts: [], end: true }, undefined],
  ])("knows what is behind the pairs of %s", (layout, stop, behind) => {
    const frame = frameOf(layout, { t: text }, { pairs: { separator: ",", between: "=", unknown: "note", least: 0 } });
    expect(textTemplate(frame).head[0]).toEqual({ is: "pairs", stop, behind });
  });
  test.each<readonly [what: string, layout: string, is: boolean]>([
    ["fixed text", "v={t}", true],
    ["a number", "{n}", true],
    ["a time", "{z}", true],
    ["a known text", "{c}", true],
    ["any text", "{o}", false],
    ["a text", "{t}", false],
    ["a text of a width", "{w}", false],
    ["an amount", "{k}", false],
    ["a blank", "{_}{n}", false],
    ["nothing", "", false],
    ["a field that there is not", "{*}", false],
  ])("that begins with %s is recognised for itself is %s", (_what, layout, is) => {
    const all = { n: number, t: text, w: { ...text, width: 3 }, k: amount, c: code, o: { ...code, open: {} }, z: time };
    expect(textTemplate(frameOf(layout, all)).anchored).toBe(is);
  });
  test("knows every key of its fields, and nothing of those that have none", () => {
    const fields: Frame["fields"] = {
      n: { ...number, key: ["N", "NO"] },
      t: text,
      b: { type: "u8", at: 0, min: 0, max: 9 },
    };
    const { keyed } = textTemplate(frameOf("{*}", fields));
    expect([...keyed].map(([key, { name }]) => [key, name])).toEqual([
      ["N", "n"],
      ["NO", "n"],
    ]);
  });
  test("has records of its own, or none", () => {
    expect(textTemplate(frameOf("{+}", { n: number }, { records: "{n};" })).record.map(({ is }) => is)).toEqual([
      "field",
      "literal",
    ]);
    expect(textTemplate(frameOf("x")).record).toEqual([]);
    expect(textTemplate({ to: "host", fields: {} }).head).toEqual([]);
  });
  test("is made once for each frame", () => {
    const frame = frameOf("x");
    expect(textTemplate(frame)).toBe(textTemplate(frame));
  });
  test.each<readonly [what: string, fields: Readonly<Record<string, Field>>]>([
    ["a field that there is not", {}],
    ["a field of bytes", { n: { type: "u8", at: 0, min: 0, max: 9 } }],
  ])("of %s is a bug", (_what, fields) => {
    expect(() => textTemplate(frameOf("{n}", fields))).toThrow("there is no field n");
  });
});

test("an entry has the sizes of its frame, and a template only where it is no fixed bytes", () => {
  const frames = { a: frameOf("x"), b: frameOf("x", {}, { size: [4, 6] }) };
  const [a, b] = compileFrames({ frames, envelopes: { host: { kind: "text" } } } as unknown as Profile, "host");
  expect(textEntry(a!, undefined)).toMatchObject({ index: 0, bytes: undefined, sizes: undefined });
  expect(textEntry(b!, undefined)).toMatchObject({ index: 1, sizes: [4, 6], template: { anchored: true } });
  expect(textEntry(a!, Uint8Array.of(6)).template).toBeUndefined();
});
