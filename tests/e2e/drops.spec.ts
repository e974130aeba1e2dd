import { loadavg } from "node:os";
import { expect, test, type Page } from "@playwright/test";
import { headsOf, untilShipped } from "./journals.ts";
import { press, screen, sizes, startCheck, takeResult } from "./kiosk.ts";
import { randomOf } from "../hub/random.ts";
import { startProductOverWire, type CutLine } from "./cut-line.ts";
import { makeDataFolder } from "./product.ts";
import { beginTalk } from "./talk.ts";

/** Twenty times each page loses its line, and the station its own to the hub, in one visit: visit, call and record are whole. */

declare global {
  interface Window {
    readonly lines: readonly WebSocket[];
  }
}

const drops = 20;
const seed = 36;
/** The three lines of one round go within this time of each other. */
const apartMs = 600;
/** Signalling is back (realtime.md §3.6). */
const backMs = 3_000;

/** Keeps every line that the page opens, so that it can be taken away. */
async function keepLines(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const lines: WebSocket[] = [];
    const Plain = window.WebSocket;
    class Kept extends Plain {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        lines.push(this);
      }
    }
    Object.assign(window, { lines, WebSocket: Kept });
  });
}

/** Ends the page's line and waits until it has made itself another; answers how long that took, ms. */
async function drop(page: Page): Promise<number> {
  const [count, began] = [await page.evaluate(() => window.lines.length), performance.now()];
  await page.evaluate(() => window.lines.at(-1)?.close());
  await expect
    .poll(
      () => page.evaluate((before) => window.lines.length > before && window.lines.at(-1)?.readyState === 1, count),
      {
        intervals: [50],
      },
    )
    .toBe(true);
  return performance.now() - began;
}

/** Cuts the station's line to the hub, and waits until it is through again; answers how long that took, ms. */
async function dropStation(wire: CutLine): Promise<number> {
  const [count, began] = [wire.upgrades, performance.now()];
  wire.cut();
  await expect.poll(() => wire.upgrades > count, { intervals: [50] }).toBe(true);
  return performance.now() - began;
}

test("each side of each line is dropped twenty times in one visit, and nothing is lost", async ({ browser }) => {
  test.setTimeout(240_000);
  const data = makeDataFolder();
  const product = await startProductOverWire(data.folder);
  const permissions = ["camera", "microphone"];
  const kiosk = await browser.newPage({ viewport: sizes.portrait, permissions });
  const desk = await browser.newPage({ viewport: { width: 1366, height: 768 }, permissions });
  await Promise.all([keepLines(kiosk), keepLines(desk)]);
  const frames = (page: Page) =>
    page
      .getByTestId("video-remote")
      .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
  const framesRise = async (page: Page) => {
    let before = await frames(page);
    await expect
      .poll(
        async () => {
          const now = await frames(page);
          const more = now - before;
          before = now;
          return more;
        },
        { timeout: 30_000, intervals: [500] },
      )
      .toBeGreaterThan(2);
  };

  await beginTalk(kiosk, desk, product);
  await framesRise(kiosk);
  await framesRise(desk);
  const back = { kiosk: [] as number[], desk: [] as number[], station: [] as number[], call: [] as number[] };
  const random = randomOf(seed);
  let lastCut = 0;
  const later = async (work: () => Promise<number>, told: number[]) => {
    await new Promise((resolve) => setTimeout(resolve, random() * apartMs));
    lastCut = performance.now();
    told.push(await work());
  };
  const dropAll = async (times: number) => {
    for (let n = 0; n < times; n += 1) {
      await Promise.all([
        later(() => drop(kiosk), back.kiosk),
        later(() => drop(desk), back.desk),
        later(() => dropStation(product.wire), back.station),
      ]);
      // Both pages are told by the hub that everybody is there.
      await expect(desk.getByTestId("call")).toHaveAttribute("data-state", "active");
      await expect(kiosk.getByTestId("call-dock")).toHaveAttribute("data-state", "active");
      back.call.push(performance.now() - lastCut);
    }
  };
  await dropAll(drops / 2);
  await kiosk.getByTestId("measure-in-call").click();
  await startCheck(kiosk, "glucose");
  await takeResult(kiosk);
  await kiosk.getByTestId("to-consult").click();
  await dropAll(drops / 2);
  for (const [line, took] of Object.entries(back)) {
    const slowest = Math.round(Math.max(...took));
    console.log(
      `drops: ${line} ${took.length} times, the slowest back after ${slowest} ms (load ${loadavg()[0]?.toFixed(1)})`,
    );
    expect(took).toHaveLength(drops);
    expect(slowest, `ms until ${line} is back`).toBeLessThan(backMs);
  }

  await framesRise(kiosk);
  await framesRise(desk);
  await expect(desk.getByTestId("call")).toHaveAttribute("data-state", "active");
  await expect(desk.getByTestId("record")).toContainText("mmol/L");
  await press(kiosk, "leave", "leave-done");
  await screen(kiosk, "leave");
  await kiosk.close();
  await desk.close();
  await untilShipped(product.kiosk);
  await product.stop();
  const heads = await headsOf(data.folder);
  expect(heads.hub).toEqual(heads.station);
  // The same call to the end: nobody had to ask for another.
  expect(heads.calls).toBe(1);
  data.remove();
});
