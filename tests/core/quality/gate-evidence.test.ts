import { describe, expect, test } from "vitest";
import type { MeasurementKind } from "../../../core/domain/outcome.ts";
import { noFacts, type DeviceFacts, type TrainingFact } from "../../../core/quality/facts.ts";
import { gateTable, severity } from "../../../core/quality/gate-table.ts";
import { gateStates } from "../../../core/quality/vocabulary.ts";
import { ask, codes, check, control, cuff, dayMs, kept, meter, now, staff, wall, told, iso } from "./in-order.ts";

/** What the gate shows beside its state: since when, until when, about what, on which evidence, and what is due. */

const dueOf = (of: MeasurementKind, facts: DeviceFacts, what: string) =>
  told([of], facts).due.filter((each) => each.what === what);

describe("a device of which nothing is known", () => {
  test("a cuff: what is wanting, and that all of it is due", () => {
    expect(told(["bloodPressure"], noFacts)).toStrictEqual({
      conditions: [
        { code: "certificateMissing", state: "blocked" },
        { code: "checkMissing", state: "blocked", about: "staticPressure", of: "bloodPressure" },
        { code: "checkMissing", state: "blocked", about: "leakage", of: "bloodPressure" },
        { code: "notCleaned", state: "blocked" },
      ],
      due: [{ what: "verification" }, { what: "staticPressure" }, { what: "leakage" }, { what: "cleaning" }],
    });
  });
  test("a meter", () => {
    const since = iso("2026-06-15T00:00:00");
    expect(told(["glucose"], noFacts, now, [])).toStrictEqual({
      conditions: [
        { code: "lotMissing", state: "blocked", about: "glucose", of: "glucose" },
        { code: "controlMissing", state: "blocked", since, about: "glucose L1", of: "glucose" },
        { code: "controlMissing", state: "blocked", since, about: "glucose L2", of: "glucose" },
        { code: "comparisonMissing", state: "blocked", about: "glucose", of: "glucose" },
        { code: "operatorUncertified", state: "blocked", about: "glucose", of: "glucose" },
        { code: "notCleaned", state: "blocked" },
      ],
      due: [
        { what: "comparison", about: "glucose" },
        { what: "training", about: "glucose" },
        { what: "cleaning" },
        { what: "control", at: now, about: "glucose L1" },
        { what: "control", at: now, about: "glucose L2" },
      ],
    });
  });
});

describe("what is due, soonest first", () => {
  test("of a cuff in order", () => {
    const checkedOn = { at: wall("2026-11-28T00:00:00"), lastAt: wall("2026-06-01T10:00:00"), evidence: "e" };
    expect(told(["bloodPressure"], cuff).due).toStrictEqual([
      { what: "cleaning", at: wall("2026-06-21T00:00:00"), lastAt: wall("2026-06-14T10:00:00"), evidence: "e" },
      { what: "staticPressure", ...checkedOn },
      { what: "leakage", ...checkedOn },
      { what: "verification", at: wall("2027-01-01T00:00:00"), lastAt: 0, evidence: "e" },
    ]);
  });
  test("of a meter in order", () => {
    const control = { what: "control", at: wall("2026-06-16T00:00:00"), lastAt: wall("2026-06-15T08:00:00") };
    expect(told(["glucose"], meter).due).toStrictEqual([
      { ...control, evidence: "e", about: "glucose L1" },
      { ...control, evidence: "e", about: "glucose L2" },
      { what: "cleaning", at: wall("2026-06-21T00:00:00"), lastAt: wall("2026-06-14T10:00:00"), evidence: "e" },
      {
        what: "comparison",
        at: wall("2026-12-02T00:00:00"),
        lastAt: wall("2026-06-01T10:00:00"),
        evidence: "e",
        about: "glucose",
      },
      { what: "training", at: wall("2027-01-01T00:00:00"), lastAt: 0, evidence: "e", about: "glucose" },
    ]);
  });
  test("a check that no calendar asks for is never due", () => {
    const checks = { ...cuff.checks, overPressure: { ...kept(0), record: check("overPressure") } };
    expect([
      dueOf("bloodPressure", { ...cuff, checks }, "overPressure"),
      codes("bloodPressure", { ...cuff, checks }),
    ]).toEqual([[], []]);
  });
});

