import type { Clock } from "../../core/domain/time.ts";

export const mostWrong = 3;
export const shutMs = 5 * 60_000;

/** Wrong answers in a row, of whoever stands at the station: after the third nothing is taken for five minutes. */
export class Tries {
  readonly #clock: Pick<Clock, "monotonic">;
  #wrong = 0;
  #shutUntil = -Infinity;

  constructor(clock: Pick<Clock, "monotonic">) {
    this.#clock = clock;
  }

  get shut(): boolean {
    return this.#clock.monotonic() < this.#shutUntil;
  }

  right(): void {
    this.#wrong = 0;
  }

  wrong(): void {
    this.#wrong += 1;
    if (this.#wrong < mostWrong) return;
    this.#wrong = 0;
    this.#shutUntil = this.#clock.monotonic() + shutMs;
  }
}
