import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { whyNoJanus } from "../../hub/rooms/janus/config.ts";
import { sizes } from "./kiosk.ts";
import { makeDataFolder, startProduct, top, type Product } from "./product.ts";
import { allMeet, handOn, invite, liveTracks, openDesk, openKiosk } from "./round-table.ts";

/** Three and more in one consultation, by the product's own pages: kiosk, doctor, specialist and others. */

/** How soon everybody is back, where nobody else wants the processors. */
const backMs = 5_000;
const isQuiet = () => (loadavg()[0] ?? 0) < availableParallelism();
const say = (words: string) => console.log(`round: ${words} (load ${(loadavg()[0] ?? 0).toFixed(1)})`);

const shots = join(top, "screenshots");

/** In both languages, and back to the first; nothing of a desk lies outside its window. */
async function shoot(page: Page, name: string): Promise<void> {
  for (const language of ["zh", "en"]) {
    await page.screenshot({ path: join(shots, `${name}-${language}.png`) });
    await page.getByTestId("language").click();
  }
}

async function shootKiosk(kiosk: Page, name: string): Promise<void> {
  for (const [form, size] of Object.entries({ portrait: sizes.portrait, landscape: { width: 1920, height: 1080 } })) {
    await kiosk.setViewportSize(size);
    await kiosk.screenshot({ path: join(shots, `kiosk-${name}-${form}.png`) });
  }
  await kiosk.setViewportSize(sizes.portrait);
}

/** The product with its pages, until the work is done. */
async function around(
  browser: Browser,
  rooms: "embedded" | "janus",
  work: (product: Product) => Promise<void>,
): Promise<void> {
  const data = makeDataFolder();
  const product = await startProduct(data.folder, [], rooms);
  try {
    await work(product);
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await product.stop();
    data.remove();
  }
}

const workersOf = (product: Product) =>
  product.processes().filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("rooms/werift/worker.ts"));

test("a specialist is asked in and goes, drops and is back; the media worker is killed; five talk; nobody's camera stays on", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  await around(browser, "embedded", async (product) => {
    const [kiosk, doctor, specialist] = await Promise.all([
      openKiosk(browser, product),
      openDesk(browser, product, "doctor"),
      openDesk(browser, product, "specialist"),
    ]);
    await kiosk.getByTestId("call-doctor").click();
    await doctor.getByTestId("accept").click();
    say(`two talk after ${await allMeet({ kiosk, doctor })} ms`);

    await invite(doctor, specialist, /心血管内科/u);
    await expect(kiosk.getByTestId("came-in")).toContainText("专科医生");
    const three = { kiosk, doctor, specialist };
    say(`three talk after ${await allMeet(three)} ms`);
    await expect(kiosk.getByTestId("room-seat")).toHaveCount(2);
    await shootKiosk(kiosk, "round-three");
    await shoot(doctor, "desk-round-three");

    await specialist.getByTestId("leave-talk").click();
    await expect.poll(() => liveTracks(specialist), { message: "tracks of who left" }).toBe(0);
    await expect(kiosk.getByTestId("came-in")).toHaveAttribute("data-what", "gone");
    await expect(kiosk.getByTestId("video-remote")).toBeVisible({ timeout: 30_000 });
    say(`two talk directly again after ${await allMeet({ kiosk, doctor })} ms`);
    // The camera and microphone, and what is lent to the one talk.
    await expect.poll(() => liveTracks(kiosk), { message: "tracks of the kiosk in the direct talk" }).toBe(4);

    await invite(doctor, specialist, /心血管内科/u);
    await allMeet(three);
    const quietBefore = isQuiet();
    const droppedAt = performance.now();
    await specialist.reload();
    await allMeet(three);
    const back = Math.round(performance.now() - droppedAt);
    say(`a page that died is back after ${back} ms`);
    if (quietBefore) expect(back, "ms until a page that died is back").toBeLessThan(backMs);

    const [worker = 0] = workersOf(product);
    const killedAt = performance.now();
    process.kill(worker, "SIGKILL");
    await expect.poll(() => workersOf(product).includes(worker)).toBe(false);
    await allMeet(three);
    const again = Math.round(performance.now() - killedAt);
    say(`everybody is back ${again} ms after the media worker's death`);
    if (quietBefore) expect(again, "ms until everybody is back").toBeLessThan(backMs);

    const [second, village] = await Promise.all([
      openDesk(browser, product, "doctor2"),
      openDesk(browser, product, "village"),
    ]);
    await invite(doctor, second, /演示医生乙/u);
    await invite(doctor, village, /演示村医/u);
    const five = { kiosk, doctor, specialist, second, village };
    say(`five talk after ${await allMeet(five)} ms`);
    await shootKiosk(kiosk, "round-five");
    await shoot(doctor, "desk-round-five");
    await expect.poll(() => liveTracks(kiosk), { message: "tracks of the kiosk in the room" }).toBe(4);

    await doctor.getByTestId("hang-up").click();
    for (const [name, page] of Object.entries(five))
      await expect.poll(() => liveTracks(page), { message: `tracks of ${name} after hanging up` }).toBe(0);
  });
});

