import { join } from "node:path";
import { expect, test, type Locator, type Page } from "@playwright/test";
import type { OfferedKind } from "../../core/domain/outcome.ts";
import { findProfile } from "../../drivers/find-profile.ts";
import { encode } from "../../drivers/kit/index.ts";
import {
  answerOwed,
  enter,
  goOn,
  leave,
  nextReading,
  noSymptoms,
  picture,
  pictureBoth,
  press,
  screen,
  sizes,
  startCheck,
  takeResult,
} from "./kiosk.ts";
import { startLoneStation, type LoneStation } from "./lone-station.ts";
import { makeDataFolder } from "./product.ts";
import { openPtyDevice, type PtyDevice } from "./pty-device.ts";

/**
 * Whole visits as residents make them, on the station's own program with simulated devices behind pseudo-terminals, and
 * without any network from power-on.
 */

let data: ReturnType<typeof makeDataFolder>;
let cards: PtyDevice, scanner: PtyDevice, cuff: PtyDevice, meter: PtyDevice, printer: PtyDevice, thermometer: PtyDevice;
let station: LoneStation;
let page: Page;
const complaints: string[] = [];

/** Two readings of one person that agree. */
const calm = { values: { result: { systolic: 114, mean: 86, diastolic: 72 } } } as const;
const noCard = { fault: "noCard" } as const;
const devices = () => [cards, scanner, cuff, meter, printer, thermometer];

test.beforeAll(async ({ browser }) => {
  data = makeDataFolder();
  cards = await openPtyDevice(data.folder, "id-card-reader-sdt", noCard);
  scanner = await openPtyDevice(data.folder, "scanner-plain", { values: { code: { text: "HC-WALK-1" } } });
  cuff = await openPtyDevice(data.folder, "and-tm2655", calm);
  meter = await openPtyDevice(data.folder, "sinocare-sn");
  printer = await openPtyDevice(data.folder, "printer-escpos");
  thermometer = await openPtyDevice(data.folder, "thermometer-gy-mcu90615");
  station = await startLoneStation(join(data.folder, "station"), devices());
  page = await browser.newPage({ viewport: sizes.portrait });
  page.on("pageerror", ({ message }) => complaints.push(message));
  await page.goto(station.address);
});
test.afterAll(async () => {
  await page.close();
  await station.stop();
  for (const device of devices()) await device.close();
  data.remove();
});
test.afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

/** A card lies on the reader until it has been read. */
async function layCard(): Promise<void> {
  await screen(page, "welcome");
  await press(page, "start");
  await screen(page, "who");
  cards.become({});
  await screen(page, "is-it-you");
  cards.become(noCard);
}

/** Shown to the scanner, as people do, until it was seen. */
async function showCode(seen: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        scanner.press();
        return seen.isVisible();
      },
      { intervals: [700], timeout: 30_000 },
    )
    .toBe(true);
}

/** Measures the blood's sugar: the meter is used when the screen asks for it. */
async function pricked(): Promise<void> {
  await startCheck(page, "glucose");
  await expect(page.getByTestId("phase")).toHaveAttribute("data-phase", "waiting");
  meter.press();
}

/** What the device said, compared with its display where the wire cannot prove it. */
async function result(of: OfferedKind): Promise<void> {
  await takeResult(page);
  await expect(page.locator(`[data-testid=screen-result][data-of=${of}]`)).toBeVisible();
}

/** Every reading that the protocol asks for. */
async function wholePressure(): Promise<void> {
  await startCheck(page, "bloodPressure");
  await result("bloodPressure");
  for (let reading = 2; reading <= 4; reading++) {
    const again = page.getByTestId("next-reading");
    await expect(again.or(page.getByTestId("severity")).first()).toBeVisible();
    if (!(await again.isVisible())) return;
    await nextReading(page);
    await result("bloodPressure");
  }
}

test("a resident comes for the first time, by card: agrees, chooses a sign, measures, and takes a slip along", async () => {
  const began = Date.now();
  await layCard();
  await picture(page, "visit-is-it-you");
  await press(page, "its-me");
  await expect(page.getByTestId("screen-consent")).toHaveAttribute("data-of", "keep");
  await press(page, "consent-yes");
  await noSymptoms(page);
  await startCheck(page, "temperature");
  await result("temperature");
  expect(Date.now() - began, "the first result within a minute of the card").toBeLessThan(60_000);
  await goOn(page, "result-next", "checks");
  await wholePressure();
  await expect(page.getByTestId("severity").first()).toHaveAttribute("data-severity", "0");
  await picture(page, "visit-result-pressure");
  await goOn(page, "result-all", "results");
  await press(page, "finish");
  await screen(page, "next");
  await press(page, "next-yes");
  await screen(page, "take");
  const before = printer.heardBytes();
  await press(page, "take-paper");
  // A newcomer may come by a code the next time: it is shown now, beside the card that was laid.
  await screen(page, "link");
  await pictureBoth(page, "visit-link");
  await press(page, "link-yes", "link-code");
  await showCode(page.getByTestId("link-yes"));
  await picture(page, "visit-linked");
  await press(page, "link-yes");
  await screen(page, "rate");
  expect(printer.heardBytes() - before, "bytes of the slip").toBeGreaterThan(200);
  await press(page, "rate-3");
  await screen(page, "leave");
  await press(page, "next-person");
});

