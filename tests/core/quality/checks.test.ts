import { describe, expect, test } from "vitest";
import type { CalibrationValues } from "../../../core/contract/quality.ts";
import type { ReferenceInstrument } from "../../../core/journal/quality-bodies.ts";
import { judgeCheck, referenceFault } from "../../../core/quality/checks.ts";
import { comparable, judgePairs, type Pair } from "../../../core/quality/compare.ts";
import type { CalibrationKind } from "../../../core/quality/vocabulary.ts";

type Static = Extract<CalibrationValues, { kind: "staticPressure" }>["points"];
const at = (direction: "up" | "down", ...pairs: readonly (readonly [number, number])[]): Static =>
  pairs.map(([reference, shown]) => ({ reference, shown, direction }));
const up = at("up", [0, 0], [50, 51], [100, 101], [150, 152], [200, 203], [250, 252]);
const down = at("down", [250, 252], [200, 203], [150, 153], [100, 102], [50, 51], [0, 0]);
const of = (points: Static) => judgeCheck({ kind: "staticPressure", points }, undefined);

describe("static pressure (calibration.md §1.2, §1.5)", () => {
  test("the worked example passes, every point judged", () => {
    const { verdict, flags, points } = of([...up, ...down]);
    expect({ verdict, flags, points: points.length, ok: points.every(({ ok }) => ok) }).toEqual({
      verdict: "passed",
      flags: [],
      points: 12,
      ok: true,
    });
    expect(Math.max(...points.map(({ error }) => Math.abs(error)))).toBe(3);
  });
  test("204 at 200 fails, and the point says so", () => {
    const wrong = up.map((point) => (point.reference === 200 ? { ...point, shown: 204 } : point));
    const { verdict, flags, points } = of([...wrong, ...down]);
    expect({ verdict, flags, bad: points.filter(({ ok }) => !ok).map(({ reference }) => reference) }).toEqual({
      verdict: "failed",
      flags: ["STATIC_ERROR"],
      bad: [200],
    });
  });
  test("-3 passes and -3.01 does not", () => {
    const minus = (off: number) =>
      [...up, ...down].map((point) => (point.reference === 100 ? { ...point, shown: 100 - off } : point));
    expect([of(minus(3)).verdict, of(minus(3.01)).verdict]).toEqual(["passed", "failed"]);
  });
  test("five different points are needed; two readings near 100 are one", () => {
    const few = (direction: "up" | "down") => at(direction, [0, 0], [50, 50], [99.8, 100], [100.3, 100], [150, 150]);
    expect(of([...few("up"), ...few("down")]).flags).toEqual(["TOO_FEW_POINTS"]);
  });
  test("4 between up and down is no hysteresis, more is, also where the references differ a little", () => {
    const two = (lower: number) =>
      of([
        ...up.map((point) => (point.reference === 150 ? { ...point, shown: 152 } : point)),
        ...down.map((point) => (point.reference === 150 ? { ...point, reference: 150.2, shown: lower } : point)),
      ]).flags;
    expect([two(148.2), two(148.1)]).toEqual([[], ["HYSTERESIS"]]);
  });
  test("one point in one direction is enough to fail it", () => {
    expect(of([...up, ...down.slice(1)]).flags).toEqual(["ONE_DIRECTION"]);
  });
  test("all that is wrong is said, in one order", () => {
    const off = up.map((point) => (point.reference === 200 ? { ...point, shown: 204 } : point));
    expect(of(off).flags).toEqual(["ONE_DIRECTION", "STATIC_ERROR"]);
  });
  test("upwards alone is no check", () => {
    expect(of(up).flags).toEqual(["ONE_DIRECTION"]);
  });
});

const both = (...pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([reference, shown]) => ({ reference, shown }));

