import { expect, test, type Page } from "@playwright/test";
import { zh } from "../../core/i18n/zh-CN.ts";
import { stepsOf } from "../../core/machine/steps.ts";
import { foundOf } from "../renderer/fake-visit.ts";
import { openDemo } from "./demo-page.ts";
import { sizes } from "./kiosk.ts";

/** Arriving over invented people: by two keys with the screen hidden, in the lower half, in an emergency. */

let demo: Awaited<ReturnType<typeof openDemo>>;
test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(async () => {
  await demo.close();
});

const at = (page: Page, name: string) => expect(page.getByTestId(`screen-${name}`)).toHaveCount(1);
const said = (page: Page) => page.evaluate(() => window.said.splice(0));
/** Waits for the screen to speak, as somebody does who sees nothing. */
const hear = (page: Page, key: string) => expect.poll(() => said(page)).toContain(key);
const again = (page: Page) => page.keyboard.press("F10");
const yes = (page: Page) => page.keyboard.press("F9");

const wordsOf = (key: string): string => (zh as Readonly<Record<string, string>>)[key] ?? key;

const isChosen = (page: Page) => page.evaluate(() => document.activeElement?.classList.contains("press") === true);

/** Presses "again" until the voice says the wanted thing, then "yes". */
async function choose(page: Page, key: string): Promise<void> {
  await said(page);
  for (let offered = 0; offered < 30; offered++) {
    await again(page);
    // Two keys may have the same words: what is heard is the same.
    const isHeard = (await said(page)).some((one) => one === key || wordsOf(one) === wordsOf(key));
    // A screen that has only just come takes the focus once more: then it is offered anew.
    if (isHeard && (await isChosen(page))) return yes(page);
  }
  throw new Error(`nothing is called ${key}`);
}

test("a newcomer gets from the card to a temperature by two keys, with nothing to see", async ({ page }) => {
  await page.goto(demo.address({ paceMs: 1 }));
  await at(page, "welcome");
  await page.evaluate(() => (document.body.style.opacity = "0"));
  await choose(page, "kiosk.welcome.start");
  await hear(page, "kiosk.who.lay");
  await page.evaluate((found) => window.fake.lay({ kind: "found", found }), foundOf());
  await hear(page, "ui.right_person");
  await yes(page);
  await hear(page, "kiosk.consent.keep");
  await yes(page);
  await at(page, "triage");
  // The screen has spoken, and the visit is open.
  await expect.poll(async () => (await said(page)).some((key) => key.startsWith("sx."))).toBe(true);
  await expect.poll(() => page.evaluate(() => window.fake.inputs("visit.open"))).toHaveLength(1);
  await choose(page, "sx.none");
  await at(page, "prepare");
  await choose(page, "kiosk.prepare.other");
  await at(page, "checks");
  await choose(page, "kiosk.check.temperature");
  await at(page, "prepare");
  for (const _ of stepsOf.temperature) await yes(page);
  await at(page, "result");
  expect(await page.evaluate(() => window.fake.inputs("visit.open"))).toMatchObject([
    { who: { kind: "found", way: "key", consents: { keep: true } } },
  ]);
  await choose(page, "kiosk.result.goOn");
  for (const _ of ["warning", "minor"]) await choose(page, "sx.none");
  await hear(page, "kiosk.consent.send");
  await choose(page, "kiosk.consent.no");
  await at(page, "sign");
  await choose(page, "kiosk.sign.boat");
  await at(page, "checks");
  await expect.poll(() => page.evaluate(() => window.fake.inputs("visit.sign"))).toMatchObject([{ sign: "boat" }]);
  await expect
    .poll(() => page.evaluate(() => window.fake.inputs("visit.consent")))
    .toMatchObject([{ scope: "send", given: false, way: "key" }]);
});

test("after everything was offered the screen says its own words again, and starts anew", async ({ page }) => {
  await page.goto(demo.address({}));
  await at(page, "welcome");
  await said(page);
  const offered: string[] = [];
  for (let press = 0; press < 30 && offered.filter((key) => key === "kiosk.welcome.start").length < 2; press++) {
    await again(page);
    offered.push(...(await said(page)));
  }
  const small = ["repeat", "louder", "text.larger", "lower"].map((key) => `kiosk.keys.${key}`);
  const names = ["kiosk.welcome.start", "kiosk.help", ...small, "kiosk.language.zh", "kiosk.language.en"];
  expect(offered).toEqual([...names, ...offered.slice(names.length, -1), "kiosk.welcome.start"]);
  expect(offered.slice(names.length, -1)).toContain("kiosk.welcome.title");
});

