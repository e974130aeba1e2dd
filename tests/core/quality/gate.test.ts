import { describe, expect, test } from "vitest";
import type { MeasurementKind } from "../../../core/domain/outcome.ts";
import type { Quantity } from "../../../core/domain/quantity.ts";
import type { ControlRecord, Lot } from "../../../core/journal/quality-bodies.ts";
import { noFacts, type DeviceFacts, type TrainingFact } from "../../../core/quality/facts.ts";
import { gateTable } from "../../../core/quality/gate-table.ts";
import { planOf } from "../../../core/quality/plan.ts";
import { conditionCodes, gateStates, type ConditionCode } from "../../../core/quality/vocabulary.ts";
import { qualityWords } from "../../../core/i18n/quality.ts";
import { ask, check, codes, control, controlLot, cuff, dayMs, kept, lot, meter, now, staff, wall } from "./in-order.ts";

test("a cuff in order is ready, without a word", () => {
  const { state, conditions } = ask(["bloodPressure"], cuff);
  expect({ state, conditions }).toEqual({ state: "ready", conditions: [] });
});

test("a meter in order is ready, without a word", () => {
  const { state, conditions } = ask(["glucose"], meter);
  expect({ state, conditions }).toEqual({ state: "ready", conditions: [] });
});

test("a device of which nothing is known is blocked, and says everything that is wanting", () => {
  expect(codes("bloodPressure", noFacts)).toEqual(["certificateMissing", "checkMissing", "checkMissing", "notCleaned"]);
  expect(codes("glucose", noFacts, now, [])).toEqual([
    "lotMissing",
    "controlMissing",
    "controlMissing",
    "comparisonMissing",
    "operatorUncertified",
    "notCleaned",
  ]);
  expect(ask(["bloodPressure"], noFacts).state).toBe("blocked");
});

const certificateUntil = (validUntil: string): DeviceFacts => ({
  ...cuff,
  ...(cuff.certificate === undefined
    ? {}
    : { certificate: { ...cuff.certificate, certificate: { ...cuff.certificate.certificate, validUntil } } }),
});
const checkedAt = (text: string): DeviceFacts => ({
  ...cuff,
  checks: { ...cuff.checks, staticPressure: { ...kept(wall(text)), record: check("staticPressure") } },
});
const lots = (...more: readonly Lot[]): DeviceFacts => ({
  ...meter,
  lots: more.map((each) => ({ ...kept(0), lot: each, by: staff })),
});
const comparedAt = (text: string): DeviceFacts => ({
  ...meter,
  comparisons: meter.comparisons.map((each) => ({ ...each, at: wall(text) })),
});
const cleanedAt = (text: string): DeviceFacts => ({ ...cuff, cleaned: kept(wall(text)) });

/** Each line of the table, a moment before its edge and at it: days of the wall, limits as §6 has them. */
describe.each<
  readonly [string, MeasurementKind, DeviceFacts, number, ConditionCode | undefined, ConditionCode | undefined]
