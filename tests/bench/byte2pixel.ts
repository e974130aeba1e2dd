/**
 * `npm run bench -- byte2pixel [--frames 300]`: from a device's last byte on a terminal to the frame in which its number is
 * painted. The product (the station in a process of its own, its profile, its line, its kiosk page) against Readline, JSON
 * and React's state (peer), and against the byte reaching a program and the next frame of an empty page (floor), in turns
 * of 25 in one run. Frames come at random phase. Bars: research/performance.md §2. Needs `npm run build:pages` and socat.
 * Ends with 1 under a bar.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { findProfile } from "../../drivers/find-profile.ts";
import { encode } from "../../drivers/kit/index.ts";
import { enter, startCheck } from "../e2e/kiosk.ts";
import { launch, median, needPages, quantile, report, servePage } from "./parts/browser.ts";
import { clockAhead, machineNow, notedPixels, watchPixels } from "./parts/pixels.ts";

const bars = { p50: 1, p99: 2, floor: 1.2 } as const;
/** What the path may take beside waiting for a frame. */
const allowedMs = 2;
const turn = 25;
const { values } = parseArgs({ options: { frames: { type: "string", default: "300" } } });
const wanted = Number(values.frames);
const top = resolve(import.meta.dirname, "../..");
const profile = findProfile("raycome-rbp-9000c");
needPages();
if (profile === undefined) throw new Error("the cuff's profile is gone");

const folder = await mkdtemp(join(tmpdir(), "bench-byte2pixel-"));
const children: ChildProcess[] = [];
const held: FileHandle[] = [];
function run(command: string, args: readonly string[]): ChildProcess & { readonly stdout: NodeJS.ReadableStream } {
  const child = spawn(command, args, { cwd: top, stdio: ["pipe", "pipe", "ignore"] });
  children.push(child);
  return child;
}
const firstLine = (child: { readonly stdout: NodeJS.ReadableStream }): Promise<string> =>
  new Promise((line) => createInterface({ input: child.stdout }).once("line", line));

/** Two terminals back to back: the host's path, and the device's end, open. */
async function terminal(name: string): Promise<{ readonly host: string; readonly device: FileHandle }> {
  const [host, device] = [join(folder, `${name}-host`), join(folder, `${name}-device`)];
  run("socat", [`PTY,rawer,link=${host}`, `PTY,rawer,link=${device}`]);
  while (!existsSync(host) || !existsSync(device)) await pause(20);
  // Held open here too: socat ends when the last program lets go of a terminal.
  held.push(await open(host, "r+"));
  return { host, device: await open(device, "r+") };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Answers the station as the cuff does, without numbers of its own. */
function answerAsCuff(device: FileHandle): void {
  if (profile === undefined) return;
  const answers = [
    ["connect", "connected"],
    ["start", "started"],
    ["stop", "stopped"],
  ] as const;
  const known = answers.map(
    ([ask, answer]) => [Buffer.from(encode(profile, ask, {})), encode(profile, answer, {})] as const,
  );
  let heard = Buffer.alloc(0);
  const asked = device.createReadStream({ autoClose: false });
  // The terminal goes with socat, at the end.
  asked.on("error", () => undefined);
  asked.on("data", (bytes) => {
    heard = Buffer.concat([heard, Buffer.from(bytes)]).subarray(-64);
    for (const [ask, answer] of known)
      if (heard.includes(ask)) {
        heard = Buffer.alloc(0);
        void device.write(answer);
      }
  });
}

const [ours, theirs, floor] = [await terminal("product"), await terminal("peer"), await terminal("floor")];
answerAsCuff(ours.device);
const station = run(process.execPath, [
  "station/loopback/main.ts",
  ...["--data", join(folder, "data"), "--device", `${profile.id}=${ours.host}`, "--simulated", "--with-parent"],
]);
const { address } = z.object({ address: z.string() }).parse(JSON.parse(await firstLine(station)));
const port = await freePort();
const reader = (...args: readonly string[]) => run(process.execPath, ["tests/bench/parts/line-reader.ts", ...args]);
const [peerEnd, floorEnd] = [reader("peer", theirs.host, String(port)), reader("floor", floor.host)];
await Promise.all([firstLine(peerEnd), firstLine(floorEnd)]);

const served = await servePage("tests/bench/pages/peer.html", { react: true });
const browser = await launch();
// The peer's socket is another origin, which the product's own policy would refuse.
const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, bypassCSP: true });
const [kiosk, react, empty] = [await context.newPage(), await context.newPage(), await context.newPage()];
await react.goto(`${served.page}#${port}`);
await empty.goto("about:blank");
await kiosk.goto(address);
await enter(kiosk, "guest");
await startCheck(kiosk, "bloodPressure");
await kiosk.getByTestId("live-pressure").waitFor();
for (const page of [kiosk, react, empty]) await watchPixels(page);