test("large text goes before the lower half and gives it back; every picture of a board is offered by two keys", async ({
  page,
}) => {
  await page.setViewportSize(sizes.portrait);
  await page.goto(demo.address({}));
  const kiosk = page.locator(".kiosk");
  await page.getByTestId("lower").click();
  await expect(kiosk).toHaveAttribute("data-lower", "");
  for (const _ of ["150", "200"]) await page.getByTestId("text-size").click();
  await expect(kiosk).toHaveAttribute("data-large", "");
  await expect(kiosk).not.toHaveAttribute("data-lower");
  await expect(page.getByTestId("lower")).toHaveAttribute("aria-pressed", "true");
  await choose(page, "kiosk.welcome.start");
  await choose(page, "kiosk.who.noCard");
  await choose(page, "kiosk.noCard.guest");
  await at(page, "triage");
  // Words of no picture stand below, where both modes have them.
  const low = await page
    .locator(".screen-actions .press, .page-key .press, .keys .press")
    .evaluateAll((keys) => keys.filter((key) => key.getBoundingClientRect().top < innerHeight / 2).length);
  expect(low).toBe(0);
  await said(page);
  const offered = new Set<string>();
  for (let press = 0; press < 24; press++) {
    await again(page);
    for (const key of await said(page)) offered.add(key);
  }
  const symptoms = await page.locator("[data-testid^=symptom-]").count();
  expect(symptoms).toBeGreaterThan(5);
  expect([...offered].filter((key) => key.startsWith("sx.") && key !== "sx.none").length).toBeGreaterThanOrEqual(
    symptoms,
  );
  await page.getByTestId("text-size").click();
  await expect(kiosk).toHaveAttribute("data-lower", "");
});

test("large text goes along into the technician's place, has its key there, and stays behind", async ({ page }) => {
  await page.setViewportSize(sizes.portrait);
  await page.goto(demo.address({}));
  const root = page.locator("html");
  const key = page.getByTestId("text-size");
  for (const larger of ["24px", "32px"]) {
    await key.click();
    await expect(root).toHaveCSS("font-size", larger);
  }
  await page.keyboard.press("Control+Alt+KeyS");
  await expect(page.getByTestId("staff-card").first()).toBeVisible();
  await expect(root).toHaveCSS("font-size", "32px");
  for (const next of ["16px", "24px"]) {
    await key.click();
    await expect(root).toHaveCSS("font-size", next);
  }
  await page.getByTestId("tech-leave").click();
  await at(page, "welcome");
  await expect(root).toHaveCSS("font-size", "16px");
});

test("a number pad is worked by two keys, digit by digit", async ({ page }) => {
  await page.goto(demo.address({}));
  // A screen takes the focus and then speaks: who presses before that chooses on the one before.
  await at(page, "welcome");
  await choose(page, "kiosk.welcome.start");
  await hear(page, "kiosk.who.lay");
  await choose(page, "kiosk.who.noCard");
  await hear(page, "kiosk.noCard.title");
  await choose(page, "kiosk.noCard.phone");
  await hear(page, "kiosk.phone.number");
  for (const digit of "139") await choose(page, `kiosk.keys.number ${digit}`);
  await expect(page.getByTestId("typed")).toHaveText(/139$/u);
});

test("stop, louder and help have keys of their own", async ({ page }) => {
  await page.goto(demo.address({}));
  await choose(page, "kiosk.welcome.start");
  await page.keyboard.press("F7");
  expect(await said(page)).toEqual(expect.arrayContaining(["louder", "repeat"]));
  await page.keyboard.press("F6");
  await expect(page.getByTestId("over-help")).toBeVisible();
  await choose(page, "kiosk.help.close");
  await expect(page.getByTestId("over-help")).toHaveCount(0);
  await page.keyboard.press("F8");
  await at(page, "welcome");
});

