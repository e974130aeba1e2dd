import { byteOrder, impossible, writeBytes, type FieldCodec, type Fields } from "./field-codec.ts";
import { integerTypes, type IntegerField, type NumberField } from "./schema-binary.ts";
import type { Field, FieldOf } from "./schema.ts";
import { isMeasured, type Value, type Values } from "./value.ts";

/** Fields that hold a number: where its raw value stands, and how a raw value becomes a number. */

const plain: ReadonlySet<string> = new Set(integerTypes);
const composed: ReadonlySet<string> = new Set([
  "bits",
  "bcd",
  "tenths",
  "digits",
] satisfies readonly NumberField["type"][]);

/** A plain integer of whole bytes: a recorder can read it with `readRaw` and nothing else. */
export const isIntegerField = (field: Field): field is IntegerField => plain.has(field.type);
export const isNumberField = (field: Field): field is NumberField => plain.has(field.type) || composed.has(field.type);

// Raw integers -------------------------------------------------------------------------------------------------------

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
    case "i16le":
      return byteOrder(at, 2, "le");
    case "u16be":
    case "i16be":
      return byteOrder(at, 2, "be");
    case "u24le":
      return byteOrder(at, 3, "le");
    case "u24be":
      return byteOrder(at, 3, "be");
    case "u32le":
      return byteOrder(at, 4, "le");
    case "u32be":
      return byteOrder(at, 4, "be");
    case "u16split":
      return [at, field.low ?? at + 1];
  }
}

