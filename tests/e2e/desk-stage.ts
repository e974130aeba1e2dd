import { mkdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test, type Browser, type Page } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { openFakeHub, type FakeHub } from "../renderer/desk/fake-hub.ts";
import { cuffRun } from "../renderer/desk/specimens.ts";
import type { Rig } from "./peer-page.ts";
import type { Written } from "./write-opinion.ts";

declare global {
  interface Window {
    readonly rig: Rig;
  }
}

const top = resolve(import.meta.dirname, "../..");
const pictures = join(top, "screenshots");
let folder: string;
let stationServer: Server;
let stationAddress: string;
/** The hub of the test that runs: another one for each. */
export let hub: FakeHub;

/**
 * The desk page as it is built, in real Chromium, with a hub whose states the test sets and a station page for the media.
 * Called once at the top of a spec: it hangs the stage's building, opening and closing on the tests of that file.
 */
export function standDesk(): void {
  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "desk-page-"));
    await build({
      configFile: false,
      root: join(top, "renderer"),
      base: "./",
      logLevel: "error",
      plugins: [react()],
      build: {
        outDir: join(folder, "out"),
        emptyOutDir: true,
        rolldownOptions: { input: join(top, "renderer/desk/index.html") },
      },
    });
    await build({
      configFile: false,
      root: import.meta.dirname,
      logLevel: "error",
      build: {
        outDir: join(folder, "station"),
        emptyOutDir: true,
        lib: { entry: "peer-page.ts", formats: ["es"], fileName: () => "page.js" },
      },
    });
    const script = await readFile(join(folder, "station/page.js"));
    stationServer = createServer((request, response) => {
      if (request.url === "/page.js") response.setHeader("content-type", "text/javascript").end(script);
      else
        response
          .setHeader("content-type", "text/html")
          .end(`<!doctype html><script type="module" src="/page.js"></script>`);
    });
    await new Promise<void>((listening) => stationServer.listen(0, "127.0.0.1", listening));
    stationAddress = `http://127.0.0.1:${(stationServer.address() as AddressInfo).port}/`;
    mkdirSync(pictures, { recursive: true });
  });

  test.afterAll(async () => {
    await new Promise((closed) => stationServer.close(closed));
    await rm(folder, { recursive: true, force: true });
  });

  test.beforeEach(async () => {
    hub = await openFakeHub(join(folder, "out"));
  });

  test.afterEach(async () => {
    await hub.close();
  });

  test.use({ viewport: { width: 1366, height: 768 } });
}

export const shot = (page: Page, name: string) => page.screenshot({ path: join(pictures, `desk-${name}.png`) });

export async function signIn(page: Page): Promise<void> {
  await page.goto(hub.address);
  await page.getByTestId("account").fill("doctor");
  await page.getByTestId("password").fill(hub.password);
  await page.getByTestId("sign-in").click();
  await page.getByTestId("code").fill(hub.code);
  await page.getByTestId("enter-code").click();
  await expect(page.getByTestId("doctor-name")).toHaveText(hub.doctor.name);
}

/** The other side of the call, on a page of its own. */
export async function station(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(stationAddress);
  await page.waitForFunction(() => "rig" in window);
  await page.exposeFunction("give", (signal: { body: Parameters<FakeHub["fromStation"]>[0] }) =>
    hub.fromStation(signal.body),
  );
  await page.evaluate(async () => {
    window.rig.connect((window as unknown as { give: Parameters<Rig["connect"]>[0] }).give);
    await window.rig.open("station");
  });
  hub.onSignal((signal: unknown) => {
    page
      .evaluate((heard) => window.rig.hear("station", heard as Parameters<Rig["hear"]>[1]), signal)
      .catch((error: unknown) => {
        // A page that was closed hears nothing more; anything else is a failure.
        if (!page.isClosed()) throw error;
      });
  });
  return page;
}

export async function acceptFirst(page: Page): Promise<void> {
  await page.getByTestId("queue-item").first().getByTestId("accept").click();
  await expect(page.getByTestId("call")).toBeVisible();
}

export const framesSeen = (page: Page) =>
  page
    .getByTestId("video-remote")
    .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);

export async function sendCuff(page: Page): Promise<void> {
  await page.evaluate(
    (texts) => {
      for (const text of texts) window.rig.sendLive("station", text);
    },
    cuffRun().map((message) => JSON.stringify(message)),
  );
}

/** Nothing may hang over the edge of the smallest screen a doctor has. */
export const overflow = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    return { right: Math.max(0, scrollWidth - clientWidth), below: Math.max(0, scrollHeight - clientHeight) };
  });

/** Invented. */
export const written: Written = {
  assessment: "血压很高。",
  plan: "今天去县医院。",
  sentences: ["care.say.pressureHigh", "care.say.hospitalToday", "care.say.worseStroke"],
  next: "hospital",
};
