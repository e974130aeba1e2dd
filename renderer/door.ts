import { faultOf, LineClosed, type Line, type Link } from "../core/contract/line.ts";
import type { FaultCode } from "../core/domain/faults.ts";
import type { Clock } from "../core/domain/time.ts";

/**
 * connecting: not yet, or again. open: calls are answered. closed: the line was lost; it is dialed again by itself.
 * forbidden: the other side will not have this window.
 */
export type DoorState = "connecting" | "open" | "closed" | "forbidden";

export interface DialEvents {
  readonly opened: (line: Line<object>) => void;
  /** Once per dial, after `opened` or instead of it. */
  readonly lost: (why: "gone" | "forbidden") => void;
}

/** Makes one connection. `retry`: whether another one makes sense when it is lost. */
export type Dial = (events: DialEvents) => { readonly retry: boolean; close(): void };

export interface Door<Client> {
  /** One client for the life of the page. While the line is not open every call is answered `wire.closed` at once. */
  readonly client: Client;
  readonly state: DoorState;
  /** Tells every change; the answer stops telling. */
  onState(listener: (state: DoorState) => void): () => void;
  /**
   * Keeps a feed over lost lines: it is asked for when the door opens, and again after every reconnection. `onEnd` is
   * told once, when the feed came to its end (undefined) or failed (the code); not after leaving. The answer leaves it.
   */
  feed<T>(
    subscribe: (client: Client, options: { readonly signal: AbortSignal }) => Promise<AsyncIterable<T>>,
    onItem: (item: T) => void,
    onEnd?: (code: FaultCode | undefined) => void,
  ): () => void;
  close(): void;
}

const firstDelayMs = 200;
const longestDelayMs = 3_000;
/** A window that reloads may find its own old socket not yet gone: one refusal is not believed. */
const refusalsBelieved = 2;

export function openDoor<Client>(
  dial: Dial,
  clientOver: (link: Link<object>) => Client,
  clock: Pick<Clock, "after">,
): Door<Client> {
  let state: DoorState = "connecting";
  let line: Line<object> | undefined;
  let closed = false;
  let failures = 0;
  let refusals = 0;
  let stopWaiting: () => void = () => undefined;
  let connection: ReturnType<Dial> | undefined;
  const listeners = new Set<(state: DoorState) => void>();

  const become = (next: DoorState) => {
    if (state === next) return;
    state = next;
    for (const listener of [...listeners]) listener(next);
  };

  const connect = () => {
    let over = false;
    // A dial may fail before it has answered.
    const lost = (why: "gone" | "forbidden") => {
      if (over || closed) return;
      over = true;
      line?.cut();
      line = undefined;
      refusals = why === "forbidden" ? refusals + 1 : 0;
      stopWaiting = clock.after(Math.min(firstDelayMs * 2 ** failures, longestDelayMs), again);
      failures += 1;
      become(refusals >= refusalsBelieved ? "forbidden" : "closed");
    };
    connection = dial({
      opened: (fresh) => {
        if (over || closed) {
          fresh.cut();
          return;
        }
        failures = 0;
        refusals = 0;
        line = fresh;
        become("open");
      },
      lost,
    });
    if (!connection.retry) {
      stopWaiting();
      become("forbidden");
    }
  };
  const again = () => {
    if (state !== "forbidden") become("connecting");
    connect();
  };

  const client = clientOver({
    async call(path, input, options) {
      if (line === undefined) throw new LineClosed();
      return line.call(path, input, options);
    },
  });

  const door: Door<Client> = {
    client,
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    feed(subscribe, onItem, onEnd) {
      const leaving = new AbortController();
      const { signal } = leaving;
      let forget: () => void = () => undefined;

      const run = async () => {
        try {
          for await (const item of await subscribe(client, { signal })) {
            if (signal.aborted) return;
            onItem(item);
          }
          if (!signal.aborted) end(undefined);
        } catch (error) {
          if (signal.aborted) return;
          const code = faultOf(error);
          // A lost line ends nothing: the next `open` asks again.
          if (code !== "wire.closed") end(code);
        }
      };
      const end = (code: FaultCode | undefined) => {
        forget();
        onEnd?.(code);
      };
      forget = door.onState((next) => {
        if (next === "open") void run();
      });
      if (state === "open") void run();
      return () => {
        forget();
        leaving.abort();
      };
    },
    close() {
      closed = true;
      stopWaiting();
      connection?.close();
      line?.cut();
      line = undefined;
      become("closed");
    },
  };
  connect();
  return door;
}
