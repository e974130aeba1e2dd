import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { calls, cuffStopped, visitRecord, waitingRoom } from "../renderer/desk/specimens.ts";
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
import { fillOpinion, signingPin, signOpinion } from "./write-opinion.ts";

standDesk();

test("a wrong password and a wrong code are told in a sentence, and the right ones open the desk", async ({ page }) => {
  await page.goto(hub.address);
  await page.getByTestId("account").fill("doctor");
  await page.getByTestId("password").fill("wrong");
  await page.getByTestId("sign-in").click();
  await expect(page.getByTestId("sign-in-error")).toHaveText("账号或密码不对。");
  await expect(page.getByTestId("password")).toHaveValue("");
  await page.getByTestId("password").fill(hub.password);
  await page.getByTestId("password").press("Enter");
  await expect(page.getByTestId("code")).toBeFocused();
  await page.getByTestId("code").fill("000000");
  await page.getByTestId("code").press("Enter");
  await expect(page.getByTestId("sign-in-error")).toContainText("验证码不对");
  await expect(page.getByTestId("code")).toHaveValue("");
  await page.getByTestId("code").fill(hub.code);
  await page.getByTestId("code").press("Enter");
  await expect(page.getByTestId("queue-empty")).toBeVisible();
  await page.getByTestId("sign-out").click();
  await expect(page.getByTestId("sign-in")).toBeVisible();
});

test("the first sign-in shows the secret as a picture and as letters, and goes on with a code", async ({ page }) => {
  hub.mustEnrol({ uri: "otpauth://totp/specimen?secret=JBSWY3DPEHPK3PXP", secret: "JBSWY3DPEHPK3PXP" });
  await page.goto(hub.address);
  await page.getByTestId("account").fill("doctor");
  await page.getByTestId("password").fill(hub.password);
  await page.getByTestId("password").press("Enter");
  await expect(page.getByTestId("enrol-secret")).toHaveText("JBSW Y3DP EHPK 3PXP");
  await expect(page.getByRole("img", { name: "验证器用的二维码" })).toBeVisible();
  expect(await overflow(page)).toEqual({ right: 0, below: 0 });
  await shot(page, "sign-in-enrol");
  await page.getByTestId("code").fill(hub.code);
  await page.getByTestId("code").press("Enter");
  await expect(page.getByTestId("queue-empty")).toBeVisible();
});

test("a doctor who is too late is told who took the resident", async ({ page }) => {
  hub.queue.set(waitingRoom());
  await signIn(page);
  hub.takeAway(calls.first);
  await page.getByTestId("accept").first().click();
  await expect(page.getByTestId("queue-notice")).toContainText("王*兰");
  await expect(page.getByTestId("queue-notice")).toContainText("别的医生已经接了");
  await expect(page.getByTestId("no-call")).toBeVisible();
});

