import { mkdtemp, rm } from "node:fs/promises";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { Browser, Page } from "@playwright/test";
import type { SignalBody } from "../../../core/contract/views.ts";
import { openRelay, type Direction, type LinkConditions, type Relay } from "../../links/relay.ts";
import type { CallFacts, Way } from "../pages/call.tsx";

const run = promisify(execFile);

/** A talking head for a camera and a voice for a microphone: a test card that moves, with noise, and synthetic speech. */
export async function makeMedia(): Promise<{ readonly flags: readonly string[]; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "bench-call-"));
  const [clip, speech] = [join(folder, "clip.mjpeg"), join(folder, "speech.wav")];
  const card = "testsrc2=size=640x480:rate=15,noise=alls=6:allf=t,gblur=sigma=1.2";
  await run("ffmpeg", ["-loglevel", "error", "-f", "lavfi", "-i", card, "-t", "10", "-q:v", "6", clip]);
  const words =
    "Good morning. Please sit down and put your arm on the table. Have you had your medicine today? " +
    "The cuff will get tight for a moment. Breathe quietly, and tell me how you slept this week.";
  await run("espeak-ng", ["-w", speech, "-s", "150", words]);
  return {
    flags: [
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--allow-loopback-in-peer-connection",
      "--autoplay-policy=no-user-gesture-required",
      `--use-file-for-fake-video-capture=${clip}`,
      `--use-file-for-fake-audio-capture=${speech}`,
    ],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export type Name = "station" | "desk";
const names: readonly Name[] = ["station", "desk"];

export interface Pair {
  readonly relay: Relay;
  /** Does something on one page. */
  on(name: Name, what: () => void): Promise<void>;
  facts(): Promise<Readonly<Record<Name, CallFacts>>>;
  close(): Promise<void>;
}

/** A call between two pages of two contexts over a seeded line. What the station sends goes up. */
export async function openPair(
  browsers: Readonly<Record<Name, Browser>>,
  address: string,
  way: Way,
  seed: number,
  conditions: LinkConditions,
): Promise<Pair> {
  const relay = await openRelay(seed, conditions);
  const pages: Partial<Record<Name, Page>> = {};
  let over = false;
  const lines: Record<Name, Promise<void>> = { station: Promise.resolve(), desk: Promise.resolve() };
  const pageOf = (name: Name): Page => {
    const page = pages[name];
    if (page === undefined) throw new Error(`no ${name}`);
    return page;
  };
  for (const name of names) {
    const page = await browsers[name].newPage({ bypassCSP: true });
    pages[name] = page;
    const other: Name = name === "station" ? "desk" : "station";
    await page.exposeFunction("say", (body: SignalBody) => {
      // In order, as the hub gives them.
      lines[name] = lines[name].then(async () => {
        if (over) return;
        const through = await relayed(relay, body, name === "station" ? "down" : "up");
        if (through) await tell(pageOf(other), through);
      });
    });
    await page.goto(address);
    await page.waitForFunction(() => "side" in window);
    await page.evaluate((which) => window.side.camera(which), way);
  }
  await pageOf("station").evaluate((which) => window.side.begin(which, false), way);
  await pageOf("desk").evaluate((which) => window.side.begin(which, true), way);
  return {
    relay,
    on: (name, what) => pageOf(name).evaluate(what),
    facts: async () => ({
      station: await pageOf("station").evaluate(() => window.side.facts()),
      desk: await pageOf("desk").evaluate(() => window.side.facts()),
    }),
    async close() {
      over = true;
      for (const name of names) {
        await pageOf(name).evaluate(() => window.side.end());
        await pageOf(name).close();
      }
      await lines.station.catch(() => undefined);
      await lines.desk.catch(() => undefined);
      await relay.close();
    },
  };
}

/** As text: a page's own types are too deep for the compiler to carry over. A page that is closing hears no more. */
async function tell(page: Page, body: SignalBody): Promise<void> {
  await page
    .evaluate(
      (text) => window.side.hear(JSON.parse(text) as Parameters<typeof window.side.hear>[0]),
      JSON.stringify(body),
    )
    .catch(() => undefined);
}

/** Without its own addresses a page is reached through the relay alone. */
async function relayed(relay: Relay, body: SignalBody, direction: Direction): Promise<SignalBody | undefined> {
  if (body.kind === "candidate") {
    const candidate = await relay.rewrite(body.candidate, direction);
    return candidate === undefined ? undefined : { ...body, candidate };
  }
  if (body.kind !== "description") return body;
  return { ...body, sdp: body.sdp.replace(/^a=(?:candidate|end-of-candidates).*\r\n/gm, "") };
}

export { pause };
