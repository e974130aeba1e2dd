/**
 * `npm run bench -- start [--rounds 9] [--visits 200]`: from launching the browser to the first paint of the kiosk page, as
 * the station serves it, against a blank page in the same browser, in turns and always with a fresh profile; when a person
 * can begin; and what is left in the page after so many simulated visits against after 20. Bars: research/performance.md §0
 * rows 4a and 4b and §4. Needs `npm run build:pages`. Ends with 1 under a bar.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Browser, CDPSession } from "@playwright/test";
import { z } from "zod";
import type { DemoOptions } from "../renderer/demo/main.tsx";
import { launch, median, needPages, processesOf, quantile, report, serveFolder, servePage } from "./parts/browser.ts";
import { heldBy } from "./parts/held.ts";
import { walkVisits } from "./parts/visits.ts";

const bars = { paint: 1.15, growth: 1.02 } as const;
const { values } = parseArgs({
  options: { rounds: { type: "string", default: "9" }, visits: { type: "string", default: "200" } },
});
const [rounds, visits] = [Number(values.rounds), Number(values.visits)];
const top = resolve(import.meta.dirname, "../..");
needPages();

/** The station alone, without devices; it ends when its standard input does. */
async function startStation(data: string) {
  const began = performance.now();
  const child = spawn(process.execPath, ["station/loopback/main.ts", "--data", data, "--with-parent"], {
    cwd: top,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  const line = await new Promise<string>((ready, fail) => {
    createInterface({ input: child.stdout }).once("line", ready);
    void exited.then(() => fail(new Error("the station did not start")));
  });
  const { address } = z.object({ address: z.string() }).parse(JSON.parse(line));
  return {
    address,
    readyMs: performance.now() - began,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}

interface Start {
  /** From launching the browser, and from asking for the page, in ms. */
  readonly launched: number;
  readonly asked: number;
  /** When a person can begin, and when everything else of the page is there; from asking, in ms. */
  readonly ready: number;
  readonly whole: number;
  /** The own memory of all of the browser's processes, in MiB. */
  readonly mib: number;
}

/** Anonymous memory alone: pages of the browser's file count for less whenever a neighbor runs the same browser. */
async function ownMib(ids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    ids.map(async (id) => {
      const rollup = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
      return Number(/^Pss_Anon:\s+(\d+) kB/mu.exec(rollup)?.[1] ?? 0);
    }),
  );
  return sizes.reduce((sum, one) => sum + one, 0) / 1024;
}

const idleMs = 1_500;

async function start(address: string, isProduct: boolean): Promise<Start> {
  const launchedAt = Date.now();
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await page.goto(address, { waitUntil: "commit" });
  const paint = await page.evaluate(
    () =>
      new Promise<{ readonly origin: number; readonly at: number }>((painted) => {
        new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries())
            if (name === "first-contentful-paint") painted({ origin: performance.timeOrigin, at: startTime });
        }).observe({ type: "paint", buffered: true });
      }),
  );
  let [ready, whole] = [paint.at, paint.at];
  if (isProduct) {
    ready = await page.evaluate(
      () =>
        new Promise<number>((there) => {
          const look = () => {
            if (document.querySelector("[data-testid=start]") === null) requestAnimationFrame(look);
            else there(performance.now());
          };
          look();
        }),
    );
    const later = await page.waitForFunction(() => {
      const found = performance.getEntriesByType("resource").find(({ name }) => /later-screens.*[.]js/u.test(name));
      return found === undefined ? undefined : found.startTime + found.duration;
    });
    whole = (await later.jsonValue()) ?? Number.NaN;
  }
  await pause(idleMs);
  const mib = await ownMib((await processesOf(browser)).ids);
  await browser.close();
  return { launched: paint.origin + paint.at - launchedAt, asked: paint.at, ready, whole, mib };
}

