import { expect, test, type Page } from "@playwright/test";
import { leave, picture, pictureBoth, press, screen } from "./kiosk.ts";
import { makeDataFolder, startProduct } from "./product.ts";
import { openDesk, openKiosk } from "./round-table.ts";

/** What a resident asks a practice for at the station, by the product's own pages: asked, answered at the desk, told at the station. */

/** Days away from today, as the desk's calendar counts them. */
const daysAway = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function deskBoth(desk: Page, name: string): Promise<void> {
  await picture(desk, `${name}-zh`);
  await desk.getByTestId("language").click();
  await picture(desk, `${name}-en`);
  await desk.getByTestId("language").click();
}

/** The first task whose wish says this, open. */
async function openWish(desk: Page, says: string): Promise<void> {
  const wanted = desk.getByTestId("wish-wanted");
  await expect(async () => {
    // A wish is known at the desk a moment after it was said at the station.
    await desk.getByTestId("tab-resident").click();
    await desk.getByTestId("tab-tasks").click();
    const rows = desk.getByTestId("task-row");
    await expect(rows.first()).toBeVisible({ timeout: 3_000 });
    for (const row of await rows.all()) {
      await row.click();
      const isIt = wanted.filter({ hasText: says });
      if (
        await isIt.waitFor({ timeout: 1_500 }).then(
          () => true,
          () => false,
        )
      )
        return;
    }
    throw new Error(`no wish says ${says}, of ${(await rows.allTextContents()).join(" | ")}`);
  }).toPass({ timeout: 45_000 });
}

test("a day and a package are asked for at the station; the desk agrees to one and not to the other; the station tells both", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  try {
    const kiosk = await openKiosk(browser, product);
    const desk = await openDesk(browser, product, "village");
    kiosk.setDefaultTimeout(15_000);
    desk.setDefaultTimeout(15_000);

    await press(kiosk, "mine", "mine-appointment", "book", "book-meet", "book-station", "book-next", "book-morning");
    await expect(kiosk.getByTestId("book-waits")).toBeVisible();
    await expect(kiosk.getByTestId("book"), "one wish of a kind waits").toHaveCount(0);
    await press(kiosk, "back", "back", "services", "mine-packages", "package-want");
    await expect(kiosk.getByTestId("package-asked")).toBeVisible();

    await openWish(desk, "下一周，上午，在站点");
    const day = daysAway(7);
    await desk.getByTestId("wish-answer").selectOption("agree");
    await desk.getByTestId("wish-day").fill(day);
    await expect(desk.getByTestId("wish-half")).toHaveValue("morning");
    await expect(desk.getByTestId("wish-how")).toHaveValue("station");
    await deskBoth(desk, "wish-agree");
    await desk.getByTestId("wish-send").click();
    await expect(desk.getByTestId("wish-form")).toHaveCount(0);

    await openWish(desk, "服务包");
    await desk.getByTestId("wish-answer").selectOption("decline");
    await desk.getByTestId("wish-detail").fill("请先来卫生院签约。");
    await deskBoth(desk, "wish-decline");
    await desk.getByTestId("wish-send").click();
    await expect(desk.getByTestId("wish-form")).toHaveCount(0);

    await leave(kiosk);
    // At the next visit, before anything else.
    await press(kiosk, "start", "resident-card");
    await expect(kiosk.getByTestId("screen-triage")).toHaveAttribute("data-of", "emergency");
    await press(kiosk, "triage-next");
    const heard = kiosk.getByTestId("news-heard");
    await expect(heard).toBeVisible({ timeout: 30_000 });
    await picture(kiosk, "wish-told-zh");
    for (let told = 0; told < 2; told++) await heard.click();
    await expect(heard).toHaveCount(0);
    const other = kiosk.getByTestId("other-checks");
    await expect(other.or(kiosk.getByTestId("screen-checks"))).toBeVisible();
    if (await other.isVisible()) await other.click();
    await screen(kiosk, "checks");
    await press(kiosk, "mine", "mine-appointment");
    const [, month = "", date = ""] = day.split("-");
    await expect(kiosk.getByTestId("book-answer").first()).toContainText(`${Number(month)}月${Number(date)}日`);
    await expect(kiosk.getByTestId("book")).toBeVisible();
    await pictureBoth(kiosk, "wish-answered");
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await product.stop();
    data.remove();
  }
});
