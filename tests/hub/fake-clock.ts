import type { Clock } from "../../core/domain/time.ts";

export interface FakeClock extends Clock {
  /** Runs every timer that falls due on the way, in order. */
  advance(ms: number): void;
}

export function fakeClock(start = Date.parse("2026-03-02T08:00:00.000Z")): FakeClock {
  let now = start;
  let timers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now - start,
    after(ms, wake) {
      const timer = { at: now + ms, wake };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const due = timers.filter((one) => one.at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((one) => one !== due);
        now = due.at;
        due.wake();
      }
      now = until;
    },
  };
}
