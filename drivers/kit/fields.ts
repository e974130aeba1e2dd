import { checkedTime, deviceTimeOf, wallMs, wallParts } from "./device-time.ts";
import { fromHex, asciiText } from "./hex.ts";
import type { Field, FieldOf, IntegerField } from "./schema.ts";
import { isMeasured, textOf, type Impossible, type Value } from "./value.ts";

/** Reads and writes one field of a binary frame that starts at `start` and whose payload ends before `end`. */
export interface FieldCodec {
  read(bytes: Uint8Array, start: number, end: number): Value | Impossible;
  /** Throws on a value the field cannot hold: profiles are checked before they are used, so that is a bug. */
  write(bytes: Uint8Array, start: number, end: number, value: Value): void;
}

const impossible = (raw: number | string): Impossible => ({ impossible: true, raw: String(raw) });

interface IntegerLayout {
  readonly type: IntegerField["type"];
  readonly at: number;
  readonly low?: number | undefined;
}

/** Offsets of an integer's bytes, most significant first. */
export function integerOffsets(field: IntegerLayout): readonly number[] {
  const { at } = field;
  switch (field.type) {
    case "u8":
    case "i8":
      return [at];
    case "u16le":
      return [at + 1, at];
    case "u16be":
      return [at, at + 1];
    case "u32le":
      return [at + 3, at + 2, at + 1, at];
    case "u32be":
      return [at, at + 1, at + 2, at + 3];
    case "u16split":
      return [at, field.low ?? at + 1];
  }
}