test("the doctor sees the face, the results with their proof, and the cuff as it moves; the opinion goes out; the visit ends", async ({
  page,
  browser,
}) => {
  hub.queue.set(waitingRoom());
  hub.record.set(visitRecord());
  await signIn(page);
  await expect(page.getByTestId("queue-item")).toHaveCount(3);
  await page.keyboard.press("F2");
  const other = await station(browser);
  await expect.poll(() => framesSeen(page)).toBeGreaterThan(5);
  await expect.poll(() => hub.mediaUp).toBeGreaterThan(0);
  await expect(page.getByTestId("call")).toHaveAttribute("data-state", "active");

  await sendCuff(other);
  await expect(page.getByTestId("live-value")).toHaveText("125");
  await expect(page.getByTestId("live-phase")).toHaveText("正在放气");
  await other.evaluate((text) => window.rig.sendLive("station", text), JSON.stringify(cuffStopped()));
  await expect(page.getByTestId("live-phase")).toHaveText("已停止，没有结果");

  await expect(page.getByTestId("result-bloodPressure")).toContainText("184/112");
  await expect(page.getByTestId("result-lipids")).toContainText("> 5.65");
  await expect(page.getByTestId("refusals")).toContainText("3 个数没有算数");
  await expect(page.getByTestId("taken-today")).toContainText("氨氯地平: 吃过了");
  // The glucose has everything behind it; what a simulated cuff said has not, and says why.
  await expect(page.locator("[data-testid=recognition][data-fit=true]")).toHaveCount(1);
  await expect(page.getByTestId("recognition").first()).toHaveText(/：.*模拟设备/u);
  await page.getByTestId("proof-open").first().click();
  await expect(page.getByTestId("proof")).toContainText("fe 85 00 a8 6c 00 4e 31");
  await expect(page.getByTestId("proof-hash")).toHaveText("9f".repeat(32));
  await page.keyboard.press("Escape");

  await expect(page.getByTestId("soap-objective"), "O stands filled from the visit").toHaveValue(/184/);
  await fillOpinion(page, written);
  await page.getByTestId("soap-plan").press("Control+Enter");
  // The first signature of an account makes its key.
  await page.getByTestId("sign-pin").fill(signingPin);
  await page.getByTestId("sign-code").fill(hub.code);
  await page.getByTestId("sign-code").press("Enter");
  await expect(page.getByTestId("opinion-sent")).toContainText("去医院");
  const [first] = hub.opinions;
  expect(first).toMatchObject({
    call: calls.first,
    text: "您的血压偏高，要管起来。\n请今天就到医院去，不要等。\n如果嘴歪、手脚没劲、说话不清，请马上拨打120。",
    next: "hospital",
    soap: { assessment: written.assessment, plan: written.plan },
  });

  // Never edited, only followed; and the key is locked again by then.
  hub.shutKey();
  await page.getByTestId("opinion-more").click();
  await fillOpinion(page, { ...written, next: "emergency" });
  await page.getByTestId("opinion-send").click();
  await page.getByTestId("sign-pin").fill("not the PIN");
  await page.getByTestId("sign-code").fill(hub.code);
  await page.getByTestId("sign-open").click();
  await expect(page.getByTestId("sign-fault")).toContainText("不对");
  await page.getByTestId("sign-pin").fill(signingPin);
  await page.getByTestId("sign-code").fill(hub.code);
  await page.getByTestId("sign-open").click();
  await expect(page.getByTestId("opinion-sent")).toContainText("急救");
  expect(hub.opinions[1]).toMatchObject({ supersedes: first?.id, next: "emergency" });

  // An urgent one is not closed without an outcome; the signed opinion says it already.
  await page.getByTestId("finish").click();
  await expect(page.getByTestId("outcome-emergency").getByRole("radio")).toBeChecked();
  await page.getByTestId("finish-sure").click();
  await expect(page.getByTestId("no-call")).toBeVisible();
  expect(hub.asked.at(-1)).toEqual({ finish: "emergency" });
  await other.close();
});

test("a broken line keeps the picture, the draft and the call; a reloaded page finds all of them again", async ({
  page,
  browser,
}) => {
  hub.queue.set(waitingRoom());
  hub.record.set(visitRecord());
  await signIn(page);
  await acceptFirst(page);
  const other = await station(browser);
  await expect.poll(() => framesSeen(page)).toBeGreaterThan(5);
  await fillOpinion(page, { ...written, assessment: "草稿" });
  await page.getByTestId("sentence-remove").last().click();
  await expect(page.getByTestId("opinion-send"), "what to do when it gets worse is always said").toBeDisabled();
  await expect(page.getByTestId("opinion-missing")).toContainText("不舒服怎么办");
  await page.getByTestId("sentence-pick").selectOption("care.say.worseCall");
  await page.getByTestId("sentence-pick").press("Enter");
  await page.getByTestId("next-comeBack").click();
  hub.breakLine(true);
  await expect(page.getByTestId("line")).toHaveText("线路断了，正在重新连接");
  await page.getByTestId("opinion-send").click();
  await expect(page.getByTestId("opinion-fault")).toContainText("还没有发出");
  const before = await framesSeen(page);
  await expect.poll(() => framesSeen(page), "the picture does not depend on the hub").toBeGreaterThan(before + 5);
  hub.lineBack();
  await expect(page.getByTestId("line")).toHaveText("已连接");

  await page.reload();
  await expect.poll(() => framesSeen(page)).toBeGreaterThan(5);
  await expect(page.getByTestId("soap-assessment")).toHaveValue("草稿");
  await signOpinion(page, () => hub.code);
  await expect(page.getByTestId("opinion-sent")).toContainText("草稿");
  expect(hub.opinions).toHaveLength(1);
  await other.close();
});

