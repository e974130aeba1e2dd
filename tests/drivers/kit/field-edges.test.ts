import { describe, expect, test } from "vitest";
import { fieldCodec, fieldOffsets, writeHex } from "../../../drivers/kit/fields.ts";
import { fromHex, toHex, type Field, type Value } from "../../../drivers/kit/index.ts";
import { isOpen, textSize } from "../../../drivers/kit/string-fields.ts";
import { timeSize } from "../../../drivers/kit/time-fields.ts";
import { impossible, read, wide, written } from "./one-field.ts";

/** What a field holds at its ends, what it refuses to write, and what stands beside it. */

describe("a code", () => {
  test("that is open may be any, and says which", () => {
    const open: Field = { type: "code", size: 1, at: 0, known: [1], open: true };
    expect([read(open, "01"), read(open, "7f")]).toEqual([1, 127]);
  });
  test("in bits leaves the others alone", () => {
    const field: Field = { type: "code", size: 1, at: 0, mask: 0x3c, shift: 2, known: [0, 10] };
    const bytes = fromHex("c3");
    fieldCodec(field, {}).write(bytes, 0, 1, 10, {});
    expect([toHex(bytes), read(field, "eb")]).toEqual(["eb", 10]);
    expect(() => written(field, 16, 1)).toThrow("the code 16 does not fit");
    expect(() => written(field, 0.1, 1)).toThrow("the code 0.1 does not fit");
  });
  test("of four bytes is a large number", () => {
    const field: Field = { type: "code", size: 4, at: 0, order: "be", known: [0xffff_fffe] };
    expect([read(field, "fffffffe"), written(field, 0xffff_fffe, 4)]).toEqual([0xffff_fffe, "fffffffe"]);
  });
  test("stands in the order low byte first where nothing else is said", () => {
    expect(read({ type: "code", size: 2, at: 0, known: [0x02_01] }, "0102")).toBe(0x02_01);
  });
});

describe("flags", () => {
  const flags: Field = { type: "flags", at: 0, bits: { low: 0, high: 7 } };
  test.each([
    ["00", { low: false, high: false }],
    ["81", { low: true, high: true }],
    ["7e", { low: false, high: false }],
  ])("%s", (hex, value) => expect(read(flags, hex)).toEqual(value));
  test("are added to what is there", () => {
    const bytes = fromHex("10");
    fieldCodec(flags, {}).write(bytes, 0, 1, { low: true, high: false }, {});
    expect(toHex(bytes)).toBe("11");
  });
  test("stand in either order", () => {
    const two: Field = { type: "flags", at: 0, size: 2, order: "be", bits: { low: 0 } };
    expect([read(two, "0001"), read(two, "0100")]).toEqual([{ low: true }, { low: false }]);
  });
});

describe("text", () => {
  const text = (more: object): Field => ({ type: "ascii", at: 1, ...more });
  test.each<readonly [Field, string, unknown]>([
    [text({ size: 2 }), "004142", "AB"],
    [text({ size: 2 }), "000041", impossible("\\x00A")],
    [text({ size: 2 }), "002020", impossible("  ")],
    [text({ size: 3, pad: 0x20 }), "00412020", "A"],
    [text({ size: 2, pad: 0x20 }), "002020", impossible("")],
    [text({}), "00414243", "ABC"],
    [{ type: "utf16le", at: 0, size: 4 }, "41004200", "AB"],
    [{ type: "utf16le", at: 0, size: 4 }, "20002000", null],
    [{ type: "utf16le", at: 0, size: 2 }, "00d8", impossible("00d8")],
    [{ type: "utf16le", at: 0, size: 3 }, "410042", "A"],
    [{ type: "gb18030", at: 0, size: 4 }, "d1aa2020", "血"],
    [{ type: "gb18030", at: 0, size: 2 }, "2020", null],
    [{ type: "raw", at: 1, size: 1 }, "00be00", "be"],
  ])("%# %s", (field, hex, value) => expect(read(field, hex)).toEqual(value));
  test.each<readonly [Field, Value, string]>([
    [text({ size: 3, pad: 0x2a }), "A", "00412a2a"],
    [{ type: "utf16le", at: 0, size: 4 }, null, "20002000"],
    [{ type: "utf16le", at: 0, size: 4 }, "张", "205f2000"],
    [{ type: "gb18030", at: 1, size: 3 }, "血", "00d1aa20"],
    [text({}), "ABC", "00414243"],
  ])("%# %s", (field, value, hex) => expect(written(field, value, hex.length / 2)).toBe(hex));
  test.each<readonly [Field, Value, string]>([
    [text({ size: 2 }), "A", '"A" does not fill 2 bytes'],
    [text({ size: 2 }), "ABC", '"ABC" does not fill 2 bytes'],
    [text({ size: 2 }), null, '"" does not fill 2 bytes'],
    [text({ size: 2, pad: 0 }), "ABC", '"ABC" does not fill 2 bytes'],
    [{ type: "raw", at: 0 }, "be", '"be" does not fill 3 bytes'],
  ])("%# %s is refused", (field, value, message) => {
    expect(() => written(field, value, 3)).toThrow(message);
  });
  test("without a size is open, and takes what it needs", () => {
    const open = text({});
    expect([isOpen(open), isOpen(text({ size: 1 })), isOpen({ type: "u8", at: 0, ...wide })]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isOpen({ type: "gb18030", at: 0 }), isOpen({ type: "raw", at: 0 })]).toEqual([true, true]);
    expect([
      textSize({ type: "ascii", at: 0 }, "ABC"),
      textSize({ type: "utf16le", at: 0, size: 2 }, "张"),
      textSize({ type: "gb18030", at: 0 }, null),
    ]).toEqual([3, 2, 0]);
  });
});