test("five talk through Janus", async ({ browser }) => {
  const missing = whyNoJanus();
  test.skip(missing !== undefined, missing);
  test.setTimeout(240_000);
  await around(browser, "janus", async (product) => {
    const [kiosk, doctor, specialist, second, village] = await Promise.all([
      openKiosk(browser, product),
      openDesk(browser, product, "doctor"),
      openDesk(browser, product, "specialist"),
      openDesk(browser, product, "doctor2"),
      openDesk(browser, product, "village"),
    ]);
    await kiosk.getByTestId("call-doctor").click();
    await doctor.getByTestId("accept").click();
    await allMeet({ kiosk, doctor });
    await invite(doctor, specialist, /心血管内科/u);
    await invite(doctor, second, /演示医生乙/u);
    await invite(doctor, village, /演示村医/u);
    const five = { kiosk, doctor, specialist, second, village };
    say(`five talk through Janus after ${await allMeet(five)} ms`);
    await doctor.getByTestId("hang-up").click();
    for (const [name, page] of Object.entries(five))
      await expect.poll(() => liveTracks(page), { message: `tracks of ${name} after hanging up` }).toBe(0);
  });
});

test("a call is handed to another doctor, who asks a colleague about the resident after it", async ({ browser }) => {
  test.setTimeout(240_000);
  await around(browser, "embedded", async (product) => {
    const [kiosk, doctor, second, specialist] = await Promise.all([
      openKiosk(browser, product),
      openDesk(browser, product, "doctor"),
      openDesk(browser, product, "doctor2"),
      openDesk(browser, product, "specialist"),
    ]);
    await kiosk.getByTestId("call-doctor").click();
    await doctor.getByTestId("accept").click();
    await allMeet({ kiosk, doctor });
    await handOn(doctor, second, /演示医生乙/u);
    say(`the second doctor talks after ${await allMeet({ kiosk, second })} ms`);
    await expect(kiosk.getByTestId("call-dock")).toHaveAttribute("data-state", "active");
    await expect(doctor.getByTestId("call")).toHaveAttribute("data-media", "off");
    await expect.poll(() => liveTracks(doctor), { message: "tracks of who handed on" }).toBe(0);
    await doctor.getByTestId("leave-call").click();

    // The talk is over, the visit is not: from the resident's page to a colleague.
    await second.getByTestId("hang-up").click();
    await expect(second.getByTestId("call")).toHaveAttribute("data-media", "off");
    await second.keyboard.press("Alt+2");
    await second.getByTestId("resident-ask").click();
    await expect(second.getByTestId("page-colleagues")).toContainText("关于");
    const away = second.getByTestId("colleague").filter({ hasText: "演示村医" });
    await expect(away).toHaveAttribute("data-here", "false");
    await expect(away.getByRole("button")).toHaveCount(0);
    await second.getByTestId("colleague").filter({ hasText: "心血管内科" }).getByTestId("colleague-call").click();
    await specialist.getByTestId("invitation-accept").click();
    say(`two colleagues talk after ${await allMeet({ second, specialist })} ms`);
    await shoot(second, "desk-round-colleague");

    // Others come in there, too.
    await invite(second, doctor, /演示医生甲/u);
    say(`three colleagues talk after ${await allMeet({ second, specialist, doctor })} ms`);
    await doctor.getByTestId("leave-talk").click();
    await allMeet({ second, specialist });
    await second.getByTestId("hang-up").click();
    for (const page of [kiosk, doctor, second, specialist]) await expect.poll(() => liveTracks(page)).toBe(0);
    // Back to the visit that it was about.
    await second.getByTestId("leave-call").click();
    await expect(second.getByTestId("record")).toContainText("样本");
  });
});
