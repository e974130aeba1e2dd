import { describe, expect, test } from "vitest";
import { binaryKind } from "../../../drivers/kit/binary.ts";
import { compileFrames, fits, frameSizes } from "../../../drivers/kit/frame-table.ts";
import { fromHex, toHex, type Field, type Profile } from "../../../drivers/kit/index.ts";
import type { BinaryEnvelope, Frame, Rule } from "../../../drivers/kit/schema.ts";

/** What a table of binary frames may say, what it can form, and how its frames are told apart. */
const plain = { min: 0, max: 255 } as const;
const u8 = (at: number): Field => ({ type: "u8", at, ...plain });
const envelopeOf = (more: Partial<BinaryEnvelope> = {}): BinaryEnvelope => ({
  kind: "binary",
  head: "aa",
  check: { kind: "sum8", from: 0 },
  ...more,
});
const frameOf = (more: Partial<Frame> = {}): Frame => ({ to: "host", size: 6, fields: {}, ...more });
const profileOf = (frames: Readonly<Record<string, Frame>>, meaning: Readonly<Record<string, Rule>> = {}): Profile =>
  ({ id: "bench", frames, meaning, envelopes: { host: envelopeOf() } }) as unknown as Profile;

function problems(
  envelope: BinaryEnvelope,
  frame: Frame,
  meaning: Readonly<Record<string, Rule>> = {},
): readonly string[] {
  const said: string[] = [];
  binaryKind.check(
    profileOf({ one: frame }, meaning),
    envelope,
    "one",
    frame,
    (path, reason) => void said.push(`${path}: ${reason}`),
  );
  return said;
}
const withField = (field: Field, more: Readonly<Record<string, Field>> = {}): Frame =>
  frameOf({ fields: { it: field, ...more } });
const open: Field = { type: "ascii", at: 2 };
const length = { at: 1, plus: 0 } as const;

describe("what tells a frame", () => {
  const match = [
    { at: 2, is: "8182" },
    { at: 5, any: [1, 2] },
  ] as const;
  const both = (packed: "host" | "device"): Profile => {
    const dress = (side: "host" | "device") => envelopeOf(side === packed ? { packing: "highBits" } : {});
    const frames = { out: frameOf({ to: "device", size: 8, match }), back: frameOf({ size: 8, match }) };
    return { ...profileOf(frames), envelopes: { host: dress("host"), device: dress("device") } };
  };
  test.each(["host", "device"] as const)("is packed as its own direction is: %s", (side) => {
    const other = side === "host" ? "device" : "host";
    const [own, plainly] = [compileFrames(both(side), side)[0], compileFrames(both(other), side)[0]];
    expect([...(plainly?.plain ?? [])]).toEqual([2, 0xff, 0x81, 3, 0xff, 0x82]);
    expect([...(own?.plain ?? [])]).not.toEqual([...(plainly?.plain ?? [])]);
  });
  test.each([
    ["a row of bytes", [{ at: 2, is: "818283" }], 4],
    ["one of several, behind them", match, 5],
    ["nothing", [], 0],
  ] as const)("ends with %s", (_what, told, last) => {
    expect(compileFrames(profileOf({ one: frameOf({ size: 8, match: told }) }), "host")[0]?.lastTest).toBe(last);
  });
});

describe("a field", () => {
  const digits = (by: string): Field => ({ type: "digits", at: 2, size: 2, decimals: { by }, ...plain });
  const noRoom = "frames.one.fields.it: it does not fit into the frame";
  const noDecimals = (by: string) => `frames.one.fields.it: ${by} does not say how many decimals there are`;
  test.each<readonly [string, Frame, readonly string[]]>([
    ["in the last byte before the check", withField(u8(4)), []],
    ["in the check", withField(u8(5)), [noRoom]],
    ["that reaches into the check", withField({ type: "u16le", at: 4, ...plain }), [noRoom]],
    ["that is open and begins before the check", frameOf({ size: 6, fields: { it: { type: "ascii", at: 5 } } }), []],
    ["that is open and begins behind it", frameOf({ size: 6, fields: { it: { type: "ascii", at: 6 } } }), [noRoom]],
    [
      "split without its low byte",
      withField({ type: "u16split", at: 2, ...plain }),
      ["frames.one.fields.it: u16split needs low"],
    ],
    ["split with it", withField({ type: "u16split", at: 2, low: 3, ...plain }), []],
    ["with a bit it has", withField({ type: "flags", at: 2, bits: { a: 0, b: 7 } }), []],
    [
      "with a bit it does not have",
      withField({ type: "flags", at: 2, bits: { a: 0, b: 8 } }),
      ["frames.one.fields.it: it has no such bit"],
    ],
    ["of two bytes with their last bit", withField({ type: "flags", at: 2, size: 2, bits: { a: 15 } }), []],
    [
      "of two bytes with one more",
      withField({ type: "flags", at: 2, size: 2, bits: { a: 16 } }),
      ["frames.one.fields.it: it has no such bit"],
    ],
    ["whose decimals a code says", withField(digits("by"), { by: { type: "code", at: 4, size: 1, known: [1] } }), []],
    ["whose decimals a number says", withField(digits("by"), { by: u8(4) }), []],
    ["whose decimals digits say", withField(digits("by"), { by: { type: "digits", at: 4, size: 1, ...plain } }), []],
    ["whose decimals nobody says", withField(digits("by")), [noDecimals("by")]],
    ["whose decimals it says itself", withField(digits("it")), [noDecimals("it")]],
    [
      "whose decimals a text says",
      withField(digits("by"), { by: { type: "ascii", at: 4, size: 1 } }),
      [noDecimals("by")],
    ],
    ["with decimals of its own", withField({ type: "digits", at: 2, size: 2, decimals: 1, ...plain }), []],
  ])("%s", (_, frame, said) => {
    expect(problems(envelopeOf(), frame)).toEqual(said);
  });
});

