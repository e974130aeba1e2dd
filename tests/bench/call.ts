/**
 * `npm run bench -- call [--all] [--links 64/5/50,32/0/50] [--parts links,visit,blackout,first] [--m4] [--seconds 20] [--warm 12] [--seed 1]`: the product's call
 * against Chromium's defaults in the same run over a seeded line: pictures decoded each second, the gap between them, the
 * voice that had to be invented, the time to the first picture, and how soon a call is itself again after a blackout.
 * The product's page warms up while the camera opens, as it does where it is used; the bare pair's does not.
 * Both directions of a line are alike and both ends are counted. Bars: research/performance.md §6. Ends with 1 under one.
 */
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { median, quantile, report, servePage } from "./parts/browser.ts";
import { blackoutLink, clearLink, fullSet, linkOf, shortSet, type BenchLink } from "./parts/call-links.ts";
import { makeMedia, openPair, pause, type Pair } from "./parts/call-pair.ts";
import { visit } from "./parts/call-m4.ts";
import type { CallFacts, Way } from "./pages/call.tsx";

const { values } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    links: { type: "string" },
    parts: { type: "string", default: "links,visit,blackout,first" },
    seconds: { type: "string", default: "20" },
    warm: { type: "string", default: "12" },
    seed: { type: "string", default: "1" },
    // Each takes 150 to 600 ms on a shared machine: the middle of nine is a lottery.
    rounds: { type: "string", default: "21" },
    only: { type: "string" },
    m4: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const [windowMs, warmMs] = [Number(values.seconds) * 1_000, Number(values.warm) * 1_000];
const ways = ["product", "defaults"] as const;
const chosen = values.links?.split(",").map(linkOf) ?? (values.all ? fullSet : shortSet);

const media = await makeMedia();
const served = await servePage("tests/bench/pages/call.html");
const launchOne = () =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-background-networking",
      ...media.flags,
    ],
  });
// A browser for each end: in one, both would share the same sound and the same clock.
const browsers = { station: await launchOne(), desk: await launchOne() };
const { print, bar, end } = report(`call: product against Chromium's defaults, seed ${seed}`);

interface Window {
  readonly frames: number;
  readonly gapMs: number;
  readonly concealed: number;
  /** At the end, packets there and back: half of it is how late every word comes. */
  readonly roundTripMs: number;
}

type Counted = Pick<CallFacts, "shown" | "frames" | "samples" | "concealed">;
const nothing: Counted = { shown: [], frames: 0, samples: 0, concealed: 0 };

/** What one end received between two looks. */
function received(before: Counted, after: CallFacts, ms: number): Window {
  const shown = after.shown.slice(before.shown.length);
  const gaps = shown.slice(1).map((at, n) => at - (shown[n] ?? at));
  const samples = after.samples - before.samples;
  return {
    frames: ((after.frames - before.frames) * 1_000) / ms,
    gapMs: gaps.length === 0 ? ms : quantile(gaps, 0.95),
    // Without any sound played all of it is missing.
    concealed: samples === 0 ? 1 : (after.concealed - before.concealed) / samples,
    roundTripMs: after.roundTripMs,
  };
}

const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;

/** Both ends, or several calls, as one. */
const together = (all: readonly Window[]): Window => ({
  frames: mean(all.map(({ frames }) => frames)),
  gapMs: Math.max(...all.map(({ gapMs }) => gapMs)),
  concealed: mean(all.map(({ concealed }) => concealed)),
  roundTripMs: Math.max(...all.map(({ roundTripMs }) => roundTripMs)),
});

type Both<T> = Readonly<Record<"station" | "desk", T>>;

const between = (before: Both<Counted>, after: Both<CallFacts>, ms: number): Window =>
  together([received(before.desk, after.desk, ms), received(before.station, after.station, ms)]);

/** Both ends of one stretch of time, together. */
async function stretch(pair: Pair, ms: number): Promise<Window> {
  const before = await pair.facts();
  await pause(ms);
  return between(before, await pair.facts(), ms);
}

const words = ({ frames, gapMs, concealed, roundTripMs }: Window): string =>
  `${frames.toFixed(1).padStart(5)} frames/s, p95 gap ${gapMs.toFixed(0).padStart(5)} ms, concealed ${(100 * concealed).toFixed(1).padStart(5)} %, round trip ${roundTripMs.toFixed(0).padStart(5)} ms`;

async function tell(pair: Pair, way: Way): Promise<void> {
  const { station, desk } = await pair.facts();
  if (way !== "defaults") print(`    steps at the station: ${station.steps.join(", ")}`);
  if (!values.verbose) return;
  print(`    steps at the desk: ${desk.steps.join(", ")}`);
  print(`    ${[...station.sent, ...desk.sent].join("\n    ")}`);
  print(`    up ${JSON.stringify(pair.relay.carried.up)} down ${JSON.stringify(pair.relay.carried.down)}`);
}

async function tellMarks(pair: Pair, way: Way): Promise<void> {
  const { station, desk } = await pair.facts();
  print(`  ${way} station: ${[...station.marks, ...station.steps].join(", ")}`);
  print(`  ${way} desk:    ${[...desk.marks, ...desk.steps].join(", ")}`);
}

/** A call of one way: from its first second on, and once it has settled. */
interface Call {
  readonly whole: Window;
  readonly settled: Window;
}

