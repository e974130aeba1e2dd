import { resolve } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { enter, leave, pictureBoth, press, screen, sizes } from "./kiosk.ts";
import { makeDataFolder, startProduct, type Product } from "./product.ts";

/**
 * The technician's day on the real product: a device is added without code, a control fails and locks its device, a
 * resident is told, a control passes and the device is back. The simulated meter gives the number; the vial's range is
 * what makes it pass or fail.
 */

const meter = "sinocare-sn";
const profile = resolve(import.meta.dirname, "../drivers/profiles-as-json/toledo-continuous.json");

let data: ReturnType<typeof makeDataFolder>;
let product: Product;
test.beforeAll(async () => {
  test.setTimeout(400_000);
  data = makeDataFolder();
  product = await startProduct(data.folder, ["raycome-rbp-9000c", meter]);
});
test.afterAll(async () => {
  await product.stop();
  data.remove();
});

const see = (page: Page, id: string, timeout = 30_000) => expect(page.getByTestId(id).first()).toBeVisible({ timeout });

/** From the welcome screen into the place: two seconds on the name, a name, the PIN that a simulated station shows. */
async function signIn(page: Page): Promise<void> {
  await screen(page, "welcome");
  const corner = await page.getByTestId("quiet-corner").boundingBox();
  if (corner === null) throw new Error("the station's name is not on the screen");
  await page.mouse.move(corner.x + 40, corner.y + 40);
  await page.mouse.down();
  await see(page, "tech-sign-in");
  await page.mouse.up();
  await page.getByTestId("staff-card").filter({ hasText: "技术员" }).last().click();
  const pin = /\d{6,12}/.exec((await page.getByTestId("specimen-pin").textContent()) ?? "")?.[0] ?? "";
  await page.keyboard.type(pin);
  await page.keyboard.press("Enter");
  await see(page, "tech-today");
}

const card = (page: Page) => page.locator(`[data-testid="quality-card"][data-device*="${meter}"]`);

async function openQuality(page: Page): Promise<void> {
  await press(page, "tab-quality");
  await expect(card(page)).toBeVisible();
}

/** Registers a vial whose range is what it is, and runs its control on the meter. Answers the verdict. */
async function runControl(page: Page, lot: string, low: string, high: string): Promise<string | null> {
  await openQuality(page);
  await card(page).getByTestId("lots-open").click();
  await press(page, "lot-kind-control");
  for (const [field, value] of [
    ["lot-number", lot],
    ["lot-expiry", "2099-12-31"],
    ["lot-low", low],
    ["lot-high", high],
  ] as const)
    await page.getByTestId(field).fill(value);
  await press(page, "lot-open");
  await expect(page.getByTestId("lot").filter({ hasText: lot })).toBeVisible();
  await openQuality(page);
  await card(page).getByTestId("run-glucose-L1").click();
  await expect(page.getByTestId("tech-control")).toContainText(lot);
  await press(page, "control-start");
  const verdict = page.getByTestId("control-verdict");
  await expect(verdict).toBeVisible({ timeout: 90_000 });
  return verdict.getAttribute("data-verdict");
}

test("a profile is added, a control locks a device, a resident is told, a second control brings it back", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({ viewport: sizes.portrait });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(product.kiosk);
  await signIn(page);
  await pictureBoth(page, "technician-today");

  await press(page, "tab-devices", "profiles");
  await page.getByTestId("profile-file").setInputFiles({
    name: "not-a-profile.json",
    mimeType: "application/json",
    buffer: Buffer.from('{\n  "id": 7\n}'),
  });
  await expect(page.getByTestId("profile-refused").first()).toContainText("not-a-profile.json");
  await page.getByTestId("profile-file").setInputFiles(profile);
  await expect(page.getByTestId("profile-kept")).toContainText("toledo-continuous");
  await expect(page.getByTestId("added-profile").filter({ hasText: "toledo-continuous" })).toBeVisible();
  await pictureBoth(page, "technician-profile");

  expect(await runControl(page, "HIGH-1", "30", "33")).toBe("failed");
  await pictureBoth(page, "technician-control-failed");
  await openQuality(page);
  await expect(card(page).getByTestId("gate-blocked")).toBeVisible();
  await pictureBoth(page, "technician-locked");

  await press(page, "tech-leave");
  await screen(page, "welcome");
  await enter(page, "guest");
  const glucose = page.getByTestId("check-glucose");
  await expect(glucose.getByTestId("locked")).toContainText("设备正在检查");
  await pictureBoth(page, "technician-resident-told");
  await leave(page);

  await signIn(page);
  expect(await runControl(page, "RIGHT-1", "1", "30")).toBe("passed");
  await openQuality(page);
  await expect(card(page).getByTestId("gate-ready")).toBeVisible();
  await pictureBoth(page, "technician-back");
  await press(page, "tech-leave");
  await screen(page, "welcome");
  expect(complaints).toEqual([]);
  await context.close();
});

test("a technician changes a hospital by keyboard, a villager sees the new way there", async ({ browser }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ viewport: sizes.portrait });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const way = "村口坐9路车，坐两站，卫生院对面下";
  await page.goto(product.kiosk);
  await signIn(page);
  await press(page, "tab-devices", "offers");
  const township = page.getByTestId("hospital-township");
  await expect(township).toContainText("村口坐3路车");
  await township.getByTestId("offer-change").focus();
  await page.keyboard.press("Enter");
  const field = page.getByTestId("offer-way.zh");
  await field.focus();
  // What is refused is told at its field; the hospital stays as it was.
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.getByTestId("offer-save").focus();
  await page.keyboard.press("Enter");
  await see(page, "offer-refused");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await pictureBoth(page, "technician-hospital-refused");
  await field.focus();
  await page.keyboard.type(way);
  await page.getByTestId("offer-save").focus();
  await page.keyboard.press("Enter");
  await expect(township).toContainText(way);
  await pictureBoth(page, "technician-hospital-kept");
  await press(page, "tab-today", "log-open");
  await expect(page.getByTestId("log-line").filter({ hasText: "示例镇卫生院" })).toBeVisible();

  await press(page, "tech-leave");
  await screen(page, "welcome");
  await enter(page, "guest");
  await press(page, "services", "mine-hospital");
  await expect(page.getByTestId("screen-mine")).toContainText(way);
  await pictureBoth(page, "technician-hospital-seen");
  await leave(page);
  expect(complaints).toEqual([]);
  await context.close();
});
