import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import type { OfferedKind } from "../../core/domain/outcome.ts";
import { stepsOf, whileResting } from "../../core/machine/steps.ts";

/** What a resident does at the kiosk, by what the screen says, waiting for facts only. */

export const sizes = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
} as const;

const pictures = resolve(import.meta.dirname, "../../screenshots");

/** A picture of the page as it is, in both languages where the page can be switched; kept out of the repository. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: resolve(pictures, `${name}.png`), animations: "disabled" });
}

/** The kiosk's screen in both languages; the language is put back to Chinese. */
export async function pictureBoth(page: Page, name: string): Promise<void> {
  await picture(page, `${name}-zh`);
  await page.getByTestId("language-en").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await picture(page, `${name}-en`);
  await page.getByTestId("language-zh-CN").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
}

export async function screen(page: Page, name: string): Promise<void> {
  await expect(page.getByTestId(`screen-${name}`)).toBeVisible({ timeout: 60_000 });
}

/** Touches these one after the other, each as soon as it is there. */
export async function press(page: Page, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) await page.getByTestId(id).first().click();
}

/** No emergency, and on past what the station offers first, to the choice of checks. */
export async function noSymptoms(page: Page): Promise<void> {
  await expect(page.getByTestId("screen-triage")).toHaveAttribute("data-of", "emergency");
  await press(page, "triage-next");
  const other = page.getByTestId("other-checks");
  await expect(other.or(page.getByTestId("screen-checks"))).toBeVisible();
  if (await other.isVisible()) await other.click();
}

/** Whatever has waited for the first result: boards with "none", consents with yes, a boat for a sign; until `there`. */
export async function answerOwed(page: Page, there: Locator): Promise<void> {
  const triage = page.getByTestId("screen-triage");
  const consent = page.getByTestId("screen-consent");
  const sign = page.getByTestId("screen-sign");
  for (let asked = 0; asked < 6; asked++) {
    await expect(triage.or(consent).or(sign).or(there).first()).toBeVisible({ timeout: 60_000 });
    if (await there.first().isVisible()) return;
    const here = (await triage.isVisible()) ? triage : (await consent.isVisible()) ? consent : sign;
    const of = await here.getAttribute("data-of");
    await press(page, here === triage ? "triage-next" : here === consent ? "consent-yes" : "sign-boat");
    // The next question has other words.
    if (of !== null) await expect(page.locator(`main[data-of=${of}]`)).toHaveCount(0);
  }
}

/** From the welcome screen to the choice of checks, as the first demo resident or as a guest. */
export async function enter(page: Page, who: "resident" | "guest"): Promise<void> {
  await screen(page, "welcome");
  await press(page, "start");
  await screen(page, "who");
  await press(page, ...(who === "guest" ? ["no-card", "guest"] : ["resident-card"]));
  await noSymptoms(page);
  await screen(page, "checks");
}

/** What a person chooses who does everything right, by what the step is of; every question is answered with yes. */
const rightAnswers: Readonly<Record<string, string>> = {
  cuff: "cuff-standard",
  meal: "meal-fasting",
  fasting: "meal-fasting",
  ...Object.fromEntries(
    Object.values(stepsOf).flatMap((steps) =>
      steps.flatMap((step) => (step.kind === "ask" ? [[step.id, "ask-yes"]] : [])),
    ),
  ),
};

/** Through one step before a measurement; the rest is spent answering, and not waited for. */
async function prepareStep(page: Page, check: OfferedKind, of: string): Promise<void> {
  const here = page.getByTestId("screen-prepare");
  if (of === "rest") {
    // One question after the other takes the place of the clock alone.
    const further = page.getByTestId("rest-skip").or(page.getByTestId("prepare-next"));
    const no = page.getByTestId("ask-no");
    for (const id of whileResting) {
      await expect(no.or(further)).toBeVisible();
      if (await further.isVisible()) break;
      const title = await here.locator("h1").textContent();
      await no.click();
      await expect(here.locator("h1"), id).not.toHaveText(title ?? "");
    }
    await further.click();
  } else {
    const further = page.getByTestId("prepare-next").or(page.getByTestId("measure-start"));
    await (rightAnswers[of] === undefined ? further : page.getByTestId(rightAnswers[of])).click();
  }
  await expect(page.locator(`[data-testid=screen-prepare][data-of=${of}]`), `${check}: ${of}`).toHaveCount(0);
}

