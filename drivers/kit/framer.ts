import type { DiscardReason } from "../../core/domain/outcome.ts";

/**
 * Cuts bytes into frames. It resynchronises one byte at a time, holds a bounded buffer, never throws, and names every
 * byte it drops. The bytes handed out belong to the framer: they are valid only during the call.
 */
export interface FrameSink {
  /** `index` is the frame's place in the compiled table. */
  frame(index: number, bytes: Uint8Array, start: number, end: number): void;
  discard(bytes: Uint8Array, start: number, end: number, reason: DiscardReason): void;
}

export interface Framer {
  hear(chunk: Uint8Array): void;
  /** The line fell silent: what is pending is a half frame. Good frames behind its head are still found. */
  flush(): void;
  /** Bytes of a begun frame that are waiting for the rest. */
  pending(): number;
  /** The frame that is waited for, where the bytes alone fit more than one. */
  prefer(name: string | undefined): void;
}
