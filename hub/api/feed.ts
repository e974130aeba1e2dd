import { ORPCError } from "@orpc/server";
import type { SignalBus, Topic } from "../ports/signal-bus.ts";

/** Open feeds a connection may have; a page needs five. */
const feedLimit = 64;

interface FeedParts {
  readonly bus: SignalBus;
  readonly topics: readonly Topic[];
  readonly signal: AbortSignal | undefined;
  readonly feeds: { open: number };
}

/**
 * Begins with the present state, then again after every notice; notices that come faster than the reader are one. `read`
 * yields what is new, and says `true` when there will never be more.
 */
export async function* feed<T>(
  { bus, topics, signal, feeds }: FeedParts,
  read: () => AsyncGenerator<T, boolean, undefined>,
): AsyncGenerator<T, void, undefined> {
  if (feeds.open >= feedLimit) throw new ORPCError("TOO_MANY_REQUESTS", { data: { code: "wire.badInput" } });
  feeds.open += 1;
  let news = true;
  let wake: (() => void) | undefined;
  const notice = () => {
    news = true;
    wake?.();
  };
  const leave = topics.map((topic) => bus.listen(topic, notice));
  signal?.addEventListener("abort", notice);
  try {
    while (signal?.aborted !== true) {
      if (!news) await new Promise<void>((resolve) => (wake = resolve));
      if (isAborted(signal)) return;
      news = false;
      if (yield* read()) return;
    }
  } finally {
    feeds.open -= 1;
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