>([
  [
    "certificate, its last day",
    "bloodPressure",
    certificateUntil("2026-06-15"),
    wall("2026-06-16T00:00:00"),
    "certificateSoon",
    "certificateExpired",
  ],
  [
    "certificate, thirty days before",
    "bloodPressure",
    certificateUntil("2026-07-31"),
    wall("2026-07-01T00:00:00"),
    undefined,
    "certificateSoon",
  ],
  [
    "static check, the 180th day",
    "bloodPressure",
    checkedAt("2026-01-01T15:00:00"),
    wall("2026-06-30T00:00:00"),
    undefined,
    "checkSoon",
  ],
  [
    "static check, after the 190th day",
    "bloodPressure",
    checkedAt("2026-01-01T15:00:00"),
    wall("2026-07-11T00:00:00"),
    "checkSoon",
    "checkOverdue",
  ],
  [
    "strips, their last day",
    "glucose",
    lots(lot("strip", { expiry: "2026-06-15" }), controlLot("L1"), controlLot("L2")),
    wall("2026-06-16T00:00:00"),
    undefined,
    "lotExpired",
  ],
  [
    "control solution, its last day",
    "glucose",
    lots(lot("strip"), controlLot("L1", { expiry: "2026-06-15" }), controlLot("L2")),
    wall("2026-06-16T00:00:00"),
    undefined,
    "lotExpired",
  ],
  [
    "strips, ninety days open",
    "glucose",
    lots(lot("strip", { openedOn: "2026-03-17" }), controlLot("L1"), controlLot("L2")),
    wall("2026-06-16T00:00:00"),
    undefined,
    "lotOpenedTooLong",
  ],
  [
    "comparison, more than 183 days",
    "glucose",
    comparedAt("2026-01-01T09:00:00"),
    wall("2026-07-04T00:00:00"),
    undefined,
    "comparisonSoon",
  ],
  [
    "comparison, more than 214 days",
    "glucose",
    comparedAt("2026-01-01T09:00:00"),
    wall("2026-08-04T00:00:00"),
    "comparisonSoon",
    "comparisonOverdue",
  ],
  [
    "cleaning, the seventh day",
    "bloodPressure",
    cleanedAt("2026-06-08T20:00:00"),
    wall("2026-06-15T00:00:00"),
    undefined,
    "cleaningSoon",
  ],
  [
    "cleaning, after the seventh day",
    "bloodPressure",
    cleanedAt("2026-06-08T20:00:00"),
    wall("2026-06-16T00:00:00"),
    "cleaningSoon",
    "notCleaned",
  ],
  ["control, midnight", "glucose", meter, wall("2026-06-16T00:00:00"), undefined, "controlMissing"],
])("%s", (_, of, facts, edge, before, after) => {
  /** What is not about this line is kept in order as far as it depends on the day. */
  const dated = (at: number): DeviceFacts => ({
    ...facts,
    ...(_.startsWith("cleaning") ? {} : { cleaned: kept(at - dayMs) }),
    ...(_.startsWith("control, midnight") ? {} : { runs: facts.runs.map((run) => ({ ...run, at: at - 1 })) }),
    ...(_.startsWith("static")
      ? { checks: { ...facts.checks, leakage: { ...kept(at - dayMs), record: check("leakage") } } }
      : {}),
  });
  test("a moment before", () => {
    const at = edge - 1;
    const own = { ...dated(at), runs: facts.runs.map((run) => ({ ...run, at: Math.min(run.at, at) })) };
    const today = _.startsWith("control, midnight")
      ? facts
      : { ...own, runs: facts.runs.map((run) => ({ ...run, at })) };
    expect(codes(of, today, at)).toEqual(before === undefined ? [] : [before]);
  });
  test("at it", () => {
    const today = _.startsWith("control, midnight")
      ? facts
      : { ...dated(edge), runs: facts.runs.map((run) => ({ ...run, at: edge })) };
    expect([...new Set(codes(of, today, edge))]).toEqual(after === undefined ? [] : [after]);
  });
  test("the gate knows when to be asked again", () => {
    const today = _.startsWith("control, midnight")
      ? facts
      : { ...dated(edge - 1), runs: facts.runs.map((run) => ({ ...run, at: edge - 1 })) };
    expect(ask([of], today, edge - 1).nextAt).toBe(edge);
  });
});

test("training ends with its last day", () => {
  const until: readonly TrainingFact[] = [{ ...kept(0), operator: staff, of: "glucose", validUntil: "2026-06-15" }];
  const facts = (at: number) => ({ ...meter, runs: meter.runs.map((run) => ({ ...run, at })), cleaned: kept(at) });
  const edge = wall("2026-06-16T00:00:00");
  expect(codes("glucose", facts(edge - 1), edge - 1, until)).toEqual([]);
  expect(codes("glucose", facts(edge), edge, until)).toEqual(["operatorUncertified"]);
});

test("training for lipids is none for glucose", () => {
  const other: readonly TrainingFact[] = [{ ...kept(0), operator: staff, of: "lipids", validUntil: "2026-12-31" }];
  expect(codes("glucose", meter, now, other)).toEqual(["operatorUncertified"]);
});

