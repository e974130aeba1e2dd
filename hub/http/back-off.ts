import type { Clock } from "../../core/domain/time.ts";

const freeTries = 5;
const firstWaitMs = 30_000;
const longestWaitMs = 15 * 60_000;
const forgetMs = 3_600_000;
/** Keys kept at most; the oldest go first. */
const keysKept = 10_000;

/**
 * Slows down guessing: after five failures in a row each further try must wait 30 s, 60 s … 15 min. A try counts as failed
 * from its beginning until `succeeded`, so that many at once gain nothing. In memory: a restart forgets.
 */
export class BackOff {
  readonly #clock: Clock;
  readonly #failed = new Map<string, { readonly count: number; readonly at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False: too many; come back later. */
  begin(key: string): boolean {
    const now = this.#clock.monotonic();
    const kept = this.#failed.get(key);
    const before = kept && now - kept.at < forgetMs ? kept : { count: 0, at: now };
    const wait = before.count < freeTries ? 0 : Math.min(firstWaitMs * 2 ** (before.count - freeTries), longestWaitMs);
    if (before.count > 0 && now - before.at < wait) return false;
    this.#failed.delete(key);
    this.#failed.set(key, { count: before.count + 1, at: now });
    if (this.#failed.size > keysKept) {
      const oldest = this.#failed.keys().next();
      if (!oldest.done) this.#failed.delete(oldest.value);
    }
    return true;
  }

  succeeded(key: string): void {
    this.#failed.delete(key);
  }
}
