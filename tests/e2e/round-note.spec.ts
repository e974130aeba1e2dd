import { expect, test, type Page } from "@playwright/test";
import { picture, pictureBoth, screen } from "./kiosk.ts";
import { makeDataFolder, startProduct } from "./product.ts";
import { allMeet, invite, openDesk, openKiosk, talkOf } from "./round-table.ts";

/** In a room of three the station's line carries no talk any more: what a doctor says goes by the hub, and is told as heard. */

const cutMedia = (page: Page) => page.evaluate(() => window.connections.forEach((connection) => connection.close()));

const seenOfSelf = (page: Page) =>
  page
    .getByTestId("room-self")
    .locator("video")
    .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);

test("where the line carries no talk, a doctor of three leaves a spoken message, and every doctor sees that it was heard", async ({
  browser,
}) => {
  test.setTimeout(160_000);
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  const [kiosk, doctor, specialist] = await Promise.all([
    openKiosk(browser, product),
    openDesk(browser, product, "doctor"),
    openDesk(browser, product, "specialist"),
  ]);
  await talkOf(kiosk, doctor);
  await invite(doctor, specialist, /心血管内科/u);
  await allMeet({ kiosk, doctor, specialist });
  await expect(specialist.getByTestId("leave-note"), "a voice needs no message").toHaveCount(0);

  await cutMedia(kiosk);
  for (const desk of [doctor, specialist])
    await expect(desk.getByTestId("room-line-other")).toBeVisible({ timeout: 60_000 });
  await screen(kiosk, "consult");
  await expect(kiosk.getByTestId("room-line-other")).toContainText("留一段话");
  await expect(kiosk.getByTestId("say")).toBeVisible();
  await picture(specialist, "round-note-offered");
  await pictureBoth(kiosk, "round-note-kiosk");

  await specialist.getByTestId("leave-note").click();
  await expect(specialist.getByTestId("leave-note")).toContainText("录完");
  // For as long as one sees oneself speak a word.
  const before = await seenOfSelf(specialist);
  await expect.poll(() => seenOfSelf(specialist)).toBeGreaterThan(before + 20);
  await specialist.getByTestId("leave-note").click();
  await expect(specialist.getByTestId("handed-own")).toHaveAttribute("data-state", "whole", { timeout: 30_000 });
  await expect(kiosk.getByTestId("left-by-doctor")).toHaveAttribute("data-state", "whole", { timeout: 30_000 });
  await expect(specialist.getByTestId("handed-own")).toHaveAttribute("data-heard", "true", { timeout: 30_000 });
  await expect(specialist.getByTestId("handed-own")).toContainText("听过留言");
  await expect(doctor.getByTestId("handed-note")).toContainText("听过留言");
  await picture(specialist, "round-note-heard");
  await picture(doctor, "round-note-colleague");
  await pictureBoth(kiosk, "round-note-left");

  await Promise.all(browser.contexts().map((context) => context.close()));
  await product.stop();
  data.remove();
});
