import type { MeasurementKind } from "../../../core/domain/outcome.ts";
import type { Quantity } from "../../../core/domain/quantity.ts";
import type { CalibrationRecord, ControlRecord, Lot } from "../../../core/journal/quality-bodies.ts";
import { noFacts, type DeviceFacts, type TrainingFact } from "../../../core/quality/facts.ts";
import { gateOf } from "../../../core/quality/gate.ts";
import { planOf } from "../../../core/quality/plan.ts";
import type { CalibrationKind } from "../../../core/quality/vocabulary.ts";

/** A cuff and a meter of which everything is in order, and what the gate says of them. */
export const zoneMinutes = 480;
/** Wall time of the station, China. */
export const wall = (text: string): number => Date.parse(`${text}+08:00`);
export const iso = (text: string): string => new Date(wall(text)).toISOString();
export const now = wall("2026-06-15T09:00:00");
export const dayMs = 86_400_000;
export const staff = { id: "s1", name: "样本甲", role: "technician" };
export const kept = (at: number, entry = "e") => ({ entry, at });

export const check = (kind: CalibrationKind, verdict: "passed" | "failed" = "passed"): CalibrationRecord => ({
  id: "018f0000-0000-7000-8000-00000000c001",
  device: "d",
  kind,
  points: [],
  verdict,
  flags: [],
  technician: staff,
  at: "2026-06-01T00:00:00.000Z",
  specimen: false,
});
export const control = (level: "L1" | "L2", more: Partial<ControlRecord> = {}): ControlRecord => ({
  id: "018f0000-0000-7000-8000-00000000c002",
  device: "d",
  analyte: "glucose",
  level,
  lot: level,
  value: 5,
  unit: "mmol/L",
  range: { low: 4, high: 6 },
  verdict: "passed",
  rules: [],
  operator: staff,
  byHand: true,
  at: "2026-06-15T01:00:00.000Z",
  rawHex: [],
  specimen: false,
  ...more,
});
export const lot = (kind: Lot["kind"], more: Partial<Lot> = {}): Lot => ({
  kind,
  device: "d",
  lot: kind,
  expiry: "2026-12-31",
  openedOn: "2026-06-01",
  openDays: 90,
  ...more,
});
export const controlLot = (level: "L1" | "L2", more: Partial<Lot> = {}): Lot =>
  lot("control", { lot: level, analyte: "glucose", level, range: { low: 4, high: 6 }, unit: "mmol/L", ...more });

/** A cuff with everything in order on 2026-06-15. */
export const cuff: DeviceFacts = {
  ...noFacts,
  checks: {
    staticPressure: { ...kept(wall("2026-06-01T10:00:00")), record: check("staticPressure") },
    leakage: { ...kept(wall("2026-06-01T10:00:00")), record: check("leakage") },
  },
  certificate: {
    ...kept(0),
    certificate: {
      device: "d",
      number: "n",
      issuer: "i",
      issued: "2026-01-01",
      validUntil: "2026-12-31",
      serialNumber: "A1",
      items: ["示值"],
    },
  },
  cleaned: kept(wall("2026-06-14T10:00:00")),
};
/** A glucose meter with everything in order. */
export const meter: DeviceFacts = {
  ...noFacts,
  lots: [lot("strip"), controlLot("L1"), controlLot("L2")].map((each) => ({ ...kept(0), lot: each, by: staff })),
  runs: (["L1", "L2"] as const).map((level) => ({ ...kept(wall("2026-06-15T08:00:00")), run: control(level) })),
  comparisons: [
    {
      ...kept(wall("2026-06-01T10:00:00")),
      verdict: "passed",
      by: staff,
      pairs: [{ analyte: "glucose", device: 5, laboratory: 5, difference: 0, limit: 0.83, ok: true }],
    },
  ],
  cleaned: kept(wall("2026-06-14T10:00:00")),
};
export const training: readonly TrainingFact[] = [
  { ...kept(0), operator: staff, of: "glucose", validUntil: "2026-12-31" },
];

const promised: Readonly<Partial<Record<MeasurementKind, readonly Quantity[]>>> = {
  bloodPressure: ["bp.systolic", "bp.diastolic", "pulse.rate"],
  glucose: ["glucose"],
  body: ["body.weight", "body.height"],
  lipids: ["cholesterol.total", "triglyceride"],
  temperature: ["body.temperature"],
  oximetry: ["spo2"],
};

export function ask(
  of: readonly MeasurementKind[],
  facts: DeviceFacts,
  at: number = now,
  trained: readonly TrainingFact[] = training,
) {
  const plan = planOf(of, new Set(of.flatMap((kind) => promised[kind] ?? [])));
  return gateOf(of, plan, facts, trained, { now: at, zoneMinutes });
}
export const codes = (of: MeasurementKind, facts: DeviceFacts, at?: number, trained?: readonly TrainingFact[]) =>
  ask([of], facts, at, trained).conditions.map(({ code }) => code);
/** Every condition and every due date, no more and no less than they say. */
export function told(of: readonly MeasurementKind[], facts: DeviceFacts, at = now, trained?: readonly TrainingFact[]) {
  const { conditions, due } = ask(of, facts, at, trained);
  return { conditions, due };
}
/** The meter with these lots in place of its own. */
export const meterWith = (...lots: readonly Lot[]): DeviceFacts => ({
  ...meter,
  lots: lots.map((each) => ({ ...kept(0), lot: each, by: staff })),
});
