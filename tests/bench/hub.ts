/**
 * `npm run bench -- hub [--pairs 100] [--seconds 3] [--rounds 3] [--idle 1000] [--stations 2000]`: routed signals of people and stations
 * who proved who they are (role, ticket and schema checked, written to the other side's feed) against echoes of bare ws and of
 * raw TCP; memory of an idle station; and a village whose power comes back: every station dials at once and must get what it
 * missed exactly once, while others go on. Rounds are interleaved, the best of each counts. Bars: research/performance.md §0
 * rows 5a to 5c, as far as their peers are here (socket.io is not). Ends with 1 under one.
 */
import { once } from "node:events";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { WebSocket } from "ws";
import { asDoctor, asStation, call, openSocket, openTcp, startFar, tokenOf, type Far } from "./parts/hub-lines.ts";

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "100" },
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "3" },
    idle: { type: "string", default: "1000" },
    stations: { type: "string", default: "2000" },
  },
});
const [pairs, windowMs, rounds] = [Number(values.pairs), Number(values.seconds) * 1_000, Number(values.rounds)];
const [idle, storming] = [Number(values.idle), Number(values.stations)];
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const missed: string[] = [];
function bar(what: string, value: number, wanted: number, least: boolean): void {
  const met = least ? value >= wanted : value <= wanted;
  if (!met) missed.push(what);
  print(`  ${met ? "met   " : "MISSED"} ${what}: ${value.toFixed(2)} (bar ${least ? "≥" : "≤"} ${wanted})`);
}
const at = (samples: readonly number[], share: number) =>
  samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)] ?? 0;

/** One thing that is sent and heard again and again. `heard` is called once for every one. */
interface Loop {
  send(): void;
  heard: () => void;
}
interface Rate {
  readonly perSecond: number;
  readonly p99: number;
}
/** Every loop sends its next when it has heard its last. */
async function measured(loops: readonly Loop[]): Promise<Rate> {
  const times: number[] = [];
  let running = true;
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
  const rate = { perSecond: (times.length * 1_000) / (performance.now() - began), p99: at(times, 0.99) };
  // What is under way still comes.
  await new Promise((resolve) => setTimeout(resolve, 300));
  return rate;
}

const candidate = `candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host generation 0 ufrag ${"x".repeat(120)}`;
const body = { kind: "candidate", candidate, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null } as const;
const payload = call("000000", "/call/signal", { call: "0".repeat(36), ticket: "0".repeat(43), body });

async function hubLoops(hub: Far): Promise<readonly Loop[]> {
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
const wsLoops = (far: Far): Promise<readonly Loop[]> =>
  Promise.all(
    Array.from({ length: pairs }, async (): Promise<Loop> => {
      const socket = await openSocket(far.port);
      const loop: Loop = { heard: () => {}, send: () => socket.send(payload) };
      socket.on("message", () => loop.heard());
      return loop;
    }),
  );
const tcpLoops = (far: Far): Promise<readonly Loop[]> =>
  Promise.all(
    Array.from({ length: pairs }, async (): Promise<Loop> => {
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
    }),
  );

async function signalling(): Promise<void> {
  const [hub, ws, tcp] = [await startFar("hub", pairs), await startFar("ws"), await startFar("tcp")];
  const ways = { hub: await hubLoops(hub), ws: await wsLoops(ws), tcp: await tcpLoops(tcp) };
  const best = { hub: { perSecond: 0, p99: 0 }, ws: { perSecond: 0, p99: 0 }, tcp: { perSecond: 0, p99: 0 } };
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ["hub", "ws", "tcp"] as const) {
      const rate = await measured(ways[way]);
      if (rate.perSecond > best[way].perSecond) best[way] = rate;
    }
  }
  for (const [way, { perSecond, p99 }] of Object.entries(best))
    print(`  ${way.padEnd(4)} ${perSecond.toFixed(0).padStart(7)} a second, 99 % within ${p99.toFixed(1)} ms`);
  print(
    `  hub against ws ${(best.hub.perSecond / best.ws.perSecond).toFixed(2)}, against raw TCP ${(best.hub.perSecond / best.tcp.perSecond).toFixed(2)} (bar of the research ≥ 0.6; printed)`,
  );
  await Promise.all([hub.end(), ws.end(), tcp.end()]);
}

const inbox = (socket: WebSocket): void => socket.send(call("inbox", "/journal/inbox", { after: 0 }));

