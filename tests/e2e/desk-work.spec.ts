import { createHash } from "node:crypto";
import { expect, test } from "@playwright/test";
import type { BlobState } from "../../core/contract/hub-blobs.ts";
import type { WorkStart } from "../renderer/desk/fake-work.ts";
import { calls, visitRecord } from "../renderer/desk/specimens.ts";
import { followUps, prescriptions, referrals, storedItems, tasks } from "../renderer/desk/work-specimens.ts";
import { hub, open, shot, standOffice, tabTo, work } from "./desk-office.ts";
import { picture, silence } from "./work-media.ts";

/** The desk's work pages as they are built, by keys alone and by clicks that are counted. */
standOffice();

const media = (): NonNullable<WorkStart["blobs"]> => {
  const state = (nth: number, kind: BlobState["kind"], type: string, bytes: Buffer): BlobState => ({
    blob: `019a0000-0000-7000-8000-00000000e10${String(nth)}`,
    call: calls.first,
    kind,
    media: type,
    bytes: bytes.length,
    hash: createHash("sha256").update(bytes).digest("hex"),
    received: bytes.length,
    whole: true,
    by: "station",
    at: new Date().toISOString(),
  });
  return [
    { state: state(1, "still", "image/png", picture), bytes: picture },
    { state: state(2, "voiceNote", "audio/webm", silence), bytes: silence },
  ];
};

test("a stored call is answered from one page, in at most twelve touches", async ({ page }) => {
  await open(page, "doctor", { items: storedItems(), blobs: media() });
  hub.record.set({ ...visitRecord(), symptoms: ["SX_SEVERE_HEADACHE"] });
  hub.openKey();
  const began = Date.now();
  let touches = 0;
  const touch = async (testId: string) => {
    touches += 1;
    await page.getByTestId(testId).first().click();
  };
  await page.keyboard.press("Alt+Digit3");
  touches += 1;
  await touch("stored-row");
  await expect(page.getByTestId("still").locator("img")).toBeVisible();
  await expect(page.getByTestId("taken-today")).toContainText("二甲双胍: 记不清");
  await page.getByTestId("voice").evaluate((audio: HTMLAudioElement) => audio.play());
  touches += 1;
  await touch("grade-chip");
  await touch("care.say.pressureHigh");
  await touch("care.say.keepMedicine");
  await touch("care.say.hospitalToday");
  await touch("care.say.worseHead");
  await touch("next-hospital");
  await shot(page, "stored");
  await page.keyboard.press("Control+Enter");
  touches += 1;
  await expect(page.getByTestId("answered")).toBeVisible();
  expect(touches).toBeLessThanOrEqual(12);
  // The hub's word: under two minutes; the script alone takes seconds.
  expect(Date.now() - began).toBeLessThan(120_000);
  expect(work.answered).toEqual([{ call: calls.first, outcome: "refer" }]);
  expect(hub.opinions[0]).toMatchObject({
    next: "hospital",
    soap: { plan: expect.stringContaining("医院") as unknown },
  });
});

test("a stored call is answered by keys alone, the key being opened on the way", async ({ page }) => {
  await open(page, "doctor", { items: storedItems(), blobs: [] });
  hub.record.set(visitRecord());
  await page.keyboard.press("Alt+Digit3");
  await tabTo(page, "stored-row");
  await page.keyboard.press("Enter");
  await tabTo(page, "grade-chip");
  await page.keyboard.press("Enter");
  await tabTo(page, "care.say.lessSalt");
  await page.keyboard.press("Space");
  await tabTo(page, "care.say.worseCall");
  await page.keyboard.press("Space");
  await tabTo(page, "next-none");
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("sign-pin")).toBeFocused();
  await page.keyboard.type("84-27-19-63");
  await tabTo(page, "sign-code");
  await page.keyboard.type(hub.code);
  await expect(page.getByTestId("sign-open")).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("answered")).toBeVisible();
  expect(work.answered).toEqual([{ call: calls.first, outcome: "solved" }]);
});

test("the pharmacist reviews by keys: ticks nine points, accepts; sends another back with a reason", async ({
  page,
}) => {
  await open(page, "pharmacist", { prescriptions: prescriptions(Date.now()) });
  await page.keyboard.press("Alt+Digit5");
  await expect(page.getByTestId("rx-text")).toBeVisible();
  await shot(page, "pharmacy");
  for (const point of "123456789") await page.keyboard.press(point);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("pharmacy-said")).toBeVisible();
  expect(work.prescriptions.get()[0]?.state).toBe("valid");
  await tabTo(page, "review-reason");
  await page.keyboard.type("剂量与肾功能不符，请复核。");
  await tabTo(page, "review-return");
  await page.keyboard.press("Enter");
  await expect.poll(() => work.prescriptions.get()[1]?.state).toBe("returned");
  expect(work.prescriptions.get()[0]?.items).toEqual(prescriptions(0)[0]?.items);
});