test("the same resident comes again: known by the chosen sign, and asked nothing again", async () => {
  await layCard();
  await picture(page, "visit-returning");
  await press(page, "its-me");
  await noSymptoms(page);
  await expect(page.getByTestId("resident")).toContainText("*");
  await press(page, "mine", "mine-record");
  await expect(page.getByTestId("record-bloodPressure")).toBeVisible();
  await picture(page, "visit-record");
  await leave(page);
});

test("the same resident comes without the card, by the code they linked", async () => {
  await screen(page, "welcome");
  await press(page, "start");
  await screen(page, "who");
  await showCode(page.getByTestId("its-me"));
  await picture(page, "visit-by-code");
  await expect(page.getByTestId("shown-name")).toContainText("*");
  await press(page, "its-me");
  await noSymptoms(page);
  await press(page, "mine", "mine-record");
  await expect(page.getByTestId("record-bloodPressure")).toBeVisible();
  await leave(page);
});

test("an emergency named at triage is on the screen at once, with no network, and nothing is measured", async () => {
  await press(page, "start", "no-card", "guest", "symptom-SX_CHEST_PAIN");
  await expect(page.getByTestId("screen-emergency")).toBeVisible({ timeout: 5_000 });
  await expect(page.getByText("120", { exact: true })).toBeVisible();
  await expect(page.getByTestId("alarm-state")).toHaveAttribute("data-state", "sounding");
  await picture(page, "visit-emergency");
  await press(page, "alarm-here");
  await screen(page, "checks");
  await leave(page);
});

test("a guest with an irregular pulse is told so, and no name is kept", async () => {
  cuff.become({ fault: "irregular" });
  await enter(page, "guest");
  await expect(page.getByTestId("resident")).toHaveCount(0);
  await startCheck(page, "bloodPressure");
  await result("bloodPressure");
  await expect(page.getByTestId("doubts")).toBeVisible();
  await picture(page, "visit-irregular");
  await leave(page);
});

test("a pressure of crisis is measured once more after a rest, then leads to a doctor", async () => {
  cuff.become({ values: { result: { systolic: 192, mean: 140, diastolic: 114 } } });
  await enter(page, "guest");
  await wholePressure();
  await expect(page.getByTestId("severity").first()).toHaveAttribute("data-severity", "3");
  await expect(page.getByTestId("result-call")).toBeVisible();
  await picture(page, "visit-crisis");
  cuff.become(calm);
  await leave(page);
});

test("a sugar above what the meter can show goes straight to the emergency page", async () => {
  meter.become({ fault: "hi" });
  await enter(page, "guest");
  await pricked();
  await press(page, "confirm-yes");
  await screen(page, "emergency");
  await expect(page.getByTestId("screen-emergency")).toContainText("33.3");
  await picture(page, "visit-hi");
  meter.become({});
  await press(page, "alarm-mistake");
  await answerOwed(page, page.getByTestId("screen-results"));
  await leave(page);
});

test("paper that has run out is said before anybody waits for it, and the code takes its place", async () => {
  printer.become({ fault: "paperOut" });
  await enter(page, "guest");
  await startCheck(page, "temperature");
  await result("temperature");
  await goOn(page, "result-all", "results");
  await press(page, "finish", "next-yes");
  await screen(page, "take");
  const paper = page.getByTestId("take-paper");
  const fault = page.getByTestId("take-fault");
  await expect(paper.or(fault).first()).toBeVisible();
  if (!(await fault.isVisible())) await paper.click();
  await expect(fault).toBeVisible();
  await picture(page, "visit-paper-out");
  await press(page, "take-code");
  await expect(page.getByTestId("qr")).toBeVisible();
  await picture(page, "visit-code");
  printer.become({});
  await press(page, "take-next", "keep-no", "rate-skip");
  await press(page, "next-person");
});

test("the page is gone while the cuff inflates: the cuff is told to let go", async ({ browser }) => {
  const profile = findProfile("and-tm2655");
  if (profile === undefined) throw new Error("there is no such cuff");
  const stop = Buffer.from(encode(profile, "stop", {})).toString("hex");
  await enter(page, "guest");
  await startCheck(page, "bloodPressure");
  await expect(page.getByTestId("phase")).toHaveAttribute("data-phase", "measuring");
  const before = cuff.heard().length;
  await page.close();
  await expect.poll(() => cuff.heard().slice(before), { timeout: 20_000 }).toContain(stop);
  page = await browser.newPage({ viewport: sizes.portrait });
  page.on("pageerror", ({ message }) => complaints.push(message));
  await expect(async () => {
    await page.goto(station.address);
    await expect(page.getByTestId("screen-welcome")).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
});

test("the power fails in the middle of a visit: with the same card it goes on where it was", async () => {
  await layCard();
  await press(page, "its-me");
  await noSymptoms(page);
  await startCheck(page, "temperature");
  await result("temperature");
  await station.kill();
  station = await startLoneStation(join(data.folder, "station"), devices());
  await page.goto(station.address);
  await layCard();
  await expect(page.getByTestId("screen-is-it-you").locator("header p")).toBeVisible();
  await picture(page, "visit-resumes");
  // The power failed before the boards were asked: an emergency is asked for anew, and then they are.
  await press(page, "its-me");
  await expect(page.getByTestId("resident")).toBeVisible();
  await press(page, "triage-next");
  await answerOwed(page, page.getByTestId("screen-results"));
  await expect(page.getByTestId("result-temperature")).toBeVisible();
  await picture(page, "visit-resumed");
  await leave(page);
});