const run = (level: "L1" | "L2", verdict: ControlRecord["verdict"], at = wall("2026-06-15T08:30:00")) => ({
  ...kept(at, `${level} ${verdict}`),
  run: control(level, { verdict }),
});

test.each<readonly [string, DeviceFacts, readonly ConditionCode[], string]>([
  ["a failed control", { ...meter, runs: [...meter.runs, run("L1", "failed")] }, ["controlFailed"], "blocked"],
  [
    "a failed control that a repeat passed",
    { ...meter, runs: [...meter.runs, run("L1", "failed"), run("L1", "passed")] },
    [],
    "ready",
  ],
  ["a warning", { ...meter, runs: [...meter.runs, run("L2", "warning")] }, ["controlWarning"], "restricted"],
  [
    "a warning that a repeat passed",
    { ...meter, runs: [...meter.runs, run("L2", "warning"), run("L2", "passed")] },
    [],
    "ready",
  ],
  [
    "a rejection that was repeated and passed, but not released",
    {
      ...meter,
      runs: [...meter.runs, run("L1", "rejected"), run("L1", "passed")],
      latches: [{ ...kept(now), code: "controlRejected", reportedBy: "s1", about: "glucose L1" }],
    },
    ["controlRejected"],
    "blocked",
  ],
  ["one level only, where both are sold", { ...meter, runs: meter.runs.slice(0, 1) }, ["controlMissing"], "blocked"],
  [
    "one level only, where one is sold",
    { ...lots(lot("strip"), controlLot("L1")), runs: meter.runs.slice(0, 1) },
    [],
    "ready",
  ],
  ["no strips", lots(controlLot("L1"), controlLot("L2")), ["lotMissing"], "blocked"],
  [
    "strips with another code than the meter's",
    { ...lots(lot("strip", { meterCode: "25" }), controlLot("L1"), controlLot("L2")), observed: { stripCode: "17" } },
    ["lotMismatch"],
    "blocked",
  ],
  [
    "strips with the meter's code",
    { ...lots(lot("strip", { meterCode: "25" }), controlLot("L1"), controlLot("L2")), observed: { stripCode: "25" } },
    [],
    "ready",
  ],
  [
    "a room of 40 degrees",
    { ...meter, runs: [...meter.runs, { ...run("L1", "passed"), run: control("L1", { room: { celsius: 40 } }) }] },
    [],
    "ready",
  ],
  [
    "a room of 40.1 degrees",
    { ...meter, runs: [...meter.runs, { ...run("L1", "passed"), run: control("L1", { room: { celsius: 40.1 } }) }] },
    ["roomOutside"],
    "blocked",
  ],
  [
    "a room within the limits but not the label's",
    {
      ...lots(lot("strip", { label: { lowCelsius: 15, highCelsius: 30 } }), controlLot("L1"), controlLot("L2")),
      runs: [...meter.runs, { ...run("L1", "passed"), run: control("L1", { room: { celsius: 12 } }) }],
    },
    ["roomOutside"],
    "blocked",
  ],
  [
    "one pair outside",
    { ...meter, comparisons: [{ ...comparedOnce(), verdict: "failed", pairs: [pair(false), pair(true)] }] },
    ["comparisonRepeat"],
    "restricted",
  ],
  ["one pair outside, and again", { ...meter, comparisons: [failed(1), failed(1)] }, ["comparisonOutside"], "blocked"],
  ["two pairs outside", { ...meter, comparisons: [failed(2)] }, ["comparisonOutside"], "blocked"],
])("%s", (_, facts, expected, state) => {
  const answer = ask(["glucose"], facts);
  expect({ codes: answer.conditions.map(({ code }) => code), state: answer.state }).toEqual({ codes: expected, state });
});

function pair(ok: boolean) {
  return { analyte: "glucose" as const, device: 5, laboratory: 5, difference: 0, limit: 0.83, ok };
}
function comparedOnce() {
  return { ...kept(wall("2026-06-10T10:00:00")), verdict: "passed" as const, by: staff, pairs: [pair(true)] };
}
function failed(outside: number) {
  return {
    ...comparedOnce(),
    verdict: "failed" as const,
    pairs: [...Array.from({ length: outside }, () => pair(false)), pair(true)],
  };
}

