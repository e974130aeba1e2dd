/** A value that feeds follow: the present one first, then every change. */
export class Followed<T> {
  #value: T;
  readonly #wakes = new Set<() => void>();
  constructor(value: T) {
    this.#value = value;
  }
  get(): T {
    return this.#value;
  }
  set(value: T): void {
    this.#value = value;
    for (const wake of [...this.#wakes]) wake();
  }
  async *feed(signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined> {
    let sent: T | undefined;
    const aborted = () => signal?.aborted === true;
    while (!aborted()) {
      if (sent !== this.#value) yield (sent = this.#value);
      else {
        await new Promise<void>((wake) => {
          const once = () => {
            this.#wakes.delete(once);
            wake();
          };
          this.#wakes.add(once);
          signal?.addEventListener("abort", once, { once: true });
        });
      }
    }
  }
}
