import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { blood } from "../../../core/i18n/blood.zh-CN.ts";
import { body } from "../../../core/i18n/body.zh-CN.ts";
import { common } from "../../../core/i18n/common.zh-CN.ts";
import { prepare } from "../../../core/i18n/prepare.zh-CN.ts";
import { pressure } from "../../../core/i18n/pressure.zh-CN.ts";
import { services } from "../../../core/i18n/services.zh-CN.ts";

/** Every sentence of the copy that was written for villagers is said somewhere, or stands here with the reason why not. */
const pharmacy = "the pharmacy cabinet is not built";
const referral = "referrals have no screen of their own yet";
const contract = "each consent is asked in one sentence of its own; this is the long text of the printed sheet";
const unused: Readonly<Record<string, string>> = {
  "ui.read": "the repeat key of the frame has a word of its own",
  "call.none": "a call that finds nobody is told by its fault, which knows whether there is a line",
  "call.done": "the opinion itself is shown instead",
  "ref.up": referral,
  "ref.back": referral,
  "fu.remind": "reminders go out from the hub, which has no messages to phones yet",
  "rx.ready": pharmacy,
  "rx.wait": pharmacy,
  "rx.stop": pharmacy,
  "rx.otc": pharmacy,
  "rx.read": pharmacy,
  "staff.alarm": "the desk composes its alarms from the journal",
  "staff.handover": "the emergency page speaks to bystanders; staff has the desk",
  "consent.1": contract,
  "consent.2": contract,
  "consent.3": contract,
  "consent.4": contract,
  "consent.5": contract,
  "consent.6": contract,
  "consent.7": contract,
  "consent.8": contract,
  "consent.tick.measure": contract,
  "consent.tick.doctors": contract,
  "consent.tick.remote": contract,
  "consent.tick.face": "faces are not used",
  "consent.tick.relative": contract,
};

const top = new URL("../../../", import.meta.url);
const isCatalogue = (path: string) => /^core\/i18n\/.*\.(?:en|zh-CN)\.ts$/u.test(path);
const code = ["core", "renderer", "station", "hub", "electron"]
  .flatMap((room) =>
    readdirSync(new URL(`${room}/`, top), { recursive: true, encoding: "utf8" })
      .map((path) => `${room}/${path}`)
      .filter((path) => /\.tsx?$/u.test(path) && !isCatalogue(path)),
  )
  .map((path) => readFileSync(new URL(path, top), "utf8"))
  .join("\n");
const keys = Object.keys({ ...common, ...prepare, ...pressure, ...blood, ...body, ...services });

describe("the copy for villagers", () => {
  test.each(keys.filter((key) => !Object.hasOwn(unused, key)))("%s is used", (key) =>
    expect(code.includes(`"${key}"`)).toBe(true),
  );
  test.each(Object.keys(unused))("%s, listed as unused, is there and is not used", (key) => {
    expect([keys.includes(key), code.includes(`"${key}"`)]).toEqual([true, false]);
  });
});