test.each<readonly [string, DeviceFacts, readonly ConditionCode[], string]>([
  [
    "a failed static check",
    {
      ...cuff,
      checks: { ...cuff.checks, staticPressure: { ...kept(now), record: check("staticPressure", "failed") } },
    },
    ["checkFailed"],
    "blocked",
  ],
  [
    "a failed over-pressure check, which is never due",
    { ...cuff, checks: { ...cuff.checks, overPressure: { ...kept(now), record: check("overPressure", "failed") } } },
    ["checkFailed"],
    "blocked",
  ],
  [
    "another unit than the registered one",
    { ...cuff, registeredSerial: "A1", observed: { serialNumber: "A2" } },
    ["identityChanged"],
    "blocked",
  ],
  ["the registered unit", { ...cuff, registeredSerial: "A1", observed: { serialNumber: "A1" } }, [], "ready"],
  [
    "firmware that was not checked",
    { ...cuff, checkedFirmware: "1", observed: { firmware: "2" } },
    ["firmwareChanged"],
    "restricted",
  ],
  ["a clock a minute off", { ...cuff, observed: { clockOffsetMs: -60_000 } }, [], "ready"],
  ["a clock more than a minute off", { ...cuff, observed: { clockOffsetMs: -60_001 } }, ["clockSlow"], "ready"],
  ["a clock five minutes off", { ...cuff, observed: { clockOffsetMs: 300_000 } }, ["clockSlow"], "ready"],
  ["a clock more than five minutes off", { ...cuff, observed: { clockOffsetMs: 300_001 } }, ["clockDrift"], "blocked"],
  [
    "three cuff errors",
    { ...cuff, latches: [{ ...kept(now), code: "cuffThrice", reportedBy: "station" }] },
    ["cuffThrice"],
    "blocked",
  ],
  [
    "a self-test error",
    { ...cuff, latches: [{ ...kept(now), code: "selfTest", reportedBy: "station" }] },
    ["selfTest"],
    "blocked",
  ],
])("%s", (_, facts, expected, state) => {
  const answer = ask(["bloodPressure"], facts);
  expect({ codes: answer.conditions.map(({ code }) => code), state: answer.state }).toEqual({ codes: expected, state });
});

describe("a device that measures two things", () => {
  const both: DeviceFacts = { ...meter, ...cuff, lots: meter.lots, runs: [], comparisons: meter.comparisons };
  test("is barred from the one that is not in order, and not from the other", () => {
    const answer = ask(["bloodPressure", "glucose"], both);
    expect([answer.state, answer.stateFor("bloodPressure"), answer.stateFor("glucose")]).toEqual([
      "restricted",
      "ready",
      "blocked",
    ]);
  });
});

describe("an override", () => {
  const used = (at: number) => ({ ...kept(at, "o"), until: at + 7_200_000, by: staff, reason: "急用" });
  const late: DeviceFacts = { ...certificateUntil("2026-06-01"), overrides: [used(now - 1_000)] };
  test("is in force while it lasts, and the state stays what it is", () => {
    const answer = ask(["bloodPressure"], late);
    expect([answer.state, answer.override?.entry, answer.overridesUsed]).toEqual(["blocked", "o", 1]);
  });
  test("ends with its two hours", () => {
    const facts = { ...late, overrides: [used(now - 7_200_000)] };
    expect(ask(["bloodPressure"], facts).override).toBeUndefined();
    expect(ask(["bloodPressure"], facts, now - 1).override?.entry).toBe("o");
  });
  test("is not counted any more after thirty days", () => {
    const facts = { ...late, overrides: [used(now - 30 * dayMs)] };
    expect(ask(["bloodPressure"], facts).overridesUsed).toBe(0);
    expect(ask(["bloodPressure"], facts, now - 1).overridesUsed).toBe(1);
  });
  test("never passes what is known to be wrong", () => {
    const facts: DeviceFacts = { ...late, observed: { serialNumber: "A2" }, registeredSerial: "A1" };
    expect(ask(["bloodPressure"], facts).override).toBeUndefined();
  });
});

