import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import type { MessageKey } from "../../core/i18n/message.ts";
import { zh } from "../../core/i18n/zh-CN.ts";
import { sizes } from "./kiosk.ts";
import { startLoneStation, type LoneStation } from "./lone-station.ts";
import { makeDataFolder } from "./product.ts";
import { openPtyDevice, type PtyDevice } from "./pty-device.ts";

/**
 * The whole visit on the station's own program with simulated devices, by the keys "again" and "yes" alone. Nothing of the
 * screen can be seen, and nothing of it is looked at: what is done next follows from what the station's voice says.
 */

const card = "id-card-reader-sdt";
const noCard = { fault: "noCard" } as const;
/** Two readings of one arm that agree. */
const calm = { values: { result: { systolic: 114, mean: 86, diastolic: 72 } } } as const;

let data: ReturnType<typeof makeDataFolder>;
let devices: Readonly<Record<"cards" | "cuff" | "printer" | "thermometer", PtyDevice>>;
let station: LoneStation;

test.beforeAll(async () => {
  data = makeDataFolder();
  devices = {
    thermometer: await openPtyDevice(data.folder, "thermometer-gy-mcu90615"),
    cards: await openPtyDevice(data.folder, card, noCard),
    cuff: await openPtyDevice(data.folder, "and-tm2655", calm),
    printer: await openPtyDevice(data.folder, "printer-escpos"),
  };
  station = await startLoneStation(join(data.folder, "station"), Object.values(devices));
});
test.afterAll(async () => {
  await station.stop();
  for (const device of Object.values(devices)) await device.close();
  data.remove();
});

interface Utterance {
  readonly keys: readonly string[];
  /** Those that a pack has the clips for. */
  readonly voiced: readonly string[];
}

declare global {
  interface Window {
    /** What the station's voice was asked to say and was not asked about yet. */
    utterances: Utterance[];
  }
}

/** Listens to the station's voice, and takes every letter and picture off the screen. */
async function blindfold(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.utterances = [];
    document.addEventListener("station-said", (event) => {
      window.utterances.push((event as CustomEvent<Utterance>).detail);
    });
    const hide = () => document.documentElement.style.setProperty("opacity", "0");
    document.addEventListener("DOMContentLoaded", hide);
  });
}

