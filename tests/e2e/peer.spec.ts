import { expect, test, type Page } from "@playwright/test";
import type { LiveMessage } from "../../core/contract/live.ts";
import { servePeerPage } from "./peer-stage.ts";

let stage: Awaited<ReturnType<typeof servePeerPage>>;

test.beforeAll(async () => {
  stage = await servePeerPage();
});
test.afterAll(() => stage.close());

test.beforeEach(async ({ page }) => {
  await page.goto(stage.address);
  await page.waitForFunction(() => "rig" in window);
});

const framesOn = (page: Page, side: "desk" | "station") => page.evaluate((name) => window.rig.frames(name), side);

async function framesRise(page: Page): Promise<void> {
  for (const side of ["desk", "station"] as const) {
    const before = await framesOn(page, side);
    await expect
      .poll(() => framesOn(page, side), { message: `pictures decoded on the ${side} side` })
      .toBeGreaterThan(before + 5);
  }
}

const pressure = (value: number): string =>
  JSON.stringify({
    kind: "measure",
    measurement: "019a0000-0000-7000-8000-000000000001",
    of: "bloodPressure",
    at: "2026-11-22T08:00:00.000Z",
    event: { kind: "progress", readings: [{ quantity: "bp.cuff", value, unit: "mm[Hg]" }] },
  } satisfies LiveMessage);

async function call(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.rig.open("station");
    await window.rig.open("desk");
  });
  await framesRise(page);
}

test("pictures are decoded on both sides, and each side says so once", async ({ page }) => {
  await call(page);
  for (const side of ["desk", "station"] as const) {
    await expect.poll(async () => (await page.evaluate((name) => window.rig.facts(name), side)).firstFrames).toBe(1);
    const facts = await page.evaluate((name) => window.rig.facts(name), side);
    expect(facts).toMatchObject({ states: ["connected"], remoteKinds: ["audio", "video"], restarts: 1 });
  }
});

test("live values arrive in order, also those sent while the channel opens; what fits no schema is dropped", async ({
  page,
}) => {
  await page.evaluate(async (first) => {
    await window.rig.open("station");
    window.rig.sendLive("station", first);
    await window.rig.open("desk");
  }, pressure(40));
  await expect.poll(() => page.evaluate(() => window.rig.live("desk").length)).toBe(1);
  await page.evaluate(
    (messages) => messages.forEach((message) => window.rig.sendLive("station", message)),
    [pressure(41), JSON.stringify({ kind: "nonsense" }), pressure(42)],
  );
  await expect.poll(() => page.evaluate(() => window.rig.live("desk").length)).toBe(3);
  expect(await page.evaluate(() => window.rig.live("desk"))).toEqual([pressure(40), pressure(41), pressure(42)]);
});

test("after a lost and healed line the station restarts ICE and the pictures go on", async ({ page }) => {
  await call(page);
  const before = await page.evaluate(() => window.rig.facts("station").offers);
  await page.evaluate(() => {
    window.rig.cutLine();
    window.rig.healLine();
  });
  await expect.poll(() => page.evaluate(() => window.rig.facts("station").offers)).toBeGreaterThan(before);
  await framesRise(page);
  expect(await page.evaluate(() => window.rig.facts("station").restarts), "no new connection was needed").toBe(1);
});

test("signals refused by a cut line are sent again when it heals", async ({ page }) => {
  await page.evaluate(async () => {
    await window.rig.open("station");
    window.rig.cutLine();
    await window.rig.open("desk");
  });
  await expect.poll(() => page.evaluate(() => window.rig.refused())).toBeGreaterThan(0);
  await page.evaluate(() => window.rig.healLine());
  await framesRise(page);
});

test("a reloaded desk page takes the call up again, whatever old signals it hears first", async ({ page }) => {
  await call(page);
  await page.evaluate(() => window.rig.reload("desk"));
  await framesRise(page);
});

test("a reloaded station page takes the call up again", async ({ page }) => {
  await call(page);
  await page.evaluate(() => window.rig.reload("station"));
  await framesRise(page);
});

test("a desk without camera and microphone still sees and hears", async ({ page }) => {
  await page.evaluate(async () => {
    await window.rig.open("station");
    await window.rig.open("desk", false);
  });
  await expect.poll(() => framesOn(page, "desk")).toBeGreaterThan(5);
  expect(await page.evaluate(() => window.rig.facts("station").remoteKinds)).toEqual([]);
});

test("no track lives after close", async ({ page }) => {
  await call(page);
  await page.evaluate(() => {
    window.rig.close("desk");
    window.rig.close("station");
  });
  for (const side of ["desk", "station"] as const) {
    const facts = await page.evaluate((name) => window.rig.facts(name), side);
    expect(facts).toMatchObject({ ownTracks: ["ended", "ended"], remoteTracks: ["ended", "ended"] });
    expect(facts.states.at(-1)).toBe("closed");
  }
});

test("no track of twenty calls lives, whenever they end", async ({ page }) => {
  const left: string[] = [];
  for (let n = 0; n < 20; n++) {
    await page.evaluate(async (waitMs) => {
      await window.rig.open("station");
      await window.rig.open("desk");
      await new Promise((passed) => setTimeout(passed, waitMs));
      window.rig.close("desk");
      window.rig.close("station");
    }, n * 40);
    for (const side of ["desk", "station"] as const) {
      const { ownTracks, remoteTracks } = await page.evaluate((name) => window.rig.facts(name), side);
      left.push(...[...ownTracks, ...remoteTracks].filter((state) => state !== "ended"));
    }
  }
  expect(left).toEqual([]);
});

test("a clinical picture has a megapixel and fits a thin line, its preview is there in no time", async ({ page }) => {
  const still = await page.evaluate(() => window.rig.still());
  if (typeof still === "string") throw new Error(still);
  expect(still.pixels).toBeGreaterThanOrEqual(1_000_000);
  expect(still.full).toBeLessThan(400_000);
  expect(still.preview).toBeLessThan(30_000);
});

test("a voice note is Opus and small, and leaves the call's microphone alone", async ({ page }) => {
  await page.evaluate(() => window.rig.open("station"));
  const note = await page.evaluate(() => window.rig.note("station", 2_000));
  expect(note?.type).toContain("opus");
  expect(note?.ms).toBeGreaterThanOrEqual(1_900);
  expect(note?.bytes).toBeGreaterThan(500);
  expect(note?.bytes).toBeLessThan(20_000);
  expect((await page.evaluate(() => window.rig.facts("station"))).ownTracks).toEqual(["live", "live"]);
});
