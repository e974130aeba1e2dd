import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { alike, broken, history, inCare, overview, recordsOf } from "../renderer/desk/page-specimens.ts";
import { visitRecord } from "../renderer/desk/specimens.ts";
import { prescriptions, referrals, residents, tasks } from "../renderer/desk/work-specimens.ts";
import { barriers, hub, more, open, shot, shots, standOffice, work } from "./desk-office.ts";

/** Pages of auditor and administrator, the resident's page, letters and emergency records, as they are built. */
standOffice();

test("an auditor reviews who opened a record, by keys; the late ones are marked; and sees the office's numbers", async ({
  page,
}) => {
  const now = Date.now();
  await open(page, "auditor", { broken: broken(now), overview: overview(now), referrals: referrals(now) });
  await expect(page.getByTestId("review-row")).toHaveCount(3);
  await shot(page, "review-none");
  await page.getByTestId("review-row").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("review-note")).toBeFocused();
  await page.keyboard.type("求救记录相符。");
  await shot(page, "review");
  expect(await barriers(page)).toEqual([]);
  await page.getByTestId("review-justified").press("Enter");
  await expect(page.getByTestId("review-said")).toBeVisible();
  expect(more.broken.get()[1]?.review).toMatchObject({ finding: "justified", note: "求救记录相符。" });
  await page.keyboard.press("Alt+Digit2");
  await expect(page.getByTestId("overview-tasks").getByRole("listitem")).toHaveCount(8);
  await expect(page.getByTestId("overview-up")).toContainText("6发出");
});

test("an administrator sees counts by direction and state, the oldest tasks and who is on duty, and no name of a resident", async ({
  page,
}) => {
  const now = Date.now();
  await open(page, "manager", { overview: overview(now), referrals: referrals(now) });
  await expect(page.getByTestId("overview-up")).toBeVisible();
  const whole = await page.getByTestId("overview").textContent();
  for (const { name } of residents) expect(whole).not.toContain(name);
  await expect(page.getByTestId("month")).toContainText(/\d{4}年\d{1,2}月/u);
  await shot(page, "overview");
  expect(await barriers(page)).toEqual([]);
  await page.getByTestId("month").getByRole("button").first().press("Enter");
  await expect(page.getByTestId("month").getByRole("button").last()).toBeEnabled();
});

test("the office without any case says calmly what will stand there", async ({ page }) => {
  await open(page, "manager");
  await expect(page.getByTestId("overview-up")).toBeVisible();
  await shot(page, "overview-empty");
});

test("a resident is found by the sound of a name, and the page shows half a year", async ({ page }) => {
  const now = Date.now();
  await open(page, "doctor", { inCare: inCare(), history: history(now), records: recordsOf(now) });
  await page.keyboard.press("Alt+Digit2");
  await expect(page.getByTestId("care-row")).toHaveCount(6);
  await shot(page, "care-list");
  await page.getByTestId("care-search").fill("zcm");
  await expect(page.getByTestId("care-row")).toHaveCount(1);
  await page.getByTestId("care-row").press("Enter");
  for (const kind of ["call", "booking", "pickUp", "followUp", "reading", "opinion", "danger"])
    await expect(page.locator(`[data-testid=event][data-kind=${kind}]`).first()).toBeVisible();
  await expect(page.getByTestId("trend").first().locator("canvas")).toBeVisible();
  await expect(page.getByTestId("trend").first()).toHaveAttribute("data-numbers", "12");
  await page.getByTestId("care-search").fill("");
  await shot(page, "resident-page");
  expect(await barriers(page)).toEqual([]);
});

test("a letter up is written from the resident's page, signed and sent; what it will ask of whom stands beside it", async ({
  page,
}) => {
  const now = Date.now();
  await open(page, "doctor", { inCare: inCare(), history: history(now), records: recordsOf(now) });
  hub.openKey();
  await page.keyboard.press("Alt+Digit2");
  await page.getByTestId("care-row").first().click();
  await page.getByTestId("resident-refer").press("Enter");
  await expect(page.getByTestId("letter-to")).toBeFocused();
  await expect(page.getByTestId("letter-summary"), "goes on from the signed opinion").toHaveValue(/高血压 3 级/u);
  await expect(page.getByTestId("letter-sign")).toBeDisabled();
  await page.getByTestId("letter-urgent").getByRole("radio").press("Space");
  await page.getByTestId("letter-examination").getByRole("radio").press("Space");
  await page.getByTestId("letter-reason-pressureStaysHigh").press("Space");
  await expect(page.getByTestId("letter-then")).toContainText("2小时");
  await expect(page.getByTestId("letter-then").getByRole("listitem")).toHaveCount(7);
  await shot(page, "letter");
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("referral-said")).toContainText("赵春梅");
  expect(work.referrals.get()).toMatchObject([
    {
      state: "sent",
      direction: "up",
      priority: "urgent",
      green: "examination",
      to: { org: "county", tier: "county" },
      station: "station",
    },
  ]);
  await page.getByTestId("referral-card").press("Enter");
  await expect(page.getByTestId("referral-path").locator("[aria-current=step]")).toHaveText("发出");
  await shot(page, "letter-sent");
});