test("a field in the end of the frame does not fit", () => {
  const ending = envelopeOf({ end: "0d0a" });
  expect(problems(ending, withField(u8(2)))).toEqual([]);
  expect(problems(ending, withField(u8(3)))).toEqual(["frames.one.fields.it: it does not fit into the frame"]);
});

describe("a frame and its envelope", () => {
  const size = (reason: string) => `frames.one.size: ${reason}`;
  const wide = { at: 1, plus: 0, size: 2 } as const;
  const tooLong = size("the length cannot say this size");
  const packed = "frames.one: a packed frame has up to nine bytes, no length and no check";
  const bare = { kind: "none", from: 0 } as const;
  test.each<readonly [string, Partial<BinaryEnvelope>, Partial<Frame>, readonly string[]]>([
    [
      "without a size",
      {},
      { size: 0 },
      [size("a binary frame needs a size"), size("there is no room for the envelope")],
    ],
    [
      "with its sizes turned round",
      { length },
      { size: [8, 6], fields: { it: open } },
      [size("the smallest size is above the largest")],
    ],
    ["that varies with an open text", { length }, { size: [4, 9], fields: { it: open } }, []],
    ["that varies with nothing", { length }, { size: [4, 9] }, [size("only open text makes a frame vary in size")]],
    [
      "that varies without a length",
      {},
      { size: [4, 9], fields: { it: open } },
      [size("without a length a frame has one size")],
    ],
    ["as long as one byte can say", { length }, { size: 255 }, []],
    ["longer than one byte can say", { length }, { size: 256 }, [tooLong]],
    ["as long as one byte and more can say", { length: { at: 1, plus: 2 } }, { size: 257 }, []],
    ["as long as two bytes can say", { length: wide }, { size: 65_535 }, []],
    ["longer than two bytes can say", { length: wide }, { size: 65_536 }, [tooLong]],
    ["shorter than the length can say", { length: { at: 1, plus: 7 } }, { size: 6 }, [tooLong]],
    ["as short as the length can say", { length: { at: 1, plus: 6 } }, { size: 6 }, []],
    ["without a head, told by its first byte", { head: "" }, { match: [{ at: 0, is: "01" }] }, []],
    [
      "without a head, told by another byte",
      { head: "" },
      { match: [{ at: 1, is: "01" }] },
      ["frames.one.match: without a head a frame is told by its first byte"],
    ],
    [
      "without a head, told by nothing",
      { head: "" },
      {},
      ["frames.one.match: without a head a frame is told by its first byte"],
    ],
    ["without a head, with a length", { head: "", length }, {}, []],
    ["packed", { check: bare, packing: "highBits" }, { size: 9 }, []],
    ["packed and too long", { check: bare, packing: "highBits" }, { size: 10 }, [packed]],
    ["packed with a check", { packing: "highBits" }, {}, [packed]],
    ["packed with a length", { check: bare, packing: "highBits", length }, {}, [packed]],
    ["with a check of one byte in two digits", { check: { kind: "xor8", from: 0, form: "hex" } }, {}, []],
    [
      "with a check of two bytes in two digits",
      { check: { kind: "sum16", from: 0, form: "hex" } },
      {},
      ["frames.one: two hex digits hold a check of one byte"],
    ],
    ["with just enough room", { tail: "bb", end: "0d" }, { size: 4 }, []],
    ["with too little room", { tail: "bb", end: "0d" }, { size: 3 }, [size("there is no room for the envelope")]],
  ])("%s", (_, envelope, frame, said) => {
    expect(problems(envelopeOf(envelope), frameOf(frame))).toEqual(said);
  });
});

