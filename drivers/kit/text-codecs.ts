import type { Unit } from "../../core/domain/quantity.ts";
import { gb18030Bytes, gb18030Text } from "./gb18030.ts";
import type { FieldOf } from "./schema.ts";
import { timePattern } from "./text-time.ts";
import { isMeasured, textOf, type Impossible, type Value } from "./value.ts";

/** A field that stands in a text; characters are bytes (Latin-1), whatever their charset. */
export type TextField = FieldOf<"number" | "amount" | "textCode" | "text" | "textTime">;

/** What was read: `next` is the place behind it. */
export interface TextRead {
  readonly next: number;
  readonly value: Value | Impossible;
}

/** Reads and writes one field of a text. No step goes back, so the time is linear in what is read. */
export interface TextCodec {
  /** Looks at `at` … `to` only; undefined where no such field stands. */
  read(text: string, at: number, to: number): TextRead | undefined;
  /** Throws on a value the field cannot hold: profiles are checked before they are used, so that is a bug. */
  write(value: Value): string;
}

export function standsInText(field: { readonly type: string }): field is TextField {
  return ["number", "amount", "textCode", "text", "textTime"].includes(field.type);
}

export function textCodec(field: TextField): TextCodec {
  switch (field.type) {
    case "number":
      return numberCodec(field);
    case "amount":
      return amountCodec(field);
    case "textCode":
      return codeCodec(field);
    case "text":
      return plainCodec(field);
    case "textTime":
      return timeCodec(field);
  }
}

/** More digits than this are no measured number. */
const mostDigits = 9;
const isDigit = (text: string, at: number): boolean => text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57;
const standsAt = (word: string, text: string, at: number, to: number): boolean =>
  text.startsWith(word, at) && at + word.length <= to;
const longestFirst = (words: readonly string[]): readonly string[] => [...words].sort((a, b) => b.length - a.length);
const skipBlanks = (text: string, at: number, to: number): number => {
  let from = at;
  while (from < to && text.charCodeAt(from) === 32) from++;
  return from;
};
const digitRange = (decimals: number | readonly number[] | undefined): readonly [number, number] => {
  if (decimals === undefined) return [0, 0];
  return typeof decimals === "number" ? [decimals, decimals] : [decimals[0] ?? 0, decimals[1] ?? 0];
};

/** Digits, and a point with so many digits behind it. Answers the place behind them; undefined where there are none. */
function scanNumber(
  text: string,
  at: number,
  to: number,
  [fewest, most]: readonly [number, number],
): number | undefined {
  let from = at;
  while (from < to && isDigit(text, from)) from++;
  if (from === at || from - at > mostDigits) return undefined;
  if (most === 0 || from >= to || text.charAt(from) !== ".") return fewest === 0 ? from : undefined;
  const point = from++;
  while (from < to && isDigit(text, from)) from++;
  const behind = from - point - 1;
  return behind >= Math.max(1, fewest) && behind <= most ? from : undefined;
}

const inRange = (value: number, limits: { readonly min: number; readonly max: number }): boolean =>
  value >= limits.min && value <= limits.max;
const impossible = (raw: string): Impossible => ({ impossible: true, raw: raw.trim() });
const comparatorAt = (text: string, at: number): "<" | ">" | undefined => {
  const char = text.charAt(at);
  return char === "<" || char === ">" ? char : undefined;
};

