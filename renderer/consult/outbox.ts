import type { SignalBody } from "../../core/contract/views.ts";

/** Sends signals one by one, in order; one that failed is sent again when the line is back, or after a second. */
export interface Outbox {
  push(body: SignalBody): void;
  /** Forgets what waits: it was about a connection that is gone. */
  clear(): void;
  /** The line is back: try at once. */
  kick(): void;
  close(): void;
}

const retryMs = 1_000;

export function createOutbox(send: (body: SignalBody) => Promise<void>): Outbox {
  const waiting: SignalBody[] = [];
  let sending = false;
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const pump = async () => {
    if (sending) return;
    sending = true;
    clearTimeout(retry);
    for (let body = waiting[0]; body !== undefined && !closed; body = waiting[0]) {
      try {
        await send(body);
      } catch {
        retry = setTimeout(() => void pump(), retryMs);
        break;
      }
      // `clear` may have emptied the list meanwhile.
      if (waiting[0] === body) waiting.shift();
    }
    sending = false;
  };

  return {
    push(body) {
      if (closed) return;
      waiting.push(body);
      void pump();
    },
    clear: () => void waiting.splice(0),
    kick: () => void pump(),
    close() {
      closed = true;
      waiting.splice(0);
      clearTimeout(retry);
    },
  };
}
