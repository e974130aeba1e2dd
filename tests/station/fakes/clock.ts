import type { Clock } from "../../../core/domain/time.ts";

/** A clock that only moves when told. `advance` wakes what is due, in order, letting everything settle in between. */
export class FakeClock implements Clock {
  #now: number;
  #timers: { readonly at: number; readonly wake: () => void }[] = [];
  readonly #origin: number;

  constructor(now = Date.UTC(2026, 10, 2, 1, 0, 0)) {
    this.#now = now;
    this.#origin = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - this.#origin;
  }

  after(ms: number, wake: () => void): () => void {
    const timer = { at: this.#now + ms, wake };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((each) => each !== timer));
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await settle();
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    this.#now = until;
    await settle();
  }
}

/** Lets promises that are ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits for a fact; fails loudly instead of hanging. Real time, because a store or a child process may be behind it. */
export async function until<T>(fact: () => T | undefined | false, what: string, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = fact();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
