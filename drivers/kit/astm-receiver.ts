import type { DiscardReason } from "../../core/domain/outcome.ts";
import { ACK, CR, ENQ, EOT, ETB, ETX, frameNumber, LF, NAK, STX } from "./astm-frame.ts";
import type { Framer } from "./framer.ts";

export interface AstmReceiverOptions {
  /** `false`: the device does not wait for answers, and gets none. */
  readonly answers: boolean;
  /** The header frame may come before ENQ. */
  readonly headerFirst: boolean;
  readonly hex: "upper" | "lower";
  readonly maxBytes: number;
}
/** One accepted frame: its text, closed with CR where ETX closed it, and its bytes. */
export interface AstmPiece {
  readonly text: Uint8Array;
  readonly raw: Uint8Array;
}
/** What is received lies in the receiver's buffer: it can be taken during the call, and costs nothing if it is not. */
export interface AstmTransfer {
  pieces(): readonly AstmPiece[];
  /** Every byte of the transfer. */
  raw(): Uint8Array;
}
export interface AstmReceiverSink {
  /** Everything between ENQ and EOT was received. */
  message(transfer: AstmTransfer): void;
  discard(raw: Uint8Array, reason: DiscardReason): void;
  reply(bytes: Uint8Array): void;
}

const acknowledged = Uint8Array.of(ACK);
const refused = Uint8Array.of(NAK);

/** `header`: a header frame came before ENQ. */
type Phase = "idle" | "header" | "open";

/**
 * The receiving end of E1381, phase by phase: ENQ is answered with ACK, each good frame with ACK, a broken one or one with
 * another number than the next with NAK. The number of the last accepted frame means that our ACK was lost: it is
 * acknowledged again and not kept twice. EOT ends the transfer. The clock is the caller's: `flush` after 30 s of silence.
 * A transfer is one thing: all its bytes go out together, with what was repeated in it, or are dropped together.
 */
