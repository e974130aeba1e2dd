import { ORPCError } from "@orpc/server";
import type { Operation } from "../../core/rights.ts";
import type { Listener, Topic } from "../ports/signal-bus.ts";
import { Pipe } from "../wire/pipe.ts";
import { stackOf, type HubContext } from "./context.ts";

/** Open feeds a connection may have; a page needs five. */
const feedLimit = 64;

/** One more feed of this connection, until it is given back. */
export function takeFeed({ feeds }: Pick<HubContext, "feeds">): void {
  if (feeds.open >= feedLimit) throw new ORPCError("TOO_MANY_REQUESTS", { data: { code: "wire.badInput" } });
  feeds.open += 1;
}
export function giveFeedBack({ feeds }: Pick<HubContext, "feeds">): void {
  feeds.open -= 1;
}

interface FeedParts {
  readonly operation: Operation;
  readonly context: HubContext;
  readonly topics: readonly Topic[];
  /** Told once, when nothing is read any more. */
  readonly left?: () => void;
}
/**
 * Yields what is new, and says `true` when there will never be more. Best an arrow that calls a generator of the module: one
 * that is written where it is used costs its feed a quarter of a kilobyte for as long as it is open.
 */
type Read<T> = () => AsyncGenerator<T, boolean, undefined>;
type ReadState<T> = () => Promise<{ readonly value: T; readonly last?: boolean } | undefined>;

/** Between two notices it holds nothing that runs: stations keep one open for hours in which nothing comes. */
class Feed<T> extends Pipe<T> implements Listener {
  readonly #parts: FeedParts;
  readonly #read: Read<T>;
  #news = true;
  #isReading = false;

  constructor(parts: FeedParts, read: Read<T>) {
    super();
    takeFeed(parts.context);
    this.#parts = parts;
    this.#read = read;
    for (const topic of parts.topics) parts.context.hub.bus.listen(topic, this);
  }

  notice(): void {
    this.#news = true;
    void this.go();
  }

  override end(error?: Error): void {
    if (this.ended) return;
    super.end(error);
    const { context, topics } = this.#parts;
    giveFeedBack(context);
    for (const topic of topics) context.hub.bus.leave(topic, this);
    if (!this.#isReading) this.#parts.left?.();
  }

  /** Tells what is new. Never rejects. */
  async go(): Promise<void> {
    if (this.#isReading || this.#isOver()) return;
    this.#isReading = true;
    try {
      while (this.#news && !this.#isOver()) {
        this.#news = false;
        if (await this.#tell(this.#read())) this.end();
      }
    } catch (error) {
      // The door of calls does not see what happens in a feed after its first answer.
      const { operation, context } = this.#parts;
      context.hub.log.error("feedFailed", { operation, stack: stackOf(error) });
      this.end(new ORPCError("INTERNAL_SERVER_ERROR", { data: { code: "wire.internal" } }));
    } finally {
      this.#isReading = false;
      if (this.#isOver()) this.#parts.left?.();
    }
  }

  /** A function, so that the compiler does not take the answer from before a wait for the one after it. */
  #isOver(): boolean {
    return this.ended;
  }

  async #tell(items: AsyncGenerator<T, boolean, undefined>): Promise<boolean> {
    for (;;) {
      const next = await items.next();
      if (next.done === true) return next.value;
      this.put(next.value);
      if (!this.ended) continue;
      // Who has gone is read nothing further.
      await items.return(true);
      return true;
    }
  }
}

/**
 * Begins with the present state, then again after every notice; notices that come faster than they can be read are one.
 */
export function feed<T>(parts: FeedParts, read: Read<T>): Pipe<T> {
  const made = new Feed(parts, read);
  void made.go();
  return made;
}

/** A feed of whole states: each is sent once, when it differs from the one before. `undefined` ends it. */
export function states<T>(parts: FeedParts, read: ReadState<T>): Pipe<T> {
  const sent: Sent = { text: undefined };
  return feed(parts, () => changed(sent, read));
}

interface Sent {
  text: string | undefined;
}
async function* changed<T>(sent: Sent, read: ReadState<T>): AsyncGenerator<T, boolean, undefined> {
  const state = await read();
  if (!state) return true;
  const text = JSON.stringify(state.value);
  if (text !== sent.text) {
    sent.text = text;
    yield state.value;
  }
  return state.last === true;
}