describe("the other checks, limits inside", () => {
  test.each<readonly [string, CalibrationValues, readonly string[]]>([
    ["6 mmHg in a minute", { kind: "leakage", points: [{ from: 250, to: 244, withCuff: true }] }, []],
    ["6.1 mmHg in a minute", { kind: "leakage", points: [{ from: 250, to: 243.9, withCuff: true }] }, ["LEAK"]],
    ["a leak from 200", { kind: "leakage", points: [{ from: 200, to: 198, withCuff: true }] }, []],
    [
      "a leak without the cuff only",
      { kind: "leakage", points: [{ from: 250, to: 250, withCuff: false }] },
      ["NO_HIGH_POINT"],
    ],
    [
      "a leak from 250 and one from 50",
      {
        kind: "leakage",
        points: [
          { from: 50, to: 50, withCuff: true },
          { from: 250, to: 250, withCuff: true },
          { from: 250, to: 250, withCuff: false },
        ],
      },
      [],
    ],
    ["two temperatures", { kind: "thermometer", points: both([35, 35], [41, 41]) }, ["TOO_FEW_POINTS"]],
    [
      "the same temperature thrice",
      { kind: "thermometer", points: both([35, 35], [35, 35], [35, 35]) },
      ["TOO_FEW_POINTS"],
    ],
    ["two heights", { kind: "height", points: both([100, 100], [150, 150]) }, ["TOO_FEW_POINTS"]],
    [
      "a point at 90 % and one below",
      {
        kind: "oximeter",
        points: [
          { reference: 90, shown: 90, referencePulse: 70, shownPulse: 70 },
          { reference: 80, shown: 80, referencePulse: 70, shownPulse: 70 },
        ],
      },
      [],
    ],
    [
      "a wrong one below 90 % only",
      { kind: "oximeter", points: [{ reference: 80, shown: 84, referencePulse: 70, shownPulse: 70 }] },
      ["NO_POINT_IN_RANGE", "SPO2_ERROR"],
    ],
    ["a leak at 50 only", { kind: "leakage", points: [{ from: 50, to: 50, withCuff: true }] }, ["NO_HIGH_POINT"]],
    ["released at 300 after 180 s", { kind: "overPressure", releasedAt: 300, heldSeconds: 180 }, []],
    ["released at 301", { kind: "overPressure", releasedAt: 301, heldSeconds: 10 }, ["OVER_PRESSURE"]],
    ["held for 181 s", { kind: "overPressure", releasedAt: 290, heldSeconds: 181 }, ["OVER_PRESSURE"]],
    ["weights at the limit", { kind: "scale", points: both([20, 20.1], [50, 49.9], [100, 100.2]) }, []],
    ["0.2 kg at 50", { kind: "scale", points: both([20, 20], [50, 50.2], [100, 100]) }, ["SCALE_ERROR"]],
    ["two weights", { kind: "scale", points: both([20, 20], [50, 50]) }, ["TOO_FEW_POINTS"]],
    ["temperatures at the limit", { kind: "thermometer", points: both([35, 35.2], [37, 36.8], [41, 41.3]) }, []],
    ["0.3 degrees at 39", { kind: "thermometer", points: both([35, 35], [39, 39.3], [41, 41]) }, ["TEMPERATURE_ERROR"]],
    ["0.3 degrees at 35", { kind: "thermometer", points: both([35, 35.3], [37, 37], [41, 41]) }, ["TEMPERATURE_ERROR"]],
    ["0.3 degrees at 34.9", { kind: "thermometer", points: both([34.9, 35.2], [37, 37], [41, 41]) }, []],
    ["0.4 degrees at 41", { kind: "thermometer", points: both([35, 35], [37, 37], [41, 41.4]) }, ["TEMPERATURE_ERROR"]],
    [
      "2 % and 3 /min",
      { kind: "oximeter", points: [{ reference: 95, shown: 97, referencePulse: 70, shownPulse: 73 }] },
      [],
    ],
    [
      "3 %",
      { kind: "oximeter", points: [{ reference: 95, shown: 98, referencePulse: 70, shownPulse: 70 }] },
      ["SPO2_ERROR"],
    ],
    [
      "4 /min",
      { kind: "oximeter", points: [{ reference: 95, shown: 95, referencePulse: 70, shownPulse: 74 }] },
      ["SPO2_ERROR"],
    ],
    [
      "no point from 90 up",
      { kind: "oximeter", points: [{ reference: 85, shown: 85, referencePulse: 70, shownPulse: 70 }] },
      ["NO_POINT_IN_RANGE"],
    ],
    ["half a centimetre", { kind: "height", points: both([100, 100.5], [150, 149.5], [180, 180]) }, []],
    ["0.6 cm", { kind: "height", points: both([100, 100.6], [150, 150], [180, 180]) }, ["HEIGHT_ERROR"]],
    ["five minutes", { kind: "clock", driftSeconds: -300 }, []],
    ["five minutes and a second", { kind: "clock", driftSeconds: 301 }, ["CLOCK_DRIFT"]],
  ])("%s", (_, values, flags) => {
    const judged = judgeCheck(values, undefined);
    expect({ flags: judged.flags, verdict: judged.verdict }).toEqual({
      flags,
      verdict: flags.length === 0 ? "passed" : "failed",
    });
  });

  const runs = (systolic: readonly number[]) => ({
    kind: "repeatability" as const,
    runs: systolic.map((value) => ({ systolic: value, diastolic: 80 })),
  });
  const steady = [120, 121, 119, 120, 122, 118, 120, 121, 119, 120];
  test("ten steady runs pass, and their mean is the baseline", () => {
    expect(judgeCheck(runs(steady), undefined)).toMatchObject({ verdict: "passed", baseline: 120 });
  });
  test("nine runs are too few", () => {
    expect(judgeCheck(runs(steady.slice(1)), undefined).flags).toEqual(["TOO_FEW_RUNS"]);
  });
  test("an SD over 2 fails", () => {
    expect(judgeCheck(runs(steady.map((value, index) => value + (index % 2) * 5)), undefined).flags).toEqual([
      "REPEATABILITY",
    ]);
  });
  test("a mean 5 from the baseline passes, 5.1 does not", () => {
    expect([judgeCheck(runs(steady), 125).verdict, judgeCheck(runs(steady), 125.1).verdict]).toEqual([
      "passed",
      "failed",
    ]);
  });
});