/** Walks visits on the page over a fake station, in a browser of its own, and weighs what is left after 20 and after all. */
async function grown<Weight>(
  weigh: (browser: Browser, session: CDPSession) => Promise<Weight>,
): Promise<readonly [Weight, Weight]> {
  const served = await servePage("tests/renderer/demo/index.html");
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
  const trend = Array.from({ length: 6 }, (_, day) => ({
    at: `2026-10-0${day + 1}T02:00:00.000Z`,
    readings: [{ quantity: "spo2" as const, value: 96 + (day % 3), unit: "%" as const }],
    entered: false,
    origin: "own" as const,
  }));
  const options = { paceMs: 1, restSeconds: 0, trend } satisfies DemoOptions;
  await page.goto(`${served.page}#${encodeURIComponent(JSON.stringify(options))}`);
  const session = await page.context().newCDPSession(page);
  const left = async (): Promise<Weight> => {
    // What the fake station and the test's own ear have kept is not the page's.
    await page.evaluate(() => {
      window.said.length = 0;
      window.fake.forget();
    });
    for (let turn = 0; turn < 3; turn++) await session.send("HeapProfiler.collectGarbage");
    await pause(idleMs);
    return weigh(browser, session);
  };
  const few = Math.min(20, visits);
  await page.evaluate(walkVisits, few);
  const first = await left();
  await page.evaluate(walkVisits, visits - few);
  const last = await left();
  await browser.close();
  await served.close();
  return [first, last];
}

const folder = await mkdtemp(join(tmpdir(), "bench-start-"));
await writeFile(join(folder, "blank.html"), '<!doctype html><meta charset="utf-8" /><title>blank</title><p>blank</p>');
const blank = await serveFolder(folder);
const station = await startStation(join(folder, "data"));
const { print, bar, end } = report(`start: ${rounds} rounds in turns, ${visits} visits`);
const [ours, theirs]: [Start[], Start[]] = [[], []];
for (let n = 0; n < rounds; n++) {
  ours.push(await start(station.address, true));
  theirs.push(await start(`${blank.address}/blank.html`, false));
}
await station.stop();
await blank.close();
await rm(folder, { recursive: true, force: true });

const spread = (of: readonly number[]) =>
  `${median(of).toFixed(0)} ms (${quantile(of, 0).toFixed(0)} to ${quantile(of, 0.999).toFixed(0)})`;
const all = (name: keyof Start, of: readonly Start[]): readonly number[] => of.map((one) => one[name]);
print(
  `kiosk: from launch to first paint ${spread(all("launched", ours))}, of it the page ${spread(all("asked", ours))}`,
);
print(
  `blank: from launch to first paint ${spread(all("launched", theirs))}, of it the page ${spread(all("asked", theirs))}`,
);
print(
  `a person can begin ${spread(all("ready", ours))} after the page was asked for, everything else is there after ${spread(all("whole", ours))}`,
);
print(`the station itself was ready ${station.readyMs.toFixed(0)} ms after its start`);
// Launching does not depend on the page that is asked for: what it takes is the same for both, and measured on both.
const launching = median([...ours, ...theirs].map(({ launched, asked }) => launched - asked));
const [paint, blankPaint] = [median(all("asked", ours)), median(all("asked", theirs))];
print(`the page alone against the blank one: ${(paint / blankPaint).toFixed(2)} (printed, no bar)`);
print(
  `memory of the browser when idle: ${median(all("mib", ours)).toFixed(0)} MiB against ${median(all("mib", theirs)).toFixed(0)} (printed, no bar)`,
);
bar("start to first paint against a blank page", (launching + paint) / (launching + blankPaint), bars.paint);

// Each in a browser of its own: a snapshot takes memory that the browser does not give back.
const [fewMib, manyMib] = await grown(async (browser) => ownMib((await processesOf(browser, "renderer")).ids));
const [few, many] = await grown(async (_, session) => ({
  ...(await heldBy(session)),
  ...(await session.send("Memory.getDOMCounters")),
}));
const kib = (bytes: number) => `${(bytes / 1024).toFixed(0)} KiB`;
for (const [after, mib, { made, code, native, nodes, jsEventListeners }] of [
  [20, fewMib, few],
  [visits, manyMib, many],
] as const)
  print(
    `after ${after} visits: made by the page ${kib(made)}, compiled ${kib(code)}, the browser's own ${kib(native)}; ${nodes} nodes, ${jsEventListeners} listeners; its process ${mib.toFixed(0)} MiB`,
  );
bar(`what the page made, after ${visits} visits against after 20`, many.made / few.made, bars.growth, 3);
bar(`memory of the page's process, after ${visits} visits against after 20`, manyMib / fewMib, bars.growth, 3);
end();