function numberCodec(field: FieldOf<"number">): TextCodec {
  const range = digitRange(field.decimals);
  const { width, unit } = field;
  const measured = (value: number, comparator?: "<" | ">"): Value =>
    unit === undefined ? value : { value, unit, ...(comparator === undefined ? {} : { comparator }) };
  const words = [
    ...(field.special ?? []).map((mark) => ({ text: mark.text, value: measured(mark.value, mark.comparator) })),
    ...(field.absent ?? []).map((text) => ({ text, value: null })),
  ].sort((a, b) => b.text.length - a.text.length);

  function plain(text: string, at: number, to: number): TextRead | undefined {
    let from = at;
    let negative = false;
    if (field.sign === "place") {
      if (!"+- ".includes(text.charAt(from)) || from >= to) return undefined;
      negative = text.charAt(from++) === "-";
    }
    if (field.pad === " ") from = skipBlanks(text, from, to);
    const comparator = field.comparators === true ? comparatorAt(text, from) : undefined;
    if (comparator !== undefined) from = skipBlanks(text, from + 1, to);
    if (field.sign === "sign" && (text.charAt(from) === "-" || text.charAt(from) === "+"))
      negative = text.charAt(from++) === "-";
    const next = scanNumber(text, from, to, range);
    if (next === undefined) return undefined;
    const size = Number(text.slice(from, next));
    const value = negative && size !== 0 ? -size : size;
    return { next, value: inRange(value, field) ? measured(value, comparator) : impossible(text.slice(at, next)) };
  }
  function fits(written: string): string {
    if (width === undefined) return written;
    const { sign, pad = "0" } = field;
    // Blanks stand before the sign, zeros and a sign with a place of its own behind it.
    const lead = sign === "place" || (pad === "0" && written.startsWith("-")) ? written.slice(0, 1) : "";
    const text = lead + written.slice(lead.length).padStart(width - lead.length, pad);
    if (text.length !== width) throw new Error(`${written} does not fit in ${width} characters`);
    return text;
  }
  return {
    read(text, at, to) {
      if (width !== undefined) {
        if (at + width > to) return undefined;
        const inside = text.slice(at, at + width).trim();
        const word = words.find((each) => each.text === inside);
        if (word !== undefined) return { next: at + width, value: word.value };
        const found = plain(text, at, at + width);
        return found?.next === at + width ? found : undefined;
      }
      const word = words.find((each) => each.text !== "" && standsAt(each.text, text, at, to));
      if (word !== undefined) return { next: at + word.text.length, value: word.value };
      return plain(text, at, to);
    },
    write(value) {
      const word = words.find((each) => JSON.stringify(each.value) === JSON.stringify(value));
      if (word !== undefined) return width === undefined ? word.text : word.text.padEnd(width);
      const number = isMeasured(value) ? value.value : value;
      if (typeof number !== "number") throw new Error(`${JSON.stringify(value)} is no number`);
      const comparator = isMeasured(value) ? (value.comparator ?? "") : "";
      if (comparator !== "" && field.comparators !== true) throw new Error(`no text means ${comparator}${number}`);
      const sign = number < 0 ? "-" : field.sign === "place" ? "+" : "";
      if (sign === "-" && field.sign === undefined) throw new Error(`${number} has no sign here`);
      return fits(`${comparator}${sign}${Math.abs(number).toFixed(range[1])}`);
    },
  };
}

function amountCodec(field: FieldOf<"amount">): TextCodec {
  const units = Object.entries(field.units)
    .flatMap(([unit, limits]) => (limits.texts ?? [unit]).map((text) => ({ unit: unit as Unit, limits, text })))
    .sort((a, b) => b.text.length - a.text.length);
  const absent = longestFirst(field.absent ?? []);
  return {
    read(text, at, to) {
      const word = absent.find((each) => standsAt(each, text, at, to));
      if (word !== undefined) return { next: at + word.length, value: { notCalculable: true } };
      const comparator = comparatorAt(text, at);
      const from = comparator === undefined ? at : skipBlanks(text, at + 1, to);
      const end = scanNumber(text, from, to, [0, 4]);
      if (end === undefined) return undefined;
      const unitAt = skipBlanks(text, end, to);
      const found = units.find((each) => standsAt(each.text, text, unitAt, to));
      if (found === undefined) return { next: to, value: impossible(text.slice(at, to)) };
      const { unit, limits } = found;
      const next = found.text === "" ? end : unitAt + found.text.length;
      // There may be no check on this line: a number that has lost its point is another number.
      const [fewest, most] = digitRange(limits.decimals);
      const digits = text.slice(from, end);
      const behind = digits.split(".")[1]?.length ?? 0;
      const value = Number(digits);
      if (behind < fewest || behind > most || !inRange(value, limits))
        return { next, value: impossible(text.slice(at, next)) };
      return { next, value: { value, unit, ...(comparator === undefined ? {} : { comparator }) } };
    },
    write(value) {
      if (!isMeasured(value)) {
        const word = field.absent?.[0];
        if (word === undefined) throw new Error(`${JSON.stringify(value)} is no number with a unit`);
        return word;
      }
      const limits = field.units[value.unit];
      if (limits === undefined) throw new Error(`${value.unit} is none of its units`);
      const text = limits.texts?.[0] ?? value.unit;
      const number = value.value.toFixed(digitRange(limits.decimals)[1]);
      return `${value.comparator ?? ""}${number}${text === "" ? "" : ` ${text}`}`;
    },
  };
}