/** Kilobytes that each of `sockets` costs a far end. */
async function costKb(far: Far, open: (nth: number) => Promise<WebSocket>): Promise<number> {
  const before = await far.ask("memory");
  const sockets: WebSocket[] = [];
  for (let nth = 0; nth < idle; nth += 1) sockets.push(await open(nth));
  const cost = ((await far.ask("memory")) - before) / 1_024 / idle;
  for (const socket of sockets) socket.terminate();
  return cost;
}
async function memory(): Promise<void> {
  const hub = await startFar("hub", 0, idle);
  const ws = await startFar("ws");
  const station = (nth: number) => hub.stations[nth % hub.stations.length] ?? hub.stations[0];
  const bare = await costKb(ws, () => openSocket(ws.port));
  const ours = await costKb(hub, async (nth) => {
    const one = station(nth);
    if (!one) throw new Error("no stations");
    const socket = await asStation(hub.port, one);
    inbox(socket);
    return socket;
  });
  print(
    `  an idle station with its inbox open ${ours.toFixed(1)} kB, a bare ws ${bare.toFixed(1)} kB: ${(ours / bare).toFixed(2)} times (bar of the research ≤ 1.2; printed)`,
  );
  await Promise.all([hub.end(), ws.end()]);
}

/** Milliseconds until each of them, dialled at once, is there and has done `first`. */
async function dialled(count: number, dial: (nth: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  await Promise.all(Array.from({ length: count }, (_, nth) => dial(nth)));
  return performance.now() - began;
}

async function storm(): Promise<void> {
  const steady = 20;
  const [hub, ws] = [await startFar("hub", 0, storming + steady), await startFar("ws")];
  const bare = await dialled(storming, async () => (await openSocket(ws.port)).terminate());

  const others = await Promise.all(hub.stations.slice(storming).map((one) => asStation(hub.port, one)));
  const quiet: number[] = [];
  const during: number[] = [];
  let into = quiet;
  let over = false;
  const asking = others.map(async (socket) => {
    for (let nth = 0; !over; nth += 1) {
      const began = performance.now();
      const answered = once(socket, "message");
      socket.send(call(`h${nth}`, "/journal/held", undefined));
      await answered;
      into.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 2_000));

  into = [];
  await hub.ask("leave");
  // Stations sign while they wait for a line; here all of them do it on one processor, beforehand.
  const tokens = await Promise.all(hub.stations.slice(0, storming).map(tokenOf));
  await new Promise((resolve) => setTimeout(resolve, 500));
  into = during;
  const received = new Map<string, number>();
  const sockets: WebSocket[] = [];
  const ours = await dialled(storming, async (nth) => {
    const { id } = hub.stations[nth] ?? { id: "" };
    const socket = await openSocket(hub.port, { authorization: `Bearer ${tokens[nth] ?? ""}` });
    sockets.push(socket);
    await new Promise<void>((resolve) => {
      socket.on("message", (data: Buffer) => {
        if (!data.includes('"message.left"')) return;
        received.set(id, (received.get(id) ?? 0) + 1);
        resolve();
      });
      inbox(socket);
    });
  });
  // What would come twice comes now.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  over = true;
  await Promise.all(asking);
  const exactlyOnce = [...received.values()].filter((count) => count === 1).length;
  print(
    `  ${storming} stations are back and have what they missed after ${(ours / 1_000).toFixed(2)} s; as many bare ws sockets open in ${(bare / 1_000).toFixed(2)} s`,
  );
  print(
    `  a call of those who stayed: 99 % within ${at(quiet, 0.99).toFixed(1)} ms before (${quiet.length}), ${at(during, 0.99).toFixed(1)} ms in the storm (${during.length})`,
  );
  bar("share that got it exactly once", exactlyOnce / storming, 1, true);
  bar("storm of 2,000, seconds", (ours / 1_000) * (2_000 / storming), 5, false);
  bar("99 % of those who stayed, ms", at(during, 0.99), 250, false);
  for (const socket of [...sockets, ...others]) socket.terminate();
  await Promise.all([hub.end(), ws.end()]);
}

print(
  `load ${loadavg()
    .map((each) => each.toFixed(1))
    .join(" ")}; far ends and this program share the machine's processors`,
);
print(`signals delivered between ${pairs} pairs, closed loop, against echoes of ${payload.length} bytes`);
await signalling();
print(`memory, ${idle} idle lines`);
await memory();
print("a storm of reconnecting");
await storm();
print(missed.length === 0 ? "PASS: every bar is met" : `FAIL: ${missed.join("; ")}`);
process.exit(missed.length === 0 ? 0 : 1);
