import { expect, test } from "@playwright/test";
import { openDemo } from "./demo-page.ts";
import { screen, sizes } from "./kiosk.ts";

/** A key that is pressed the moment a screen stands there, before it is painted, is neither lost nor talked over. */

let demo: Awaited<ReturnType<typeof openDemo>>;
test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(async () => {
  await demo.close();
});

for (const [name, next] of [
  ["who", "start"],
  ["no-card", "no-card"],
] as const) {
  test(`"again" as soon as ${name} is there offers its first key`, async ({ browser }) => {
    const page = await browser.newPage({ viewport: sizes.portrait });
    await page.goto(demo.address({}));
    await screen(page, "welcome");
    if (name === "no-card") {
      await page.getByTestId("start").click();
      await screen(page, "who");
    }
    await page.evaluate((awaited) => {
      const watch = new MutationObserver(() => {
        if (document.querySelector(`[data-testid="screen-${awaited}"]`) === null) return;
        watch.disconnect();
        document.dispatchEvent(new KeyboardEvent("keydown", { code: "F10", key: "F10", cancelable: true }));
        document.documentElement.dataset["pressed"] = String(window.said.length);
      });
      watch.observe(document.body, { subtree: true, childList: true });
    }, name);
    await page.getByTestId(next).click();
    await expect(page.locator("html")).toHaveAttribute("data-pressed", /./);
    // Whatever comes after a painting is over.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
    const now = await page.evaluate(() => ({
      said: window.said.length,
      pressed: document.documentElement.dataset["pressed"],
      on: document.activeElement?.classList.contains("press"),
    }));
    expect(now.on, "the focus stays where the key brought it").toBe(true);
    expect(String(now.said), "nothing is said over the key's own words").toBe(now.pressed);
    await page.close();
  });
}

test("what is said to the next person is not cut off by forgetting the one before", async ({ browser }) => {
  const page = await browser.newPage({ viewport: sizes.portrait });
  await page.goto(demo.address({}));
  await screen(page, "welcome");
  await page.getByTestId("start").click();
  await page.getByTestId("no-card").click();
  await page.getByTestId("guest").click();
  await screen(page, "triage");
  await page.evaluate(() => {
    window.said.length = 0;
    window.fake.closeVisit();
  });
  await screen(page, "welcome");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
  expect(await page.evaluate(() => window.said)).toEqual(["reset", "kiosk.welcome.title", "kiosk.welcome.what"]);
  await page.close();
});
