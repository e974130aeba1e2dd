import { expect, test } from "vitest";
import { draftPlan } from "../../../core/care/plan.ts";

const facts = { ageYears: 60, smokes: false, drinks: false, standings: [] } as const;
const today = "2026-03-02";

test("nobody without a goal gets a plan", () => {
  expect(draftPlan(facts, today)).toBeUndefined();
});

test.each([
  ["who smokes", { smokes: true }, "noSmoking", "stopSmoking"],
  ["who drinks", { drinks: true }, "noAlcohol", "comeToStation"],
  ["who weighs too much", { bmi: 24 }, "weightDown5Percent", "walk30"],
] as const)("%s gets a goal and what to do for it, to be looked at in twelve weeks", (_, more, goal, task) => {
  const plan = draftPlan({ ...facts, ...more }, today);
  expect(plan?.goals).toEqual([goal]);
  expect(plan?.tasks).toContain(task);
  expect(plan?.review).toBe("2026-05-25");
});

test("a task stands in a plan once, whatever asks for it", () => {
  const plan = draftPlan({ ...facts, smokes: true, drinks: true, bmi: 30, ageYears: 70 }, today);
  expect(plan?.goals).toEqual(["weightDown5Percent", "noSmoking", "noAlcohol"]);
  expect(new Set(plan?.tasks).size).toBe(plan?.tasks.length);
  expect(plan?.tasks).toContain("yearlyCheck");
});
