import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { dayMs } from "../../core/care/hours.ts";
import type { SayKey } from "../../core/care/messages.ts";
import { history, inCare, recordsOf } from "../renderer/desk/page-specimens.ts";
import { tasks } from "../renderer/desk/work-specimens.ts";
import { barriers, hub, more, open, shot, shots, signIn, standOffice, tabTo, work } from "./desk-office.ts";

/** A personal plan from the rules' draft to its next version; what was begun, over a reload; a day in the page's own language. */
standOffice();

async function openPlan(page: Page): Promise<void> {
  await page.keyboard.press("Alt+Digit2");
  await page.getByTestId("care-row").first().click();
  await page.getByTestId("resident-plan").press("Enter");
  await expect(page.getByTestId("plan")).toBeVisible();
}

test("a plan is drafted out of the resident's readings, changed, signed, reviewed and followed by another version, by keys", async ({
  page,
}) => {
  const now = Date.now();
  await open(page, "doctor", { inCare: inCare(), history: history(now), records: recordsOf(now) });
  hub.openKey();
  await openPlan(page);
  await expect(page.getByTestId("plan-grounds")).toContainText("血压");
  const ticked = page.locator("[data-testid^=plan-] >> nth=0");
  await expect(ticked).toBeVisible();
  await expect(page.getByTestId("plan-measurePressureDaily")).toBeChecked();
  await expect(page.getByTestId("plan-sign")).toBeEnabled();
  await shot(page, "plan");
  expect(await barriers(page)).toEqual([]);
  await tabTo(page, "plan-noSmoking");
  await page.keyboard.press("Space");
  await tabTo(page, "plan-in-28");
  await page.keyboard.press("Enter");
  await tabTo(page, "plan-note");
  await page.keyboard.type("饮酒史待问。");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("plan-said")).toBeVisible();
  const [first] = more.plans.get();
  expect(first).toMatchObject({ state: "approved", note: "饮酒史待问。", station: "station" });
  expect(first?.goals).toContain("noSmoking");
  await expect(page.getByTestId("plan-state")).toHaveText("执行中");
  await expect(page.getByTestId("plan-review-day")).toHaveText(first?.review ?? "?");
  await shot(page, "plan-signed");
  expect(await barriers(page)).toEqual([]);

  await page.getByTestId("reached-noSmoking").press("Space");
  await page.getByTestId("plan-again").fill("2031-01-05");
  await page.getByTestId("plan-goes-on").press("Enter");
  await expect(page.getByTestId("plan-review-day")).toHaveText("2031-01-05");

  await page.getByTestId("plan-another").press("Enter");
  await page.getByTestId("plan-noSmoking").press("Space");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => more.plans.get().find(({ id }) => id === first?.id)?.state).toBe("closed");
  await expect(page.getByTestId("plan-another")).toBeVisible();
  const [second] = more.plans.get().filter(({ state }) => state === "approved");
  expect(second?.after).toBe(first?.id);
  expect(more.plans.get().find(({ id }) => id === first?.id)).toMatchObject({
    state: "closed",
    replacedBy: second?.id,
  });
  await page.getByTestId("plan-close").press("Enter");
  await expect(page.locator("[data-testid=event][data-kind=plan]").first()).toBeVisible();
});

test("what was begun is there after a reload, on the page where it was; after signing out nothing of it is", async ({
  page,
}) => {
  const now = Date.now();
  await open(page, "doctor", { inCare: inCare(), history: history(now), records: recordsOf(now), tasks: tasks(now) });
  await page.keyboard.press("Alt+Digit2");
  await page.getByTestId("care-row").first().click();
  await page.getByTestId("resident-refer").press("Enter");
  await page.getByTestId("letter-summary").fill("半月来头晕，药量待调。");
  await page.getByTestId("letter-urgent").getByRole("radio").press("Space");
  await page.reload();
  await expect(page.getByTestId("letter-summary")).toHaveValue("半月来头晕，药量待调。");
  await expect(page.getByTestId("letter-urgent").getByRole("radio")).toBeChecked();

  await page.keyboard.press("Alt+Digit2");
  await page.getByTestId("care-row").first().click();
  await page.getByTestId("resident-prescribe").press("Enter");
  await page.getByTestId("diagnosis").fill("急性支气管炎");
  await page.reload();
  await expect(page.getByTestId("diagnosis")).toHaveValue("急性支气管炎");

  await page.keyboard.press("Alt+Digit9");
  await page.getByTestId("task-row").filter({ hasText: "说清楚" }).click();
  await page.getByTestId("talk-detail").fill("电话里说清楚了是谁看的");
  await shot(page, "talk");
  await page.reload();
  await page.getByTestId("task-row").filter({ hasText: "说清楚" }).click();
  await expect(page.getByTestId("talk-detail")).toHaveValue("电话里说清楚了是谁看的");

  const readable = await page.evaluate(() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage));
  for (const words of ["头晕", "支气管", "说清楚", "letter"]) expect(readable).not.toContain(words);
  await page.getByTestId("sign-out").click();
  await expect(page.getByTestId("account")).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("drafts");
  await signIn(page);
  await page.keyboard.press("Alt+Digit2");
  await page.getByTestId("care-row").first().click();
  await page.getByTestId("resident-refer").press("Enter");
  await expect(page.getByTestId("letter-summary")).not.toHaveValue("半月来头晕，药量待调。");
  expect(work.referrals.get()).toEqual([]);
});

