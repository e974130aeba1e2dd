import { describe, expect, test } from "vitest";
import { recognitionSentence, recognitionWords } from "../../../core/i18n/recognition.ts";
import { gateTable } from "../../../core/quality/gate-table.ts";
import { recognitionLacks, recognitionOf, type RecognitionAsked } from "../../../core/quality/recognition.ts";
import { conditionCodes } from "../../../core/quality/vocabulary.ts";

type Quality = NonNullable<RecognitionAsked["measurement"]["quality"]>;
type Of = RecognitionAsked["measurement"]["of"];
const heardAt = "2026-11-02T01:00:00.000Z";
const run = "0198c0de-0000-7000-8000-000000000001";

const inOrder: Quality = {
  gate: "ready",
  conditions: [],
  controls: [{ run, analyte: "glucose", level: "L1", lot: "C", operator: "样本", at: heardAt, verdict: "passed" }],
  lots: ["S"],
  calibration: { record: run, kind: "staticPressure", at: heardAt, verdict: "passed" },
  certificate: { number: "V-1", validUntil: "2026-11-02" },
  specimen: false,
};

/** A number with everything that may be asked of it. */
function asked(quality: Partial<Quality> | undefined = {}, of: Of = "bloodPressure"): RecognitionAsked {
  return {
    measurement: {
      of,
      doubts: ["confirmedByEye", "irregularPulse"],
      provenance: { simulated: false, rawHex: ["aa"] },
      times: { heardAt, hubAheadMs: 60_000 },
      quality: { ...inOrder, ...quality },
    },
    person: "known",
    ...(of === "bloodPressure" ? { grade: "diagnostic" as const } : {}),
  };
}
const measured = (more: Partial<RecognitionAsked["measurement"]>): RecognitionAsked => {
  const whole = asked();
  return { ...whole, measurement: { ...whole.measurement, ...more } };
};

test.each(["bloodPressure", "glucose", "lipids", "oximetry", "temperature", "body", "chemistry"] as const)(
  "a %s with everything in order is fit",
  (of) => expect(recognitionOf(asked({}, of))).toEqual({ fit: true, lacks: [] }),
);

const { quality: _none, ...withoutQuality } = asked().measurement;

test.each([
  ["a simulated device", measured({ provenance: { simulated: true, rawHex: ["aa"] } }), "simulated"],
  ["specimens behind it", asked({ specimen: true }), "simulated"],
  ["a guest", { ...asked(), person: "guest" }, "person"],
  ["no bytes", measured({ provenance: { simulated: false, rawHex: [] } }), "noBytes"],
  ["no snapshot", { ...asked(), measurement: withoutQuality }, "noQuality"],
  ["an override", asked({ override: run }), "override"],
  ["a control that failed later", { ...asked(), underReview: true }, "review"],
  ["no certificate", asked({ certificate: undefined }), "certificate"],
  [
    "a certificate that ended the day before",
    asked({ certificate: { number: "V", validUntil: "2026-11-01" } }),
    "certificate",
  ],
  ["no check", asked({ calibration: undefined }), "check"],
  ["a failed check", asked({ calibration: { record: run, kind: "leakage", at: heardAt, verdict: "failed" } }), "check"],
  ["no check of an oximeter", asked({ calibration: undefined }, "oximetry"), "check"],
  ["no control", asked({ controls: [] }, "glucose"), "control"],
  [
    "a failed control beside a passed one",
    asked({ controls: [...inOrder.controls, { ...inOrder.controls[0]!, verdict: "failed" }] }, "lipids"),
    "control",
  ],
  ["no lot", asked({ lots: [] }, "glucose"), "lot"],
  ["a station clock that is off", measured({ times: { heardAt, hubAheadMs: 60_001 } }), "clock"],
  ["a station clock that is wrong", measured({ times: { heardAt, hubAheadMs: -400_000 } }), "clock"],
  ["a device clock that is wrong", measured({ doubts: ["deviceClockWrong"] }), "clock"],
  ["a screening pressure", { ...asked(), grade: "screening" }, "grade"],
  ["a pressure without a grade", { ...asked(), grade: undefined }, "grade"],
  ["motion", measured({ doubts: ["bodyMotion"] }), "doubt"],
  ["an unusual number", measured({ doubts: ["unusual"] }), "doubt"],
  ["a number that the device marks", measured({ doubts: ["deviceMarked"] }), "doubt"],
  ["a gate that is shut for a reason unknown here", asked({ gate: "blocked" }), "device"],
] as const)("%s makes it unfit, and is the one thing named", (_name, question, lack) => {
  expect(recognitionOf(question)).toEqual({ fit: false, lacks: [lack] });
});

describe("every condition of the gate that does not leave the device ready makes its numbers unfit", () => {
  test.each(conditionCodes)("%s", (code) => {
    const { state } = gateTable[code];
    const { fit, lacks } = recognitionOf(asked({ gate: state, conditions: [code] }));
    expect([fit, lacks.length]).toEqual(state === "ready" ? [true, 0] : [false, 1]);
  });
});

test.each([
  ["operatorUncertified", "operator"],
  ["identityChanged", "unit"],
  ["firmwareChanged", "unit"],
  ["controlRejected", "control"],
  ["certificateExpired", "certificate"],
  ["checkOverdue", "check"],
  ["comparisonOverdue", "comparison"],
  ["lotExpired", "lot"],
  ["roomOutside", "room"],
  ["clockDrift", "clock"],
  ["notCleaned", "device"],
] as const)("the condition %s is told as %s", (code, lack) => {
  expect(recognitionOf(asked({ gate: gateTable[code].state, conditions: [code] })).lacks).toEqual([lack]);
});

test("several are named once each, the gravest first", () => {
  const question = asked({ gate: "blocked", conditions: ["notCleaned", "checkMissing", "checkFailed"], override: run });
  expect(recognitionOf({ ...question, person: "guest" }).lacks).toEqual(["person", "override", "device", "check"]);
});

test.each([
  ["zh-CN", { fit: true, lacks: [] }, "可以互认"],
  [
    "en",
    { fit: false, lacks: ["operator", "clock"] },
    "Not fit for recognition: no certified operator, a clock is off",
  ],
  ["zh-CN", { fit: false, lacks: ["operator", "clock"] }, "不能互认：没有持证的操作人员、时钟不准"],
] as const)("in words, %s: %j", (language, recognition, words) => {
  expect(recognitionSentence(language, recognition)).toBe(words);
});

test.each([
  ["zh-CN", "不能互认：没有持证的操作人员，另有 1 项"],
  ["en", "Not fit for recognition: no certified operator, and 1 more"],
] as const)("the gravest alone, %s: %s", (language, words) => {
  expect(recognitionSentence(language, { fit: false, lacks: ["operator", "clock"] }, 1)).toBe(words);
});

test.each(recognitionLacks)("%s has words in both languages", (lack) => {
  expect([recognitionWords["zh-CN"].lacks[lack], recognitionWords.en.lacks[lack]]).not.toContain("");
});
