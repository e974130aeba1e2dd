/** Tells one turn of the loop from the next, for who shares turns fairly. Nothing runs while nobody asks. */
export class Turns {
  #turn = 0;
  #isCounted = false;

  get now(): number {
    if (!this.#isCounted) {
      this.#isCounted = true;
      setImmediate(this.#next);
    }
    return this.#turn;
  }

  readonly #next = (): void => {
    this.#isCounted = false;
    this.#turn += 1;
  };
}
