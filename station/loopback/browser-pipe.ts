import type { Readable, Writable } from "node:stream";
import { z } from "zod";

/** How long the browser may take for an answer; one that hangs itself answers nothing. */
const answerMs = 500;

const messageSchema = z.object({
  id: z.int().optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.record(z.string(), z.unknown()).optional(),
});
type Message = z.infer<typeof messageSchema>;
export type Words = Readonly<Record<string, unknown>>;

/**
 * Chromium's remote debugging over two pipes (`--remote-debugging-pipe`): JSON messages, a zero byte behind each. No port is
 * opened, and only who started the browser holds the other ends. Nothing here rejects: what does not come is undefined.
 */
export class BrowserPipe {
  readonly #to: Writable;
  readonly #listeners = new Set<(message: Message) => void>();
  #lastId = 0;
  #held = Buffer.alloc(0);

  constructor(to: Writable, from: Readable) {
    this.#to = to;
    // A browser that ends closes its pipes; whoever waits for an answer then gets none.
    to.on("error", () => undefined);
    from.on("error", () => undefined);
    from.on("data", (part: Buffer) => this.#hear(part));
  }

  ask(method: string, params: Words = {}, session?: string): Promise<Words | undefined> {
    const id = ++this.#lastId;
    const answer = this.#next((message) => (message.id === id ? (message.result ?? {}) : undefined));
    const asked = { id, method, params, ...(session === undefined ? {} : { sessionId: session }) };
    this.#to.write(`${JSON.stringify(asked)}\0`);
    return answer;
  }

  /** The next event of this kind that `fits`. Ask for it before causing it. */
  event(method: string, fits: (params: Words) => boolean): Promise<Words | undefined> {
    return this.#next(({ method: told, params = {} }) => (told === method && fits(params) ? params : undefined));
  }

  #next(take: (message: Message) => Words | undefined): Promise<Words | undefined> {
    return new Promise((resolve) => {
      const end = (answer: Words | undefined): void => {
        clearTimeout(late);
        this.#listeners.delete(hear);
        resolve(answer);
      };
      const hear = (message: Message): void => {
        const answer = take(message);
        if (answer !== undefined) end(answer);
      };
      const late = setTimeout(() => end(undefined), answerMs);
      this.#listeners.add(hear);
    });
  }

  #hear(part: Buffer): void {
    this.#held = Buffer.concat([this.#held, part]);
    for (let at = this.#held.indexOf(0); at >= 0; at = this.#held.indexOf(0)) {
      const message = messageSchema.safeParse(JSON.parse(this.#held.toString("utf8", 0, at)));
      this.#held = this.#held.subarray(at + 1);
      if (message.success) for (const listener of [...this.#listeners]) listener(message.data);
    }
  }
}
