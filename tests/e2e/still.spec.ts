import { expect, test, type Page } from "@playwright/test";
import { picture, pictureBoth, press, screen, sizes } from "./kiosk.ts";
import { makeDataFolder, startProduct } from "./product.ts";
import { beginTalk } from "./talk.ts";

/** The doctor asks for a picture in the call with one key; the resident looks at it first, and sends it by touch. */

const leastPixels = 1_000_000;

declare global {
  interface Window {
    readonly hubLines: readonly WebSocket[];
  }
}

/** Keeps every line that the page opens, so that one can be taken away. */
const keepLines = (page: Page) =>
  page.addInitScript(() => {
    const hubLines: WebSocket[] = [];
    class Kept extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        hubLines.push(this);
      }
    }
    Object.assign(window, { hubLines, WebSocket: Kept });
  });

const pixelsOf = (page: Page) =>
  page
    .getByTestId("handed-large")
    .locator("img")
    .evaluate((img: HTMLImageElement) => img.naturalWidth * img.naturalHeight);

test("a clinical picture goes over the talk, is kept with the call, and is there again after a reload", async ({
  browser,
  playwright,
  launchOptions,
}) => {
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  const permissions = ["camera", "microphone"];
  // A browser for each, as each is a machine: in one they share a camera, which stays as small as the first of them took it.
  const station = await playwright.chromium.launch(launchOptions);
  const kiosk = await station.newPage({ viewport: sizes.portrait, permissions });
  const desk = await browser.newPage({ viewport: { width: 1366, height: 768 }, permissions });
  await Promise.all([keepLines(kiosk), keepLines(desk)]);
  await beginTalk(kiosk, desk, product);
  await expect(desk.getByTestId("call")).toHaveAttribute("data-media", "connected", { timeout: 30_000 });

  // Not now: nothing is taken, and the doctor hears it.
  await desk.keyboard.press("F8");
  await screen(kiosk, "show");
  await picture(desk, "still-desk-asked");
  await kiosk.getByTestId("message-send").click();
  await expect(desk.getByTestId("ask-state")).toContainText("照片");
  await screen(kiosk, "consult");
  await expect(desk.getByTestId("handed-still")).toHaveCount(0);

  await desk.getByTestId("ask-still").click();
  await screen(kiosk, "show");
  await pictureBoth(kiosk, "still-show");
  await press(kiosk, "picture-take");
  await expect(kiosk.getByTestId("message-still")).toBeVisible();
  // The doctor sees the resident again: the camera was let go for the picture.
  const shownFrames = () =>
    desk
      .getByTestId("video-remote")
      .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
  const before = await shownFrames();
  await expect.poll(shownFrames).toBeGreaterThan(before + 5);
  await pictureBoth(kiosk, "still-taken");
  await press(kiosk, "message-send");
  // The line to the hub goes as the picture does: it travels page to page, and is kept when the line is back.
  await desk.evaluate(() => window.hubLines.at(-1)?.close());
  await kiosk.evaluate(() => window.hubLines.at(-1)?.close());
  const still = desk.getByTestId("handed-still");
  await expect(still).toHaveAttribute("data-state", "whole", { timeout: 60_000 });
  await expect(kiosk.getByTestId("handed")).toHaveAttribute("data-state", "whole");
  await expect(still).toHaveAttribute("data-kept", "true", { timeout: 60_000 });
  await picture(desk, "still-desk");
  await pictureBoth(kiosk, "still-sent");
  await still.click();
  await expect.poll(() => pixelsOf(desk)).toBeGreaterThanOrEqual(leastPixels);
  await picture(desk, "still-desk-large");
  await desk.keyboard.press("Escape");
  await expect(desk.getByTestId("handed-large")).toHaveCount(0);

  await desk.reload();
  await expect(desk.getByTestId("handed-still")).toHaveAttribute("data-kept", "true", { timeout: 60_000 });
  await desk.getByTestId("handed-still").click({ timeout: 30_000 });
  await expect.poll(() => pixelsOf(desk)).toBeGreaterThanOrEqual(leastPixels);

  await station.close();
  await desk.close();
  await product.stop();
  data.remove();
});
