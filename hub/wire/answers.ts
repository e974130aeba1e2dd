import { toORPCError } from "@orpc/client";
import { StandardRPCJsonSerializer } from "@orpc/client/standard";
import { ORPCError } from "@orpc/server";
import type { HubContext } from "../api/context.ts";
import type { HubRouter } from "../api/router.ts";
import type { Message } from "./envelope.ts";
import { operationOf, type Operation } from "./operation.ts";
import { Pipe, Written } from "./pipe.ts";

export type Operations = ReadonlyMap<string, Operation>;

/** Every operation of the router by its path on the wire, prepared once. */
export function operationsOf(router: HubRouter): Operations {
  return new Map(
    Object.entries(router).flatMap(([group, members]) =>
      Object.entries(members).map(([name, procedure]): [string, Operation] => [
        `/${group}/${name}`,
        operationOf(procedure, [group, name]),
      ]),
    ),
  );
}

interface Call {
  readonly operation: Operation;
  /** Ends a feed. */
  readonly end?: AbortController;
  /** What the caller sends with it. */
  readonly said?: Pipe<unknown>;
}

const json = new StandardRPCJsonSerializer();
/** Values as the wire library writes and reads them: what JSON has no word for is listed in `meta`. */
function written(value: unknown): { readonly json: unknown; readonly meta?: unknown } {
  const [plain, meta] = json.serialize(value);
  return meta.length === 0 ? { json: plain } : { json: plain, meta };
}
type Meta = Parameters<typeof json.deserialize>[1];
function read(body: unknown): unknown {
  if (body === undefined) return undefined;
  const { json: plain, meta } = body as { readonly json?: unknown; readonly meta?: Meta };
  return meta === undefined ? plain : json.deserialize(plain, meta);
}

const isFeed = (value: unknown): value is AsyncIterator<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;
const feedHeaders = { "content-type": "text/event-stream" } as const;

/**
 * The calls of one socket, answered in the frames of oRPC 1.16 (ADR 3). The library's own reader of sockets takes a message
 * through some forty promises, and keeps a kilobyte for each; this one goes straight to the operation. `tests/contract`
 * and every test of the hub hold it to the library's client.
 */
export class Answers {
  readonly #operations: Operations;
  readonly #context: HubContext;
  readonly #send: (text: string) => void;
  /** By id: calls under way. */
  readonly #open = new Map<string, Call>();

  constructor(operations: Operations, context: HubContext, send: (text: string) => void) {
    this.#operations = operations;
    this.#context = context;
    this.#send = send;
  }

  /** Never rejects. */
  async hear(message: Message): Promise<void> {
    const { id, kind } = message;
    if (kind === "item") this.#said(message);
    if (kind === "abort") this.#end(id);
    // An id that is in use is a repetition; its first answer is still to come.
    if (kind !== "call" || this.#open.has(id)) return;
    const operation = this.#operations.get(message.path);
    if (!operation) {
      this.#put(id, { s: 404, b: "No procedure matched" });
      return;
    }
    const said = operation.said && message.body === undefined ? new Pipe<unknown>() : undefined;
    const call: Call = {
      operation,
      ...(said ? { said } : operation.isFeed ? { end: new AbortController() } : {}),
    };
    this.#open.set(id, call);
    // The id of a call that was ended may have been taken by another since.
    const isOpen = () => this.#open.get(id) === call;
    try {
      const output = await operation.ask(said ?? inputOf(message.body), {
        context: this.#context,
        ...(call.end ? { signal: call.end.signal } : {}),
      });
      if (output instanceof Pipe) await this.#pipe(id, operation, output, isOpen);
      else if (isFeed(output)) await this.#feed(id, operation, output, isOpen);
      else if (isOpen()) this.#put(id, { b: written(output) });
    } catch (error) {
      const told = toORPCError(error);
      if (isOpen()) this.#put(id, { s: told.status, b: written(told.toJSON()) });
    } finally {
      if (isOpen()) this.#open.delete(id);
      said?.end();
    }
  }

  /** The socket has closed. */
  close(): void {
    for (const id of [...this.#open.keys()]) this.#end(id);
  }

  #end(id: string): void {
    const call = this.#open.get(id);
    this.#open.delete(id);
    call?.end?.abort();
    call?.said?.end();
  }

  #said({ id, event, body }: Extract<Message, { readonly kind: "item" }>): void {
    const { operation, said } = this.#open.get(id) ?? {};
    if (!said) return;
    if (event !== "message") return said.end();
    try {
      said.put(operation?.said?.(inputOf(body)));
    } catch {
      said.end(new ORPCError("BAD_REQUEST", { data: { code: "wire.badInput" } }));
    }
  }

  /** Items of JSON alone, each sent as it comes. */
  #pipe(id: string, operation: Operation, items: Pipe<unknown>, isOpen: () => boolean): Promise<void> {
    if (isOpen()) this.#put(id, { h: feedHeaders });
    const head = `{"i":${JSON.stringify(id)},"t":3,"p":{"e":"message","d":{"json":`;
    return new Promise((over) => {
      items.tap({
        item: (value) => {
          const json = value instanceof Written ? value.json : JSON.stringify(operation.item(value));
          if (isOpen()) this.#send(`${head}${json}}}}`);
        },
        end: (error) => {
          const [e, d] = error === undefined ? ["done"] : ["error", toORPCError(error).toJSON()];
          if (isOpen()) this.#put(id, { e, d: written(d) }, 3);
          over();
        },
      });
    });
  }

  async #feed(id: string, operation: Operation, items: AsyncIterator<unknown>, isOpen: () => boolean): Promise<void> {
    if (isOpen()) this.#put(id, { h: feedHeaders });
    try {
      while (isOpen()) {
        const next: IteratorResult<unknown, unknown> = await items.next();
        if (next.done === true) {
          if (isOpen()) this.#put(id, { e: "done", d: written(next.value) }, 3);
          return;
        }
        const checked = operation.item(next.value);
        if (isOpen()) this.#put(id, { e: "message", d: written(checked) }, 3);
      }
    } catch (error) {
      if (isOpen()) this.#put(id, { e: "error", d: written(toORPCError(error).toJSON()) }, 3);
    } finally {
      await items.return?.();
    }
  }

  #put(i: string, p: unknown, t?: 3): void {
    this.#send(JSON.stringify({ i, t, p }));
  }
}

function inputOf(body: unknown): unknown {
  try {
    return read(body);
  } catch {
    throw new ORPCError("BAD_REQUEST", { data: { code: "wire.badInput" } });
  }
}
