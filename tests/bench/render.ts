/**
 * `npm run bench -- render [--seconds 6] [--rounds 5]`: frame intervals of the product's live curves (four leads of 500
 * samples a second) beside an open trend of ten years, against uPlot's setData in each frame (peer) and an empty loop
 * (limit), in turns in one browser. Processor time is that of the page's own process. Bars: research/performance.md §0 row
 * 8 and §8. Ends with 1 under a bar.
 */
import { parseArgs } from "node:util";
import type { Browser } from "@playwright/test";
import { launch, median, processesOf, quantile, report, servePage } from "./parts/browser.ts";

const bars = { peer: 1, limit: 1.03, kept: 1.001, dropped: 0.001, cpu: 0.5 } as const;
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "6" }, rounds: { type: "string", default: "5" } },
});
const [ms, rounds] = [Number(values.seconds) * 1_000, Number(values.rounds)];
const ways = ["product", "uplot", "empty"] as const;
type Way = (typeof ways)[number];

interface Round {
  readonly intervals: readonly number[];
  /** Seconds of processor time for each second on the clock. */
  readonly cpu: number;
}

async function round(browser: Browser, address: string, way: Way): Promise<Round> {
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await page.goto(`${address}#${way}`);
  // The first second is for compilers and caches.
  await page.evaluate(() => window.frameTimes(1_000));
  const before = (await processesOf(browser, "renderer")).cpu;
  const intervals = await page.evaluate((length) => window.frameTimes(length), ms);
  const cpu =
    ((await processesOf(browser, "renderer")).cpu - before) / (intervals.reduce((sum, one) => sum + one, 0) / 1_000);
  await page.close();
  return { intervals, cpu };
}

const served = await servePage("tests/bench/pages/render.html");
const browser = await launch();
const { print, bar, end } = report(`render: ${rounds} rounds of ${ms / 1_000} s each, in turns`);
const taken: Record<Way, Round[]> = { product: [], uplot: [], empty: [] };
for (let n = 0; n < rounds; n++) for (const way of ways) taken[way].push(await round(browser, served.page, way));
await browser.close();
await served.close();

/** The display's own interval: what an empty loop sees most of the time. */
const display = median(taken.empty.flatMap(({ intervals }) => intervals));
const figures = (way: Way) => {
  const intervals = taken[way].flatMap((one) => one.intervals);
  return {
    p50: median(intervals),
    // The middle one of the rounds: a neighbor that took the machine away spoils one round, not the figure.
    p99: median(taken[way].map((one) => quantile(one.intervals, 0.99))),
    dropped: intervals.filter((one) => one > 1.5 * display).length / intervals.length,
    cpu: median(taken[way].map(({ cpu }) => cpu)),
  };
};
const of = { product: figures("product"), uplot: figures("uplot"), empty: figures("empty") };
for (const way of ways) {
  const { p50, p99, dropped, cpu } = of[way];
  const own = taken[way].map((one) => quantile(one.intervals, 0.99).toFixed(1)).join(" ");
  print(
    `${way.padEnd(8)} p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} (rounds ${own}), dropped ${(100 * dropped).toFixed(2)} %, processor ${(100 * cpu).toFixed(1)} %`,
  );
}
const lost = taken.empty.map(
  ({ intervals }) => intervals.filter((one) => one > 1.5 * display).length / intervals.length,
);
const noise = Math.max(...lost) - Math.min(...lost);
if (noise > 0)
  print(
    `noise: the machine took ${(100 * Math.min(...lost)).toFixed(2)} to ${(100 * Math.max(...lost)).toFixed(2)} % of an empty loop's frames; drops within that are not told from it`,
  );
bar("p99 against uPlot", of.product.p99 / of.uplot.p99, bars.peer);
// Each round against the empty loop of the same turn: a neighbor takes from both.
const rate = ({ intervals }: Round) => intervals.length / intervals.reduce((sum, one) => sum + one, 0);
const turns = taken.product.flatMap((one, n) => {
  const limit = taken.empty[n];
  return limit === undefined ? [] : [{ one, limit }];
});
bar(
  "p99 against an empty loop's, the middle turn",
  median(turns.map(({ one, limit }) => quantile(one.intervals, 0.99) / quantile(limit.intervals, 0.99))),
  bars.limit,
);
bar(
  "an empty loop's frames for each of ours, the middle turn",
  median(turns.map(({ one, limit }) => rate(limit) / rate(one))),
  bars.kept,
  4,
);
bar("p50 against the display", of.product.p50 / display, bars.limit);
bar(
  "frames dropped beyond an empty loop's",
  Math.max(0, of.product.dropped - of.empty.dropped - noise),
  bars.dropped,
  4,
);
bar(
  "processor against uPlot, both beyond an empty loop",
  (of.product.cpu - of.empty.cpu) / (of.uplot.cpu - of.empty.cpu),
  bars.cpu,
);
end();
