import { describe, expect, test } from "vitest";
import type { MeasurementKind } from "../../../core/domain/outcome.ts";
import type { Quantity } from "../../../core/domain/quantity.ts";
import { noFacts } from "../../../core/quality/facts.ts";
import { planOf } from "../../../core/quality/plan.ts";
import { ask } from "./in-order.ts";

/** What a device needs in order to be used. */

describe("what a device needs follows from what it measures", () => {
  const need = (of: readonly MeasurementKind[], promisedOnes: readonly Quantity[]) => planOf(of, new Set(promisedOnes));
  test("a weight is verified where a body is measured, and a thermometer that tells one is not", () => {
    expect(need(["body"], ["body.weight"]).verification).toBe(true);
    expect(need(["body"], ["body.fat"]).verification).toBe(false);
    expect(need(["temperature"], ["body.temperature", "body.weight"]).verification).toBe(false);
  });
  test("lipids are always controlled at two levels, uric acid at the one that is sold", () => {
    expect(need(["lipids"], ["triglyceride"]).controls.map(({ bothLevels }) => bothLevels)).toEqual([true]);
    expect(need(["chemistry"], ["uricAcid", "analyte.other"]).controls).toEqual([
      { analyte: "uricAcid", of: "chemistry", bothLevels: false },
    ]);
  });
  test("a printer needs nothing", () => {
    expect(ask([], noFacts)).toMatchObject({ state: "ready", conditions: [], due: [] });
  });
});

describe("the plan", () => {
  const scale = ["body.weight", "body.height"] as const;
  test.each<readonly [string, readonly MeasurementKind[], readonly Quantity[], readonly (readonly unknown[])[]]>([
    [
      "everything",
      ["body", "bloodPressure", "oximetry", "temperature"],
      [...scale, "spo2", "body.temperature"],
      [
        ["staticPressure", "bloodPressure", true, 180, 190],
        ["leakage", "bloodPressure", true, 180, 190],
        ["repeatability", "bloodPressure", false, Infinity, Infinity],
        ["overPressure", "bloodPressure", false, Infinity, Infinity],
        ["oximeter", "oximetry", true, 180, 190],
        ["thermometer", "temperature", true, 180, 190],
        ["scale", "body", true, 90, 100],
        ["height", "body", true, 180, 190],
      ],
    ],
    ["nothing", [], [], []],
    ["a body of which only the fat is told", ["body"], ["body.fat"], []],
  ])("of what measures %s has its checks", (_, measures, promised, checks) => {
    expect(
      planOf(measures, new Set(promised)).checks.map(({ kind, of, required, dueDays, lastDays }) => [
        kind,
        of,
        required,
        dueDays,
        lastDays,
      ]),
    ).toEqual(checks);
  });
  test("of an analyser of everything: who may use it, what is compared, what has lots", () => {
    const { comparison, strips, trained } = planOf(["glucose", "lipids", "chemistry", "body"], new Set(scale));
    expect({ comparison, strips, trained }).toEqual({
      comparison: ["glucose", "lipids"],
      strips: ["glucose", "lipids"],
      trained: ["glucose", "lipids", "chemistry"],
    });
  });
});
