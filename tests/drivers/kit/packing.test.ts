import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../drivers/kit/hex.ts";
import { mostPacked, pack, packedTests, unpack } from "../../../drivers/kit/packing.ts";

const packed = (hex: string): string => {
  const bytes = fromHex(hex);
  pack(bytes);
  return toHex(bytes);
};
const unpacked = (hex: string): string => {
  const wire = fromHex(hex);
  const plain = new Uint8Array(wire.length).fill(0xee);
  unpack(wire, 0, wire.length, plain);
  return toHex(plain);
};

describe("bit 7 of every byte stands in the second", () => {
  test.each([
    ["01", "01"],
    ["0100", "0180"],
    ["0100ff", "0181ff"],
    ["01007f", "0180ff"],
    ["01000080", "01828080"],
    ["0100ff7fff7fff7fff", "01d5ffffffffffffff"],
    ["010000000000000080", "01c080808080808080"],
  ])("%s is %s on the wire", (plain, wire) => {
    expect(packed(plain)).toBe(wire);
    expect(unpacked(wire)).toBe(plain);
  });
  test("nothing stays nothing", () => expect(packed("")).toBe(""));
  test("a frame in the middle of others is unpacked from its own bytes", () => {
    const plain = new Uint8Array(3);
    unpack(fromHex("ff0181ff81"), 1, 3, plain);
    expect(toHex(plain)).toBe("0100ff");
  });
  test("nothing is written behind the frame", () => {
    const plain = new Uint8Array(mostPacked).fill(0xee);
    unpack(fromHex("0181ffffff"), 0, 3, plain);
    expect(toHex(plain)).toBe("0100ffeeeeeeeeeeee");
  });
  test("what was packed is unpacked, and only the first byte on the wire has bit 7 clear", () => {
    const frame = fc.uint8Array({ minLength: 2, maxLength: mostPacked }).map((bytes) => {
      bytes[0] = (bytes[0] ?? 0) & 0x7f;
      bytes[1] = 0;
      return bytes;
    });
    fc.assert(
      fc.property(frame, (bytes) => {
        const wire = fromHex(packed(toHex(bytes)));
        expect([...wire].map((byte) => byte >> 7)).toEqual([0, ...Array<number>(wire.length - 1).fill(1)]);
        expect(unpacked(toHex(wire))).toBe(toHex(bytes));
      }),
    );
  });
});

describe("what a packed frame is known by", () => {
  /** Does the wire pass every test (offset, mask, value)? */
  const passes = (tests: readonly (readonly [number, number, number])[], wire: Uint8Array): boolean =>
    tests.every(([at, mask, value]) => ((wire[at] ?? 0) & mask) === value);
  const known = packedTests(
    [
      [0, 0xff, 0x01],
      [2, 0xff, 0xc5],
      [3, 0x0f, 0x02],
      [4, 0x80, 0x00],
    ],
    5,
  );
  test.each([
    ["0100c5f200", true],
    ["0100c5027f", true],
    ["0200c5f200", false],
    ["010045f200", false],
    ["0100c4f200", false],
    ["0100c5f300", false],
    ["0100c5f280", false],
  ])("%s: %s", (plain, expected) => {
    expect(passes(known, fromHex(packed(plain)))).toBe(expected);
  });
  test("bytes whose bit 7 is not where packing puts it are none", () => {
    const wire = fromHex(packed("0100c5f200"));
    expect(wire.map((_, at) => Number(passes(known, wire.with(at, (wire[at] ?? 0) ^ 0x80))))).toEqual(
      new Uint8Array(5),
    );
  });
});
