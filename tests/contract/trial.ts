import { implement } from "@orpc/server";
import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { declared } from "../../core/contract/errors.ts";
import { Feed } from "../../station/feed.ts";

/** A contract with one call of each kind, and handlers that say what became of them. */
export const trialContract = {
  echo: oc.input(z.strictObject({ text: z.string().max(1_000_000) })).output(z.strictObject({ text: z.string() })),
  refuse: oc.input(z.strictObject({})).output(z.strictObject({})).errors(declared("device.busy")),
  fail: oc.input(z.strictObject({})).output(z.strictObject({})),
  /** Never answers by itself. */
  wait: oc.input(z.strictObject({})).output(z.strictObject({})),
  write: oc.input(z.strictObject({ id: z.uuid(), text: z.string() })).output(z.strictObject({ text: z.string() })),
  keep: oc.input(z.strictObject({ value: z.json() })).output(z.strictObject({})),
  count: oc.input(z.strictObject({ to: z.int() })).output(eventIterator(z.int())),
  /** Starts with the present state and goes on until left. */
  present: oc.output(eventIterator(z.int())),
  breakDown: oc
    .input(z.strictObject({ after: z.int() }))
    .output(eventIterator(z.int()))
    .errors(declared("consult.ended")),
} as const;

export function createTrial() {
  const calls: string[] = [];
  const written = new Map<string, string>();
  const feed = new Feed(1);
  const heard: { event: string; tell: () => void }[] = [];
  const events: string[] = [];
  const note = (event: string) => {
    events.push(event);
    for (const waiting of heard.splice(0)) {
      if (waiting.event === event) waiting.tell();
      else heard.push(waiting);
    }
  };
  const os = implement(trialContract);
  const router = os.router({
    echo: os.echo.handler(({ input }) => {
      calls.push(input.text.slice(0, 20));
      return input;
    }),
    refuse: os.refuse.handler(({ errors }) => {
      throw errors.FAULT({ data: { code: "device.busy" } });
    }),
    fail: os.fail.handler(() => {
      throw new Error("the secret is 4711");
    }),
    wait: os.wait.handler(async ({ signal }) => {
      calls.push("wait");
      note("wait begun");
      await new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
      note("wait over");
      return {};
    }),
    write: os.write.handler(({ input }) => {
      const kept = written.get(input.id) ?? input.text;
      written.set(input.id, kept);
      return { text: kept };
    }),
    keep: os.keep.handler(() => ({})),
    count: os.count.handler(async function* ({ input }) {
      for (let n = 1; n <= input.to; n++) yield n;
    }),
    present: os.present.handler(async function* ({ signal }) {
      note("feed begun");
      try {
        yield* feed.read(signal);
      } finally {
        note("feed closed");
      }
    }),
    breakDown: os.breakDown.handler(async function* ({ input, errors }) {
      for (let n = 1; n <= input.after; n++) yield n;
      throw errors.FAULT({ data: { code: "consult.ended" } });
    }),
  });
  return {
    router,
    calls,
    written,
    feed,
    /** Resolves when it has happened, also when it has already. */
    happened: (event: string): Promise<void> =>
      events.includes(event) ? Promise.resolve() : new Promise((tell) => heard.push({ event, tell })),
  };
}
export type Trial = ReturnType<typeof createTrial>;
