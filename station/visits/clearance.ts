import type { Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log/logger.ts";

/** A page has this long to say that nothing of a closed visit is left in it. */
export const clearedWithinMs = 700;

export interface ClearanceParts {
  readonly clock: Clock;
  readonly log: Logger;
  /** The page did not answer: it hangs, and the shell takes it away. */
  readonly onStuck: () => void;
}

/** Sees to it that a page forgets who left, or goes itself. A page whose line is gone is not asked: it holds no line open. */
export class Clearance {
  readonly #parts: ClearanceParts;
  readonly #owed = new Map<string, () => void>();
  #here = false;

  constructor(parts: ClearanceParts) {
    this.#parts = parts;
  }

  pageHere(): void {
    this.#here = true;
  }

  pageGone(): void {
    this.#here = false;
    this.close();
  }

  /** The visit is over for the page, from this moment on. */
  left(visit: string): void {
    if (!this.#here || this.#owed.has(visit)) return;
    const { clock, log, onStuck } = this.#parts;
    const cancel = clock.after(clearedWithinMs, () => {
      this.close();
      log.error("page stuck", { visit, ms: clearedWithinMs });
      onStuck();
    });
    this.#owed.set(visit, cancel);
  }

  cleared(visit: string): void {
    this.#owed.get(visit)?.();
    this.#owed.delete(visit);
  }

  close(): void {
    for (const cancel of this.#owed.values()) cancel();
    this.#owed.clear();
  }
}