export function createAstmReceiver(options: AstmReceiverOptions, sink: AstmReceiverSink): Framer {
  const { answers, headerFirst, hex, maxBytes } = options;
  let raw = new Uint8Array(4_096);
  let size = 0;
  let phase: Phase = "idle";
  /** Where the frame that is being read begins in `raw`; below zero between frames. */
  let frameAt = -1;
  /** Where it ends when its ETB or ETX is the last thing that was right. */
  let frameEnd = Number.POSITIVE_INFINITY;
  /** ENQ or EOT inside a frame: the line's, or a broken character? The next byte tells. */
  let suspect = false;
  /** Accepted frames: where each begins and ends in `raw`. */
  let places = new Int32Array(64);
  let accepted = 0;
  let expected = 1;
  let lastNumber = -1;
  /** The sender went on behind a refused frame: whatever it still says, something is missing. */
  let spoiled = false;

  function keep(byte: number): void {
    if (size === raw.length) {
      const wider = new Uint8Array(raw.length * 2);
      wider.set(raw);
      raw = wider;
    }
    raw[size++] = byte;
  }
  const answer = (bytes: Uint8Array): void => {
    if (answers) sink.reply(bytes);
  };
  /** Takes the first `count` bytes out of the buffer. */
  function taken(count: number): Uint8Array {
    const bytes = raw.slice(0, count);
    raw.copyWithin(0, count, size);
    size -= count;
    for (let i = 0; i < 2 * accepted; i++) places[i] = (places[i] as number) - count;
    return bytes;
  }
  function accept(from: number, to: number): void {
    if (2 * accepted === places.length) {
      const wider = new Int32Array(places.length * 2);
      wider.set(places);
      places = wider;
    }
    places[2 * accepted] = from;
    places[2 * accepted + 1] = to;
    accepted++;
  }
  function piece(at: number): AstmPiece {
    const bytes = raw.slice(places[2 * at], places[2 * at + 1]);
    const end = bytes.length - 5;
    const text = bytes.subarray(2, end);
    const lacksCr = bytes[end] === ETX && text.at(-1) !== CR;
    return { text: lacksCr ? Uint8Array.of(...text, CR) : text, raw: bytes };
  }
  const transfer: AstmTransfer = {
    pieces: () => Array.from({ length: accepted }, (_, at) => piece(at)),
    raw: () => raw.slice(0, size),
  };
  function restart(): void {
    phase = "idle";
    frameAt = -1;
    frameEnd = Number.POSITIVE_INFINITY;
    suspect = false;
    accepted = 0;
    expected = 1;
    lastNumber = -1;
    spoiled = false;
    if (raw.length > 65_536 && size === 0) raw = new Uint8Array(4_096);
  }
  /** Drops everything before the last `left` bytes. */
  function drop(left: number): void {
    const count = size - left;
    const reason = phase !== "idle" && (accepted > 0 || frameAt >= 0) ? "incomplete" : "noise";
    if (count > 0) sink.discard(taken(count), reason);
    restart();
  }
  function finish(): void {
    if (accepted === 0 || spoiled) {
      drop(0);
      return;
    }
    sink.message(transfer);
    size = 0;
    restart();
  }
  /** ENQ has just been kept as the last byte. */
  function called(): void {
    // A header before ENQ belongs to what is called for. Anything else that stood open is over, a repeated call too.
    if (!(headerFirst && accepted === 1)) drop(1);
    // … and the ENQ before that header was somebody else's.
    else if (raw[0] === ENQ) sink.discard(taken(1), "noise");
    phase = "open";
    answer(acknowledged);
  }
  function ended(): void {
    if (phase === "open") finish();
    else drop(0);
  }
  /** `raw` ends with the last byte of a frame, whatever it is worth. */
  function judge(): void {
    let from = frameAt;
    const number = frameNumber(raw, from, size, hex);
    frameAt = -1;
    frameEnd = Number.POSITIVE_INFINITY;
    const header = headerFirst && number === 1 && raw[from + 2] === 0x48;
    // A new transfer begins though the last one did not end.
    if (header && phase === "open" && accepted > 1) {
      drop(size - from);
      from = 0;
    }
    const isHeader = phase === "idle";
    if (number < 0 || (isHeader && !header)) {
      if (isHeader) drop(0);
      else answer(refused);
    } else if (spoiled) answer(refused);
    else if (number === expected) {
      accept(from, size);
      lastNumber = expected;
      expected = (expected + 1) % 8;
      if (isHeader) phase = "header";
      else answer(acknowledged);
    } else {
      spoiled = number !== lastNumber;
      answer(spoiled ? refused : acknowledged);
    }
  }
  function begin(): void {
    // Before ENQ there is nothing but one header frame.
    if (phase === "header" || (phase === "idle" && size > 1)) drop(1);
    frameAt = size - 1;
    frameEnd = Number.POSITIVE_INFINITY;
    suspect = false;
  }
  const isLine = (byte: number): boolean => byte === STX || byte === ENQ || byte === EOT;
  function inFrame(byte: number): void {
    if (frameEnd !== Number.POSITIVE_INFINITY) {
      // Checksum, CR and LF follow, and nothing that runs the line.
      if (isLine(byte)) {
        size--;
        judge();
        take(byte);
      } else if (byte === LF || size - 1 >= frameEnd) judge();
      return;
    }
    const control = raw[size - 2] ?? 0;
    if (suspect && isLine(byte)) {
      // It was the line's: what stood open before it is no frame any more.
      size -= 2;
      frameAt = -1;
      suspect = false;
      take(control);
      take(byte);
      return;
    }
    suspect = byte === ENQ || byte === EOT;
    if (byte === STX) begin();
    else if (byte === LF) judge();
    else if (byte === ETB || byte === ETX) frameEnd = size + 3;
  }
  function take(byte: number): void {
    keep(byte);
    if (frameAt >= 0) inFrame(byte);
    else if (byte === ENQ) called();
    else if (byte === EOT && phase !== "idle") ended();
    else if (byte === STX && (phase !== "idle" || headerFirst)) begin();
    if (size >= maxBytes) {
      sink.discard(taken(size), phase === "idle" && frameAt < 0 ? "noise" : "length");
      restart();
    }
  }

  /** Keeps what is nothing but text inside a frame, from `from` on, and answers the place behind it. */
  function keepText(chunk: Uint8Array, from: number): number {
    if (frameAt < 0 || suspect || frameEnd !== Number.POSITIVE_INFINITY) return from;
    const bytes = raw;
    const room = Math.min(bytes.length, maxBytes - 1) - size;
    const to = Math.min(chunk.length, from + room);
    let at = from;
    for (; at < to && (chunk[at] as number) >= 0x20; at++) bytes[size + at - from] = chunk[at] as number;
    size += at - from;
    return at;
  }

  return {
    hear(chunk) {
      for (let at = 0; at < chunk.length; at++) {
        at = keepText(chunk, at);
        if (at < chunk.length) take(chunk[at] as number);
      }
      if (phase === "idle" && frameAt < 0 && size > 0) drop(0);
    },
    flush() {
      if (suspect && raw[size - 1] === EOT && phase === "open") {
        frameAt = -1;
        finish();
      } else if (size > 0) drop(0);
      else restart();
    },
    pending: () => (phase === "idle" && frameAt < 0 ? 0 : size),
    prefer() {
      // Messages name themselves.
    },
  };
}
