import { expect, type Page } from "@playwright/test";
import { specimenPin } from "../renderer/technician-specimens.ts";
import type { DemoOptions } from "../renderer/demo/main.tsx";
import { enterVisit, prepareCheck } from "./visit-walks.ts";

/** One page on its way through some screens; `look` holds the present one against the rules and takes its pictures. */
export interface Walk {
  readonly page: Page;
  readonly open: (options?: DemoOptions) => Promise<void>;
  readonly press: (...ids: readonly string[]) => Promise<void>;
  readonly see: (id: string) => Promise<void>;
  readonly look: (name: string) => Promise<void>;
}

/** From the welcome screen to today's work, by keyboard alone. */
export async function enterPlace({ page, press, see }: Walk): Promise<void> {
  await page.keyboard.press("Control+Alt+KeyS");
  await see("tech-sign-in");
  await press("staff-card");
  await see("specimen-pin");
  await page.keyboard.type(specimenPin);
  await page.keyboard.press("Enter");
  await see("control-today");
}

const fill = async ({ page }: Walk, cells: Readonly<Record<string, string>>) => {
  for (const [id, value] of Object.entries(cells)) await page.getByTestId(id).fill(value);
};

/** Up and down as in calibration.md §1.5, with 204 at 200: 4 mmHg off. */
const shown = ["0", "51", "101", "152", "204", "252", "252", "203", "153", "102", "51", "0"];

