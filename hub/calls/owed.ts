import type { Clock } from "../../core/domain/time.ts";

/**
 * So long somebody who says nothing further waits to hear that the hub has it, milliseconds. Of those who say as much as they
 * may (50 a second), a receipt is then for five signals, and 32 are never under way before one comes.
 */
const owedMs = 100;

interface Debtor {
  pay(): void;
}

/** Receipts for many that are given together: one timer for the hub, and one line for all that was said meanwhile. */
export class Owed {
  readonly #clock: Pick<Clock, "after">;
  #debtors: Debtor[] = [];

  constructor(clock: Pick<Clock, "after">) {
    this.#clock = clock;
  }

  /** To be called once until the debtor has been told to pay. */
  owe(debtor: Debtor): void {
    if (this.#debtors.length === 0)
      this.#clock.after(owedMs, () => {
        const debtors = this.#debtors;
        this.#debtors = [];
        for (const one of debtors) one.pay();
      });
    this.#debtors.push(debtor);
  }
}
