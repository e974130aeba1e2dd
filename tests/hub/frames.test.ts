import type { Writable } from "node:stream";
import { expect, test } from "vitest";
import * as ws from "ws";
import { closeFrame, FrameReader, pingFrame, pongFrame, textFrame } from "../../hub/wire/frames.ts";
import { malformedFrame } from "./malformed/frames.ts";
import { randomOf } from "./random.ts";

/** The reader of the `ws` package: not in its types, and what this one is held to. */
type Peer = new (options: { readonly isServer: boolean; readonly maxPayload: number }) => Writable;
const { Receiver } = ws as unknown as { readonly Receiver: Peer };
const mostBytes = 65_536;

type Random = () => number;
const below = (random: Random, most: number) => Math.floor(random() * most);

/** One line for everything that was heard. */
function ours(chunks: readonly Buffer[], most = mostBytes): readonly string[] {
  const told: string[] = [];
  const reader = new FrameReader(most);
  const sink = {
    message: (text: string | undefined) => told.push(text === undefined ? "binary" : `text ${text}`),
    ping: (bytes: Buffer) => told.push(`ping ${bytes.toString("hex")}`),
    pong: () => told.push("pong"),
    closed: (code: number) => told.push(`closed ${code}`),
    broken: (code: number) => told.push(`broken ${code}`),
  };
  for (const chunk of chunks) reader.read(Buffer.from(chunk), sink);
  return told;
}
async function theirs(chunks: readonly Buffer[]): Promise<readonly string[]> {
  const told: string[] = [];
  const reader = new Receiver({ isServer: true, maxPayload: mostBytes });
  reader.on("message", (data: Buffer, isBinary: boolean) => told.push(isBinary ? "binary" : `text ${data.toString()}`));
  reader.on("ping", (bytes: Buffer) => told.push(`ping ${bytes.toString("hex")}`));
  reader.on("pong", () => told.push("pong"));
  reader.on("conclude", (code: number) => told.push(`closed ${code}`));
  // The close code stands under a symbol of its own; what is written after the end has none.
  reader.on("error", (error: Error & Readonly<Record<symbol, unknown>>) => {
    for (const symbol of Object.getOwnPropertySymbols(error)) told.push(`broken ${String(error[symbol])}`);
  });
  for (const chunk of chunks) reader.write(Buffer.from(chunk), () => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  return told;
}

function frame(random: Random, first: number, body: Buffer): Buffer {
  const wide = random() < 0.05;
  const head =
    body.length < 126 && !wide
      ? Buffer.from([first, 0x80 | body.length])
      : body.length < 65_536 && !wide
        ? Buffer.from([first, 0xfe, body.length >> 8, body.length & 0xff])
        : Buffer.from([first, 0xff, 0, 0, 0, 0, 0, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff]);
  const mask = Buffer.from([1, 2, 3, 4].map(() => below(random, 256)));
  return Buffer.concat([head, mask, body.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}
const words = ["", "a", '{"i":"1"}', "村卫生室", "x".repeat(125), "y".repeat(126), "z".repeat(70_000), "é".repeat(400)];
const word = (random: Random) => Buffer.from(words[below(random, words.length)] ?? "");

/** What a client may send, whole or in fragments with pings between; now and then something that it may not. */
function said(random: Random): Buffer {
  const kind = random();
  if (kind < 0.4) return frame(random, 0x81, word(random));
  if (kind < 0.6) {
    const parts = Array.from({ length: 1 + below(random, 4) }, () => frame(random, 0x00, word(random)));
    const end = frame(random, 0x80, word(random));
    return Buffer.concat([frame(random, 0x01, word(random)), ...parts, frame(random, 0x89, Buffer.from("p")), end]);
  }
  if (kind < 0.7) return frame(random, 0x89, Buffer.from("ping"));
  if (kind < 0.75) return frame(random, 0x8a, Buffer.alloc(0));
  if (kind < 0.8) return frame(random, 0x82, word(random));
  if (kind < 0.82) return frame(random, 0x88, Buffer.from([below(random, 20), below(random, 256)]));
  if (kind < 0.9) return frame(random, below(random, 256), word(random));
  return malformedFrame(random).bytes;
}

function cut(random: Random, bytes: Buffer): readonly Buffer[] {
  const chunks: Buffer[] = [];
  const most = random() < 0.3 ? 4 : 3_000;
  for (let at = 0; at < bytes.length;) {
    const size = bytes.length > 20_000 && most === 4 ? 1_000 : 1 + below(random, most);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  "hears what the ws package hears, however the bytes are cut: 150 lines of seed %i",
  async (seed) => {
    const random = randomOf(seed);
    for (let nth = 0; nth < 150; nth += 1) {
      const bytes = Buffer.concat(Array.from({ length: 1 + below(random, 6) }, () => said(random)));
      const chunks = cut(random, bytes);
      const expected = await theirs(chunks);
      expect(ours(chunks), bytes.subarray(0, 60).toString("hex")).toEqual(expected);
    }
  },
);

test("a message may be as long as it may, in one frame or in many, and not a byte longer", () => {
  const random = randomOf(1);
  const half = Buffer.alloc(50, "a");
  const inTwo = [frame(random, 0x01, half), frame(random, 0x80, half)];
  expect(ours([frame(random, 0x81, Buffer.alloc(100, "a"))], 100)).toEqual([`text ${"a".repeat(100)}`]);
  expect(ours(inTwo, 100)).toEqual([`text ${"a".repeat(100)}`]);
  expect(ours([frame(random, 0x81, Buffer.alloc(101, "a"))], 100)).toEqual(["broken 1009"]);
  expect(ours(inTwo, 99)).toEqual(["broken 1009"]);
});

test("what is announced takes no memory before it has come", () => {
  const before = process.memoryUsage().arrayBuffers;
  const readers = Array.from({ length: 200 }, () => new FrameReader(1024 * 1024));
  const sink = { message() {}, ping() {}, pong() {}, closed() {}, broken() {} };
  for (const reader of readers)
    reader.read(Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0x0f, 0xff, 0xff, 1, 2, 3, 4]), sink);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * 1_000);
});

test.each(["", "{}", "村", "x".repeat(125), "x".repeat(126), "é".repeat(33_000), "x".repeat(70_000)])(
  "a frame of ours is read by a client of the ws package (%#)",
  (text) => {
    const heard: string[] = [];
    const client = new (Receiver as unknown as new () => Writable)();
    client.on("message", (data: Buffer) => heard.push(data.toString()));
    client.on("ping", () => heard.push("ping"));
    client.on("pong", (data: Buffer) => heard.push(`pong ${data.toString()}`));
    client.on("conclude", (code: number, reason: Buffer) => heard.push(`${code} ${reason.toString()}`));
    const bytes = textFrame(text) + pingFrame + pongFrame(Buffer.from([0xe9])) + closeFrame(4401, "signed out");
    client.write(Buffer.from(bytes, "latin1"));
    expect(heard).toEqual([text, "ping", `pong ${Buffer.from([0xe9]).toString()}`, "4401 signed out"]);
  },
);
