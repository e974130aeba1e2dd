import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { Saying } from "../../core/contract/saying.ts";
import type { SignalBody } from "../../core/contract/views.ts";
import { bystander, memoryMb, shown, slowest, timed, type Bystander } from "./bystander.ts";
import type { FloodOrder, FloodReport } from "./floods/flood.ts";
import { openLine, until, type Line } from "./parties.ts";
import { running, startHub, type HubProcess } from "./process.ts";

/**
 * Test 41 of the reliability list, from inside: one of the three in a room, with a valid ticket, says ten thousand things, legal
 * and illegal. They are slowed or sent away; the call of the others goes on.
 */
const count = 10_000;
const perSecond = 1_500;
/** Turns of quiet and flood, so that whatever else the machine does falls on both. */
const turns = 4;
/** Below this it is the timer's and the scheduler's time on a shared machine, not the hub's. */
const floorMs = 25;

const folder = mkdtempSync(join(tmpdir(), "hub-seated-"));
const flooding = spawn(process.execPath, [join(import.meta.dirname, "floods/flood.ts")], {
  stdio: ["pipe", "pipe", "inherit"],
});
const reports = createInterface({ input: flooding.stdout });
const pair = generateKeyPairSync("ed25519");
const station = uuidv7();
const call = uuidv7();
let hub: HubProcess;
let kiosk: Line;
let doctor: Bystander;
let guest: Bystander;

beforeAll(async () => {
  hub = running(await startHub("--data", folder, "--demo"));
  const { address, enrolCode } = hub.ready;
  const publicKey = pair.publicKey.export({ format: "jwk" }).x;
  const enrolled = await fetch(`${address}/api/enrol`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: enrolCode, station, name: "Flood", place: "Village 3", publicKey }),
  });
  expect(enrolled.status).toBe(200);
  const now = Math.floor(Date.now() / 1_000);
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: "EdDSA" })
    .setIssuer(station)
    .setAudience("hub")
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(pair.privateKey);
  kiosk = await openLine(address, { authorization: `Bearer ${token}` });
  doctor = await bystander(hub);
  guest = await bystander(hub, "specialist");
});
afterAll(async () => {
  flooding.kill("SIGKILL");
  for (const { socket } of [kiosk, doctor.line, guest.line]) socket.terminate();
  hub.child.kill("SIGKILL");
  await hub.ended;
  rmSync(folder, { recursive: true, force: true });
});

async function flood(order: FloodOrder): Promise<FloodReport> {
  flooding.stdin.write(`${JSON.stringify(order)}\n`);
  const [line] = (await once(reports, "line")) as [string];
  return JSON.parse(line) as FloodReport;
}
const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test("one of the room who says ten thousand things is slowed or sent away; the call goes on, and others are answered", async () => {
  await kiosk.client.queue.join({ call, visit: uuidv7(), shownName: "S* One", severity: 2 });
  const { ticket: doctorTicket = "" } = await doctor.line.client.call.accept({ call });
  const { id: person } = await guest.line.client.me.whoami();
  await doctor.line.client.call.invite({ call, person });
  await guest.line.client.call.accept({ call });
  const room = await until(await guest.line.client.room.watch({ call }), ({ you }) => you !== undefined);
  const seat = room.you ?? "";
  const tickets = await Promise.all(
    Array.from({ length: 40 }, async () => (await guest.line.client.call.ticket({ call })).ticket),
  );
  const ready = { leg: "down", generation: 1, body: { kind: "ready" } };
  const ask = (path: string, input: object) => JSON.stringify({ i: "$id", p: { u: path, b: { json: input } } });
  const says = [
    ask("/room/mute", { call, seat, muted: true }),
    ask("/room/mute", { call, seat, muted: false }),
    ask("/room/signal", { call, ticket: "$ticket", seat, id: "$id", signal: ready }),
    ask("/call/ticket", { call }),
    // Another's seat, ticket and call; what only its owner may; what fits no schema; what is no message.
    ask("/room/signal", { call, ticket: doctorTicket, seat: "seat-1", id: "$id", signal: ready }),
    ask("/room/signal", { call: uuidv7(), ticket: "$ticket", seat, id: "$id", signal: ready }),
    ask("/call/transfer", { call, to: { step: "everyone" } }),
    ask("/call/mute", { call, participant: station, muted: true }),
    ask("/room/signal", { call, seat: 7, signal: "x".repeat(2_000) }),
    ask("/journal/held", {}),
  ];

  const [quiet, busy]: [number[], number[]] = [[], []];
  const before = memoryMb(hub);
  const order = { kind: "seated", address: hub.ready.address, cookie: guest.cookie, says, perSecond } as const;
  const told: FloodReport[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const mine = tickets.slice(turn * 10, turn * 10 + 10);
    told.push(await timed(doctor.line, busy, flood({ ...order, tickets: mine, count: count / turns })));
    await timed(doctor.line, quiet, rest((1_000 * count) / turns / perSecond));
  }
  const sum = (pick: (one: FloodReport) => number) => told.reduce((all, one) => all + pick(one), 0);
  process.stdout.write(
    `seated: ${JSON.stringify(told.map(({ ended }) => ended))}, ${sum(({ answers }) => answers)} answered; a call of another takes ${shown(quiet)} in quiet, ${shown(busy)} in flood; memory ${before.toFixed(0)}, ${memoryMb(hub).toFixed(0)} MB\n`,
  );
  expect(sum(({ sent }) => sent)).toBeGreaterThan(200);
  // Fifty a second is what a line may, and fifty once; coming again earns no more.
  expect(sum(({ answers }) => answers)).toBeLessThan(turns * 50 + (50 * count) / perSecond);
  expect(slowest(busy, 0.99)).toBeLessThanOrEqual(2 * Math.max(slowest(quiet, 0.99), floorMs));
  expect(memoryMb(hub) - before).toBeLessThan(100);
  expect(hub.child.exitCode).toBeNull();

  // Nothing of what only its owner may has happened, and the two still hear each other.
  const view = await until(await doctor.line.client.call.watch({ call }), () => true);
  expect(view).toMatchObject({ state: "ringing", clinician: { id: view.you } });
  expect(view.participants.find(({ kind }) => kind === "station")).toMatchObject({ state: "here", muted: false });
  const saying = new Saying(uuidv7());
  const body: SignalBody = { kind: "restart", generation: 9 };
  const { ticket } = await kiosk.client.call.ticket({ call });
  const heard = await kiosk.client.call.talk(new Saying(uuidv7()).over({ call, ticket, after: 0 }));
  await doctor.line.client.call.talk(saying.over({ call, ticket: doctorTicket, after: 0 }));
  saying.say(body);
  await until(heard, ({ signal }) => JSON.stringify(signal?.body) === JSON.stringify(body));
}, 240_000);
