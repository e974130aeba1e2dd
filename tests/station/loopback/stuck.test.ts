import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { v7 as newId } from "uuid";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../station/clock.ts";
import { openBrowser } from "../../../station/loopback/browser.ts";
import { serveLoopback, type Loopback } from "../../../station/loopback/serve.ts";
import { FakeChannels } from "../fakes/channels.ts";
import { until } from "../fakes/clock.ts";
import { startStation, tempFolder } from "../fakes/station.ts";

const hasChromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].some(existsSync);

/** The goal is 1 s; on a machine that runs other tests at the same time, half a second more is no finding. */
const mostMs = 1_500;

/** A page that connects as the kiosk does; loaded the first time, it holds a secret and hangs. */
function hangingPages(): string {
  const folder = tempFolder();
  mkdirSync(join(folder, "kiosk"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "kiosk", "index.html"), '<!doctype html><script src="/assets/page.js"></script>');
  const script = `
    const socket = new WebSocket("ws://" + location.host + "/wire", ["health-station", location.hash.slice(7)]);
    const first = localStorage.getItem("loaded") === null;
    localStorage.setItem("loaded", "yes");
    socket.onopen = () => first && setTimeout(() => { for (;;) {} }, 50);
  `;
  writeFileSync(join(folder, "assets", "page.js"), script);
  return folder;
}

test.skipIf(!hasChromium)(
  "a page that hangs is gone within a second of the visit's end, and loaded anew",
  async () => {
    const loads: number[] = [];
    const gone: number[] = [];
    let drop = (): void => {};
    let renew: () => Promise<boolean> = () => Promise.resolve(false);
    const renewed: Promise<{ readonly ok: boolean; readonly at: number }>[] = [];
    const { station, client } = await startStation({
      clock: systemClock,
      channels: new FakeChannels(),
      onPageStuck: () => {
        drop();
        renewed.push(renew().then((ok) => ({ ok, at: performance.now() })));
      },
    });
    const door: Loopback = await serveLoopback({
      router: station.router,
      pages: hangingPages(),
      port: 0,
      page: {
        here: () => {
          loads.push(performance.now());
          station.pageHere();
        },
        gone: () => {
          gone.push(performance.now());
          station.pageGone();
        },
      },
      news: { bug: () => {}, refused: () => {}, turnedAway: () => {} },
    });
    onTestFinished(() => door.close());
    drop = () => door.dropPage();
    const window = openBrowser({
      address: door.address,
      folder: join(tempFolder(), "profile"),
      noSandbox: true,
      environment: { ...process.env, DISPLAY: process.env["DISPLAY"] ?? ":0" },
      switches: ["--headless=new"],
    });
    if (!window.ok) throw new Error(window.sentence);
    const ended = new Promise((resolve) => window.child.once("exit", resolve));
    onTestFinished(async () => {
      window.child.kill("SIGKILL");
      await ended;
    });
    renew = window.renewPage;

    const visit = newId();
    await client.visit.open({ id: visit, who: { kind: "guest" } });
    await until(() => loads.length === 1, "the page is there", 30_000);
    // It hangs 50 ms after its line opened: from then on it answers nothing, and holds its line open.
    await new Promise((resolve) => systemClock.after(300, () => resolve(undefined)));
    const left = performance.now();
    await client.visit.leave({ visit, reason: "idle" });
    await until(() => renewed.length === 1, "the page is found to hang", 5_000);
    const { ok, at } = await renewed[0]!;
    expect(ok).toBe(true);
    expect(gone[0]! - left).toBeGreaterThanOrEqual(695);
    expect(at - left).toBeLessThan(mostMs);
    await until(() => loads.length === 2, "the page is there anew", 10_000);
  },
  60_000,
);