describe("a wall time", () => {
  test.each<readonly [Extract<Field, { type: "datetime" }>["form"], string, string]>([
    ["ymdhms8", "180305071e09", "2024-03-05T07:30:09"],
    ["ymdhm5", "180305071e", "2024-03-05T07:30"],
    ["bcdYmdhms6", "991231235959", "2099-12-31T23:59:59"],
    ["bcdYmdhm5", "2403050730", "2024-03-05T07:30"],
    ["ymd16mh4", "9fc73b17", "2099-12-31T23:59"],
    ["unix32le", "ffffffff", "2106-02-07T06:28:15"],
    ["since2000be32", "00000000", "2000-01-01T00:00:00"],
  ])("%s %s", (form, hex, text) => {
    const field: Field = { type: "datetime", form, at: 0 };
    expect([timeSize(form), read(field, hex), written(field, text, hex.length / 2)]).toEqual([
      hex.length / 2,
      text,
      hex,
    ]);
  });
  test.each(["ymdhms8", "bcdYmdhm5", "ymd16mh4"] as const)("nothing in %s is zeros, and zeros are nothing", (form) => {
    const field: Field = { type: "datetime", form, at: 0 };
    const hex = written(field, null, timeSize(form));
    expect([hex, read(field, hex)]).toEqual(["00".repeat(timeSize(form)), null]);
  });
  test.each(["2a03050730", "a203050730", "24030507 6a"])("%s has no packed digits", (hex) => {
    expect(read({ type: "datetime", form: "bcdYmdhm5", at: 0 }, toHex(fromHex(hex)))).toBeNull();
  });
  test("packed hour and minute stand in their own bits", () => {
    expect(read({ type: "datetime", form: "ymd16mh4", at: 0 }, "65305ee7")).toBe("2024-03-05T07:30");
  });
});

describe("which bytes a field takes", () => {
  test.each<readonly [Field, readonly number[]]>([
    [
      {
        type: "bits",
        parts: [
          { at: 3, shift: 0, width: 1 },
          { at: 1, shift: 0, width: 1 },
        ],
        ...wide,
      },
      [3, 1],
    ],
    [{ type: "bcd", at: 2, size: 2, ...wide }, [2, 3]],
    [{ type: "tenths", at: 2, ...wide }, [2, 3]],
    [{ type: "digits", at: 2, size: 2, ...wide }, [2, 3]],
    [{ type: "digits", at: 2, size: 2, sign: 9, ...wide }, [2, 3, 9]],
    [{ type: "u16le", at: 2, ...wide }, [3, 2]],
    [{ type: "flags", at: 2, bits: { a: 0 } }, [2]],
    [{ type: "flags", at: 2, size: 2, bits: { a: 0 } }, [2, 3]],
    [{ type: "code", at: 2, size: 2, known: [] }, [2, 3]],
    [{ type: "datetime", at: 2, form: "ymdhm5" }, [2, 3, 4, 5, 6]],
    [{ type: "ascii", at: 2, size: 2 }, [2, 3]],
    [{ type: "ascii", at: 2 }, [2, 3, 4]],
    [{ type: "ascii", at: 7 }, []],
    [{ type: "rowTime" } as unknown as Field, []],
  ])("%j", (field, offsets) => {
    expect(fieldOffsets(field, 5)).toEqual(offsets);
  });
  test("a field of a line of text stands in no binary frame", () => {
    expect(() => fieldCodec({ type: "rowTime" } as unknown as Field, {})).toThrow(
      "a rowTime field does not stand in a binary frame",
    );
  });
});

describe("a field in a frame that does not begin its buffer", () => {
  test.each<readonly [Field, Value, string]>([
    [{ type: "u16le", at: 1, ...wide }, 0x02_01, "000102"],
    [{ type: "bits", parts: [{ at: 1, shift: 0, width: 7 }], ...wide }, 5, "000500"],
    [{ type: "bcd", at: 1, size: 1, ...wide }, 42, "004200"],
    [{ type: "tenths", at: 1, per: 10, ...wide }, 36.7, "002407"],
    [{ type: "digits", at: 1, size: 1, sign: 2, ...wide }, -7, "00372d"],
    [{ type: "code", at: 1, size: 1, known: [7] }, 7, "000700"],
    [{ type: "flags", at: 1, bits: { a: 1 } }, { a: true }, "000200"],
    [{ type: "ascii", at: 1, size: 2 }, "AB", "004142"],
    [{ type: "ascii", at: 1 }, "AB", "004142"],
    [{ type: "raw", at: 1, size: 1 }, "be", "00be00"],
    [{ type: "datetime", at: 0, form: "ymdhm5" }, "2024-03-05T07:30", "180305071e"],
    [{ type: "datetime", at: 1, form: "unix32be" }, "1970-01-01T00:00:01", "0000000001"],
  ])("%j is written there and nowhere else, and read from there", (field, value, hex) => {
    const size = hex.length / 2;
    const bytes = fromHex(`eeeeeeee${"00".repeat(size)}eeeeeeee`);
    fieldCodec(field, {}).write(bytes, 4, 4 + size, value, {});
    expect(toHex(bytes)).toBe(`eeeeeeee${hex}eeeeeeee`);
    expect(fieldCodec(field, {}).read(bytes, 4, 4 + size)).toEqual(value);
  });
  test("names the bytes of what cannot be from there", () => {
    const bytes = fromHex("0000000012a300");
    expect(fieldCodec({ type: "bcd", at: 0, size: 2, ...wide }, {}).read(bytes, 4, 6)).toEqual(impossible("12a3"));
  });
});

test("constants are written where they stand", () => {
  const bytes = new Uint8Array(4);
  writeHex(bytes, 1, "aa55");
  expect(toHex(bytes)).toBe("00aa5500");
});
