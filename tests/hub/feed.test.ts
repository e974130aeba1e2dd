import { ORPCError } from "@orpc/server";
import { expect, test } from "vitest";
import type { HubContext } from "../../hub/api/context.ts";
import { feed, states } from "../../hub/api/feed.ts";
import { createMemorySignalBus } from "../../hub/embedded/memory-signal-bus.ts";
import type { Pipe } from "../../hub/wire/pipe.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** As much of a connection as a feed asks for. */
function connection() {
  const bus = createMemorySignalBus(1);
  const logged: string[] = [];
  const context = {
    hub: { bus, log: { error: (event: string) => void logged.push(event) } },
    feeds: { open: 0 },
  } as unknown as HubContext;
  return { bus, context, logged };
}

/** A read that ends when it is told to. */
function gated() {
  const ends: (() => void)[] = [];
  return { next: () => ends.shift()?.(), wait: () => new Promise<void>((resolve) => void ends.push(resolve)) };
}

function heardBy<T>(made: Pipe<T>): readonly (T | "end")[] {
  const heard: (T | "end")[] = [];
  made.tap({ item: (item) => void heard.push(item as T), end: () => void heard.push("end") });
  return heard;
}

test("notices that come while it reads are one", async () => {
  const { bus, context } = connection();
  const gate = gated();
  let reads = 0;
  const heard = heardBy(
    states({ operation: "queue.watch", context, topics: ["queue"] }, async () => {
      reads += 1;
      const value = reads;
      await gate.wait();
      return { value };
    }),
  );
  for (let nth = 0; nth < 5; nth += 1) bus.announce("queue");
  gate.next();
  await turn();
  gate.next();
  await turn();
  expect([reads, heard]).toEqual([2, [1, 2]]);
});

test("who leaves while it reads is told nothing further, gives the place back, and what was left is told once", async () => {
  const { bus, context } = connection();
  const gate = gated();
  const told: string[] = [];
  const made = feed(
    { operation: "queue.watch", context, topics: ["queue", "people"], left: () => void told.push("left") },
    async function* () {
      yield 1;
      await gate.wait();
      told.push("read");
      yield 2;
      told.push("read on");
      return false;
    },
  );
  const heard = heardBy(made);
  await turn();
  expect(context.feeds.open).toBe(1);
  await made.return();
  expect([context.feeds.open, told]).toEqual([0, []]);
  gate.next();
  await turn();
  bus.announce("queue");
  bus.announce("people");
  await turn();
  expect([heard, told]).toEqual([
    [1, "end"],
    ["read", "left"],
  ]);
});

test("what goes wrong in reading ends it as a fault, written down", async () => {
  const { context, logged } = connection();
  let error: Error | undefined;
  const made = states({ operation: "queue.watch", context, topics: [] }, () => Promise.reject(new Error("a bug")));
  made.tap({ item: () => undefined, end: (why) => (error = why) });
  await turn();
  expect([error, logged, context.feeds.open]).toEqual([
    expect.objectContaining({ code: "INTERNAL_SERVER_ERROR", data: { code: "wire.internal" } }),
    ["feedFailed"],
    0,
  ]);
});

test("a connection may have 64 open at a time", () => {
  const { context } = connection();
  const open = () => states({ operation: "queue.watch", context, topics: [] }, () => new Promise(() => undefined));
  for (let nth = 0; nth < 64; nth += 1) open();
  expect(open).toThrow(ORPCError);
});

test("who listens may leave, and another may come, while a notice goes round", () => {
  const { bus } = connection();
  const told: string[] = [];
  const second = { notice: () => void told.push("second") };
  const first = {
    notice: () => {
      told.push("first");
      bus.listen("queue", { notice: () => void told.push("third") });
      bus.leave("queue", second);
    },
  };
  bus.listen("queue", first);
  bus.listen("queue", second);
  bus.announce("queue");
  expect(told).toEqual(["first", "second"]);
  bus.leave("queue", first);
  bus.announce("queue");
  expect(told).toEqual(["first", "second", "third"]);
});
