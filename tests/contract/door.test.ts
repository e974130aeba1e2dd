import { MessageChannel, type MessagePort } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { expect, onTestFinished, test } from "vitest";
import { faultOf, type Link } from "../../core/contract/line.ts";
import { openDoor, type DialEvents } from "../../renderer/door.ts";
import { lineOverPort } from "../../renderer/station.ts";
import { portCarrier } from "../../station/wire/carrier.ts";
import { serve } from "../../station/wire/serve.ts";
import { FakeClock, until } from "../station/fakes/clock.ts";
import { createTrial, type trialContract } from "./trial.ts";

type Client = ContractRouterClient<typeof trialContract>;
const clientOver = (link: Link<object>): Client => createORPCClient(link);

/** A door over real ports and the real host side, whose dials are answered by the test. */
function house(retry = true) {
  const trial = createTrial();
  const clock = new FakeClock();
  const dials: DialEvents[] = [];
  const cuts: (() => void)[] = [];
  const door = openDoor<Client>(
    (events) => {
      dials.push(events);
      return { retry, close: () => undefined };
    },
    clientOver,
    clock,
  );
  onTestFinished(() => door.close());
  const states: string[] = [door.state];
  door.onState((state) => states.push(state));

  /** Answers the newest dial with a line; `cuts.at(-1)` breaks it. */
  const answer = () => {
    const dial = dials.at(-1)!;
    const { port1, port2 } = new MessageChannel();
    const end = (port: MessagePort) => onTestFinished(() => port.close());
    end(port1);
    end(port2);
    serve(trial.router, portCarrier(port1), { bug: () => undefined, refused: () => undefined });
    const line = lineOverPort(port2);
    port2.on("close", () => {
      line.cut();
      dial.lost("gone");
    });
    cuts.push(() => port2.close());
    dial.opened(line);
  };
  return { trial, clock, dials, door, states, answer, cut: () => cuts.at(-1)?.() };
}

test("before the line is open every call is answered at once", async () => {
  const { door } = house();
  expect(await door.client.echo({ text: "x" }).catch(faultOf)).toBe("wire.closed");
});

test("one client serves over every line, and nothing is sent again", async () => {
  const it = house();
  it.answer();
  expect(await it.door.client.echo({ text: "one" })).toEqual({ text: "one" });
  const waiting = it.door.client.wait({}).catch(faultOf);
  await it.trial.happened("wait begun");
  it.cut();
  expect(await waiting).toBe("wire.closed");
  await until(() => it.door.state === "closed", "closed");
  expect(await it.door.client.echo({ text: "between" }).catch(faultOf)).toBe("wire.closed");
  await it.clock.advance(200);
  it.answer();
  expect(await it.door.client.echo({ text: "two" })).toEqual({ text: "two" });
  expect(it.trial.calls).toEqual(["one", "wait", "two"]);
  expect(it.states).toEqual(["connecting", "open", "closed", "connecting", "open"]);
});

test("a feed goes on over a new line, from the present state", async () => {
  const it = house();
  const items: number[] = [];
  const ends: unknown[] = [];
  it.door.feed(
    (client, options) => client.present(undefined, options),
    (item) => items.push(item),
    (code) => ends.push(code),
  );
  it.answer();
  await until(() => items.length === 1, "first");
  it.cut();
  await until(() => it.door.state === "closed", "closed");
  it.trial.feed.set(2);
  await it.clock.advance(200);
  it.answer();
  await until(() => items.length === 2, "again");
  expect(items).toEqual([1, 2]);
  expect(ends).toEqual([]);
});

test("a feed that comes to its end says so, once, and is not asked for again", async () => {
  const it = house();
  const items: number[] = [];
  const ends: unknown[] = [];
  it.door.feed(
    (client, options) => client.count({ to: 2 }, options),
    (item) => items.push(item),
    (code) => ends.push(code),
  );
  it.answer();
  await until(() => ends.length === 1, "end");
  it.cut();
  await until(() => it.door.state === "closed", "closed");
  await it.clock.advance(200);
  it.answer();
  await it.door.client.echo({ text: "after" });
  expect([items, ends]).toEqual([[1, 2], [undefined]]);
});

test("a feed that fails ends with its code", async () => {
  const it = house();
  const ends: unknown[] = [];
  it.door.feed(
    (client, options) => client.breakDown({ after: 1 }, options),
    () => undefined,
    (code) => ends.push(code),
  );
  it.answer();
  await until(() => ends.length === 1, "end");
  expect(ends).toEqual(["consult.ended"]);
});

test("leaving a feed ends it at the host, silently", async () => {
  const it = house();
  const ends: unknown[] = [];
  it.answer();
  const leave = it.door.feed(
    (client, options) => client.present(undefined, options),
    () => undefined,
    (code) => ends.push(code),
  );
  await it.trial.happened("feed begun");
  leave();
  await it.trial.happened("feed closed");
  expect(ends).toEqual([]);
});

test("one refusal may be a reload; two are believed, and it is asked on slowly", async () => {
  const it = house();
  it.dials[0]!.lost("forbidden");
  expect(it.door.state).toBe("closed");
  await it.clock.advance(200);
  it.dials[1]!.lost("forbidden");
  expect(it.door.state).toBe("forbidden");
  await it.clock.advance(400);
  expect(it.dials).toHaveLength(3);
  expect(it.door.state).toBe("forbidden");
  it.answer();
  expect(it.door.state).toBe("open");
});

test("a window without a shell is forbidden at once, and asks nobody", async () => {
  const it = house(false);
  expect(it.door.state).toBe("forbidden");
  await it.clock.advance(10_000);
  expect(it.dials).toHaveLength(1);
});

test("redialing slows down to three seconds", async () => {
  const it = house();
  const dialedAt: number[] = [];
  for (let n = 0; n < 7; n++) {
    dialedAt.push(it.clock.monotonic());
    it.dials.at(-1)!.lost("gone");
    const before = it.dials.length;
    while (it.dials.length === before) await it.clock.advance(100);
  }
  expect(dialedAt.slice(1).map((at, n) => at - dialedAt[n]!)).toEqual([200, 400, 800, 1_600, 3_000, 3_000]);
});
