import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import type { Check, MeasureEvent } from "../../core/contract/views.ts";
import { faults, type FaultCode } from "../../core/domain/faults.ts";
import type { Language } from "../../core/i18n/message.ts";
import { openDemo } from "./demo-page.ts";
import { wrongOnGlass } from "./glass.ts";
import { picture, screen, sizes } from "./kiosk.ts";
import { enterPlace, technicianWalks, type Walk } from "./technician-walks.ts";
import { visitWalks } from "./visit-walks.ts";

/** Every screen of the kiosk, over invented numbers: it fits, can be hit, read and heard, in both languages. */

let demo: Awaited<ReturnType<typeof openDemo>>;
test.beforeAll(async () => {
  demo = await openDemo();
});
test.afterAll(async () => {
  await demo.close();
});

const languages = [
  ["zh-CN", "zh"],
  ["en", "en"],
] as const satisfies readonly (readonly [Language, string])[];

/** Structure and colors do not depend on the language: each orientation is held against axe in one of them. */
const heldIn = { portrait: "zh-CN", landscape: "en" } as const satisfies Record<keyof typeof sizes, Language>;

/** By script, which reaches under a sheet, and is no touch that would wake an idle page. */
async function speak(page: Page, language: Language): Promise<void> {
  await page.getByTestId(`language-${language}`).evaluate((button: HTMLElement) => button.click());
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

/** Whatever comes late is there: fonts, pictures, the first image of a call. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(Array.from(document.images, (image) => image.decode().catch(() => undefined)));
  });
  await page.waitForFunction(() =>
    Array.from(document.querySelectorAll("video")).every(({ videoWidth }) => videoWidth > 0),
  );
}

function walkOn(page: Page, orientation: keyof typeof sizes): Walk {
  const see = (id: string) => expect(page.getByTestId(id).first()).toBeVisible();
  return {
    page,
    see,
    async open(options = {}) {
      await page.goto(demo.address(options));
      await screen(page, "welcome");
    },
    async press(...ids) {
      for (const id of ids) await page.getByTestId(id).first().click();
    },
    async look(name) {
      for (const [language, short] of languages) {
        await speak(page, language);
        await settled(page);
        const tag = `kiosk-${name}-${orientation}-${short}`;
        await picture(page, tag);
        expect.soft(await wrongOnGlass(page, language), tag).toEqual([]);
        if (language === heldIn[orientation]) {
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
          const barriers = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
          expect.soft(barriers, tag).toEqual([]);
        }
        if (!(await page.getByTestId("screen-forbidden").isVisible()))
          await expect.soft(page.getByTestId("simulated"), tag).toBeVisible();
      }
      await speak(page, "zh-CN");
    },
  };
}

const enter = async ({ press, see }: Walk, who: "resident-card" | "guest" = "resident-card") => {
  await press("start", who);
  await see("screen-checks");
};

async function begin({ press }: Walk, check: Check, meal = "fasting"): Promise<void> {
  await press(`check-${check}`);
  if (check !== "bloodPressure") await press(`meal-${meal}`);
  await press("prepare-next", "prepare-next", "measure-start");
}

async function pressureOf(walk: Walk, readings: readonly (readonly [number, number, number])[]): Promise<void> {
  await walk.open({ restSeconds: 0, paceMs: 1, pressures: readings });
  await enter(walk);
  await begin(walk, "bloodPressure");
  for (const _ of readings.slice(1)) await walk.press("next-reading");
  await walk.see("severity");
}

const severity = ({ page }: Walk, level: number) =>
  expect(page.getByTestId("severity").first()).toHaveAttribute("data-severity", String(level));

/** The longest sentences a measurement can end with, in each language: what fits them fits all. */
const longest = languages.map(([, short]) =>
  (Object.keys(faults) as FaultCode[])
    .filter((code) => /^(?:device|gate|store)\./u.test(code))
    .reduce((one, other) => (faults[other].resident[short].length > faults[one].resident[short].length ? other : one)),
);

const phasesOf = {
  bloodPressure: ["opening", "contacting", "waiting", "measuring", "reading"],
  glucose: ["waiting", "reading"],
} as const;

const opinion = "血压偏高，药照常吃，少吃咸的。";

const walks: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  "the way in, and what stands around it": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await look("welcome");
    await page.evaluate(() => window.fake.setStation({ hub: "away" }));
    await see("hub-away");
    await look("welcome-away");
    await page.evaluate(() => window.fake.setStation({ hub: "up", storage: "full" }));
    await see("storage");
    await look("welcome-full");
    await page.evaluate(() => window.fake.setStation({ storage: "ok" }));
    await press("start");
    await look("who");
    await press("resident-card");
    await see("screen-checks");
    await look("checks");
    await press("help");
    await look("help");
    await press("help-close", "leave");
    await look("leave-ask");
    await press("leave-stay");
    await page.evaluate(() => {
      window.fake.answers = false;
      window.fake.cut();
    });
    await see("screen-gone");
    await look("gone");
  },
  "a visit that cannot be opened, devices that are away": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ openFails: "store.full" });
    await press("start", "guest");
    await see("open-fault");
    await look("who-fault");
    await open();
    await enter(walk, "guest");
    await page.evaluate(() => {
      const away = { profile: "fake", maker: "Fake", model: "fake", port: "/fake", simulated: true, actuates: false };
      window.fake.setStation({
        devices: [
          { ...away, id: "cuff", measures: ["bloodPressure"], state: "busy", confirm: "none" },
          { ...away, id: "meter", measures: ["glucose"], state: "away", confirm: "none" },
          { ...away, id: "panel", measures: ["lipids"], state: "out", confirm: "none" },
        ],
      });
    });
    await expect(page.getByTestId("check-lipids")).toBeDisabled();
    await look("checks-devices");
  },
  "a page that the station does not let in": async ({ open, page, see, look }) => {
    await open();
    await page.evaluate(() => window.fake.forbid());
    await see("screen-forbidden");
    await look("forbidden");
  },
  "each phase of a measurement": async (walk) => {
    const { page, open, press, see, look } = walk;
    for (const check of ["bloodPressure", "glucose"] as const) {
      await open({ holds: true, paceMs: 1 });
      await enter(walk);
      await begin(walk, check);
      await expect(page.getByTestId("phase")).toHaveAttribute(
        "data-phase",
        check === "glucose" ? "waiting" : "measuring",
      );
      if (check === "bloodPressure") await expect(page.getByTestId("live-pressure")).toHaveText("117");
      for (const phase of phasesOf[check]) {
        const event: MeasureEvent = { kind: "phase", phase, latestMs: phase === "measuring" ? 180_000 : 90_000 };
        await page.evaluate((said) => window.fake.say(said), event);
        await expect(page.getByTestId("phase")).toHaveAttribute("data-phase", phase);
        await look(`measure-${check}-${phase}`);
      }
    }
    await press("stop");
    await see("was-stopped");
    await look("stopped");
  },
  "numbers to compare with the display": async (walk) => {
    const { open, press, see, look } = walk;
    await open({ confirms: ["bloodPressure", "glucose", "lipids"], paceMs: 1 });
    await enter(walk);
    for (const check of ["bloodPressure", "glucose", "lipids"] as const) {
      await begin(walk, check);
      await see("screen-confirm");
      await look(`confirm-${check}`);
      await press("confirm-no");
      await see("screen-failed");
      if (check === "bloodPressure") await look("failed");
      await press("skip");
    }
  },
  "a measurement that failed, in the longest sentence": async (walk) => {
    for (const code of new Set(longest)) {
      await walk.open({ fails: { bloodPressure: code }, paceMs: 1 });
      await enter(walk);
      await begin(walk, "bloodPressure");
      await walk.see("screen-failed");
      await walk.look(`failed-${code}`);
    }
  },
  "a pressure, first and complete": async (walk) => {
    const { open, see, look } = walk;
    await open({ restSeconds: 60, paceMs: 1, pressures: [[128, 73, 72]], doubts: ["irregularPulse"] });
    await enter(walk);
    await begin(walk, "bloodPressure");
    await see("rest");
    await look("result-first");
    for (const [level, upper, lower] of [
      [0, 118, 74],
      [2, 168, 98],
      [3, 184, 112],
    ] as const) {
      await pressureOf(walk, [
        [upper, lower, 72],
        [upper - 4, lower - 2, 71],
      ]);
      await severity(walk, level);
      await look(`result-severity-${level}`);
    }
  },
  "the other results, the whole of them, and goodbye": async (walk) => {
    const { open, press, see, look, page } = walk;
    await open({
      paceMs: 1,
      glucose: 33.3,
      glucoseComparator: ">",
      lipids: [
        { quantity: "cholesterol.total", value: 10.36, unit: "mmol/L", comparator: ">" },
        { quantity: "cholesterol.hdl", value: 0.39, unit: "mmol/L", comparator: "<" },
        { quantity: "triglyceride", value: 5.65, unit: "mmol/L", comparator: ">" },
      ],
    });
    await enter(walk, "guest");
    await begin(walk, "glucose", "random");
    await severity(walk, 4);
    await expect(page.getByTestId("result-number")).toHaveText("> 33.3");
    await look("result-severity-4");
    await press("emergency");
    await look("emergency");
    await press("emergency-close", "back");
    await begin(walk, "lipids");
    await see("lipids");
    await look("result-lipids-limits");

    await open({ paceMs: 1, restSeconds: 0, glucose: 1.1, glucoseComparator: "<", pressures: [[168, 98, 72]] });
    await enter(walk);
    await begin(walk, "glucose", "random");
    await severity(walk, 4);
    await look("result-low");

    await open({ paceMs: 1, restSeconds: 0, pressures: [[168, 98, 72]] });
    await enter(walk);
    await begin(walk, "bloodPressure");
    await press("next-reading");
    await severity(walk, 2);
    await press("result-next");
    await begin(walk, "glucose");
    await see("result-number");
    await look("result-glucose");
    await press("result-next");
    await begin(walk, "lipids");
    await see("lipids");
    await look("result-lipids");
    await press("result-next");
    await see("show-results");
    await look("checks-done");
    await press("show-results");
    await see("overall");
    await look("results");
    await press("done", "leave-done");
    await see("screen-leave");
    await look("leave");
  },
  "asking for a doctor": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ callFails: "consult.hubAway" });
    await enter(walk);
    await press("call-doctor");
    await see("consult-fault");
    await look("consult-away");
    await open({ noCamera: true });
    await enter(walk);
    await press("call-doctor");
    await see("camera-missing");
    await look("consult-asking");
    await press("measure-meanwhile");
    await see("to-consult");
    await look("checks-waiting");
    await press("to-consult");
    await page.evaluate(() =>
      window.fake.setCall({ state: "active", ahead: undefined, clinician: { id: "d", name: "林" } }),
    );
    await see("video-remote");
    await look("consult-no-camera");
    await page.evaluate(() => window.fake.setCall({ state: "finished" }));
    await see("consult-home");
    await look("consult-ended");
  },
  "a call, measuring in it, and what the doctor wrote": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ holds: true, paceMs: 1 });
    await enter(walk);
    await press("call-doctor");
    // The station has heard the request before it says anything of it.
    await expect(page.getByTestId("call-state")).toHaveAttribute("data-state", "waiting");
    await page.evaluate(() =>
      window.fake.setCall({ state: "ringing", ahead: undefined, clinician: { id: "d", name: "林" } }),
    );
    await see("video-self");
    await look("consult-ringing");
    for (const state of ["active", "reconnecting", "interrupted"] as const) {
      await page.evaluate((to) => window.fake.setCall({ state: to }), state);
      await expect(page.getByTestId("call-dock")).toHaveAttribute("data-state", state);
      await look(`consult-${state}`);
    }
    await page.evaluate(() => window.fake.setCall({ state: "active", lineDown: true }));
    await look("consult-line-down");
    await page.evaluate(() => window.fake.setCall({ lineDown: false }));
    await press("measure-in-call");
    await look("checks-in-call");
    await begin(walk, "bloodPressure");
    await expect(page.getByTestId("live-pressure")).toHaveText("117");
    await look("measure-in-call");
    await press("stop", "to-consult");
    await page.evaluate((words) => window.fake.giveOpinion(words.repeat(24), "hospital"), opinion);
    await see("opinion-open");
    await look("consult-opinion");
    await press("opinion-open");
    await look("opinion-long");
    await press("opinion-close");
    await page.evaluate((words) => window.fake.giveOpinion(words, "comeBack"), opinion);
    await page.evaluate(() => window.fake.setCall({ state: "finished" }));
    await see("opinion-read");
    await look("opinion");
    await press("opinion-read");
    await see("screen-results");
    await look("results-opinion");
  },
};

