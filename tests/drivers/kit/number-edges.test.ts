import { describe, expect, test } from "vitest";
import { addBytes, byteOrder, readBytes, writeBytes } from "../../../drivers/kit/field-codec.ts";
import { fieldCodec } from "../../../drivers/kit/fields.ts";
import { fromHex, toHex, type Field, type Value } from "../../../drivers/kit/index.ts";
import {
  integerOffsets,
  rawIn,
  rawInteger,
  rawLimits,
  readRaw,
  scaledDown,
  scaledUp,
} from "../../../drivers/kit/number-fields.ts";
import type { NumberField } from "../../../drivers/kit/schema-binary.ts";
import { impossible, read, wide, written } from "./one-field.ts";

/** What a number holds at its ends, what it refuses to write, and what stands beside it. */

describe("bytes of a number", () => {
  test("stand in either order", () => {
    expect([byteOrder(3, 2, "be"), byteOrder(3, 2, "le"), byteOrder(0, 1, "le")]).toEqual([[3, 4], [4, 3], [0]]);
    expect(readBytes(fromHex("00ff010203"), 1, [3, 2, 1, 0])).toBe(0x03_02_01_ff);
  });
  test.each([
    [0, "0000"],
    [65_535, "ffff"],
    [-1, "ffff"],
    [-32_768, "8000"],
  ])("%i is %s in two", (raw, hex) => {
    const bytes = new Uint8Array(2);
    writeBytes(bytes, 0, [0, 1], raw);
    expect(toHex(bytes)).toBe(hex);
  });
  test.each([65_536, -32_769, 1.5, Number.NaN])("%d does not fit in two", (raw) => {
    expect(() => writeBytes(new Uint8Array(2), 0, [0, 1], raw)).toThrow(`${String(raw)} does not fit in 2 bytes`);
  });
  test("are added to what other fields wrote", () => {
    const bytes = fromHex("f00f00");
    addBytes(bytes, 1, [0, 1], 0x10_02);
    expect(toHex(bytes)).toBe("f01f02");
    addBytes(bytes, 0, [0], 0x0f);
    expect(toHex(bytes)).toBe("ff1f02");
  });
  test("nothing can be added, which changes nothing", () => {
    const bytes = fromHex("f0");
    addBytes(bytes, 0, [0], 0);
    expect(toHex(bytes)).toBe("f0");
  });
  test.each([-1, 65_536])("%d cannot be added to two", (raw) => {
    expect(() => addBytes(new Uint8Array(2), 0, [0, 1], raw)).toThrow(`${raw} does not fit in 2 bytes`);
  });
  test("a split number without a low byte stands together", () => {
    expect(integerOffsets({ type: "u16split", at: 4 })).toEqual([4, 5]);
  });
  test.each([
    ["u8", 1, [0, 255]],
    ["i8", -1, [-128, 127]],
    ["u16le", 2, [0, 65_535]],
    ["i16be", -2, [-32_768, 32_767]],
    ["u24be", 3, [0, 16_777_215]],
    ["u32le", 4, [0, 4_294_967_295]],
  ] as const)("%s", (type, width, limits) => {
    const field = { type, at: 0, ...wide } as const;
    expect([rawInteger(field).width, rawLimits(field)]).toEqual([width, limits]);
    expect(limits.map((raw) => read(field, written(field, raw, Math.abs(width))))).toEqual(limits);
  });
  test("are read from the middle of a buffer", () => {
    const bytes = fromHex("ee80010203ee");
    expect(
      (["u8", "i8", "u16be", "i16be", "u24be", "u32be"] as const).map((type) =>
        readRaw(rawInteger({ type, at: 0 }), bytes, 1),
      ),
    ).toEqual([0x80, -128, 0x80_01, -32_767, 0x80_01_02, 0x80_01_02_03]);
  });
});

describe("what the bytes of a composed number can hold", () => {
  const bits: NumberField = {
    type: "bits",
    parts: [
      { at: 0, shift: 0, width: 3 },
      { at: 1, shift: 4, width: 4 },
    ],
    ...wide,
  };
  test.each<readonly [string, NumberField, number, number, string, string]>([
    ["bits", bits, 0, 127, "0000", "07f0"],
    ["packed digits", { type: "bcd", at: 0, size: 2, ...wide }, 0, 9_999, "0000", "9999"],
    ["tenths", { type: "tenths", at: 0, ...wide }, 0, 2_559, "0000", "ff09"],
    ["digits", { type: "digits", at: 0, size: 2, ...wide }, 0, 99, "3030", "3939"],
    ["signed digits", { type: "digits", at: 1, size: 2, sign: 0, ...wide }, -99, 99, "2d3939", "2b3939"],
  ])("%s", (_, field, low, high, lowHex, highHex) => {
    const size = lowHex.length / 2;
    expect(rawLimits(field)).toEqual([low, high]);
    expect([written(field, low, size), written(field, high, size)]).toEqual([lowHex, highHex]);
    expect([read(field, lowHex), read(field, highHex)]).toEqual([low, high]);
    expect(rawIn(field, fromHex(highHex))).toBe(high);
  });
  test.each<readonly [string, NumberField, number, string]>([
    ["bits above", bits, 128, "128 does not fit in the bits"],
    ["bits below", bits, -1, "-1 does not fit in the bits"],
    ["packed digits", { type: "bcd", at: 0, size: 1, ...wide }, 100, "100 does not fit in 2 digits"],
    ["four packed digits", { type: "bcd", at: 0, size: 2, ...wide }, 10_000, "10000 does not fit in 4 digits"],
    ["digits", { type: "digits", at: 0, size: 2, ...wide }, 100, "100 does not fit in 2 digits"],
    ["a sign without a place", { type: "digits", at: 0, size: 2, ...wide }, -1, "-1 does not fit in 2 digits"],
  ])("%s that do not fit", (_, field, value, message) => {
    expect(() => written(field, value, 2)).toThrow(message);
  });
  test.each([
    ["1a", "1a"],
    ["a1", "a1"],
    ["9a", "9a"],
  ])("%s is no packed number", (hex, raw) => {
    expect(read({ type: "bcd", at: 0, size: 1, ...wide }, hex)).toEqual(impossible(raw));
  });
  test("bits share their bytes with others", () => {
    const bytes = fromHex("800f");
    fieldCodec(bits, {}).write(bytes, 0, 2, 127, {});
    expect(toHex(bytes)).toBe("87ff");
  });
  test("digits behind blanks, and a plus", () => {
    const blank: Field = { type: "digits", at: 0, size: 3, blanks: true, ...wide };
    expect([written(blank, 7, 3), written(blank, 0, 3), read(blank, "202030")]).toEqual(["202037", "202030", 0]);
    const signed: Field = { type: "digits", at: 1, size: 1, sign: 0, ...wide };
    expect([read(signed, "2b30"), read(signed, "2d30"), written(signed, 0, 2)]).toEqual([0, 0, "2b30"]);
    expect(Object.is(read(signed, "2d30"), 0)).toBe(true);
    expect([read(blank, "20202f"), read(blank, "20203a")]).toEqual([impossible("20202f"), impossible("20203a")]);
  });
});

