import { describe, expect, test } from "vitest";
import { draftPlan, seenIn, type PlanFacts, type Seen } from "../../../core/care/plan-draft.ts";
import { mostGoals, mostPlanTasks } from "../../../core/care/plan-kinds.ts";
import type { Result } from "../../../core/contract/views.ts";

const facts: PlanFacts = { ageYears: 60, smokes: false, drinks: false, standings: [], seen: [] };
const today = "2026-03-02";
const at = "2026-03-01T08:00:00.000Z";
const number = (quantity: Seen["quantity"], value: number): Seen => ({ quantity, value, at });

test("nobody without a goal gets a plan", () => {
  expect(draftPlan(facts, today)).toBeUndefined();
});

test.each([
  ["who smokes", { smokes: true }, "noSmoking", "stopSmoking"],
  ["who drinks", { drinks: true }, "noAlcohol", "comeToStation"],
  ["who weighs too much", { seen: [number("body.bmi", 24)] }, "weightDown5Percent", "walk30"],
  ["whose pressure is high", { seen: [number("bp.systolic", 140)] }, "pressureBelow140", "measurePressureDaily"],
  ["whose lower pressure is", { seen: [number("bp.diastolic", 90)] }, "pressureBelow140", "saltBelow5"],
  ["who is old, too", { ageYears: 65, seen: [number("bp.systolic", 150)] }, "pressureBelow150", "yearlyCheck"],
  ["whose sugar is high", { seen: [number("glucose", 7)] }, "fastingGlucoseBelow7", "measureGlucoseWeekly"],
  ["whose fats are", { seen: [number("triglyceride", 1.7)] }, "lipidsAtTarget", "walk30"],
  ["whose waist is wide", { seen: [number("body.waist", 90)] }, "waistDown", "walk30"],
  ["who is a woman with one", { sex: "female", seen: [number("body.waist", 85)] }, "waistDown", "walk30"],
] satisfies [string, Partial<PlanFacts>, string, string][])(
  "%s gets a goal and what to do for it, to be looked at in twelve weeks",
  (_, more, goal, task) => {
    const plan = draftPlan({ ...facts, ...more }, today);
    expect(plan?.goals).toEqual([goal]);
    expect(plan?.tasks).toContain(task);
    expect(plan?.review).toBe("2026-05-25");
    expect(plan?.grounds.flatMap(({ seen }) => seen)).toEqual("seen" in more ? more.seen : []);
  },
);

test.each([
  ["a pressure just below", number("bp.systolic", 139)],
  ["a sugar just below", number("glucose", 6.9)],
  ["a man's waist just below", number("body.waist", 89)],
] as const)("%s asks for nothing", (_, seen) => {
  expect(draftPlan({ ...facts, seen: [seen] }, today)).toBeUndefined();
});

test("with sugar, pressure has to be lower; who measures daily is not told to measure weekly; why is said", () => {
  const standings = [
    { programme: "hypertension", control: "firstMiss" },
    { programme: "diabetes", control: "controlled" },
  ] as const;
  const plan = draftPlan({ ...facts, standings }, today);
  expect(plan?.goals).toEqual(["pressureBelow130", "fastingGlucoseBelow7"]);
  expect(plan?.tasks).toContain("measurePressureDaily");
  expect(plan?.tasks).not.toContain("measurePressureWeekly");
  expect(plan?.review, "the next follow-up's day").toBe("2026-03-16");
  expect(plan?.grounds.map(({ programme }) => programme)).toEqual(["hypertension", "diabetes"]);
});

test("of too much only what matters most is drafted, each thing once", () => {
  const standings = [{ programme: "diabetes", control: "controlled" }] as const;
  const seen = [number("bp.systolic", 170), number("triglyceride", 3), number("body.bmi", 30)];
  const plan = draftPlan({ ...facts, ageYears: 70, smokes: true, drinks: true, standings, seen }, today);
  expect(plan?.goals).toEqual(["pressureBelow130", "fastingGlucoseBelow7", "lipidsAtTarget", "weightDown5Percent"]);
  expect(plan?.goals).toHaveLength(mostGoals);
  expect(new Set(plan?.tasks).size).toBe(mostPlanTasks);
});

describe("the numbers it is drafted from", () => {
  const measured = (
    heardAt: string,
    readings: Result["measurements"][number]["readings"],
    context: Result["measurements"][number]["context"] = {},
  ) => ({ readings, context, times: { heardAt } }) as unknown as Result["measurements"][number];
  const result = (...measurements: readonly Result["measurements"][number][]): Result =>
    ({ measurements, assessments: [] }) as unknown as Result;
  const pressure = (systolic: number) => [{ quantity: "bp.systolic" as const, value: systolic, unit: "mm[Hg]" }];

  test("are the newest of their kind, of several of one result the mean", () => {
    const old = result(measured("2026-01-01T08:00:00.000Z", pressure(180)));
    const fresh = result(measured("2026-03-01T08:00:00.000Z", pressure(150)), measured(at, pressure(141)));
    expect(seenIn([{ results: [fresh] }, { results: [old] }])).toEqual([number("bp.systolic", 146)]);
  });

  test.each([
    ["a fasting sugar", { meal: "fasting" }, [number("glucose", 8)]],
    ["a sugar after a meal", { meal: "postprandial2h" }, []],
    ["a sugar of which nobody knows", {}, []],
  ] as const)("%s", (_, context, seen) => {
    const one = measured(at, [{ quantity: "glucose", value: 8, unit: "mmol/L" }], context);
    expect(seenIn([{ results: [result(one)] }])).toEqual(seen);
  });

  test("are compared in one unit, and a limit is no number", () => {
    const mg = measured(at, [
      { quantity: "triglyceride", value: 177.1, unit: "mg/dL" },
      { quantity: "cholesterol.total", value: 12, unit: "mmol/L", comparator: ">" },
    ]);
    expect(seenIn([{ results: [result(mg)] }])).toEqual([number("triglyceride", 2)]);
  });

  test("a body mass index is the judged one, worked out from weight and height", () => {
    const judged = { ...result(measured(at, [])), assessments: [{ domain: "bmi", value: "27.4" }] };
    expect(seenIn([{ results: [judged as unknown as Result] }])).toEqual([number("body.bmi", 27.4)]);
  });
});
