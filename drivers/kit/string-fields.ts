import { impossible, type FieldCodec } from "./field-codec.ts";
import { gb18030Bytes, gb18030Text } from "./gb18030.ts";
import { asciiBytes, asciiText, fromHex, toHex } from "./hex.ts";
import type { Field, FieldOf } from "./schema.ts";
import { textOf, type Impossible, type Value } from "./value.ts";

/** Fields that hold text or opaque bytes. */

export type TextField = FieldOf<"ascii" | "utf16le" | "gb18030" | "raw">;
type TextForm = TextField["type"];

export const isTextField = (field: Field): field is TextField =>
  field.type === "ascii" || field.type === "utf16le" || field.type === "gb18030" || field.type === "raw";
/** Text without a size of its own: it makes a frame vary. */
export const isOpen = (field: Field): field is TextField => isTextField(field) && field.size === undefined;

function readText(field: TextField, bytes: Uint8Array, from: number, to: number): Value | Impossible {
  switch (field.type) {
    case "ascii": {
      let end = to;
      if (field.pad !== undefined) while (end > from && bytes[end - 1] === field.pad) end--;
      const text = asciiText(bytes, from, end);
      return text.length === end - from && text.trim() !== "" ? text : impossible(text);
    }
    case "utf16le": {
      let text = "";
      for (let at = from; at + 1 < to; at += 2)
        text += String.fromCharCode((bytes[at] as number) | ((bytes[at + 1] as number) << 8));
      text = text.trimEnd();
      // A control character, half a pair or a code point that is none.
      if (/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text)) return impossible(toHex(bytes.subarray(from, to)));
      return text === "" ? null : text;
    }
    case "gb18030": {
      const text = gb18030Text(bytes, from, to)?.trimEnd();
      return text === undefined ? impossible(toHex(bytes.subarray(from, to))) : text === "" ? null : text;
    }
    case "raw":
      return toHex(bytes.subarray(from, to));
  }
}

const pads: { readonly [F in TextForm]: readonly number[] } = {
  ascii: [],
  utf16le: [0x20, 0],
  gb18030: [0x20],
  raw: [],
};

function bytesOf(field: TextField, value: Value): Uint8Array {
  const text = value === null ? "" : textOf(value);
  switch (field.type) {
    case "ascii":
      return asciiBytes(text);
    case "utf16le":
      return Uint8Array.from(
        { length: 2 * text.length },
        (_, i) => (text.charCodeAt(i >> 1) >> (i % 2 === 0 ? 0 : 8)) & 255,
      );
    case "gb18030":
      return gb18030Bytes(text);
    case "raw":
      return fromHex(text);
  }
}

/** Bytes that an open text takes. */
export function textSize(field: TextField, value: Value): number {
  return bytesOf(field, value).length;
}

export function textCodec(field: TextField): FieldCodec {
  const pad = field.type === "ascii" && field.pad !== undefined ? [field.pad] : pads[field.type];
  return {
    read: (bytes, start, end) =>
      readText(field, bytes, start + field.at, field.size === undefined ? end : start + field.at + field.size),
    write(bytes, start, end, value) {
      const text = bytesOf(field, value);
      const room = field.size ?? end - start - field.at;
      if (text.length > room || (text.length < room && pad.length === 0))
        throw new Error(`"${textOf(value ?? "")}" does not fill ${room} bytes`);
      for (let i = 0; i < room; i++)
        bytes[start + field.at + i] = text[i] ?? (pad[(i - text.length) % Math.max(1, pad.length)] as number);
    },
  };
}
