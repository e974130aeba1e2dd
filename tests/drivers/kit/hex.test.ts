import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asciiBytes, asciiText, fromHex, toHex } from "../../../drivers/kit/hex.ts";

describe("hex", () => {
  test("is written in lower case, two digits a byte", () => {
    expect(toHex(Uint8Array.of(0, 10, 171, 255))).toBe("000aabff");
  });
  test.each([
    ["", []],
    ["00 0a\tAB\nff", [0, 10, 171, 255]],
    ["0 0 0 a", [0, 10]],
  ])("%j is read as %j", (text, bytes) => {
    expect(fromHex(text)).toEqual(Uint8Array.from(bytes));
  });
  test.each(["0", "0g", "g0", "0x00", "-1", "12 3", "1.", "00,11"])("%j is refused, with its text", (text) => {
    expect(() => fromHex(text)).toThrow(`not hex: ${text}`);
  });
  test("what is written is read again", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
      }),
    );
  });
});

test("ASCII is one byte a character", () => {
  expect(asciiBytes("A\r~")).toEqual(Uint8Array.of(0x41, 0x0d, 0x7e));
});

describe("bytes as text", () => {
  test("keep what prints and name the rest, so that nothing is lost", () => {
    const bytes = Uint8Array.of(0x1f, 0x20, 0x41, 0x7e, 0x7f, 0x80, 0xff, 0x00, 0x0d);
    expect(asciiText(bytes, 0, bytes.length)).toBe("\\x1f A~\\x7f\\x80\\xff\\x00\\x0d");
  });
  test("are those from the first place up to, but not, the last", () => {
    expect(asciiText(asciiBytes("abcd"), 1, 3)).toBe("bc");
    expect(asciiText(asciiBytes("abcd"), 2, 2)).toBe("");
  });
});
