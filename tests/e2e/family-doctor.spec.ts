import { expect, test, type Page } from "@playwright/test";
import { picture, pictureBoth, press } from "./kiosk.ts";
import { makeDataFolder, startProduct } from "./product.ts";
import { openDesk, openKiosk } from "./round-table.ts";
import { freshCode } from "./second-factor.ts";
import { signingPin } from "./write-opinion.ts";

/** A contract with a family doctor, by the product's own pages: chosen by the resident, answered by the doctor, ended by the resident. */

const chosen = "演示医生甲";

async function deskBoth(desk: Page, name: string): Promise<void> {
  await picture(desk, `${name}-zh`);
  await desk.getByTestId("language").click();
  await picture(desk, `${name}-en`);
  await desk.getByTestId("language").click();
}

/** The page of one's own doctor, opened anew until it shows this. */
async function ownDoctor(kiosk: Page, shows: string): Promise<void> {
  await expect(async () => {
    if (await kiosk.getByTestId("screen-mine").isVisible()) await press(kiosk, "back");
    if (!(await kiosk.getByTestId("mine-doctor").isVisible())) await press(kiosk, "mine");
    await press(kiosk, "mine-doctor");
    await expect(kiosk.getByTestId(shows)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}

test("chosen at the kiosk, accepted at the desk, shown at the kiosk, ended by the resident", async ({ browser }) => {
  test.setTimeout(120_000);
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  try {
    const kiosk = await openKiosk(browser, product);
    const desk = await openDesk(browser, product, "doctor");

    kiosk.setDefaultTimeout(15_000);
    desk.setDefaultTimeout(15_000);

    await ownDoctor(kiosk, "doctor-none");
    await pictureBoth(kiosk, "family-doctor-none");
    await press(kiosk, "doctor-choose");
    const name = kiosk.getByTestId("doctor-name");
    await expect(name).toBeVisible();
    for (let seen = 0; (await name.textContent()) !== chosen && seen < 8; seen++) {
      const before = (await name.textContent()) ?? "";
      await press(kiosk, "doctor-more");
      await expect(name).not.toHaveText(before);
    }
    await expect(name).toHaveText(chosen);
    await pictureBoth(kiosk, "family-doctor-one");
    await press(kiosk, "doctor-this");
    await expect(kiosk.getByTestId("doctor-fee")).not.toBeEmpty();
    await pictureBoth(kiosk, "family-doctor-package");
    await press(kiosk, "doctor-package-this");
    await expect(kiosk.getByTestId("kiosk.contract.phone")).toContainText("0500-1000002");
    await pictureBoth(kiosk, "family-doctor-whom");
    await press(kiosk, "doctor-next");
    await expect(kiosk.getByTestId("doctor-terms").locator("li")).toHaveCount(5);
    await pictureBoth(kiosk, "family-doctor-terms");
    await press(kiosk, "doctor-sign");
    await expect(kiosk.getByTestId("doctor-asked")).toBeVisible();
    await expect(name).toHaveText(chosen);
    await pictureBoth(kiosk, "family-doctor-asked");

    await desk.getByTestId("tab-tasks").click();
    await desk.getByTestId("task-row").first().click();
    await expect(desk.getByTestId("contract-act")).toBeVisible();
    await deskBoth(desk, "family-doctor-desk");
    await expect(desk.getByTestId("contract-check")).toHaveAttribute("data-same", "true");
    await desk.getByTestId("contract-send").click();
    await desk.getByTestId("sign-pin").fill(signingPin);
    await desk.getByTestId("sign-code").fill(freshCode(data.folder));
    await desk.getByTestId("sign-open").click();
    await expect(desk.getByTestId("contract-form")).toHaveCount(0);
    await expect(desk.getByTestId("task-row")).toHaveCount(0);

    await ownDoctor(kiosk, "doctor-has");
    await expect(name).toHaveText(chosen);
    await pictureBoth(kiosk, "family-doctor-has");
    await desk.getByTestId("tab-resident").click();
    await expect(desk.getByTestId("care-row").first()).toContainText("签约");
    await picture(desk, "family-doctor-residents-zh");
    await desk.getByTestId("care-row").first().click();
    await desk.getByTestId("resident-contract").click();
    await expect(desk.getByTestId("contract-signature")).toContainText(chosen);
    await desk.getByTestId("agreement-close").click();

    await press(kiosk, "doctor-change");
    await pictureBoth(kiosk, "family-doctor-leave");
    await press(kiosk, "doctor-end");
    await expect(kiosk.getByTestId("doctor-none")).toBeVisible();
    await expect(async () => {
      await desk.getByTestId("tab-tasks").click();
      await desk.getByTestId("tab-resident").click();
      await expect(desk.getByTestId("care-row")).toHaveCount(0, { timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await product.stop();
    data.remove();
  }
});
