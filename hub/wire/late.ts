/** What one line may be heard in one turn of the loop: what more came in the same packet lets the others speak first. */
export const perTurn = 8;

interface Waiting {
  readonly text: string | undefined;
  readonly due: number;
}

export interface LateParts {
  /** Milliseconds that only grow. */
  now(): number;
  after(ms: number, wake: () => void): unknown;
  /** Told before anything that waited is heard. */
  awake(): void;
  take(text: string | undefined): void;
  isOver(): boolean;
}

/** Messages that came too fast, heard in the order they came in: each when it is due, and never many in one turn. */
export class Late {
  readonly #parts: LateParts;
  readonly #waiting: Waiting[] = [];

  constructor(parts: LateParts) {
    this.#parts = parts;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** `ms`: 0 for what only lets the others speak first. */
  add(text: string | undefined, ms: number): void {
    this.#waiting.push({ text, due: this.#parts.now() + ms });
    if (this.#waiting.length === 1) this.#wait();
  }

  #wait(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    const ms = first.due - this.#parts.now();
    if (ms > 0) this.#parts.after(Math.ceil(ms), this.#drain);
    else setImmediate(this.#drain);
  }

  readonly #drain = (): void => {
    this.#parts.awake();
    const now = this.#parts.now();
    for (let heard = 0; heard < perTurn; heard += 1) {
      const [first] = this.#waiting;
      if (first === undefined || first.due > now || this.#parts.isOver()) break;
      this.#waiting.shift();
      this.#parts.take(first.text);
    }
    if (this.#parts.isOver()) this.#waiting.length = 0;
    else this.#wait();
  };
}
