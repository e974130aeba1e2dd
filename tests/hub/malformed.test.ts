import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bystander, memoryMb, shown, slowest, timed, type Bystander } from "./bystander.ts";
import type { FloodOrder, FloodReport } from "./malformed/flood.ts";
import { running, startHub, type HubProcess } from "./process.ts";

/** Requests and frames together; HEALTH_STATION_MALFORMED makes them more: 100000 is the whole of it. */
const all = Number(process.env.HEALTH_STATION_MALFORMED ?? 4_000);
/** Turns of quiet and flood, so that whatever else the machine does falls on both. */
const turns = 8;
/** Below this it is the timer's and the scheduler's time, not the hub's; the shortened run has few calls to go by. */
const floorMs = all >= 50_000 ? 5 : 25;

const folder = mkdtempSync(join(tmpdir(), "hub-malformed-"));
let hub: HubProcess;
let other: Bystander;
const program = join(import.meta.dirname, "malformed/flood.ts");
const flooding = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
const reports = createInterface({ input: flooding.stdout });

beforeAll(async () => {
  hub = running(await startHub("--data", folder, "--demo"));
  other = await bystander(hub);
});
afterAll(async () => {
  flooding.kill("SIGKILL");
  other.line.socket.terminate();
  hub.child.kill("SIGKILL");
  await hub.ended;
  rmSync(folder, { recursive: true, force: true });
});

/** Begun before anything is measured: what a program needs to start is nobody's flood. */
async function flood(order: FloodOrder): Promise<FloodReport> {
  flooding.stdin.write(`${JSON.stringify(order)}\n`);
  const [line] = (await once(reports, "line")) as [string];
  return JSON.parse(line) as FloodReport;
}

test(`${all} malformed requests and frames: no crash, no success, nobody else waits twice as long`, async () => {
  const quiet: number[] = [];
  const busy: number[] = [];
  const told: FloodReport[] = [];
  const { address } = hub.ready;
  const order = { port: Number(new URL(address).port), cookie: other.cookie, origin: address, atOnce: 4 };
  await flood({ ...order, seed: 0, each: 100 });
  const memory = [memoryMb(hub)];
  for (let turn = 1; turn <= turns; turn += 1) {
    const began = performance.now();
    told.push(await timed(other.line, busy, flood({ ...order, seed: turn, each: Math.ceil(all / 2 / turns) })));
    memory.push(memoryMb(hub));
    // As long in quiet as in flood, and at the least as many calls as a percentile needs.
    const rest = Math.max(performance.now() - began, 1_500);
    await timed(other.line, quiet, new Promise<void>((resolve) => setTimeout(resolve, Math.min(rest, 6_000))));
  }
  const answers = told.flatMap((one) => Object.entries(one.answers));
  const sums = Object.fromEntries(
    [...new Set(answers.map(([kind]) => kind))].map((kind) => [
      kind,
      answers.filter(([one]) => one === kind).reduce((sum, [, count]) => sum + count, 0),
    ]),
  );
  process.stdout.write(
    `malformed: ${JSON.stringify(sums)}; a call of another takes ${shown(quiet)} in quiet, ${shown(busy)} in flood; memory ${memory.map((mb) => mb.toFixed(0)).join(", ")} MB\n`,
  );
  expect(told.reduce((sum, { sent }) => sum + sent, 0)).toBeGreaterThanOrEqual(all);
  expect(told.flatMap(({ successes }) => successes)).toEqual([]);
  expect(told.flatMap(({ unanswered }) => unanswered)).toEqual([]);
  expect(hub.said().match(/"(callFailed|feedFailed|upgradeFailed|requestFailed|rightFailed)".*/)?.[0]).toBeUndefined();
  expect(hub.child.exitCode).toBeNull();
  // The whole run stays where its first quarter got to, about 340 MB: nothing is kept of what was refused.
  expect(Math.max(...memory)).toBeLessThan(500);
  // The 99th percentile where there are enough calls to have one.
  const share = Math.min(quiet.length, busy.length) >= 1_000 ? 0.99 : 0.9;
  expect(slowest(busy, share)).toBeLessThanOrEqual(2 * Math.max(slowest(quiet, share), floorMs));
}, 1_800_000);
