import type { Clock } from "../core/domain/time.ts";

/** The machine's own clock. A pending wake-up keeps the program alive, so whoever asks for one cancels it when it ends. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, wake) {
    const timer = setTimeout(wake, ms);
    return () => clearTimeout(timer);
  },
};
