import { createSocket, type Socket } from "node:dgram";
import { afterEach, describe, expect, test } from "vitest";
import { createPipe, headBytes, openRelay, seeded, type LinkConditions, type Relay } from "./relay.ts";

const clear: LinkConditions = { bitsPerSecond: 1e9, delayMs: 0, jitterMs: 0, loss: 0, queueBytes: 1e9 };
const zero = () => ({ packets: 0, bytes: 0, lost: 0, overflowed: 0 });

describe("a pipe", () => {
  test("spends a packet's time at the narrow place, then the delay, one behind the other", () => {
    const pipe = createPipe({ ...clear, bitsPerSecond: 64_000, delayMs: 50 }, seeded(1), zero());
    // 772 + 28 bytes are 100 ms of 64 kbit/s.
    expect([0, 0, 10, 1_000].map((at) => pipe.pass(800 - headBytes, at))).toEqual([150, 250, 350, 1_150]);
  });

  test("drops at the tail what its queue cannot hold", () => {
    const count = zero();
    const pipe = createPipe({ ...clear, bitsPerSecond: 64_000, queueBytes: 1_600 }, seeded(1), count);
    expect([0, 0, 0, 150].map((at) => pipe.pass(800 - headBytes, at))).toEqual([100, 200, undefined, 300]);
    expect(count).toEqual({ packets: 3, bytes: 2_400, lost: 0, overflowed: 1 });
  });

  test("loses its share, and the same ones with the same seed", () => {
    const fates = (seed: number) => {
      const pipe = createPipe({ ...clear, loss: 0.2 }, seeded(seed), zero());
      return Array.from({ length: 5_000 }, (_, at) => pipe.pass(100, at) === undefined);
    };
    const lost = fates(7).filter(Boolean).length;
    expect(lost).toBeGreaterThan(900);
    expect(lost).toBeLessThan(1_100);
    expect(fates(7)).toEqual(fates(7));
    expect(fates(8)).not.toEqual(fates(7));
  });

  test("shakes within its bounds and keeps the order", () => {
    const pipe = createPipe({ ...clear, delayMs: 20, jitterMs: 30 }, seeded(3), zero());
    const left = Array.from({ length: 500 }, (_, at) => (pipe.pass(100, at) ?? NaN) - at);
    expect(Math.min(...left)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...left)).toBeLessThanOrEqual(50.01);
    expect(Math.max(...left) - Math.min(...left)).toBeGreaterThan(10);
    const leaves = left.map((each, at) => each + at);
    expect(leaves.map((each, at) => Math.max(each, leaves[at - 1] ?? 0))).toEqual(leaves);
  });
});

describe("a relay", () => {
  const open: (Socket | Relay)[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  const page = async () => {
    const socket = createSocket("udp4");
    await new Promise<void>((bound) => socket.bind(0, "127.0.0.1", bound));
    open.push(socket);
    const heard = (count: number) =>
      new Promise<readonly { text: string; port: number }[]>((done) => {
        const all: { text: string; port: number }[] = [];
        socket.on("message", (bytes, from) => {
          all.push({ text: bytes.toString(), port: from.port });
          if (all.length === count) done(all);
        });
      });
    return { socket, port: socket.address().port, heard };
  };
  const candidate = (port: number, address = "127.0.0.1", kind = "host", transport = "udp") =>
    `candidate:1 1 ${transport} 2122260223 ${address} ${port} typ ${kind} generation 0 ufrag abcd`;
  const portOf = (line: string | undefined) => Number(line?.split(" ")[5]);

  test("carries both ways, and each page sees the other at the port it was told", async () => {
    const relay = await openRelay(1, clear);
    open.push(relay);
    const [a, b] = [await page(), await page()];
    // What a sends towards b goes up, and the other way round.
    const bAsSeen = portOf(await relay.rewrite(candidate(b.port), "up"));
    const aAsSeen = portOf(await relay.rewrite(candidate(a.port), "down"));
    const [atA, atB] = [a.heard(1), b.heard(1)];
    a.socket.send("to b", bAsSeen, "127.0.0.1");
    expect(await atB).toEqual([{ text: "to b", port: aAsSeen }]);
    b.socket.send("to a", aAsSeen, "127.0.0.1");
    expect(await atA).toEqual([{ text: "to a", port: bAsSeen }]);
    expect(relay.carried.up).toEqual({ packets: 1, bytes: 4 + headBytes, lost: 0, overflowed: 0 });
    expect(relay.carried.down.packets).toBe(1);
  });

  test("keeps everything else of a candidate, and refuses what it cannot stand before", async () => {
    const relay = await openRelay(1, clear);
    open.push(relay);
    const given = await relay.rewrite(candidate(5_000, "10.1.2.3"), "up");
    expect(given).toMatch(/^candidate:1 1 udp 2122260223 127[.]0[.]0[.]1 \d+ typ host generation 0 ufrag abcd$/);
    expect(await relay.rewrite(candidate(5_000, "10.1.2.3"), "up")).toBe(given);
    expect(await relay.rewrite(candidate(9, "10.1.2.3", "host", "tcp"), "up")).toBeUndefined();
    expect(await relay.rewrite(candidate(9, "10.1.2.3", "relay"), "up")).toBeUndefined();
    expect(await relay.rewrite(candidate(9, "ab-cd.local"), "up")).toBeUndefined();
  });

  test("lets nothing through a blackout, and takes up again after it", async () => {
    const relay = await openRelay(1, clear);
    open.push(relay);
    const [a, b] = [await page(), await page()];
    const bAsSeen = portOf(await relay.rewrite(candidate(b.port), "up"));
    const atB = b.heard(2);
    const send = (text: string) => new Promise<void>((sent) => a.socket.send(text, bAsSeen, "127.0.0.1", () => sent()));
    await send("before");
    await expect.poll(() => relay.carried.up.packets).toBe(1);
    relay.blackout(true);
    await send("in the dark");
    // Through the relay's own socket before the light is on again.
    await new Promise((turn) => setImmediate(turn));
    await new Promise((turn) => setImmediate(turn));
    relay.blackout(false);
    await send("after");
    await expect.poll(() => relay.carried.up.packets).toBe(2);
    const texts = (await atB.catch(() => [])).map(({ text }) => text);
    expect(texts).toEqual(["before", "after"]);
  });
});
