import type { DiscardReason } from "../../core/domain/outcome.ts";
import type { Framer } from "./framer.ts";

/** Minimal lower layer protocol: VT, message, FS CR. It has no check: what stands between the marks is all there is. */

export const VT = 0x0b;
export const FS = 0x1c;
export const CR = 0x0d;

export interface MllpSink {
  /** `raw` with its marks; the message is all between them. */
  block(message: Uint8Array, raw: Uint8Array): void;
  discard(raw: Uint8Array, reason: DiscardReason): void;
}

export function mllp(message: Uint8Array): Uint8Array {
  return Uint8Array.of(VT, ...message, FS, CR);
}

/** A second VT begins again: what stood open before it is incomplete. Never throws; holds at most `maxBytes`. */
export function createMllpFramer(maxBytes: number, sink: MllpSink): Framer {
  let held = new Uint8Array(4_096);
  let size = 0;
  let open = false;

  function taken(): Uint8Array {
    const bytes = held.slice(0, size);
    size = 0;
    open = false;
    return bytes;
  }
  function drop(why: DiscardReason): void {
    const reason = open ? why : "noise";
    if (size > 0) sink.discard(taken(), reason);
  }
  function take(byte: number): void {
    if (byte === VT) {
      drop("incomplete");
      open = true;
    }
    if (size === held.length) {
      const wider = new Uint8Array(held.length * 2);
      wider.set(held);
      held = wider;
    }
    held[size++] = byte;
    if (open && byte === CR && held[size - 2] === FS) {
      const raw = taken();
      sink.block(raw.subarray(1, raw.length - 2), raw);
    } else if (size >= maxBytes) drop("length");
  }

  return {
    hear(chunk) {
      for (const byte of chunk) take(byte);
      if (!open) drop("noise");
    },
    flush: () => drop("incomplete"),
    pending: () => (open ? size : 0),
    prefer() {
      // Messages name themselves.
    },
  };
}
