import { ORPCError } from "@orpc/client";
import { v7 as uuidv7 } from "uuid";
import { Saying } from "../../core/contract/saying.ts";
import type { Signal, SignalBody } from "../../core/contract/views.ts";
import type { Line, Town } from "./parties.ts";

interface Under {
  readonly call: string;
  readonly ticket: string;
}

/** Says one thing in a talk of its own, until the hub has it. Fails as the talk does, or as what was said is refused. */
export async function say(town: Town, { client }: Pick<Line, "client">, told: Under & { readonly body: SignalBody }) {
  const { body, ...under } = told;
  const saying = new Saying(uuidv7());
  const leaving = new AbortController();
  const feed = await client.call.talk(saying.over({ ...under, after: 0 }), { signal: leaving.signal });
  saying.say(body);
  let isHeard = false;
  // Receipts are owed for a tenth of a second; what is answered here the hub had after what was said.
  const wait = async () => {
    while (!isHeard) {
      await client.me.whoami();
      town.clock.advance(100);
    }
  };
  void wait().catch(() => undefined);
  try {
    for await (const { heard, refused } of feed) {
      if (refused) throw new ORPCError("FAULT", { data: { code: refused.code } });
      if (heard > 0) return;
    }
    throw new ORPCError("FAULT", { data: { code: "consult.ended" } });
  } finally {
    isHeard = true;
    saying.close();
    leaving.abort();
  }
}

/** What comes to this one, in a talk in which nothing is said. Fails as the talk does. */
export async function hear(
  { client }: Pick<Line, "client">,
  { after = 0, ...under }: Under & { readonly after?: number },
): Promise<AsyncGenerator<Signal, void, undefined>> {
  const feed = await client.call.talk(new Saying(uuidv7()).over({ ...under, after }));
  return (async function* () {
    for await (const { signal } of feed) if (signal) yield signal;
  })();
}
