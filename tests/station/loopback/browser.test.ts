import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { settle, kioskArguments, openBrowser } from "../../../station/loopback/browser.ts";

const address = "http://127.0.0.1:1/#token=t";
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "browser-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function withChromium(): Promise<string> {
  await writeFile(join(folder, "chromium"), "#!/bin/sh\nexit 0\n");
  await chmod(join(folder, "chromium"), 0o755);
  return folder;
}

test("without Chromium the sentence names what was looked for", () => {
  const opened = openBrowser({ address, folder, environment: { PATH: folder, DISPLAY: ":0" }, user: 1000 });
  expect(opened).toMatchObject({ ok: false, sentence: expect.stringContaining("chromium-browser") as string });
});

test("root is told how, and nothing is started", async () => {
  const opened = openBrowser({ address, folder, environment: { PATH: await withChromium(), DISPLAY: ":0" }, user: 0 });
  expect(opened).toMatchObject({
    ok: false,
    sentence: expect.stringContaining("HEALTH_STATION_CHROMIUM_NO_SANDBOX=1") as string,
  });
});

test("without a screen it says so", async () => {
  const opened = openBrowser({ address, folder, environment: { PATH: await withChromium() }, user: 1000 });
  expect(opened).toMatchObject({ ok: false, sentence: expect.stringContaining("DISPLAY") as string });
});

test.each([
  [{ HEALTH_STATION_CHROMIUM_NO_SANDBOX: "1" }, 0, true],
  [{}, 1000, false],
])("the sandbox is off only when asked for (%j, user %i)", async (more, user, off) => {
  const PATH = await withChromium();
  const opened = openBrowser({ address, folder, environment: { PATH, DISPLAY: ":0", ...more }, user });
  expect(opened.ok).toBe(true);
  if (!opened.ok) return;
  expect(opened.child.spawnargs.includes("--no-sandbox")).toBe(off);
  await new Promise((gone) => opened.child.once("exit", gone));
});

test("the window is quiet and fakes no permission", () => {
  const args = kioskArguments(address, folder, false);
  expect(args).toContain("--disable-background-networking");
  expect(args.join(" ")).not.toContain("fake-ui");
});

test("camera and microphone are allowed to the station's page alone, and what Chromium kept stays", async () => {
  await mkdir(join(folder, "Default"));
  const file = join(folder, "Default", "Preferences");
  const before = {
    browser: { theme: 1 },
    profile: {
      name: "kiosk",
      content_settings: {
        exceptions: { notifications: {}, media_stream_mic: { "http://127.0.0.1:9,*": { setting: 1 } } },
      },
    },
  };
  await writeFile(file, JSON.stringify(before));
  settle(folder, "http://127.0.0.1:4170");
  const only = { "http://127.0.0.1:4170,*": { setting: 1 } };
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
    browser: { theme: 1 },
    translate: { enabled: false },
    profile: {
      name: "kiosk",
      content_settings: { exceptions: { notifications: {}, media_stream_camera: only, media_stream_mic: only } },
    },
  });
});