test("a prescription that came back is changed, checked and signed by keys", async ({ page }) => {
  const [, second] = prescriptions(Date.now());
  if (!second) throw new Error("no specimen");
  const back = { ...second, state: "returned" as const };
  await open(page, "doctor", { prescriptions: [back] });
  await page.keyboard.press("Alt+Digit4");
  await tabTo(page, "rx-row");
  await page.keyboard.press("Enter");
  await tabTo(page, "drug-search");
  await page.keyboard.type("amlo");
  await page.keyboard.press("Enter");
  await page.keyboard.type("40");
  for (const value of ["1", "7"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(value);
  }
  await expect(page.getByTestId("finding-singleTooHigh")).toBeVisible();
  await expect(page.getByTestId("rx-sign")).toBeDisabled();
  await shot(page, "prescription");
  await page.getByTestId("line-amount").nth(1).focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("5");
  await expect(page.getByTestId("finding-singleTooHigh")).toBeHidden();
  await expect(page.getByTestId("rx-sign")).toBeEnabled();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("rx-said")).toBeVisible();
  const [now] = work.prescriptions.get();
  expect(now).toMatchObject({ state: "signed", revision: 2 });
  expect(now?.items[1]).toEqual({
    drug: "amlodipine-5",
    dose: { amount: 5, unit: "mg" },
    timesPerDay: 1,
    days: 7,
    pieces: 7,
  });
});

test("a referral is rejected by keys with a reason and another place, and stands with its sender", async ({ page }) => {
  const all = referrals(Date.now());
  await open(page, "doctor", { referrals: all });
  await page.keyboard.press("Alt+Digit6");
  await expect(page.getByTestId("referral-card")).toHaveCount(all.length);
  await shot(page, "referrals");
  const down = page.getByTestId("referral-card").filter({ hasText: "下转" });
  await down.focus();
  await page.keyboard.press("Enter");
  await shot(page, "referral");
  await tabTo(page, "do-reject");
  await page.keyboard.press("Enter");
  await tabTo(page, "field-reason");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "field-detail");
  await page.keyboard.type("没有空床");
  await tabTo(page, "field-alternative");
  await page.keyboard.type("石桥镇卫生院");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("referral-said")).toBeVisible();
  const after = work.referrals.get().find(({ direction }) => direction === "down");
  expect(after).toMatchObject({ state: "rejected", rejection: { reason: "noBed", alternative: "石桥镇卫生院" } });
});

test("a follow-up is tried, and signed, by keys; the overdue stand on top", async ({ page }) => {
  await open(page, "doctor", { followUps: followUps(Date.now()) });
  await page.keyboard.press("Alt+Digit7");
  await expect(page.getByTestId("follow-row").first()).toContainText("赵春梅");
  await tabTo(page, "follow-row");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo(page, "try-phone-yes");
  await page.keyboard.press("Enter");
  const said = page.getByTestId("follow-said");
  await expect(said).toBeVisible();
  // What was said in one language is not left standing in another.
  await page.getByTestId("language").click();
  await expect(said).toHaveCount(0);
  await page.getByTestId("language").click();
  await expect(said).toBeVisible();
  await tabTo(page, "follow-form");
  await page.keyboard.press("Enter");
  await tabTo(page, "control-hypertension");
  await page.keyboard.press("ArrowDown");
  await shot(page, "follow-ups");
  await tabTo(page, "medication");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "contact");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "symptoms");
  await page.keyboard.type("无不适");
  await tabTo(page, "advice");
  await page.keyboard.type("继续用药，少盐。");
  await tabTo(page, "follow-sign");
  await page.keyboard.press("Enter");
  await expect.poll(() => work.followUps.get()[1]?.state).toBe("done");
});

test("a task shows its owner, age and what climbed, and leads to its page", async ({ page }) => {
  await open(page, "doctor", { tasks: tasks(Date.now()), referrals: referrals(Date.now()) });
  await page.keyboard.press("Alt+Digit9");
  await expect(page.getByTestId("climbed")).toHaveCount(2);
  await tabTo(page, "task-row");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("danger-form")).toBeVisible();
  await shot(page, "tasks");
  await page.getByTestId("task-row").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("referral-pane")).toBeVisible();
  expect(work.tasks.get()[1]?.readBy).toBe("doc-1");
});