describe("a condition that came with the calendar says from when to when, and on which evidence", () => {
  const dirty = (day: string): DeviceFacts => ({ ...cuff, cleaned: kept(wall(`${day}T10:00:00`), "mop") });
  const checked = (day: string): DeviceFacts => {
    const staticPressure = { ...kept(wall(`${day}T10:00:00`), "s"), record: check("staticPressure") };
    return { ...cuff, checks: { ...cuff.checks, staticPressure } };
  };
  const compared = (day: string): DeviceFacts => ({
    ...meter,
    comparisons: meter.comparisons.map((each) => ({ ...each, entry: "c", at: wall(`${day}T10:00:00`) })),
  });
  const certified = (validUntil: string): DeviceFacts => ({
    ...cuff,
    ...(cuff.certificate === undefined
      ? {}
      : { certificate: { ...kept(0, "p"), certificate: { ...cuff.certificate.certificate, validUntil } } }),
  });
  const pressure = { evidence: "s", about: "staticPressure", of: "bloodPressure" };
  const glucose = { evidence: "c", about: "glucose", of: "glucose" };
  test.each<readonly [MeasurementKind, DeviceFacts, object]>([
    [
      "bloodPressure",
      dirty("2026-06-08"),
      {
        code: "cleaningSoon",
        state: "ready",
        since: iso("2026-06-15T00:00:00"),
        dueAt: iso("2026-06-16T00:00:00"),
        evidence: "mop",
      },
    ],
    [
      "bloodPressure",
      dirty("2026-06-01"),
      {
        code: "notCleaned",
        state: "blocked",
        since: iso("2026-06-09T00:00:00"),
        dueAt: iso("2026-06-08T00:00:00"),
        evidence: "mop",
      },
    ],
    [
      "bloodPressure",
      checked("2025-12-16"),
      {
        code: "checkSoon",
        state: "restricted",
        since: iso("2026-06-14T00:00:00"),
        dueAt: iso("2026-06-25T00:00:00"),
        ...pressure,
      },
    ],
    [
      "bloodPressure",
      checked("2025-12-01"),
      {
        code: "checkOverdue",
        state: "blocked",
        since: iso("2026-06-10T00:00:00"),
        dueAt: iso("2026-05-30T00:00:00"),
        ...pressure,
      },
    ],
    [
      "bloodPressure",
      certified("2026-06-30"),
      {
        code: "certificateSoon",
        state: "ready",
        since: iso("2026-05-31T00:00:00"),
        dueAt: iso("2026-07-01T00:00:00"),
        evidence: "p",
      },
    ],
    [
      "bloodPressure",
      certified("2026-06-14"),
      {
        code: "certificateExpired",
        state: "blocked",
        since: iso("2026-06-15T00:00:00"),
        dueAt: iso("2026-06-15T00:00:00"),
        evidence: "p",
      },
    ],
    [
      "glucose",
      compared("2025-12-12"),
      {
        code: "comparisonSoon",
        state: "restricted",
        since: iso("2026-06-14T00:00:00"),
        dueAt: iso("2026-07-15T00:00:00"),
        ...glucose,
      },
    ],
    [
      "glucose",
      compared("2025-11-01"),
      {
        code: "comparisonOverdue",
        state: "blocked",
        since: iso("2026-06-04T00:00:00"),
        dueAt: iso("2026-05-04T00:00:00"),
        ...glucose,
      },
    ],
  ])("%s %#", (of, facts, condition) => {
    expect(told([of], facts).conditions).toStrictEqual([condition]);
  });

  test("training that has ended", () => {
    const ended: readonly TrainingFact[] = [
      { ...kept(5, "t"), operator: staff, of: "glucose", validUntil: "2026-06-01" },
    ];
    const { conditions, due } = told(["glucose"], meter, now, ended);
    const since = wall("2026-06-02T00:00:00");
    expect(conditions).toStrictEqual([
      {
        code: "operatorUncertified",
        state: "blocked",
        since: new Date(since).toISOString(),
        evidence: "t",
        about: "glucose",
        of: "glucose",
      },
    ]);
    expect(due).toContainEqual({ what: "training", at: since, lastAt: 5, evidence: "t", about: "glucose" });
  });
  test.each([[["2026-12-31", "2026-06-01"]], [["2026-06-01", "2026-12-31"]]])(
    "one trained operator is enough, whoever was trained first: %j",
    (days) => {
      const training = days.map((validUntil, index) => ({
        ...kept(0, validUntil),
        operator: { ...staff, id: String(index) },
        of: "glucose" as const,
        validUntil,
      }));
      const { conditions, due } = told(["glucose"], meter, now, training);
      expect(conditions).toEqual([]);
      expect(due.find(({ what }) => what === "training")?.evidence).toBe("2026-12-31");
    },
  );
});

