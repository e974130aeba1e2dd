import { expect, test } from "vitest";
import { rawInteger, readRaw } from "../../../drivers/kit/fields.ts";
import { NumberRow } from "../../../drivers/kit/number-row.ts";
import { integerTypes } from "../../../drivers/kit/schema-binary.ts";

const fields = integerTypes.map((type, i) => ({ type, at: 1 + 2 * i, low: 30, min: -1e9, max: 1e10 }) as const);
const bytes = Uint8Array.from({ length: 40 }, (_, i) => (i * 71 + 130) & 0xff);

test.each([0, 3])("every kind of integer, in the order of the fields, in a frame that begins at %i", (start) => {
  const row = new Float64Array(fields.length);
  new NumberRow(fields).read(bytes, start, row);
  expect([...row]).toEqual(fields.map((field) => readRaw(rawInteger(field), bytes, start)));
});

test("numbers that the bytes say, written out by hand", () => {
  const row = new Float64Array(4);
  new NumberRow([
    { type: "u16le", at: 0, min: 0, max: 65_535 },
    { type: "i16be", at: 0, min: -32_768, max: 32_767 },
    { type: "u32be", at: 0, min: 0, max: 4_294_967_295 },
    { type: "u8", at: 3, min: 0, max: 255 },
  ]).read(Uint8Array.of(0xff, 0x01, 0x80, 0x7f), 0, row);
  expect([...row]).toEqual([0x01ff, -255, 0xff01807f, 0x7f]);
});
