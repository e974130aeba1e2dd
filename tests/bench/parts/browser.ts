import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Browser } from "@playwright/test";
import { build } from "vite";
import { pages } from "../../../pages.vite.config.ts";
import { pageFile, pageHeaders } from "../../../station/page-files.ts";

/** What the benches of the pages share: Debian's Chromium without a window, and pages of their own served as the product's. */

const top = resolve(import.meta.dirname, "../../..");
const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** Ends the bench with a word where the product's pages were not built. */
export function needPages(): void {
  if (existsSync(`${top}/out/renderer/kiosk/index.html`)) return;
  process.stderr.write("There are no built pages: npm run build:pages\n");
  process.exit(2);
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(installed === undefined ? {} : { executablePath: installed }),
    // Root has no user namespace to sandbox in; there is no graphics card.
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-background-networking"],
  });
}

export interface Served {
  /** `http://127.0.0.1:PORT` without a slash at its end. */
  readonly address: string;
  close(): Promise<void>;
}

/** Any folder, with the product's own headers. */
export async function serveFolder(folder: string): Promise<Served> {
  const server = createServer((request, response) => {
    void pageFile(folder, request.url ?? "/").then(async (found) => {
      const { port } = server.address() as AddressInfo;
      const headers = pageHeaders(`ws://127.0.0.1:${port}`);
      if (found === undefined) response.writeHead(404, headers).end();
      else response.writeHead(200, { ...headers, "content-type": found.type }).end(await readFile(found.path));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Builds one page of `tests/` as the product's pages are built and serves it. `react`: on real React, for a peer. */
export async function servePage(
  html: string,
  options: { readonly react?: boolean } = {},
): Promise<Served & { readonly page: string }> {
  const folder = await mkdtemp(join(tmpdir(), "bench-page-"));
  await build({
    configFile: false,
    root: top,
    base: "./",
    publicDir: false,
    logLevel: "error",
    plugins: pages.plugins,
    ...(options.react === true ? {} : { resolve: pages.resolve }),
    build: { outDir: folder, emptyOutDir: true, rolldownOptions: { input: join(top, html) } },
  });
  const served = await serveFolder(folder);
  return {
    ...served,
    page: `${served.address}/${html}`,
    async close() {
      await served.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Processor seconds since the browser began, and process ids, of everything of one kind; all kinds when none is named. */
export async function processesOf(
  browser: Browser,
  kind?: string,
): Promise<{ readonly ids: readonly number[]; readonly cpu: number }> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const own = processInfo.filter(({ type }) => kind === undefined || type === kind);
  return { ids: own.map(({ id }) => id), cpu: own.reduce((sum, { cpuTime }) => sum + cpuTime, 0) };
}

/** The value below which this share of them lies; the nearest one. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** One bench's report: its lines, its bars, and an end that fails when a bar was missed. */
export function report(what: string) {
  const missed: string[] = [];
  print(
    `${what}; load ${loadavg()
      .map((each) => each.toFixed(1))
      .join(" ")}`,
  );
  return {
    print,
    /** `most`: the value may not be above it. */
    bar: (name: string, value: number, most: number, digits = 2): void => {
      const met = value <= most;
      if (!met) missed.push(name);
      print(`  ${met ? "met   " : "MISSED"} ${name}: ${value.toFixed(digits)} (bar ≤ ${most})`);
    },
    end: (): void => {
      print(missed.length === 0 ? "PASS: every bar is met" : `FAIL: ${missed.join("; ")}`);
      if (missed.length > 0) process.exitCode = 1;
    },
  };
}