describe("said twice is said once", () => {
  test("a rejected control and its latch: the first word stays", () => {
    const rejected = { ...kept(wall("2026-06-15T08:30:00"), "run"), run: control("L1", { verdict: "rejected" }) };
    const latches = [
      {
        ...kept(wall("2026-06-15T08:30:00"), "latch"),
        code: "controlRejected" as const,
        reportedBy: "s",
        about: "glucose L1",
      },
    ];
    const { conditions } = told(["glucose"], { ...meter, runs: [...meter.runs, rejected], latches });
    expect(conditions.map(({ code, evidence }) => [code, evidence])).toEqual([["controlRejected", "latch"]]);
  });
  test("another unit, and the latch of it", () => {
    const latches = [
      { ...kept(wall("2026-06-15T08:30:00"), "latch"), code: "identityChanged" as const, reportedBy: "station" },
    ];
    const swapped = { ...cuff, observed: { serialNumber: "2" }, registeredSerial: "1", latches };
    expect(told(["bloodPressure"], swapped).conditions).toStrictEqual([
      { code: "identityChanged", state: "blocked", since: iso("2026-06-15T08:30:00"), evidence: "latch" },
    ]);
  });
});

describe("what a device says of itself is held against what is known of it, where both are", () => {
  test.each<readonly [string, Partial<DeviceFacts>, readonly string[]]>([
    ["a unit that was never registered", { observed: { serialNumber: "1" } }, []],
    ["a registered unit that tells no number", { registeredSerial: "1" }, []],
    ["firmware that was never checked", { observed: { firmware: "1" } }, []],
    ["checked firmware of a device that tells none", { checkedFirmware: "1" }, []],
    ["the checked firmware", { checkedFirmware: "1", observed: { firmware: "1" } }, []],
  ])("%s", (_, more, expected) => {
    expect(codes("bloodPressure", { ...cuff, ...more })).toEqual(expected);
  });
  test("firmware that was not checked is named", () => {
    const facts = { ...cuff, checkedFirmware: "1", observed: { firmware: "2" } };
    expect(told(["bloodPressure"], facts).conditions).toStrictEqual([
      { code: "firmwareChanged", state: "restricted", about: "2" },
    ]);
  });
});

describe("overrides", () => {
  const used = (at: number) => ({ ...kept(at, "o"), until: at + 7_200_000, by: staff, reason: "急用" });
  const { cleaned: _, ...dirty } = cuff;
  test("one signed in a future that the clock has left is not in force, and counts", () => {
    const answer = ask(["bloodPressure"], { ...dirty, overrides: [used(now + 1)] });
    expect([answer.override, answer.overridesUsed]).toEqual([undefined, 1]);
  });
  test("passes what blocks although something else restricts", () => {
    const facts = { ...dirty, checkedFirmware: "1", observed: { firmware: "2" }, overrides: [used(now - 1)] };
    expect(ask(["bloodPressure"], facts).override?.entry).toBe("o");
  });
  test("the gate is asked again when the first of them ends", () => {
    const facts = { ...dirty, overrides: [used(now - 29 * dayMs), used(now - 1)] };
    expect(ask(["bloodPressure"], facts).nextAt).toBe(now - 1 + 7_200_000);
  });
});

test("a device without controls is not asked at midnight", () => {
  expect(ask(["bloodPressure"], cuff).nextAt).toBe(wall("2026-06-21T00:00:00"));
});

describe("the table stands in an order", () => {
  test("what blocks comes before what restricts, and that before what only says so", () => {
    const ranks = severity.map((code) => -gateStates.indexOf(gateTable[code].state));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });
  test("only what blocks is never passed by an override", () => {
    expect(
      severity.filter((code) => gateTable[code].override === "never" && gateTable[code].state !== "blocked"),
    ).toEqual([]);
  });
  test("a device that only restricts is restricted", () => {
    const facts = { ...cuff, checkedFirmware: "1", observed: { firmware: "2" } };
    expect(ask(["bloodPressure"], facts).state).toBe("restricted");
  });
});
