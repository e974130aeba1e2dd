import { describe, expect, test } from "vitest";
import type { MeasurementKind } from "../../../core/domain/outcome.ts";
import type { CalibrationRecord, ControlRecord, Lot } from "../../../core/journal/quality-bodies.ts";
import { noFacts, type DeviceFacts } from "../../../core/quality/facts.ts";
import { gateOf } from "../../../core/quality/gate.ts";
import { planOf } from "../../../core/quality/plan.ts";
import { snapshotOf } from "../../../core/quality/snapshot.ts";

/** What travels with a number: the evidence behind its device at that moment, of its own kind and no other. */
const staff = { id: "s1", name: "样本甲", role: "technician" };
const now = Date.parse("2026-06-15T09:00:00+08:00");
const moment = { now, zoneMinutes: 480 };
const kept = (entry: string, at = now - 3_600_000) => ({ entry, at });
const control = (level: "L1" | "L2", more: Partial<ControlRecord> = {}): ControlRecord => ({
  id: `run ${level}`,
  device: "d",
  analyte: "glucose",
  level,
  lot: `lot ${level}`,
  value: 5,
  unit: "mmol/L",
  range: { low: 4, high: 6 },
  verdict: "passed",
  rules: [],
  operator: staff,
  byHand: true,
  at: "",
  rawHex: [],
  specimen: false,
  ...more,
});
const lot = (kind: Lot["kind"], name: string): Lot => ({
  kind,
  device: "d",
  lot: name,
  expiry: "2026-12-31",
  openedOn: "2026-06-01",
  openDays: 90,
});
const check = (more: Partial<CalibrationRecord> = {}): CalibrationRecord => ({
  id: "k",
  device: "d",
  kind: "staticPressure",
  points: [],
  verdict: "passed",
  flags: [],
  technician: staff,
  at: "",
  specimen: false,
  ...more,
});
/** A board that takes pressure and glucose. */
const board: DeviceFacts = {
  ...noFacts,
  lots: [lot("strip", "S"), lot("control", "C"), lot("reagent", "R")].map((each) => ({
    ...kept("l"),
    lot: each,
    by: staff,
  })),
  runs: (["L1", "L2"] as const).map((level) => ({ ...kept("r"), run: control(level) })),
  checks: { leakage: { ...kept("leak"), record: check({ kind: "leakage" }) } },
  certificate: {
    ...kept("c"),
    certificate: {
      device: "d",
      number: "n",
      issuer: "i",
      issued: "2026-01-01",
      validUntil: "2026-12-31",
      serialNumber: "1",
      items: ["示值"],
    },
  },
  cleaned: kept("clean"),
};
const measures: readonly MeasurementKind[] = ["bloodPressure", "glucose"];
const seen = (of: MeasurementKind, facts: DeviceFacts = board, all = measures) => {
  const plan = planOf(all, new Set(["bp.systolic", "bp.diastolic", "glucose"]));
  return snapshotOf(of, plan, facts, gateOf(all, plan, facts, [], moment), moment);
};

test("a glucose carries its controls, its lots and what the gate says of glucose", () => {
  expect(seen("glucose")).toStrictEqual({
    gate: "blocked",
    conditions: ["comparisonMissing", "operatorUncertified"],
    controls: (["L1", "L2"] as const).map((level) => ({
      run: `run ${level}`,
      analyte: "glucose",
      level,
      lot: `lot ${level}`,
      operator: "样本甲",
      at: "2026-06-15T00:00:00.000Z",
      verdict: "passed",
    })),
    lots: ["S", "R"],
    certificate: { number: "n", validUntil: "2026-12-31" },
    specimen: false,
  });
});

test("a pressure carries its check and no controls", () => {
  expect(seen("bloodPressure")).toMatchObject({
    gate: "blocked",
    conditions: ["checkMissing"],
    controls: [],
    calibration: { record: "leak", kind: "leakage", at: "2026-06-15T00:00:00.000Z", verdict: "passed" },
    certificate: { number: "n", validUntil: "2026-12-31" },
  });
});

test("what stands in the way of everything travels with everything", () => {
  const { cleaned: _, ...dirty } = board;
  expect(seen("bloodPressure", dirty).conditions).toEqual(["checkMissing", "notCleaned"]);
});

test("a device that needs no certificate shows none", () => {
  expect(seen("glucose", board, ["glucose"])).not.toHaveProperty("certificate");
  const { certificate: _, ...without } = board;
  expect(seen("bloodPressure", without)).not.toHaveProperty("certificate");
});

test("yesterday's controls are not behind today's number", () => {
  const runs = board.runs.map((each) => ({ ...each, at: now - 86_400_000 }));
  expect(seen("glucose", { ...board, runs }).controls).toEqual([]);
});

describe("an override", () => {
  const overrides = [{ ...kept("o", now - 1_000), until: now + 1_000, by: staff, reason: "急用" }];
  const inOrder: DeviceFacts = {
    ...board,
    overrides,
    checks: { ...board.checks, staticPressure: { ...kept("s"), record: check() } },
  };
  test("is named where it lets a number through", () => {
    expect(seen("glucose", { ...board, overrides }).override).toBe("o");
  });
  test("is not named where none was needed", () => {
    expect(seen("bloodPressure", inOrder)).toMatchObject({ gate: "ready" });
    expect(seen("bloodPressure", inOrder)).not.toHaveProperty("override");
  });
});

describe("the specimens of a simulated station", () => {
  test("say so: a control", () => {
    const runs = [{ ...kept("r"), run: control("L1", { specimen: true }) }, ...board.runs.slice(1)];
    expect([seen("glucose", { ...board, runs }).specimen, seen("bloodPressure", { ...board, runs }).specimen]).toEqual([
      true,
      false,
    ]);
  });
  test("say so: a check", () => {
    const checks = { leakage: { ...kept("leak"), record: check({ kind: "leakage", specimen: true }) } };
    expect(seen("bloodPressure", { ...board, checks }).specimen).toBe(true);
  });
});
