import type { Page } from "@playwright/test";

/** Times are milliseconds on the clock of the machine, as pages and programs of it know them. */
export const machineNow = (): number => performance.timeOrigin + performance.now();

interface Noted {
  /** What was on the glass, and since when. */
  readonly shown: (readonly [string, number])[];
  /** Every frame's beginning. */
  readonly frames: number[];
}

declare global {
  interface Window {
    noted?: Noted;
  }
}

/** From now on the page notes in which frame each change of the live number was painted. */
export async function watchPixels(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted: Noted = { shown: [], frames: [] };
    window.noted = noted;
    const number = document.querySelector("[data-testid=live-pressure]");
    let inFrame = false;
    let waiting: string | undefined;
    const behind = new MessageChannel();
    behind.port1.onmessage = () => (inFrame = false);
    const begin = (): number => performance.timeOrigin + performance.now();
    const frame = () => {
      inFrame = true;
      behind.port2.postMessage(undefined);
      noted.frames.push(begin());
      if (waiting !== undefined) noted.shown.push([waiting, begin()]);
      waiting = undefined;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    if (number === null) return;
    new MutationObserver(() => {
      const value = number.textContent;
      // A change made while a frame is being drawn is painted with that frame; any other waits for the next.
      if (inFrame) noted.shown.push([value, begin()]);
      else waiting = value;
    }).observe(number, { subtree: true, childList: true, characterData: true });
  });
}

export async function notedPixels(page: Page): Promise<Noted> {
  return page.evaluate(() => window.noted ?? { shown: [], frames: [] });
}

/** How far the page's clock is ahead of ours, by the quickest of many answers. */
export async function clockAhead(page: Page): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, ahead: 0 };
  for (let n = 0; n < 40; n++) {
    const asked = machineNow();
    const told = await page.evaluate(() => performance.timeOrigin + performance.now());
    const took = machineNow() - asked;
    if (took < best.took) best = { took, ahead: told - asked - took / 2 };
  }
  return best.ahead;
}
