import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "vite";
import { pages } from "../../pages.vite.config.ts";
import { pageFile, pageHeaders } from "../../station/page-files.ts";
import type { DemoOptions } from "../renderer/demo/main.tsx";

/** The kiosk page over a fake station, built and served as the product serves its own, with the same headers. */
export async function openDemo(): Promise<{ address(options: DemoOptions): string; close(): Promise<void> }> {
  const top = resolve(import.meta.dirname, "../..");
  const folder = await mkdtemp(join(tmpdir(), "kiosk-page-"));
  await build({
    configFile: false,
    root: top,
    base: "./",
    publicDir: false,
    logLevel: "error",
    plugins: pages.plugins,
    resolve: pages.resolve,
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: join(top, "tests/renderer/demo/index.html") },
    },
  });
  const server = createServer((request, response) => {
    void pageFile(folder, request.url ?? "/").then(async (found) => {
      if (found === undefined) response.writeHead(404).end();
      else response.writeHead(200, { ...pageHeaders(), "content-type": found.type }).end(await readFile(found.path));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  let asked = 0;
  return {
    // A number of its own: a new fragment alone would not load the page anew.
    address: (options) =>
      `http://127.0.0.1:${port}/tests/renderer/demo/index.html?${++asked}#${encodeURIComponent(JSON.stringify(options))}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
