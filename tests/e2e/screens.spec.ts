import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import type { Language } from "../../core/i18n/message.ts";
import { arrivalWalks, enterGuest } from "./arrival-walks.ts";
import { consultWalks } from "./consult-walks.ts";
import { openDemo } from "./demo-page.ts";
import { outOfReach, wrongOnGlass } from "./glass.ts";
import { picture, screen, sizes } from "./kiosk.ts";
import { identityWalks } from "./identity-walks.ts";
import { measureWalks } from "./measure-walks.ts";
import { ownWalks } from "./own-walks.ts";
import { enterPlace, technicianWalks, type Walk } from "./technician-walks.ts";
import { visitWalks } from "./visit-walks.ts";

/** Every screen of the kiosk, over invented numbers: it fits, can be hit, read and heard, in both languages. */

let demo: Awaited<ReturnType<typeof openDemo>>;
test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(async () => {
  await demo.close();
});

const languages = [
  ["zh-CN", "zh"],
  ["en", "en"],
] as const satisfies readonly (readonly [Language, string])[];

/** Structure and colors do not depend on the language: each orientation is held against axe in one of them. */
const heldIn = { portrait: "zh-CN", landscape: "en" } as const satisfies Record<keyof typeof sizes, Language>;

/** By script, for a touch would wake an idle page; but nothing may lie over the key, except in the technician's place. */
async function speak(page: Page, language: Language): Promise<void> {
  const key = page.getByTestId(`language-${language}`);
  const touched = await key.evaluate((button: HTMLElement) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    button.click();
    return button.contains(there) || document.querySelector(".tech") !== null;
  });
  expect.soft(touched, `the key of ${language} can be touched`).toBe(true);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

/** What axe finds; a resident's screen, unlike the technician's place, is read at 7:1. */
async function barriers(page: Page): Promise<readonly string[]> {
  const enhanced = (await page.locator(".kiosk").count()) > 0;
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await axe.options({ rules: { "color-contrast-enhanced": { enabled: enhanced } } }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Text at twice its size: by the page's own key, or by the browser's setting where there is no such key or `byKey` is off. */
async function doubled(page: Page, byKey: boolean, look: () => Promise<void>): Promise<void> {
  const key = page.getByTestId("text-size");
  const touch = () => key.evaluate((button: HTMLElement) => button.click());
  const own = byKey && (await key.isVisible());
  const browser = own ? undefined : await page.context().newCDPSession(page);
  const rem = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const resident = (await page.locator(".kiosk").count()) > 0;
  const large = page.locator(".kiosk[data-large]");
  if (own) await touch();
  if (own) await touch();
  await browser?.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  await expect.poll(rem).toBe(32);
  if (resident) await expect(large).toHaveCount(1);
  await look();
  if (own) await touch();
  await browser?.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
  await expect.poll(rem).toBe(16);
  await expect(large).toHaveCount(0);
  await browser?.detach();
}

/** Everything in the lower half, where the screen has keys and is not there already. */
async function lowered(page: Page, look: () => Promise<void>): Promise<void> {
  const key = page.getByTestId("lower");
  if (!(await key.isVisible()) || (await key.getAttribute("aria-pressed")) === "true") return;
  const touch = () => key.evaluate((button: HTMLElement) => button.click());
  await touch();
  await expect(key).toHaveAttribute("aria-pressed", "true");
  await look();
  await touch();
}

/** Whatever comes late is there: fonts, pictures, the first image of a call. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(Array.from(document.images, (image) => image.decode().catch(() => undefined)));
  });
  await page.waitForFunction(() =>
    Array.from(document.querySelectorAll("video")).every(({ videoWidth }) => videoWidth > 0),
  );
}

function walkOn(page: Page, orientation: keyof typeof sizes): Walk {
  const see = (id: string) => expect(page.getByTestId(id).first()).toBeVisible();
  return {
    page,
    see,
    async open(options = {}) {
      await page.goto(demo.address(options));
      await screen(page, "welcome");
    },
    async press(...ids) {
      for (const id of ids) await page.getByTestId(id).first().click();
    },
    async look(name) {
      for (const [language, short] of languages) {
        await speak(page, language);
        await settled(page);
        const tag = `kiosk-${name}-${orientation}-${short}`;
        await picture(page, tag);
        expect.soft(await wrongOnGlass(page, language), tag).toEqual([]);
        if (language === heldIn[orientation]) {
          expect.soft(await barriers(page), tag).toEqual([]);
        }
        if (!(await page.getByTestId("screen-forbidden").isVisible()))
          await expect.soft(page.getByTestId("simulated"), tag).toBeVisible();
      }
      await doubled(page, orientation === "portrait", async () => {
        for (const [language, short] of languages) {
          await speak(page, language);
          const tag = `kiosk-${name}-${orientation}-${short}-200`;
          await picture(page, tag);
          expect.soft(await wrongOnGlass(page, language, 2), tag).toEqual([]);
          if (orientation === "portrait" && language === heldIn[orientation])
            expect.soft(await barriers(page), tag).toEqual([]);
        }
      });
      await lowered(page, async () => {
        for (const [language, short] of languages) {
          await speak(page, language);
          const tag = `kiosk-${name}-${orientation}-${short}-lower`;
          if (process.env.LOOK_LOWER !== undefined) await picture(page, tag);
          expect.soft([...(await outOfReach(page)), ...(await wrongOnGlass(page, language))], tag).toEqual([]);
        }
      });
      await speak(page, "zh-CN");
    },
  };
}

const allWalks = {
  ...arrivalWalks,
  ...identityWalks,
  ...visitWalks,
  ...ownWalks,
  ...measureWalks,
  ...consultWalks,
  ...technicianWalks,
};

for (const orientation of ["portrait", "landscape"] as const) {
  test.describe(orientation, () => {
    let context: BrowserContext;
    let page: Page;
    test.beforeAll(async ({ browser }) => {
      context = await browser.newContext({ viewport: sizes[orientation], reducedMotion: "reduce" });
      page = await context.newPage();
    });
    test.afterAll(async () => {
      await context.close();
    });
    for (const [name, walk] of Object.entries(allWalks)) {
      test(name, async () => {
        const broken: string[] = [];
        const hear = (error: Error) => broken.push(error.message);
        page.on("pageerror", hear);
        await walk(walkOn(page, orientation));
        page.off("pageerror", hear);
        expect(broken).toEqual([]);
      });
    }
    test("a technician who has gone is asked for, and signed out", async () => {
      const idle = await context.newPage();
      await idle.clock.install();
      const walk = walkOn(idle, orientation);
      await walk.open();
      await enterPlace(walk);
      await idle.clock.runFor(241_000);
      await walk.see("tech-idle");
      await walk.look("tech-idle");
      await idle.clock.runFor(31_000);
      await walk.see("screen-welcome");
      await idle.close();
    });
    test("a resident who has gone is asked for, and the page is cleared", async () => {
      const idle = await context.newPage();
      const walk = walkOn(idle, orientation);
      await walk.open();
      await enterGuest(walk);
      // The host counts, and says so.
      await idle.evaluate(() => {
        const endsAt = new Date(Date.now() + 20_000).toISOString();
        window.fake.changeVisit({ idle: { endsAt } });
      });
      await walk.see("over-idle");
      await walk.look("idle");
      await idle.evaluate(() => window.fake.closeVisit());
      await walk.see("screen-welcome");
      await idle.close();
    });
  });
}
