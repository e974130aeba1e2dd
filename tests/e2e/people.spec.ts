import { expect, test, type Page } from "@playwright/test";
import { codeAt } from "../../hub/http/second-factor.ts";
import { barriers, shot } from "./desk-office.ts";
import { picture } from "./kiosk.ts";
import { makeDataFolder, startProduct, type Product } from "./product.ts";
import { newPage, openDesk } from "./round-table.ts";

/** How a county begins: an institution, a doctor who is invited there, comes in, works, and is out when the account is closed. */

const sizeOfDesk = { width: 1366, height: 768 };
const account = "zhao";
const password = "qingxi-2026-spring";

let data: ReturnType<typeof makeDataFolder>;
let product: Product;

test.beforeAll(async () => {
  data = makeDataFolder();
  product = await startProduct(data.folder);
});
test.afterAll(async () => {
  await product.stop();
  data.remove();
});

/** In both languages, and nothing in the way of anybody. The dialog of a code keeps the page's own switch from the mouse. */
async function seen(page: Page, name: string): Promise<void> {
  await shot(page, name);
  expect(await barriers(page), name).toEqual([]);
}

/** By keys alone: whatever is chosen has the focus already, or is reached by Tab. */
async function tabTo(page: Page, testId: string): Promise<void> {
  const wanted = page.getByTestId(testId);
  for (let nth = 0; nth < 40; nth++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${testId}`);
}

async function makeInstitution(manager: Page): Promise<void> {
  await manager.keyboard.press("Alt+Digit4");
  await expect(manager.getByTestId("people")).toBeVisible();
  await seen(manager, "people");
  await manager.getByTestId("org-add").press("Enter");
  await expect(manager.getByTestId("org-name")).toBeFocused();
  await manager.keyboard.type("样本乡卫生院");
  await tabTo(manager, "org-tier");
  await manager.getByTestId("org-tier").selectOption("township");
  await manager.getByTestId("org-above").selectOption({ label: "演示县人民医院" });
  await tabTo(manager, "org-phone");
  await manager.keyboard.type("0500-1000009");
  await manager.keyboard.press("Enter");
  await expect(manager.getByTestId("staff-said")).toContainText("样本乡卫生院");
  const row = manager.getByTestId("org-row").filter({ hasText: "样本乡卫生院" });
  await expect(row).toContainText("0500-1000009");
  await expect(row).toHaveAttribute("aria-current", "true");
}

/** Answers the code. An account name that is taken is refused where it was typed, and nothing that was typed is lost. */
async function invite(manager: Page): Promise<string> {
  await manager.getByTestId("invite").press("Enter");
  await expect(manager.getByTestId("invite-account")).toBeFocused();
  await manager.keyboard.type("doctor");
  await tabTo(manager, "person-name");
  await manager.keyboard.type("样本医生赵");
  await expect(manager.getByTestId("person-org").locator("option:checked")).toContainText("样本乡卫生院");
  await tabTo(manager, "person-licence");
  await manager.keyboard.type("样本-0001");
  await manager.keyboard.press("Enter");
  await expect(manager.getByTestId("staff-wrong")).toBeVisible();
  await expect(manager.getByTestId("person-name")).toHaveValue("样本医生赵");
  await seen(manager, "people-taken");
  await manager.getByTestId("invite-account").fill(account);
  await manager.keyboard.press("Enter");
  const card = manager.getByTestId("code-card");
  await expect(card).toBeVisible();
  await picture(manager, "desk-people-code-zh");
  expect(await barriers(manager)).toEqual([]);
  const code = await manager.getByTestId("once-code").innerText();
  // It is shown once: no key takes it away in passing.
  await manager.keyboard.press("Escape");
  await manager.keyboard.press("Escape");
  await manager.keyboard.press("Enter");
  await expect(card).toBeVisible();
  await tabTo(manager, "code-noted");
  await manager.keyboard.press("Enter");
  await expect(card).toHaveCount(0);
  const row = manager.locator(`[data-testid=person-row][data-account=${account}]`);
  await expect(row).toHaveAttribute("data-state", "invited");
  await seen(manager, "people-invited");
  return code;
}

/** Found from anywhere, their name mended, invited anew. Answers the new code. */
async function inviteAgain(manager: Page): Promise<string> {
  await manager.getByTestId("org-county").press("Enter");
  await manager.getByTestId("people-search").fill("yangbenyishengzhao");
  const row = manager.getByTestId("person-row");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("样本乡卫生院");
  await seen(manager, "people-found");
  await row.press("Enter");
  await tabTo(manager, "person-change");
  await manager.keyboard.press("Enter");
  await manager.getByTestId("person-name").fill("样本医生赵春");
  await seen(manager, "people-change");
  await manager.getByTestId("person-name").press("Enter");
  await expect(row).toContainText("样本医生赵春");
  await tabTo(manager, "person-again");
  await manager.keyboard.press("Enter");
  await expect(manager.getByTestId("again-not"), "the harmless key is under the finger").toBeFocused();
  await tabTo(manager, "again-do");
  await manager.keyboard.press("Enter");
  const code = await manager.getByTestId("once-code").innerText();
  await manager.getByTestId("code-noted").press("Enter");
  await manager.getByTestId("people-search").fill("wu ren");
  await expect(manager.getByTestId("people-none")).toHaveCount(2);
  await manager.getByTestId("people-search").fill("");
  await manager.getByTestId("org-row").filter({ hasText: "样本乡卫生院" }).press("Enter");
  return code;
}

async function comeIn(page: Page, code: string, oldCode: string): Promise<void> {
  await page.goto(product.desk);
  await page.getByTestId("invited-open").press("Enter");
  await expect(page.getByTestId("invited-account")).toBeFocused();
  await page.keyboard.type(account);
  await page.getByTestId("invited-code").fill(oldCode);
  await page.getByTestId("invited-password").fill(password);
  await page.getByTestId("invited-again").fill("something else");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("invited-wrong")).toBeVisible();
  await seen(page, "invited");
  await page.getByTestId("invited-again").fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("invited-wrong"), "only the newest invitation is good").toHaveAttribute(
    "id",
    "invited-code-under",
  );
  await page.getByTestId("invited-code").fill(code);
  await page.keyboard.press("Enter");
  const secret = page.getByTestId("enrol-secret");
  await expect(secret, "the usual sign-in goes on with the second factor").toBeVisible();
  await seen(page, "invited-factor");
  await page.getByTestId("code").fill(codeAt((await secret.innerText()).replaceAll(/\s/gu, ""), Date.now()));
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("doctor-name")).toHaveText("样本医生赵春");
  await expect(page.getByTestId("queue-empty")).toBeVisible();
}

test("an administrator makes an institution and invites a doctor, who comes in, works, and is out with the account", async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const manager = await openDesk(browser, product, "manager");
  const doctor = await newPage(browser, sizeOfDesk);
  for (const page of [manager, doctor]) page.setDefaultTimeout(15_000);
  await makeInstitution(manager);
  const oldCode = await invite(manager);
  const code = await inviteAgain(manager);
  await comeIn(doctor, code, oldCode);

  const row = manager.locator(`[data-testid=person-row][data-account=${account}]`);
  await expect(row).toHaveAttribute("data-state", "active");
  await row.press("Enter");
  await expect(manager.getByTestId("person-pane")).toBeFocused();
  await seen(manager, "people-person");
  await tabTo(manager, "person-retire");
  await manager.keyboard.press("Enter");
  await expect(manager.getByTestId("retire-not"), "the harmless key is under the finger").toBeFocused();
  await expect(doctor.getByTestId("queue-empty")).toBeVisible();
  await seen(manager, "people-retire");
  await tabTo(manager, "retire-do");
  await manager.keyboard.press("Enter");
  await expect(doctor.getByTestId("sign-in-ended"), "out at once, and told why").toBeVisible();
  await seen(doctor, "sign-in-ended");
  await expect(row).toHaveAttribute("data-state", "retired");
  await doctor.getByTestId("account").fill(account);
  await doctor.getByTestId("password").fill(password);
  await doctor.keyboard.press("Enter");
  await expect(doctor.getByTestId("sign-in-error")).not.toBeEmpty();
  await expect(doctor.getByTestId("code")).toHaveCount(0);
});

test("a new station's code comes with its pairing, and an auditor sees everything and changes nothing", async ({
  browser,
}) => {
  const manager = await openDesk(browser, product, "manager");
  await manager.keyboard.press("Alt+Digit4");
  await expect(manager.getByTestId("station-row")).toHaveCount(1);
  await manager.getByTestId("station-row").press("Enter");
  await expect(manager.getByTestId("station-branch").locator("option:checked")).toContainText("演示村卫生室");
  await manager.getByTestId("station-hospital").selectOption({ label: "演示县人民医院 · 县" });
  await manager.getByTestId("station-save").press("Enter");
  await expect(manager.getByTestId("station-row")).toContainText("演示县人民医院");
  await manager.getByTestId("station-new").press("Enter");
  await manager.getByTestId("station-save").press("Enter");
  await expect(manager.getByTestId("once-code")).not.toBeEmpty();
  await picture(manager, "desk-people-station-code-zh");
  await manager.getByTestId("code-noted").press("Enter");

  const auditor = await openDesk(browser, product, "auditor");
  await auditor.keyboard.press("Alt+Digit4");
  await auditor.getByTestId("org-row").filter({ hasText: "演示县人民医院" }).press("Enter");
  await auditor.getByTestId("person-row").first().press("Enter");
  await expect(auditor.getByTestId("person-pane")).toBeVisible();
  await seen(auditor, "people-auditor");
  for (const key of ["org-add", "org-change", "invite", "station-new", "person-change", "person-retire"])
    await expect(auditor.getByTestId(key)).toHaveCount(0);
});
