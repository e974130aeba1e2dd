import { expect, type Browser, type Page } from "@playwright/test";
import { enter, sizes } from "./kiosk.ts";
import type { Product } from "./product.ts";
import { freshCode, passwordOf } from "./second-factor.ts";

/** Pages of the product around one call, and what media they really get. */

declare global {
  interface Window {
    /** Every track of a camera or microphone that this page ever had, and every connection. */
    readonly tracks: MediaStreamTrack[];
    readonly connections: RTCPeerConnection[];
  }
}

const patienceMs = 45_000;
const sizeOfDesk = { width: 1366, height: 768 };

export async function newPage(
  browser: Browser,
  viewport: { readonly width: number; readonly height: number },
): Promise<Page> {
  const context = await browser.newContext({ viewport, permissions: ["camera", "microphone"] });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    const connections: RTCPeerConnection[] = [];
    const noted = (stream: MediaStream) => {
      tracks.push(...stream.getTracks());
      return stream;
    };
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => noted(await ask(wish));
    const Plain = window.MediaStream;
    const clone = Reflect.get<MediaStream, "clone">(Plain.prototype, "clone");
    Plain.prototype.clone = function () {
      return noted(clone.call(this));
    };
    const Connection = window.RTCPeerConnection;
    class Noted extends Connection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    }
    Object.assign(window, { tracks, connections, RTCPeerConnection: Noted });
  });
  return page;
}

export async function openKiosk(browser: Browser, product: Product): Promise<Page> {
  const page = await newPage(browser, sizes.portrait);
  await page.goto(product.kiosk);
  await enter(page, "resident");
  await expect(page.getByTestId("resident")).toBeVisible();
  return page;
}

export async function openDesk(browser: Browser, product: Product, account: string): Promise<Page> {
  const page = await newPage(browser, sizeOfDesk);
  await page.goto(product.desk);
  await page.getByTestId("account").fill(account);
  await page.getByTestId("password").fill(passwordOf(product.data, account));
  await page.getByTestId("sign-in").click();
  await page.getByTestId("code").fill(freshCode(product.data, account));
  await page.getByTestId("enter-code").click();
  await expect(page.getByTestId("doctor-name")).toBeVisible();
  return page;
}

/** The resident asks for a doctor, and the doctor comes. */
export async function talkOf(kiosk: Page, doctor: Page): Promise<number> {
  await kiosk.getByTestId("call-doctor").click();
  await doctor.getByTestId("accept").click();
  return allMeet({ kiosk, doctor });
}

/** Tracks that still take something from camera or microphone. */
export const liveTracks = (page: Page) =>
  page.evaluate(() => window.tracks.filter(({ readyState }) => readyState === "live").length);

interface Got {
  /** Pictures shown so far by each element of another. */
  readonly shown: readonly number[];
  /** Voice that came so far, by connection and section. */
  readonly heard: Readonly<Record<string, number>>;
}

const got = (page: Page): Promise<Got> =>
  page.evaluate(async () => {
    const videos = document.querySelectorAll<HTMLVideoElement>(
      "[data-testid=room-seat] video, [data-testid=video-remote]",
    );
    const heard: Record<string, number> = {};
    for (const [nth, connection] of window.connections.entries()) {
      if (connection.connectionState === "closed") continue;
      (await connection.getStats()).forEach((row: RTCStats & { kind?: string; packetsReceived?: number }) => {
        if (row.type === "inbound-rtp" && row.kind === "audio") heard[`${nth} ${row.id}`] = row.packetsReceived ?? 0;
      });
    }
    return { shown: [...videos].map((video) => video.getVideoPlaybackQuality().totalVideoFrames), heard };
  });

/** How many others are seen, and how many are heard, between two looks. */
function between(before: Got, now: Got): { readonly seen: number; readonly heard: number } {
  return {
    seen: now.shown.filter((frames, nth) => frames > (before.shown[nth] ?? 0) + 1).length,
    heard: Object.entries(now.heard).filter(([section, packets]) => packets > (before.heard[section] ?? 0) + 10).length,
  };
}

/** Everybody sees and hears everybody else now: frames decoded and voice received on each page. Answers the milliseconds. */
export async function allMeet(pages: Readonly<Record<string, Page>>, timeout = patienceMs): Promise<number> {
  const began = performance.now();
  const others = Object.keys(pages).length - 1;
  await Promise.all(Object.entries(pages).map(([name, page]) => follows(name, page, others, timeout)));
  return Math.round(performance.now() - began);
}

/** This page sees and hears so many others now. */
export async function follows(name: string, page: Page, others: number, timeout = patienceMs): Promise<void> {
  let before: Got | undefined;
  await expect
    .poll(
      async () => {
        const now = await got(page);
        const last = before;
        before = now;
        if (now.shown.length !== others) return `${now.shown.length} there`;
        if (!last || last.shown.length !== now.shown.length) return "a first look";
        const { seen, heard } = between(last, now);
        return seen >= others && heard >= others ? "all" : `${seen} seen, ${heard} heard`;
      },
      { message: `${name} sees and hears ${others}`, timeout, intervals: [700] },
    )
    .toBe("all");
}

const by = (key: "invite" | "transfer") => async (owner: Page, guest: Page, part: RegExp) => {
  await owner.getByTestId(key).click();
  const dialog = owner.getByTestId("invite-dialog");
  await dialog.getByRole("searchbox").fill("演示");
  await dialog.getByTestId("colleague").filter({ hasText: part }).getByRole("button").first().click();
  await guest.getByTestId("invitation-accept").click();
};

/** The owner of the call asks somebody in, by what stands beside them on the page; they come. */
export const invite = by("invite");
/** The owner hands the call on, and it is taken. */
export const handOn = by("transfer");
