import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Check } from "../../core/contract/views.ts";

/** What a resident does at the kiosk, by what the screen says, waiting for facts only. */

export const sizes = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
} as const;

const pictures = resolve(import.meta.dirname, "../../screenshots");

/** A picture of the page as it is, in both languages where the page can be switched; kept out of the repository. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: resolve(pictures, `${name}.png`), animations: "disabled" });
}

/** The kiosk's screen in both languages; the language is put back to Chinese. */
export async function pictureBoth(page: Page, name: string): Promise<void> {
  await picture(page, `${name}-zh`);
  await page.getByTestId("language-en").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await picture(page, `${name}-en`);
  await page.getByTestId("language-zh-CN").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
}

export async function screen(page: Page, name: string): Promise<void> {
  await expect(page.getByTestId(`screen-${name}`)).toBeVisible({ timeout: 60_000 });
}

/** From the welcome screen to the choice of checks, as the first demo resident or as a guest. */
export async function enter(page: Page, who: "resident" | "guest"): Promise<void> {
  await screen(page, "welcome");
  await page.getByTestId("start").click();
  await screen(page, "who");
  await (who === "guest" ? page.getByTestId("guest") : page.getByTestId("resident-card").first()).click();
  await screen(page, "checks");
}

/** From the choice of checks through the preparation to a running measurement. */
export async function startCheck(page: Page, check: Check): Promise<void> {
  await page.getByTestId(`check-${check}`).click();
  await screen(page, "prepare");
  if (check !== "bloodPressure") await page.getByTestId("meal-fasting").click();
  const start = page.getByTestId("measure-start");
  const further = page.getByTestId("prepare-next");
  for (;;) {
    await expect(start.or(further)).toBeVisible();
    if (await start.isVisible()) break;
    await further.click();
  }
  await start.click();
}

/** Confirms the numbers if the device needs it, and waits for the result. */
export async function takeResult(page: Page): Promise<void> {
  const yes = page.getByTestId("confirm-yes");
  const result = page.getByTestId("screen-result");
  await expect(yes.or(result)).toBeVisible({ timeout: 90_000 });
  if (await yes.isVisible()) await yes.click();
  await expect(result).toBeVisible({ timeout: 30_000 });
}

/** The next pressure of the protocol, once its rest is over. */
export async function nextReading(page: Page): Promise<void> {
  const again = page.getByTestId("next-reading");
  await expect(again).toBeEnabled({ timeout: 90_000 });
  await again.click();
  const start = page.getByTestId("measure-start");
  const further = page.getByTestId("prepare-next");
  const measuring = page.getByTestId("screen-measure");
  for (;;) {
    await expect(start.or(further).or(measuring)).toBeVisible();
    if (await measuring.isVisible()) return;
    if (await start.isVisible()) await start.click();
    else await further.click();
  }
}
