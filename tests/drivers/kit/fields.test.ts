import { describe, expect, test } from "vitest";
import { fieldCodec, fieldOffsets } from "../../../drivers/kit/fields.ts";
import { fromHex, toHex, type Field, type Value } from "../../../drivers/kit/index.ts";

/** What a field makes of bytes, and which bytes it makes of that. */

const limits = { min: -100_000, max: 5_000_000_000 } as const;
const cases: readonly (readonly [string, Field, string, Value])[] = [
  ["u8", { type: "u8", at: 1, ...limits }, "00ff", 255],
  ["i8", { type: "i8", at: 0, ...limits }, "fe", -2],
  ["u16le", { type: "u16le", at: 0, ...limits }, "0102", 0x0201],
  ["u16be", { type: "u16be", at: 0, ...limits }, "0102", 0x0102],
  ["i16le", { type: "i16le", at: 0, ...limits }, "feff", -2],
  ["i16be", { type: "i16be", at: 0, ...limits }, "ff7f", -129],
  ["u24le", { type: "u24le", at: 0, ...limits }, "010203", 0x030201],
  ["u24be", { type: "u24be", at: 0, ...limits }, "f10203", 0xf10203],
  ["u32le", { type: "u32le", at: 0, ...limits }, "010203ff", 0xff030201],
  ["u32be", { type: "u32be", at: 0, ...limits }, "ff010203", 0xff010203],
  ["u16split", { type: "u16split", at: 2, low: 0, ...limits }, "020001", 0x0102],
  ["hundredths", { type: "u16be", at: 0, per: 100, ...limits }, "0e42", 36.5],
  ["a factor", { type: "u8", at: 0, times: 2, ...limits }, "4b", 150],
  ["an offset, without what binary adds to it", { type: "u16be", at: 0, per: 100, plus: 30, ...limits }, "029e", 36.7],
  ["tenths in a byte of their own", { type: "tenths", at: 0, per: 10, ...limits }, "2408", 36.8],
  ["packed digits", { type: "bcd", at: 0, size: 2, ...limits }, "0676", 676],
  ["digits with a sign", { type: "digits", at: 1, size: 4, sign: 0, decimals: 1, ...limits }, "2d30313233", -12.3],
  ["digits behind blanks", { type: "digits", at: 0, size: 4, blanks: true, ...limits }, "20203133", 13],
  ["bits", { type: "bits", parts: [{ at: 0, shift: 3, width: 2 }], ...limits }, "10", 2],
  [
    "bits of two bytes",
    {
      type: "bits",
      parts: [
        { at: 1, shift: 6, width: 1 },
        { at: 0, shift: 0, width: 7 },
      ],
      ...limits,
    },
    "0540",
    133,
  ],
  ["a code of two bytes", { type: "code", size: 2, at: 0, order: "be", known: [0x1234] }, "1234", 0x1234],
  ["a code in bits", { type: "code", size: 1, at: 0, mask: 0x3c, shift: 2, known: [0, 10] }, "28", 10],
  [
    "flags of two bytes",
    { type: "flags", at: 0, size: 2, bits: { low: 0, high: 15 } },
    "0080",
    { low: false, high: true },
  ],
  ["the year in a byte", { type: "datetime", form: "ymdhms8", at: 0 }, "180305071e09", "2024-03-05T07:30:09"],
  ["to the minute", { type: "datetime", form: "ymdhm5", at: 0 }, "180305071e", "2024-03-05T07:30"],
  ["packed digits of a date", { type: "datetime", form: "bcdYmdhms6", at: 0 }, "240305073009", "2024-03-05T07:30:09"],
  ["packed, to the minute", { type: "datetime", form: "bcdYmdhm5", at: 0 }, "2403050730", "2024-03-05T07:30"],
  ["a date in sixteen bits", { type: "datetime", form: "ymd16mh4", at: 0 }, "65301e07", "2024-03-05T07:30"],
  ["seconds since 1970", { type: "datetime", form: "unix32be", at: 0 }, "65e6c98e", "2024-03-05T07:28:14"],
  ["seconds since 2000", { type: "datetime", form: "since2000be32", at: 0 }, "00015180", "2000-01-02T00:00:00"],
  ["the same, low byte first", { type: "datetime", form: "since2000le32", at: 0 }, "80510100", "2000-01-02T00:00:00"],
  ["text with a filling byte", { type: "ascii", at: 0, size: 5, pad: 0 }, "4142430000", "ABC"],
  ["opaque bytes", { type: "raw", at: 1, size: 2 }, "00beef", "beef"],
  ["opaque bytes up to the end", { type: "raw", at: 1 }, "00beefca", "beefca"],
  ["UTF-16", { type: "utf16le", at: 0, size: 8 }, "205f094e20002000", "张三"],
  ["GB18030 of a size", { type: "gb18030", at: 0, size: 6 }, "d1aad1b92020", "血压"],
];

