/**
 * The far ends that `bench hub` compares, each a process of its own: `hub` (the product, with its people and stations in place),
 * `io` (socket.io echo), `job` (socket.io that does what the hub does: each message checked by the same schema, passed to the
 * other side's room, and acknowledged; nobody proves who they are), `ws` (bare echo), `tcp` (raw echo) and `pass` (raw TCP from one
 * socket to another). Prints one line of JSON when ready; afterwards each line in is
 * answered by one out, with its memory and the processor time used so far: `cost`, `memory` (after collections), or, of the
 * hub, `leave` (a message for every station). Arguments: which, and how many pairs and stations the hub is to know.
 */
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Server as IoServer } from "socket.io";
import { v7 as uuidv7 } from "uuid";
import { WebSocketServer } from "ws";
import { talkSaidSchema } from "../../../core/contract/hub-calls.ts";
import { createHub, type Hub } from "../../../hub/create-hub.ts";
import { createLogger } from "../../../hub/log.ts";
import { freshToken, sha256 } from "../../../hub/store/secrets.ts";
import { systemClock } from "../../../hub/system-clock.ts";

export interface BenchStation {
  readonly id: string;
  /** PKCS #8, base64. */
  readonly key: string;
}
export interface BenchPair {
  readonly station: BenchStation;
  readonly cookie: string;
  readonly call: string;
  readonly stationTicket: string;
  readonly doctorTicket: string;
}
export interface FarCost {
  /** Bytes that the system has given the process, after collections. */
  readonly resident: number;
  /** Bytes in use of the heap, and of what hangs on it outside. */
  readonly heap: number;
  /** Milliseconds of processor time, user and system. */
  readonly busyMs: number;
}
export interface FarReady {
  readonly port: number;
  readonly pairs: readonly BenchPair[];
  readonly stations: readonly BenchStation[];
}

const [, , role = "", pairs = "0", stations = "0"] = process.argv;
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function enrolled(hub: Hub): Promise<BenchStation> {
  const id = uuidv7();
  const pair = generateKeyPairSync("ed25519");
  const publicKey = pair.publicKey.export({ format: "jwk" }).x ?? "";
  const { directory } = hub.parts;
  const code = sha256(id);
  await directory.putEnrolCode(code, systemClock.now() + 60_000, {});
  await directory.enrol(code, { id, name: "Bench", place: "Bench", publicKey }, systemClock.now());
  return { id, key: pair.privateKey.export({ format: "der", type: "pkcs8" }).toString("base64") };
}

/** A station and a doctor in a running call, with a ticket each. */
async function paired(hub: Hub, nth: number): Promise<BenchPair> {
  const { directory, desk, tickets, calls } = hub.parts;
  const station = await enrolled(hub);
  const person = { account: `bench-${nth}`, name: "Bench", role: "doctor", passwordHash: "none", demo: false } as const;
  const { id: doctor } = await directory.putAccount(person);
  const token = freshToken();
  const now = systemClock.now();
  await directory.openSession({ hash: sha256(token), account: doctor, madeAt: now, seenAt: now });
  const call = uuidv7();
  await desk.join({ id: call, station: station.id, visit: "v", mode: "assisted", shownName: "S", severity: 0 });
  await desk.accept(call, { id: doctor, name: "Bench", role: "doctor" });
  const round = (await calls.find(call))?.round ?? 0;
  return {
    station,
    cookie: `hub_session=${token}`,
    call,
    stationTicket: tickets.issue({ call, person: station.id, round }),
    doctorTicket: tickets.issue({ call, person: doctor, round }),
  };
}

async function openHub(): Promise<Hub> {
  const folder = mkdtempSync(join(tmpdir(), "bench-hub-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  // A second lasts a thousand for the limit of messages: it counts as ever, and does not bind.
  const lines = { ...systemClock, monotonic: () => systemClock.monotonic() * 1_000 };
  const key = new Uint8Array(32).fill(7);
  const created = await createHub({ clock: systemClock, lines, folder, key, log: createLogger("silent") });
  if (!created.ok) throw new Error(created.code);
  return created.hub;
}

/**
 * More than once: what one collection lets go of outside the heap is freed after the next. The last one also gives back to the
 * system what the heap does not need: without it a far end is counted what came and went while its lines were dialled.
 */
async function collect(): Promise<void> {
  const collectGarbage = globalThis.gc;
  if (!collectGarbage) throw new Error("start with --expose-gc");
  for (let nth = 0; nth < 4; nth += 1) {
    collectGarbage({ type: "major", execution: "sync", flavor: nth < 3 ? "regular" : "last-resort" });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

let leave = async (): Promise<void> => {};
if (role === "hub") {
  const hub = await openHub();
  const known: BenchPair[] = [];
  for (let nth = 0; nth < Number(pairs); nth += 1) known.push(await paired(hub, nth));
  const idle: BenchStation[] = [];
  for (let nth = 0; nth < Number(stations); nth += 1) idle.push(await enrolled(hub));
  leave = async () => {
    for (const { id: station } of idle)
      await hub.parts.care.leave(
        {
          id: uuidv7(),
          station,
          resident: "specimen",
          from: { name: "Bench" },
          at: new Date(systemClock.now()).toISOString(),
          sentences: [{ key: "loop.say.keepMeasuring" }],
          worse: ["loop.worse.callUs"],
        },
        { role: "hub", id: hub.id },
        null,
      );
  };
  say({ port: Number(new URL(hub.address).port), pairs: known, stations: idle } satisfies FarReady);
} else if (role === "io") {
  const http = createHttpServer();
  const io = new IoServer(http, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
  io.on("connection", (socket) => socket.on("m", (text: string) => socket.emit("m", text)));
  http.listen(0, "127.0.0.1", () => say({ port: (http.address() as AddressInfo).port, pairs: [], stations: [] }));
} else if (role === "job") {
  const http = createHttpServer();
  const io = new IoServer(http, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
  io.on("connection", (socket) => {
    socket.on("join", (call: string, side: string, other: string) => {
      let seq = 0;
      void socket.join(`${call}:${side}`);
      socket.on("m", (said: unknown, heard: (n: number) => void) => {
        const read = talkSaidSchema.safeParse(said);
        if (!read.success || !("n" in read.data)) {
          socket.disconnect(true);
          return;
        }
        seq += 1;
        io.to(`${call}:${other}`).emit("m", { seq, body: read.data.body });
        heard(read.data.n);
      });
      socket.emit("joined");
    });
  });
  http.listen(0, "127.0.0.1", () => say({ port: (http.address() as AddressInfo).port, pairs: [], stations: [] }));
} else if (role === "ws") {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  server.on("connection", (socket) => socket.on("message", (data) => socket.send(data, { binary: false })));
  server.once("listening", () => say({ port: (server.address() as AddressInfo).port, pairs: [], stations: [] }));
} else if (role === "pass") {
  let first: Socket | undefined;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    // Each second one hears the one before it.
    first?.pipe(socket);
    first = first === undefined ? socket : undefined;
  });
  server.listen(0, "127.0.0.1", () => say({ port: (server.address() as AddressInfo).port, pairs: [], stations: [] }));
} else {
  const server = createServer({ noDelay: true }, (socket) => socket.on("error", () => socket.destroy()).pipe(socket));
  server.listen(0, "127.0.0.1", () => say({ port: (server.address() as AddressInfo).port, pairs: [], stations: [] }));
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line === "leave") await leave();
  const { user, system } = process.cpuUsage();
  if (line === "memory") await collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  say({ resident: rss, heap: heapUsed + external, busyMs: (user + system) / 1_000 } satisfies FarCost);
}
process.exit(0);
