import { randomUUID } from "node:crypto";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { openLine, until } from "../hub/parties.ts";
import { enter, leave, press, screen, sizes, startCheck, takeResult } from "./kiosk.ts";
import { makeDataFolder, startProduct, type Product } from "./product.ts";
import { beginTalk, signInAtDesk } from "./talk.ts";

/** What is said between doctor and resident beside the talk: a yes that is heard, and a message for the next visit. */

declare global {
  interface Window {
    /** Keys of the sentences that the station said. */
    readonly saidKeys: string[];
  }
}

interface Spoken {
  readonly keys: readonly string[];
}

async function pages(browser: Browser): Promise<{ readonly kiosk: Page; readonly desk: Page }> {
  const permissions = ["camera", "microphone"];
  const kiosk = await (await browser.newContext({ viewport: sizes.portrait, permissions })).newPage();
  const desk = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, permissions })).newPage();
  await kiosk.addInitScript(() => {
    Object.assign(window, { saidKeys: [] });
    document.addEventListener("station-said", (event) =>
      window.saidKeys.push(...(event as CustomEvent<Spoken>).detail.keys),
    );
  });
  return { kiosk, desk };
}

const hears = (kiosk: Page, key: string) =>
  expect.poll(() => kiosk.evaluate(() => window.saidKeys), { message: key }).toContain(key);

/** The product with both pages, until the work is done. */
async function around(browser: Browser, work: (product: Product, kiosk: Page, desk: Page) => Promise<void>) {
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  const { kiosk, desk } = await pages(browser);
  try {
    await work(product, kiosk, desk);
  } finally {
    await kiosk.context().close();
    await desk.context().close();
    await product.stop();
    data.remove();
  }
}

test("a yes that the doctor hears: a warning is spoken and counted, one touch stops it, the next one measures", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  await around(browser, async (product, kiosk, desk) => {
    await beginTalk(kiosk, desk, product);
    await expect(desk.getByTestId("call")).toHaveAttribute("data-state", "active", { timeout: 60_000 });
    // What stands before every first result is asked by touch: a yes that is said begins nothing while it is owed.
    await kiosk.getByTestId("measure-in-call").click();
    await startCheck(kiosk, "glucose");
    await takeResult(kiosk);
    await kiosk.getByTestId("to-consult").click();
    await screen(kiosk, "consult");

    await desk.getByTestId("ask-bloodPressure").click();
    await screen(kiosk, "asked");
    await expect(kiosk.getByTestId("asked-yes")).toBeVisible();
    await desk.keyboard.press("F9");
    const left = kiosk.getByTestId("asked-left");
    await expect(left).toBeVisible();
    await hears(kiosk, "kiosk.asked.said");
    await hears(kiosk, "kiosk.asked.touch");
    const first = await left.textContent();
    await expect.poll(() => left.textContent(), { message: "seconds are counted down" }).not.toBe(first);
    await kiosk.mouse.click(sizes.portrait.width / 2, sizes.portrait.height / 3);
    await screen(kiosk, "consult");
    await expect(desk.getByTestId("ask-state")).toBeVisible();
    await expect(kiosk.getByTestId("screen-measure"), "nothing has begun").toHaveCount(0);

    await desk.getByTestId("ask-bloodPressure").click();
    await expect(kiosk.getByTestId("asked-yes")).toBeVisible();
    await desk.keyboard.press("F9");
    await expect(left).toBeVisible();
    await screen(kiosk, "measure");
    await expect
      .poll(async () => Number(await desk.getByTestId("live-value").textContent()), { timeout: 30_000 })
      .toBeGreaterThan(40);
    await takeResult(kiosk);
    await expect(desk.getByTestId("record")).toContainText("mmHg");
  });
});

test("a message waits for the resident's next visit, is spoken there and heard, and the doctor sees that it was", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  await around(browser, async (product, kiosk, desk) => {
    await kiosk.goto(product.kiosk);
    await enter(kiosk, "resident");
    await signInAtDesk(desk, product);
    await expect(desk.getByTestId("queue-empty")).toBeVisible();
    const cookie = (await desk.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const { origin } = new URL(product.desk);
    const doctor = await openLine(origin, { cookie, origin });
    await kiosk.getByTestId("call-doctor").click();
    const [waiting] = await until(await doctor.client.queue.watch(), (queue) => queue.length > 0);
    if (waiting === undefined) throw new Error("nobody waits");
    await desk.getByTestId("accept").click();
    await expect(desk.getByTestId("call")).toHaveAttribute("data-state", "active", { timeout: 60_000 });
    const record = await until(
      await doctor.client.visit.watch({ call: waiting.call }),
      ({ resident }) => resident !== undefined,
    );
    const resident = record.resident?.id ?? "";
    // A follow-up keeps the resident in the doctor's care beyond the call.
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await doctor.client.followUp.plan({ id: randomUUID(), resident, day, programmes: ["hypertension"] });
    await leave(kiosk);

    // The page knew the resident from the call alone; the list has them by the follow-up now.
    await desk.keyboard.press("Alt+Digit1");
    await desk.keyboard.press("Alt+Digit2");
    await desk.getByTestId("care-row").first().click();
    await desk.getByTestId("resident-tell").press("Enter");
    const pick = desk.getByTestId("tell-pick");
    await expect(pick).toBeFocused();
    await pick.selectOption("loop.say.keepMeasuring");
    await desk.keyboard.press("Enter");
    await expect(desk.getByTestId("tell-sentence").first()).toContainText("Go on measuring at home");
    await desk.keyboard.press("Control+Enter");
    await expect(desk.getByTestId("tell-said")).toBeVisible();
    const left = desk.getByTestId("tell-row").filter({ hasText: "请照常在家量" });
    await expect(left).toHaveAttribute("data-state", "waits");
    const events = desk.locator("[data-testid=event][data-kind=message]");
    await desk.getByTestId("tell-close").press("Enter");
    await expect(events.first()).toContainText("等居民下次来站");

    await kiosk.evaluate(() => void window.saidKeys.splice(0));
    await screen(kiosk, "welcome");
    await press(kiosk, "start", "resident-card");
    await expect(kiosk.getByTestId("screen-triage")).toHaveAttribute("data-of", "emergency");
    await press(kiosk, "triage-next");
    await expect(kiosk.getByTestId("news-heard")).toBeVisible();
    await hears(kiosk, "loop.say.keepMeasuring");
    await press(kiosk, "news-heard");
    await expect(kiosk.getByTestId("news-heard")).toHaveCount(0);

    await expect
      .poll(
        async () =>
          (await doctor.client.resident.records({ resident })).messages.find(({ message: { sentences } }) =>
            sentences.some(({ key }) => key === "loop.say.keepMeasuring"),
          )?.told,
        {
          timeout: 30_000,
        },
      )
      .toBeDefined();
    await desk.keyboard.press("Alt+Digit1");
    await desk.keyboard.press("Alt+Digit2");
    await desk.getByTestId("care-row").first().click();
    await expect(events.first()).toContainText("已告诉居民");
    await desk.getByTestId("resident-tell").press("Enter");
    await expect(left).toHaveAttribute("data-state", "told");
    await expect(left).toContainText("已告诉居民：");
    await doctor.drop();
  });
});
