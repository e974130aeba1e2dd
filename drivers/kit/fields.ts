import { addBytes, byteOrder, impossible, readBytes, type FieldCodec, type Fields } from "./field-codec.ts";
import { fromHex } from "./hex.ts";
import { isNumberField, numberCodec, numberOffsets } from "./number-fields.ts";
import type { Field, FieldOf } from "./schema.ts";
import { isTextField, textCodec } from "./string-fields.ts";
import { timeCodec, timeSize } from "./time-fields.ts";
import type { Value } from "./value.ts";

export { isIntegerField, rawInteger, readRaw, type RawInteger } from "./number-fields.ts";

function flagsCodec(field: FieldOf<"flags">): FieldCodec {
  const offsets = byteOrder(field.at, field.size ?? 1, field.order ?? "le");
  const bits = Object.entries(field.bits).map(([name, bit]) => ({ name, value: 2 ** bit }));
  return {
    read(bytes, start) {
      const raw = readBytes(bytes, start, offsets);
      return Object.fromEntries(bits.map(({ name, value }) => [name, Math.floor(raw / value) % 2 === 1]));
    },
    write(bytes, start, _end, value) {
      let raw = 0;
      for (const bit of bits) if ((value as Readonly<Record<string, boolean>>)[bit.name]) raw += bit.value;
      addBytes(bytes, start, offsets, raw);
    },
  };
}

function codeCodec(field: FieldOf<"code">): FieldCodec {
  const offsets = byteOrder(field.at, field.size, field.order ?? "le");
  const mask = field.mask ?? 256 ** field.size - 1;
  const shift = field.shift ?? 0;
  return {
    read(bytes, start) {
      const raw = (readBytes(bytes, start, offsets) & mask) >>> shift;
      return field.open === true || field.known.includes(raw) ? raw : impossible(raw);
    },
    write(bytes, start, _end, value: Value) {
      const raw = Number(value) * 2 ** shift;
      if ((raw & mask) >>> 0 !== raw) throw new Error(`the code ${Number(value)} does not fit`);
      addBytes(bytes, start, offsets, raw);
    },
  };
}

/** The codec of a binary field. `fields`: all of its frame. Fields of other kinds of envelope are read by their own reader. */
export function fieldCodec(field: Field, fields: Fields): FieldCodec {
  if (isNumberField(field)) return numberCodec(field, fields, (other) => fieldCodec(other, {}));
  if (isTextField(field)) return textCodec(field);
  switch (field.type) {
    case "flags":
      return flagsCodec(field);
    case "code":
      return codeCodec(field);
    case "datetime":
      return timeCodec(field);
    default:
      throw new Error(`a ${field.type} field does not stand in a binary frame`);
  }
}

/** Which bytes of a binary frame a field takes; used to prove that forbidden bytes cannot be formed. */
export function fieldOffsets(field: Field, size: number): readonly number[] {
  const run = (at: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => at + i);
  if (isNumberField(field)) return numberOffsets(field);
  if (isTextField(field)) return run(field.at, field.size ?? Math.max(0, size - field.at));
  switch (field.type) {
    case "flags":
      return run(field.at, field.size ?? 1);
    case "code":
      return run(field.at, field.size);
    case "datetime":
      return run(field.at, timeSize(field.form));
    default:
      return [];
  }
}

/** Writes a hex constant into a frame. */
export function writeHex(bytes: Uint8Array, start: number, hex: string): void {
  bytes.set(fromHex(hex), start);
}
