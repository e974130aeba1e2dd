/** An item that is written already, of what its schema let in. */
export class Written {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

export interface Tap<T> {
  item(item: T | Written): void;
  /** `error`: why it broke off, if it did. */
  end(error?: Error): void;
}

/**
 * A feed that may also be heard at once: whoever taps it is told each item in the same turn, without a promise for every
 * one. The wire library's iterators are made of those; for what comes many times a second they are most of the work.
 */
export class Pipe<T> implements AsyncIteratorObject<T, void, void> {
  /** What nobody has heard yet; of a feed that is tapped nothing. */
  #items: (T | Written)[] | undefined;
  #tap: Tap<T> | undefined;
  #ended = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;
  #onLeave: (() => void) | undefined;

  get ended(): boolean {
    return this.#ended;
  }

  put(item: T | Written): void {
    if (this.#ended) return;
    if (this.#tap) this.#tap.item(item);
    else (this.#items ??= []).push(item);
    this.#wake?.();
  }

  /** Nothing comes any more. May be called more than once; the first counts. */
  end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#tap?.end(error);
    this.#wake?.();
  }

  /** What came before comes first. One may tap, and nobody else may read then. */
  tap(tap: Tap<T>): void {
    this.#tap = tap;
    const items = this.#items;
    this.#items = undefined;
    for (const item of items ?? []) tap.item(item);
    if (this.#ended) tap.end(this.#error);
  }

  /** What to do when the reader has gone. */
  onLeave(left: () => void): void {
    this.#onLeave = left;
  }

  async next(): Promise<IteratorResult<T, void>> {
    while (!this.#items?.length && !this.#ended) await new Promise<void>((resolve) => (this.#wake = resolve));
    const item = this.#items?.shift();
    if (item !== undefined)
      return { done: false, value: item instanceof Written ? (JSON.parse(item.json) as T) : item };
    if (this.#error !== undefined) throw this.#error;
    return { done: true, value: undefined };
  }

  /** The reader leaves. */
  async return(): Promise<IteratorResult<T, void>> {
    this.end();
    this.#onLeave?.();
    return { done: true, value: undefined };
  }

  async throw(): Promise<IteratorResult<T, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
