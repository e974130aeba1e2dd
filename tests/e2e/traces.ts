import type { CDPSession, Page } from "@playwright/test";

/** Where a page and its browser may still hold what somebody left. */

/** Everything in the page's memory after the garbage was collected, as the browser's own tools see it. */
export async function memory(tools: CDPSession): Promise<string> {
  const chunks: string[] = [];
  const hear = ({ chunk }: { readonly chunk: string }) => void chunks.push(chunk);
  await tools.send("HeapProfiler.collectGarbage");
  tools.on("HeapProfiler.addHeapSnapshotChunk", hear);
  await tools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  tools.off("HeapProfiler.addHeapSnapshotChunk", hear);
  return chunks.join("");
}

/** Everything else that a browser keeps: stores, caches, cookies, the document, the address and the history's state. */
export async function kept(page: Page): Promise<string> {
  const inPage = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      databases.map(({ name }) => name),
      await caches.keys(),
      document.cookie,
      document.documentElement.outerHTML,
      Array.from(document.querySelectorAll("input"), ({ value }) => value),
      document.title,
      location.href,
      history.state,
      history.length,
    ]);
  });
  return inPage + JSON.stringify(await page.context().storageState());
}

/** All that the clipboard holds, as text; its text and its markup. */
export const clipboard = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const items = await navigator.clipboard.read();
    const parts = items.flatMap((item) => item.types.map(async (type) => (await item.getType(type)).text()));
    return (await Promise.all(parts)).join(" ");
  });

/** A heap snapshot writes what is not ASCII as escapes of capital letters. */
export const escaped = (text: string): string =>
  text.replaceAll(/[^ -~]/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);

/** Where in a text, with what stands beside it. */
export const around = (text: string, one: string): string => {
  const places: string[] = [];
  for (let at = text.indexOf(one); at >= 0 && places.length < 8; at = text.indexOf(one, at + 1))
    places.push(text.slice(Math.max(0, at - 60), at + 60));
  return places.join(" … ");
};
