import type { TalkHeard, TalkSaid } from "./hub-calls.ts";
import { Saying } from "./saying.ts";
import type { Signal, SignalBody } from "./views.ts";

/** The part of an `AbortSignal` that is looked at here. */
interface Leaving {
  readonly aborted: boolean;
}

/** `call.talk` of a line. */
export interface TalkLine<L extends Leaving> {
  talk(
    told: AsyncGenerator<TalkSaid, void, undefined>,
    options: { readonly signal: L },
  ): Promise<AsyncIterable<TalkHeard>>;
}

export interface TalkParts {
  readonly call: string;
  /** Makes the name of a counting: a UUID. */
  readonly name: () => string;
  /** What may be said of it at the moment in which it goes. */
  readonly as?: (body: SignalBody) => SignalBody;
  /** The hub did not pass one on, and will not. */
  readonly onRefused?: (code: NonNullable<TalkHeard["refused"]>["code"]) => void;
}

/**
 * One side of a talk of two, over all its lines and rounds: what is said goes on with every new line until the hub has it,
 * and what is heard comes once, in order. What a round left unheard was meant for somebody who is gone, and goes with it.
 */
export class TalkSide {
  readonly #parts: TalkParts;
  #saying: Saying;
  #lastSeq = 0;

  constructor(parts: TalkParts) {
    this.#parts = parts;
    this.#saying = this.#fresh();
  }

  /** Number of the last signal that was heard; 0: none. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  say(body: SignalBody): void {
    this.#saying.say(body);
  }

  newRound(): void {
    this.#saying.close();
    this.#saying = this.#fresh();
  }

  /**
   * The signals that come over this line, to its end or that of the round; the newest line is the one that speaks. Fails as
   * `call.talk` does.
   */
  async *over<L extends Leaving>(
    line: TalkLine<L>,
    ticket: string,
    signal: L,
  ): AsyncGenerator<Signal, void, undefined> {
    const saying = this.#saying;
    const told = saying.over({ call: this.#parts.call, ticket, after: this.#lastSeq });
    for await (const { heard, signal: one, refused } of await line.talk(told, { signal })) {
      if (signal.aborted) return;
      saying.heard(heard);
      if (refused) this.#parts.onRefused?.(refused.code);
      // Two lines may overlap for a moment; the numbers decide.
      if (one === undefined || one.seq <= this.#lastSeq) continue;
      this.#lastSeq = one.seq;
      yield one;
    }
    // The hub ends a talk with its round.
    if (!signal.aborted && saying === this.#saying) this.newRound();
  }

  close(): void {
    this.#saying.close();
  }

  #fresh(): Saying {
    return new Saying(this.#parts.name(), this.#parts.as);
  }
}
