/**
 * Lets so many at a time do their work; the others wait in the order they came. Between one's end and the next one's
 * beginning comes whatever else is due: a village that dials at once must not stand in the way of those who talk.
 */
export class Gate {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Rejects where `work` does. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside < this.#atOnce) this.#inside += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The place goes over to the next one, who was counted when this one was.
      if (next) setImmediate(next);
      else this.#inside -= 1;
    }
  }
}
