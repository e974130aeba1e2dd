import { describe, expect, test } from "vitest";
import type { ControlRecord } from "../../../core/journal/quality-bodies.ts";
import type { DeviceFacts } from "../../../core/quality/facts.ts";
import { levelsOf } from "../../../core/quality/gate-assays.ts";
import type { ConditionCode } from "../../../core/quality/vocabulary.ts";
import {
  ask,
  check,
  codes,
  control,
  controlLot,
  cuff,
  iso,
  kept,
  lot,
  meter,
  meterWith,
  now,
  staff,
  told,
  wall,
} from "./in-order.ts";

/** What the gate says of controls, comparisons and lots. */

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
    { ...meterWith(lot("strip"), controlLot("L1")), runs: meter.runs.slice(0, 1) },
    [],
    "ready",
  ],
  ["no strips", meterWith(controlLot("L1"), controlLot("L2")), ["lotMissing"], "blocked"],
  [
    "strips with another code than the meter's",
    {
      ...meterWith(lot("strip", { meterCode: "25" }), controlLot("L1"), controlLot("L2")),
      observed: { stripCode: "17" },
    },
    ["lotMismatch"],
    "blocked",
  ],
  [
    "strips with the meter's code",
    {
      ...meterWith(lot("strip", { meterCode: "25" }), controlLot("L1"), controlLot("L2")),
      observed: { stripCode: "25" },
    },
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
      ...meterWith(lot("strip", { label: { lowCelsius: 15, highCelsius: 30 } }), controlLot("L1"), controlLot("L2")),
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
  const facts = meterWith(lot("strip", { analyte: "glucose" }), controlLot("L1"), controlLot("L2"));
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

test("a control is due now while today's did not pass, and tomorrow when it did", () => {
  const due = ask(["glucose"], { ...meter, runs: meter.runs.slice(0, 1) }).due.filter(({ what }) => what === "control");
  expect(due.map(({ about, at }) => [about, at])).toEqual([
    ["glucose L2", now],
    ["glucose L1", wall("2026-06-16T00:00:00")],
  ]);
});

describe("lots", () => {
  const withLots = (...more: readonly Parameters<typeof lot>[]): DeviceFacts => ({
    ...meter,
    lots: [...more.map(([kind, rest]) => lot(kind, rest)), controlLot("L1"), controlLot("L2")].map((each, index) => ({
      ...kept(0, `lot ${String(index)}`),
      lot: each,
      by: staff,
    })),
  });
  test("one that is out of date says which, since when, and of what", () => {
    const facts = withLots(["strip", { lot: "S7", analyte: "glucose", expiry: "2026-06-01" }]);
    const since = iso("2026-06-02T00:00:00");
    expect(told(["glucose"], facts).conditions).toStrictEqual([
      { code: "lotExpired", state: "blocked", since, dueAt: since, evidence: "lot 0", about: "S7", of: "glucose" },
    ]);
  });
  test("one that says no analyte is of everything", () => {
    const facts = withLots(["strip", { lot: "S7", openedOn: "2026-01-01" }]);
    const since = iso("2026-04-02T00:00:00");
    expect(told(["glucose"], facts).conditions).toStrictEqual([
      { code: "lotOpenedTooLong", state: "blocked", since, dueAt: since, evidence: "lot 0", about: "S7" },
    ]);
  });
  test.each<readonly [string, Parameters<typeof lot>, string | undefined, readonly string[]]>([
    ["strips with a code, and a meter that tells none", ["strip", { meterCode: "25" }], undefined, []],
    ["strips without a code", ["strip", {}], "17", []],
    ["a reagent with another code", ["reagent", { meterCode: "25" }], "17", []],
    ["strips with another code", ["strip", { meterCode: "25" }], "17", ["lotMismatch"]],
  ])("%s", (_, strips, stripCode, expected) => {
    expect(codes("glucose", { ...withLots(strips), observed: { stripCode } })).toEqual(expected);
  });
  test("the room is held against the labels of strips and reagents, each of them, and no control's", () => {
    const hot = (celsius: number) => [
      { ...kept(wall("2026-06-15T08:30:00")), run: control("L1", { room: { celsius } }) },
      { ...kept(wall("2026-06-15T08:40:00")), run: control("L2") },
    ];
    const facts = withLots(
      ["strip", { label: { lowCelsius: 5, highCelsius: 45 } }],
      ["reagent", { label: { lowCelsius: 15, highCelsius: 30 } }],
      ["control", { lot: "C", label: { lowCelsius: 2, highCelsius: 8 } }],
    );
    expect(told(["glucose"], { ...facts, runs: hot(31) }).conditions).toStrictEqual([
      {
        code: "roomOutside",
        state: "blocked",
        since: iso("2026-06-15T08:30:00"),
        evidence: "e",
        about: "31 Cel",
      },
    ]);
    expect(codes("glucose", { ...facts, runs: hot(30) })).toEqual([]);
  });
});

describe("levels of a control", () => {
  const one = { analyte: "glucose", of: "glucose", bothLevels: false } as const;
  const inUse = (...more: readonly Parameters<typeof controlLot>[]) =>
    more.map(([level, rest]) => ({ ...kept(0), lot: controlLot(level, rest), by: staff }));
  test.each([
    ["the one that is sold", one, inUse(["L2"]), ["L2"]],
    ["both, where both are in use", one, inUse(["L1"], ["L2"]), ["L1", "L2"]],
    ["both, where none is", one, [], ["L1", "L2"]],
    ["both, where one is not enough", { ...one, bothLevels: true }, inUse(["L2"]), ["L1", "L2"]],
    ["not those of another analyte", one, inUse(["L1", { analyte: "triglyceride" }], ["L2"]), ["L2"]],
    ["not those of strips", one, inUse(["L1", { kind: "strip" }], ["L2"]), ["L2"]],
  ] as const)("%s", (_, wanted, lots, levels) => {
    expect(levelsOf(wanted, lots)).toEqual(levels);
  });
});

describe("a meter of two analytes", () => {
  const both: DeviceFacts = {
    ...meter,
    runs: [
      { ...kept(wall("2026-06-15T08:00:00"), "g"), run: control("L1", { verdict: "failed" }) },
      ...(["L1", "L2"] as const).map((level) => ({
        ...kept(wall("2026-06-15T08:10:00"), "t"),
        run: control(level, { analyte: "triglyceride" }),
      })),
    ],
    comparisons: [
      ...meter.comparisons,
      {
        ...kept(wall("2026-06-02T10:00:00"), "lipids"),
        verdict: "failed",
        by: staff,
        pairs: [
          { analyte: "uricAcid", device: 1, laboratory: 1, difference: 0, limit: 1, ok: true },
          { analyte: "triglyceride", device: 1, laboratory: 2, difference: -1, limit: 0.3, ok: false },
        ],
      },
    ],
  };
  test("has a control and a comparison of each, and none speaks for the other", () => {
    const { conditions } = told(["glucose", "lipids"], both);
    expect(conditions.map(({ code, about, of }) => [code, about, of])).toEqual([
      ["controlFailed", "glucose L1", "glucose"],
      ["controlMissing", "glucose L2", "glucose"],
      ["controlMissing", "cholesterol.total L1", "lipids"],
      ["controlMissing", "cholesterol.total L2", "lipids"],
      ["operatorUncertified", "lipids", "lipids"],
      ["comparisonRepeat", "lipids", "lipids"],
    ]);
  });
  test("a latched control is about its own analyte alone", () => {
    const latches = [{ ...kept(now), code: "controlRejected" as const, reportedBy: "s", about: "triglyceride L1" }];
    const latched = told(["glucose", "lipids"], { ...both, latches }).conditions;
    expect(latched.find(({ code }) => code === "controlRejected")?.of).toBe("lipids");
  });
});