function codeCodec(field: FieldOf<"textCode">): TextCodec {
  const known = longestFirst(field.known);
  return {
    read(text, at, to) {
      if (field.open !== undefined) {
        const next = field.open.width === undefined ? to : at + field.open.width;
        if (next > to || next - at > 64 || !allIn("printable", text, at, next)) return undefined;
        return { next, value: text.slice(at, next) };
      }
      const found = known.find((each) => standsAt(each, text, at, to));
      return found === undefined ? undefined : { next: at + found.length, value: found };
    },
    write: (value) => textOf(value),
  };
}

function timeCodec(field: FieldOf<"textTime">): TextCodec {
  const patterns = field.patterns.map((pattern) => timePattern(pattern, field.loose === true));
  return {
    read(text, at, to) {
      for (const pattern of patterns) {
        if (at + pattern.length > to) continue;
        const value = pattern.read(text, at);
        if (value !== undefined) return { next: at + pattern.length, value };
      }
      return undefined;
    },
    write(value) {
      if (value !== null && typeof value !== "string") throw new Error(`${JSON.stringify(value)} is no time`);
      return patterns[0]?.write(value) ?? "";
    },
  };
}

type Charset = NonNullable<FieldOf<"text">["charset"]>;

function isIn(charset: Charset, code: number): boolean {
  switch (charset) {
    case "printable":
      return code >= 0x20 && code <= 0x7e;
    case "latin":
      return (code >= 0x20 && code <= 0x7e) || code >= 0xa0;
    case "digits":
      return code >= 0x30 && code <= 0x39;
    case "alnum":
      return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
    case "unicode":
    case "gbk":
      return code >= 0x20 && code !== 0x7f;
    case "dots":
      return code <= 0xff && code !== 0x0a;
  }
}
function allIn(charset: Charset, text: string, at: number, to: number): boolean {
  for (let i = at; i < to; i++) if (!isIn(charset, text.charCodeAt(i))) return false;
  return true;
}

function plainCodec(field: FieldOf<"text">): TextCodec {
  const charset = field.charset ?? "printable";
  const { width } = field;
  const [fewest, most] = [field.minSize ?? 0, width ?? field.maxSize ?? 64];
  return {
    read(text, at, to) {
      const next = width === undefined ? to : at + width;
      if (next > to || next - at > most) return undefined;
      let end = next;
      if (width !== undefined) while (end > at && text.charCodeAt(end - 1) === 32) end--;
      if (end - at < fewest || !allIn(charset, text, at, end)) return undefined;
      const inside = text.slice(at, end);
      if (charset !== "unicode" && charset !== "gbk") return { next, value: inside };
      const value = charset === "gbk" ? gb18030Text(latin1Bytes(inside)) : unicodeOf(inside);
      return value === undefined ? undefined : { next, value };
    },
    write(value) {
      const text = textOf(value);
      const bytes = charset === "unicode" ? utf8Of(text) : charset === "gbk" ? gbkOf(text) : text;
      if (bytes.length > most || bytes.length < fewest || !allIn(charset, bytes, 0, bytes.length))
        throw new Error(`"${text}" does not fit`);
      return width === undefined ? bytes : bytes.padEnd(width);
    },
  };
}

/** Characters of bytes: strictly UTF-8, or else GB18030; undefined for neither. */
function unicodeOf(bytes: string): string | undefined {
  try {
    // No control character comes here: each has two digits.
    return decodeURIComponent(bytes.replaceAll(/[^]/g, (char) => `%${char.charCodeAt(0).toString(16)}`));
  } catch {
    return gb18030Text(latin1Bytes(bytes));
  }
}
/** One byte a character; the counterpart of how a text is read. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
/** Throws on a character of four bytes: a printer's font has none of these. */
function gbkOf(text: string): string {
  return Array.from(text, (char) => {
    const bytes = gb18030Bytes(char);
    if (bytes.length > 2) throw new Error(`"${char}" takes ${bytes.length} bytes and cannot be printed as text`);
    return String.fromCharCode(...bytes);
  }).join("");
}
function utf8Of(text: string): string {
  return encodeURIComponent(text).replaceAll(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
