import type { ControlChart, DeviceQuality, QualityView } from "../../core/contract/quality.ts";
import type { ControlRecord, Lot } from "../../core/journal/quality-bodies.ts";
import { judgeCheck } from "../../core/quality/checks.ts";
import type { ControlLevel } from "../../core/quality/vocabulary.ts";

/** An invented station's lots, controls, devices and what the gate says of them. */

export const day = 86_400_000;
export const at = (ms: number) => new Date(Date.now() + ms).toISOString();
export const date = (ms: number) => at(ms).slice(0, 10);
export const id = (n: number) => `018f0000-0000-7000-8000-0000000${String(n).padStart(5, "0")}`;

export const ranges = { L1: { low: 4.2, high: 5.8 }, L2: { low: 13.6, high: 18.4 } } as const;
const operator = { id: "018f0000-0000-7000-8000-0000000000f2", name: "值班员（演示）", role: "operator" };

export const lots: readonly Lot[] = [
  { kind: "strip", device: "meter", lot: "S26-104", expiry: date(200 * day), openedOn: date(-40 * day), openDays: 90 },
  ...(["L1", "L2"] as const).map((level): Lot => ({
    kind: "control",
    device: "meter",
    lot: `C26-${level}`,
    expiry: date(120 * day),
    openedOn: date(-20 * day),
    openDays: 90,
    analyte: "glucose",
    level,
    range: ranges[level],
    unit: "mmol/L",
  })),
];

export function run(
  n: number,
  level: ControlLevel,
  value: number,
  verdict: ControlRecord["verdict"],
  own: boolean,
): ControlRecord {
  const z = (value - 5) / 0.2;
  return {
    id: id(100 + n),
    device: "meter",
    analyte: "glucose",
    level,
    lot: `C26-${level}`,
    strip: "S26-104",
    value,
    unit: "mmol/L",
    range: ranges[level],
    ...(own ? { z: Number(z.toFixed(2)), mean: 5, sd: 0.2 } : {}),
    verdict,
    rules:
      verdict === "rejected"
        ? ["1_2s", "1_3s"]
        : verdict === "warning"
          ? ["1_2s"]
          : verdict === "failed"
            ? ["OUT_OF_RANGE"]
            : [],
    operator,
    byHand: false,
    at: at((n - 30) * day),
    rawHex: [],
    specimen: true,
    ...(n % 9 === 0 ? { comment: "换新瓶" } : {}),
  };
}

const values = [
  5.0, 5.1, 4.9, 5.2, 4.8, 5.0, 5.1, 4.95, 5.3, 5.05, 4.7, 5.0, 5.15, 4.9, 5.0, 5.1, 4.85, 5.45, 5.0, 5.05, 4.9, 5.2,
  5.7, 5.0, 4.95, 5.1,
];
export const chart: ControlChart = {
  unit: "mmol/L",
  range: ranges.L1,
  own: { mean: 5, sd: 0.2, runs: 20, days: 20 },
  collected: { runs: 20, days: 20 },
  points: values.map((value, n) => {
    const z = Math.abs((value - 5) / 0.2);
    return run(n, "L1", value, z > 3 ? "rejected" : z > 2 ? "warning" : "passed", true);
  }),
  months: [
    {
      month: "2026-10",
      runs: 22,
      passed: 22,
      warnings: 0,
      failed: 0,
      mean: 5.01,
      sd: 0.16,
      reviewedBy: "技术员（演示）",
    },
    { month: "2026-11", runs: 26, passed: 24, warnings: 1, failed: 1, mean: 5.03, sd: 0.2 },
  ],
};

const needs = { verification: false, comparison: false, strips: false };
const unused = { used: 0, limit: 3, windowDays: 30 };

