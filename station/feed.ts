/**
 * Feeds to pages. Both kinds hold what they hold once, whatever the number of readers, and a reader that is slow or has
 * fallen asleep holds up nobody. A reader ends when its signal aborts, when it returns, or when the feed is closed.
 */

/** One reader's way through a feed. */
export type Reading<T> = AsyncIteratorObject<T, undefined, void>;

type Step<T> = { readonly at: number; readonly value: T } | "wait" | "end";

/** An iterator by hand: the `return` of a generator would wait for the pending `next`, which may never come. */
class Reader<T> implements AsyncIteratorObject<T, undefined, void> {
  readonly #step: (at: number) => Step<T>;
  readonly #leave: (reader: Reader<T>) => void;
  #at = 0;
  #ended = false;
  #waiting: ((result: IteratorResult<T, undefined>) => void) | undefined;

  constructor(step: (at: number) => Step<T>, leave: (reader: Reader<T>) => void) {
    this.#step = step;
    this.#leave = leave;
  }

  wake(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    const result = this.#take();
    if (result === undefined) return;
    this.#waiting = undefined;
    waiting(result);
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const result = this.#take();
    if (result !== undefined) return Promise.resolve(result);
    return new Promise((resolve) => (this.#waiting = resolve));
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#ended = true;
    this.wake();
    this.#leave(this);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #take(): IteratorResult<T, undefined> | undefined {
    if (this.#ended) return { done: true, value: undefined };
    const step = this.#step(this.#at);
    if (step === "wait") return undefined;
    if (step === "end") {
      this.#ended = true;
      this.#leave(this);
      return { done: true, value: undefined };
    }
    this.#at = step.at;
    return { done: false, value: step.value };
  }
}

abstract class Readers<T> {
  readonly #readers = new Set<Reader<T>>();
  #closed = false;

  protected abstract step(at: number): Step<T>;

  get closed(): boolean {
    return this.#closed;
  }

  /** From the present state (or the first event) on, until left; `onLeft` may be told of it more than once. */
  read(signal?: AbortSignal, onLeft?: () => void): Reading<T> {
    const left = (): void => void reader.return();
    const reader = new Reader<T>(
      (at) => this.step(at),
      (gone) => {
        this.#readers.delete(gone);
        onLeft?.();
        signal?.removeEventListener("abort", left);
      },
    );
    this.#readers.add(reader);
    if (signal?.aborted === true) left();
    else signal?.addEventListener("abort", left);
    return reader;
  }

  /** Readers hear what is left, then the end. */
  close(): void {
    this.#closed = true;
    this.wakeAll();
  }

  protected wakeAll(): void {
    for (const reader of [...this.#readers]) reader.wake();
  }
}

/** The latest value. A reader that was not looking gets only the newest: what lies between is gone, by intention. */
export class Feed<T> extends Readers<T> {
  #value: T;
  #version = 1;

  constructor(value: T) {
    super();
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (this.closed) return;
    this.#value = value;
    this.#version += 1;
    this.wakeAll();
  }

  protected override step(at: number): Step<T> {
    if (at < this.#version) return { at: this.#version, value: this.#value };
    return this.closed ? "end" : "wait";
  }
}

/** Of the events that pass by, a story holds this many: a second of a curve, told sixty times a second. */
const mostPassing = 64;

/**
 * Every event from the first on, for each reader, then the end. Its length is bounded by what it tells of. What only passes
 * by (samples of a curve) is for who is reading; who comes later hears the last moment of it.
 */
export class Story<T> extends Readers<T> {
  /** In the order pushed; `at` counts what was forgotten, too. */
  #events: { readonly at: number; readonly event: T; readonly passing: boolean }[] = [];
  #next = 0;
  #passing = 0;

  get events(): readonly T[] {
    return this.#events.map(({ event }) => event);
  }

  push(event: T): void {
    this.#push(event, false);
  }

  /** Of no worth to who comes later. */
  pass(event: T): void {
    this.#push(event, true);
    // A few at once, so that a long curve does not move the whole story at every sample.
    if (this.#passing >= 2 * mostPassing) this.#forget();
  }

  #push(event: T, passing: boolean): void {
    if (this.closed) return;
    this.#events.push({ at: this.#next, event, passing });
    this.#next += 1;
    if (passing) this.#passing += 1;
    this.wakeAll();
  }

  #forget(): void {
    let over = this.#passing - mostPassing;
    this.#events = this.#events.filter(({ passing }) => !passing || (over -= 1) < 0);
    this.#passing = mostPassing;
  }

  protected override step(at: number): Step<T> {
    // Most readers are at the end, a few at the beginning.
    const found = at >= this.#next ? undefined : this.#from(at);
    if (found !== undefined) return { at: found.at + 1, value: found.event };
    return this.closed ? "end" : "wait";
  }

  /** The first one that is still there, from `at` on. */
  #from(at: number): { readonly at: number; readonly event: T } | undefined {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return this.#events[low];
  }
}

/**
 * The latest events, for one reader who looks at a stream without an end. Who is too slow misses the oldest ones; what was
 * missed can be counted by a number in the events.
 */
export class Trail<T> extends Readers<T> {
  readonly #most: number;
  readonly #events: T[] = [];
  #dropped = 0;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  push(event: T): void {
    if (this.closed) return;
    this.#events.push(event);
    if (this.#events.length > this.#most) {
      this.#events.shift();
      this.#dropped += 1;
    }
    this.wakeAll();
  }

  protected override step(at: number): Step<T> {
    const from = Math.max(at, this.#dropped);
    const value = this.#events[from - this.#dropped];
    if (from - this.#dropped < this.#events.length) return { at: from + 1, value: value as T };
    return this.closed ? "end" : "wait";
  }
}
