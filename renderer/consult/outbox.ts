import { v7 as uuidv7 } from "uuid";
import type { SignalBody } from "../../core/contract/views.ts";

/** Sends signals one by one, in order; one that failed is sent again when the line is back, or after a second. */
export interface Outbox<Body = SignalBody> {
  push(body: Body): void;
  /** Forgets what waits: it was about a connection that is gone. */
  clear(): void;
  /** The line is back: try at once. */
  kick(): void;
  close(): void;
}

const retryMs = 1_000;

/** `id` stays the same when a signal is sent again after a lost answer. */
export type SendSignal<Body = SignalBody> = (body: Body, id: string) => Promise<void>;

export function createOutbox<Body = SignalBody>(send: SendSignal<Body>): Outbox<Body> {
  const waiting: { readonly id: string; readonly body: Body }[] = [];
  let sending = false;
  let kicked = false;
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const takeKick = () => {
    const was = kicked;
    kicked = false;
    return was;
  };

  const pump = async () => {
    if (sending) return;
    sending = true;
    kicked = false;
    clearTimeout(retry);
    for (let next = waiting[0]; next !== undefined && !closed; next = waiting[0]) {
      try {
        await send(next.body, next.id);
      } catch {
        // The line came back while this one was failing on the old.
        if (takeKick()) continue;
        retry = setTimeout(() => void pump(), retryMs);
        break;
      }
      // `clear` may have emptied the list meanwhile.
      if (waiting[0] === next) waiting.shift();
    }
    sending = false;
  };

  return {
    push(body) {
      if (closed) return;
      waiting.push({ id: uuidv7(), body });
      void pump();
    },
    clear: () => void waiting.splice(0),
    kick: () => {
      kicked = true;
      void pump();
    },
    close() {
      closed = true;
      waiting.splice(0);
      clearTimeout(retry);
    },
  };
}