const fakeQualityDevices: readonly DeviceQuality[] = [
  {
    device: "cuff",
    maker: "Fake",
    model: "Cuff 100",
    measures: ["bloodPressure"],
    checks: ["staticPressure", "leakage", "repeatability", "overPressure"],
    analytes: [],
    needs: { ...needs, verification: true },
    gate: {
      state: "ready",
      since: at(-20 * day),
      conditions: [{ code: "certificateSoon", state: "ready", dueAt: at(21 * day) }],
    },
    due: [
      { what: "verification", at: at(21 * day), lastAt: at(-344 * day), evidence: id(1) },
      { what: "staticPressure", at: at(140 * day), lastAt: at(-40 * day), evidence: id(2) },
      { what: "leakage", at: at(140 * day), lastAt: at(-40 * day), evidence: id(3) },
      { what: "cleaning", at: at(-day), lastAt: at(-8 * day) },
    ],
    lots: [],
    controls: [],
    override: unused,
    latched: [],
    serialNumber: "BP-2031-0007",
    registeredSerial: "BP-2031-0007",
    firmware: "2.14",
  },
  {
    device: "meter",
    maker: "Fake",
    model: "Meter SN",
    measures: ["glucose"],
    checks: [],
    analytes: ["glucose"],
    needs: { ...needs, comparison: true, strips: true },
    gate: {
      state: "blocked",
      since: at(-day / 12),
      conditions: [
        { code: "controlRejected", state: "blocked", since: at(-day / 12), evidence: id(122), about: "glucose L1" },
        { code: "comparisonSoon", state: "restricted", dueAt: at(20 * day), about: "glucose" },
      ],
    },
    due: [
      { what: "comparison", at: at(20 * day), lastAt: at(-190 * day), about: "glucose" },
      { what: "control", at: at(0), about: "glucose L1" },
      { what: "cleaning", at: at(5 * day), lastAt: at(-2 * day) },
    ],
    lots: lots.map((lot, n) => ({
      entry: id(10 + n),
      lot,
      openedBy: "值班员（演示）",
      usableUntil: at(50 * day),
      usable: true,
    })),
    controls: [
      { analyte: "glucose", level: "L1", state: "rejected", run: id(122), at: at(-day / 12), lot: "C26-L1" },
      { analyte: "glucose", level: "L2", state: "missing" },
    ],
    override: { ...unused, used: 1 },
    latched: [{ code: "controlRejected", since: at(-day / 12), reportedBy: "值班员（演示）", mayRelease: true }],
    serialNumber: "GM-88123",
  },
  {
    device: "panel",
    maker: "Fake",
    model: "Panel P",
    measures: ["lipids"],
    checks: [],
    analytes: ["cholesterol.total", "cholesterol.hdl", "triglyceride"],
    needs: { ...needs, comparison: true, strips: true },
    gate: {
      state: "blocked",
      conditions: [{ code: "controlMissing", state: "blocked", about: "cholesterol.total L1" }],
    },
    due: [{ what: "comparison", about: "lipids" }],
    lots: [],
    controls: (["cholesterol.total", "cholesterol.hdl"] as const).flatMap((analyte) =>
      (["L1", "L2"] as const).map((level) => ({ analyte, level, state: "missing" as const })),
    ),
    override: unused,
    latched: [],
  },
];

export const fakeQualityView = (): QualityView => ({
  at: at(0),
  simulated: true,
  devices: structuredClone([...fakeQualityDevices]),
  tasks: fakeQualityDevices.flatMap((device) =>
    device.gate.conditions.map((condition) => ({
      id: `${device.device} ${condition.code}`,
      device: device.device,
      condition,
      owner: condition.code === "controlMissing" ? ("operator" as const) : ("technician" as const),
      ageMs: 7_200_000,
    })),
  ),
  review: [
    {
      entry: id(40),
      device: "meter",
      control: id(122),
      since: at(-day),
      at: at(-day / 12),
      measurements: [id(41), id(42), id(43)],
    },
  ],
  operators: [
    { id: operator.id, name: operator.name, of: "glucose", validUntil: date(100 * day), valid: true },
    { id: operator.id, name: operator.name, of: "lipids", validUntil: date(-5 * day), valid: false },
  ],
});

export const checked = judgeCheck(
  {
    kind: "staticPressure",
    points: [0, 50, 100, 150, 200, 250].flatMap((reference) => [
      { reference, shown: reference + 1, direction: "up" as const },
      { reference, shown: reference, direction: "down" as const },
    ]),
  },
  undefined,
);
