import { expect, test, type Browser, type Page } from "@playwright/test";
import { headsOf, untilShipped } from "./journals.ts";
import { enter, nextReading, picture, pictureBoth, screen, sizes, startCheck, takeResult } from "./kiosk.ts";
import { makeDataFolder, startProduct, type Product } from "./product.ts";

/** From cuff to doctor, as a newcomer would walk it: one start command, two browsers, three devices on real ports. */

let data: ReturnType<typeof makeDataFolder>;
let product: Product;

test.beforeAll(async () => {
  data = makeDataFolder();
  product = await startProduct(data.folder);
});
test.afterAll(async () => {
  await product.stop();
  data.remove();
});

/** Frames the page's remote video has decoded. */
async function framesDecoded(page: Page): Promise<number> {
  return page
    .getByTestId("video-remote")
    .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
}

async function signIn(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    permissions: ["camera", "microphone"],
  });
  const desk = await context.newPage();
  await desk.goto(product.desk);
  await desk.getByTestId("account").fill(product.account);
  await desk.getByTestId("password").fill("not the password");
  await desk.getByTestId("sign-in").click();
  await expect(desk.getByTestId("sign-in-error")).not.toBeEmpty();
  await desk.getByTestId("password").fill(product.password);
  await picture(desk, "desk-sign-in");
  await desk.getByTestId("sign-in").click();
  await expect(desk.getByTestId("queue-empty")).toBeVisible();
  return desk;
}

test("a resident measures all three, calls, is seen live by a doctor, and gets an opinion", async ({ browser }) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({ viewport: sizes.portrait, permissions: ["camera", "microphone"] });
  const kiosk = await context.newPage();
  const complaints: string[] = [];
  kiosk.on("pageerror", (error) => complaints.push(`kiosk: ${error.message}`));
  await kiosk.goto(product.kiosk);

  await screen(kiosk, "welcome");
  await expect(kiosk.getByTestId("simulated")).toBeVisible();
  await pictureBoth(kiosk, "line-welcome");
  await enter(kiosk, "resident");

  await startCheck(kiosk, "bloodPressure");
  await screen(kiosk, "measure");
  await expect(kiosk.getByTestId("stop")).toBeVisible();
  // The cuff's pressure is on the screen while it rises.
  await expect
    .poll(async () => Number(await kiosk.getByTestId("live-pressure").textContent()), { timeout: 30_000 })
    .toBeGreaterThan(40);
  await picture(kiosk, "line-measure-zh");
  await takeResult(kiosk);
  await pictureBoth(kiosk, "line-result-first");
  await nextReading(kiosk);
  await takeResult(kiosk);
  await expect(kiosk.getByTestId("next-reading")).toHaveCount(0);
  await pictureBoth(kiosk, "line-result-pressure");
  await kiosk.getByTestId("result-next").click();

  await startCheck(kiosk, "glucose");
  await takeResult(kiosk);
  await pictureBoth(kiosk, "line-result-glucose");
  await kiosk.getByTestId("result-next").click();

  await startCheck(kiosk, "lipids");
  await expect(kiosk.getByTestId("confirm-numbers")).toBeVisible({ timeout: 60_000 });
  await pictureBoth(kiosk, "line-confirm-lipids");
  await takeResult(kiosk);
  await kiosk.getByTestId("result-next").click();
  await kiosk.getByTestId("show-results").click();
  await screen(kiosk, "results");
  await expect(kiosk.getByTestId("overall")).toBeVisible();
  await pictureBoth(kiosk, "line-results");

  const desk = await signIn(browser);
  desk.on("pageerror", (error) => complaints.push(`desk: ${error.message}`));
  await kiosk.getByTestId("call-doctor").click();
  await expect(desk.getByTestId("queue-item")).toBeVisible();
  await picture(desk, "desk-queue");
  await desk.getByTestId("accept").click();

  await expect.poll(() => framesDecoded(kiosk), { timeout: 30_000 }).toBeGreaterThan(5);
  await expect.poll(() => framesDecoded(desk), { timeout: 30_000 }).toBeGreaterThan(5);
  const [atKiosk, atDesk] = [await framesDecoded(kiosk), await framesDecoded(desk)];
  await expect.poll(() => framesDecoded(kiosk)).toBeGreaterThan(atKiosk);
  await expect.poll(() => framesDecoded(desk)).toBeGreaterThan(atDesk);
  await expect(desk.getByTestId("call")).toHaveAttribute("data-state", "active");
  await expect(desk.getByTestId("record")).toContainText("mmHg");
  await picture(kiosk, "line-consult-zh");

  // The resident measures during the call; the doctor sees the cuff's pressure as it is.
  await kiosk.getByTestId("measure-in-call").click();
  await startCheck(kiosk, "bloodPressure");
  await expect
    .poll(async () => Number(await desk.getByTestId("live-value").textContent()), { timeout: 30_000 })
    .toBeGreaterThan(40);
  await picture(desk, "desk-live");
  await picture(kiosk, "line-measure-in-call-zh");
  await takeResult(kiosk);

  await desk.getByTestId("opinion-text").fill("血压偏高一点，少吃盐，过两周再来测一次。");
  await desk.getByTestId("next-comeBack").click();
  await desk.getByTestId("opinion-send").click();
  await expect(desk.getByTestId("opinion-sent")).toBeVisible();
  await picture(desk, "desk-opinion");
  await kiosk.getByTestId("to-consult").click();
  await expect(kiosk.getByTestId("opinion-text")).toContainText("少吃盐");
  await pictureBoth(kiosk, "line-opinion");

  await desk.getByTestId("finish").click();
  const sure = desk.getByTestId("finish-sure");
  if (await sure.isVisible()) await sure.click();
  await expect(desk.getByTestId("queue-empty")).toBeVisible();

  // Leaving: nothing of the visit remains on the page.
  await kiosk.getByTestId("leave").click();
  await kiosk.getByTestId("leave-done").click();
  await screen(kiosk, "leave");
  await picture(kiosk, "line-leave-zh");
  await kiosk.getByTestId("next-person").click();
  await screen(kiosk, "welcome");
  const left = await kiosk.evaluate(
    () =>
      document.documentElement.outerHTML +
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  );
  expect(left).not.toContain("少吃盐");
  expect(left).not.toContain("毫米汞柱");
  expect(complaints).toEqual([]);
  await context.close();
  await desk.context().close();
});

