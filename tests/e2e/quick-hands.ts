import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** Lives in the page: no way through the browser's tools for every key. Keeps no text that it saw. */
    readonly hands: {
      /** Presses these one after the other, each as soon as it is there and may be pressed. */
      press(ids: readonly string[]): Promise<void>;
      /** Waits for the first of these; answers which. */
      first(ids: readonly string[]): Promise<string>;
    };
  }
}

/** Hands as quick as the page, for tests that need many visits and not a person's pace. Before the page is opened. */
export async function giveQuickHands(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const key = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
    const isThere = (id: string) => key(id)?.matches(":not(:disabled,[aria-disabled=true])") === true;
    const first = (ids: readonly string[]) =>
      new Promise<string>((found, fail) => {
        const until = performance.now() + 30_000;
        const look = () => {
          const there = ids.find(isThere);
          if (there !== undefined) found(there);
          else if (performance.now() > until)
            fail(
              new Error(
                `none of ${ids.join(" ")} at ${document.querySelector("main")?.dataset["testid"] ?? "no screen"}`,
              ),
            );
          else setTimeout(look, 4);
        };
        look();
      });
    const press = async (ids: readonly string[]) => {
      for (const id of ids) {
        await first([id]);
        key(id)?.click();
      }
    };
    Object.assign(window, { hands: { press, first } });
  });
}

export const quickPress = (page: Page, ...ids: readonly string[]): Promise<void> =>
  page.evaluate((all) => window.hands.press(all), ids);

/** Which of these is there first. */
export const quickSee = (page: Page, ...ids: readonly string[]): Promise<string> =>
  page.evaluate((all) => window.hands.first(all), ids);