describe("every point says what it is, in which unit, and how far off it may be", () => {
  const oximeter = { reference: 95, shown: 96, referencePulse: 70, shownPulse: 72 };
  test.each<readonly [CalibrationValues, readonly (readonly [string, number, number, number, number, string])[]]>([
    [
      {
        kind: "staticPressure",
        points: [
          { reference: 100, shown: 101.5, direction: "up" },
          { reference: 100, shown: 99, direction: "down" },
        ],
      },
      [
        ["up", 100, 101.5, 1.5, 3, "mm[Hg]"],
        ["down", 100, 99, -1, 3, "mm[Hg]"],
      ],
    ],
    [
      {
        kind: "leakage",
        points: [
          { from: 250, to: 248, withCuff: true },
          { from: 250, to: 250, withCuff: false },
        ],
      },
      [
        ["withCuff", 250, 248, -2, 6, "mm[Hg]/min"],
        ["withoutCuff", 250, 250, 0, 6, "mm[Hg]/min"],
      ],
    ],
    [
      { kind: "overPressure", releasedAt: 290, heldSeconds: 170 },
      [
        ["releasedAt", 0, 290, 290, 300, "mm[Hg]"],
        ["held", 0, 170, 170, 180, "s"],
      ],
    ],
    [
      { kind: "scale", points: both([50, 50.1], [51, 51]) },
      [
        ["weight", 50, 50.1, 0.1, 0.1, "kg"],
        ["weight", 51, 51, 0, 0.2, "kg"],
      ],
    ],
    [{ kind: "thermometer", points: both([37, 37.1]) }, [["temperature", 37, 37.1, 0.1, 0.2, "Cel"]]],
    [
      { kind: "oximeter", points: [oximeter] },
      [
        ["spo2", 95, 96, 1, 2, "%"],
        ["pulse", 70, 72, 2, 3, "/min"],
      ],
    ],
    [{ kind: "height", points: both([150, 150.2]) }, [["height", 150, 150.2, 0.2, 0.5, "cm"]]],
    [{ kind: "clock", driftSeconds: 12 }, [["clock", 0, 12, 12, 300, "s"]]],
    [
      {
        kind: "repeatability",
        runs: [
          { systolic: 120, diastolic: 80 },
          { systolic: 122, diastolic: 81 },
        ],
      },
      [
        ["sdSystolic", 0, 1.41, 1.41, 2, "mm[Hg]"],
        ["sdDiastolic", 0, 0.71, 0.71, 2, "mm[Hg]"],
        ["meanSystolic", 121, 121, 0, 5, "mm[Hg]"],
      ],
    ],
  ])("%j", (values, points) => {
    expect(judgeCheck(values, undefined).points).toEqual(
      points.map(([label, reference, shown, error, limit, unit]) => ({
        label,
        reference,
        shown,
        error,
        limit,
        unit,
        ok: true,
      })),
    );
  });
});

