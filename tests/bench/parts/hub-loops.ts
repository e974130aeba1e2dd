import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { doctorHeaders, openIo, openTcp, stationHeaders, type Far } from "./hub-lines.ts";
import { countingFrames, leanFrame, openLean, type LeanLine } from "./lean-line.ts";

/** One thing that is sent and heard again and again. `heard` is called once for every one. */
export interface Loop {
  send(): void;
  heard: () => void;
}
export interface Rate {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
  /** Processor time of the far end for each, microseconds. */
  readonly busyUs: number;
}

export const at = (samples: readonly number[], share: number): number =>
  samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)] ?? 0;

/** Every loop sends its next when it has heard its last. */
export async function measured(far: Far, loops: readonly Loop[], windowMs: number): Promise<Rate> {
  const times: number[] = [];
  let running = true;
  const before = await far.ask("cost");
  const began = performance.now();
  for (const loop of loops) {
    let sentAt = performance.now();
    loop.heard = () => {
      const now = performance.now();
      times.push(now - sentAt);
      sentAt = now;
      if (running) loop.send();
    };
    loop.send();
  }
  await new Promise((resolve) => setTimeout(resolve, windowMs));
  running = false;
  const perSecond = (times.length * 1_000) / (performance.now() - began);
  // What is under way still comes.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const after = await far.ask("cost");
  return { perSecond, p99: at(times, 0.99), busyUs: ((after.busyMs - before.busyMs) * 1_000) / times.length };
}

const candidate = `candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host generation 0 ufrag ${"x".repeat(120)}`;
const body = JSON.stringify({
  kind: "candidate",
  candidate,
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: null,
});
/** As the wire library writes an item of a feed that a client sends. */
const said = (n: number): string => `{"i":"talk","t":3,"p":{"e":"message","d":{"json":{"n":${n},"body":${body}}}}}`;
/** As long as what the hub is sent. */
export const payload = said(100_000);

/** Opens a talk; what comes back first says that the hub hears. */
async function talkOver(line: LeanLine, call: string, ticket: string): Promise<void> {
  const opened = new Promise<void>((resolve, reject) => {
    let nth = 0;
    line.onMessage = (bytes) => {
      if (bytes.includes('"s":4')) reject(new Error(bytes.toString()));
      // The head of the feed, and its first item.
      if ((nth += 1) === 2) resolve();
    };
  });
  line.send('{"i":"talk","p":{"u":"/call/talk","h":{"content-type":"text/event-stream"}}}');
  const json = { call, ticket, name: randomUUID(), first: 1, after: 0 };
  line.send(JSON.stringify({ i: "talk", t: 3, p: { e: "message", d: { json } } }));
  await opened;
}

/** From a doctor's page to the station of the same call; receipts are read beside it. */
export async function hubLoops(hub: Far): Promise<readonly Loop[]> {
  return Promise.all(
    hub.pairs.map(async ({ station, cookie, call: id, stationTicket, doctorTicket }): Promise<Loop> => {
      const kiosk = await openLean(hub.port, "/wire", await stationHeaders(station));
      const desk = await openLean(hub.port, "/wire", doctorHeaders(hub.port, cookie));
      await talkOver(kiosk, id, stationTicket);
      await talkOver(desk, id, doctorTicket);
      const next = countingFrames(said);
      const loop: Loop = { heard: () => {}, send: () => void desk.socket.write(next()) };
      kiosk.onMessage = (bytes) => {
        // A receipt is short; the station says nothing, and is owed none.
        if (bytes.length > body.length) loop.heard();
      };
      desk.onMessage = () => {};
      return loop;
    }),
  );
}

const many = <T>(count: number, one: () => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, one));

/** An echo of the same text, again and again. */
const echoLoop = (line: LeanLine & { readonly socket: Socket }, text: string): Loop => {
  const frame = leanFrame(text);
  const loop: Loop = { heard: () => {}, send: () => void line.socket.write(frame) };
  line.onMessage = () => loop.heard();
  return loop;
};

export const ioLoops = (far: Far, count: number): Promise<readonly Loop[]> =>
  many(count, async () => echoLoop(await openIo(far.port), `42${JSON.stringify(["m", payload])}`));

/** From one socket to another in the room of the same call. */
export const jobLoops = (far: Far, count: number): Promise<readonly Loop[]> =>
  many(count, async (): Promise<Loop> => {
    const id = randomUUID();
    const join = async (side: string, other: string) => {
      const line = await openIo(far.port);
      const joined = new Promise<void>((resolve) => {
        line.onMessage = (bytes) => {
          if (bytes.includes("joined")) resolve();
        };
      });
      line.send(`42${JSON.stringify(["join", id, side, other])}`);
      await joined;
      return line;
    };
    const [desk, kiosk] = [await join("desk", "kiosk"), await join("kiosk", "desk")];
    const next = countingFrames((n) => `420["m",{"n":${n},"body":${body}}]`);
    const loop: Loop = { heard: () => {}, send: () => void desk.socket.write(next()) };
    kiosk.onMessage = (bytes) => {
      if (bytes.length > body.length) loop.heard();
    };
    desk.onMessage = () => {};
    return loop;
  });

export const wsLoops = (far: Far, count: number): Promise<readonly Loop[]> =>
  many(count, async () => echoLoop(await openLean(far.port, "/wire"), payload));

/** What is written to one socket comes out of the other, which may be the same. */
function tcpLoop(into: Socket, out: Socket): Loop {
  const bytes = Buffer.from(payload);
  const loop: Loop = { heard: () => {}, send: () => void into.write(bytes) };
  let owed = payload.length;
  out.on("data", (chunk: Buffer) => {
    owed -= chunk.length;
    if (owed > 0) return;
    owed = payload.length;
    loop.heard();
  });
  return loop;
}

export const tcpLoops = (far: Far, count: number): Promise<readonly Loop[]> =>
  many(count, async () => {
    const socket = await openTcp(far.port);
    return tcpLoop(socket, socket);
  });

/** From one socket to another: what routing costs at the least. One pair after the other, for the far end goes by their order. */
export async function passLoops(far: Far, count: number): Promise<readonly Loop[]> {
  const loops: Loop[] = [];
  while (loops.length < count) loops.push(tcpLoop(await openTcp(far.port), await openTcp(far.port)));
  return loops;
}
