/** Frames of ASTM E1381 (CLSI LIS01-A2): STX, number, text, ETB or ETX, checksum as two hex digits, CR LF. */

import { checks } from "./checks.ts";

export const STX = 0x02;
export const ETX = 0x03;
export const EOT = 0x04;
export const ENQ = 0x05;
export const ACK = 0x06;
export const LF = 0x0a;
export const CR = 0x0d;
export const NAK = 0x15;
export const ETB = 0x17;

export interface AstmFrame {
  /** One digit 0 to 7. */
  readonly number: number;
  readonly text: Uint8Array;
  /** It ended with ETX: its last record is over, with or without CR. Over ETB a record may go on. */
  readonly closed: boolean;
}

const upper = "0123456789ABCDEF";
const lower = "0123456789abcdef";

/** Sum of the bytes from the number to ETB or ETX inclusive, modulo 256. */
export function astmSum(bytes: Uint8Array, from: number, to: number): number {
  return checks.sum8.extend(0, bytes, from, to);
}

/**
 * The number of the whole frame that stands from `from` to `to`, or -1 when anything in it is not as it must be. `hex`: how
 * the device writes its checksum.
 */
export function frameNumber(bytes: Uint8Array, from: number, to: number, hex: "upper" | "lower"): number {
  const end = to - 5;
  const number = (bytes[from + 1] ?? 0) - 0x30;
  if (end < from + 2 || bytes[from] !== STX || number < 0 || number > 7) return -1;
  if (bytes[end] !== ETB && bytes[end] !== ETX) return -1;
  const digits = hex === "upper" ? upper : lower;
  const sum = astmSum(bytes, from + 1, end + 1);
  const printed = bytes[end + 1] === digits.charCodeAt(sum >> 4) && bytes[end + 2] === digits.charCodeAt(sum & 15);
  return printed && bytes[end + 3] === CR && bytes[end + 4] === LF ? number : -1;
}

/** A whole frame, or undefined when it is none. */
export function readFrame(bytes: Uint8Array, hex: "upper" | "lower"): AstmFrame | undefined {
  const number = frameNumber(bytes, 0, bytes.length, hex);
  const end = bytes.length - 5;
  return number < 0 ? undefined : { number, text: bytes.slice(2, end), closed: bytes[end] === ETX };
}

export function writeFrame(number: number, text: Uint8Array, end: "etb" | "etx", hex: "upper" | "lower"): Uint8Array {
  const frame = new Uint8Array(text.length + 7);
  frame.set([STX, 0x30 + number]);
  frame.set(text, 2);
  const at = text.length + 2;
  frame[at] = end === "etb" ? ETB : ETX;
  const sum = astmSum(frame, 1, at + 1);
  const digits = hex === "upper" ? upper : lower;
  frame.set([digits.charCodeAt(sum >> 4), digits.charCodeAt(sum & 15), CR, LF], at + 1);
  return frame;
}

/**
 * Records as frames 1 to 7, 0, 1 …: one record for each, or all of them in one. No text is cut: a sender of ours has
 * none longer than its receiver takes.
 */
export function framesOf(
  records: readonly Uint8Array[],
  form: { readonly hold: "record" | "message"; readonly end: "etb" | "etx"; readonly last: "etb" | "etx" },
  hex: "upper" | "lower",
): readonly Uint8Array[] {
  const lines = records.map((record) => Uint8Array.of(...record, CR));
  const texts = form.hold === "record" ? lines : [Uint8Array.from(lines.flatMap((line) => [...line]))];
  return texts.map((text, i) => writeFrame((i + 1) % 8, text, i === texts.length - 1 ? form.last : form.end, hex));
}

/**
 * What the sender says before it waits for an answer: the call, each frame, and EOT, behind which nothing is waited for.
 * Bytes that are no transfer (a simulated fault) are one piece.
 */
export function turnsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const turns: Uint8Array[] = [];
  let from = 0;
  let called = false;
  bytes.forEach((byte, at) => {
    called ||= byte === ENQ;
    if (byte !== ENQ && !(called && byte === LF)) return;
    turns.push(bytes.slice(from, at + 1));
    from = at + 1;
  });
  return from < bytes.length ? [...turns, bytes.slice(from)] : turns;
}
