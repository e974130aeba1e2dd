import { isFaultCode, type FaultCode } from "../domain/faults.ts";

/**
 * The caller's side of a line. A link of the wire library belongs to one connection and is thrown away with it; what is
 * added here is the promise of the house: a cut line answers every open request at once with `wire.closed`, and nothing
 * waits for, or is sent again over, a later connection.
 */

/** What a request is answered with when its line is gone or was never there. */
export class LineClosed extends Error {
  readonly data = { code: "wire.closed" } as const;
  constructor() {
    super("the line is closed");
  }
}

/** The fault behind anything a call threw: the declared code where there is one, else `wire.internal`. Never throws. */
export function faultOf(error: unknown): FaultCode {
  const data = member(error, "data");
  const code = member(data, "code");
  return typeof code === "string" && isFaultCode(code) ? code : "wire.internal";
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The part of a library link that is used; its options are passed through untouched. */
export interface Link<Options> {
  call(path: readonly string[], input: unknown, options: Options): Promise<unknown>;
}

export interface Line<Options> extends Link<Options> {
  readonly open: boolean;
  /** Answers everything that is open with `LineClosed`. May be called more than once. */
  cut(): void;
}

/** One line over one connection. `link` is not used again after `cut`. */
export function lineOver<Options>(link: Link<Options>): Line<Options> {
  let open = true;
  const waiting = new Set<(error: LineClosed) => void>();
  const isOpen = () => open;

  async function untilCut<T>(work: Promise<T>): Promise<T> {
    if (!open) throw new LineClosed();
    let give: (error: LineClosed) => void = () => undefined;
    const cut = new Promise<never>((_, reject) => {
      give = reject;
      waiting.add(give);
    });
    try {
      return await Promise.race([work, cut]);
    } catch (error) {
      // What the library says about a lost socket (AbortError and others) is said in our words.
      throw isOpen() ? error : new LineClosed();
    } finally {
      waiting.delete(give);
    }
  }

  return {
    get open() {
      return open;
    },
    async call(path, input, options) {
      if (!open) throw new LineClosed();
      const answer = await untilCut(link.call(path, input, options));
      return isFeed(answer) ? feedUntilCut(answer, untilCut) : answer;
    },
    cut() {
      if (!open) return;
      open = false;
      for (const give of waiting) give(new LineClosed());
      waiting.clear();
    },
  };
}

type Feed = AsyncIterator<unknown, unknown, undefined> & AsyncIterable<unknown, unknown, undefined>;

function isFeed(answer: unknown): answer is Feed {
  return typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer && "next" in answer;
}

function feedUntilCut(feed: Feed, untilCut: <T>(work: Promise<T>) => Promise<T>): Feed {
  const own: Feed = {
    next: () => untilCut(feed.next()),
    async return(value) {
      const left = feed.return?.(value);
      // Leaving a feed whose line is gone is no failure.
      await left?.catch(() => undefined);
      return { done: true, value };
    },
    [Symbol.asyncIterator]: () => own,
  };
  return own;
}

/** The part of a socket that the wire library's link uses. */
interface Socket {
  readonly readyState: number;
  send(data: never): void;
  addEventListener(...given: never): void;
  removeEventListener(...given: never): void;
}
const connecting = 0;
const open = 1;

/**
 * A socket for the library's link, into which one may speak until it is gone: of a feed that is sent with a call, the library
 * throws what comes while a socket closes, where nobody can catch it. Whoever waits for an answer is told by `cut`.
 */
export function speakable<S extends Socket>(socket: S): Pick<S, keyof Socket> {
  const own: Socket = {
    get readyState() {
      return socket.readyState === connecting ? connecting : open;
    },
    send(data) {
      if (socket.readyState === open) socket.send(data);
    },
    addEventListener: (...given) => socket.addEventListener(...given),
    removeEventListener: (...given) => socket.removeEventListener(...given),
  };
  return own;
}
