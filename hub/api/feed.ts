import { ORPCError } from "@orpc/server";
import type { Operation } from "../../core/rights.ts";
import type { Topic } from "../ports/signal-bus.ts";
import { stackOf, type HubContext } from "./context.ts";

/** Open feeds a connection may have; a page needs five. */
const feedLimit = 64;

/** One more feed of this connection; the answer gives its place back, once. */
export function takeFeed({ feeds }: Pick<HubContext, "feeds">): () => void {
  if (feeds.open >= feedLimit) throw new ORPCError("TOO_MANY_REQUESTS", { data: { code: "wire.badInput" } });
  feeds.open += 1;
  let taken = true;
  return () => {
    if (taken) feeds.open -= 1;
    taken = false;
  };
}

interface FeedParts {
  readonly operation: Operation;
  readonly context: HubContext;
  readonly topics: readonly Topic[];
  /** Aborts when the reader leaves or its line is cut. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Begins with the present state, then again after every notice; notices that come faster than the reader are one. `read`
 * yields what is new, and says `true` when there will never be more.
 */
export async function* feed<T>(
  { operation, context, topics, signal }: FeedParts,
  read: () => AsyncGenerator<T, boolean, undefined>,
): AsyncGenerator<T, void, undefined> {
  const { hub } = context;
  const giveBack = takeFeed(context);
  let news = true;
  let wake: (() => void) | undefined;
  const notice = () => {
    news = true;
    wake?.();
  };
  const leave = topics.map((topic) => hub.bus.listen(topic, notice));
  signal?.addEventListener("abort", notice);
  try {
    while (signal?.aborted !== true) {
      if (!news) await new Promise<void>((resolve) => (wake = resolve));
      if (isAborted(signal)) return;
      news = false;
      if (yield* read()) return;
    }
  } catch (error) {
    // The door of calls does not see what happens in a feed after its first answer.
    hub.log.error("feedFailed", { operation, stack: stackOf(error) });
    throw new ORPCError("INTERNAL_SERVER_ERROR", { data: { code: "wire.internal" } });
  } finally {
    giveBack();
    signal?.removeEventListener("abort", notice);
    for (const end of leave) end();
  }
}

// A function, so that the compiler does not take the answer from before the wait for the one after it.
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** A feed of whole states: each is sent once, when it differs from the one before. `undefined` ends it. */
export function states<T>(
  parts: FeedParts,
  read: () => Promise<{ readonly value: T; readonly last?: boolean } | undefined>,
): AsyncGenerator<T, void, undefined> {
  let sent: string | undefined;
  return feed(parts, async function* () {
    const state = await read();
    if (!state) return true;
    const text = JSON.stringify(state.value);
    if (text !== sent) {
      sent = text;
      yield state.value;
    }
    return state.last === true;
  });
}
