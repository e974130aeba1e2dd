import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import type { Language } from "../../core/i18n/message.ts";
import { arrivalWalks, enterGuest } from "./arrival-walks.ts";
import { consultWalks } from "./consult-walks.ts";
import { openDemo } from "./demo-page.ts";
import { wrongOnGlass } from "./glass.ts";
import { picture, screen, sizes } from "./kiosk.ts";
import { measureWalks } from "./measure-walks.ts";
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

/** By script, which reaches under a sheet, and is no touch that would wake an idle page. */
async function speak(page: Page, language: Language): Promise<void> {
  await page.getByTestId(`language-${language}`).evaluate((button: HTMLElement) => button.click());
  await expect(page.locator("html")).toHaveAttribute("lang", language);
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
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
          const barriers = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
          expect.soft(barriers, tag).toEqual([]);
        }
        if (!(await page.getByTestId("screen-forbidden").isVisible()))
          await expect.soft(page.getByTestId("simulated"), tag).toBeVisible();
      }
      await speak(page, "zh-CN");
    },
  };
}

const allWalks = { ...arrivalWalks, ...visitWalks, ...measureWalks, ...consultWalks, ...technicianWalks };

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
