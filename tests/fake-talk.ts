import type { WebSocket } from "ws";
import type { TalkHeard, TalkSaid } from "../core/contract/hub-calls.ts";
import type { Signal, SignalBody } from "../core/contract/views.ts";
import { Story } from "../station/feed.ts";

export type Opening = Extract<TalkSaid, { readonly ticket: string }>;

interface FarEnd {
  /** How far each counting came, by its name. */
  readonly heard: Map<string, number>;
  /** Takes what comes for the first time. */
  readonly take: (body: SignalBody, once: () => boolean) => unknown;
  readonly signals: AsyncIterable<Signal>;
}

/** The hub's end of `call.talk`: takes each number of a name once, and says so at once. */
export async function* fakeTalk(
  input: AsyncIterator<TalkSaid>,
  begin: (opening: Opening) => FarEnd | Promise<FarEnd>,
  signal: AbortSignal | undefined,
): AsyncGenerator<TalkHeard, void, undefined> {
  const first = await input.next();
  if (first.done === true || !("ticket" in first.value)) throw new Error("no opening");
  const { name } = first.value;
  const { heard, take, signals } = await begin(first.value);
  const upTo = () => heard.get(name) ?? 0;
  const told = new Story<TalkHeard>();
  const listen = async () => {
    for (let next = await input.next(); next.done !== true; next = await input.next()) {
      const { value } = next;
      if (!("n" in value)) continue;
      await take(value.body, () => {
        if (value.n <= upTo()) return false;
        heard.set(name, value.n);
        return true;
      });
      told.push({ heard: upTo() });
    }
  };
  const speak = async () => {
    for await (const one of signals) told.push({ heard: upTo(), signal: one });
  };
  void listen().catch(() => undefined);
  void speak().catch(() => undefined);
  yield { heard: upTo() };
  yield* told.read(signal);
}

/**
 * A socket for the wire library's own server, which loses what comes in one read with the call that it belongs to: here every
 * message has a turn of its own. The hub's own server reads them as they come.
 */
export function inTurns(socket: WebSocket): WebSocket {
  let turn = Promise.resolve();
  const own: Pick<WebSocket, "send"> & { addEventListener(type: string, listener: (event: never) => void): void } = {
    send: socket.send.bind(socket),
    addEventListener(type, listener) {
      socket.addEventListener(type as "message", (event) => {
        turn = turn.then(
          () =>
            new Promise((done) => {
              listener(event as never);
              setImmediate(done);
            }),
        );
      });
    },
  };
  return own as unknown as WebSocket;
}
