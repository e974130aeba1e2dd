import { expect, test } from "vitest";
import type { Reading } from "../../../core/domain/quantity.ts";
import { judge, windowToleranceMs, type Candidate, type Circumstances } from "../../../station/gate/gate.ts";

const openedAt = Date.UTC(2026, 10, 2, 1, 0, 0);
const now = openedAt + 600_000;

const pressure = (systolic: number, diastolic: number, pulse = 70): readonly Reading[] => [
  { quantity: "bp.systolic", value: systolic, unit: "mm[Hg]" },
  { quantity: "bp.diastolic", value: diastolic, unit: "mm[Hg]" },
  { quantity: "pulse.rate", value: pulse, unit: "/min" },
];
const taken = (readings: readonly Reading[], more: Partial<Candidate> = {}): Candidate => ({
  kind: "measurement",
  of: "bloodPressure",
  readings,
  doubts: [],
  ...more,
});
const mgdl = (value: number): readonly Reading[] => [{ quantity: "glucose", value, unit: "mg/dL" }];

/** What a device shows at a moment of the station's clock, when its own is `offsetMs` ahead. Local wall time, whole seconds. */
const shownAt = (ms: number, offsetMs = 0): string => {
  const local = new Date(ms + offsetMs - new Date(ms + offsetMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
};

function at(more: Partial<Circumstances> = {}, of: Candidate["of"] = "bloodPressure"): Circumstances {
  return {
    now,
    deviceReady: true,
    visit: { id: "visit", openedAt },
    run: { visit: "visit", of, stopped: false, asked: true },
    promised: new Set(["bp.systolic", "bp.diastolic", "pulse.rate"]),
    deviceClock: {},
    ...more,
  };
}

test("a whole and possible pressure passes as it is", () => {
  expect(judge(taken(pressure(128, 82)), at())).toEqual({ ok: true, readings: pressure(128, 82), doubts: [] });
});

test.each([
  ["no run", at({ run: undefined }), "gate.noVisit"],
  ["no visit", at({ visit: undefined }), "gate.noVisit"],
  ["another visit than the one that started", at({ visit: { id: "next", openedAt } }), "gate.noVisit"],
  [
    "left over from before the device was asked",
    at({ run: { visit: "visit", of: "bloodPressure", stopped: false, asked: false } }),
    "gate.noVisit",
  ],
  [
    "another kind than was asked for",
    at({ run: { visit: "visit", of: "lipids", stopped: false, asked: true } }),
    "gate.noVisit",
  ],
  ["after stop", at({ run: { visit: "visit", of: "bloodPressure", stopped: true, asked: true } }), "gate.afterStop"],
  ["a device that is not in order", at({ deviceReady: false }), "gate.deviceNotReady"],
  ["a station whose own clock is wrong", at({ stationClockWrong: true }), "gate.clockWrong"],
] as const)("refuses: %s", (_name, circumstances, reason) => {
  expect(judge(taken(pressure(128, 82)), circumstances)).toMatchObject({ ok: false, reason });
});

test.each([
  [{ quantity: "glucose", value: 100, unit: "mm[Hg]" }, "glucose in mm[Hg]"],
  [{ quantity: "sugar", value: 5, unit: "mmol/L" }, "sugar in mmol/L"],
])("says which unit is not the quantity's: %j", (reading, detail) => {
  // A device file cannot write this down; a profile loaded at run time could.
  const candidate = taken([reading] as unknown as readonly Reading[], { of: "glucose" });
  expect(judge(candidate, at({}, "glucose"))).toEqual({ ok: false, reason: "gate.unit", detail });
});

test.each([
  ["nobody", taken(pressure(128, 82)), at({ run: undefined }), undefined],
  [
    "too soon",
    taken(pressure(128, 82)),
    at({ run: { visit: "visit", of: "bloodPressure", stopped: false, asked: false } }),
    "before the device was asked",
  ],
  ["another kind", taken(pressure(128, 82)), at({}, "lipids"), "bloodPressure was not asked for"],
  ["the device", taken(pressure(128, 82)), at({ deviceReady: false, gate: "checkFailed" }), "checkFailed"],
  ["one is missing", taken(pressure(128, 82).slice(1)), at(), "bp.systolic is missing"],
  ["one came twice", taken([...pressure(128, 82), ...pressure(128, 82).slice(2)]), at(), "pulse.rate came twice"],
  ["no glucose", taken([], { of: "glucose" }), at({}, "glucose"), "glucose is missing"],
  ["no lipid", taken([], { of: "lipids" }), at({}, "lipids"), "no lipid"],
  ["a wild number", taken(pressure(128, 82, 500)), at(), "pulse.rate"],
  ["pressures too close", taken(pressure(120, 111)), at(), "pulse pressure"],
] as const)("a refusal says for the record what it is about: %s", (_name, candidate, circumstances, detail) => {
  const { reason, ...said } = judge(candidate, circumstances) as Extract<ReturnType<typeof judge>, { ok: false }>;
  expect(reason).toMatch(/^gate\./u);
  expect(said).toStrictEqual(detail === undefined ? { ok: false } : { ok: false, detail });
});

test.each([
  [{}, []],
  [{ preliminary: false, override: false }, []],
  [{ preliminary: true }, ["preliminary"]],
  [{ override: true }, ["override"]],
] as const)("how the device was let through travels with the number: %j", (more, doubts) => {
  expect(judge(taken(pressure(128, 82)), at(more))).toMatchObject({ ok: true, doubts });
});

test.each(["bp.systolic", "bp.diastolic"] as const)("%s alone has no pulse pressure", (quantity) => {
  const alone: readonly Reading[] = [{ quantity, value: 100, unit: "mm[Hg]" }];
  expect(judge(taken(alone, { of: "oximetry" }), at({}, "oximetry"))).toEqual({
    ok: true,
    readings: alone,
    doubts: [],
  });
});

test.each([
  [50, 40, true],
  [49, 39, false],
  [300, 150, true],
  [301, 150, false],
  [100, 20, true],
  [100, 19, false],
  [230, 200, true],
  [230, 201, false],
  [120, 110, true],
  [120, 111, false],
  [80, 90, false],
])("the hard range: %i over %i is possible: %s", (systolic, diastolic, possible) => {
  const verdict = judge(taken(pressure(systolic, diastolic)), at());
  expect(verdict).toMatchObject(possible ? { ok: true } : { ok: false, reason: "gate.outOfRange" });
});

test.each([
  [25, true],
  [24, false],
  [250, true],
  [251, false],
])("the hard range of the pulse: %i is possible: %s", (pulse, possible) => {
  expect(judge(taken(pressure(120, 80, pulse)), at()).ok).toBe(possible);
});

test.each([
  ["a low systolic", pressure(79, 50)],
  ["a high diastolic", pressure(220, 151)],
  ["a slow pulse", pressure(120, 80, 39)],
  ["a narrow pulse pressure", pressure(99, 80)],
  ["a wide pulse pressure", pressure(200, 89)],
])("marks what is unusual: %s", (_name, readings) => {
  expect(judge(taken(readings), at())).toMatchObject({ ok: true, doubts: ["unusual"] });
});

test.each([
  ["no diastolic", pressure(120, 80).filter(({ quantity }) => quantity !== "bp.diastolic")],
  ["no pulse though the device promises one", pressure(120, 80).slice(0, 2)],
  ["two systolics", [...pressure(120, 80), ...pressure(130, 80).slice(0, 1)]],
])("refuses what is not whole: %s", (_name, readings) => {
  expect(judge(taken(readings), at())).toMatchObject({ ok: false, reason: "gate.incomplete" });
});

test("a device that promises no pulse need not give one", () => {
  expect(
    judge(taken(pressure(120, 80).slice(0, 2)), at({ promised: new Set(["bp.systolic", "bp.diastolic"]) })).ok,
  ).toBe(true);
});

test("one lipid is a panel; a ratio alone is none", () => {
  const panel = (readings: readonly Reading[]) => judge(taken(readings, { of: "lipids" }), at({}, "lipids"));
  expect(panel([{ quantity: "triglyceride", value: 1.2, unit: "mmol/L" }]).ok).toBe(true);
  expect(panel([{ quantity: "cholesterol.ratio", value: 3, unit: "1" }])).toMatchObject({
    ok: false,
    reason: "gate.incomplete",
  });
});

test("analytes without a row of their own may be many; of any other there is one", () => {
  const chemistry = (readings: readonly Reading[]) => judge(taken(readings, { of: "chemistry" }), at({}, "chemistry"));
  const other: Reading = { quantity: "analyte.other", value: 34, unit: "U/L" };
  const creatinine: Reading = { quantity: "creatinine", value: 76, unit: "umol/L" };
  expect(chemistry([creatinine, other, { ...other, value: 30 }]).ok).toBe(true);
  expect(chemistry([creatinine, creatinine, other])).toMatchObject({ ok: false, reason: "gate.incomplete" });
});

test("a limit mark passes with its sign", () => {
  const high: readonly Reading[] = [{ quantity: "glucose", value: 600, unit: "mg/dL", comparator: ">" }];
  expect(judge(taken(high, { of: "glucose" }), at({}, "glucose"))).toEqual({
    ok: true,
    readings: high,
    doubts: ["unusual"],
  });
});

const stored = (deviceTime: string | undefined): Candidate =>
  taken(mgdl(100), { of: "glucose", stored: true, ...(deviceTime === undefined ? {} : { deviceTime }) });

test.each([
  ["at the visit's beginning", openedAt, true],
  ["just before it, inside the tolerance", openedAt - windowToleranceMs, true],
  ["before it", openedAt - windowToleranceMs - 1_000, false],
  ["now", now, true],
  ["ahead of now, inside the tolerance", now + windowToleranceMs, true],
  ["ahead of now", now + windowToleranceMs + 1_000, false],
  ["yesterday", openedAt - 86_400_000, false],
] as const)("a stored reading from %s counts: %s", (_name, measuredAt, counts) => {
  const judged = [0, 7_200_000, -86_400_000].map((offsetMs) =>
    judge(stored(shownAt(measuredAt, offsetMs)), at({ deviceClock: { offsetMs } }, "glucose")),
  );
  expect(judged.map((verdict) => (verdict.ok ? "counts" : verdict.reason))).toEqual(
    Array(3).fill(counts ? "counts" : "gate.stale"),
  );
});

test.each([
  ["no time on the record", undefined, { offsetMs: 0 }],
  ["a time that is none", "2026-13-45T99:99", { offsetMs: 0 }],
  ["a device that told no time", shownAt(now), {}],
])("a stored reading with %s belongs to nobody", (_name, deviceTime, deviceClock) => {
  expect(judge(stored(deviceTime), at({ deviceClock }, "glucose"))).toEqual({ ok: false, reason: "gate.noClock" });
});

test("a stale record is refused as stale before anything is said of its number", () => {
  const impossible = { ...stored(shownAt(openedAt - 86_400_000)), readings: mgdl(5_000) };
  expect(judge(impossible, at({ deviceClock: { offsetMs: 0 } }, "glucose"))).toEqual({
    ok: false,
    reason: "gate.stale",
  });
});

test.each([
  [300_000, false],
  [300_001, true],
  [-300_001, true],
])("a clock that is %i ms off is wrong: %s", (offsetMs, wrong) => {
  const verdict = judge(
    stored(shownAt(now, offsetMs)),
    at({ deviceClock: { offsetMs, maxOffsetMs: 300_000 } }, "glucose"),
  );
  expect(verdict).toMatchObject({ ok: true, doubts: wrong ? ["deviceClockWrong"] : [] });
});

test.each([
  [0, false],
  [-300_000, false],
  [300_000, false],
  [-301_000, true],
  [301_000, true],
])("the clock of a device that pushes is read from its result: %i ms off is wrong: %s", (offsetMs, wrong) => {
  const pushed = taken(pressure(120, 80), { deviceTime: shownAt(now, offsetMs) });
  expect(judge(pushed, at({ deviceClock: { maxOffsetMs: 300_000 } }))).toMatchObject({
    ok: true,
    doubts: wrong ? ["deviceClockWrong"] : [],
  });
  expect(judge(pushed, at())).toMatchObject({ ok: true, doubts: [] });
});

test("what the device said of its clock goes before the time on its result", () => {
  const pushed = taken(pressure(120, 80), { deviceTime: shownAt(now, 400_000) });
  expect(judge(pushed, at({ deviceClock: { offsetMs: 1_000, maxOffsetMs: 300_000 } }))).toMatchObject({ doubts: [] });
});

test("a result without a time says nothing of the clock", () => {
  expect(judge(taken(pressure(120, 80)), at({ deviceClock: { maxOffsetMs: 0 } }))).toMatchObject({ doubts: [] });
});
