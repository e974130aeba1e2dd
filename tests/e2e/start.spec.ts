import { expect, test } from "@playwright/test";
import { headsOf, untilShipped } from "./journals.ts";
import { enter, picture, pictureBoth, screen, sizes } from "./kiosk.ts";
import { makeDataFolder, startProduct, type Product } from "./product.ts";

/** What the start command promises: one window, one key, an end without leavings, and the same data the next time. */

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

test("a second window and a wrong token are refused with a sentence", async ({ browser }) => {
  const first = await browser.newPage({ viewport: sizes.landscape });
  await first.goto(product.kiosk);
  await screen(first, "welcome");
  await pictureBoth(first, "line-welcome-landscape");
  const second = await browser.newPage({ viewport: sizes.landscape });
  await second.goto(product.kiosk);
  await expect(second.getByTestId("screen-forbidden")).toBeVisible();
  await picture(second, "line-forbidden");
  await first.close();
  const wrong = await browser.newPage({ viewport: sizes.landscape });
  await wrong.goto(product.kiosk.replace(/#token=.*/, "#token=wrong"));
  await expect(wrong.getByTestId("screen-forbidden")).toBeVisible();
  await wrong.close();
  await second.close();
});

test("Ctrl-C ends every process, the hub holds the station's journal to the last hash, and a second start finds the data", async ({
  browser,
}) => {
  const page = await browser.newPage({ viewport: sizes.landscape });
  await page.goto(product.kiosk);
  await enter(page, "guest");
  await page.close();
  const residents = (await untilShipped(product.kiosk)).residents.map(({ id }) => id);
  expect(residents.length).toBeGreaterThan(0);
  const started = product.processes();
  expect(started.length).toBeGreaterThanOrEqual(6);
  expect(await product.stop()).toBe(0);
  const alive = () =>
    started.filter((pid) => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    });
  await expect.poll(alive, { timeout: 5_000 }).toEqual([]);

  const first = await headsOf(data.folder);

  // The visit left open by the stop is closed by the second start, and shipped.
  product = await startProduct(data.folder);
  const again = await untilShipped(product.kiosk);
  expect(again.residents.map(({ id }) => id)).toEqual(residents);
  expect(await product.stop()).toBe(0);
  const second = await headsOf(data.folder);
  expect(second.owner).toBe(first.owner);
  expect(again.station.id).toBe(first.owner);
  expect(second.station.seq).toBeGreaterThan(first.station.seq);
  expect(second.hashes[first.station.seq - 1], "the journal goes on from where it stood").toBe(first.station.hash);
  expect(second.hub).toEqual(second.station);
  expect(second.visits).toBe(first.visits);
});
