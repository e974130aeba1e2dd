import { mapEventIterator, ORPCError } from "@orpc/client";
import { type AnyContractRouter, ValidationError } from "@orpc/contract";
import type { Context, Router } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import type { Carrier } from "./carrier.ts";
import { checkFrame, refusalFrame } from "./frame.ts";

/** An implemented contract that needs nothing from its carrier. */
export type WireRouter = Router<AnyContractRouter, Context>;

/** What the host is told about its line. Neither carries what a frame or an input held. */
export interface WireNews {
  /** A handler threw: a bug. `call` is its path, e.g. `visit.open`. */
  bug(call: string, error: unknown): void;
  /** A frame was not let in. */
  refused(why: "size" | "form"): void;
}

export interface Served {
  /** Ends every open request and feed of this carrier, then the carrier. */
  close(): void;
}

/**
 * Serves a router over one carrier until it closes. Every answer that is not a success carries a fault code: declared
 * ones as the handler gave them, `wire.badInput` for input, frames and calls that the contract does not know,
 * `wire.internal` for bugs, without their message. Feeds are told of the end by their `signal`; whatever they wait for
 * must listen to it. Never throws, whatever arrives.
 *
 * The library's own handlers for ports and for sockets differ in how they fail (a broken frame on a port would end the
 * process), so that every carrier goes through the one for sockets, behind the check of frames.
 */
export function serve(router: WireRouter, carrier: Carrier, news: WireNews): Served {
  let ended: (() => void) | undefined;
  const handler = new RPCHandler<Context>(router, {
    interceptors: [
      async (options) => {
        const answer = await options.next();
        // The library would answer in plain text, which its own client cannot read.
        if (!answer.matched)
          throw new ORPCError("NOT_FOUND", { message: "no such call", data: { code: "wire.badInput" } });
        return answer;
      },
    ],
    clientInterceptors: [
      async (options) => {
        const { signal } = options;
        const call = options.path.join(".");
        try {
          const output = await options.next();
          return isFeed(output)
            ? mapEventIterator(output, {
                value: async (item) => item,
                error: async (error) => told(error, call, signal, news),
              })
            : output;
        } catch (error) {
          throw told(error, call, signal, news);
        }
      },
    ],
  });
  void handler.upgrade(
    facade(carrier, news, (over) => (ended = over)),
    { context: {} },
  );
  return {
    close() {
      ended?.();
      carrier.close(1001, "the station closes");
    },
  };
}

/** What a bug, a refused input or a declared fault looks like to the caller. */
function told(error: unknown, call: string, signal: AbortSignal | undefined, news: WireNews): unknown {
  if (error instanceof ORPCError) {
    if (error.cause instanceof ValidationError) {
      if (error.code !== "BAD_REQUEST") return bug(error, call, news);
      return new ORPCError("BAD_REQUEST", {
        message: "the input was not accepted",
        data: {
          code: "wire.badInput",
          at: error.cause.issues.map((issue) => (issue.path ?? []).map(String).join(".")),
        },
      });
    }
    return error;
  }
  // Whoever left needs no answer, and leaving is no bug.
  if (signal?.aborted === true) return error;
  return bug(error, call, news);
}

function bug(error: unknown, call: string, news: WireNews): ORPCError<string, unknown> {
  news.bug(call, error);
  return new ORPCError("INTERNAL_SERVER_ERROR", { message: "internal", data: { code: "wire.internal" } });
}

function isFeed(output: unknown): output is AsyncIterator<unknown, unknown, void> {
  return typeof output === "object" && output !== null && Symbol.asyncIterator in output;
}

type SocketFacade = Parameters<RPCHandler<Context>["upgrade"]>[0];

/** The two members of a socket that the library uses, over our carrier, with only well-formed frames let through. */
function facade(carrier: Carrier, news: WireNews, ended: (over: () => void) => void): SocketFacade {
  const own = {
    send: (frame: unknown) => {
      if (typeof frame === "string") carrier.send(frame);
    },
    addEventListener(event: string, hear: (event: { readonly data?: unknown }) => void) {
      if (event === "close") {
        let over = false;
        const once = () => {
          if (!over) hear({});
          over = true;
        };
        ended(once);
        carrier.onClose(once);
      }
      if (event === "message") {
        carrier.onFrame((frame) => {
          const checked = checkFrame(frame);
          if (checked.ok) {
            hear({ data: frame });
            return;
          }
          news.refused(checked.why);
          carrier.send(refusalFrame(checked.id));
        });
      }
    },
  };
  // The library asks for the whole of `ws`'s overloads; it uses these two members as they stand here (1.16.1, pinned).
  return own as unknown as SocketFacade;
}