/** By ears and two keys. */
class Ears {
  readonly heard: string[] = [];
  /** Asked for, and in no pack. */
  readonly mute: string[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async listen(): Promise<readonly Utterance[]> {
    const said = await this.#page.evaluate(() => window.utterances.splice(0));
    this.heard.push(...said.flatMap(({ keys }) => keys));
    this.mute.push(...said.flatMap(({ keys, voiced }) => keys.filter((key) => !voiced.includes(key))));
    return said;
  }

  yes(): Promise<void> {
    return this.#page.keyboard.press("F9");
  }

  /** "Again", until the wanted thing is said; then "yes". */
  async choose(key: MessageKey): Promise<void> {
    for (let offered = 0; offered < 40; offered++) {
      const said: string[] = [];
      // Who hears nothing presses once more.
      await expect(async () => {
        await this.#page.keyboard.press("F10");
        await expect(async () => {
          said.push(...(await this.listen()).flatMap(({ keys }) => keys));
          expect(said).not.toEqual([]);
        }).toPass({ timeout: 1_500, intervals: [30] });
      }).toPass({ timeout: 20_000, intervals: [100] });
      // Two keys may have the same words: what is heard is the same.
      if (said.some((one) => one === key || wordsOf(one) === zh[key])) return this.yes();
    }
    throw new Error(`nothing is called ${key}: ${zh[key]}`);
  }
}
const wordsOf = (key: string): string | undefined => (zh as Readonly<Record<string, string>>)[key];

type Act = { readonly choose: MessageKey } | "yes" | "wait" | "end" | "check" | (() => void);

/** What this person came for. */
const wanted = ["kiosk.check.temperature", "kiosk.check.bloodPressure"] as const satisfies readonly MessageKey[];

const nothing = { choose: "sx.none" } as const;
/** What is done by who hears this; the first line of which something was said. */
const answers: readonly (readonly [says: string, act: Act])[] = [
  ["kiosk.who.layCard", () => devices.cards.become({})],
  ["ui.right_person", "yes"],
  ["kiosk.consent.keep", "yes"],
  ["kiosk.consent.send", "yes"],
  ["kiosk.consent.family", { choose: "kiosk.consent.no" }],
  ["kiosk.triage.ask", nothing],
  ["sx.ask", nothing],
  ["kiosk.sign.title", { choose: "kiosk.sign.boat" }],
  ["prep.temp", "yes"],
  ["kiosk.checks.guest", "check"],
  ["kiosk.ask.posture", { choose: "kiosk.ask.posture.yes" }],
  ["prep.common", { choose: "kiosk.ask.prepared.yes" }],
  ["kiosk.cuff.title", { choose: "kiosk.cuff.standard" }],
  ["kiosk.ask.medicineToday", { choose: "kiosk.ask.medicineToday.no" }],
  ["kiosk.ask.smoker", { choose: "kiosk.ask.smoker.no" }],
  ["kiosk.ask.sleptBadly", { choose: "kiosk.ask.sleptBadly.no" }],
  // The rest is over by itself.
  ["kiosk.rest.ready", "wait"],
  ["kiosk.rest.over", "yes"],
  ["kiosk.confirm.ask", "yes"],
  // One more reading, perhaps on the other arm; the cuff goes there; then, or when all were taken, on.
  ["bp.again", "yes"],
  ["kiosk.result.third.why", "yes"],
  ["prep.cuff", "yes"],
  ["prep.arm", "yes"],
  ["prep.quiet", "yes"],
  ["kiosk.check.temperature", "check"],
  ["kiosk.check.bloodPressure", "check"],
  ["kiosk.results.title", "yes"],
  ["kiosk.next.comeBack", "yes"],
  ["kiosk.take.title", { choose: "kiosk.take.paper" }],
  ["kiosk.link.title", { choose: "kiosk.link.no" }],
  ["kiosk.rate.title", { choose: "kiosk.rate.3" }],
  ["kiosk.leave.title", "end"],
];

/** Waits for something to be said that tells what to do; the first line of it. `way`: what was done so far. */
async function hearOne(ears: Ears, way: readonly string[]): Promise<(typeof answers)[number]> {
  const found: (typeof answers)[number][] = [];
  await expect(async () => {
    const utterances = await ears.listen();
    found.push(...answers.filter(([key]) => utterances.some(({ keys }) => keys.includes(key))));
    expect(found, `after ${way.join(", ")} of ${ears.heard.slice(-12).join(", ")} nothing helps`).not.toEqual([]);
  }).toPass({ timeout: 60_000, intervals: [50] });
  const [first] = found;
  if (first === undefined) throw new Error("nothing was heard");
  return first;
}

test("a newcomer measures temperature and pressure and takes a slip along, by two keys and with nothing to see", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const page = await browser.newPage({ viewport: sizes.portrait });
  await blindfold(page);
  await page.goto(station.address);
  const ears = new Ears(page);
  const way: string[] = [];
  const done = new Set<string>();
  const printed = devices.printer.heardBytes();
  // A page that nobody has touched yet may not sound; who sits down presses a key.
  await ears.choose("kiosk.welcome.start");
  for (let act: Act | undefined; act !== "end";) {
    const heard = await hearOne(ears, way);
    way.push(heard[0]);
    act = heard[1];
    if (act === "yes") await ears.yes();
    else if (typeof act === "function") act();
    else if (typeof act === "object") await ears.choose(act.choose);
    else if (act === "check") {
      // What was just heard of is done; the next one, or all results.
      if (heard[0] !== "kiosk.checks.guest") done.add(heard[0]);
      const next = wanted.find((key) => !done.has(key));
      if (heard[0] === "kiosk.checks.guest") await ears.choose(next ?? "kiosk.checks.results");
      else await ears.choose(next === undefined ? "kiosk.checks.results" : "kiosk.result.goOn");
    }
    // Who was recognized takes the card.
    if (heard[0] === "ui.right_person") devices.cards.become(noCard);
  }
  expect(way.filter((key) => key === "kiosk.confirm.ask").length, "pressures").toBeGreaterThanOrEqual(3);
  expect(ears.heard).toEqual(expect.arrayContaining(["kiosk.arm.left", "kiosk.arm.right", "foot.disclaimer"]));
  expect(ears.mute, "sentences without a voice").toEqual([]);
  expect(devices.printer.heardBytes() - printed, "bytes of the slip").toBeGreaterThan(200);
  await page.close();
});
