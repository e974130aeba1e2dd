import { checkedTime, deviceTimeOf, wallMs, wallParts, type WallParts } from "./device-time.ts";
import { byteOrder, readBytes, writeBytes, type FieldCodec } from "./field-codec.ts";
import type { FieldOf } from "./schema.ts";
import { textOf } from "./value.ts";

/** Fields that hold a device's wall time. */

type Form = FieldOf<"datetime">["form"];

/** `read` answers null for a time that does not exist. */
interface TimeForm {
  readonly size: number;
  read(bytes: Uint8Array, at: number): string | null;
  write(bytes: Uint8Array, at: number, parts: WallParts, ms: number): void;
}

const toBcd = (number: number): number => Math.floor(number / 10) * 16 + (number % 10);
/** No number where it is no packed digits: then there is no such time. */
const fromBcd = (byte: number): number =>
  byte >> 4 > 9 || (byte & 15) > 9 ? Number.NaN : (byte >> 4) * 10 + (byte & 15);
const same = (number: number): number => number;

/** Year − 2000, month, day, hour, minute and maybe second, a byte each. */
function inBytes(size: 5 | 6, from: (byte: number) => number, to: (number: number) => number): TimeForm {
  return {
    size,
    read(bytes, at) {
      const part = (i: number): number => from(bytes[at + i] ?? 0);
      return checkedTime(2000 + part(0), part(1), part(2), part(3), part(4), size === 6 ? part(5) : undefined);
    },
    write(bytes, at, [year, ...rest]) {
      [year - 2000, ...rest].slice(0, size).forEach((part, i) => writeBytes(bytes, at, [i], to(part)));
    },
  };
}

function inSeconds(order: "le" | "be", sinceMs: number): TimeForm {
  const offsets = byteOrder(0, 4, order);
  return {
    size: 4,
    read: (bytes, at) => deviceTimeOf(sinceMs + readBytes(bytes, at, offsets) * 1000),
    write: (bytes, at, _parts, ms) => writeBytes(bytes, at, offsets, Math.floor((ms - sinceMs) / 1000)),
  };
}

const packedDate: TimeForm = {
  size: 4,
  read(bytes, at) {
    const date = readBytes(bytes, at, [1, 0]);
    const [minute, hour] = [bytes[at + 2] ?? 0, bytes[at + 3] ?? 0];
    return checkedTime(2000 + (date >> 9), (date >> 5) & 15, date & 31, hour & 31, minute & 63);
  },
  write(bytes, at, [year, month, day, hour, minute]) {
    writeBytes(bytes, at, [1, 0], ((year - 2000) << 9) | (month << 5) | day);
    bytes[at + 2] = minute;
    bytes[at + 3] = hour;
  },
};

const year2000 = wallMs("2000-01-01T00:00:00");
const forms: { readonly [F in Form]: TimeForm } = {
  ymdhms8: inBytes(6, same, same),
  ymdhm5: inBytes(5, same, same),
  bcdYmdhms6: inBytes(6, fromBcd, toBcd),
  bcdYmdhm5: inBytes(5, fromBcd, toBcd),
  ymd16mh4: packedDate,
  unix32le: inSeconds("le", 0),
  unix32be: inSeconds("be", 0),
  since2000le32: inSeconds("le", year2000),
  since2000be32: inSeconds("be", year2000),
};

export function timeSize(form: Form): number {
  return forms[form].size;
}

/** The bytes of null are zeros, which is no date; a form that counts seconds has no null. */
export function timeCodec({ form, at }: FieldOf<"datetime">): FieldCodec {
  const time = forms[form];
  return {
    read: (bytes, start) => time.read(bytes, start + at),
    write(bytes, start, _end, value) {
      if (value === null) return;
      const ms = wallMs(textOf(value));
      time.write(bytes, start + at, wallParts(ms), ms);
    },
  };
}
