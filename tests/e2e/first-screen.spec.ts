import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";

/**
 * What a villager's first screen waits for, on the pages as they were built. Without `npm run build:pages` there is nothing
 * to weigh: then these say that they were skipped.
 */

const built = resolve(import.meta.dirname, "../../out/renderer");
const html = join(built, "kiosk/index.html");
test.skip(!existsSync(html), `no built pages in ${built}: run npm run build:pages`);

/** Bytes over the wire, at the best a server does with gzip. */
const weight = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const sum = (files: readonly string[]): number => files.reduce((all, file) => all + weight(file), 0);

const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(/["'](?:[.]{1,2}\/)*(?:assets\/)?([\w-]+[.](?:js|css))["']/g)].map(([, name = ""]) =>
    join(built, "assets", name),
  );

/** Script and style up to the welcome screen: what the page names, and what its small beginning loads after the first paint. */
function named(): readonly string[] {
  const page = namedIn(readFileSync(html, "utf8"));
  const beginning = page.filter((file) => file.endsWith(".js")).flatMap((file) => namedIn(readFileSync(file, "utf8")));
  return [...new Set([...page, ...beginning])];
}

const assets = (): readonly string[] => readdirSync(join(built, "assets")).map((name) => join(built, "assets", name));
/** uPlot's own mark: the class of its drawing area. */
const isChart = (file: string): boolean => file.endsWith(".js") && readFileSync(file, "utf8").includes("u-over");

test("the first screen is at most 90 KB of script and style, gzipped", () => {
  const first = named();
  const kinds = new Set(first.map((file) => file.slice(file.lastIndexOf(".") + 1)));
  expect([...kinds].sort()).toEqual(["css", "js"]);
  // The way to the welcome screen was followed to the end.
  expect(first.some((file) => readFileSync(file, "utf8").includes("screen-welcome"))).toBe(true);
  expect(sum(first)).toBeLessThanOrEqual(90_000);
});

test("charts come later, at most 25 KB of them", () => {
  const charts = assets().filter(isChart);
  expect(charts.length).toBeGreaterThan(0);
  expect(named().filter((file) => charts.includes(file))).toEqual([]);
  expect(sum(charts)).toBeLessThanOrEqual(25_000);
});

test("schemas, the English texts, the words of later screens and the technician's place are not waited for", () => {
  const first = named().map((file) => readFileSync(file, "utf8"));
  const marks = ["ZodError", "今天用得怎么样", "Measure, then ask a doctor", "tech.rename.label"];
  const everywhere = assets().filter((file) => file.endsWith(".js"));
  // Each mark is somewhere, or it would prove nothing.
  expect(marks.filter((mark) => !everywhere.some((file) => readFileSync(file, "utf8").includes(mark)))).toEqual([]);
  expect(marks.filter((mark) => first.some((code) => code.includes(mark)))).toEqual([]);
});

test("the station's name is painted before any script runs", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const still = await context.newPage();
  await still.route("http://station.test/**", (route) => {
    const path = new URL(route.request().url()).pathname;
    return route.fulfill({ path: join(built, path) });
  });
  await still.goto("http://station.test/kiosk/index.html");
  await expect(still.locator(".brand-name")).toBeVisible();
  await expect(still.locator(".brand-mark")).toHaveCSS("height", /^[1-9]/);
  await context.close();
});
