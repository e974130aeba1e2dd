/** Speech one meter from a table microphone lies above it, a fan below; root mean square of full scale. Chosen here, P. */
export const loudFrom = 0.02;
/** So long after the last loud sound a room counts as quiet, milliseconds. */
export const settleMs = 1_500;

/** Whether somebody talks, from levels as they come. `now`: milliseconds on any clock that only goes forward. */
export interface Quietness {
  hear(level: number, now: number): void;
  /** Undefined until enough was heard to say it. */
  isQuiet(now: number): boolean | undefined;
}

export function createQuietness(): Quietness {
  let first: number | undefined;
  let loudAt: number | undefined;
  return {
    hear(level, now) {
      first ??= now;
      if (level >= loudFrom) loudAt = now;
    },
    isQuiet(now) {
      if (first === undefined) return undefined;
      if (loudAt !== undefined && now - loudAt < settleMs) return false;
      return now - first < settleMs ? undefined : true;
    },
  };
}
