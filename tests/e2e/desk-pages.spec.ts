import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { build } from "vite";
import type { Comer } from "../../core/contract/hub-people.ts";
import { pages } from "../../pages.vite.config.ts";
import { openFakeHub, type FakeHub } from "../renderer/desk/fake-hub.ts";
import { fakePages, type FakePages, type PagesStart } from "../renderer/desk/fake-pages.ts";
import { fakeWork, type FakeWork, type WorkStart } from "../renderer/desk/fake-work.ts";
import { broken, history, inCare, overview, recordsOf } from "../renderer/desk/page-specimens.ts";
import { colleagues, visitRecord } from "../renderer/desk/specimens.ts";
import { names, prescriptions, referrals, residents, tasks, township } from "../renderer/desk/work-specimens.ts";

/** Pages of auditor and administrator, the resident's page, letters and emergency records, as they are built. */
const top = resolve(import.meta.dirname, "../..");
const shots = join(top, "screenshots");
const practice = { ...township, orgName: "清溪镇卫生院", licence: "specimen" };
const languages = ["zh", "en"] as const;
let folder: string;
let hub: FakeHub;
let work: FakeWork;
let more: FakePages;

test.use({ viewport: { width: 1366, height: 768 } });

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "desk-pages-"));
  await build({
    ...pages,
    configFile: false,
    logLevel: "error",
    build: {
      ...pages.build,
      outDir: join(folder, "out"),
      rolldownOptions: { input: join(top, "renderer/desk/index.html") },
    },
  });
  mkdirSync(shots, { recursive: true });
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));
test.afterEach(() => hub.close());

async function open(
  page: Page,
  role: Comer,
  start: Omit<WorkStart, "me" | "names"> & Omit<PagesStart, "me"> = {},
): Promise<void> {
  const me = { id: "doc-1", name: "林若水" };
  const county = { org: "county", orgName: "县人民医院", tier: "county" as const, licence: "specimen" };
  const [second, ...others] = colleagues();
  const staff = second ? [{ ...second, practice: { ...county, specialty: "心血管内科" } }, ...others] : [];
  work = fakeWork({ me, names, ...start });
  more = fakePages({ me, colleagues: staff, ...start });
  const { names: named, ...router } = work.router;
  hub = await openFakeHub(join(folder, "out"), {
    role,
    practice,
    // Emergency records are the fake hub's own, save for auditors, who have nothing else of it.
    router: { names: named, ...router, ...withoutRecord(role, more.router) },
  });
  await page.goto(hub.address);
  await page.getByTestId("account").fill("doctor");
  await page.getByTestId("password").fill(hub.password);
  await page.getByTestId("sign-in").click();
  await page.getByTestId("code").fill(hub.code);
  await page.getByTestId("enter-code").click();
  await expect(page.getByTestId("doctor-name")).toBeVisible();
}

function withoutRecord(role: Comer, { record, ...others }: FakePages["router"]): object {
  return role === "auditor" ? { ...others, record } : others;
}

/** In both languages; nothing of the page lies outside the window. */
async function shot(page: Page, name: string): Promise<void> {
  for (const language of languages) {
    await page.screenshot({ path: join(shots, `desk-${name}-${language}.png`) });
    const scrolls = await page.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      return scrollHeight > innerHeight || scrollWidth > innerWidth;
    });
    expect(scrolls, `${name} ${language} scrolls`).toBe(false);
    await page.getByTestId("language").click();
    await page.waitForFunction((was) => document.documentElement.lang !== was, language === "zh" ? "zh-CN" : "en");
  }
}

const barriers = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map(({ html }) => html),
  }));

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
