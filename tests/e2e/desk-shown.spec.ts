import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { colleagues, invitation, visitRecord, waitingRoom } from "../renderer/desk/specimens.ts";
import {
  acceptFirst,
  framesSeen,
  hub,
  overflow,
  sendCuff,
  shot,
  signIn,
  standDesk,
  station,
  written,
} from "./desk-stage.ts";
import { fillOpinion, signOpinion } from "./write-opinion.ts";

standDesk();

test("every page can be used by eye, ear and keyboard alike", async ({ page, browser }) => {
  const barriers = async () =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ html }) => html),
    }));
  await page.goto(hub.address);
  await expect(page.getByTestId("sign-in")).toBeVisible();
  expect(await barriers()).toEqual([]);
  hub.queue.set(waitingRoom());
  hub.record.set(visitRecord());
  await signIn(page);
  await expect(page.getByTestId("queue-item")).toHaveCount(3);
  expect(await barriers()).toEqual([]);
  await acceptFirst(page);
  const other = await station(browser);
  await sendCuff(other);
  await expect(page.getByTestId("live-value")).toHaveText("125");
  expect(await barriers()).toEqual([]);
  await page.getByTestId("proof-open").first().click();
  expect(await barriers()).toEqual([]);
  await other.close();
});

for (const { name, width, height } of [
  { name: "1366", width: 1366, height: 768 },
  { name: "1920", width: 1920, height: 1080 },
]) {
  for (const language of ["zh", "en"] as const) {
    test(`every page fits ${width} × ${height} in ${language}, and is shown`, async ({ page, browser }) => {
      await page.setViewportSize({ width, height });
      const tag = `${name}-${language}`;
      await page.goto(hub.address);
      await page.getByTestId("account").fill("doctor");
      if (language === "en") await page.getByTestId("language").click();
      await shot(page, `sign-in-${tag}`);
      await page.getByTestId("password").fill("wrong");
      await page.getByTestId("sign-in").click();
      await expect(page.getByTestId("sign-in-error")).not.toBeEmpty();
      await shot(page, `sign-in-error-${tag}`);
      await page.getByTestId("password").fill(hub.password);
      await page.getByTestId("sign-in").click();
      await expect(page.getByTestId("code")).toBeVisible();
      await shot(page, `sign-in-code-${tag}`);
      await page.getByTestId("code").fill(hub.code);
      await page.getByTestId("enter-code").click();
      await expect(page.getByTestId("queue-empty")).toBeVisible();
      await shot(page, `queue-empty-${tag}`);
      hub.queue.set(waitingRoom());
      await expect(page.getByTestId("queue-item")).toHaveCount(3);
      await shot(page, `queue-${tag}`);
      hub.record.set(visitRecord());
      await acceptFirst(page);
      await expect(page.getByTestId("call-state")).toBeVisible();
      await shot(page, `connecting-${tag}`);
      const other = await station(browser);
      await expect.poll(() => framesSeen(page)).toBeGreaterThan(5);
      await sendCuff(other);
      await expect(page.getByTestId("live-value")).toHaveText("125");
      await fillOpinion(page, {
        ...written,
        ...(language === "en" ? { assessment: "Pressure very high.", plan: "County hospital today." } : {}),
        sentences: [...written.sentences, "care.say.measureAgain"],
      });
      await shot(page, `call-${tag}`);
      expect(await overflow(page)).toEqual({ right: 0, below: 0 });
      await page.getByTestId("proof-open").first().click();
      await shot(page, `proof-${tag}`);
      await page.keyboard.press("Escape");
      await page.getByTestId("opinion-send").click();
      await expect(page.getByTestId("sign-form")).toBeVisible();
      await shot(page, `sign-form-${tag}`);
      expect(await overflow(page)).toEqual({ right: 0, below: 0 });
      await signOpinion(page, () => hub.code);
      await shot(page, `opinion-sent-${tag}`);
      await page.getByTestId("hang-up").click();
      await expect(page.getByTestId("call-state")).toBeVisible();
      await shot(page, `hung-up-${tag}`);
      await other.close();
    });
  }
}

