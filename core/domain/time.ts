/** The clock is passed in; nothing in `core` or `drivers` reads one. */
export interface Clock {
  /** Milliseconds since 1970 UTC. May jump. */
  now(): number;
  /** Milliseconds that never go back. Origin unspecified. */
  monotonic(): number;
  /** Runs `wake` once after `ms`; the answer cancels it. */
  after(ms: number, wake: () => void): () => void;
}

/** UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export type Instant = string;

export function instant(ms: number): Instant {
  return new Date(ms).toISOString();
}
