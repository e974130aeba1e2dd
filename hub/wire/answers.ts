import { toORPCError } from "@orpc/client";
import { StandardRPCJsonSerializer } from "@orpc/client/standard";
import { ORPCError } from "@orpc/server";
import type { HubContext } from "../api/context.ts";
import type { HubRouter } from "../api/router.ts";
import type { Message } from "./envelope.ts";
import { operationOf, type Operation } from "./operation.ts";
import { Pipe, Written, type Tap } from "./pipe.ts";

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

const feedHeaders = { "content-type": "text/event-stream" } as const;

/** Who asks, and how to answer. */
interface Speaker extends HubContext {
  send(text: string): void;
}

/** A call under way; of a feed, what tells its items. */
class Call implements Tap<unknown> {
  readonly operation: Operation;
  /** What the caller sends with it. */
  readonly said: Pipe<unknown> | undefined;
  readonly #answers: Answers;
  readonly #id: string;
  #feed: Pipe<unknown> | undefined;
  /** How its items begin, once there was one that is written already. */
  #head: string | undefined;

  constructor(answers: Answers, id: string, operation: Operation, said: Pipe<unknown> | undefined) {
    this.#answers = answers;
    this.#id = id;
    this.operation = operation;
    this.said = said;
  }

  /** The id of a call that was ended may have been taken by another since. */
  get #isOpen(): boolean {
    return this.#answers.call(this.#id) === this;
  }

  answer(payload: unknown): void {
    if (this.#isOpen) this.#answers.put(this.#id, payload);
    this.#over();
  }

  /** Sends each item as it comes. */
  tell(feed: Pipe<unknown>): void {
    if (!this.#isOpen) {
      void feed.return();
      return;
    }
    this.#feed = feed;
    this.#answers.put(this.#id, { h: feedHeaders });
    feed.tap(this);
  }

  item(value: unknown): void {
    if (!this.#isOpen) return;
    if (value instanceof Written) {
      this.#head ??= `{"i":${JSON.stringify(this.#id)},"t":3,"p":{"e":"message","d":{"json":`;
      return this.#answers.send(`${this.#head}${value.json}}}}`);
    }
    try {
      this.#answers.put(this.#id, { e: "message", d: written(this.operation.item(value)) }, 3);
    } catch (error) {
      this.#feed?.end(toORPCError(error));
    }
  }

  end(error?: Error): void {
    const [e, d] = error === undefined ? ["done"] : ["error", toORPCError(error).toJSON()];
    if (this.#isOpen) this.#answers.put(this.#id, { e, d: written(d) }, 3);
    this.#over();
  }

  /** The caller leaves. */
  leave(): void {
    this.said?.end();
    void this.#feed?.return();
  }

  #over(): void {
    if (this.#isOpen) this.#answers.forget(this.#id);
    this.said?.end();
  }
}

/**
 * The calls of one socket, answered in the frames of oRPC 1.16 (ADR 3). The library's own reader of sockets takes a message
 * through some forty promises, and keeps a kilobyte for each; this one goes straight to the operation. `tests/contract`
 * and every test of the hub hold it to the library's client.
 */
export class Answers {
  readonly #operations: Operations;
  readonly #context: Speaker;
  /** By id: calls under way. */
  readonly #open = new Map<string, Call>();

  constructor(operations: Operations, context: Speaker) {
    this.#operations = operations;
    this.#context = context;
  }

  /** Of a call: until it is answered, or its feed has begun. Never rejects. */
  hear(message: Message): Promise<void> | undefined {
    if (message.kind === "item") this.#said(message);
    else if (message.kind === "abort") this.#end(message.id);
    // An id that is in use is a repetition; its first answer is still to come.
    else if (!this.#open.has(message.id)) return this.#ask(message);
    return undefined;
  }

  /** The socket has closed. */
  close(): void {
    for (const id of [...this.#open.keys()]) this.#end(id);
  }

  call(id: string): Call | undefined {
    return this.#open.get(id);
  }

  forget(id: string): void {
    this.#open.delete(id);
  }

  send(text: string): void {
    this.#context.send(text);
  }

  put(i: string, p: unknown, t?: 3): void {
    this.send(JSON.stringify({ i, t, p }));
  }

  async #ask({ id, path, body }: Extract<Message, { readonly kind: "call" }>): Promise<void> {
    const operation = this.#operations.get(path);
    if (!operation) {
      this.put(id, { s: 404, b: "No procedure matched" });
      return;
    }
    const said = operation.said && body === undefined ? new Pipe<unknown>() : undefined;
    const call = new Call(this, id, operation, said);
    this.#open.set(id, call);
    try {
      const output = await operation.ask(said ?? inputOf(body), { context: this.#context });
      if (output instanceof Pipe) call.tell(output);
      else call.answer({ b: written(output) });
    } catch (error) {
      const told = toORPCError(error);
      call.answer({ s: told.status, b: written(told.toJSON()) });
    }
  }

  #end(id: string): void {
    const call = this.#open.get(id);
    this.#open.delete(id);
    call?.leave();
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
}

function inputOf(body: unknown): unknown {
  try {
    return read(body);
  } catch {
    throw new ORPCError("BAD_REQUEST", { data: { code: "wire.badInput" } });
  }
}
