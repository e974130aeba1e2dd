import { once } from "node:events";
import { asDoctor, asStation, call, openIo, openSocket, openTcp, type Far } from "./hub-lines.ts";

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
const body = { kind: "candidate", candidate, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null } as const;
/** As long as what the hub is sent. */
export const payload = call("000000", "/call/signal", { call: "0".repeat(36), ticket: "0".repeat(43), body });

/** From a doctor's page to the station of the same call. */
export async function hubLoops(hub: Far): Promise<readonly Loop[]> {
  return Promise.all(
    hub.pairs.map(async ({ station, cookie, call: id, stationTicket, doctorTicket }): Promise<Loop> => {
      const [kiosk, desk] = [await asStation(hub.port, station), await asDoctor(hub.port, cookie)];
      let nth = 0;
      const json = { call: id, ticket: doctorTicket, body };
      const loop: Loop = { heard: () => {}, send: () => desk.send(call(`s${(nth += 1)}`, "/call/signal", json)) };
      kiosk.on("message", (data: Buffer) => {
        if (data.includes('"candidate"')) loop.heard();
      });
      const opened = once(kiosk, "message");
      kiosk.send(call("feed", "/call/signals", { call: id, ticket: stationTicket, after: 0 }));
      await opened;
      return loop;
    }),
  );
}

const many = <T>(count: number, one: () => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, one));

export const ioLoops = (far: Far, count: number): Promise<readonly Loop[]> =>
  many(count, async (): Promise<Loop> => {
    const socket = await openIo(far.port);
    const loop: Loop = { heard: () => {}, send: () => socket.emit("m", payload) };
    socket.on("m", () => loop.heard());
    return loop;
  });

export const wsLoops = (far: Far, count: number): Promise<readonly Loop[]> =>
  many(count, async (): Promise<Loop> => {
    const socket = await openSocket(far.port);
    const loop: Loop = { heard: () => {}, send: () => socket.send(payload) };
    socket.on("message", () => loop.heard());
    return loop;
  });

export const tcpLoops = (far: Far, count: number): Promise<readonly Loop[]> =>
  many(count, async (): Promise<Loop> => {
    const socket = await openTcp(far.port);
    const loop: Loop = { heard: () => {}, send: () => void socket.write(payload) };
    let owed = payload.length;
    socket.on("data", (chunk: Buffer) => {
      owed -= chunk.length;
      if (owed > 0) return;
      owed = payload.length;
      loop.heard();
    });
    return loop;
  });
