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
import { colleagues } from "../renderer/desk/specimens.ts";
import { names, township } from "../renderer/desk/work-specimens.ts";

/** The desk's pages as they are built, for whichever role, with a hub whose lists a test gives and looks at afterwards. */
const top = resolve(import.meta.dirname, "../..");
export const shots = join(top, "screenshots");
const practice = { ...township, orgName: "清溪镇卫生院", licence: "specimen" };
const languages = ["zh", "en"] as const;
let folder: string;
/** Of the test that runs. */
export let hub: FakeHub;
export let work: FakeWork;
export let more: FakePages;

/** Called once at the top of a spec: builds the desk before its tests and lets go of everything behind them. */
export function standOffice(): void {
  test.use({ viewport: { width: 1366, height: 768 } });
  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "desk-office-"));
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
}

/** Signs in as somebody of that role. A second open in one test is another hub. */
export async function open(
  page: Page,
  role: Comer,
  start: Omit<WorkStart, "me" | "names"> & Omit<PagesStart, "me"> = {},
): Promise<void> {
  const me = { id: "doc-1", name: "林若水" };
  const county = { org: "county", orgName: "县人民医院", tier: "county" as const, licence: "specimen" };
  const [second, ...others] = colleagues();
  const staff = second ? [{ ...second, practice: { ...county, specialty: "心血管内科" } }, ...others] : [];
  work = fakeWork({ me: role === "doctor" ? me : { ...me, id: "other" }, names, ...start });
  more = fakePages({ me, practice: township, colleagues: staff, ...start });
  const { names: named, ...router } = work.router;
  hub = await openFakeHub(join(folder, "out"), {
    role,
    practice,
    // Emergency records are the fake hub's own, save for auditors, who have nothing else of it.
    router: { names: named, ...router, ...withoutRecord(role, more.router) },
  });
  await signIn(page);
}

/** With the fake hub's one account. */
export async function signIn(page: Page): Promise<void> {
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
export async function shot(page: Page, name: string): Promise<void> {
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

export const barriers = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map(({ html }) => html),
  }));

/** Presses Tab until the wanted thing has the focus; a page that cannot be walked fails here. */
export async function tabTo(page: Page, testId: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    const there = await page.evaluate(
      (wanted) =>
        document.activeElement?.closest(`[data-testid="${wanted}"]`) !== null &&
        document.activeElement !== document.body,
      testId,
    );
    if (there) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${testId} cannot be reached by Tab`);
}
