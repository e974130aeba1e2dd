import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { press, sizes } from "./kiosk.ts";
import { makeDataFolder, startProduct, top, type Product } from "./product.ts";
import { allMeet, openDesk, openKiosk, talkOf } from "./round-table.ts";

/** A doctor who hung up asks to speak again; the resident says not now, then yes, and both hear each other again. */

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

const shots = join(top, "screenshots");

test("the doctor rings back: not now is said at the desk, and a yes brings both together again", async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const kiosk = await openKiosk(browser, product);
  const desk = await openDesk(browser, product, "doctor");
  const other = await openDesk(browser, product, "doctor2");
  await talkOf(kiosk, desk);
  await desk.getByTestId("soap-plan").fill("还在写");
  await press(desk, "hang-up");
  await expect(kiosk.getByTestId("call-doctor")).toBeVisible();

  await press(desk, "ring-back");
  await expect(desk.getByTestId("call-state")).toContainText("正在问居民");
  await expect(kiosk.getByTestId("over-ringBack")).toBeVisible();
  await expect(kiosk.getByTestId("ring-back-name")).toContainText("医生");
  await kiosk.screenshot({ path: join(shots, "kiosk-ring-back-portrait.png") });
  await kiosk.setViewportSize({ width: 1920, height: 1080 });
  await kiosk.screenshot({ path: join(shots, "kiosk-ring-back-landscape.png") });
  await kiosk.setViewportSize(sizes.portrait);
  await desk.screenshot({ path: join(shots, "desk-ring-back-asked.png") });

  await press(desk, "ring-back-over");
  await expect(kiosk.getByTestId("over-ringBack"), "nobody is asked any more").toHaveCount(0);
  await press(desk, "ring-back");
  await expect(kiosk.getByTestId("over-ringBack")).toBeVisible();

  await press(kiosk, "ring-back-no");
  await expect(kiosk.getByTestId("over-ringBack")).toHaveCount(0);
  await expect(desk.getByTestId("call-state")).toContainText("现在不方便");
  await desk.screenshot({ path: join(shots, "desk-ring-back-refused.png") });

  await press(desk, "ring-back");
  await press(kiosk, "ring-back-yes");
  await allMeet({ kiosk, desk });
  await expect(kiosk.getByTestId("over-ringBack")).toHaveCount(0);
  await expect(desk.getByTestId("soap-plan")).toHaveValue("还在写");
  await expect(desk.getByTestId("queue-item"), "a visit is one row, however many calls it had").toHaveCount(1);
  await expect(other.getByTestId("queue-item"), "it was nobody else's to take").toHaveCount(0);

  // Whoever has left the station is not asked: the desk says so.
  await press(desk, "hang-up");
  await press(kiosk, "leave");
  await press(kiosk, "leave-done");
  await press(desk, "ring-back");
  await expect(desk.getByTestId("call-state")).toContainText("已经离开站点");
  await expect(desk.getByTestId("ring-back")).toHaveCount(0);
  await desk.screenshot({ path: join(shots, "desk-ring-back-gone.png") });
  await Promise.all(browser.contexts().map((context) => context.close()));
});
