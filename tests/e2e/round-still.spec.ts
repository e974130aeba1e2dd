import { expect, test, type Page } from "@playwright/test";
import { picture, press, screen } from "./kiosk.ts";
import { makeDataFolder, startProduct } from "./product.ts";
import { allMeet, invite, openDesk, openKiosk, talkOf } from "./round-table.ts";

/** A clinical picture in a room of three: it goes to the hub in pieces, and every doctor there sees it whole. */

const leastPixels = 1_000_000;

async function pixelsOf(desk: Page): Promise<number> {
  await desk.getByTestId("handed-still").click();
  const pixels = await desk
    .getByTestId("handed-large")
    .locator("img")
    .evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      return img.naturalWidth * img.naturalHeight;
    });
  await desk.keyboard.press("Escape");
  await expect(desk.getByTestId("handed-large")).toHaveCount(0);
  return pixels;
}

test("a picture that one doctor of three asked for is seen by both, whole, and the room goes on", async ({
  browser,
  playwright,
  launchOptions,
}) => {
  test.setTimeout(180_000);
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  // A browser of its own, as the station is a machine: in one they share a camera, which stays as small as the first of them took it.
  const station = await playwright.chromium.launch(launchOptions);
  const [kiosk, doctor, specialist] = await Promise.all([
    openKiosk(station, product),
    openDesk(browser, product, "doctor"),
    openDesk(browser, product, "specialist"),
  ]);
  await talkOf(kiosk, doctor);
  await invite(doctor, specialist, /心血管内科/u);
  await allMeet({ kiosk, doctor, specialist });

  for (const desk of [doctor, specialist])
    await expect(desk.getByTestId("call"), "nothing stands before the faces").toHaveAttribute(
      "data-media",
      "connected",
    );
  await picture(specialist, "round-still-before");

  await doctor.getByTestId("ask-still").click();
  await screen(kiosk, "show");
  await press(kiosk, "picture-take");
  await expect(kiosk.getByTestId("message-still")).toBeVisible();
  await press(kiosk, "message-send");
  for (const desk of [doctor, specialist])
    await expect(desk.getByTestId("handed-still")).toHaveAttribute("data-kept", "true", { timeout: 60_000 });
  await expect(kiosk.getByTestId("handed")).toHaveAttribute("data-state", "whole");
  await picture(specialist, "round-still-kept");
  for (const desk of [doctor, specialist]) expect(await pixelsOf(desk)).toBeGreaterThanOrEqual(leastPixels);
  await allMeet({ kiosk, doctor, specialist });

  await Promise.all([...browser.contexts(), ...station.contexts()].map((context) => context.close()));
  await station.close();
  await product.stop();
  data.remove();
});