describe("a reference instrument", () => {
  const zoneMinutes = 480;
  const now = Date.parse("2026-06-15T23:59:00+08:00");
  const good: ReferenceInstrument = {
    name: "样本·压力计",
    serial: "1",
    certificate: "1",
    validUntil: "2026-06-15",
    errorLimit: 0.8,
  };
  test.each<readonly [string, CalibrationKind, ReferenceInstrument | undefined, number, string | undefined]>([
    ["is good on its last day", "staticPressure", good, now, undefined],
    ["is out of date the day after", "staticPressure", good, now + 60_000, "quality.referenceExpired"],
    ["must be ±0.8 mmHg or better", "leakage", { ...good, errorLimit: 0.81 }, now, "quality.referenceTooCoarse"],
    ["of a scale is a third of 0.1 kg", "scale", { ...good, errorLimit: 0.0334 }, now, "quality.referenceTooCoarse"],
    ["of a scale may be 33 g", "scale", { ...good, errorLimit: 0.033 }, now, undefined],
    [
      "of a thermometer is a third of 0.2",
      "thermometer",
      { ...good, errorLimit: 0.067 },
      now,
      "quality.referenceTooCoarse",
    ],
    ["must be named", "thermometer", undefined, now, "quality.referenceMissing"],
    ["is not needed for a clock", "clock", undefined, now, undefined],
  ])("%s", (_, kind, reference, at, code) => {
    expect(referenceFault(kind, reference, { now: at, zoneMinutes })).toBe(code);
  });
});

describe("comparison with the laboratory (§2.3, §3)", () => {
  const pairs = (...list: readonly (readonly [number, number])[]): readonly Pair[] =>
    list.map(([device, laboratory]) => ({ analyte: "glucose", device, laboratory }));
  const inside = [
    [5.03, 4.2],
    [11.5, 10],
    [6, 6],
    [7, 7],
  ] as const;
  test("all five within passes, limits inside", () => {
    expect(judgePairs(pairs(...inside, [16, 16])).verdict).toBe("passed");
  });
  test("one of five outside fails", () => {
    expect(judgePairs(pairs(...inside, [6.4, 5.5]))).toMatchObject({
      verdict: "failed",
      pairs: [{ ok: true }, { ok: true }, { ok: true }, { ok: true }, { ok: false, difference: 0.9, limit: 0.825 }],
    });
  });
  test("one of twenty is 95 %", () => {
    const many = Array.from({ length: 19 }, () => [6, 6] as const);
    expect(judgePairs(pairs(...many, [9, 6])).verdict).toBe("passed");
  });
  test.each<readonly [Pair["analyte"], number, boolean]>([
    ["cholesterol.total", 5.45, true],
    ["cholesterol.total", 5.46, false],
    ["cholesterol.hdl", 5.65, true],
    ["cholesterol.hdl", 5.66, false],
    ["cholesterol.ldlCalculated", 5.6, true],
    ["cholesterol.ldlCalculated", 5.61, false],
    ["triglyceride", 5.75, true],
    ["triglyceride", 5.76, false],
  ])("%s %d against 5.00 is within: %s", (analyte, device, ok) => {
    expect(judgePairs([{ analyte, device, laboratory: 5 }]).pairs[0]?.ok).toBe(ok);
  });
  test("of lipids each one must be within, also one of twenty", () => {
    const many = Array.from({ length: 20 }, (_, index) => ({
      analyte: "triglyceride" as const,
      device: index === 0 ? 2 : 1,
      laboratory: 1,
    }));
    expect([judgePairs(many).verdict, judgePairs(many.slice(1)).verdict]).toEqual(["failed", "passed"]);
  });
  test("each analyte is judged over its own pairs", () => {
    const glucose = Array.from({ length: 20 }, (_, index): Pair => ({
      analyte: "glucose",
      device: index === 0 ? 9 : 6,
      laboratory: 6,
    }));
    expect(judgePairs([...glucose, { analyte: "triglyceride", device: 1, laboratory: 1 }]).verdict).toBe("passed");
  });
  test("one analyte outside fails the whole", () => {
    const wrong: Pair = { analyte: "triglyceride", device: 2, laboratory: 1 };
    expect(judgePairs([...pairs([6, 6]), wrong]).verdict).toBe("failed");
    expect(judgePairs([wrong, ...pairs([6, 6])]).verdict).toBe("failed");
  });
  test.each([
    [5.49, 0.83],
    [5.5, 0.825],
  ])("the limit at %d mmol/L of glucose is %d", (laboratory, limit) => {
    expect(judgePairs(pairs([laboratory, laboratory])).pairs[0]?.limit).toBe(limit);
  });
  test("only what has a documented limit is compared", () => {
    expect((["glucose", "triglyceride", "uricAcid"] as const).map(comparable)).toEqual([true, true, false]);
  });
});
