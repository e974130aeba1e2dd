import { expect, test, type WebSocketRoute } from "@playwright/test";
import { enter, picture, screen, sizes } from "./kiosk.ts";
import { makeDataFolder, startProduct, type Product } from "./product.ts";

/** The page's own door to the station in a real browser: a cut line, and coming back by itself. */

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

test("a cut line is shown, and the page comes back by itself with everything it listens to", async ({ browser }) => {
  const page = await browser.newPage({ viewport: sizes.landscape });
  const lines: WebSocketRoute[] = [];
  let refused = false;
  await page.routeWebSocket(/\/wire$/, (line) => {
    if (refused) {
      void line.close();
      return;
    }
    lines.push(line, line.connectToServer());
  });
  await page.goto(product.kiosk);
  await enter(page, "resident");
  // The station has opened the visit: a cut before that would rightly lead back to the start.
  await expect(page.getByTestId("resident")).toBeVisible();

  refused = true;
  for (const side of lines) await side.close();
  await screen(page, "gone");
  await picture(page, "door-gone");

  refused = false;

  // Nothing was lost: the visit is still there, and the station's view is heard again.
  await screen(page, "checks");
  await expect(page.getByTestId("check-bloodPressure")).toBeEnabled();
  await page.getByTestId("check-bloodPressure").click();
  await screen(page, "prepare");
  expect(lines.length).toBeGreaterThanOrEqual(4);
  await page.close();
});