/** Every page of the technician's place, over an invented station. */
export const technicianWalks: Readonly<Record<string, (walk: Walk) => Promise<void>>> = {
  "the technician's way in": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    // A touch does nothing; two seconds do.
    await press("quiet-corner");
    await expect(page.getByTestId("technician")).toHaveCount(0);
    const corner = await page.getByTestId("quiet-corner").boundingBox();
    if (corner === null) throw new Error("the corner is not there");
    await page.mouse.move(corner.x + 40, corner.y + 40);
    await page.mouse.down();
    await expect(page.getByTestId("quiet-corner")).toHaveAttribute("data-holding", "");
    await see("tech-sign-in");
    await page.mouse.up();
    await look("tech-sign-in");
    await press("staff-card");
    await see("specimen-pin");
    await look("tech-pin");
    for (const _ of [1, 2, 3]) {
      for (const digit of "111111") await press(`pin-${digit}`);
      await press("pin-done");
      await see("tech-fault");
    }
    await see("pin-wait");
    await look("tech-pin-wait");
    await page.evaluate(() => {
      window.fake.technician.setUp = true;
    });
    await press("tech-leave");
    await see("screen-welcome");
    await page.keyboard.press("Control+Alt+KeyS");
    await see("tech-set-up");
    await look("tech-set-up");
    // While a resident is here the corner is a name and no more.
    await press("tech-leave", "start");
    await see("screen-who");
    await page.keyboard.press("Control+Alt+KeyS");
    await see("screen-who");
  },
  "devices, their doctor and their bytes": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await enterPlace(walk);
    await look("tech-today");
    await press("log-open");
    await expect(page.getByTestId("log-line")).toHaveCount(9);
    await page.getByTestId("log-remark-text").fill("换过电池");
    await press("log-remark-keep");
    await see("log-remark");
    await look("tech-log");
    await press("log-before");
    await expect(page.getByTestId("log-line")).toHaveCount(0);
    await look("tech-log-empty");
    await press("tab-devices");
    await see("device-card");
    await look("tech-devices");
    await press("device-open");
    await see("tech-device");
    await look("tech-device");
    await page.getByTestId("withdraw-reason").fill("袖带漏气");
    await press("withdraw");
    await see("restore");
    await look("tech-device-withdrawn");
    await press("restore");
    await see("withdraw");
    await press("device-doctor");
    await see("doctor-verdict");
    await press("report-make");
    await see("report");
    await look("tech-doctor");
    await press("doctor-live");
    await expect(page.getByTestId("live-line")).toHaveCount(6);
    await press("live-record");
    await see("recording");
    await look("tech-live");
    await press("live-record", "live-captures", "capture-open");
    await see("capture-text");
    await look("tech-captures");
    await press("tab-devices", "assign");
    await page.getByTestId("profile-search").fill("scale");
    await press("profile-fake-scale");
    await see("setting-speed");
    await look("tech-assign");
    await press("assign-done", "profiles");
    await see("profile-refused");
    await page.getByTestId("profile-file").setInputFiles({
      name: "thermo.json",
      mimeType: "application/json",
      buffer: Buffer.from("{"),
    });
    await see("profile-refused");
    await look("tech-profiles");
  },
  "a voice pack": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await enterPlace(walk);
    await press("tab-devices", "voice");
    await see("tech-voice");
    await fill(walk, {
      "voice-name": "样例方言",
      "voice-speaker": "样例",
      "voice-id": "sample",
      "voice-tag": "wuu-CN",
    });
    await press("voice-add");
    await see("voice-added");
    await see("voice-unsaid");
    await look("tech-voice");
    await page.getByTestId("voice-sample").getByTestId("voice-record").click();
    // First what nobody says at all.
    await expect(page.getByTestId("voice-words")).toHaveText("样例县服务包");
    await look("tech-recording");
  },
  "services and hospitals": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await enterPlace(walk);
    await press("tab-devices", "offers");
    await see("hospital-township");
    await see("offer-file-refused");
    await look("tech-offers");
    await page.getByTestId("hospital-township").getByTestId("offer-change").click();
    await see("offer-way.zh");
    await look("tech-offer-hospital");
    await page.getByTestId("offer-way.en").fill("");
    await press("departments-add", "offer-save");
    await see("offer-refused");
    await look("tech-offer-refused");
    await press("offer-dismiss", "package-add");
    await see("offer-name.zh");
    await press("offer-price-paid");
    await see("offer-price.yuan");
    await look("tech-offer-package");
  },
  "quality control": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await enterPlace(walk);
    await press("tab-quality");
    await see("quality-card");
    await look("tech-quality");
    await page.evaluate(() => window.fake.setStation({ clock: { state: "wrong", hubAheadMs: -400_000 } }));
    await see("station-clock");
    await look("tech-quality-clock");
    await page.evaluate(() => window.fake.setStation({ clock: { state: "right", hubAheadMs: 0 } }));
    await press("chart-glucose-L1");
    await see("levey-jennings");
    await look("tech-chart");
    await press("chart-run");
    await see("control-start");
    await look("tech-control");
    await page.evaluate(() => window.fake.quality.controls.push(9.9));
    await press("control-start");
    await see("control-verdict");
    await look("tech-control-failed");
    await press("control-again", "control-start");
    await see("control-verdict");
    await look("tech-control-passed");
    await press("tab-quality");
    await page.locator('[data-device="meter"]').getByTestId("lots-open").click();
    await press("lot-kind-control");
    await see("lot");
    await see("lot-low");
    await look("tech-lots");
    await press("tab-quality");
    await page.locator('[data-device="meter"]').getByTestId("comparison-open").click();
    await fill(walk, { "pair-0-0": "5.03", "pair-0-1": "4.2", "pair-1-0": "5.1", "pair-1-1": "4.2" });
    await look("tech-comparison");
    await press("tab-today", "review-open", "review-proof");
    await see("proof-body");
    await look("tech-review");
  },
  "override and release": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await enterPlace(walk);
    await press("tab-quality", "release-open");
    await see("latched");
    await look("tech-release");
    await press("tab-quality", "override-open");
    await page.getByTestId("override-reason").fill("有人不舒服");
    await look("tech-override");
    await page.getByTestId("override-hold").focus();
    await page.keyboard.down("Enter");
    await see("override-done");
    await page.keyboard.up("Enter");
    await look("tech-override-done");
  },
  "checks, certificates and staff": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open();
    await enterPlace(walk);
    await press("tab-checks");
    await see("checks-card");
    await look("tech-checks");
    await press("check-open-staticPressure");
    await fill(walk, Object.fromEntries(shown.map((value, row) => [`cell-${row}-1`, value])));
    await expect(page.getByTestId("check-so-far")).toHaveAttribute("data-kind", "bad");
    await look("tech-check");
    await fill(walk, {
      "cell-4-1": "203",
      "reference-name": "R",
      "reference-serial": "1",
      "reference-certificate": "C",
      "reference-until": "2030-01-01",
      "reference-error": "0.5",
    });
    await expect(page.getByTestId("check-so-far")).toHaveAttribute("data-kind", "ok");
    await press("check-record");
    await see("check-verdict");
    await look("tech-check-passed");
    await press("tab-checks", "check-open-leakage", "leak-start");
    await see("leak-timer");
    await look("tech-leakage");
    // A finger on a number brings the keys.
    await page.getByTestId("cell-1-1").dispatchEvent("pointerdown", { pointerType: "touch" });
    await page.getByTestId("cell-1-1").focus();
    await see("number-pad");
    await look("tech-number-pad");
    await press("tab-checks", "check-open-verification");
    await see("tech-verify");
    await look("tech-verify");
    await press("tab-staff");
    await see("person");
    await look("tech-staff");
  },
  "a locked device and what stands behind a number": async (walk) => {
    const { page, open, press, see, look } = walk;
    await open({ restSeconds: 0, paceMs: 1 });
    await enterVisit(walk);
    await page.evaluate(() => {
      const device = (id: string, model: string, measures: "bloodPressure" | "glucose", state: "ready" | "out") => ({
        ...{ id, profile: id, maker: "Fake", model, measures: [measures], port: id, simulated: true, state },
        ...(state === "out" ? { why: "gate.deviceNotReady" as const } : {}),
        confirm: "none" as const,
        actuates: false,
      });
      window.fake.setStation({
        devices: [
          device("a", "A", "bloodPressure", "ready"),
          device("b", "B", "bloodPressure", "out"),
          device("c", "C", "glucose", "out"),
        ],
      });
    });
    await see("locked");
    await see("use-other");
    await look("checks-locked");
    await prepareCheck(walk, "bloodPressure");
    await press("measure-start", "why");
    await see("proof-body");
    await look("proof");
    await press("proof-controls");
    await look("proof-controls");
  },
};
