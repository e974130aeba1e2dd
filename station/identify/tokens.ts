import { randomUUID } from "node:crypto";
import type { Clock } from "../../core/domain/time.ts";

/** Between "is it you?" and the last consent; then the card is laid again. */
export const tokenMs = 120_000;

/** What the page holds instead of a person: worth something once, for two minutes, and forgotten after that. */
export class Tokens<T> {
  readonly #clock: Clock;
  readonly #held = new Map<string, { readonly value: T; readonly cancel: () => void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  give(value: T): string {
    const token = randomUUID();
    this.#held.set(token, { value, cancel: this.#clock.after(tokenMs, () => void this.#held.delete(token)) });
    return token;
  }

  find(token: string): T | undefined {
    return this.#held.get(token)?.value;
  }

  spend(token: string): void {
    this.#held.get(token)?.cancel();
    this.#held.delete(token);
  }

  close(): void {
    for (const token of [...this.#held.keys()]) this.spend(token);
  }
}