test("an emergency is on the screen with the next frame, flashes by the norm, and sounds in its bursts", async ({
  page,
}) => {
  await page.addInitScript(() => {
    const starts: number[] = [];
    Object.assign(window, { starts });
    const start: (this: OscillatorNode, when: number) => void = Reflect.get(OscillatorNode.prototype, "start");
    OscillatorNode.prototype.start = function (this: OscillatorNode, when = 0) {
      starts.push(when);
      start.call(this, when);
    };
  });
  await page.goto(demo.address({}));
  await page.getByTestId("start").click();
  await page.getByTestId("no-card").click();
  await page.getByTestId("guest").click();
  await at(page, "triage");
  const frames = await page.evaluate(
    () =>
      new Promise<number>((counted) => {
        let count = 0;
        const look = () => {
          if (document.querySelector("[data-testid=screen-emergency]") !== null) counted(count);
          else
            requestAnimationFrame(() => {
              count += 1;
              look();
            });
        };
        document.querySelector<HTMLElement>("[data-testid=symptom-SX_STROKE]")?.click();
        look();
      }),
  );
  expect(frames).toBeLessThanOrEqual(1);
  const seconds = await page
    .getByTestId("alarm-lamp")
    .evaluate((lamp) => Number.parseFloat(getComputedStyle(lamp).animationDuration));
  expect(1 / seconds).toBeGreaterThanOrEqual(1.4);
  expect(1 / seconds).toBeLessThanOrEqual(2.8);
  await expect(page.getByText("120", { exact: true })).toBeVisible();
  const starts = await page.evaluate(() => (window as unknown as { starts: readonly number[] }).starts);
  // 3 + 2, a longer pause, 3 + 2: pulses of a group stand close, and every pulse has the same number of partials.
  const pulses = [...new Set(starts)].slice(0, 10);
  const gaps = pulses.slice(1).map((start, index) => Math.round((start - (pulses[index] ?? 0)) * 100) / 100);
  expect(gaps).toEqual([0.25, 0.25, 0.6, 0.25, 1.05, 0.25, 0.25, 0.6, 0.25]);
  expect(starts.filter((start) => start === starts[0]).length).toBeGreaterThanOrEqual(4);
  await page.getByTestId("alarm-here").click();
  await at(page, "checks");
});

for (const [orientation, viewport] of Object.entries(sizes))
  test(`in lower half mode nothing to press stands in the upper half of a ${orientation} screen`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.goto(demo.address({}));
    await page.getByTestId("lower").click();
    const high = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".press")]
          .filter((press) => press.getBoundingClientRect().top < innerHeight / 2 - 40)
          .map((press) => press.textContent),
      );
    expect(await high()).toEqual([]);
    await page.getByTestId("start").click();
    await at(page, "who");
    expect(await high()).toEqual([]);
    await page.getByTestId("no-card").click();
    await at(page, "no-card");
    expect(await high()).toEqual([]);
    await page.getByTestId("guest").click();
    await at(page, "triage");
    expect(await high()).toEqual([]);
    await page.getByTestId("triage-next").click();
    await at(page, "prepare");
    expect(await high()).toEqual([]);
    await page.getByTestId("other-checks").click();
    await at(page, "checks");
    expect(await high()).toEqual([]);
    await page.getByTestId("leave").click();
    await page.getByTestId("leave-done").click();
    await at(page, "welcome");
    await expect(page.getByTestId("lower")).toHaveAttribute("aria-pressed", "false");
  });

test("what a person typed and how the page was set is gone for the next", async ({ page }) => {
  await page.goto(demo.address({}));
  await page.getByTestId("start").click();
  await page.evaluate(
    (found) => window.fake.lay({ kind: "found", found }),
    foundOf({ shownName: "planted-secret", known: true, ask: [] }),
  );
  await at(page, "is-it-you");
  await expect(page.getByTestId("shown-name")).toHaveText("planted-secret");
  await page.getByTestId("its-me").click();
  await at(page, "triage");
  await page.getByTestId("leave").click();
  await page.getByTestId("leave-done").click();
  await at(page, "welcome");
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain("planted-secret");
  await expect
    .poll(() => page.evaluate(() => window.fake.heard.filter((call) => /leave|cleared/u.test(call))))
    .toEqual(["visit.leave", "visit.cleared"]);
});
