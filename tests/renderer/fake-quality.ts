import { implement } from "@orpc/server";
import {
  qualityContract,
  type ControlChart,
  type ControlEvent,
  type DeviceQuality,
  type Proof,
  type QualityView,
} from "../../core/contract/quality.ts";
import type { Staff } from "../../core/contract/technician-staff.ts";
import type { ControlRecord, Lot } from "../../core/journal/quality-bodies.ts";
import { judgeCheck } from "../../core/quality/checks.ts";
import { judgePairs } from "../../core/quality/compare.ts";
import type { ControlLevel } from "../../core/quality/vocabulary.ts";
import { feedOf, type Source } from "./feed-of.ts";

/** Lots, controls, checks and the gate of an invented station, judged by the real rules. */

const day = 86_400_000;
const at = (ms: number) => new Date(Date.now() + ms).toISOString();
const date = (ms: number) => at(ms).slice(0, 10);
const id = (n: number) => `018f0000-0000-7000-8000-0000000${String(n).padStart(5, "0")}`;

const ranges = { L1: { low: 4.2, high: 5.8 }, L2: { low: 13.6, high: 18.4 } } as const;
const operator = { id: "018f0000-0000-7000-8000-0000000000f2", name: "值班员（演示）", role: "operator" };

const lots: readonly Lot[] = [
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

function run(
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
const chart: ControlChart = {
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

const fakeQualityView = (): QualityView => ({
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

const checked = judgeCheck(
  {
    kind: "staticPressure",
    points: [0, 50, 100, 150, 200, 250].flatMap((reference) => [
      { reference, shown: reference + 1, direction: "up" as const },
      { reference, shown: reference, direction: "down" as const },
    ]),
  },
  undefined,
);

/** What stands behind any number of the invented station. */
export function fakeProof(measurement: string): Proof {
  return {
    measurement,
    of: "glucose",
    heardAt: at(0),
    device: {
      id: "meter",
      profile: "fake-meter",
      maker: "Fake",
      model: "Meter SN",
      serialNumber: "GM-88123",
      simulated: true,
      program: "0.1.0",
    },
    frames: { count: 3, sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
    entry: { seq: 418, hash: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae" },
    gate: { state: "ready", conditions: ["certificateSoon"] },
    calibration: {
      id: id(2),
      device: "cuff",
      kind: "staticPressure",
      points: [...checked.points],
      reference: {
        name: "数字压力计",
        serial: "R-100",
        certificate: "LY-2026-88",
        validUntil: date(90 * day),
        errorLimit: 0.5,
      },
      verdict: "passed",
      flags: [],
      technician: { id: "018f0000-0000-7000-8000-0000000000f1", name: "技术员（演示）", role: "technician" },
      at: at(-40 * day),
      specimen: true,
    },
    certificate: {
      device: "cuff",
      number: "JD-2025-1107",
      issuer: "县计量所（演示）",
      issued: date(-344 * day),
      validUntil: date(21 * day),
      serialNumber: "BP-2031-0007",
      items: ["外观", "静态压力示值误差", "示值重复性"],
    },
    controls: [run(24, "L1", 4.95, "passed", true), run(25, "L2", 16.1, "passed", false)],
    lots: [...lots],
    specimen: true,
    recognition: { fit: false, lacks: ["simulated", "person"] },
  };
}

export interface FakeQuality {
  readonly view: Source<QualityView>;
  /** What the next controls give, in order; afterwards 5.0. */
  readonly controls: number[];
}

export function fakeQuality(held: (session: string) => Staff) {
  const view = feedOf<QualityView>(fakeQualityView());
  const world: FakeQuality = { view, controls: [] };
  const runs = new Map<string, Source<readonly ControlEvent[]>>();
  const os = implement(qualityContract);

  const change = (device: string, to: (old: DeviceQuality) => DeviceQuality) => {
    if (view.value)
      view.set({ ...view.value, devices: view.value.devices.map((one) => (one.device === device ? to(one) : one)) });
  };
  const judged = (runId: string, level: ControlLevel, value: number, byHand: boolean) => {
    const range = ranges[level];
    const ok = value >= range.low && value <= range.high;
    const record: ControlRecord = {
      ...run(29, level, value, ok ? "passed" : "failed", false),
      id: runId,
      byHand,
      at: at(0),
    };
    change("meter", (old) => ({
      ...old,
      gate: ok ? { state: "ready", since: at(0), conditions: [] } : { ...old.gate, state: "blocked" },
      controls: old.controls.map((one) =>
        one.level === level ? { ...one, state: record.verdict, at: record.at } : one,
      ),
    }));
    return { run: record, hint: ok ? ("done" as const) : ("repeatNewStrip" as const) };
  };

  const router = os.router({
    watch: os.watch.handler(({ input, signal }) => {
      held(input.session);
      return view.follow(signal);
    }),
    lots: {
      open: os.lots.open.handler(({ input }) => {
        change(input.lot.device, (old) => ({
          ...old,
          lots: [
            ...old.lots,
            {
              entry: input.id,
              lot: input.lot,
              openedBy: held(input.session).name,
              usableUntil: at(60 * day),
              usable: true,
            },
          ],
        }));
        return { entry: input.id };
      }),
      close: os.lots.close.handler(({ input }) => {
        change(input.device, (old) => ({ ...old, lots: old.lots.filter(({ lot }) => lot.lot !== input.lot) }));
        return { entry: input.id };
      }),
    },
    control: {
      start: os.control.start.handler(({ input }) => {
        const events = feedOf<readonly ControlEvent[]>([{ kind: "phase", phase: "waiting", latestMs: 60_000 }]);
        runs.set(input.id, events);
        setTimeout(() => {
          const done = judged(input.id, input.level, world.controls.shift() ?? (input.level === "L1" ? 5 : 16), false);
          events.set([...(events.value ?? []), { kind: "run", ...done }, { kind: "ended", how: "finished" }]);
        }, 150);
        return {};
      }),
      watch: os.control.watch.handler(async function* ({ input, signal }) {
        let told = 0;
        for await (const all of runs.get(input.id)?.follow(signal) ?? []) {
          for (; told < all.length; told++) {
            const event = all[told];
            if (event) yield event;
            if (event?.kind === "ended") return;
          }
        }
      }),
      stop: os.control.stop.handler(() => ({})),
      enter: os.control.enter.handler(({ input }) => judged(input.id, input.level, input.value, true)),
      chart: os.control.chart.handler(() => chart),
      review: os.control.review.handler(({ input }) => ({ entry: input.id })),
    },
    calibration: {
      record: os.calibration.record.handler(({ input }) => {
        const { verdict, points, flags } = judgeCheck(input.values, undefined);
        return { entry: input.id, verdict, points: [...points], flags: [...flags] };
      }),
    },
    verification: { record: os.verification.record.handler(({ input }) => ({ entry: input.id })) },
    comparison: {
      record: os.comparison.record.handler(({ input }) => {
        const { verdict, pairs } = judgePairs(input.pairs);
        return { entry: input.id, verdict, pairs: [...pairs] };
      }),
    },
    cleaning: {
      record: os.cleaning.record.handler(({ input }) => {
        change(input.device, (old) => ({
          ...old,
          due: old.due.map((one) => (one.what === "cleaning" ? { ...one, at: at(7 * day), lastAt: at(0) } : one)),
        }));
        return { entry: input.id };
      }),
    },
    training: { record: os.training.record.handler(({ input }) => ({ entry: input.id })) },
    override: {
      use: os.override.use.handler(({ input }) => {
        change(input.device, (old) => ({
          ...old,
          override: { ...old.override, used: old.override.used + 1, until: at(3_600_000) },
        }));
        return { entry: input.id, until: at(3_600_000), left: 1 };
      }),
    },
    release: os.release.handler(({ input }) => {
      change(input.device, (old) => ({ ...old, latched: [] }));
      return { entry: input.id };
    }),
    proof: os.proof.handler(({ input }) => fakeProof(input.measurement)),
    certificate: os.certificate.handler(() => ({ name: "certificate.pdf", pdf: btoa("%PDF-1.7") })),
  });
  return { router, world };
}
