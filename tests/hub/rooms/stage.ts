import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { build } from "vite";
import config from "../../../playwright.config.ts";
import type { ToRoom } from "../../../core/contract/room-signals.ts";
import type { RoomService } from "../../../hub/ports/room-service.ts";

/** A browser and the page of one party, served from this process. */
export interface Stage {
  /** A page without a seat yet; `hear` answers what the hub answers to its signals, `onMedia` is told when others come in. */
  page(hear: (signal: ToRoom) => Promise<boolean>, onMedia?: () => Promise<void>): Promise<Page>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "room-page-"));
  await build({
    configFile: false,
    root: resolve(import.meta.dirname),
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true, lib: { entry: "page.ts", formats: ["es"], fileName: () => "page.js" } },
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
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({ ...config.use?.launchOptions });
  return {
    async page(hear, onMedia = () => Promise.resolve()) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.exposeFunction("toHub", hear);
      await page.exposeFunction("onMedia", onMedia);
      await page.goto(address);
      await page.waitForFunction(() => "party" in window);
      return page;
    },
    async close() {
      await browser.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** One party: a page and its seat in a room of `service`. */
export interface Party {
  readonly name: string;
  readonly page: Page;
  /** Who is shown here, in order of their names. */
  shown(): Promise<readonly string[]>;
  /** Pictures decoded from, voice packets of, redundancy of, and loudness of `from` so far. */
  from(from: string): Promise<{ frames: number; packets: number; redundant: number; energy: number }>;
  /** Bytes sent so far on the present connection. */
  sent(): Promise<number>;
  /** The page dies and comes back, as after a crash; it takes its seat again. */
  reload(): Promise<void>;
  leave(): Promise<void>;
}

export interface Hall {
  readonly room: string;
  party(
    name: string,
    options?: { readonly sends?: boolean; readonly receives?: "all" | "speaker" | "voice" },
  ): Promise<Party>;
  /** Every event of the room so far. */
  readonly events: readonly string[];
  close(): Promise<void>;
}

/** A room with a messenger between the service and the pages: what the hub's signalling does. */
export async function openHall(stage: Stage, service: RoomService): Promise<Hall> {
  const made = await service.create();
  if (!made.ok) throw new Error(made.code);
  const { room } = made;
  const pages = new Map<string, Page>();
  const events: string[] = [];
  const tell = async (participant: string, give: (page: Page) => Promise<unknown>) => {
    const page = pages.get(participant);
    // A page that goes away while it is told something has nobody left to hear it.
    if (page && !page.isClosed()) await give(page).catch(() => undefined);
  };
  const stop = service.onEvent((event) => {
    if (event.room !== room) return;
    if (event.kind === "signal") {
      void tell(event.participant, (page) => page.evaluate((signal) => window.party.hear(signal), event.signal));
    } else if (event.kind === "moved") {
      events.push("moved");
      for (const name of pages.keys()) void tell(name, (page) => page.evaluate(() => window.party.moved()));
    } else events.push(`${event.kind} ${event.participant}`);
  });
  return {
    room,
    events,
    async party(name, { sends = true, receives = "all" } = {}) {
      const joined = await service.join(room, { participant: name, sends, muted: false, receives });
      if (!joined.ok) throw new Error(joined.code);
      const page = await stage.page(async (signal) => (await service.hear(room, name, signal)).ok);
      pages.set(name, page);
      await page.evaluate((own) => window.party.open(own), sends);
      return {
        name,
        page,
        shown: () => page.evaluate(() => window.party.shown()),
        async from(other) {
          const all = await page.evaluate(() => window.party.arrived());
          const one = all[other];
          return {
            frames: one?.framesDecoded ?? 0,
            packets: one?.audioPackets ?? 0,
            redundant: one?.audioRedundant ?? 0,
            energy: one?.audioEnergy ?? 0,
          };
        },
        sent: () => page.evaluate(() => window.party.sent()),
        async reload() {
          await page.reload();
          await page.waitForFunction(() => "party" in window);
          await page.evaluate((own) => window.party.open(own), sends);
        },
        async leave() {
          pages.delete(name);
          await service.remove(room, name);
          await page.context().close();
        },
      };
    },
    async close() {
      stop();
      await service.close(room);
      for (const page of pages.values()) await page.context().close();
    },
  };
}
