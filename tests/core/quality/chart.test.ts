import { describe, expect, test } from "vitest";
import type { ControlRecord } from "../../../core/journal/quality-bodies.ts";
import { judgeControl, ownLimits, pointsOf, spreadOf } from "../../../core/quality/chart.ts";
import type { ControlFact, LotFact } from "../../../core/quality/facts.ts";
import { dayMs } from "../../../core/quality/local-day.ts";

const zoneMinutes = 480;
const first = Date.parse("2026-05-01T08:00:00+08:00");
const staff = { id: "s", name: "样本甲", role: "operator" };

function fact(level: "L1" | "L2", value: number, at: number, more: Partial<ControlRecord> = {}): ControlFact {
  const run: ControlRecord = {
    id: "018f0000-0000-7000-8000-00000000c002",
    device: "d",
    analyte: "cholesterol.total",
    level,
    lot: level,
    value,
    unit: "mmol/L",
    range: { low: 4.7, high: 5.7 },
    verdict: "passed",
    rules: [],
    operator: staff,
    byHand: true,
    at: new Date(at).toISOString(),
    rawHex: [],
    specimen: false,
    ...more,
  };
  return { entry: "e", at, run };
}
/** Twenty runs on ten days, mean 5.20, SD close to 0.10. */
const twenty = (level: "L1" | "L2"): ControlFact[] =>
  Array.from({ length: 20 }, (_, index) =>
    fact(level, index % 2 === 0 ? 5.1025 : 5.2975, first + Math.floor(index / 2) * dayMs + (index % 2) * 60_000),
  );
const lotOf = (level: "L1" | "L2"): LotFact => ({
  entry: "l",
  at: 0,
  by: staff,
  lot: {
    kind: "control",
    device: "d",
    lot: level,
    expiry: "2026-12-31",
    openedOn: "2026-05-01",
    openDays: 90,
    analyte: "cholesterol.total",
    level,
    range: { low: 4.7, high: 5.7 },
    unit: "mmol/L",
  },
});
const today = first + 20 * dayMs;
const judge = (runs: readonly ControlFact[], level: "L1" | "L2", value: number, at = today) =>
  judgeControl(
    runs,
    {
      key: { analyte: "cholesterol.total", level, lot: level },
      value,
      at,
      lots: { control: lotOf(level), stripExpired: false, controlExpired: false, openedDays: 20 },
    },
    zoneMinutes,
  );

test("a chart has the points of one analyte, level and lot", () => {
  const mine = fact("L1", 5, first);
  const others: readonly Partial<ControlRecord>[] = [{ analyte: "triglyceride" }, { level: "L2" }, { lot: "older" }];
  const runs = [mine, ...others.map((more) => fact("L1", 5, first, more))];
  expect(pointsOf(runs, { analyte: "cholesterol.total", level: "L1", lot: "L1" })).toEqual([mine]);
});

test("the spread is that of a sample", () => {
  expect(spreadOf([4, 6])).toEqual({ mean: 5, sd: Math.SQRT2 });
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9]).sd).toBeCloseTo(2.138_09, 5);
  expect(spreadOf([5])).toEqual({ mean: 5, sd: 0 });
});

describe("own mean and SD", () => {
  test("stand from twenty runs on ten days on", () => {
    expect(ownLimits(twenty("L1"), zoneMinutes)).toMatchObject({
      mean: expect.closeTo(5.2, 6) as number,
      runs: 20,
      days: 10,
    });
    expect(ownLimits(twenty("L1").slice(1), zoneMinutes)).toBeUndefined();
  });
  test("twenty runs on nine days are not enough", () => {
    const squeezed = twenty("L1").map((each) => ({ ...each, at: Math.min(each.at, first + 8 * dayMs) }));
    expect(ownLimits(squeezed, zoneMinutes)).toBeUndefined();
  });
  test("do not move with later runs", () => {
    const later = [...twenty("L1"), fact("L1", 5.69, today)];
    expect(ownLimits(later, zoneMinutes)).toEqual(ownLimits(twenty("L1"), zoneMinutes));
  });
  test("leave out what fell outside the vial's range", () => {
    expect(ownLimits([fact("L1", 9, first), ...twenty("L1")], zoneMinutes)).toEqual(
      ownLimits(twenty("L1"), zoneMinutes),
    );
  });
  test("leave out what fell below it, too", () => {
    expect(ownLimits([fact("L1", 1, first), ...twenty("L1")], zoneMinutes)).toEqual(
      ownLimits(twenty("L1"), zoneMinutes),
    );
  });
  test("take in what lies on the ends of the range", () => {
    const ends = twenty("L1").map((each, index) => ({
      ...each,
      run: { ...each.run, value: index % 2 === 0 ? 4.7 : 5.7 },
    }));
    expect(ownLimits(ends, zoneMinutes)).toMatchObject({ mean: expect.closeTo(5.2, 6) as number, runs: 20 });
  });
  test("are none over values that never change", () => {
    expect(
      ownLimits(
        twenty("L1").map((each) => ({ ...each, run: { ...each.run, value: 5 } })),
        zoneMinutes,
      ),
    ).toBeUndefined();
  });
});