describe("a number and its limits", () => {
  const field: Field = {
    type: "u8",
    at: 0,
    unit: "%",
    min: 35,
    max: 100,
    special: [
      { raw: [0, 1], absent: true },
      { raw: [250, 252], value: 100, comparator: ">" },
    ],
  };
  test.each([
    ["00", null],
    ["01", null],
    ["02", impossible("2")],
    ["22", impossible("34")],
    ["23", { value: 35, unit: "%" }],
    ["64", { value: 100, unit: "%" }],
    ["65", impossible("101")],
    ["f9", impossible("249")],
    ["fa", { value: 100, unit: "%", comparator: ">" }],
    ["fc", { value: 100, unit: "%", comparator: ">" }],
    ["fd", impossible("253")],
  ])("%s is %j", (hex, value) => {
    expect(read(field, hex)).toEqual(value);
  });
  test.each<readonly [Value, string]>([
    [null, "00"],
    [{ value: 100, unit: "%", comparator: ">" }, "fa"],
    [{ value: 100, unit: "%" }, "64"],
    [50, "32"],
  ])("%j is written as %s", (value, hex) => {
    expect(written(field, value, 1)).toBe(hex);
  });
  test.each<readonly [Value, string]>([
    [{ value: 100, unit: "%", comparator: "<" }, 'no raw value means {"value":100,"unit":"%","comparator":"<"}'],
    [{ value: 99, unit: "%", comparator: ">" }, 'no raw value means {"value":99,"unit":"%","comparator":">"}'],
    ["50", '"50" is no number'],
    [{ low: true }, '{"low":true} is no number'],
  ])("%j is not written", (value, message) => {
    expect(() => written(field, value, 1)).toThrow(message);
  });
  test("a mark without a unit is no number that could lie beyond", () => {
    const bare: Field = {
      type: "u8",
      at: 0,
      min: 0,
      max: 9,
      special: [{ raw: [255, 255], value: 9, comparator: ">" }],
    };
    expect([read(bare, "ff"), read(bare, "09")]).toEqual([impossible("255"), 9]);
  });
  test("one rounding, both ways", () => {
    const scale = { per: 100, times: 1, plus: 30 };
    expect([scaledUp(670, scale), scaledDown(36.7, scale)]).toEqual([36.7, 670]);
    expect([scaledUp(3, { per: 1, times: 2, plus: 0 }), scaledDown(6, { per: 1, times: 2, plus: 0 })]).toEqual([6, 3]);
  });
});

describe("decimals that another field says", () => {
  const codes = { "1": 0, "2": 1, "7": -1 } as const;
  const places: Field = { type: "code", size: 1, at: 0, known: [1, 2, 3, 7] };
  const coded: Field = { type: "digits", at: 1, size: 3, decimals: { by: "places", codes }, ...wide };
  const straight: Field = { type: "digits", at: 1, size: 3, decimals: { by: "places" }, ...wide };
  test.each<readonly [Field, string, unknown]>([
    [coded, "01313233", 123],
    [coded, "02313233", 12.3],
    [coded, "07313233", 1_230],
    [coded, "03313233", impossible("123")],
    [straight, "01313233", 12.3],
    [straight, "02313233", 1.23],
  ])("%# %s", (field, hex, value) => {
    expect(read(field, hex, { places, number: field })).toEqual(value);
  });
  test.each<readonly [Value, Value, string]>([
    [12.3, 2, "00313233"],
    [123, 1, "00313233"],
    [1_230, 7, "00313233"],
  ])("%d with the code %d is written as digits", (value, said, hex) => {
    expect(written(coded, value, 4, { places: said })).toBe(hex);
  });
  test("a number of decimals may carry a unit of its own", () => {
    expect(written(straight, 1.23, 4, { places: { value: 2, unit: "1" } })).toBe("00313233");
  });
  test("where nothing says how many, nothing is written", () => {
    expect(() => written(coded, 12.3, 4, { places: 3 })).toThrow("nothing says how many decimals 12.3 has");
  });
  test("digits may have decimals of their own", () => {
    const fixed: Field = { type: "digits", at: 0, size: 3, decimals: 2, ...wide };
    expect([read(fixed, "313233"), written(fixed, 1.23, 3)]).toEqual([1.23, "313233"]);
  });
});
