import { join } from "node:path";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { sizes } from "./kiosk.ts";
import { makeDataFolder, startProduct, top, type Product } from "./product.ts";
import { allMeet, follows, liveTracks, newPage, openDesk, openKiosk, talkOf } from "./round-table.ts";

/** Relatives and those who learn, by the product's own pages: asked about at the kiosk, in by a yes, out by one touch. */

declare global {
  interface Window {
    /** Sentences the station said aloud, by key. */
    saidAloud: string[];
  }
}

const hears = (kiosk: Page, key: string) =>
  expect.poll(() => kiosk.evaluate(() => window.saidAloud), { message: `${key} is said` }).toContain(key);

test.use({ actionTimeout: 15_000 });

const shots = join(top, "screenshots");
const phone = { width: 412, height: 892 };

async function shootDesk(page: Page, name: string): Promise<void> {
  for (const language of ["zh", "en"]) {
    await page.screenshot({ path: join(shots, `${name}-${language}.png`) });
    await page.getByTestId("language").click();
  }
}

async function shootKiosk(kiosk: Page, name: string): Promise<void> {
  for (const [form, size] of Object.entries({ portrait: sizes.portrait, landscape: { width: 1920, height: 1080 } })) {
    await kiosk.setViewportSize(size);
    await kiosk.screenshot({ path: join(shots, `kiosk-${name}-${form}.png`) });
  }
  await kiosk.setViewportSize(sizes.portrait);
}

async function around(
  browser: Browser,
  work: (product: Product, kiosk: Page, doctor: Page) => Promise<void>,
): Promise<void> {
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  try {
    const [kiosk, doctor] = await Promise.all([openKiosk(browser, product), openDesk(browser, product, "doctor")]);
    await kiosk.evaluate(() => {
      window.saidAloud = [];
      document.addEventListener("station-said", (event) => {
        window.saidAloud.push(...(event as CustomEvent<{ readonly keys: readonly string[] }>).detail.keys);
      });
    });
    await talkOf(kiosk, doctor);
    await work(product, kiosk, doctor);
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await product.stop();
    data.remove();
  }
}

test("a relative is asked about at the kiosk, comes in by a code that was read out, and goes by one touch", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  await around(browser, async (product, kiosk, doctor) => {
    await doctor.getByTestId("invite").click();
    await doctor.getByTestId("guest-kind-family").click();
    await doctor.screenshot({ path: join(shots, "desk-invite-family-zh.png") });
    await doctor.getByTestId("ask-family").click();
    await expect(doctor.getByTestId("guest")).toHaveAttribute("data-state", "asked");

    // No: nobody comes, and the doctor is told.
    await expect(kiosk.getByTestId("over-guest")).toBeVisible();
    await hears(kiosk, "kiosk.guest.family");
    await shootKiosk(kiosk, "guest-family");
    await kiosk.getByTestId("guest-no").click();
    await expect(doctor.getByTestId("guest")).toHaveAttribute("data-state", "refused");
    await expect(doctor.getByTestId("guest-code")).toHaveCount(0);
    await doctor.getByTestId("guest-drop").click();
    await expect(doctor.getByTestId("guests")).toHaveCount(0);

    // Yes, by the keys alone.
    await doctor.getByTestId("invite").click();
    await doctor.getByTestId("guest-kind-family").click();
    await doctor.getByTestId("ask-family").click();
    await expect(kiosk.getByTestId("over-guest")).toBeVisible();
    await kiosk.getByTestId("guest-yes").focus();
    await kiosk.keyboard.press("Enter");
    const shown = doctor.getByTestId("guest-code");
    await expect(shown).toHaveText(/^\d{5} \d{5}$/);
    await shootDesk(doctor, "desk-guest-code");

    const family = await newPage(browser, phone);
    await family.goto(new URL("/family/", product.desk).href);
    await family.getByTestId("family-code").fill("12345 67890");
    await family.getByTestId("family-enter").click();
    await expect(family.getByTestId("family-fault")).toBeVisible();
    await shootDesk(family, "family-code");
    await family.getByTestId("family-code").fill((await shown.textContent()) ?? "");
    await family.getByTestId("family-enter").click();
    await expect(kiosk.getByTestId("came-in")).toContainText("家人");
    await hears(kiosk, "kiosk.came.in.family");
    await allMeet({ kiosk, doctor, family });
    await expect(doctor.getByTestId("guests")).toHaveCount(0);
    await shootDesk(family, "family-talk");
    await shootKiosk(kiosk, "guest-family-here");

    // The page that was loaded again goes on in the call.
    await family.reload();
    await allMeet({ kiosk, doctor, family });

    await kiosk.getByTestId("send-away-family").click();
    await expect(family.getByTestId("family-over")).toBeVisible();
    await expect.poll(() => liveTracks(family), { message: "tracks of the relative" }).toBe(0);
    await expect(kiosk.getByTestId("came-in")).toHaveAttribute("data-what", "gone");
    await hears(kiosk, "kiosk.went.family");
    await allMeet({ kiosk, doctor });
  });
});

test("who learns sees an age by ten years and no name, sends nothing, and goes by one touch", async ({ browser }) => {
  test.setTimeout(120_000);
  await around(browser, async (product, kiosk, doctor) => {
    const observer = await openDesk(browser, product, "doctor2");
    await doctor.getByTestId("invite").click();
    await doctor.getByTestId("guest-kind-teach").click();
    const dialog = doctor.getByTestId("invite-dialog");
    await expect(dialog.locator(".colleague-org").first()).toBeVisible();
    await doctor.screenshot({ path: join(shots, "desk-invite-observer-zh.png") });
    await dialog.getByTestId("colleague").filter({ hasText: "演示医生乙" }).getByRole("button").click();
    await expect(kiosk.getByTestId("guest-name")).toContainText("演示医生乙");
    await shootKiosk(kiosk, "guest-observer");
    await expect(observer.getByTestId("invitation-accept")).toHaveCount(0);
    await kiosk.getByTestId("guest-yes").click();
    await observer.getByTestId("invitation-accept").click();
    await expect(kiosk.getByTestId("came-in")).toContainText("旁听");
    await allMeet({ kiosk, doctor });
    await follows("observer", observer, 2);
    await expect(observer.getByTestId("people")).toContainText(/\d0-\d9|90\+/u);
    const page = await observer.evaluate(() => document.body.innerText);
    for (const secret of [/样本/u, /演示站/u]) expect(page.match(secret)?.[0], String(secret)).toBeUndefined();
    expect(await liveTracks(observer)).toBe(0);
    await shootDesk(observer, "desk-observing");

    await kiosk.getByTestId("send-away-teach").click();
    await expect(observer.getByTestId("room-seat")).toHaveCount(0);
    await allMeet({ kiosk, doctor });
  });
});
