import { expect } from "@playwright/test";
import type { Walk } from "./technician-walks.ts";
import { enterVisit, prepareCheck } from "./visit-walks.ts";

const opinion = "血压偏高，药照常吃，少吃咸的。";

/** A call to the doctor: asked for, taken, broken, and what remains of it. */
export const consultWalks: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  "asking for a doctor": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ callFails: "consult.hubAway" });
    await enterVisit(walk);
    await press("call-doctor");
    await see("consult-fault");
    await look("consult-away");
    await open({ noCamera: true });
    await enterVisit(walk);
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
    await enterVisit(walk);
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
    await prepareCheck(walk, "bloodPressure");
    await press("measure-start");
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
