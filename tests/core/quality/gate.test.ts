import { describe, expect, test } from "vitest";
import type { MeasurementKind } from "../../../core/domain/outcome.ts";
import { noFacts, type DeviceFacts, type TrainingFact } from "../../../core/quality/facts.ts";
import { gateTable } from "../../../core/quality/gate-table.ts";
import { conditionCodes, gateStates, type ConditionCode } from "../../../core/quality/vocabulary.ts";
import { qualityWords } from "../../../core/i18n/quality.ts";
import {
  ask,
  check,
  codes,
  controlLot,
  cuff,
  dayMs,
  kept,
  lot,
  meter,
  now,
  staff,
  wall,
  meterWith,
} from "./in-order.ts";

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
    meterWith(lot("strip", { expiry: "2026-06-15" }), controlLot("L1"), controlLot("L2")),
    wall("2026-06-16T00:00:00"),
    undefined,
    "lotExpired",
  ],
  [
    "control solution, its last day",
    "glucose",
    meterWith(lot("strip"), controlLot("L1", { expiry: "2026-06-15" }), controlLot("L2")),
    wall("2026-06-16T00:00:00"),
    undefined,
    "lotExpired",
  ],
  [
    "strips, ninety days open",
    "glucose",
    meterWith(lot("strip", { openedOn: "2026-03-17" }), controlLot("L1"), controlLot("L2")),
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

test("an override is in force from the very moment it is signed", () => {
  const facts = {
    ...certificateUntil("2026-06-01"),
    overrides: [{ ...kept(now, "o"), until: now + 1, by: staff, reason: "急用" }],
  };
  expect(ask(["bloodPressure"], facts).override?.entry).toBe("o");
});
