const perSecond = 50;
/** A page that starts a call sends its candidates in one go. */
const burst = 50;
/** So many messages over the limit are read late; one more ends the socket. */
const debt = 100;
/** To prove who one is costs the hub about as much as so many messages. */
const dialCost = 5;

export type Pace = { readonly kind: "go" } | { readonly kind: "slow"; readonly ms: number } | { readonly kind: "end" };

const go: Pace = { kind: "go" };

/** 50 messages a second per socket: who is a little faster is read more slowly, who floods is sent away. Times in milliseconds. */
export class Rate {
  #tokens = burst;
  #at: number;

  constructor(now: number) {
    this.#at = now;
  }

  /** False for who still owes: a new socket does not pay for the old one. */
  dial(now: number): boolean {
    this.#take(0, now);
    if (this.#tokens < 0) return false;
    this.#take(dialCost, now);
    return true;
  }

  message(now: number): Pace {
    this.#take(1, now);
    if (this.#tokens >= 0) return go;
    if (this.#tokens < -debt) return { kind: "end" };
    return { kind: "slow", ms: Math.ceil((-this.#tokens * 1000) / perSecond) };
  }

  #take(tokens: number, now: number): void {
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) * perSecond) / 1000) - tokens;
    this.#at = now;
  }
}
