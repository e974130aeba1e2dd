import { isUtf8 } from "node:buffer";

/** Why nothing more is read, by RFC 6455: broken frames, no UTF-8, more than is taken. */
export type Broken = 1002 | 1007 | 1009;

export interface FrameSink {
  /** A whole message; undefined: a binary one. */
  message(text: string | undefined): void;
  /** What a pong is to say. */
  ping(bytes: Buffer): void;
  pong(): void;
  /** The other side says goodbye; 1005 where it gave no reason. */
  closed(code: number): void;
  /** Told once; whatever comes afterwards is not looked at. */
  broken(code: Broken): void;
}

const continuation = 0;
const text = 1;
const binary = 2;
const close = 8;
const ping = 9;
const pong = 10;

/** Bytes of a head: two, the longer length, the mask. */
const headBytes = (length: number): number => (length < 126 ? 6 : length === 126 ? 8 : 14);

/**
 * Cuts what one client sends into messages (RFC 6455, no extensions, masked frames only). A frame that came whole is read
 * where it lies; of a line on which nothing is under way, nothing is kept.
 */
export class FrameReader {
  readonly #mostBytes: number;
  /** The beginning of a frame that has not come whole, in a buffer that grows with what came, not with what was announced. */
  #held: Buffer | undefined;
  #heldBytes = 0;
  /** So many bytes the frame at the beginning of `#held` needs at the least. */
  #need = 0;
  /** Of a message in fragments: its opcode and what came of it. */
  #opcode = 0;
  #parts: Buffer[] | undefined;
  #partBytes = 0;
  #over = false;

  /** `mostBytes`: of one message. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Unmasks in place: `chunk` is the reader's from here on. */
  read(chunk: Buffer, sink: FrameSink): void {
    let bytes = chunk;
    if (this.#held !== undefined) {
      this.#hold(chunk);
      if (this.#heldBytes < this.#need) return;
      bytes = this.#held.subarray(0, this.#heldBytes);
      this.#held = undefined;
      this.#heldBytes = 0;
    }
    let at = 0;
    while (at < bytes.length && !this.#over) {
      const size = this.#frame(bytes, at, sink);
      if (size === undefined) {
        this.#hold(bytes.subarray(at));
        return;
      }
      at += size;
    }
  }

  /** The bytes of the frame at `at`; undefined where it has not come whole. */
  #frame(bytes: Buffer, at: number, sink: FrameSink): number | undefined {
    const left = bytes.length - at;
    if (left < 2) return this.#wants(2);
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    const opcode = first & 0x0f;
    const isLast = first >= 0x80;
    const said = second & 0x7f;
    if ((first & 0x70) !== 0 || second < 0x80 || !this.#fits(opcode, isLast, said)) return this.#break(1002, sink);
    const head = headBytes(said);
    if (left < head) return this.#wants(head);
    if (said === 127 && bytes.readUInt32BE(at + 2) !== 0) return this.#break(1009, sink);
    const length = said < 126 ? said : said === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
    if (opcode < close && this.#partBytes + length > this.#mostBytes) return this.#break(1009, sink);
    if (left < head + length) return this.#wants(head + length);
    const from = at + head;
    unmask(bytes, from, length);
    const body = bytes.subarray(from, from + length);
    if (opcode < close) this.#data(opcode, isLast, body, sink);
    else if (opcode === ping) sink.ping(body);
    else if (opcode === pong) sink.pong();
    else this.#goodbye(body, sink);
    return head + length;
  }

  #fits(opcode: number, isLast: boolean, said: number): boolean {
    if (opcode === continuation) return this.#parts !== undefined;
    if (opcode === text || opcode === binary) return this.#parts === undefined;
    return (opcode === ping || opcode === pong || (opcode === close && said !== 1)) && isLast && said < 126;
  }

  #data(opcode: number, isLast: boolean, body: Buffer, sink: FrameSink): void {
    if (this.#parts === undefined && isLast) return this.#message(opcode, body, sink);
    this.#parts ??= [];
    if (opcode !== continuation) this.#opcode = opcode;
    // A copy: of what it came in, most may be something else; and empty fragments are no way to fill the memory.
    if (body.length > 0) this.#parts.push(Buffer.from(body));
    this.#partBytes += body.length;
    if (!isLast) return;
    const whole = Buffer.concat(this.#parts);
    this.#parts = undefined;
    this.#partBytes = 0;
    this.#message(this.#opcode, whole, sink);
  }

  #message(opcode: number, body: Buffer, sink: FrameSink): void {
    if (opcode === binary) sink.message(undefined);
    else if (isUtf8(body)) sink.message(body.toString("utf8"));
    else this.#break(1007, sink);
  }

  #goodbye(body: Buffer, sink: FrameSink): void {
    if (body.length > 0 && !isCloseCode(body.readUInt16BE(0))) this.#break(1002, sink);
    else if (!isUtf8(body.subarray(2))) this.#break(1007, sink);
    else {
      this.#over = true;
      sink.closed(body.length > 0 ? body.readUInt16BE(0) : 1005);
    }
  }