describe("a field", () => {
  test.each(cases)("reads %s", (_what, field, hex, value) => {
    const bytes = fromHex(hex);
    expect(fieldCodec(field, {}).read(bytes, 0, bytes.length)).toEqual(value);
  });
  test.each(cases)("reads %s anywhere", (_what, field, hex, value) => {
    const bytes = Uint8Array.from([9, 9, ...fromHex(hex), 9]);
    expect(fieldCodec(field, {}).read(bytes, 2, bytes.length - 1)).toEqual(value);
  });
  test.each(cases)("writes %s", (_what, field, hex, value) => {
    const bytes = new Uint8Array(fromHex(hex).length);
    fieldCodec(field, {}).write(bytes, 0, bytes.length, value, {});
    expect(toHex(bytes)).toBe(toHex(fromHex(hex)));
  });
  test.each(cases)("takes no other bytes for %s than it says", (_what, field, hex) => {
    const bytes = fromHex(hex);
    const offsets = fieldOffsets(field, bytes.length);
    const free = bytes.map((byte, i) => (offsets.includes(i) ? byte : byte ^ 0xff));
    expect(fieldCodec(field, {}).read(free, 0, free.length)).toEqual(
      fieldCodec(field, {}).read(bytes, 0, bytes.length),
    );
  });
});

describe("what cannot be is called impossible, with its bytes", () => {
  test.each<readonly [string, Field, string, string]>([
    ["a number above its range", { type: "u8", at: 0, min: 0, max: 10 }, "0b", "11"],
    ["a number below its range", { type: "u8", at: 0, plus: -20, min: 0, max: 10 }, "0b", "11"],
    ["packed digits that are none", { type: "bcd", at: 0, size: 2, ...limits }, "0a12", "0a12"],
    ["ten tenths", { type: "tenths", at: 0, per: 10, ...limits }, "240a", "240a"],
    ["digits that are none", { type: "digits", at: 0, size: 2, ...limits }, "3a30", "3a30"],
    ["a blank that is not allowed", { type: "digits", at: 0, size: 2, ...limits }, "2030", "2030"],
    ["a blank behind a digit", { type: "digits", at: 0, size: 3, blanks: true, ...limits }, "302031", "302031"],
    ["nothing but blanks", { type: "digits", at: 0, size: 2, blanks: true, ...limits }, "2020", "2020"],
    ["a sign that is none", { type: "digits", at: 1, size: 1, sign: 0, ...limits }, "2031", "3120"],
    ["an unknown code", { type: "code", size: 1, at: 0, known: [1] }, "02", "2"],
    ["a control character in UTF-16", { type: "utf16le", at: 0, size: 2 }, "0700", "0700"],
    ["bytes that are no GB18030", { type: "gb18030", at: 0, size: 1 }, "81", "81"],
  ])("%s", (_what, field, hex, raw) => {
    const bytes = fromHex(hex);
    expect(fieldCodec(field, {}).read(bytes, 0, bytes.length)).toEqual({ impossible: true, raw });
  });
});

describe("what means no number is null, both ways", () => {
  const field: Field = { type: "u8", at: 0, unit: "%", min: 0, max: 100, special: [{ raw: [127, 127], absent: true }] };
  test("read", () => expect(fieldCodec(field, {}).read(Uint8Array.of(127), 0, 1)).toBeNull());
  test("written", () => {
    const bytes = new Uint8Array(1);
    fieldCodec(field, {}).write(bytes, 0, 1, null, {});
    expect(bytes).toEqual(Uint8Array.of(127));
  });
  test("but only where the field has such a value", () => {
    const plain: Field = { type: "u8", at: 0, unit: "%", min: 0, max: 100 };
    expect(() => fieldCodec(plain, {}).write(new Uint8Array(1), 0, 1, null, {})).toThrow("no raw value means null");
  });
  test.each([
    ["a date that does not exist", "18021e0000"],
    ["a date of zeros", "0000000000"],
  ])("%s", (_what, hex) => {
    expect(fieldCodec({ type: "datetime", form: "ymdhm5", at: 0 }, {}).read(fromHex(hex), 0, 5)).toBeNull();
  });
  test("packed digits of a date that are none", () => {
    expect(fieldCodec({ type: "datetime", form: "bcdYmdhm5", at: 0 }, {}).read(fromHex("2a03050730"), 0, 5)).toBeNull();
  });
});
