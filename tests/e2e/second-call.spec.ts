import { expect, test } from "@playwright/test";
import { press } from "./kiosk.ts";
import { makeDataFolder, startProduct, type Product } from "./product.ts";
import { allMeet, openDesk, openKiosk, talkOf } from "./round-table.ts";

/** One visit carries any number of calls: each next one is seen and heard as the first was, and what was written goes along. */

let data: ReturnType<typeof makeDataFolder>;
let product: Product;
test.beforeAll(async () => {
  data = makeDataFolder();
  product = await startProduct(data.folder);
});
test.afterAll(async () => {
  await product.stop();
  data.remove();
});

test("after either side has hung up the resident calls again, and the doctor goes on with the visit", async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const kiosk = await openKiosk(browser, product);
  const desk = await openDesk(browser, product, "doctor");
  await talkOf(kiosk, desk);
  await desk.getByTestId("soap-plan").fill("还在写");
  for (const page of [kiosk, desk]) {
    await press(page, "hang-up");
    await press(kiosk, "call-doctor");
    await press(desk, "call-again");
    await allMeet({ kiosk, desk });
    await expect(desk.getByTestId("soap-plan")).toHaveValue("还在写");
    await expect(desk.getByTestId("queue-item"), "a visit is one row, however many calls it had").toHaveCount(1);
  }
  await Promise.all(browser.contexts().map((context) => context.close()));
});