const allWalks = { ...walks, ...visitWalks, ...technicianWalks };

for (const orientation of ["portrait", "landscape"] as const) {
  test.describe(orientation, () => {
    let context: BrowserContext;
    let page: Page;
    test.beforeAll(async ({ browser }) => {
      context = await browser.newContext({ viewport: sizes[orientation], reducedMotion: "reduce" });
      page = await context.newPage();
    });
    test.afterAll(async () => {
      await context.close();
    });
    for (const [name, walk] of Object.entries(allWalks)) {
      test(name, async () => {
        const broken: string[] = [];
        const hear = (error: Error) => broken.push(error.message);
        page.on("pageerror", hear);
        await walk(walkOn(page, orientation));
        page.off("pageerror", hear);
        expect(broken).toEqual([]);
      });
    }
    test("a technician who has gone is asked for, and signed out", async () => {
      const idle = await context.newPage();
      await idle.clock.install();
      const walk = walkOn(idle, orientation);
      await walk.open();
      await enterPlace(walk);
      await idle.clock.runFor(241_000);
      await walk.see("tech-idle");
      await walk.look("tech-idle");
      await idle.clock.runFor(31_000);
      await walk.see("screen-welcome");
      await idle.close();
    });
    test("a resident who has gone is asked for, and the page is cleared", async () => {
      const idle = await context.newPage();
      await idle.clock.install();
      const walk = walkOn(idle, orientation);
      await walk.open();
      await enter(walk, "guest");
      await idle.clock.runFor(61_000);
      await walk.see("over-idle");
      await walk.look("idle");
      await idle.clock.runFor(21_000);
      await walk.see("screen-welcome");
      await idle.close();
    });
  });
}
