import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";

/**
 * What a villager's first screen waits for, on the pages as they were built. Without `npm run build:pages` there is nothing
 * to weigh: then these say that they were skipped.
 */

const built = resolve(import.meta.dirname, "../../out/renderer");
const page = join(built, "kiosk/index.html");
test.skip(!existsSync(page), `no built pages in ${built}: run npm run build:pages`);

/** Bytes over the wire, at the best a server does with gzip. */
const weight = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const sum = (files: readonly string[]): number => files.reduce((all, file) => all + weight(file), 0);

/** Script and style that the page names itself: its module, everything that imports at once, and its sheets. */
function named(): readonly string[] {
  const html = readFileSync(page, "utf8");
  return [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path = ""]) => resolve(page, "..", path));
}

const assets = (): readonly string[] => readdirSync(join(built, "assets")).map((name) => join(built, "assets", name));
/** uPlot's own mark: the class of its drawing area. */
const isChart = (file: string): boolean => file.endsWith(".js") && readFileSync(file, "utf8").includes("u-over");

test("the first screen is at most 90 KB of script and style, gzipped", () => {
  const first = named();
  const kinds = new Set(first.map((file) => file.slice(file.lastIndexOf(".") + 1)));
  expect([...kinds].sort()).toEqual(["css", "js"]);
  expect(sum(first)).toBeLessThanOrEqual(90_000);
});

test("charts come later, at most 25 KB of them", () => {
  const charts = assets().filter(isChart);
  expect(charts.length).toBeGreaterThan(0);
  expect(named().filter((file) => charts.includes(file))).toEqual([]);
  expect(sum(charts)).toBeLessThanOrEqual(25_000);
});

test("schemas, the English texts and the technician's place are not waited for", () => {
  const first = named().map((file) => readFileSync(file, "utf8"));
  const marks = ["ZodError", "Measure, then ask a doctor", "tech.rename.label"];
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
