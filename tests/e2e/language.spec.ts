import { expect, test, type Page } from "@playwright/test";
import { openDemo } from "./demo-page.ts";
import { screen, sizes } from "./kiosk.ts";

/** The language can be switched at any moment: by touch and by two keys, also while a question lies over the screen. */

let demo: Awaited<ReturnType<typeof openDemo>>;
test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(async () => {
  await demo.close();
});

const lastSaid = (page: Page) => page.evaluate(() => window.said.at(-1));
const language = (page: Page) => page.locator("html");

for (const lower of [false, true])
  test(`a question is put again in the language that is chosen over it${lower ? ", in the lower half" : ""}`, async ({
    browser,
  }) => {
    const page = await browser.newPage({ viewport: sizes.portrait });
    await page.goto(demo.address({}));
    await screen(page, "welcome");
    if (lower) await page.getByTestId("lower").click();
    await page.getByTestId("help").click();
    await expect(page.getByTestId("over-help")).toBeVisible();
    const asked = await lastSaid(page);

    await page.getByTestId("language-en").click();
    await expect(language(page)).toHaveAttribute("lang", "en");
    await expect(page.getByTestId("over-help")).toBeVisible();
    await expect.poll(() => lastSaid(page)).toEqual(asked);

    // By "again", until the other language is offered; then "yes".
    const offered = page.getByTestId("language-zh-CN");
    for (let again = 0; again < 8; again++) {
      if (await offered.evaluate((key) => key === document.activeElement)) break;
      await page.keyboard.press("F10");
    }
    await expect(offered).toBeFocused();
    await page.keyboard.press("F9");
    await expect(language(page)).toHaveAttribute("lang", "zh-CN");
    await expect(page.getByTestId("over-help")).toBeVisible();
    await page.close();
  });
