import { describe, expect, test } from "vitest";
import type { Doubt } from "../../../core/domain/outcome.ts";
import { assessVisit } from "../../../core/rules/assess-visit.ts";
import type { KindAnswer } from "../../../core/rules/kind-answer.ts";
import type { VisitMeasurement } from "../../../core/rules/visit-facts.ts";

const asItShouldBe = { prepared: true, posture: true, cuff: "standard", quiet: true, seatedSeconds: 300 };

const pressure = (
  sbp: number,
  dbp: number,
  context: Record<string, unknown> = asItShouldBe,
  doubts: readonly Doubt[] = [],
): VisitMeasurement => ({
  of: "bloodPressure",
  readings: [
    { quantity: "bp.systolic", value: sbp, unit: "mm[Hg]" },
    { quantity: "bp.diastolic", value: dbp, unit: "mm[Hg]" },
  ],
  doubts,
  context,
});

function judged(taken: readonly VisitMeasurement[]): KindAnswer {
  const [kind] = assessVisit(taken, {}).kinds;
  if (kind === undefined) throw new Error("nothing was measured");
  return kind;
}

const graded = (taken: readonly VisitMeasurement[]): string => {
  const { pressure: found, status } = judged(taken);
  return [found?.grade.grade, ...(found?.grade.missing ?? []), status].join(" ");
};

describe("the grade of a pressure", () => {
  const but = (context: Record<string, unknown>, doubts: readonly Doubt[] = []): readonly VisitMeasurement[] => [
    pressure(128, 82),
    pressure(126, 80, { ...asItShouldBe, ...context }, doubts),
  ];
  test.each<[string, readonly VisitMeasurement[], string]>([
    ["everything as it should be", but({}), "diagnostic final"],
    ["no microphone", but({ quiet: undefined }), "diagnostic final"],
    ["somebody talked", but({ quiet: false }), "screening quiet final"],
    ["a second too short a rest", but({ seatedSeconds: 299 }), "screening rest preliminary"],
    ["a rest that nobody noted", but({ seatedSeconds: undefined }), "screening rest final"],
    ["a cigarette before", but({ prepared: false }), "screening prepared preliminary"],
    ["preparation not asked", but({ prepared: undefined }), "screening prepared preliminary"],
    ["an answer that is none", but({ prepared: "yes" }), "screening prepared preliminary"],
    ["legs crossed", but({ posture: false }), "screening posture final"],
    ["a cuff of unknown size", but({ cuff: undefined }), "screening posture final"],
    [
      "typed by hand",
      [pressure(128, 82), pressure(126, 80)].map((one) => ({ ...one, context: { ...one.context, entered: true } })),
      "screening device preliminary",
    ],
    ["the person moved", but({}, ["bodyMotion"]), "screening device preliminary"],
    ["a device let through", but({}, ["override"]), "screening device preliminary"],
    ["a device under conditions", but({}, ["preliminary"]), "screening device preliminary"],
    ["a device that marks its result", but({}, ["deviceMarked"]), "screening device preliminary"],
    ["an irregular pulse", [...but({}, ["irregularPulse"]), pressure(124, 80)], "screening stable final"],
    ["three that do not settle", [pressure(150, 82), pressure(128, 82), pressure(139, 82)], "screening stable final"],
    ["three that do", [pressure(150, 82), pressure(128, 82), pressure(138, 82)], "diagnostic final"],
    [
      "a first of three that does not count",
      [pressure(150, 82, { prepared: false }), pressure(128, 82), pressure(128, 82)],
      "diagnostic final",
    ],
    [
      "one reading, however good",
      [pressure(128, 82)],
      "screening rest prepared posture twoReadings device preliminary",
    ],
  ])("%s", (_what, taken, expected) => {
    expect(graded(taken)).toBe(expected);
  });
});

describe("what is said of how a value was taken", () => {
  const flagsOf = (taken: readonly VisitMeasurement[]): readonly string[] =>
    judged(taken).assessments.flatMap(({ flags }) => flags);

  test("unmet preparation is marked", () => {
    expect(flagsOf([pressure(118, 75), pressure(118, 75, { ...asItShouldBe, prepared: false })])).toEqual([
      "PREP_NOT_MET",
    ]);
  });
  test("less than five minutes on the chair, too", () => {
    expect(flagsOf([pressure(118, 75, { seatedSeconds: 299 }), pressure(118, 75)])).toEqual(["PREP_NOT_MET"]);
  });
  test("what was not asked is not marked", () => {
    expect(flagsOf([pressure(118, 75, {}), pressure(118, 75, {})])).toEqual([]);
  });

  const sugar = (value: number, doubts: readonly Doubt[]): VisitMeasurement => ({
    of: "glucose",
    readings: [{ quantity: "glucose", value, unit: "mmol/L" }],
    doubts,
  });
  test("an unusual number asks for one repeat", () => {
    const { confirm, assessments } = judged([sugar(23, ["unusual"])]);
    expect([confirm, assessments[0]?.flags]).toEqual([true, ["SOFT_CONFIRM"]]);
  });
  test("and not for a second one", () => {
    expect(judged([sugar(23, ["unusual"]), sugar(22.5, ["unusual"])]).confirm).toBe(false);
  });
  test("a usual repeat settles it", () => {
    const { confirm, assessments } = judged([sugar(23, ["unusual"]), sugar(9, [])]);
    expect([confirm, assessments[0]?.flags]).toEqual([false, []]);
  });
  test("a usual number asks for nothing", () => {
    expect(judged([sugar(9, [])])).toMatchObject({ confirm: false, status: "final" });
  });
});