/** Where the bytes of an integer stand, most significant first; what it does not have is 0. */
export interface RawInteger {
  readonly width: 1 | 2 | 4;
  readonly signed: boolean;
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

/** The layout of a field's raw integer, resolved once, so that no kind is looked up per frame. */
export function rawInteger(field: IntegerLayout): RawInteger {
  const offsets = integerOffsets(field);
  const [first = 0, second = 0, third = 0, fourth = 0] = offsets;
  const width = offsets.length === 1 ? 1 : offsets.length === 2 ? 2 : 4;
  return { width, signed: field.type === "i8", first, second, third, fourth };
}

/** The raw integer in the frame that begins at `start`: shifts, no view and no call. The framer guarantees the bounds. */
export function readRaw(integer: RawInteger, bytes: Uint8Array, start: number): number {
  const first = bytes[start + integer.first] as number;
  if (integer.width === 1) return integer.signed ? (first << 24) >> 24 : first;
  const second = bytes[start + integer.second] as number;
  if (integer.width === 2) return (first << 8) | second;
  const third = bytes[start + integer.third] as number;
  return ((first << 24) | (second << 16) | (third << 8) | (bytes[start + integer.fourth] as number)) >>> 0;
}

function writeInteger(bytes: Uint8Array, start: number, offsets: readonly number[], raw: number): void {
  const limit = 2 ** (8 * offsets.length);
  if (!Number.isInteger(raw) || raw < -limit / 2 || raw >= limit)
    throw new Error(`${raw} does not fit in ${offsets.length} bytes`);
  let rest = raw < 0 ? raw + limit : raw;
  for (let i = offsets.length - 1; i >= 0; i--) {
    bytes[start + (offsets[i] ?? 0)] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

function integerCodec(field: IntegerField): FieldCodec {
  const integer = rawInteger(field);
  const offsets = integerOffsets(field);
  const per = field.per ?? 1;
  const special = field.special ?? [];
  const withUnit = (value: number): Value => (field.unit === undefined ? value : { value, unit: field.unit });
  return {
    read(bytes, start) {
      const raw = readRaw(integer, bytes, start);
      for (const mark of special) {
        if (raw < mark.raw[0] || raw > mark.raw[1]) continue;
        if (field.unit === undefined) return impossible(raw);
        return { value: mark.value, unit: field.unit, comparator: mark.comparator };
      }
      const value = raw / per;
      return value < field.min || value > field.max ? impossible(raw) : withUnit(value);
    },
    write(bytes, start, _end, value) {
      if (isMeasured(value) && value.comparator !== undefined) {
        const mark = special.find((each) => each.comparator === value.comparator && each.value === value.value);
        if (mark === undefined) throw new Error(`no raw value means ${value.comparator}${value.value}`);
        writeInteger(bytes, start, offsets, mark.raw[0]);
        return;
      }
      const number = isMeasured(value) ? value.value : value;
      if (typeof number !== "number") throw new Error(`${JSON.stringify(value)} is no number`);
      writeInteger(bytes, start, offsets, Math.round(number * per));
    },
  };
}

function flagsCodec(field: FieldOf<"flags">): FieldCodec {
  const bits = Object.entries(field.bits);
  return {
    read(bytes, start) {
      const byte = bytes[start + field.at] ?? 0;
      return Object.fromEntries(bits.map(([name, bit]) => [name, (byte & (1 << bit)) !== 0]));
    },
    write(bytes, start, _end, value) {
      let byte = 0;
      for (const [name, bit] of bits) if ((value as Readonly<Record<string, boolean>>)[name]) byte |= 1 << bit;
      bytes[start + field.at] = byte;
    },
  };
}

function codeCodec(field: FieldOf<"code">): FieldCodec {
  const layout = { type: field.size === 1 ? "u8" : "u32le", at: field.at } as const;
  const integer = rawInteger(layout);
  const offsets = integerOffsets(layout);
  return {
    read(bytes, start) {
      const raw = readRaw(integer, bytes, start);
      return field.open === true || field.known.includes(raw) ? raw : impossible(raw);
    },
    write: (bytes, start, _end, value) => writeInteger(bytes, start, offsets, Number(value)),
  };
}

function datetimeCodec(field: FieldOf<"datetime">): FieldCodec {
  const { at } = field;
  switch (field.form) {
    case "unix32le": {
      const integer = rawInteger({ type: "u32le", at });
      const offsets = integerOffsets({ type: "u32le", at });
      return {
        read: (bytes, start) => deviceTimeOf(readRaw(integer, bytes, start) * 1000),
        write: (bytes, start, _end, value) =>
          writeInteger(bytes, start, offsets, Math.floor(wallMs(textOf(value)) / 1000)),
      };
    }
    case "ymdhms8":
      return {
        read(bytes, start) {
          const part = (offset: number): number => bytes[start + at + offset] ?? 0;
          return checkedTime(2000 + part(0), part(1), part(2), part(3), part(4), part(5));
        },
        write(bytes, start, _end, value) {
          if (value === null) return;
          const [year, ...rest] = wallParts(wallMs(textOf(value)));
          const parts = [year - 2000, ...rest];
          parts.forEach((part, i) => {
            writeInteger(bytes, start, [at + i], part);
          });
        },
      };
  }
}

function asciiCodec(field: FieldOf<"ascii">): FieldCodec {
  return {
    read(bytes, start, end) {
      const from = start + field.at;
      const to = field.size === undefined ? end : from + field.size;
      const text = asciiText(bytes, from, to);
      return text.length === to - from && text.trim() !== "" ? text : impossible(text);
    },
    write(bytes, start, end, value) {
      const text = textOf(value);
      const room = field.size ?? end - start - field.at;
      if (text.length !== room) throw new Error(`"${text}" does not fill ${room} bytes`);
      for (let i = 0; i < room; i++) bytes[start + field.at + i] = text.charCodeAt(i);
    },
  };
}

/** The codec of a binary field. Label rows are read by the label's own reader. */
export function fieldCodec(field: Field): FieldCodec {
  switch (field.type) {
    case "flags":
      return flagsCodec(field);
    case "code":
      return codeCodec(field);
    case "datetime":
      return datetimeCodec(field);
    case "ascii":
      return asciiCodec(field);
    case "row":
    case "rowTime":
    case "analyte":
      throw new Error(`a ${field.type} field stands on a label, not in a binary frame`);
    default:
      return integerCodec(field);
  }
}

/** Which bytes of a binary frame a field takes; used to prove that forbidden bytes cannot be formed. */
export function fieldOffsets(field: Field, size: number): readonly number[] {
  const run = (at: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => at + i);
  switch (field.type) {
    case "flags":
      return [field.at];
    case "code":
      return run(field.at, field.size);
    case "datetime":
      return run(field.at, field.form === "unix32le" ? 4 : 6);
    case "ascii":
      return run(field.at, field.size ?? Math.max(0, size - field.at));
    case "row":
    case "rowTime":
    case "analyte":
      return [];
    default:
      return integerOffsets(field);
  }
}

/** Writes a hex constant into a frame. */
export function writeHex(bytes: Uint8Array, start: number, hex: string): void {
  bytes.set(fromHex(hex), start);
}
