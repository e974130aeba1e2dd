import { loadavg } from "node:os";
import { expect, test, type Page } from "@playwright/test";
import { headsOf, untilShipped } from "./journals.ts";
import { press, screen, sizes, startCheck, takeResult } from "./kiosk.ts";
import { makeDataFolder, startProduct } from "./product.ts";
import { beginTalk } from "./talk.ts";

/** Twenty times each side's page loses its line in one visit: the visit, the call and the record are whole at the end. */

declare global {
  interface Window {
    readonly lines: readonly WebSocket[];
  }
}

const drops = 20;

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

test("each side is dropped twenty times in one visit, and nothing is lost", async ({ browser }) => {
  test.setTimeout(240_000);
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
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

  const back: number[] = [];
  const dropBoth = async (times: number) => {
    for (let n = 0; n < times; n += 1) back.push(...(await Promise.all([drop(kiosk), drop(desk)])));
  };
  await dropBoth(drops / 2);
  await kiosk.getByTestId("measure-in-call").click();
  await startCheck(kiosk, "glucose");
  await takeResult(kiosk);
  await kiosk.getByTestId("to-consult").click();
  await dropBoth(drops / 2);
  const slowest = Math.round(Math.max(...back));
  console.log(
    `drops: ${back.length} lines, the slowest was back after ${slowest} ms (load ${loadavg()[0]?.toFixed(1)})`,
  );

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
  data.remove();
});
