import type { Timed } from "./simulator.ts";

/** The device's own end of a line on which every piece waits for an answer. Pure: the clock is passed in. */
export interface Speaker {
  /** Whole messages, as `encode` gives them, one after the other. */
  say(messages: readonly Uint8Array[], nowMs: number): readonly Timed[];
  hear(chunk: Uint8Array, nowMs: number): readonly Timed[];
}
