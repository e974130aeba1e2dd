import { createORPCClient, ORPCError } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { faultOf } from "../../core/contract/line.ts";
import { maxFrameBytes } from "../../station/wire/frame.ts";
import { serve, type Served } from "../../station/wire/serve.ts";
import { carriers, type Ends } from "./carriers.ts";
import { createTrial, type Trial, type trialContract } from "./trial.ts";

type Client = ContractRouterClient<typeof trialContract>;
const id = "01890a5d-ac96-774b-bcce-b302099a8057";

async function codeOf(call: Promise<unknown>): Promise<string> {
  const failed = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  return failed === undefined ? "no error" : faultOf(failed);
}

async function all<T>(feed: Promise<AsyncIterable<T>>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of await feed) items.push(item);
  return items;
}

describe.each(carriers)("over a $name", ({ open, oversized }) => {
  let ends: Ends;
  let trial: Trial;
  let served: Served;
  let client: Client;
  let bugs: string[];
  let refused: string[];

  beforeEach(async () => {
    ends = await open();
    trial = createTrial();
    bugs = [];
    refused = [];
    served = serve(trial.router, ends.host, {
      bug: (call, error) => bugs.push(`${call}: ${error instanceof Error ? error.message : "?"}`),
      refused: (why) => refused.push(why),
    });
    client = createORPCClient(ends.line);
  });
  afterEach(() => ends.close());

  test("a call is answered", async () => {
    expect(await client.echo({ text: "你好" })).toEqual({ text: "你好" });
  });

  test("a declared error arrives with its code, marked as declared", async () => {
    const error = await client.refuse({}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ORPCError);
    expect(error).toMatchObject({ code: "FAULT", defined: true, data: { code: "device.busy" } });
    expect(bugs).toEqual([]);
  });

  test("input that does not fit is refused by field, and the handler never hears of it", async () => {
    const error = await client.echo({ text: 5 } as unknown as { text: string }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ data: { code: "wire.badInput", at: ["text"] } });
    expect(trial.calls).toEqual([]);
  });

  test("a bug is told to the host and not to the page", async () => {
    const error = await client.fail({}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ data: { code: "wire.internal" } });
    expect(JSON.stringify(error)).not.toContain("4711");
    expect(bugs).toEqual(["fail: the secret is 4711"]);
  });

  test("a feed runs to its end", async () => {
    expect(await all(client.count({ to: 5 }))).toEqual([1, 2, 3, 4, 5]);
  });

  test("a feed that fails keeps what it said and ends with its code", async () => {
    const items: number[] = [];
    const reading = (async () => {
      for await (const item of await client.breakDown({ after: 2 })) items.push(item);
    })();
    expect(await codeOf(reading)).toBe("consult.ended");
    expect(items).toEqual([1, 2]);
  });

  test("leaving a feed ends it at the host", async () => {
    for await (const item of await client.present()) {
      expect(item).toBe(1);
      break;
    }
    await trial.happened("feed closed");
  });

  test("an aborted call reaches its handler", async () => {
    const leaving = new AbortController();
    const call = codeOf(client.wait({}, { signal: leaving.signal }));
    await trial.happened("wait begun");
    leaving.abort();
    await trial.happened("wait over");
    expect(await call).not.toBe("no error");
  });

  test("a cut line answers every open request and feed at once, and ends them at the host", async () => {
    const call = codeOf(client.wait({}));
    const feed = codeOf(all(client.present()));
    await Promise.all([trial.happened("wait begun"), trial.happened("feed begun")]);
    ends.breakLine();
    expect(await Promise.all([call, feed])).toEqual(["wire.closed", "wire.closed"]);
    await Promise.all([trial.happened("wait over"), trial.happened("feed closed")]);
  });

  test("the host closing the line answers every open request at once", async () => {
    const call = codeOf(client.wait({}));
    await trial.happened("wait begun");
    served.close();
    expect(await call).toBe("wire.closed");
    await trial.happened("wait over");
  });

  test("a line that is given up answers at once, whatever the carrier still believes", async () => {
    const call = codeOf(client.wait({}));
    const feed = codeOf(all(client.present()));
    await Promise.all([trial.happened("wait begun"), trial.happened("feed begun")]);
    ends.line.cut();
    expect(await Promise.all([call, feed])).toEqual(["wire.closed", "wire.closed"]);
  });

  test("a cut line never replays: a new one hears nothing of the old one's calls", async () => {
    const call = codeOf(client.wait({}));
    await trial.happened("wait begun");
    ends.breakLine();
    await call;
    expect(await codeOf(client.echo({ text: "late" }))).toBe("wire.closed");
    const again = await open();
    try {
      serve(trial.router, again.host, { bug: () => undefined, refused: () => undefined });
      const fresh: Client = createORPCClient(again.line);
      await fresh.echo({ text: "fresh" });
      expect(trial.calls).toEqual(["wait", "fresh"]);
    } finally {
      await again.close();
    }
  });

  test("an unknown call is refused with a code", async () => {
    const unknown = createORPCClient<{ nothing: { here: (input: object) => Promise<unknown> } }>(ends.line);
    expect(await codeOf(unknown.nothing.here({}))).toBe("wire.badInput");
    expect(await client.echo({ text: "on" })).toEqual({ text: "on" });
  });

  test("a frame above the limit is refused and the host serves on", async () => {
    const answer = codeOf(client.echo({ text: "x".repeat(maxFrameBytes) }));
    expect(await answer).toBe(oversized === "answered" ? "wire.badInput" : "wire.closed");
    expect(trial.calls).toEqual([]);
    const again = await open();
    try {
      serve(trial.router, again.host, { bug: () => undefined, refused: () => undefined });
      expect(await createORPCClient<Client>(again.line).echo({ text: "on" })).toEqual({ text: "on" });
    } finally {
      await again.close();
    }
  });

  test("a frame just below the limit is served", async () => {
    const text = "x".repeat(maxFrameBytes - 200);
    expect((await client.echo({ text })).text).toHaveLength(text.length);
  });

  test.each([
    ["no JSON", "{"],
    ["an empty frame", ""],
    ["a number", "7"],
    ["null", "null"],
    ["a list", "[]"],
    ["no payload", '{"i":"1"}'],
    ["an item of a stream nobody opened", '{"i":"1","t":3}'],
    ["an address that is none", '{"i":"1","p":{"u":"http://elsewhere/"}}'],
    ["a form", '{"i":"1","p":{"u":"/echo","h":{"content-type":"multipart/form-data"}}}'],
    ["a stream", '{"i":"1","p":{"u":"/echo","h":{"content-type":"text/event-stream"}}}'],
    [
      "brackets without end",
      `{"i":"1","p":{"u":"/keep","b":{"json":{"value":${"[".repeat(30_000)}${"]".repeat(30_000)}}}}}`,
    ],
    ["a reach for the prototype", '{"i":"1","p":{"u":"/__proto__/toString","b":{"json":{}}}}'],
    ["a binary frame", new Uint8Array([0xff, 0x00, 0x7b])],
  ])("a malformed frame (%s) is answered, not obeyed, and costs nobody else anything", async (_, frame) => {
    const answer = ends.nextRaw();
    ends.sendRaw(frame);
    expect(await answer).toContain("wire.badInput");
    expect(await client.echo({ text: "on" })).toEqual({ text: "on" });
    expect(bugs).toEqual([]);
  });

  test("a repeated write id is harmless", async () => {
    expect(await client.write({ id, text: "first" })).toEqual({ text: "first" });
    expect(await client.write({ id, text: "second" })).toEqual({ text: "first" });
    expect(trial.written.size).toBe(1);
  });
});
