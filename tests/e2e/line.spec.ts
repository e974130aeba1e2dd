import { expect, test, type Browser, type Page } from "@playwright/test";
import { enter, goOn, restOfPressure, picture, pictureBoth, press, screen, startCheck, takeResult } from "./kiosk.ts";
import { makeDataFolder } from "./product.ts";
import { freshCode } from "./second-factor.ts";
import { shells, type Running } from "./shells.ts";
import { fillOpinion, signOpinion } from "./write-opinion.ts";

/** From cuff to doctor, as a newcomer would walk it: one start command, two pages, three devices on real ports, in each shell. */

/** Frames the page's remote video has decoded. */
async function framesDecoded(page: Page): Promise<number> {
  return page
    .getByTestId("video-remote")
    .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
}

async function signIn(browser: Browser, product: Running): Promise<Page> {
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
  await desk.getByTestId("code").fill(freshCode(product.data));
  await desk.getByTestId("enter-code").click();
  await expect(desk.getByTestId("queue-empty")).toBeVisible();
  return desk;
}

async function wholeVisit(browser: Browser, product: Running): Promise<void> {
  const { page: kiosk, close } = await product.kiosk(browser);
  const complaints: string[] = [];
  kiosk.on("pageerror", (error) => complaints.push(`kiosk: ${error.message}`));

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
  await restOfPressure(kiosk);
  await pictureBoth(kiosk, "line-result-pressure");
  await goOn(kiosk, "result-next", "checks");

  await startCheck(kiosk, "glucose");
  await takeResult(kiosk);
  await pictureBoth(kiosk, "line-result-glucose");
  await goOn(kiosk, "result-next", "checks");

  await startCheck(kiosk, "lipids");
  await expect(kiosk.getByTestId("confirm-numbers")).toBeVisible({ timeout: 60_000 });
  await pictureBoth(kiosk, "line-confirm-lipids");
  await takeResult(kiosk);
  await goOn(kiosk, "result-next", "checks");
  await kiosk.getByTestId("show-results").click();
  await screen(kiosk, "results");
  await expect(kiosk.getByTestId("overall")).toBeVisible();
  await pictureBoth(kiosk, "line-results");

  const desk = await signIn(browser, product);
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

  await fillOpinion(desk, {
    assessment: "血压偏高一点。",
    plan: "少吃盐，过两周再来测一次。",
    sentences: ["care.say.pressureHigh", "care.say.lessSalt", "care.say.measureAgain", "care.say.worseStroke"],
    next: "comeBack",
  });
  await signOpinion(desk, () => freshCode(product.data));
  await picture(desk, "desk-opinion");
  await kiosk.getByTestId("to-consult").click();
  await expect(kiosk.getByTestId("opinion-text")).toContainText("血压偏高");
  await kiosk.getByTestId("opinion-open").click();
  await expect(kiosk.getByTestId("opinion")).toContainText("14天以内再来测一次");
  await picture(kiosk, "line-opinion-whole");
  await kiosk.getByTestId("opinion-close").click();
  await pictureBoth(kiosk, "line-opinion");

  await desk.getByTestId("finish").click();
  const sure = desk.getByTestId("finish-sure");
  if (await sure.isVisible()) await sure.click();
  await expect(desk.getByTestId("queue-empty")).toBeVisible();

  // Leaving: nothing of the visit remains on the page.
  await press(kiosk, "leave", "leave-done");
  await screen(kiosk, "leave");
  await picture(kiosk, "line-leave-zh");
  await press(kiosk, "next-person");
  await screen(kiosk, "welcome");
  const left = await kiosk.evaluate(
    () =>
      document.documentElement.outerHTML +
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  );
  expect(left).not.toContain("少吃盐");
  expect(left).not.toContain("毫米汞柱");
  expect(complaints).toEqual([]);
  await close();
  await desk.context().close();
}

for (const shell of shells) {
  test.describe(`in ${shell.name}`, () => {
    // Said by the runner alone: its workers read this file, too.
    if (shell.missing !== undefined && process.env.TEST_WORKER_INDEX === undefined)
      process.stdout.write(`The line is not walked in ${shell.name}: ${shell.missing}\n`);
    test.skip(shell.missing !== undefined, shell.missing ?? "");

    let data: ReturnType<typeof makeDataFolder>;
    let product: Running;
    test.beforeAll(async () => {
      data = makeDataFolder();
      product = await shell.start(data.folder);
    });
    test.afterAll(async () => {
      await product.stop();
      data.remove();
    });

    test("a resident measures all three, calls, is seen live by a doctor, and gets an opinion", async ({ browser }) => {
      test.setTimeout(300_000);
      await wholeVisit(browser, product);
    });
  });
}
