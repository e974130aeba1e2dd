import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test, type Page } from "@playwright/test";
import { planted } from "../station/visits/planted.ts";
import { top } from "./product.ts";
import { giveQuickHands, quickPress, quickSee } from "./quick-hands.ts";
import { around, clipboard, escaped, kept, memory } from "./traces.ts";

/**
 * The product's page over a real station: alternating residents, each with a name that is shown in part, a card, and a phone
 * number that is typed. When they have left, nothing of any of them is in the page's memory or in anything a browser keeps.
 */
const visits = Number(process.env.PRIVACY_VISITS ?? 40);
/** The memory is looked through after every n-th visit, for everybody who was there before. */
const lookEvery = Number(process.env.PRIVACY_LOOK_EVERY ?? (visits > 200 ? 50 : 20));

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

/** How somebody comes; everybody after the one before in another way. `copier`: touches the keyboard, too. */
const ways = ["card", "phone", "printer", "phone", "copier"] as const;
type Way = (typeof ways)[number];

async function byCard(page: Page, serial: number, way: Way, there: () => Promise<void>): Promise<void> {
  const { name, number, shownMark } = planted(serial);
  await quickPress(page, "start");
  await quickSee(page, "screen-who");
  lay({ name, number });
  await quickSee(page, "screen-is-it-you");
  expect(await shows(page, shownMark)).toBe(true);
  await there();
  lay({});
  if (way === "copier") await copyAll(page);
  await quickPress(page, "its-me", "consent-yes", "triage-next");
  await quickSee(page, "screen-checks");
  await expect.poll(() => shows(page, shownMark)).toBe(true);
  if (way === "copier") await copyAll(page);
  await measured(page);
  if (way === "printer") await printed(page);
}

/** Everything on the screen marked and copied, as a keyboard at the station can. */
async function copyAll(page: Page): Promise<void> {
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+x");
}

/** Height, weight and waist typed, and the result looked at. */
async function measured(page: Page): Promise<void> {
  const typed = ["158", "61", "85"].flatMap((digits) => [
    ...Array.from(digits, (digit) => `key-${digit}`),
    "enter-next",
  ]);
  await quickPress(page, "check-body", ...typed);
  await quickSee(page, "screen-result");
}

/** On to the slip, past what has waited for the result. */
async function printed(page: Page): Promise<void> {
  await quickPress(page, "result-all");
  const owed = { "triage-next": "triage-next", "consent-yes": "consent-yes", "sign-boat": "sign-boat" } as const;
  for (;;) {
    const there = await quickSee(page, ...Object.keys(owed), "finish");
    await quickPress(page, there);
    if (there === "finish") break;
  }
  if ((await quickSee(page, "next-yes", "take-paper")) === "next-yes") await quickPress(page, "next-yes");
  await quickPress(page, "take-paper");
  // Who came by card for the first time is asked how to come the next time.
  if ((await quickSee(page, "link-no", "rate-skip")) === "link-no") await quickPress(page, "link-no");
  await quickPress(page, "rate-skip");
  await quickPress(page, "next-person");
  await quickSee(page, "start");
}

async function byPhone(page: Page, serial: number, there: () => Promise<void>): Promise<void> {
  const digits = Array.from(planted(serial).phone, (digit) => `pad-${digit}`);
  await quickPress(page, "start", "no-card", "phone", ...digits);
  expect(await shows(page, planted(serial).phone)).toBe(true);
  await there();
  await quickPress(page, "back", "guest", "triage-next");
  await quickSee(page, "screen-checks");
}

/** To the welcome screen. Who has a result is asked how they are first; a second "done" is the end. */
async function left(page: Page): Promise<void> {
  await quickPress(page, "leave", "leave-done");
  if ((await quickSee(page, "triage-next", "next-person", "start")) === "triage-next")
    await quickPress(page, "leave", "leave-done");
  if ((await quickSee(page, "next-person", "start")) === "next-person") await quickPress(page, "next-person");
  await quickSee(page, "start");
}

const putOnClipboard = (page: Page, text: string) => page.evaluate((put) => navigator.clipboard.writeText(put), text);

declare global {
  interface Window {
    /** How often the page gave itself to the browser's print queue. */
    printedPages: number;
  }
}
const countPrinting = (page: Page) =>
  page.addInitScript(() => {
    window.printedPages = 0;
    addEventListener("beforeprint", () => (window.printedPages += 1));
    window.print = () => void (window.printedPages += 1);
  });

/** Whose traces lie in a text. */
const strings = (text: string): readonly string[] =>
  anybody.flatMap((one) => [one, escaped(one)]).filter((one, at, all) => all.indexOf(one) === at && text.includes(one));
test(`after each of ${visits} visits the page holds nothing of who was there`, async ({ page, context }) => {
  test.setTimeout(120_000 + visits * 5_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await giveQuickHands(page);
  await countPrinting(page);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url() + (request.postData() ?? "")));
  await page.goto(address);
  await quickSee(page, "start");
  const tools = await context.newCDPSession(page);
  await tools.send("HeapProfiler.enable");
  await putOnClipboard(page, anybody[0] ?? "");
  expect(strings(await clipboard(page)), "the clipboard can be read").not.toEqual([]);
  await putOnClipboard(page, "");
  const found: string[] = [];
  let looked = 0;
  for (let serial = 0; serial < visits; serial++) {
    const way = ways[serial % ways.length] ?? "card";
    // Somebody who is there can be found: the search is not blind.
    const there = async () => {
      if (serial < 2) expect(strings(await memory(tools)), `visit ${serial} is under way`).not.toEqual([]);
    };
    await (way === "phone" ? byPhone(page, serial, there) : byCard(page, serial, way, there));
    if (way !== "printer") await left(page);
    for (const [where, text] of [
      ["kept by the browser", await kept(page)],
      ["on the clipboard", await clipboard(page)],
    ] as const)
      if (strings(text).length > 0) found.push(`visit ${serial}, ${where}: ${strings(text).join(" ")}`);
    if ((serial + 1) % lookEvery !== 0 && serial + 1 !== visits) continue;
    looked += 1;
    const snapshot = await memory(tools);
    for (const one of strings(snapshot)) found.push(`after visit ${serial}, in memory: ${around(snapshot, one)}`);
  }
  expect(
    requests.filter((request) =>
      secretsOf(0)
        .concat(anybody)
        .some((one) => request.includes(one)),
    ),
  ).toEqual([]);
  expect(await page.evaluate(() => window.printedPages), "given to the browser's print queue").toBe(0);
  test.info().annotations.push({ type: "privacy", description: `${visits} visits, ${looked} heap snapshots` });
  process.stdout.write(`privacy: ${visits} visits, ${looked} heap snapshots, ${found.length} secrets left\n`);
  expect(found).toEqual([]);
});
