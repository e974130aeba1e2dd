import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, test } from "@playwright/test";
import { headsOf, untilShipped } from "./journals.ts";
import { picture, press, screen, sizes, startCheck, takeResult } from "./kiosk.ts";
import { makeDataFolder, startProduct, top } from "./product.ts";
import { freshCode } from "./second-factor.ts";
import { beginTalk } from "./talk.ts";
import { fillOpinion, signOpinion } from "./write-opinion.ts";

/** The hub dies in the middle of a call: media goes on, the station measures on, and nothing is lost when it comes back. */

test("a call outlives its hub, the station works on, and the hub that comes back is told everything", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const data = makeDataFolder();
  const product = await startProduct(data.folder);
  const permissions = ["camera", "microphone"];
  const kiosk = await browser.newPage({ viewport: sizes.portrait, permissions });
  const desk = await browser.newPage({ viewport: { width: 1366, height: 768 }, permissions });
  const frames = (page: typeof kiosk) =>
    page
      .getByTestId("video-remote")
      .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);

  await beginTalk(kiosk, desk, product);
  await expect.poll(() => frames(kiosk), { timeout: 30_000 }).toBeGreaterThan(5);
  await expect.poll(() => frames(desk), { timeout: 30_000 }).toBeGreaterThan(5);

  const hubProcess = product
    .processes()
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("hub/main.ts"));
  expect(hubProcess).toBeDefined();
  process.kill(hubProcess!, "SIGKILL");

  // Peer to peer: pictures go on without the hub.
  await expect(kiosk.getByTestId("hub-away")).toBeVisible({ timeout: 30_000 });
  const before = [await frames(kiosk), await frames(desk)] as const;
  await expect.poll(() => frames(kiosk)).toBeGreaterThan(before[0] + 15);
  await expect.poll(() => frames(desk)).toBeGreaterThan(before[1] + 15);
  await kiosk.getByTestId("measure-in-call").click();
  await startCheck(kiosk, "glucose");
  await takeResult(kiosk);
  await picture(kiosk, "hub-killed-result");

  // The same hub again, on its old address and its old data.
  const again = spawn(
    process.execPath,
    [
      "hub/main.ts",
      ...["--data", `${data.folder}/hub`, "--port", new URL(product.desk).port],
      ...["--demo", "--desk", `${top}/out/renderer`],
    ],
    { cwd: top, stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise((ready) => createInterface({ input: again.stdout }).once("line", ready));
  await expect(kiosk.getByTestId("hub-away")).toHaveCount(0, { timeout: 30_000 });
  await expect(desk.getByTestId("record")).toContainText("mmol/L", { timeout: 30_000 });
  await fillOpinion(desk, {
    assessment: "血糖不高。",
    plan: "继续保持。",
    sentences: ["care.say.glucoseOk", "care.say.worseHypo"],
    next: "none",
  });
  await signOpinion(desk, () => freshCode(product.data));
  await kiosk.getByTestId("to-consult").click();
  await screen(kiosk, "consult");
  await expect(kiosk.getByTestId("opinion-text")).toContainText("血糖控制得还可以");
  await picture(desk, "hub-killed-desk");

  await press(kiosk, "leave", "leave-done");
  await screen(kiosk, "leave");
  await kiosk.close();
  await desk.close();
  await untilShipped(product.kiosk);
  await product.stop();
  const gone = new Promise((done) => again.once("exit", done));
  again.kill("SIGTERM");
  await gone;
  const heads = await headsOf(data.folder);
  expect(heads.hub).toEqual(heads.station);
  data.remove();
});
