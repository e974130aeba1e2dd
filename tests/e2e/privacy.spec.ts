import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test, type CDPSession, type Page } from "@playwright/test";
import { planted } from "../station/visits/planted.ts";
import { leave, noSymptoms, press, screen } from "./kiosk.ts";
import { top } from "./product.ts";

/**
 * The product's page over a real station: alternating residents, each with a name that is shown in part, a card, and a phone
 * number that is typed. When they have left, nothing of any of them is in the page's memory or in anything a browser keeps.
 */
const visits = Number(process.env.PRIVACY_VISITS ?? 20);
/** The memory is looked through after every n-th visit, for everybody who was there before. */
const lookEvery = Number(process.env.PRIVACY_LOOK_EVERY ?? 10);

let host: ChildProcessWithoutNullStreams;
let address: string;
test.beforeAll(async () => {
  host = spawn(process.execPath, ["tests/e2e/privacy-host.ts"], { cwd: top });
  host.stderr.pipe(process.stderr);
  const [line] = (await once(createInterface({ input: host.stdout }), "line")) as [string];
  address = line;
});
test.afterAll(async () => {
  const ended = once(host, "exit");
  host.stdin.end();
  await ended;
});

const lay = (card: object) => host.stdin.write(`${JSON.stringify(card)}\n`);

/** What a person leaves on the page: the name in part, and the number typed. */
const secretsOf = (serial: number): readonly string[] => [planted(serial).shownMark, planted(serial).phone];
/** What all of them have in common: enough to find any of them. */
const anybody = [planted(0).shownMark.slice(0, 3), planted(0).phone.slice(0, 7), planted(0).number.slice(0, 12)];

/** Asked of the document itself: the test's own tools keep the text they compared, in this very memory. */
const shows = (page: Page, text: string) => page.evaluate((wanted) => document.body.textContent.includes(wanted), text);

async function byCard(page: Page, serial: number, there: () => Promise<void>): Promise<void> {
  const { name, number, shownMark } = planted(serial);
  await press(page, "start");
  await screen(page, "who");
  lay({ name, number });
  await screen(page, "is-it-you");
  expect(await shows(page, shownMark)).toBe(true);
  await there();
  lay({});
  await press(page, "its-me", "consent-yes");
  await noSymptoms(page);
  await screen(page, "checks");
  expect(await shows(page, shownMark)).toBe(true);
  await measured(page);
}

/** Height, weight and waist typed, and the result looked at. */
async function measured(page: Page): Promise<void> {
  await press(page, "check-body");
  for (const digits of [
    ["1", "5", "8"],
    ["6", "1"],
    ["8", "5"],
  ])
    await press(page, ...digits.map((digit) => `key-${digit}`), "enter-next");
  await screen(page, "result");
  await expect(page.getByTestId("result-next").or(page.getByTestId("result-all")).first()).toBeVisible();
}

async function byPhone(page: Page, serial: number, there: () => Promise<void>): Promise<void> {
  await press(page, "start", "no-card", "phone");
  await press(page, ...Array.from(planted(serial).phone).map((digit) => `pad-${digit}`));
  expect(await shows(page, planted(serial).phone)).toBe(true);
  await there();
  await press(page, "back", "guest");
  await noSymptoms(page);
  await screen(page, "checks");
}

/** Everything in the page's memory after the garbage was collected, as the browser's own tools see it. */
async function memory(tools: CDPSession): Promise<string> {
  const chunks: string[] = [];
  const hear = ({ chunk }: { readonly chunk: string }) => void chunks.push(chunk);
  await tools.send("HeapProfiler.collectGarbage");
  tools.on("HeapProfiler.addHeapSnapshotChunk", hear);
  await tools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  tools.off("HeapProfiler.addHeapSnapshotChunk", hear);
  return chunks.join("");
}

/** Everything else that a browser keeps: stores, caches, cookies, the document, the address and the history's state. */
async function kept(page: Page): Promise<string> {
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

/** Whose traces lie in a text. A heap snapshot writes what is not ASCII as escapes of capital letters. */
const strings = (text: string): readonly string[] =>
  anybody.flatMap((one) => [one, escaped(one)]).filter((one, at, all) => all.indexOf(one) === at && text.includes(one));
const escaped = (text: string): string =>
  text.replaceAll(/[^ -~]/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);

test(`after each of ${visits} visits the page holds nothing of who was there`, async ({ page }) => {
  test.setTimeout(120_000 + visits * 30_000);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url() + (request.postData() ?? "")));
  await page.goto(address);
  await screen(page, "welcome");
  const tools = await page.context().newCDPSession(page);
  await tools.send("HeapProfiler.enable");
  const left: string[] = [];
  let looked = 0;
  for (let serial = 0; serial < visits; serial++) {
    // Somebody who is there can be found: the search is not blind.
    const there = async () => {
      if (serial < 2) expect(strings(await memory(tools)), `visit ${serial} is under way`).not.toEqual([]);
    };
    await (serial % 2 === 0 ? byCard(page, serial, there) : byPhone(page, serial, there));
    await leave(page);
    const inStores = strings(await kept(page));
    if (inStores.length > 0) left.push(`visit ${serial}, kept by the browser: ${inStores.join(" ")}`);
    if ((serial + 1) % lookEvery !== 0 && serial + 1 !== visits) continue;
    looked += 1;
    const snapshot = await memory(tools);
    for (const one of strings(snapshot)) left.push(`after visit ${serial}, in memory: ${around(snapshot, one)}`);
  }
  expect(
    requests.filter((request) =>
      secretsOf(0)
        .concat(anybody)
        .some((one) => request.includes(one)),
    ),
  ).toEqual([]);
  test.info().annotations.push({ type: "privacy", description: `${visits} visits, ${looked} heap snapshots` });
  process.stdout.write(`privacy: ${visits} visits, ${looked} heap snapshots, ${left.length} secrets left\n`);
  expect(left).toEqual([]);
});

const around = (text: string, one: string): string => {
  const places: string[] = [];
  for (let at = text.indexOf(one); at >= 0 && places.length < 8; at = text.indexOf(one, at + 1))
    places.push(text.slice(Math.max(0, at - 60), at + 60));
  return places.join(" … ");
};