test("a day is typed, moved by keys, and picked from a month in the page's language", async ({ page }) => {
  const now = Date.now();
  await open(page, "doctor", { inCare: inCare(), history: history(now), records: recordsOf(now) });
  await openPlan(page);
  const day = page.getByTestId("plan-review");
  await day.fill("2031-03-31");
  await day.press("ArrowDown");
  await expect(day).toHaveValue("2031-04-01");
  await day.press("PageUp");
  await expect(day).toHaveValue("2031-03-01");
  await page.getByTestId("plan-review-open").press("Enter");
  await expect(page.getByTestId("day-grid")).toContainText("2031年3月");
  // Over it nothing else can be pressed: in the one language.
  await page.screenshot({ path: join(shots, "desk-day-picker-zh.png") });
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(day).toHaveValue("2031-03-09");
  await day.fill("13-45");
  await day.press("Tab");
  await expect(day).toHaveAttribute("aria-invalid", "true");
});

test("an administrator resets the codes of a lost phone, with a reason, after being asked twice", async ({ page }) => {
  await open(page, "manager");
  await page.keyboard.press("Alt+Digit3");
  await expect(page.getByTestId("reset-account")).toBeFocused();
  await page.keyboard.type("nobody");
  await page.keyboard.press("Tab");
  await page.keyboard.type("手机掉进河里");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("reset-do")).toBeFocused();
  await shot(page, "reset");
  expect(await barriers(page)).toEqual([]);
  await page.getByTestId("reset-do").press("Enter");
  await expect(page.getByTestId("work-fault")).toBeVisible();
  expect(more.reset).toEqual([]);
  await page.getByTestId("reset-account").fill("li");
  await page.getByTestId("reset-ask").press("Enter");
  await page.getByTestId("reset-do").press("Enter");
  await expect(page.getByTestId("reset-said")).toContainText("li");
  expect(more.reset).toEqual(["li"]);
});

test("the resident is told something at the next visit: chosen, seen in both languages, sent, and where it stands, by keys", async ({
  page,
}) => {
  const now = Date.now();
  const before = (nth: number, daysAgo: number, key: SayKey, name: string) => ({
    id: `019a0000-0000-7000-8000-0000000000${String(10 + nth)}`,
    station: "station",
    resident: "r",
    from: { name },
    at: new Date(now - daysAgo * dayMs).toISOString(),
    sentences: [{ key }],
    worse: ["loop.worse.callUs" as const],
  });
  const messages = [
    { message: before(1, 9, "loop.say.doctorCalls", "林若水") },
    { message: before(2, 20, "loop.say.prescriptionReady", "hub"), told: new Date(now - 18 * dayMs).toISOString() },
  ];
  await open(page, "doctor", {
    inCare: inCare(),
    history: history(now),
    records: { ...recordsOf(now), messages },
    tasks: tasks(now),
  });
  await page.keyboard.press("Alt+Digit2");
  await page.getByTestId("care-row").first().click();
  await expect(page.locator("[data-testid=event][data-kind=message]").first()).toBeVisible();
  await shot(page, "resident-may-tell");
  await page.getByTestId("resident-tell").press("Enter");
  const rows = page.getByTestId("tell-row");
  await expect(rows.nth(0)).toHaveAttribute("data-state", "unheard");
  await expect(rows.nth(1)).toHaveAttribute("data-state", "told");
  await expect(page.getByTestId("tell-pick")).toBeFocused();
  await expect(page.getByTestId("tell-send")).toBeDisabled();

  const pick = async (key: string) => {
    await page.getByTestId("tell-pick").selectOption(key);
    await page.keyboard.press("Enter");
  };
  await pick("loop.say.bookedStation");
  await expect(page.getByTestId("tell-missing")).toContainText("日期");
  await pick("plan.task.saltBelow5");
  await pick("loop.worse.pressureHigh");
  await tabTo(page, "tell-day");
  await page.keyboard.type("2031-01-05");
  const booked = page.getByTestId("tell-sentence").filter({ hasText: "约好了" });
  await expect(booked).toContainText("约好了：1月5日，请到健康小站来。");
  await expect(booked).toContainText("Booked: Jan 5, please come to the station.");
  await expect(page.getByTestId("tell-send")).toBeEnabled();
  // What to do when it gets worse is said last, and shown so.
  await expect(page.getByTestId("tell-sentence").last()).toContainText("180");
  await shot(page, "tell");
  expect(await barriers(page)).toEqual([]);

  // What was begun is there after a reload.
  await page.reload();
  await page.keyboard.press("Alt+Digit2");
  await page.getByTestId("care-row").first().click();
  await expect(booked).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("tell-said")).toBeVisible();
  await expect(rows.nth(0)).toHaveAttribute("data-state", "waits");
  await expect(booked).toHaveCount(0);
  expect(more.messages.at(-1)?.message).toMatchObject({
    station: "station",
    sentences: [{ key: "loop.say.bookedStation", params: { day: "2031-01-05" } }, { key: "plan.task.saltBelow5" }],
    worse: ["loop.worse.callUs", "loop.worse.pressureHigh"],
  });
  await shot(page, "tell-sent");
  expect(await barriers(page)).toEqual([]);

  await page.getByTestId("tell-tasks").press("Enter");
  await expect(page.getByTestId("tell")).toHaveCount(0);
});