test("a letter written from a danger value answers it", async ({ page }) => {
  const now = Date.now();
  await open(page, "villageDoctor", { inCare: inCare(), history: history(now), records: recordsOf(now) });
  await page.keyboard.press("Alt+Digit2");
  await page.getByTestId("care-row").first().click();
  await page.locator("[data-kind=danger]").getByTestId("event-refer").press("Enter");
  await expect(page.getByTestId("letter-stat").getByRole("radio"), "as pressing as it is").toBeChecked();
  await expect(page.getByTestId("letter-sign")).toBeEnabled();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("referral-said")).toBeVisible();
  const [letter] = work.referrals.get();
  expect(letter?.state).toBe("sent");
  expect(more.moved).toMatchObject([{ input: { kind: "answer", outcome: "refer", referral: letter?.id } }]);
});

test("a record opened in an emergency says how long it stays open, and is found again after Esc", async ({ page }) => {
  await open(page, "doctor");
  hub.record.set(visitRecord());
  hub.alarms.set([
    {
      alarm: crypto.randomUUID(),
      visit: "v",
      reason: "symptom",
      at: new Date().toISOString(),
      station: { id: "s", name: "槐树村站", place: "样本县样本镇" },
    },
  ]);
  await page.getByTestId("alarm-look").click();
  await page.getByTestId("glass-reason").fill("胸痛，当班只有我一人");
  await page.getByTestId("glass-open").click();
  await expect(page.getByTestId("glass-until")).toContainText("还有23小时");
  await page.screenshot({ path: join(shots, "desk-glass-open-zh.png") });
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("glass")).toHaveCount(0);
  await page.getByTestId("alarm-answer").click();
  await expect(page.getByTestId("glass-back")).toBeVisible();
  await shot(page, "glass-back");
  await page.keyboard.press("Alt+Digit0");
  await expect(page.getByTestId("glass-record")).toContainText("184/112");
  await page.getByTestId("glass-close").click();
  await expect(page.getByTestId("glass")).toHaveCount(0);
});

test("what the checks are told is chosen from their own words, by sound, and what they cannot know is marked", async ({
  page,
}) => {
  const now = Date.now();
  await open(page, "doctor", { inCare: inCare(), history: history(now), records: recordsOf(now) });
  await page.keyboard.press("Alt+Digit2");
  await page.getByTestId("care-row").first().click();
  await page.getByTestId("resident-prescribe").press("Enter");
  const picked = (name: string) => page.getByTestId(`pick-${name}`).getByTestId("picked");
  await expect(picked("allergies"), "as the last prescription knew").toHaveText(/青霉素类/u);
  await expect(page.getByTestId("diagnosis")).toBeFocused();
  await page.keyboard.type("急性上呼吸道感染");
  await page.getByTestId("drug-search").fill("amxl");
  await page.keyboard.press("Enter");
  for (const value of ["500", "3", "7"]) {
    await page.keyboard.type(value);
    await page.keyboard.press("Tab");
  }
  await expect(page.getByTestId("finding-allergy")).toContainText("青霉素类");
  await page.getByTestId("patient-taking").fill("huafalin");
  await page.keyboard.press("Enter");
  await expect(picked("taking")).toHaveCount(1);
  await page.getByTestId("patient-conditions").fill("花粉过敏");
  await page.keyboard.press("Enter");
  await expect(picked("conditions")).toContainText("检查不到");
  await shot(page, "prescription-facts");
  expect(await barriers(page)).toEqual([]);
});

test("records that may be one person's stand beside each other, under nine tabs", async ({ page }) => {
  await open(page, "doctor", { alike: alike() });
  await page.keyboard.press("Alt+Digit5");
  await page.getByTestId("same-row").first().press("Enter");
  await expect(page.getByTestId("same-join")).toBeVisible();
  await shot(page, "same");
  expect(await barriers(page)).toEqual([]);
  await page.getByTestId("same-row").last().press("Enter");
  await expect(page.getByTestId("same-part")).toBeDisabled();
  await shot(page, "same-joined");
});

const emptyPages = [
  { name: "consult", digit: 1 },
  { name: "resident", digit: 2 },
  { name: "stored", digit: 3 },
  { name: "prescriptions", digit: 4 },
  { name: "referrals", digit: 6 },
  { name: "follow-ups", digit: 7 },
  { name: "tasks", digit: 9 },
  { name: "colleagues", digit: 8 },
] as const;

test("pages without data say what will stand there", async ({ page }) => {
  await open(page, "doctor", { colleagues: [] });
  for (const { name, digit } of emptyPages) {
    await page.keyboard.press(`Alt+Digit${String(digit)}`);
    await expect(page.locator(".page:not([hidden]) .page-wait")).toHaveCount(0);
    await shot(page, `empty-${name}`);
  }
});

test("a pharmacist's tasks lead on from the desk of reviews", async ({ page }) => {
  await open(page, "pharmacist", { prescriptions: prescriptions(Date.now()), tasks: tasks(Date.now()) });
  await page.keyboard.press("Alt+Digit5");
  await expect(page.getByTestId("rx-text")).toBeVisible();
  await page.keyboard.press("Alt+Digit9");
  await expect(page.getByTestId("task-row").first()).toBeVisible();
  await shot(page, "pharmacist-tasks");
});
