import { expect } from "@playwright/test";
import { foundOf } from "../renderer/fake-visit.ts";
import type { Walk } from "./technician-walks.ts";
import { enterVisit, nothingNamed } from "./visit-walks.ts";

/** A guest with a temperature, all boards answered, at the results. */
async function guestWithResult(walk: Walk): Promise<void> {
  const { open, press, see } = walk;
  await open({ paceMs: 1 });
  await press("start");
  await see("listening");
  await press("no-card", "guest");
  await nothingNamed(walk);
  await press("check-temperature", "measure-start", "result-next", "triage-next", "triage-next");
  await see("screen-checks");
  await press("back");
  await see("finish");
}

const layAnother = ({ page }: Walk, name: string) =>
  page.evaluate((found) => window.fake.lay({ kind: "found", found }), foundOf({ shownName: name }));

/** Under whose name, and by which ways somebody comes. */
export const identityWalks: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  "a guest is asked on going, and keeps the results by a card": async (walk) => {
    const { page, press, see, look } = walk;
    await guestWithResult(walk);
    await press("finish", "next-yes", "take-no");
    await see("screen-keep");
    await look("keep-ask");
    await press("keep-yes");
    await see("keep-back");
    await look("keep-lay");
    await page.evaluate(() => window.fake.lay({ kind: "fault", code: "identify.badNumber" }));
    await expect(page.getByRole("alert")).toBeVisible();
    await look("keep-wrong");
    await page.evaluate(() => window.fake.lay({ kind: "left" }));
    await see("card-left");
    await look("keep-left");
    await layAnother(walk, "王*英");
    await see("keep-no");
    await look("keep-is-it");
    await press("keep-yes");
    await see("keep-done");
    await look("keep-done");
    await press("keep-done");
    await see("rate-3");
    await press("rate-3");
    await see("screen-leave");
  },
  "by which ways one comes: seen, taken away, added": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await enterVisit(walk);
    await press("mine", "mine-consents", "consents-ways");
    await see("way-phone");
    await look("ways");
    await press("way-phone-remove");
    await expect(page.getByTestId("way-phone")).toHaveCount(0);
    await press("ways-add");
    await see("ways-phone");
    await look("ways-add");
    await press("ways-code");
    await see("link-back");
    await press("link-back", "ways-no", "ways-back");
    await see("consent-keep");
  },
};
