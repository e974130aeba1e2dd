/** Something that gathers what it sends, and lets it go when told to. */
export interface Gathering {
  flush(): void;
}

/**
 * Holds back what is sent until this turn of the loop has heard everybody who spoke: answers to one socket leave in one
 * write, and the others' wake each reader once instead of once for every frame.
 */
export class Sending {
  #held: Gathering[] = [];

  /** To be called with the first of what is gathered. */
  hold(socket: Gathering): void {
    if (this.#held.length === 0) setImmediate(this.#flush);
    this.#held.push(socket);
  }

  readonly #flush = (): void => {
    const held = this.#held;
    this.#held = [];
    for (const socket of held) socket.flush();
  };
}