test("a second window and a wrong token are refused with a sentence", async ({ browser }) => {
  const first = await browser.newPage({ viewport: sizes.landscape });
  await first.goto(product.kiosk);
  await screen(first, "welcome");
  await pictureBoth(first, "line-welcome-landscape");
  const second = await browser.newPage({ viewport: sizes.landscape });
  await second.goto(product.kiosk);
  await expect(second.getByTestId("screen-forbidden")).toBeVisible();
  await picture(second, "line-forbidden");
  await first.close();
  const wrong = await browser.newPage({ viewport: sizes.landscape });
  await wrong.goto(product.kiosk.replace(/#token=.*/, "#token=wrong"));
  await expect(wrong.getByTestId("screen-forbidden")).toBeVisible();
  await wrong.close();
  await second.close();
});

test("Ctrl-C ends every process, the hub holds the station's journal to the last hash, and a second start finds the data", async ({
  browser,
}) => {
  const page = await browser.newPage({ viewport: sizes.landscape });
  await page.goto(product.kiosk);
  await enter(page, "guest");
  await page.close();
  const started = product.processes();
  expect(started.length).toBeGreaterThanOrEqual(6);
  expect(await product.stop()).toBe(0);
  const alive = () =>
    started.filter((pid) => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    });
  await expect.poll(alive, { timeout: 5_000 }).toEqual([]);

  // The visit left open by the stop is closed by the second start, and shipped.
  product = await startProduct(data.folder);
  await untilShipped(product.kiosk);
  expect(await product.stop()).toBe(0);
  const { station, hub, visits } = await headsOf(data.folder);
  expect(station.seq).toBeGreaterThan(5);
  expect(hub).toEqual(station);
  expect(visits).toBeGreaterThanOrEqual(1);
});
