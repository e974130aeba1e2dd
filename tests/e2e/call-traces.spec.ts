import { expect, test, type Browser, type CDPSession, type Page } from "@playwright/test";
import { answerOwed, enter, leave, press, screen, sizes } from "./kiosk.ts";
import { makeDataFolder, startProduct, type Product } from "./product.ts";
import { freshCode } from "./second-factor.ts";
import { around, clipboard, escaped, kept, memory } from "./traces.ts";

/** What a call leaves on the kiosk's page once the person has left: nothing of who was talked to, and no way back to it. */

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

declare global {
  interface Window {
    deskPeers: RTCPeerConnection[];
  }
}

/** The doctor's own page, which tells the test what both ends said of themselves. */
async function doctor(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ permissions: ["camera", "microphone"] });
  const desk = await context.newPage();
  await desk.addInitScript(() => {
    window.deskPeers = [];
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(...parts: ConstructorParameters<typeof Original>) {
        super(...parts);
        window.deskPeers.push(this);
      }
    };
  });
  await desk.goto(product.desk);
  await desk.getByTestId("account").fill(product.account);
  await desk.getByTestId("password").fill(product.password);
  await desk.getByTestId("sign-in").click();
  await desk.getByTestId("code").fill(freshCode(product.data));
  await desk.getByTestId("enter-code").click();
  await expect(desk.getByTestId("queue-empty")).toBeVisible();
  return desk;
}

/** What both ends told each other: keys of the encryption, names of the line. */
async function secretsOfCall(desk: Page): Promise<readonly string[]> {
  const told = await desk.evaluate(() =>
    window.deskPeers.flatMap(({ localDescription, remoteDescription }) => [
      localDescription?.sdp ?? "",
      remoteDescription?.sdp ?? "",
    ]),
  );
  const found = told.flatMap((sdp) =>
    [...sdp.matchAll(/^a=(?:ice-pwd:|fingerprint:sha-256 )(\S+)/gmu)].flatMap(([, secret]) => secret ?? []),
  );
  return [...new Set(found)];
}

const kinds = ["RTCPeerConnection", "RTCDataChannel", "MediaStream", "MediaStreamTrack", "HTMLVideoElement"] as const;

/** How many objects of a call are alive in the page after the garbage was collected. */
async function alive(tools: CDPSession): Promise<Readonly<Record<string, number>>> {
  await tools.send("HeapProfiler.collectGarbage");
  const counts: Record<string, number> = {};
  for (const kind of kinds) {
    const { result } = await tools.send("Runtime.evaluate", { expression: `${kind}.prototype`, objectGroup: "count" });
    const { objects } = await tools.send("Runtime.queryObjects", {
      prototypeObjectId: result.objectId ?? "",
      objectGroup: "count",
    });
    const length = await tools.send("Runtime.callFunctionOn", {
      objectId: objects.objectId ?? "",
      functionDeclaration: "function () { return this.length; }",
      returnByValue: true,
    });
    counts[kind] = Number(length.result.value);
    await tools.send("Runtime.releaseObjectGroup", { objectGroup: "count" });
  }
  return counts;
}

test("after a call neither the doctor's name nor keys, streams or connections are left on the kiosk's page", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({
    viewport: sizes.portrait,
    permissions: ["camera", "microphone", "clipboard-read", "clipboard-write"],
  });
  const kiosk = await context.newPage();
  const tools = await context.newCDPSession(kiosk);
  await tools.send("HeapProfiler.enable");
  await kiosk.goto(product.kiosk);
  await screen(kiosk, "welcome");
  const before = await alive(tools);
  expect(before).toMatchObject({ RTCPeerConnection: 0, RTCDataChannel: 0, MediaStreamTrack: 0 });

  await enter(kiosk, "resident");
  await press(
    kiosk,
    "check-body",
    "key-1",
    "key-5",
    "key-8",
    "enter-next",
    "key-6",
    "key-1",
    "enter-next",
    "key-8",
    "key-5",
    "enter-next",
  );
  await screen(kiosk, "result");
  await press(kiosk, "result-all");
  await answerOwed(kiosk, kiosk.getByTestId("screen-results"));
  const desk = await doctor(browser);
  await press(kiosk, "call-doctor");
  await desk.getByTestId("accept").click();
  const frames = () =>
    kiosk
      .getByTestId("video-remote")
      .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
  await expect.poll(frames, { timeout: 60_000 }).toBeGreaterThan(5);
  await kiosk.bringToFront();
  const secrets = ["演示医生甲", ...(await secretsOfCall(desk))];
  expect(secrets.length, "the name, and a key and a fingerprint of each end").toBeGreaterThanOrEqual(5);
  const traces = (text: string) => secrets.filter((one) => text.includes(one) || text.includes(escaped(one)));
  // Whoever talks can be found: the search is not blind.
  expect((await alive(tools))["RTCPeerConnection"]).toBeGreaterThan(0);
  expect(traces(await memory(tools))).not.toEqual([]);

  // The person goes while the doctor still talks.
  await leave(kiosk);
  await expect.poll(() => alive(tools), { timeout: 30_000 }).toEqual(before);
  const snapshot = await memory(tools);
  expect(traces(snapshot).map((one) => around(snapshot, escaped(one)))).toEqual([]);
  expect(traces(await kept(kiosk))).toEqual([]);
  expect(traces(await clipboard(kiosk))).toEqual([]);
  await desk.context().close();
  await context.close();
});
