import { describe, expect, test } from "vitest";
import { placeholdersOf } from "../../../core/i18n/message.ts";
import { workSentence, workWords } from "../../../core/i18n/work-log.ts";
import { measurementKinds } from "../../../core/domain/outcome.ts";
import type { Entry } from "../../../core/journal/entry.ts";
import { workCounts, workKinds, workLine } from "../../../core/journal/work-log.ts";

const device = "cuff@/dev/cuff";
const by = { id: "t1", name: "样本", role: "technician" };

function entry(type: string, body: object, actor = { role: "technician", id: "t1" }): Entry {
  return {
    owner: "station",
    seq: 1,
    id: "0198c0de-0000-7000-8000-000000000001",
    type,
    heardAt: "2026-11-02T01:00:00.000Z",
    monoMs: 0,
    actor,
    subject: null,
    visit: null,
    body: body as Entry["body"],
    prevHash: "0".repeat(64),
    hash: "0".repeat(64),
  };
}

const control = { device, analyte: "glucose", level: "L1", value: 5.2, unit: "mmol/L", verdict: "passed", lot: "C-7" };
const lot = { device, kind: "strip", lot: "S-1", expiry: "2027-01-31" };

test.each([
  ["staff.signedIn", { staff: "t1" }, "登录", "Signed in"],
  ["staff.signedOut", { staff: "t1", how: "idle" }, "退出（十分钟无操作）", "Signed out (ten minutes without an act)"],
  [
    "staff.refused",
    { staff: "t1", code: "staff.wrongPin" },
    "登录被拒：工作人员密码不对（编号 901）",
    "Sign-in refused: Staff PIN is wrong (number 901)",
  ],
  ["device.withdrawn", { device, reason: "脏" }, "停用设备：脏", "Took the device out of use: 脏"],
  [
    "device.faulted",
    { device, code: "device.cuffLeak" },
    "设备报告故障：气路漏气（编号 102）",
    "The device told a fault: Leak in the pressure system (number 102)",
  ],
  [
    "access.decided",
    { operation: "doctor.run", allowed: true, about: device },
    "用设备医生检查",
    "Examined with the device doctor",
  ],
  [
    "lot.opened",
    { lot, by, specimen: false },
    "启用试纸，批号 S-1，有效期至 2027-01-31",
    "Opened strips, lot S-1, good until 2027-01-31",
  ],
  [
    "control.run",
    { ...control, specimen: false },
    "质控 血糖 低值：5.2 mmol/L，合格，批号 C-7",
    "Control Glucose low: 5.2 mmol/L, Passed, lot C-7",
  ],
  [
    "calibration.recorded",
    { device, kind: "leakage", verdict: "failed", specimen: false },
    "漏气检查：不合格",
    "Check, Air leakage: Failed",
  ],
  [
    "operator.certified",
    { operator: by, of: "glucose", validUntil: "2027-05-01", specimen: false },
    "样本 的培训有效至 2027-05-01（血糖）",
    "Training of 样本 valid until 2027-05-01 (glucose)",
  ],
  [
    "gate.changed",
    { device, from: "ready", to: "blocked", conditions: [{ code: "notCleaned", state: "blocked" }] },
    "停用：超过一周没有清洁和检查外观",
    "Out of use: Not cleaned and looked at for more than a week",
  ],
  ["gate.changed", { device, from: "blocked", to: "ready", conditions: [] }, "可用", "Ready"],
  [
    "override.used",
    { device, reason: "夜里急用", count: 1, limit: 2 },
    "紧急放行（1/2）：夜里急用",
    "Emergency use (1 of 2): 夜里急用",
  ],
  [
    "results.underReview",
    { device, control: "c", since: null, measurements: ["a", "b"] },
    "2 个结果待医生复核",
    "2 results wait for a doctor's review",
  ],
] as const)("%s %j reads: %s", (type, body, zh, en) => {
  const line = workLine(entry(type, body));
  if (line === undefined) throw new Error(type);
  expect([workSentence("zh-CN", line), workSentence("en", line)]).toEqual([zh, en]);
});

test.each([
  ["a resident's number", "measurement.accepted", { of: "glucose" }],
  ["a resident's visit", "visit.opened", { kind: "guest" }],
  ["a resident", "resident.registered", { name: "样本" }],
  ["a doctor's opinion", "opinion.received", { opinion: { text: "吃药" } }],
  ["what a page only looked at", "access.decided", { operation: "line.watch", allowed: true, about: device }],
  ["a refused look", "access.decided", { operation: "doctor.run", allowed: false, about: device }],
  ["a specimen lot", "lot.opened", { lot, by, specimen: true }],
  ["a specimen control", "control.run", { ...control, specimen: true }],
  ["a type of a later program", "future.thing", {}],
])("%s is no line", (_name, type, body) => {
  expect(workLine(entry(type, body))).toBeUndefined();
});

test("an act names its person, what the station noted names nobody", () => {
  expect(workLine(entry("device.restored", { device }))).toMatchObject({ staff: "t1", device });
  expect(workLine(entry("device.restored", { device }, { role: "station", id: "host" }))).not.toHaveProperty("staff");
});

test("what was done for residents is counted", () => {
  const none = Object.fromEntries(measurementKinds.map((kind) => [kind, 0]));
  expect(
    workCounts([
      entry("visit.opened", { kind: "guest" }),
      entry("visit.opened", { kind: "resident" }),
      entry("measurement.accepted", { of: "glucose" }),
      entry("measurement.accepted", { of: "glucose" }),
      entry("measurement.refused", { of: "glucose", readings: [{ quantity: "glucose" }] }),
      entry("measurement.refused", { of: "glucose", readings: [] }),
      entry("consult.requested", {}),
      entry("opinion.received", {}),
    ]),
  ).toEqual({ visits: 2, guests: 1, measured: { ...none, glucose: 2 }, refused: 1, consults: 1, opinions: 1 });
});

describe("the words of the log", () => {
  test.each(workKinds)("%s has a sentence", (kind) => expect(workWords.en[`log.${kind}`]).not.toBe(""));
  test.each(Object.keys(workWords.en) as (keyof typeof workWords.en)[])(
    "%s asks for the same in both languages",
    (key) => {
      expect([...placeholdersOf(workWords.en[key])].sort()).toEqual(
        [...placeholdersOf(workWords["zh-CN"][key])].sort(),
      );
    },
  );
});