describe("before twenty runs the vial's range decides, its ends inside", () => {
  test.each([
    [4.7, "passed"],
    [5.7, "passed"],
    [4.69, "failed"],
    [5.71, "failed"],
  ] as const)("%d: %s", (value, verdict) => {
    expect(judge([], "L1", value).verdict).toBe(verdict);
  });
  test("a second failure is a rejection", () => {
    expect(judge([fact("L1", 6, today - 1, { verdict: "failed" })], "L1", 6)).toEqual({
      verdict: "rejected",
      rules: ["OUT_OF_RANGE"],
    });
  });
  test("so is a third", () => {
    expect(judge([fact("L1", 6, today - 1, { verdict: "rejected" })], "L1", 6).verdict).toBe("rejected");
  });
  test("the other level's failure, or another analyte's, is not this one's first", () => {
    const other = [
      fact("L2", 6, today - 2, { verdict: "failed" }),
      fact("L1", 6, today - 1, { verdict: "failed", analyte: "triglyceride" }),
    ];
    expect(judge(other, "L1", 6).verdict).toBe("failed");
  });
  test("a failure after a good one is a failure", () => {
    const runs = [fact("L1", 6, today - 2, { verdict: "failed" }), fact("L1", 5, today - 1)];
    expect(judge(runs, "L1", 6).verdict).toBe("failed");
  });
});

describe("from then on the multirule decides (§4, the worked numbers)", () => {
  const runs = twenty("L1");
  test("5.43 is a warning", () => {
    expect(judge(runs, "L1", 5.43)).toMatchObject({ verdict: "warning", rules: ["1_2s"] });
  });
  test("repeated at 5.44 it is 2-2s, a rejection", () => {
    const warned = [...runs, fact("L1", 5.43, today - 60_000, { verdict: "warning" })];
    expect(judge(warned, "L1", 5.44)).toMatchObject({ verdict: "rejected", rules: ["1_2s", "2_2s"] });
  });
  test("repeated at 5.25 it has passed", () => {
    const warned = [...runs, fact("L1", 5.43, today - 60_000, { verdict: "warning" })];
    expect(judge(warned, "L1", 5.25).verdict).toBe("passed");
  });
  test("both levels of one run over +2 are 2-2s across levels", () => {
    const other = [...runs, ...twenty("L2"), fact("L1", 5.43, today - 60_000, { verdict: "warning" })];
    expect(judge(other, "L2", 5.43)).toMatchObject({ verdict: "rejected", rules: ["1_2s", "2_2s"] });
  });
  test("one over +2 and the other under -2 are R-4s within a run, and nothing over midnight", () => {
    const high = (at: number) => [...runs, ...twenty("L2"), fact("L1", 5.43, at, { verdict: "warning" })];
    expect(judge(high(today - 60_000), "L2", 4.97)).toMatchObject({ verdict: "rejected", rules: ["1_2s", "R_4s"] });
    expect(judge(high(today - dayMs), "L2", 4.97)).toMatchObject({ verdict: "warning" });
  });
  test("a warning of another analyte or of an older lot is no part of the series", () => {
    const high = (more: Partial<ControlRecord>) => [
      ...runs,
      fact("L1", 5.43, today - 60_000, { verdict: "warning", ...more }),
    ];
    expect(judge(high({ analyte: "triglyceride" }), "L1", 5.44).verdict).toBe("warning");
    expect(judge(high({ lot: "older" }), "L1", 5.44).verdict).toBe("warning");
  });
  test("a new lot has no mean of its own yet", () => {
    const next = judgeControl(
      runs,
      {
        key: { analyte: "cholesterol.total", level: "L1", lot: "new" },
        value: 5.6,
        at: today,
        lots: { control: lotOf("L1"), stripExpired: false, controlExpired: false, openedDays: 1 },
      },
      zoneMinutes,
    );
    expect(next).toEqual({ verdict: "passed", rules: [] });
  });
  test("the verdict says the mean and SD it was judged by, and how far off the value lies", () => {
    const { own } = judge(runs, "L1", 5.43);
    expect(own).toMatchObject({ runs: 20, days: 10, z: expect.closeTo(2.3, 1) as number });
    expect(own?.mean).toBeCloseTo(5.2, 6);
    expect(own?.sd).toBeCloseTo(0.1, 3);
  });
  const older = twenty("L1").map((each) => ({ ...each, run: { ...each.run, lot: "older" } }));
  test("back at an older lot, its own runs are the series", () => {
    const warned = fact("L1", 5.43, today - 60_000, { verdict: "warning" });
    const back = judgeControl(
      [...older, ...runs, warned],
      {
        key: { analyte: "cholesterol.total", level: "L1", lot: "older" },
        value: 5.43,
        at: today,
        lots: { control: lotOf("L1"), stripExpired: false, controlExpired: false, openedDays: 20 },
      },
      zoneMinutes,
    );
    expect(back).toMatchObject({ verdict: "warning", rules: ["1_2s"] });
  });
  test("the other level's series is that of its newest lot of this analyte", () => {
    const high = fact("L1", 5.43, today - 60_000, { verdict: "warning" });
    const another = fact("L1", 5, today - 30_000, { analyte: "triglyceride", lot: "T" });
    expect(judge([...older, ...runs, ...twenty("L2"), high, another], "L2", 5.43)).toMatchObject({
      verdict: "rejected",
      rules: ["1_2s", "2_2s"],
    });
  });
  test("a level that has no mean of its own yet takes no part", () => {
    expect(judge([...runs, fact("L2", 9, today - 60_000)], "L1", 5.43)).toMatchObject({
      verdict: "warning",
      rules: ["1_2s"],
    });
  });
});