/** Where the bytes of an integer stand, most significant first; what it does not have is 0. */
export interface RawInteger {
  /** Bytes; below 0 where it is signed. One number for both, so that the usual ones are told by one look. */
  readonly width: 1 | 2 | 3 | 4 | -1 | -2;
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

/** The layout of a field's raw integer, resolved once, so that no kind is looked up per frame. */
export function rawInteger(field: IntegerLayout): RawInteger {
  const offsets = integerOffsets(field);
  const [first = 0, second = 0, third = 0, fourth = 0] = offsets;
  const width = (field.type.startsWith("i") ? -offsets.length : offsets.length) as RawInteger["width"];
  return { width, first, second, third, fourth };
}

/** The raw integer in the frame that begins at `start`: shifts, no view and no call. The framer guarantees the bounds. */
export function readRaw(integer: RawInteger, bytes: Uint8Array, start: number): number {
  const first = bytes[start + integer.first] as number;
  const { width } = integer;
  if (width === 1) return first;
  if (width === -1) return (first << 24) >> 24;
  const second = bytes[start + integer.second] as number;
  if (width === 2) return (first << 8) | second;
  if (width === -2) return ((first << 24) >> 16) | second;
  const third = bytes[start + integer.third] as number;
  if (width === 3) return (first << 16) | (second << 8) | third;
  return ((first << 24) | (second << 16) | (third << 8) | (bytes[start + integer.fourth] as number)) >>> 0;
}

/** The raw number of a field: how it stands in the bytes, before scale and limits. */
interface RawCodec {
  /** Smallest and largest raw number that the bytes can hold. */
  readonly limits: readonly [number, number];
  /** Undefined where the bytes hold no number. */
  read(bytes: Uint8Array, start: number): number | undefined;
  write(bytes: Uint8Array, start: number, raw: number): void;
}

function integerRaw(field: IntegerField): RawCodec {
  const integer = rawInteger(field);
  const offsets = integerOffsets(field);
  const span = 2 ** (8 * offsets.length);
  return {
    limits: integer.width < 0 ? [-span / 2, span / 2 - 1] : [0, span - 1],
    read: (bytes, start) => readRaw(integer, bytes, start),
    write: (bytes, start, raw) => writeBytes(bytes, start, offsets, raw),
  };
}

function bitsRaw({ parts }: FieldOf<"bits">): RawCodec {
  const span = 2 ** parts.reduce((sum, part) => sum + part.width, 0);
  return {
    limits: [0, span - 1],
    read(bytes, start) {
      let raw = 0;
      for (const { at, shift, width } of parts)
        raw = raw * 2 ** width + (((bytes[start + at] as number) >> shift) & (2 ** width - 1));
      return raw;
    },
    write(bytes, start, raw) {
      if (raw < 0 || raw >= span) throw new Error(`${raw} does not fit in the bits`);
      let rest = raw;
      for (const { at, shift, width } of [...parts].reverse()) {
        bytes[start + at] = (bytes[start + at] ?? 0) | ((rest % 2 ** width) << shift);
        rest = Math.floor(rest / 2 ** width);
      }
    },
  };
}

function bcdRaw({ at, size }: FieldOf<"bcd">): RawCodec {
  return {
    limits: [0, 100 ** size - 1],
    read(bytes, start) {
      let raw = 0;
      for (let i = 0; i < size; i++) {
        const byte = bytes[start + at + i] as number;
        if (byte >> 4 > 9 || (byte & 15) > 9) return undefined;
        raw = raw * 100 + (byte >> 4) * 10 + (byte & 15);
      }
      return raw;
    },
    write(bytes, start, raw) {
      const text = String(raw).padStart(2 * size, "0");
      if (text.length > 2 * size) throw new Error(`${raw} does not fit in ${2 * size} digits`);
      for (let i = 0; i < size; i++) bytes[start + at + i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
    },
  };
}

function tenthsRaw({ at }: FieldOf<"tenths">): RawCodec {
  return {
    limits: [0, 2559],
    read(bytes, start) {
      const tenth = bytes[start + at + 1] as number;
      return tenth > 9 ? undefined : (bytes[start + at] as number) * 10 + tenth;
    },
    write(bytes, start, raw) {
      writeBytes(bytes, start, [at], Math.floor(raw / 10));
      bytes[start + at + 1] = raw % 10;
    },
  };
}

function digitsRaw({ at, size, sign, blanks }: FieldOf<"digits">): RawCodec {
  const largest = 10 ** size - 1;
  return {
    limits: [sign === undefined ? 0 : -largest, largest],
    read(bytes, start) {
      let raw = 0;
      let begun = false;
      for (let i = 0; i < size; i++) {
        const byte = bytes[start + at + i] as number;
        if (byte === 0x20 && blanks === true && !begun && i < size - 1) continue;
        if (byte < 0x30 || byte > 0x39) return undefined;
        begun = true;
        raw = raw * 10 + byte - 0x30;
      }
      if (sign === undefined) return raw;
      const mark = bytes[start + sign];
      // `0 - raw` rather than `-raw`: a negative zero is a zero.
      return mark === 0x2b ? raw : mark === 0x2d ? 0 - raw : undefined;
    },
    write(bytes, start, raw) {
      const text = String(Math.abs(raw)).padStart(size, blanks === true ? " " : "0");
      if (!Number.isInteger(raw) || text.length > size || (raw < 0 && sign === undefined))
        throw new Error(`${raw} does not fit in ${size} digits`);
      for (let i = 0; i < size; i++) bytes[start + at + i] = text.charCodeAt(i);
      if (sign !== undefined) bytes[start + sign] = raw < 0 ? 0x2d : 0x2b;
    },
  };
}

function rawCodec(field: NumberField): RawCodec {
  switch (field.type) {
    case "bits":
      return bitsRaw(field);
    case "bcd":
      return bcdRaw(field);
    case "tenths":
      return tenthsRaw(field);
    case "digits":
      return digitsRaw(field);
    default:
      return integerRaw(field);
  }
}

/** Smallest and largest raw number that the field's bytes can hold. */
export function rawLimits(field: NumberField): readonly [number, number] {
  return rawCodec(field).limits;
}

/** Which bytes the field's raw number takes. */
export function numberOffsets(field: NumberField): readonly number[] {
  const run = (at: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => at + i);
  switch (field.type) {
    case "bits":
      return field.parts.map((part) => part.at);
    case "bcd":
      return run(field.at, field.size);
    case "tenths":
      return run(field.at, 2);
    case "digits":
      return [...run(field.at, field.size), ...(field.sign === undefined ? [] : [field.sign])];
    default:
      return integerOffsets(field);
  }
}

// Raw to number ------------------------------------------------------------------------------------------------------

/** `value = (raw × times + plus × per) / per`: one rounding, so that 30 + 670 / 100 is 36.7. */
export interface Scale {
  readonly per: number;
  readonly times: number;
  readonly plus: number;
}

function scaleWith(field: NumberField, decimals: number): Scale {
  const { per = 1, times = 1, plus = 0 } = field;
  return { per: per * 10 ** Math.max(0, decimals), times: times * 10 ** Math.max(0, -decimals), plus };
}
export const scaledUp = (raw: number, { per, times, plus }: Scale): number => (raw * times + plus * per) / per;
export const scaledDown = (value: number, { per, times, plus }: Scale): number =>
  Math.round(((value - plus) * per) / times);

interface Decimals {
  readonly by: string;
  readonly codes?: Readonly<Record<string, number>> | undefined;
}
const decimalsBy = (field: NumberField): Decimals | undefined =>
  field.type === "digits" && typeof field.decimals === "object" ? field.decimals : undefined;
const fixedDecimals = (field: NumberField): number =>
  field.type === "digits" && typeof field.decimals === "number" ? field.decimals : 0;
const decimalsFor = ({ codes }: Decimals, said: number): number | undefined =>
  codes === undefined ? said : codes[String(said)];

/** The scale of a field in a frame with these values. Undefined where the other field says no known number of decimals. */
export function scaleOf(field: NumberField, values: Values): Scale | undefined {
  const by = decimalsBy(field);
  if (by === undefined) return scaleWith(field, fixedDecimals(field));
  const said = values[by.by];
  const decimals = decimalsFor(by, isMeasured(said) ? said.value : Number(said));
  return decimals === undefined ? undefined : scaleWith(field, decimals);
}

/** `other`: the codec of another field of the frame. */
export function numberCodec(field: NumberField, fields: Fields, other: (field: Field) => FieldCodec): FieldCodec {
  const raws = rawCodec(field);
  const special = field.special ?? [];
  const { unit, min, max } = field;
  const by = decimalsBy(field);
  const fixed = scaleWith(field, fixedDecimals(field));
  const byField = by === undefined ? undefined : fields[by.by];
  const byCodec = byField === undefined ? undefined : other(byField);
  const withUnit = (value: number): Value => (unit === undefined ? value : { value, unit });
  const scaleIn = (bytes: Uint8Array, start: number, end: number): Scale | undefined => {
    if (by === undefined || byCodec === undefined) return fixed;
    const decimals = decimalsFor(by, Number(byCodec.read(bytes, start, end)));
    return decimals === undefined ? undefined : scaleWith(field, decimals);
  };
  return {
    read(bytes, start, end) {
      const raw = raws.read(bytes, start);
      if (raw === undefined) return impossible(textAt(field, bytes, start));
      for (const mark of special) {
        if (raw < mark.raw[0] || raw > mark.raw[1]) continue;
        if ("absent" in mark) return null;
        if (unit === undefined) return impossible(raw);
        return { value: mark.value, unit, comparator: mark.comparator };
      }
      const scale = by === undefined ? fixed : scaleIn(bytes, start, end);
      if (scale === undefined) return impossible(raw);
      const value = scaledUp(raw, scale);
      return value >= min && value <= max ? withUnit(value) : impossible(raw);
    },
    write(bytes, start, _end, value, values) {
      if (value === null || (isMeasured(value) && value.comparator !== undefined)) {
        const mark = special.find((each) =>
          value === null
            ? "absent" in each
            : !("absent" in each) && each.comparator === value.comparator && each.value === value.value,
        );
        if (mark === undefined) throw new Error(`no raw value means ${JSON.stringify(value)}`);
        raws.write(bytes, start, mark.raw[0]);
        return;
      }
      const number = isMeasured(value) ? value.value : value;
      if (typeof number !== "number") throw new Error(`${JSON.stringify(value)} is no number`);
      const scale = scaleOf(field, values);
      if (scale === undefined) throw new Error(`nothing says how many decimals ${number} has`);
      raws.write(bytes, start, scaledDown(number, scale));
    },
  };
}

/** The bytes of a field as hex, for the operator. */
function textAt(field: NumberField, bytes: Uint8Array, start: number): string {
  return numberOffsets(field)
    .map((at) => (bytes[start + at] ?? 0).toString(16).padStart(2, "0"))
    .join("");
}

/** The raw number in a whole frame. Undefined where the bytes hold none. */
export function rawIn(field: NumberField, bytes: Uint8Array): number | undefined {
  return rawCodec(field).read(bytes, 0);
}