describe("a constant that is learned", () => {
  const learning = (...learnFrom: readonly string[]): BinaryEnvelope =>
    envelopeOf({ check: { kind: "sum8", from: 0, or: { plus: [1], learnFrom: [...learnFrom] } } });
  const numbers: Rule = { kind: "progress", of: "body", readings: [["body.weight", "it"]] };
  const about: Rule = { kind: "information", about: "state", values: {} };
  test.each<readonly [string, BinaryEnvelope, Readonly<Record<string, Rule>>, readonly string[]]>([
    ["from a frame without numbers", learning("one"), { one: about }, []],
    ["from a frame without a meaning", learning("one"), {}, []],
    [
      "from a frame with numbers",
      learning("one"),
      { one: numbers },
      ["frames.one: a frame that tells the constant of the check carries no readings"],
    ],
    ["beside a frame with numbers", learning(), { one: numbers }, []],
    [
      "from a frame that is not there",
      learning("one", "two"),
      { one: about },
      ["envelopes: there is no frame two to learn from"],
    ],
  ])("%s", (_, envelope, meaning, said) => {
    expect(problems(envelope, frameOf(), meaning)).toEqual(said);
  });
});

describe("bytes that a frame can form", () => {
  const can = (frame: Partial<Frame>, at: number, is: string, envelope: Partial<BinaryEnvelope> = {}): boolean =>
    binaryKind.canForm(profileOf({}), envelopeOf(envelope), frameOf(frame), { at, is });
  test.each<readonly [string, Partial<Frame>, number, string, boolean]>([
    ["its constants", { match: [{ at: 1, is: "0102" }] }, 0, "aa0102", true],
    ["one of several", { match: [{ at: 1, any: [7, 8] }] }, 1, "07", true],
    ["other constants", { match: [{ at: 1, is: "0102" }] }, 1, "0103", false],
    ["zeros where nothing stands", {}, 2, "0000", true],
    ["what a field may hold", { fields: { it: u8(2) } }, 2, "ff", true],
    ["beside a field", { fields: { it: u8(2) } }, 2, "ffff", false],
    ["behind a field", { fields: { it: { type: "u16le", at: 2, ...plain } } }, 3, "ffff", false],
    ["up to the check", {}, 4, "00", true],
    ["not into it", {}, 4, "0000", false],
    ["its filling", { fill: { at: 2, is: "2020" } }, 2, "2020", true],
    ["a byte that says its own size", { match: [{ at: 1, sizeMinus: 2 }] }, 1, "04", true],
  ])("%s", (_, frame, at, is, expected) => {
    expect(can(frame, at, is)).toBe(expected);
  });
});

