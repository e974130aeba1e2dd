import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { bystander, memoryMb, shown, slowest, timed, type Bystander } from "./bystander.ts";
import type { FloodOrder, FloodReport } from "./floods/flood.ts";
import { running, startHub, type HubProcess } from "./process.ts";

/** Test 41 of the reliability list: one station at a hundred times its rate, and ten thousand sockets that never go on. */
const halfOpen = 10_000;
/** Turns of quiet and flood, so that whatever else the machine does falls on both. */
const turns = 4;
const turnMs = 2_000;
/** Below this it is the timer's and the scheduler's time on a shared machine, not the hub's. */
const floorMs = 25;

const folder = mkdtempSync(join(tmpdir(), "hub-floods-"));
let hub: HubProcess;
let other: Bystander;
const station = uuidv7();
const pair = generateKeyPairSync("ed25519");
const flooding = spawn(process.execPath, [join(import.meta.dirname, "floods/flood.ts")], {
  stdio: ["pipe", "pipe", "inherit"],
});
const reports = createInterface({ input: flooding.stdout });

beforeAll(async () => {
  hub = running(await startHub("--data", folder, "--demo"));
  const publicKey = pair.publicKey.export({ format: "jwk" }).x;
  const enrolled = await fetch(`${hub.ready.address}/api/enrol`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: hub.ready.enrolCode, station, name: "Flood", place: "Village 3", publicKey }),
  });
  expect(enrolled.status).toBe(200);
  other = await bystander(hub);
});
afterAll(async () => {
  flooding.kill("SIGKILL");
  other.line.socket.terminate();
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
const openFiles = () => readdirSync(`/proc/${hub.child.pid ?? 0}/fd`).length;

const floods = [
  { how: "steadily, as much as is read", perSecond: 5_000, atOnce: 0, leavesAfterMs: 0 },
  { how: "in bursts until it is sent away, then dialling anew", perSecond: 5_000, atOnce: 1_000, leavesAfterMs: 0 },
  { how: "as much as goes by at once, then dialling anew", perSecond: 0, atOnce: 145, leavesAfterMs: 20 },
] as const;

test.each(floods)(
  "a station at a hundred times its rate, $how: it is limited, others wait no longer",
  async (of) => {
    const [quiet, busy]: [number[], number[]] = [[], []];
    const told: FloodReport[] = [];
    const key = pair.privateKey.export({ format: "jwk" });
    const { perSecond, atOnce, leavesAfterMs } = of;
    const order = {
      kind: "station",
      address: hub.ready.address,
      station,
      key,
      perSecond,
      atOnce,
      leavesAfterMs,
    } as const;
    await flood({ ...order, ms: 300 });
    const before = memoryMb(hub);
    for (let turn = 0; turn < turns; turn += 1) {
      told.push(await timed(other.line, busy, flood({ ...order, ms: turnMs })));
      await timed(other.line, quiet, rest(turnMs));
    }
    const seconds = (turns * turnMs) / 1_000;
    const sum = (pick: (one: FloodReport) => number) => told.reduce((all, one) => all + pick(one), 0);
    process.stdout.write(
      `floods: ${JSON.stringify(told.map(({ ended }) => ended))}, ${sum(({ sent }) => sent)} sent, ${sum(({ answers }) => answers)} answered; a call of another takes ${shown(quiet)} in quiet, ${shown(busy)} in flood; memory ${before.toFixed(0)}, ${memoryMb(hub).toFixed(0)} MB\n`,
    );
    // Fifty a second is what it may, and fifty once; coming again earns no more.
    expect(sum(({ answers }) => answers) / seconds).toBeLessThan(100);
    expect(slowest(busy, 0.99)).toBeLessThanOrEqual(1.5 * Math.max(slowest(quiet, 0.99), floorMs));
    expect(memoryMb(hub) - before).toBeLessThan(100);
    expect(hub.child.exitCode).toBeNull();
  },
  120_000,
);

const beginnings = [
  "",
  "G",
  "GET /wire HTTP/1.1\r\nhost: h\r\n",
  "POST /api/sign-in HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
];

test(`${halfOpen} sockets that begin and never go on are shed; who is in stays in, and others still come in`, async () => {
  const before = { files: openFiles(), mb: memoryMb(hub) };
  const [quiet, busy]: [number[], number[]] = [[], []];
  await timed(other.line, quiet, rest(4_000));
  const port = Number(new URL(hub.ready.address).port);
  const during = flood({ kind: "halfOpen", port, sockets: halfOpen, beginnings, ms: 3_000 });
  const health: number[] = [];
  const asked = (async () => {
    for (let nth = 0; nth < 10; nth += 1) {
      await rest(300);
      health.push((await fetch(`${hub.ready.address}/api/health`, { headers: { connection: "close" } })).status);
    }
  })();
  const report = await timed(other.line, busy, during);
  await asked;
  process.stdout.write(
    `half open: ${JSON.stringify(report)}; a call of another takes ${shown(quiet)} in quiet, ${shown(busy)} in flood; memory ${before.mb.toFixed(0)}, ${memoryMb(hub).toFixed(0)} MB\n`,
  );
  expect(report.open).toBeLessThanOrEqual(1_100);
  expect(health).toEqual(Array<number>(10).fill(200));
  // Too few calls for a percentile of the last hundredth.
  expect(slowest(busy, 0.9)).toBeLessThanOrEqual(1.5 * Math.max(slowest(quiet, 0.9), floorMs));
  await expect.poll(openFiles, { timeout: 10_000 }).toBeLessThan(before.files + 50);
  expect(memoryMb(hub) - before.mb).toBeLessThan(150);
}, 120_000);