for (const language of ["zh", "en"] as const) {
  test(`the pages around the call are reached by keys alone, in ${language}`, async ({ page, browser }) => {
    hub.queue.set(waitingRoom());
    hub.record.set(visitRecord());
    hub.colleagues.set(colleagues());
    hub.invitations.set([invitation()]);
    await signIn(page);
    if (language === "en") await page.getByTestId("language").click();
    await expect(page.getByTestId("invitation")).toBeVisible();
    await shot(page, `invitation-${language}`);
    await page.keyboard.press("?");
    await expect(page.getByTestId("help")).toBeVisible();
    await shot(page, `help-${language}`);
    await page.keyboard.press("Escape");

    await page.keyboard.press("F2");
    const other = await station(browser);
    await expect.poll(() => framesSeen(page)).toBeGreaterThan(5);
    await shot(page, `ask-${language}`);
    await page.getByTestId("ask-bloodPressure").press("Enter");
    await expect(page.getByTestId("ask-stop")).toBeVisible();
    await expect.poll(() => hub.heard.map(({ kind }) => kind)).toContain("askMeasure");
    const ask = hub.heard.find(({ kind }) => kind === "askMeasure") as { readonly ask: string };
    hub.fromStation({ kind: "askAnswer", ask: ask.ask, agreed: true });
    await expect(page.getByTestId("ask-state")).toContainText(language === "zh" ? "居民同意了" : "agreed");
    await shot(page, `asked-${language}`);
    await page.getByTestId("ask-stop").press("Enter");
    await expect.poll(() => hub.heard.at(-1)).toEqual({ kind: "askStop", ask: ask.ask });

    await page.getByTestId("invite").press("Enter");
    const rows = page.getByTestId("invite-dialog").getByTestId("colleague");
    await expect(rows).toHaveCount(3);
    const boxes = await Promise.all((await rows.all()).map((row) => row.boundingBox()));
    expect(new Set(boxes.map((box) => box?.x)).size, "one below the other").toBe(1);
    expect(boxes[0]?.height, "a row").toBeLessThan(90);
    await shot(page, `invite-${language}`);
    await rows.first().getByRole("button").press("Enter");
    await expect.poll(() => hub.asked.at(-1)).toEqual({ invite: "doc-2" });

    await page.keyboard.press("Alt+2");
    await expect(page.getByTestId("event")).toHaveCount(3);
    await expect(page.getByTestId("trend").first().locator("canvas")).toBeVisible();
    await shot(page, `resident-${language}`);
    expect(await overflow(page)).toEqual({ right: 0, below: 0 });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.keyboard.press("Alt+8");
    await expect(page.getByTestId("colleague")).toHaveCount(4);
    // Who is away cannot be called.
    await expect(page.locator("[data-here=false]").getByRole("button")).toHaveCount(0);
    await expect(page.getByTestId("colleague-last")).toHaveCount(2);
    await shot(page, `colleagues-${language}`);
    expect(await overflow(page)).toEqual({ right: 0, below: 0 });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    // The talk goes on behind the other pages.
    const before = await framesSeen(page);
    await expect.poll(() => framesSeen(page)).toBeGreaterThan(before + 5);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("call")).toBeVisible();
    await page.getByTestId("finish").press("Enter");
    await expect(page.getByTestId("finish-sure"), "urgent: an outcome first").toBeDisabled();
    await shot(page, `finish-${language}`);
    await other.close();
  });
}

test("who only watches sees a resident of an age, and no name, station or record", async ({ page }) => {
  hub.queue.set(waitingRoom());
  hub.record.set(visitRecord());
  await signIn(page);
  await acceptFirst(page);
  const taken = hub.view.get();
  if (!taken) throw new Error("no call was taken");
  const { station: _place, ...rest } = taken;
  hub.queue.set([]);
  hub.view.set({
    ...rest,
    ageBand: "70-79",
    clinician: { id: "doc-9", name: "陈明远" },
    participants: taken.participants.flatMap((one) =>
      one.role === "resident"
        ? [
            { ...one, id: "resident", name: "" },
            { ...one, id: "doc-9", kind: "person" as const, role: "doctor" as const, name: "陈明远" },
          ]
        : [{ ...one, role: "observer" as const }],
    ),
  });
  await page.reload();
  await expect(page.getByTestId("watched")).toContainText("70-79 岁");
  await expect(page.getByTestId("people")).toContainText("陈明远");
  await expect(page.getByTestId("record")).toHaveCount(0);
  await expect(page.getByTestId("call")).not.toContainText(taken.station?.name ?? "?");
  const { resident } = visitRecord();
  await expect(page.locator("body")).not.toContainText(resident?.name ?? "?");
  await shot(page, "watched");
});
