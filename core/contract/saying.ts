import type { TalkSaid } from "./hub-calls.ts";
import type { SignalBody } from "./views.ts";

/** So many are on their way at a time: all of them said again on a new line stay below the hub's limit of a page. */
const mostUnheard = 32;

type Spoken = Extract<TalkSaid, { readonly n: number }>;
type Opening = Extract<TalkSaid, { readonly ticket: string }>;

/**
 * What one side says in one round of a talk: numbered from 1, kept until the hub has heard it, and said again on every new
 * line. The hub takes each number once, so that nothing is lost with a line and nothing comes twice.
 */
export class Saying {
  /** Of this counting; a page that is loaded anew counts anew, under another one. */
  readonly #name: string;
  readonly #as: (body: SignalBody) => SignalBody;
  #kept: Spoken[] = [];
  #last = 0;
  #heard = 0;
  /** Counts the lines: only the newest one speaks. */
  #line = 0;
  #wake: () => void = () => undefined;

  /** `as`: what may be said of it at the moment in which it goes. */
  constructor(name: string, as: (body: SignalBody) => SignalBody = (body) => body) {
    this.#name = name;
    this.#as = as;
  }

  /** What the hub is not known to have. */
  get unheard(): number {
    return this.#kept.length;
  }

  say(body: SignalBody): void {
    this.#last += 1;
    this.#kept.push({ n: this.#last, body });
    this.#wake();
  }

  /** The hub has everything up to this number. */
  heard(n: number): void {
    if (n <= this.#heard) return;
    this.#heard = n;
    this.#kept = this.#kept.filter((one) => one.n > n);
    this.#wake();
  }

  /** For `call.talk` on a new line: who speaks, then what is not heard yet, then whatever is said. Ends with the next line. */
  async *over(opening: Omit<Opening, "name" | "first">): AsyncGenerator<TalkSaid, void, undefined> {
    this.close();
    const line = this.#line;
    yield { ...opening, name: this.#name, first: this.#heard + 1 };
    for (let sent = 0; line === this.#line;) {
      const next = this.#kept.find(({ n }) => n > sent);
      if (next && next.n <= this.#heard + mostUnheard) {
        sent = next.n;
        yield { n: next.n, body: this.#as(next.body) };
      } else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The line, or the round, is over. */
  close(): void {
    this.#line += 1;
    this.#wake();
  }
}
