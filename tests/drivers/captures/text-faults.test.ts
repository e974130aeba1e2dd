import { expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { play } from "../../../drivers/laws/play.ts";

/** What a device says when it could not measure, or measured no resident, is never a measurement (the dossiers' safety notes). */
test.each([
  ["and-tm2655", "moved", "device.moved"],
  ["and-tm2655", "overPressure", "device.overPressure"],
  ["and-tm2655", "unknownCode", "device.unknown"],
  ["and-tm2655", "busy", "device.busy"],
  ["omron-hbp-9020", "failed", "device.unreadable"],
  ["omron-hbp-9020-remote", "failed", "device.unreadable"],
  ["omron-hbp-9030", "failed", "device.unknown"],
  ["terumo-r1", "impossible", "device.outOfRange"],
  ["lifescan-onetouch-ultra2", "incomplete", "device.resultIncomplete"],
  ["lifescan-onetouch-ultra2", "empty", "device.noRecord"],
  ["acon-on-call", "low", "device.outOfRange"],
  ["acon-on-call", "flagged", "device.unknown"],
  ["acon-on-call", "empty", "device.noRecord"],
  ["acon-mission", "impossible", "device.outOfRange"],
  ["abbott-freestyle-lite", "control", "gate.control"],
  ["abbott-freestyle-lite", "unknownState", "device.unknown"],
  ["abbott-freestyle-lite", "empty", "device.noRecord"],
  ["abbott-precision-xtra", "ketone", "device.noRecord"],
  ["roche-reflotron-plus", "impossible", "device.outOfRange"],
  ["tanita-sc240", "impossible", "device.outOfRange"],
  ["scale-st-gs", "overload", "device.overloaded"],
  ["scale-st-gs", "nobody", "device.silent"],
  ["scale-st-gs", "pounds", "device.wrongUnit"],
])("%s, %s: no measurement, %s", (id, fault, code) => {
  const { outcomes, end } = play(findProfile(id)!, { simulator: { fault } });
  expect(outcomes.filter(({ kind }) => kind === "measurement")).toEqual([]);
  expect(end?.code).toBe(code);
});

test.each([
  ["lifescan-onetouch-ultra2", "high", { value: 600, unit: "mg/dL", comparator: ">" }],
  ["abbott-freestyle-lite", "high", { value: 500, unit: "mg/dL", comparator: ">" }],
  ["abbott-freestyle-lite", "low", { value: 20, unit: "mg/dL", comparator: "<" }],
  ["acon-mission", "low", { value: 2.59, unit: "mmol/L", comparator: "<" }],
  ["roche-reflotron-plus", "high", { value: 600, unit: "mg/dL", comparator: ">" }],
])("%s, %s: the number keeps its sign", (id, fault, reading) => {
  const { outcomes } = play(findProfile(id)!, { simulator: { fault } });
  const [first] = outcomes.flatMap((outcome) => (outcome.kind === "measurement" ? outcome.readings : []));
  expect(first).toMatchObject(reading);
});

test("OneTouch: control solution among the records is a control, and only the other record is a measurement", () => {
  const { outcomes } = play(findProfile("lifescan-onetouch-ultra2")!, { simulator: { fault: "control" } });
  expect(outcomes.map(({ kind }) => kind).filter((kind) => kind === "control" || kind === "measurement")).toEqual([
    "control",
    "measurement",
  ]);
});

test.each([
  ["and-tm2655", "irregular", ["irregularPulse", "bodyMotion"]],
  ["omron-hbp-9020", "marked", ["deviceMarked"]],
  ["omron-hbp-9030", "moved", ["bodyMotion"]],
  ["tanita-sc240", "segmentError", ["deviceMarked"]],
  ["acon-mission", "low", ["notCalculable"]],
])("%s, %s: the doubt travels with the numbers", (id, fault, doubts) => {
  const { outcomes } = play(findProfile(id)!, { simulator: { fault } });
  expect(outcomes.flatMap((outcome) => (outcome.kind === "measurement" ? [outcome.doubts] : []))).toEqual([doubts]);
});

test("FreeStyle: a lost clock gives no time, so the gate cannot tie it to a visit", () => {
  const { outcomes } = play(findProfile("abbott-freestyle-lite")!, { simulator: { fault: "clockLost" } });
  const [measured] = outcomes.filter(({ kind }) => kind === "measurement");
  expect(measured).toMatchObject({ stored: true });
  expect(measured).not.toHaveProperty("deviceTime");
});
