import { expect, test, type Page } from "@playwright/test";
import { picture, pictureBoth, press, screen, sizes, startCheck, takeResult } from "./kiosk.ts";
import { makeDataFolder, startProduct } from "./product.ts";
import { allMeet, openDesk, openKiosk, talkOf } from "./round-table.ts";

/** The resident takes back, in the middle of a call, that the doctor gets results: both are told, and nothing comes any more. */

declare global {
  interface Window {
    /** Sentences the station said aloud, by key. */
    saidAloud: string[];
    /** Something was shown that looks like a reading of the check that is taken below. */
    sawReading: boolean;
  }
}

/** Whether the page ever shows a reading from now on, live or kept, however briefly. */
const watchReadings = (desk: Page) =>
  desk.evaluate(() => {
    window.sawReading = false;
    new MutationObserver(() => {
      if (/mmol\/L|血糖\s*正在/u.test(document.body.innerText)) window.sawReading = true;
      if (document.querySelector("[data-testid=live]") !== null) window.sawReading = true;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

test("what is measured after a consent was taken back stays at the station; the talk goes on, and both are told", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  const [kiosk, desk] = await Promise.all([openKiosk(browser, product), openDesk(browser, product, "doctor")]);
  await kiosk.evaluate(() => {
    window.saidAloud = [];
    document.addEventListener("station-said", (event) => {
      window.saidAloud.push(...(event as CustomEvent<{ readonly keys: readonly string[] }>).detail.keys);
    });
  });
  await talkOf(kiosk, desk);
  await expect(desk.getByTestId("ask-still")).toBeVisible();
  await watchReadings(desk);

  await press(kiosk, "measure-in-call", "mine", "mine-consents", "consent-send-turn");
  await expect(kiosk.getByTestId("consents-what")).toContainText("不再送给医生");
  await expect.poll(() => kiosk.evaluate(() => window.saidAloud)).toContain("kiosk.call.notSent");
  await expect(desk.getByTestId("not-sent")).toBeVisible();
  await expect(desk.getByTestId("ask-still")).toHaveCount(0);
  await pictureBoth(kiosk, "withdrawn-consents");
  await picture(desk, "withdrawn-desk-zh");
  await desk.getByTestId("language").click();
  await expect(desk.getByTestId("not-sent")).toContainText("no longer agrees");
  await picture(desk, "withdrawn-desk-en");
  await desk.getByTestId("language").click();

  await press(kiosk, "back", "back");
  await startCheck(kiosk, "glucose");
  await takeResult(kiosk);
  await press(kiosk, "to-consult");
  await screen(kiosk, "consult");
  await expect(kiosk.getByTestId("not-sent")).toContainText("医生还能看到您");
  await pictureBoth(kiosk, "withdrawn-talking-portrait");
  await kiosk.setViewportSize(sizes.landscape);
  await pictureBoth(kiosk, "withdrawn-talking-landscape");
  await kiosk.setViewportSize(sizes.portrait);
  await allMeet({ kiosk, desk });
  expect(await desk.evaluate(() => window.sawReading), "a reading was shown").toBe(false);

  // Given again, the same way shows it: it was the consent that held it back, and nothing else.
  await press(kiosk, "measure-in-call", "mine", "mine-consents", "consent-send-turn");
  await expect(desk.getByTestId("record")).toContainText("mmol/L");
  await expect(desk.getByTestId("not-sent")).toHaveCount(0);
  await expect(desk.getByTestId("ask-still")).toBeVisible();

  // Taken back and hung up: the next call is refused in words, and the same screen gives it again.
  await press(kiosk, "consent-send-turn");
  await expect(desk.getByTestId("not-sent")).toBeVisible();
  await press(kiosk, "back", "back", "to-consult", "hang-up", "call-doctor");
  await screen(kiosk, "may-doctor");
  await expect(kiosk.getByTestId("may-why")).toContainText("同意以后才能叫医生");
  await pictureBoth(kiosk, "withdrawn-refused-portrait");
  await kiosk.setViewportSize(sizes.landscape);
  await pictureBoth(kiosk, "withdrawn-refused-landscape");
  await kiosk.setViewportSize(sizes.portrait);
  await press(kiosk, "may");
  await screen(kiosk, "consult");
  await expect(kiosk.getByTestId("call-state")).toHaveAttribute("data-state", "waiting");
  await expect(desk.getByTestId("call-again")).toBeVisible();

  await Promise.all(browser.contexts().map((context) => context.close()));
  await product.stop();
  data.remove();
});
