import type { DiscardReason } from "../../core/domain/outcome.ts";
import type { Framer } from "./framer.ts";

/** Minimal lower layer protocol: VT, message, FS CR. It has no check: what stands between the marks is all there is. */

export const VT = 0x0b;
export const FS = 0x1c;
export const CR = 0x0d;

/** The bytes handed out belong to the framer: they are valid only during the call. */
export interface MllpSink {
  /** From `start` to `end` with its marks; see `messageIn`. */
  block(bytes: Uint8Array, start: number, end: number): void;
  discard(bytes: Uint8Array, start: number, end: number, reason: DiscardReason): void;
}

/** What stands between the marks of a block. */
export function messageIn(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return bytes.subarray(start + 1, end - 2);
}

export function mllp(message: Uint8Array): Uint8Array {
  return Uint8Array.of(VT, ...message, FS, CR);
}

/** A second VT begins again: what stood open before it is incomplete. Never throws; holds at most `maxBytes`. */
export function createMllpFramer(maxBytes: number, sink: MllpSink): Framer {
  let held = new Uint8Array(4_096);
  let size = 0;
  let open = false;

  function restart(): void {
    size = 0;
    open = false;
  }
  function drop(why: DiscardReason): void {
    if (size > 0) sink.discard(held, 0, size, open ? why : "noise");
    restart();
  }
  /** Makes room for so many bytes behind what is held. */
  function room(count: number): void {
    if (size + count <= held.length) return;
    const wider = new Uint8Array(Math.max(held.length * 2, size + count));
    wider.set(held);
    held = wider;
  }
  function take(byte: number): void {
    if (byte === VT) {
      drop("incomplete");
      open = true;
    }
    held[size++] = byte;
    if (open && byte === CR && held[size - 2] === FS) {
      sink.block(held, 0, size);
      restart();
    } else if (size >= maxBytes) drop("length");
  }
  /** Keeps what neither begins nor ends a block, from `from` on, and answers the place behind it. */
  function keep(chunk: Uint8Array, from: number): number {
    const to = Math.min(chunk.length, from + maxBytes - 1 - size);
    // … and for what ends it, or a block.
    room(to - from + 1);
    const bytes = held;
    const shift = size - from;
    let at = from;
    for (; at < to; at++) {
      const byte = chunk[at] as number;
      if (byte === VT || byte === CR) break;
      bytes[at + shift] = byte;
    }
    size += at - from;
    return at;
  }

  return {
    hear(chunk) {
      for (let at = keep(chunk, 0); at < chunk.length; at = keep(chunk, at + 1)) take(chunk[at] as number);
      if (!open) drop("noise");
    },
    flush: () => drop("incomplete"),
    pending: () => (open ? size : 0),
    prefer() {
      // Messages name themselves.
    },
  };
}