describe("the table", () => {
  test.each(conditionCodes)("%s has a state and words in both languages", (code) => {
    expect(gateStates).toContain(gateTable[code].state);
    expect(Object.values(qualityWords).map((words) => words[`qc.condition.${code}`].length > 0)).toEqual([true, true]);
  });
});

test("a condition says since when, about what, of which kind and on which evidence", () => {
  const facts = { ...meter, runs: [...meter.runs, run("L1", "failed")] };
  expect(ask(["glucose"], facts).conditions).toEqual([
    {
      code: "controlFailed",
      state: "blocked",
      since: "2026-06-15T00:30:00.000Z",
      evidence: "L1 failed",
      about: "glucose L1",
      of: "glucose",
    },
  ]);
});

test("a latched fault keeps its word beside the run that came after it", () => {
  const latches = [{ ...kept(now, "bad"), code: "controlRejected" as const, reportedBy: "s1", about: "glucose L1" }];
  expect(ask(["glucose"], { ...meter, latches }).conditions).toMatchObject([
    { code: "controlRejected", evidence: "bad", about: "glucose L1", of: "glucose" },
  ]);
});

test("strips for one analyte are none for the other", () => {
  const facts = lots(lot("strip", { analyte: "glucose" }), controlLot("L1"), controlLot("L2"));
  const answer = ask(["glucose", "lipids"], facts);
  expect(answer.conditions.filter(({ code }) => code === "lotMissing").map(({ about }) => about)).toEqual(["lipids"]);
});

test("yesterday's heat is not today's", () => {
  const hot = { ...run("L1", "passed", wall("2026-06-14T08:00:00")), run: control("L1", { room: { celsius: 45 } }) };
  expect(codes("glucose", { ...meter, runs: [hot, ...meter.runs] })).toEqual([]);
});

test.each([
  [10, []],
  [9.9, ["roomOutside"]],
] as const)("a room of %d degrees: %j", (celsius, expected) => {
  const runs = [...meter.runs, { ...run("L1", "passed"), run: control("L1", { room: { celsius } }) }];
  expect(codes("glucose", { ...meter, runs })).toEqual(expected);
});

describe("what a device needs follows from what it measures", () => {
  const need = (of: readonly MeasurementKind[], promisedOnes: readonly Quantity[]) => planOf(of, new Set(promisedOnes));
  test("a weight is verified where a body is measured, and a thermometer that tells one is not", () => {
    expect(need(["body"], ["body.weight"]).verification).toBe(true);
    expect(need(["body"], ["body.fat"]).verification).toBe(false);
    expect(need(["temperature"], ["body.temperature", "body.weight"]).verification).toBe(false);
  });
  test("lipids are always controlled at two levels, uric acid at the one that is sold", () => {
    expect(need(["lipids"], ["triglyceride"]).controls.map(({ bothLevels }) => bothLevels)).toEqual([true]);
    expect(need(["chemistry"], ["uricAcid", "analyte.other"]).controls).toEqual([
      { analyte: "uricAcid", of: "chemistry", bothLevels: false },
    ]);
  });
  test("a printer needs nothing", () => {
    expect(ask([], noFacts)).toMatchObject({ state: "ready", conditions: [], due: [] });
  });
});

test("a control is due now while today's did not pass, and tomorrow when it did", () => {
  const due = ask(["glucose"], { ...meter, runs: meter.runs.slice(0, 1) }).due.filter(({ what }) => what === "control");
  expect(due.map(({ about, at }) => [about, at])).toEqual([
    ["glucose L2", now],
    ["glucose L1", wall("2026-06-16T00:00:00")],
  ]);
});

test("an override is in force from the very moment it is signed", () => {
  const facts = {
    ...certificateUntil("2026-06-01"),
    overrides: [{ ...kept(now, "o"), until: now + 1, by: staff, reason: "急用" }],
  };
  expect(ask(["bloodPressure"], facts).override?.entry).toBe("o");
});
