import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { askedContract, contractTask, standingContract } from "../renderer/desk/fake-contracts.ts";
import { history, inCare, recordsOf } from "../renderer/desk/page-specimens.ts";
import { barriers, open, shot, shots, standOffice } from "./desk-office.ts";

/** The agreement of a contract as a document at the desk: read before it is accepted, found again at the resident, near its end, on paper. */
standOffice();
const id = "019a0000-0000-7000-8000-00000000c001";
const elevenMonthsMs = 340 * 86_400_000;

test("the whole text stands before the answer, is what the resident agreed to, and is the doctor's to accept", async ({
  page,
}) => {
  const now = Date.now();
  const [somebody] = inCare();
  const asked = askedContract(id, somebody?.id ?? "", now);
  await open(page, "doctor", { tasks: [contractTask(asked, "contract.answer", now)], contracts: [asked] });
  await page.getByTestId("tab-tasks").click();
  await page.getByTestId("task-row").click();
  const paper = page.getByTestId("agreement");
  await expect(paper).toContainText("清溪镇卫生院");
  await expect(paper).toContainText("0500-1000002");
  await expect(paper).toContainText("不收您的钱");
  await expect(page.getByTestId("contract-check")).toHaveAttribute("data-same", "true");
  await shot(page, "contract");
  expect(await barriers(page)).toEqual([]);
  await page.getByTestId("contract-send").click();
  await expect(page.getByTestId("contract-form")).toHaveCount(0);
});

test("a text that is not the one of the act is said to be another", async ({ page }) => {
  const now = Date.now();
  const asked = { ...askedContract(id, "r", now), hash: "0".repeat(64) };
  await open(page, "doctor", { tasks: [contractTask(asked, "contract.answer", now)], contracts: [asked] });
  await page.getByTestId("tab-tasks").click();
  await page.getByTestId("task-row").click();
  await expect(page.getByTestId("contract-check")).toHaveAttribute("data-same", "false");
});

test("near its end the task says whose act renews it; at the resident the document is read and printed alone", async ({
  page,
}) => {
  const now = Date.now();
  const [somebody] = inCare();
  const then = now - elevenMonthsMs;
  const standing = standingContract(askedContract(id, somebody?.id ?? "", then), then);
  await open(page, "doctor", {
    tasks: [contractTask(standing, "contract.renew", now)],
    contracts: [standing],
    inCare: inCare(),
    history: history(now),
    records: recordsOf(now),
  });
  await page.getByTestId("tab-tasks").click();
  await page.getByTestId("task-row").click();
  await expect(page.getByTestId("agreement")).toHaveAttribute("data-stage", "renewalDue");
  await expect(page.getByTestId("contract-send")).toHaveCount(0);
  await shot(page, "contract-renew");
  await page.getByTestId("tab-resident").click();
  await page.getByTestId("care-row").first().click();
  await page.getByTestId("resident-contract").click();
  await expect(page.getByTestId("contract-signature")).toContainText("林若水");
  expect(await barriers(page)).toEqual([]);
  // A dialog lies over the key of the language.
  await page.screenshot({ path: join(shots, "desk-contract-resident-zh.png") });
  await page.emulateMedia({ media: "print" });
  await expect(page.getByTestId("agreement")).toBeVisible();
  await expect(page.getByTestId("agreement-print")).toBeHidden();
  await expect(page.getByTestId("doctor-name")).toBeHidden();
  await page.screenshot({ path: join(shots, "desk-contract-paper-zh.png") });
  await page.emulateMedia({ media: "screen" });
  await page.getByTestId("agreement-close").click();
  await page.getByTestId("language").click();
  await page.getByTestId("resident-contract").click();
  await expect(page.getByTestId("agreement")).toContainText("You pay nothing.");
  await page.screenshot({ path: join(shots, "desk-contract-resident-en.png") });
});
