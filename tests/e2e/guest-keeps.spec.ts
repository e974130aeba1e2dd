import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { goOn, leave, noSymptoms, pictureBoth, press, screen, sizes, startCheck, takeResult } from "./kiosk.ts";
import { startLoneStation, type LoneStation } from "./lone-station.ts";
import { makeDataFolder } from "./product.ts";
import { openPtyDevice, type PtyDevice } from "./pty-device.ts";

/** Under whose name results are kept, and by which ways somebody comes: on the station's own program, without any network. */

let data: ReturnType<typeof makeDataFolder>;
let cards: PtyDevice, scanner: PtyDevice, thermometer: PtyDevice;
let station: LoneStation;
let page: Page;

const noCard = { fault: "noCard" } as const;
const devices = () => [cards, scanner, thermometer];

test.beforeAll(async ({ browser }) => {
  data = makeDataFolder();
  cards = await openPtyDevice(data.folder, "id-card-reader-sdt", noCard);
  scanner = await openPtyDevice(data.folder, "scanner-plain", { values: { code: { text: "HC-WALK-7" } } });
  thermometer = await openPtyDevice(data.folder, "thermometer-gy-mcu90615");
  station = await startLoneStation(join(data.folder, "station"), devices());
  page = await browser.newPage({ viewport: sizes.portrait });
  await page.goto(station.address);
});
test.afterAll(async () => {
  await page.close();
  await station.stop();
  for (const device of devices()) await device.close();
  data.remove();
});

/** A card lies on the reader until this is seen; where it was taken for the one before, it is lifted and laid down again. */
async function layCard(seen: Locator): Promise<void> {
  const left = page.getByTestId("card-left");
  await expect(async () => {
    cards.become({});
    await expect(seen.or(left)).toBeVisible({ timeout: 5_000 });
    if (await seen.isVisible()) return;
    cards.become(noCard);
    await expect(left).toHaveCount(0, { timeout: 5_000 });
    throw new Error("it was left there");
  }).toPass({ timeout: 30_000, intervals: [50] });
  cards.become(noCard);
}

/** Shown to the scanner, as people do, until it was seen. */
async function showCode(seen: Locator): Promise<void> {
  await expect(async () => {
    scanner.press();
    await expect(seen).toBeVisible({ timeout: 700 });
  }).toPass({ timeout: 30_000 });
}

async function comeByCard(): Promise<void> {
  await press(page, "start");
  await screen(page, "who");
  await layCard(page.getByTestId("its-me"));
  await press(page, "its-me");
}

/** A guest with a temperature, at all results. */
async function guestMeasures(): Promise<void> {
  await press(page, "start");
  await expect(page.getByTestId("listening")).not.toBeEmpty();
  await press(page, "no-card", "guest");
  await noSymptoms(page);
  await startCheck(page, "temperature");
  await takeResult(page);
  await goOn(page, "result-all", "results");
}

test("a guest who says no, even with the card already read, leaves nothing of a name", async () => {
  await guestMeasures();
  await press(page, "leave", "leave-done");
  await screen(page, "keep");
  await pictureBoth(page, "guest-keep-ask");
  await press(page, "keep-yes");
  await layCard(page.getByTestId("shown-name"));
  const name = (await page.getByTestId("shown-name").textContent()) ?? "";
  expect(name).toContain("*");
  await press(page, "keep-no", "next-person");
  await screen(page, "welcome");
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(name);
  // By the same card as a newcomer: nothing is known of them here, and nothing was kept.
  await comeByCard();
  await expect(page.getByTestId("screen-consent")).toHaveAttribute("data-of", "keep");
  await press(page, "consent-no");
  await noSymptoms(page);
  await expect(page.getByTestId("resident")).toHaveCount(0);
  await leave(page);
});

test("a guest keeps today's results by card on the way out, and finds them when they come by it", async () => {
  await guestMeasures();
  await press(page, "finish", "next-yes", "take-no");
  await screen(page, "keep");
  await press(page, "keep-yes");
  await layCard(page.getByTestId("shown-name"));
  await pictureBoth(page, "guest-keep-is-it");
  await press(page, "keep-yes");
  await pictureBoth(page, "guest-keep-done");
  await press(page, "keep-done", "rate-skip", "next-person");
  await comeByCard();
  // Agreed to already.
  await noSymptoms(page);
  await press(page, "mine", "mine-record");
  await expect(page.getByTestId("record-temperature")).toBeVisible();
  await leave(page);
});

test("by which ways one comes: seen, one added that leads in, and taken away again", async () => {
  await comeByCard();
  await noSymptoms(page);
  await press(page, "mine", "mine-consents", "consents-ways");
  await expect(page.getByTestId("way-card")).toBeVisible();
  await expect(page.getByTestId("way-code")).toHaveCount(0);
  await press(page, "ways-add", "ways-code");
  await showCode(page.getByTestId("way-code"));
  await pictureBoth(page, "ways-known");
  await leave(page);

  await press(page, "start");
  await screen(page, "who");
  await showCode(page.getByTestId("its-me"));
  await press(page, "its-me");
  await noSymptoms(page);
  await press(page, "mine", "mine-consents", "consents-ways");
  // Who came without the card adds no other way, and may take one away.
  await expect(page.getByTestId("ways-back")).toBeVisible();
  await expect(page.getByTestId("ways-add")).toHaveCount(0);
  await press(page, "way-code-remove");
  await expect(page.getByTestId("way-code")).toHaveCount(0);
  await leave(page);

  await press(page, "start");
  await screen(page, "who");
  await showCode(page.getByTestId("screen-code-later").or(page.getByTestId("open-fault")).first());
  await expect(page.getByTestId("its-me")).toHaveCount(0);
});