type Way = "product" | "peer" | "floor";
const written: Record<Way, Map<number, number>> = { product: new Map(), peer: new Map(), floor: new Map() };
const bytesOf = {
  product: (value: number) => encode(profile, "cuff", { pressure: { value, unit: "mm[Hg]" } }),
  peer: (value: number) => Buffer.from(`${value}\n`),
  floor: (value: number) => Buffer.from(`${value}\n`),
};
const device = { product: ours.device, peer: theirs.device, floor: floor.device };
const { print, bar, end } = report(`byte2pixel: ${wanted} frames each, in turns of ${turn}`);
/** A number that comes again does so much later than any of them takes to be painted. */
const numberOf = (n: number): number => 1 + (n % 340);
const times: Record<Way, number[]> = { product: [], peer: [], floor: [] };
const clocks = { product: await clockAhead(kiosk), peer: await clockAhead(react), floor: await clockAhead(empty) };

const pageOf = { product: kiosk, peer: react, floor: empty };
for (let from = 0; from < wanted; from += turn)
  for (const way of ["product", "peer", "floor"] as const) {
    // A page in the background is drawn once a second.
    await pageOf[way].bringToFront();
    await pause(500);
    for (let n = from; n < Math.min(from + turn, wanted); n++) {
      written[way].set(n, machineNow());
      await device[way].write(bytesOf[way](numberOf(n)));
      await pause(35 + Math.random() * 25);
    }
    await pause(100);
  }
await pause(500);

for (const [way, page] of [
  ["product", kiosk],
  ["peer", react],
] as const) {
  const { shown } = await notedPixels(page);
  let at = 0;
  for (const [text, painted] of shown) {
    const time = painted - clocks[way];
    // The next one written with this number; those in between were never shown, and a dash is none of ours.
    let next = at;
    while (next < wanted && String(numberOf(next)) !== text.trim()) next++;
    if (next === wanted) continue;
    at = next;
    const began = written[way].get(at);
    if (began !== undefined && time >= began - 1) times[way].push(time - began);
  }
}
const { frames } = await notedPixels(empty);
const floorSaid = firstLine(floorEnd);
floorEnd.kill("SIGTERM");
const heard = z.array(z.tuple([z.number(), z.number()])).parse(JSON.parse(await floorSaid));
const starts = frames.map((one) => one - clocks.floor);
for (const [n, [, at]] of heard.entries()) {
  const began = written.floor.get(n);
  const next = starts.find((one) => one >= at);
  if (began !== undefined && next !== undefined) times.floor.push(next - began);
}

await browser.close();
await served.close();
await Promise.all(
  [...held, ours.device, theirs.device, floor.device].map((file) => file.close().catch(() => undefined)),
);
const ended = children.map(
  (child) =>
    new Promise<void>((done) =>
      child.exitCode === null && child.signalCode === null ? child.once("exit", () => done()) : done(),
    ),
);
for (const child of children) child.kill("SIGTERM");
await Promise.all(ended);
await rm(folder, { recursive: true, force: true });

const frameMs = median(starts.slice(1).map((one, index) => one - (starts[index] ?? one)));
const figures = (way: Way) => ({ p50: median(times[way]), p99: quantile(times[way], 0.99), count: times[way].length });
const of = { product: figures("product"), peer: figures("peer"), floor: figures("floor") };
print(`a frame is ${frameMs.toFixed(2)} ms`);
for (const way of ["product", "peer", "floor"] as const)
  print(
    `${way.padEnd(8)} p50 ${of[way].p50.toFixed(1)} ms, p99 ${of[way].p99.toFixed(1)}; ${of[way].count} of ${wanted} painted (two within one frame are one)`,
  );
print(
  `against the peer: p50 ${(of.product.p50 / of.peer.p50).toFixed(2)}, p99 ${(of.product.p99 / of.peer.p99).toFixed(2)} (printed, no bar: both wait for one frame)`,
);
// A busy machine keeps even the floor waiting: then two frames become as much more as the floor took.
const noise = Math.max(1, of.floor.p99 / (2 * frameMs));
if (noise > 1)
  print(
    `noise: the floor's own p99 is ${(of.floor.p99 / frameMs).toFixed(1)} frames; the bar of p99 is widened by ${noise.toFixed(2)}`,
  );
bar("p50 beside its own 2 ms, in frames", (of.product.p50 - allowedMs) / frameMs, bars.p50);
bar("p99, in frames", of.product.p99 / frameMs / noise, bars.p99);
// The slowest hundredth waits for the machine on every way alike.
bar("p99 against the floor", of.product.p99 / of.floor.p99, bars.floor);
bar("p50 against the floor", of.product.p50 / of.floor.p50, bars.floor);
end();