/** From the choice of checks through every step that is left before it, to its start; a quick device is done at once. */
export async function startCheck(page: Page, check: OfferedKind): Promise<void> {
  await press(page, `check-${check}`);
  const prepare = page.getByTestId("screen-prepare");
  const measure = page.getByTestId("screen-measure");
  for (const _ of stepsOf[check]) {
    await answerOwed(page, prepare.or(measure));
    if (await measure.isVisible()) break;
    await prepareStep(page, check, (await prepare.getAttribute("data-of")) ?? "");
    // Boards that have waited may stand between two steps.
    if ((await prepare.or(page.getByTestId("screen-triage")).count()) === 0) break;
  }
}

/** Confirms the numbers if the device needs it, and waits for the result. */
export async function takeResult(page: Page): Promise<void> {
  const yes = page.getByTestId("confirm-yes");
  const result = page.getByTestId("screen-result");
  await expect(yes.or(result)).toBeVisible({ timeout: 90_000 });
  if (await yes.isVisible()) await yes.click();
  await expect(result).toBeVisible({ timeout: 30_000 });
}

/** On from a result by one of its keys; needle and strip are where they belong. */
export async function goOn(page: Page, by: "result-next" | "result-all", to: "checks" | "results"): Promise<void> {
  await press(page, by);
  const asked = page.getByTestId("screen-putAway");
  const there = page.getByTestId(`screen-${to}`);
  await answerOwed(page, asked.or(there));
  if (await asked.isVisible()) await press(page, "ask-yes");
  await answerOwed(page, there);
}

/** The next pressure of the protocol, once its rest is over; what was asked before is not asked again. */
export async function nextReading(page: Page): Promise<void> {
  const again = page.getByTestId("next-reading");
  await expect(again).toBeEnabled({ timeout: 90_000 });
  await again.click();
  // The other arm is shown first; within the minute the touch is kept until its end.
  const start = page.getByTestId("measure-start");
  const measure = page.getByTestId("screen-measure");
  const waits = page.getByTestId("rest-hold");
  await expect(start.or(measure).or(waits).first()).toBeVisible();
  if (await start.isVisible()) await start.click();
  await expect(measure).toBeVisible({ timeout: 90_000 });
}

/** From the first pressure's result to the last one that the protocol asks for: of one arm, or of both and the higher again. */
export async function restOfPressure(page: Page): Promise<void> {
  const again = page.getByTestId("next-reading");
  for (let more = 0; more < 4; more++) {
    await expect(page.getByTestId("result-number")).toBeVisible({ timeout: 30_000 });
    if (!(await again.isVisible())) break;
    await nextReading(page);
    await takeResult(page);
  }
  await expect(again).toHaveCount(0);
}

/** From any screen of a visit to its end, and on to the welcome screen. */
export async function leave(page: Page): Promise<void> {
  await press(page, "leave", "leave-done");
  const next = page.getByTestId("next-person");
  const asked = page.getByTestId("screen-triage");
  const keeps = page.getByTestId("screen-keep");
  await expect(asked.or(keeps).or(next).or(page.getByTestId("screen-welcome")).first()).toBeVisible();
  if (await keeps.isVisible()) await press(page, "keep-no");
  // Who has a result is asked how they are first; a second "done" is the end.
  if (await asked.isVisible()) await press(page, "leave", "leave-done");
  await expect(next.or(page.getByTestId("screen-welcome"))).toBeVisible();
  if (await next.isVisible()) await next.click();
  await screen(page, "welcome");
}