  #wants(bytes: number): undefined {
    this.#need = bytes;
  }

  #break(code: Broken, sink: FrameSink): number {
    this.#over = true;
    sink.broken(code);
    return 0;
  }

  #hold(chunk: Buffer): void {
    const bytes = this.#heldBytes + chunk.length;
    if (this.#held === undefined || this.#held.length < bytes) {
      const larger = Buffer.allocUnsafeSlow(Math.max(bytes, Math.min(2 * bytes, this.#need)));
      this.#held?.copy(larger, 0, 0, this.#heldBytes);
      this.#held = larger;
    }
    chunk.copy(this.#held, this.#heldBytes);
    this.#heldBytes = bytes;
  }
}

function unmask(bytes: Buffer, from: number, length: number): void {
  const to = from + length;
  const a = bytes[from - 4] ?? 0;
  const b = bytes[from - 3] ?? 0;
  const c = bytes[from - 2] ?? 0;
  const d = bytes[from - 1] ?? 0;
  let at = from;
  for (; at + 3 < to; at += 4) {
    bytes[at] = (bytes[at] ?? 0) ^ a;
    bytes[at + 1] = (bytes[at + 1] ?? 0) ^ b;
    bytes[at + 2] = (bytes[at + 2] ?? 0) ^ c;
    bytes[at + 3] = (bytes[at + 3] ?? 0) ^ d;
  }
  if (at < to) bytes[at] = (bytes[at] ?? 0) ^ a;
  if (at + 1 < to) bytes[at + 1] = (bytes[at + 1] ?? 0) ^ b;
  if (at + 2 < to) bytes[at + 2] = (bytes[at + 2] ?? 0) ^ c;
}

const isCloseCode = (code: number): boolean =>
  (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) || (code >= 3000 && code <= 4999);

const headOf = (opcode: number, length: number): string =>
  length < 126
    ? String.fromCharCode(0x80 | opcode, length)
    : length < 0x1_0000
      ? String.fromCharCode(0x80 | opcode, 126, length >> 8, length & 0xff)
      : String.fromCharCode(0x80 | opcode, 127, 0, 0, 0, 0) +
        String.fromCharCode((length >>> 24) & 0xff, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff);

/**
 * Frames of the hub's own side, as strings of bytes (latin1): what leaves in one turn is put together and written once,
 * and text that is ASCII, as nearly all of it is, goes out without a copy of its own.
 */
export function textFrame(message: string): string {
  const bytes = Buffer.byteLength(message);
  const body = bytes === message.length ? message : Buffer.from(message).toString("latin1");
  return headOf(text, bytes) + body;
}
export const pingFrame = headOf(ping, 0);
export const pongFrame = (body: Buffer): string => headOf(pong, body.length) + body.toString("latin1");
/** `reason`: ASCII, at most 123 characters. */
export const closeFrame = (code: number, reason: string): string =>
  headOf(close, 2 + reason.length) + String.fromCharCode(code >> 8, code & 0xff) + reason;