describe("a frame is written", () => {
  const written = (
    envelope: Partial<BinaryEnvelope>,
    frame: Partial<Frame>,
    values: Parameters<typeof binaryKind.encode>[3] = {},
  ): string => toHex(binaryKind.encode(profileOf({}), envelopeOf(envelope), frameOf(frame), values));
  test.each<
    readonly [string, Partial<BinaryEnvelope>, Partial<Frame>, Parameters<typeof binaryKind.encode>[3], string]
  >([
    ["with its sum", {}, { match: [{ at: 1, is: "01" }] }, {}, "aa01000000ab"],
    ["with its length", { length }, {}, {}, "aa06000000b0"],
    ["with a length of less", { length: { at: 1, plus: 2 } }, {}, {}, "aa04000000ae"],
    [
      "with a wide length, low byte first",
      { length: { at: 1, plus: 0, size: 2, order: "le" } },
      {},
      {},
      "aa06000000b0",
    ],
    [
      "with a wide length, high byte first",
      { length: { at: 1, plus: 0, size: 2, order: "be" } },
      {},
      {},
      "aa00060000b0",
    ],
    ["with a tail", { tail: "bb" }, {}, {}, "aa000000bb65"],
    ["with an end", { end: "0d0a" }, {}, {}, "aa0000aa0d0a"],
    ["with a sum in two digits", { check: { kind: "sum8", from: 0, form: "hex" }, end: "0d" }, {}, {}, "aa000041410d"],
    ["with a wide check, low byte first", { check: { kind: "sum16", from: 0, order: "le" } }, {}, {}, "aa000000aa00"],
    ["with a wide check, high byte first", { check: { kind: "sum16", from: 0, order: "be" } }, {}, {}, "aa00000000aa"],
    ["with a constant in its check", { check: { kind: "sum8", from: 0, plus: 0x60 } }, {}, {}, "aa000000000a"],
    ["without a check", { check: { kind: "none", from: 0 } }, {}, {}, "aa0000000000"],
    ["with its filling", {}, { fill: { at: 1, is: "2021" } }, {}, "aa20210000eb"],
    [
      "with bits on a byte",
      {},
      {
        match: [
          { at: 1, is: "01" },
          { at: 1, is: "10", mask: "f0" },
        ],
      },
      {},
      "aa11000000bb",
    ],
    ["with the first of several", {}, { match: [{ at: 1, any: [7, 8] }] }, {}, "aa07000000b1"],
    ["with its size in a byte", {}, { match: [{ at: 1, sizeMinus: 2 }] }, {}, "aa04000000ae"],
    ["with a text as long as it is", { length }, { size: [3, 9], fields: { it: open } }, { it: "AB" }, "aa05414232"],
    ["with a text of nothing", { length }, { size: [3, 9], fields: { it: open } }, { it: "" }, "aa03ad"],
  ])("%s", (_, envelope, frame, values, hex) => {
    expect(written(envelope, frame, values)).toBe(hex);
  });
  test("with a check in digits that are digits", () => {
    expect(written({ check: { kind: "sum8", from: 1, form: "hex" } }, {})).toBe("aa0000003030");
  });
  test("packed", () => {
    const packed = { head: "", check: { kind: "none", from: 0 }, packing: "highBits" } as const;
    expect(
      written(packed, {
        size: 3,
        match: [
          { at: 0, is: "01" },
          { at: 2, is: "ff" },
        ],
      }),
    ).toBe("0181ff");
  });
  test("with a number before its open text", () => {
    const frame = { size: [4, 9], fields: { a: u8(2), it: { type: "ascii", at: 3 } } } as const;
    expect(written({ length }, frame, { a: 1, it: "AB" })).toBe("aa0601414234");
  });
  test("of one size with no less text than fills it", () => {
    const frame = { size: 6, fields: { it: open } } as const;
    expect(written({}, frame, { it: "ABC" })).toBe("aa0041424370");
    expect(() => written({}, frame, { it: "AB" })).toThrow('"AB" does not fill 3 bytes');
  });
  test("a value that is not there is a bug of whoever writes", () => {
    expect(() => written({}, { fields: { it: u8(2) } })).toThrow("no value for it");
  });
  test("bits of the line are added", () => {
    const bytes = binaryKind.encode(
      profileOf({}),
      envelopeOf(),
      frameOf({ match: [{ at: 1, is: "01" }] }),
      {},
      { at: 1, bits: 0x80 },
    );
    expect(toHex(bytes)).toBe("aa810000002b");
  });
});

describe("frames of a table", () => {
  const table = () =>
    compileFrames(
      profileOf({
        first: frameOf({
          match: [
            { at: 3, is: "03" },
            { at: 1, is: "0102", mask: "0f" },
          ],
        }),
        ask: frameOf({ to: "device" }),
        second: frameOf({
          size: [4, 8],
          match: [
            { at: 4, sizeMinus: 1 },
            { at: 2, any: [7, 9] },
          ],
        }),
        third: { ...frameOf(), size: undefined },
      }),
      "host",
    );
  test("are those of one direction, numbered, with their sizes and their last test", () => {
    expect(
      table().map(({ name, index, minSize, maxSize, lastTest }) => [name, index, minSize, maxSize, lastTest]),
    ).toEqual([
      ["first", 0, 6, 6, 3],
      ["second", 1, 4, 8, 4],
      ["third", 2, 0, 0, 0],
    ]);
    expect(frameSizes(frameOf({ size: [1, 2] }))).toEqual([1, 2]);
  });
  test("have their tests by offset", () => {
    expect([...(table()[0]?.plain ?? [])]).toEqual([1, 0x0f, 0x01, 2, 0xff, 0x02, 3, 0xff, 0x03]);
    expect(table()[1]?.others.map(({ at }) => at)).toEqual([2, 4]);
  });
  test.each<readonly [number, string, number, number, boolean]>([
    [0, "aaf10203", 4, 6, true],
    [0, "aaf20203", 4, 6, false],
    [0, "aaf10303", 4, 6, false],
    [0, "aaf103", 2, 6, true],
    [0, "aaf103", 3, 6, false],
    [1, "aa00070005", 5, 6, true],
    [1, "aa00090005", 5, 6, true],
    [1, "aa00080005", 5, 6, false],
    [1, "aa00070005", 5, 7, false],
    [1, "aa00080005", 2, 6, true],
    [1, "aa00070004", 4, 6, true],
    [2, "0000", 2, 6, true],
  ])("frame %i and %s, %i bytes of it, of a size of %i: %s", (index, hex, available, size, expected) => {
    const frame = table()[index];
    const bytes = fromHex(`ee${hex}`);
    expect(frame && fits(frame, bytes, 1, available, size)).toBe(expected);
  });
});
