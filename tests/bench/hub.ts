/**
 * `npm run bench -- hub [--pairs 100] [--seconds 3] [--rounds 3] [--idle 1000] [--stations 2000]`: routed signals of people and stations
 * who proved who they are (role, ticket and schema checked, written to the other side's feed) against echoes of socket.io,
 * bare ws and raw TCP; memory of an idle station; and a village whose power comes back: every station dials at once and must
 * get what it missed exactly once, while others go on. Rounds are interleaved, the best of each counts. An echo is one frame
 * in and one out; so is a signal of a talk, and a receipt now and then. Everybody is loaded by the same lean client
 * (parts/lean-line.ts). Ratios of processor time say the same where other work shares the machine. Bars: research/performance.md §0 rows 5a to 5c; those that are judged
 * are told as met or missed, the others are printed. Ends with 1 under a judged one.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { loadavg } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { WebSocket } from "ws";
import { asStation, call, openIo, openSocket, startFar, tokenOf, type Far } from "./parts/hub-lines.ts";
import { at, hubLoops, ioLoops, measured, payload, tcpLoops, wsLoops, type Rate } from "./parts/hub-loops.ts";

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "100" },
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "3" },
    idle: { type: "string", default: "1000" },
    stations: { type: "string", default: "2000" },
    only: { type: "string", default: "signals,memory,storm" },
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

async function signalling(): Promise<void> {
  const fars = {
    hub: await startFar("hub", pairs),
    io: await startFar("io"),
    ws: await startFar("ws"),
    tcp: await startFar("tcp"),
  };
  const ways = {
    hub: await hubLoops(fars.hub),
    io: await ioLoops(fars.io, pairs),
    ws: await wsLoops(fars.ws, pairs),
    tcp: await tcpLoops(fars.tcp, pairs),
  };
  const none: Rate = { perSecond: 0, p99: 0, busyUs: Infinity };
  const best = { hub: none, io: none, ws: none, tcp: none };
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ["hub", "io", "ws", "tcp"] as const) {
      const rate = await measured(fars[way], ways[way], windowMs);
      if (rate.perSecond > best[way].perSecond) best[way] = rate;
    }
  }
  for (const [way, { perSecond, p99, busyUs }] of Object.entries(best))
    print(
      `  ${way.padEnd(4)} ${perSecond.toFixed(0).padStart(7)} a second, 99 % within ${p99.toFixed(1)} ms, ${busyUs.toFixed(1)} µs of processor each`,
    );
  const { hub } = best;
  for (const [way, name, wanted] of [
    ["io", "socket.io", "≥ 1.8"],
    ["ws", "bare ws", "none"],
    ["tcp", "raw TCP", "≥ 0.6"],
  ] as const)
    print(
      `  hub against ${name}: ${(hub.perSecond / best[way].perSecond).toFixed(2)} times as many, ${(hub.busyUs / best[way].busyUs).toFixed(2)} times the processor (bar of the research ${wanted}; printed)`,
    );
  await Promise.all(Object.values(fars).map((far) => far.end()));
}

const inbox = (socket: WebSocket): void => socket.send(call("inbox", "/journal/inbox", { after: 0 }));

/**
 * Kilobytes that each of `idle` lines costs a far end which holds half as many already: what ended lines give back would be
 * taken by the new ones, and hide what they cost. `open` answers what ends it.
 */
async function costKb(far: Far, open: (nth: number) => Promise<() => void>): Promise<number> {
  const several = async (count: number, from: number) => {
    const ends: (() => void)[] = [];
    for (let nth = 0; nth < count; nth += 1) ends.push(await open(from + nth));
    return ends;
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 500));
  const first = await several(idle / 2, idle);
  await settle();
  const before = await far.ask("cost");
  const ends = await several(idle, 0);
  await settle();
  const after = await far.ask("cost");
  for (const end of [...first, ...ends]) end();
  return (after.resident - before.resident) / 1_024 / idle;
}
async function memory(): Promise<void> {
  const hub = await startFar("hub", 0, idle * 1.5);
  const [io, ws] = [await startFar("io"), await startFar("ws")];
  const bare = await costKb(ws, async () => {
    const socket = await openSocket(ws.port);
    return () => socket.terminate();
  });
  const theirs = await costKb(io, async () => {
    const socket = await openIo(io.port);
    return () => socket.end();
  });
  const ours = await costKb(hub, async (nth) => {
    const one = hub.stations[nth];
    if (!one) throw new Error("too few stations");
    const socket = await asStation(hub.port, one);
    inbox(socket);
    return () => socket.terminate();
  });
  print(
    `  an idle station with its inbox open ${ours.toFixed(1)} kB, a socket.io ${theirs.toFixed(1)} kB, a bare ws ${bare.toFixed(1)} kB`,
  );
  print(
    `  against socket.io ${(ours / theirs).toFixed(2)} (bar of the research ≤ 0.4; printed), against bare ws ${(ours / bare).toFixed(2)} (bar ≤ 1.2; printed)`,
  );
  await Promise.all([hub.end(), io.end(), ws.end()]);
}

/** Milliseconds until each of them, dialled at once, is there and has done `first`. */
async function dialled(count: number, dial: (nth: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  await Promise.all(Array.from({ length: count }, (_, nth) => dial(nth)));
  return performance.now() - began;
}

/** Stations who stay; `took` answers how long their calls took since it was last asked. */
async function startSteady({ port, stations }: Pick<Far, "port" | "stations">) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "parts", "hub-steady.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const say = async (line: string): Promise<unknown> => {
    const answered = once(lines, "line") as Promise<[string]>;
    child.stdin.write(`${line}\n`);
    return JSON.parse((await answered)[0]);
  };
  await say(JSON.stringify({ port, stations }));
  return {
    took: async () => (await say("took")) as readonly number[],
    end: async () => {
      const over = once(child, "close");
      child.stdin.end();
      await over;
    },
  };
}

async function storm(): Promise<void> {
  const steady = 20;
  const [hub, ws] = [await startFar("hub", 0, storming + steady), await startFar("ws")];
  const bare = await dialled(storming, async () => (await openSocket(ws.port)).terminate());

  const others = await startSteady({ port: hub.port, stations: hub.stations.slice(storming) });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await others.took();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const quiet = await others.took();

  await hub.ask("leave");
  // Stations sign while they wait for a line; here all of them do it on one processor, beforehand.
  const tokens = await Promise.all(hub.stations.slice(0, storming).map(tokenOf));
  await new Promise((resolve) => setTimeout(resolve, 500));
  await others.took();
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
  const during = await others.took();
  // What would come twice comes now.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
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
  for (const socket of sockets) socket.terminate();
  await others.end();
  await Promise.all([hub.end(), ws.end()]);
}

print(
  `load ${loadavg()
    .map((each) => each.toFixed(1))
    .join(" ")}; far ends and this program share the machine's processors`,
);
const only = values.only.split(",");
if (only.includes("signals")) {
  print(`signals delivered between ${pairs} pairs, closed loop, against echoes of ${payload.length} bytes`);
  await signalling();
}
if (only.includes("memory")) {
  print(`memory, ${idle} idle lines`);
  await memory();
}
if (only.includes("storm")) {
  print("a storm of reconnecting");
  await storm();
}
print(missed.length === 0 ? "PASS: every judged bar is met" : `FAIL: ${missed.join("; ")}`);
process.exit(missed.length === 0 ? 0 : 1);
