import { expect } from "@playwright/test";
import type { DemoOptions } from "../renderer/demo/main.tsx";
import { foundOf } from "../renderer/fake-visit.ts";
import type { Walk } from "./technician-walks.ts";
import { enterVisit, nothingNamed } from "./visit-walks.ts";

/** Without a name, to the board of checks. */
export async function enterGuest(walk: Walk): Promise<void> {
  await walk.press("start", "no-card", "guest");
  await nothingNamed(walk);
}

/** At the screen where cards are awaited; one is laid down. */
async function lay({ page, open, press, see }: Walk, found = foundOf(), options: DemoOptions = {}): Promise<void> {
  await open(options);
  await press("start");
  await see("listening");
  await page.evaluate((person) => window.fake.lay({ kind: "found", found: person }), found);
  await see("screen-is-it-you");
}

const type = async ({ press }: Walk, prefix: string, words: string) => {
  for (const digit of words) await press(`${prefix}-${digit === "X" ? "x" : digit}`);
};

/** From the welcome screen to the board of checks, and what stands around every screen. */
export const arrivalWalks: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
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
    await press("helper");
    await look("helper");
    await press("helper-relative");
    await see("helper-now");
    await look("who-helped");
    await press("back");
    await enterVisit(walk);
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
  "cards and codes that cannot be used, and the third time a person": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await press("start");
    await see("listening");
    await page.evaluate(() => window.fake.lay({ kind: "left" }));
    await see("card-left");
    await look("who-left");
    await page.evaluate(() => window.fake.lay({ kind: "ready", card: false, code: true, phone: false }));
    await look("who-code");
    await page.evaluate(() => window.fake.lay({ kind: "ready", card: false, code: false, phone: false }));
    await look("who-cannot");
    await page.evaluate(() => window.fake.lay({ kind: "reading" }));
    await page.evaluate(() => window.fake.lay({ kind: "fault", code: "identify.badNumber" }));
    await see("open-fault");
    await look("who-wrong");
    await page.evaluate(() => window.fake.lay({ kind: "fault", code: "identify.badNumber" }));
    await page.evaluate(() => window.fake.lay({ kind: "fault", code: "identify.badNumber" }));
    await see("screen-person");
    await look("person");
    await press("person-again");
    await see("screen-who");
  },
  "by phone, with a number that nobody has": async (walk) => {
    const { open, press, see, look } = walk;
    await open();
    await press("start", "no-card");
    await look("no-card");
    await press("phone");
    await type(walk, "pad", "13900000000");
    await look("phone-number");
    await press("phone-next");
    await type(walk, "pad", "0011");
    await look("phone-second");
    await press("phone-next");
    await see("wrong");
    await look("phone-wrong");
    await type(walk, "pad", "13900000000");
    await press("phone-next");
    await type(walk, "pad", "001X");
    await press("phone-next");
    await see("screen-is-it-you");
  },
  "a newcomer: is it you, what may be kept, a sign of one's own": async (walk) => {
    const { press, see, look, page } = walk;
    await lay(walk, foundOf({ ask: ["keep", "send", "family"] }), { paceMs: 1 });
    await look("is-it-you-new");
    await press("its-me");
    const asks = async (scope: string) => {
      await expect(page.getByTestId("screen-consent")).toHaveAttribute("data-of", scope);
      await look(`consent-${scope}`);
      await press("consent-yes");
    };
    await asks("keep");
    await expect(page.getByTestId("screen-triage")).toHaveAttribute("data-of", "emergency");
    await look("triage-emergency");
    await press("triage-next");
    // What is nearest to hand is offered by itself.
    await see("other-checks");
    await look("offered");
    await press("measure-start");
    await see("result-next");
    await press("result-next");
    for (const board of ["warning", "minor"]) {
      await expect(page.getByTestId("screen-triage")).toHaveAttribute("data-of", board);
      await look(`triage-${board}`);
      if (board === "minor") {
        await press("symptom-SX_STIFF_NECK");
        await look("triage-named");
      }
      await press("triage-next");
    }
    for (const scope of ["send", "family"]) await asks(scope);
    await see("screen-sign");
    await look("sign");
    await press("sign-boat");
    await see("screen-checks");
  },
  "a code that nobody can be asked about, a nameless visit, and a newcomer who comes without the card next time":
    async (walk) => {
      const { open, page, press, see, look } = walk;
      await open({ paceMs: 1 });
      await press("start");
      await see("listening");
      await page.evaluate(() => window.fake.lay({ kind: "held", token: "018f0000-0000-7000-8000-0000000000f2" }));
      await see("screen-code-later");
      await look("code-later");
      await press("code-no");
      const unclaimed = "2026-11-20T02:00:00.000Z";
      await lay(walk, foundOf({ known: true, ask: [], sign: "fish", unclaimed }), { paceMs: 1 });
      await press("its-me");
      await see("was-at");
      await look("was-it");
      await press("was-me");
      await see("screen-triage");
      await lay(walk, foundOf({ ask: ["keep"] }), { paceMs: 1 });
      await press("its-me", "consent-yes", "triage-next", "measure-start", "result-next");
      await press("triage-next", "triage-next", "sign-boat");
      await see("screen-checks");
      await press("back", "finish", "next-yes", "take-no");
      await see("screen-link");
      await look("link-ask");
      await press("link-yes");
      await see("link-code");
      await look("link-way");
      await press("link-code");
      await see("link-back");
      await look("link-code");
      await press("link-back", "link-phone");
      await see("link-done");
      await look("link-phone");
      await type(walk, "pad", "13900000000");
      await press("link-done");
      await see("link-yes");
      await look("link-done");
      await press("link-yes");
      await see("rate-3");
    },
  "a child, and somebody known whose visit was cut off": async (walk) => {
    const { press, see, look } = walk;
    await lay(walk, foundOf({ child: true }));
    await press("its-me");
    await look("consent-child");
    await lay(walk, foundOf({ known: true, resumes: true, sign: "boat", ask: [] }));
    await look("is-it-you");
    await lay(walk, foundOf({ known: true, expired: true, sign: "boat", ask: [] }));
    await see("card-expired");
    await look("is-it-you-expired");
  },
  "an emergency at triage": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await press("start", "no-card", "guest", "symptom-SX_CHEST_PAIN");
    await see("screen-emergency");
    await look("emergency-triage");
    await page.evaluate(() => {
      const at = { raisedAt: new Date().toISOString(), reason: "symptom" as const };
      const id = "018f0000-0000-7000-8000-0000000000e1";
      window.fake.changeVisit({ alarm: { ...at, id, symptoms: ["SX_CHEST_PAIN"], state: "told" } });
    });
    await expect(page.getByTestId("alarm-state")).toHaveAttribute("data-state", "told");
    await look("emergency-told");
    // A mistake leads back to the question.
    await press("alarm-mistake");
    await see("screen-triage");
  },
  "everything in the lower half": async (walk) => {
    const { open, press, see, look, page } = walk;
    await open({ paceMs: 1 });
    await press("lower");
    await look("lower-welcome");
    await enterVisit(walk);
    await look("lower-checks");
    await press("check-glucose");
    await expect(page.getByTestId("screen-triage")).toHaveAttribute("data-of", "warning");
    await look("lower-board");
    await press("triage-next", "triage-next");
    await see("meal-fasting");
    await look("lower-meal");
    await press("leave", "leave-stay", "back", "back");
    await expect(page.getByTestId("screen-triage")).toHaveAttribute("data-of", "emergency");
    await look("lower-triage");
  },
  "a visit that cannot be opened, devices that are away": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ openFails: "store.full" });
    await press("start", "no-card", "guest");
    await see("open-fault");
    await look("who-fault");
    await open();
    await enterGuest(walk);
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
};