test("hanging up lets go of the camera and keeps the visit open", async ({ page, browser }) => {
  hub.queue.set(waitingRoom());
  hub.record.set(visitRecord());
  await signIn(page);
  await acceptFirst(page);
  const other = await station(browser);
  await expect.poll(() => framesSeen(page)).toBeGreaterThan(5);
  const self = await page
    .getByTestId("video-self")
    .evaluateHandle((video: HTMLVideoElement) => video.srcObject as MediaStream);
  await page.getByTestId("hang-up").click();
  await expect(page.getByTestId("call-state")).toContainText("问诊还没有结束");
  expect(await self.evaluate((stream) => stream.getTracks().map((track) => track.readyState))).toEqual([
    "ended",
    "ended",
  ]);
  await expect(page.getByTestId("soap-plan")).toBeEnabled();
  // The same resident calls again, on a new call: taken here, with the draft.
  await page.getByTestId("soap-plan").fill("还在写");
  const item = waitingRoom()[0]!;
  hub.queue.set([...hub.queue.get(), { ...item, call: "019a0000-0000-7000-8000-00000000c00a", follows: item.call }]);
  await page.getByTestId("call-again").click();
  await expect(page.getByTestId("soap-plan")).toHaveValue("还在写");
  await expect(page.getByTestId("call")).not.toHaveAttribute("data-media", "off");
  await other.close();
});

test("a call for help stands above everything until the doctor sees to it", async ({ page }) => {
  hub.queue.set(waitingRoom());
  await signIn(page);
  const asked = (name: string, reason: "symptom" | "result") => ({
    alarm: crypto.randomUUID(),
    visit: "v",
    reason,
    at: new Date().toISOString(),
    station: { id: name, name, place: "样本县样本镇" },
  });
  hub.alarms.set([asked("样本村健康E站", "symptom"), asked("样本二村健康E站", "result")]);
  await expect(page.getByTestId("alarm")).toHaveCount(2);
  await expect(page.getByTestId("alarms")).toContainText("样本村健康E站");
  await shot(page, "alarms-zh");
  expect(await overflow(page)).toEqual({ right: 0, below: 0 });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByTestId("language").click();
  await shot(page, "alarms-en");
  expect(await overflow(page)).toEqual({ right: 0, below: 0 });
  // The record behind it opens with a reason, and the alarm sounds on meanwhile.
  hub.record.set(visitRecord());
  await page.getByTestId("alarm-look").first().click();
  await expect(page.getByTestId("glass-open")).toBeDisabled();
  await page.getByTestId("glass-reason").fill("chest pain, nobody else on duty");
  await shot(page, "glass-en");
  await page.getByTestId("glass-open").click();
  await expect(page.getByTestId("glass-record")).toContainText("184/112");
  await page.keyboard.press("Escape");
  expect(hub.asked.at(-1)).toMatchObject({ reason: "chest pain, nobody else on duty" });
  await page.getByTestId("alarm-answer").first().click();
  await expect(page.getByTestId("alarm")).toHaveCount(1);
  await page.getByTestId("alarm-answer").click();
  await expect(page.getByTestId("alarms")).toHaveCount(0);
});
