import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "vite";
import type { Rig } from "./peer-page.ts";

declare global {
  interface Window {
    readonly rig: Rig;
  }
}

/** The page with both sides of a call (`peer-page.ts`), built and served from this process. */
export async function servePeerPage(): Promise<{ readonly address: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "peer-page-"));
  await build({
    configFile: false,
    root: resolve(import.meta.dirname),
    logLevel: "error",
    build: {
      outDir: folder,
      emptyOutDir: true,
      lib: { entry: "peer-page.ts", formats: ["es"], fileName: () => "page.js" },
    },
  });
  const script = await readFile(join(folder, "page.js"));
  await rm(folder, { recursive: true, force: true });
  const server = createServer((request, response) => {
    if (request.url === "/page.js") response.setHeader("content-type", "text/javascript").end(script);
    else
      response
        .setHeader("content-type", "text/html")
        .end(`<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
