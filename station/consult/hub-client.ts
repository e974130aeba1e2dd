import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { WebSocket } from "ws";
import { lineOver, speakable } from "../../core/contract/line.ts";
import type { hubContract } from "../../core/contract/hub.ts";
import type { Clock } from "../../core/domain/time.ts";

export type HubClient = ContractRouterClient<typeof hubContract>;

/** One open line to the hub. When it is gone it is not used again: a new one is dialed. */
export interface HubLine {
  readonly client: HubClient;
  /** Aborts when the line is gone. */
  readonly gone: AbortSignal;
  ping(): void;
  /** Ends it without waiting for the other side. */
  drop(): void;
}

/** `away`: nobody answers. `refused`: the hub does not know this station or its key, or the clocks differ too much. */
export type Dialed =
  | { readonly ok: true; readonly line: HubLine }
  | { readonly ok: false; readonly why: "away" }
  /** `hubNow`: the hub's clock, milliseconds since 1970 UTC, if it told. */
  | { readonly ok: false; readonly why: "refused"; readonly hubNow: number | undefined };

const dialMs = 5_000;

/** `heard` is told of every sign of life. Never rejects. */
export function dialHub(address: string, token: string, clock: Clock, heard: () => void): Promise<Dialed> {
  const socket = new WebSocket(`${address.replace(/^http/, "ws").replace(/\/$/, "")}/wire`, {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
    followRedirects: false,
  });
  const gone = new AbortController();
  return new Promise((answer) => {
    const stopWaiting = clock.after(dialMs, () => socket.terminate());
    // A library line exists from the first moment, so that no message can come before its listener.
    const line = lineOver<object>(new RPCLink({ websocket: speakable(socket as unknown as globalThis.WebSocket) }));
    socket.on("message", heard);
    socket.on("pong", heard);
    socket.on("ping", heard);
    // What is wrong is told by `close`; without a listener the error would end the process.
    socket.on("error", () => undefined);
    socket.once("unexpected-response", (_request, response) => {
      const hubNow = Date.parse(response.headers.date ?? "");
      if (response.statusCode !== 401) answer({ ok: false, why: "away" });
      else answer({ ok: false, why: "refused", hubNow: Number.isNaN(hubNow) ? undefined : hubNow });
      socket.terminate();
    });
    socket.once("close", () => {
      stopWaiting();
      line.cut();
      gone.abort();
      answer({ ok: false, why: "away" });
    });
    socket.once("open", () => {
      stopWaiting();
      answer({
        ok: true,
        line: {
          client: createORPCClient(line),
          gone: gone.signal,
          ping: () => {
            if (socket.readyState === socket.OPEN) socket.ping();
          },
          drop: () => socket.terminate(),
        },
      });
    });
  });
}