async function oneCall(way: Way, { conditions }: BenchLink, nth: number): Promise<Call> {
  const pair = await openPair(browsers, served.page, way, seed + nth, conditions);
  await pause(warmMs);
  const settled = await stretch(pair, windowMs);
  const whole = between({ station: nothing, desk: nothing }, await pair.facts(), warmMs + windowMs);
  print(`  ${way.padEnd(8)} ${words(settled)}`);
  print(`  ${"".padEnd(8)} ${words(whole)}, from its first second`);
  await tell(pair, way);
  await pair.close();
  return { whole, settled };
}

/** What is judged by a ratio is measured in turns: by one round, a voice late enough to hide what was lost decides it. */
async function onLink(link: BenchLink): Promise<Readonly<Record<Way, Call>>> {
  print(link.name);
  const found: Record<Way, Call[]> = { product: [], defaults: [], voice: [] };
  for (let nth = 0; nth < (link.name === thinName ? 3 : 1); nth++)
    for (const way of ["product", "defaults", "voice"] as const) {
      if (values.only !== undefined && values.only !== way) continue;
      if (way === "voice" && nth > 0) continue;
      found[way].push(await oneCall(way, link, nth));
    }
  const ofAll = (way: Way): Call => ({
    whole: together(found[way].map(({ whole }) => whole)),
    settled: together(found[way].map(({ settled }) => settled)),
  });
  return { product: ofAll("product"), defaults: ofAll("defaults"), voice: ofAll("voice") };
}

const thinName = linkOf("64/5/50").name;
const results = new Map<string, Readonly<Record<Way, Call>>>();
const asked = values.m4 ? [] : values.parts.split(",");
for (const link of asked.includes("links") ? chosen : []) results.set(link.name, await onLink(link));

const thin = results.get(thinName);
if (thin) {
  // The whole call: the resident hears it from the first second.
  const [ours, defaults] = [thin.product.whole, thin.defaults.whole];
  bar("64 kbit/s, 5 %: frames of the defaults over ours, of a sixth", (6 * defaults.frames) / ours.frames, 1);
  bar("64 kbit/s, 5 %: our concealed voice against the defaults'", ours.concealed / defaults.concealed, 0.25);
  print(
    `  what this line can do for a voice without a picture: concealed ${(100 * thin.voice.whole.concealed).toFixed(1)} %`,
  );
}
for (const [name, { product }] of results)
  if (name.startsWith("32 ") && name.includes(" 0 %"))
    bar(`${name}: concealed voice`, product.settled.concealed, 0.1, 3);

if (values.m4 || asked.includes("visit")) await visits();
if (asked.includes("blackout")) await blackout();
if (asked.includes("first")) await firstFrame();

/** M4, on its own line and on the thinnest that carries a picture: short in every run, ten minutes each with `--m4`. */
async function visits(): Promise<void> {
  const links = values.m4 && values.links !== undefined ? chosen : [linkOf("100/5/300"), linkOf("64/5/50")];
  for (const link of links) await oneVisit(link, values.m4 ? 600 : 90);
}

async function oneVisit(link: BenchLink, seconds: number): Promise<void> {
  const found = await visit(browsers, served.page, seed, link, seconds);
  const { concealed, worstSecond, readings, still, frames } = found;
  print(`visit of ${seconds} s, ${link.name}: a reading every two seconds, and a still`);
  print(`    steps at the station: ${found.steps.join(", ")}`);
  print(
    `    ${frames.toFixed(1)} frames/s, ${readings.count} readings, the slowest after ${readings.most.toFixed(0)} ms`,
  );
  bar("  concealed voice", concealed, 0.03, 3);
  bar("  worst second of voice, share not heard", worstSecond, 0.99);
  bar("  readings of the station at the desk, p95, s", readings.p95 / 1_000, 2);
  const size = still === undefined ? "that did not come" : `of ${(still.bytes / 1_000).toFixed(0)} kB`;
  bar(`  a still ${size}, s`, (still?.ms ?? Infinity) / 1_000, 60);
}

async function blackout(): Promise<void> {
  print(`blackout of 5 s, ${blackoutLink.name}`);
  for (const way of ways) {
    const pair = await openPair(browsers, served.page, way, seed, blackoutLink.conditions);
    await pause(warmMs);
    const steady = await stretch(pair, 8_000);
    pair.relay.blackout(true);
    await pause(5_000);
    pair.relay.blackout(false);
    await pause(3_000);
    const after = await stretch(pair, 5_000);
    print(`  ${way.padEnd(8)} before ${words(steady)}`);
    print(`  ${"".padEnd(8)} 3 s on ${words(after)}`);
    await tell(pair, way);
    await pair.close();
    if (way !== "product") continue;
    bar("frames before a blackout over those 3 s after it, of 80 %", (0.8 * steady.frames) / after.frames, 1);
    bar("concealed voice 3 s after a blackout", after.concealed, 0.05, 3);
  }
}

/** In turns, and the middle one of some rounds. */
async function firstFrame(): Promise<void> {
  const times: Record<"product" | "defaults", number[]> = { product: [], defaults: [] };
  for (let round = 0; round < Number(values.rounds); round++)
    for (const way of ways) {
      const pair = await openPair(browsers, served.page, way, seed + round, clearLink.conditions);
      let first: number | undefined;
      while (first === undefined) {
        await pause(100);
        first = (await pair.facts()).desk.firstFrameMs;
      }
      times[way].push(first);
      if (values.verbose) await tellMarks(pair, way);
      await pair.close();
    }
  for (const way of ways) print(`first picture, ${way}: ${times[way].map((ms) => ms.toFixed(0)).join(" ")} ms`);
  bar("time to the first picture against a bare pair", median(times.product) / median(times.defaults), 1.3);
}

await browsers.station.close();
await browsers.desk.close();
await served.close();
await media.remove();
end();
