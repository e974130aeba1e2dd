import { describe, expect, test } from "vitest";
import type { Doubt } from "../../../core/domain/outcome.ts";
import { ldlRiskOf } from "../../../core/rules/assess-lipids.ts";
import { assessVisit } from "../../../core/rules/assess-visit.ts";
import type { PersonFacts, VisitMeasurement, VisitReading } from "../../../core/rules/visit-facts.ts";

const pressure = (sbp: number, dbp: number, rate = 72, doubts: readonly Doubt[] = []): VisitMeasurement => ({
  of: "bloodPressure",
  readings: [
    { quantity: "bp.systolic", value: sbp, unit: "mm[Hg]" },
    { quantity: "bp.diastolic", value: dbp, unit: "mm[Hg]" },
    { quantity: "pulse.rate", value: rate, unit: "/min" },
  ],
  doubts,
});

const glucose = (reading: Omit<VisitReading, "quantity">, context: Record<string, unknown> = {}): VisitMeasurement => ({
  of: "glucose",
  readings: [{ quantity: "glucose", ...reading }],
  doubts: [],
  context,
});

type Item = readonly [quantity: string, value: number, comparator?: "<" | ">"];
const panel = (unit: string, items: readonly Item[], doubts: readonly Doubt[] = []): VisitMeasurement => ({
  of: "lipids",
  readings: items.map(([quantity, value, comparator]) => ({ quantity, value, unit, comparator })),
  doubts,
});

/** One line per kind: next step, rest, and each assessment as "domain value CATEGORY severity ACTION flags". */
const summary = (measurements: readonly VisitMeasurement[], facts: PersonFacts = {}): readonly string[] =>
  assessVisit(measurements, facts).kinds.map(({ next, waitSeconds, assessments }) =>
    [
      `${next} ${waitSeconds}`,
      ...assessments.map(({ domain, value = "-", category, severity, action, flags }) =>
        [domain, value, category, severity, action, ...flags].join(" "),
      ),
    ].join("; "),
  );

describe("blood pressure over a visit", () => {
  test.each<[string, readonly VisitMeasurement[], PersonFacts, string]>([
    ["one reading is not judged", [pressure(128, 82)], {}, "second 60"],
    [
      "two make a mean",
      [pressure(138, 86, 70), pressure(128, 80, 73)],
      {},
      "none 0; bp 133/83 BP_HIGH_NORMAL 1 LIFESTYLE UPPER; pulse 72 PULSE_NORMAL 0 ROUTINE",
    ],
    ["two far apart ask for a third", [pressure(158, 90), pressure(142, 86)], {}, "third 60"],
    [
      "three: the last two count",
      [pressure(158, 90, 90), pressure(142, 86, 70), pressure(139, 84, 72)],
      {},
      "none 0; bp 141/85 BP_GRADE1 2 DOCTOR_4W ISH; pulse 71 PULSE_NORMAL 0 ROUTINE",
    ],
    [
      "an irregular pulse: all three count, and the mark stays on the pressure",
      [pressure(136, 80, 60, ["irregularPulse"]), pressure(130, 82, 66), pressure(128, 78, 72, ["irregularPulse"])],
      {},
      "none 0; bp 131/80 BP_HIGH_NORMAL 1 LIFESTYLE IRREGULAR UPPER; pulse 66 PULSE_IRREGULAR 2 DOCTOR_1W IRREGULAR",
    ],
    [
      "a crisis value asks for rest, and is orange meanwhile",
      [pressure(186, 104), pressure(182, 102)],
      {},
      "restRepeat 600; bp 184/103 BP_GRADE3_PROVISIONAL 3 REPEAT_NOW; pulse 72 PULSE_NORMAL 0 ROUTINE",
    ],
    [
      "the answer stays while the session after the rest is not whole",
      [pressure(186, 104), pressure(182, 102), pressure(150, 95)],
      {},
      "second 60; bp 184/103 BP_GRADE3_PROVISIONAL 3 REPEAT_NOW; pulse 72 PULSE_NORMAL 0 ROUTINE",
    ],
    [
      "after the rest the second session counts",
      [pressure(186, 104), pressure(182, 102), pressure(184, 100), pressure(182, 98)],
      {},
      "none 0; bp 183/99 BP_GRADE3 3 DOCTOR_TODAY; pulse 72 PULSE_NORMAL 0 ROUTINE",
    ],
    [
      "with a symptom nothing is delayed",
      [pressure(196, 112), pressure(194, 110)],
      { symptoms: ["SX_SEVERE_HEADACHE"] },
      "none 0; bp 195/111 BP_CRISIS 4 EMERGENCY_120; pulse 72 PULSE_NORMAL 0 ROUTINE",
    ],
    ["a refused reading is no part of the session", [pressure(128, 82), pressure(92, 85)], {}, "again 60"],
    [
      "three refused ones in a row: still again, and the step says that a person has to look",
      [pressure(92, 85), pressure(92, 85), pressure(92, 85)],
      {},
      "again 60",
    ],
    [
      "and the next good one completes it",
      [pressure(128, 82), pressure(92, 85), pressure(126, 80)],
      {},
      "none 0; bp 127/81 BP_HIGH_NORMAL 1 LIFESTYLE; pulse 72 PULSE_NORMAL 0 ROUTINE",
    ],
    [
      "diabetes counts as company of a high-normal pressure and of a fast pulse",
      [pressure(136, 84, 110), pressure(136, 84, 110)],
      { diabetes: "yes" },
      "none 0; bp 136/84 BP_HIGH_NORMAL 2 DOCTOR_4W COMORBID UPPER; pulse 110 PULSE_FAST 3 DOCTOR_TODAY",
    ],
  ])("%s", (_what, measurements, facts, expected) => {
    expect(summary(measurements, facts)).toEqual([expected]);
  });
});

describe("glucose over a visit", () => {
  test.each<[string, VisitMeasurement, PersonFacts, string]>([
    [
      "mg/dL",
      glucose({ value: 126, unit: "mg/dL" }, { meal: "fasting" }),
      {},
      "none 0; glucose 7.0 GLU_F_DM_RANGE 2 DOCTOR_2W",
    ],
    [
      "an unknown meal is random",
      glucose({ value: 7.0, unit: "mmol/L" }),
      {},
      "none 0; glucose 7.0 GLU_R_NORMAL 0 ROUTINE",
    ],
    [
      "minutes since the meal",
      glucose({ value: 7.8, unit: "mmol/L" }, { minutesSinceMeal: 120 }),
      {},
      "none 0; glucose 7.8 GLU_P_IGT_RANGE 1 DOCTOR_4W",
    ],
    [
      "the context of the measurement wins",
      glucose({ value: 7.8, unit: "mmol/L" }, { meal: "pp2h" }),
      { fasting: true },
      "none 0; glucose 7.8 GLU_P_IGT_RANGE 1 DOCTOR_4W",
    ],
    [
      "a context that is no answer is passed over",
      glucose({ value: 7.0, unit: "mmol/L" }, { meal: 7 }),
      { fasting: true },
      "none 0; glucose 7.0 GLU_F_DM_RANGE 2 DOCTOR_2W",
    ],
    [
      "an unknown person at 3.9 is low",
      glucose({ value: 3.9, unit: "mmol/L" }),
      {},
      "again 900; glucose 3.9 GLU_HYPO_L1 3 HYPO_TREAT_NOW",
    ],
    [
      "below 20 mg/dL is LO",
      glucose({ value: 20, unit: "mg/dL", comparator: "<" }),
      {},
      "again 900; glucose < 1.1 GLU_HYPO_L2 4 HYPO_TREAT_NOW METER_LO",
    ],
    [
      "above 600 mg/dL is HI",
      glucose({ value: 600, unit: "mg/dL", comparator: ">" }),
      {},
      "none 0; glucose > 33.3 GLU_CRISIS 4 EMERGENCY_120 METER_HI",
    ],
    [
      "a mark that leaves the class open is not classified",
      glucose({ value: 5, unit: "mmol/L", comparator: "<" }),
      {},
      "none 0; glucose < 5.0 GLU_BEYOND_RANGE 1 SHOW_ONLY",
    ],
    [
      "an open mark still says what is certain",
      glucose({ value: 14, unit: "mmol/L", comparator: ">" }),
      {},
      "none 0; glucose > 14.0 GLU_BEYOND_RANGE 2 DOCTOR_3D",
    ],
  ])("%s", (_what, measurement, facts, expected) => {
    expect(summary([measurement], facts)).toEqual([expected]);
  });

  test("the latest one counts", () => {
    const taken = [glucose({ value: 3.0, unit: "mmol/L" }), glucose({ value: 5.5, unit: "mmol/L" })];
    expect(summary(taken)).toEqual(["none 0; glucose 5.5 GLU_R_NORMAL 0 ROUTINE"]);
  });
});

describe("a lipid panel", () => {
  const fasting: PersonFacts = { fasting: true };
  test.each<[string, VisitMeasurement, PersonFacts, readonly string[]]>([
    [
      "is judged item by item, worst first, with LDL calculated",
      panel("mmol/L", [
        ["cholesterol.total", 5.6],
        ["cholesterol.hdl", 1.1],
        ["triglyceride", 2.8],
      ]),
      fasting,
      [
        "lipid_tg 2.80 LIP_TG_HIGH 2 DOCTOR_4W",
        "lipid_tc 5.60 LIP_TC_BORDER 1 LIFESTYLE",
        "lipid_nonhdl 4.50 LIP_NONHDL_BORDER 1 LIFESTYLE",
        "lipid_ldl 3.23 LIP_LDL_OK 0 ROUTINE",
        "lipid_hdl 1.10 LIP_HDL_OK 0 ROUTINE",
      ],
    ],
    [
      "the analyzer's own LDL is used",
      panel("mg/dL", [
        ["cholesterol.total", 200],
        ["cholesterol.hdl", 50],
        ["triglyceride", 100],
        ["cholesterol.ldlCalculated", 130],
      ]),
      fasting,
      [
        "lipid_tc 5.17 LIP_TC_OK 0 ROUTINE",
        "lipid_ldl 3.36 LIP_LDL_OK 0 ROUTINE",
        "lipid_hdl 1.29 LIP_HDL_OK 0 ROUTINE",
        "lipid_tg 1.13 LIP_TG_OK 0 ROUTINE",
        "lipid_nonhdl 3.88 LIP_NONHDL_OK 0 ROUTINE",
      ],
    ],
    [
      "nothing is derived from a limit mark",
      panel("mmol/L", [
        ["cholesterol.total", 2.59, "<"],
        ["cholesterol.hdl", 1.1],
        ["triglyceride", 0.57, "<"],
      ]),
      fasting,
      [
        "lipid_tc < 2.59 LIP_TC_OK 0 ROUTINE",
        "lipid_hdl 1.10 LIP_HDL_OK 0 ROUTINE",
        "lipid_tg < 0.57 LIP_TG_OK 0 ROUTINE",
      ],
    ],
    [
      "a mark in mg/dL is read in mg/dL",
      panel("mg/dL", [
        ["cholesterol.total", 400, ">"],
        ["cholesterol.hdl", 15, "<"],
        ["triglyceride", 500, ">"],
      ]),
      fasting,
      [
        "lipid_tc > 10.34 LIP_TC_VERY_HIGH 2 DOCTOR_2W",
        "lipid_tg > 5.65 LIP_BEYOND_RANGE 2 DOCTOR_1W",
        "lipid_hdl < 0.39 LIP_HDL_LOW 1 LIFESTYLE",
      ],
    ],
    [
      "a mark exactly at the line does not reach it",
      panel("mmol/L", [["cholesterol.total", 5.2, "<"]]),
      fasting,
      ["lipid_tc < 5.20 LIP_TC_OK 0 ROUTINE"],
    ],
    [
      "a mark that leaves the class open is only shown",
      panel("mmol/L", [
        ["cholesterol.total", 5.21, "<"],
        ["cholesterol.hdl", 0.9, ">"],
      ]),
      fasting,
      ["lipid_tc < 5.21 LIP_BEYOND_RANGE 1 SHOW_ONLY", "lipid_hdl > 0.90 LIP_BEYOND_RANGE 1 SHOW_ONLY"],
    ],
    [
      "not known to be fasting",
      panel("mmol/L", [["triglyceride", 4.6]]),
      {},
      ["lipid_tg 4.60 LIP_TG_NONFASTING_HIGH 1 RECHECK_DAYS NEED_FASTING"],
    ],
    [
      "LDL that the analyzer could not calculate",
      panel(
        "mmol/L",
        [
          ["cholesterol.total", 6.2],
          ["triglyceride", 5.65, ">"],
        ],
        ["notCalculable"],
      ),
      { ...fasting, symptoms: [] },
      [
        "lipid_tc 6.20 LIP_TC_HIGH 2 DOCTOR_4W",
        "lipid_tg > 5.65 LIP_BEYOND_RANGE 2 DOCTOR_1W",
        "ldl_calc - LDL_NOT_CALCULABLE 1 DOCTOR_4W",
      ],
    ],
    [
      "a calculated LDL that is not exact says so; after a heart attack no number is called suitable",
      panel("mmol/L", [
        ["cholesterol.total", 5.6],
        ["cholesterol.hdl", 1.1],
        ["triglyceride", 2.82],
      ]),
      { ...fasting, ascvd: true },
      [
        "lipid_ldl 3.22 LIP_LDL_ABOVE_TARGET 2 DOCTOR_4W LDL_CALC_CAUTION",
        "lipid_tg 2.82 LIP_TG_HIGH 2 DOCTOR_4W",
        "lipid_tc 5.60 LIP_TC_BORDER 1 LIFESTYLE",
        "lipid_nonhdl 4.50 LIP_NONHDL_BORDER 1 LIFESTYLE",
        "lipid_hdl 1.10 LIP_HDL_OK 0 SHOW_ONLY",
      ],
    ],
    [
      "HDL that reaches TC is refused",
      panel("mmol/L", [
        ["cholesterol.total", 2],
        ["cholesterol.hdl", 2],
      ]),
      fasting,
      [
        "lipid_tc 2.00 LIP_TC_OK 0 ROUTINE",
        "lipid_hdl 2.00 LIP_INVALID 0 REJECT",
        "lipid_nonhdl - LIP_INVALID 0 REJECT",
      ],
    ],
  ])("%s", (_what, measurement, facts, expected) => {
    expect(summary([measurement], facts)).toEqual([["none 0", ...expected].join("; ")]);
  });

  test.each<[PersonFacts, string]>([
    [{ ascvd: true, ckd: true }, "ascvd"],
    [{ ckd: true }, "ckd"],
    [{ diabetes: "yes", age: 40 }, "dm40"],
    [{ diabetes: "yes", age: 39 }, "low"],
    [{ diabetes: "unknown", age: 70 }, "low"],
  ])("the risk group of %j is %s", (facts, risk) => {
    expect(ldlRiskOf(facts)).toBe(risk);
  });
});

describe("the whole visit", () => {
  test("is summed up by its worst result and the most pressing action", () => {
    const { overall, triage } = assessVisit(
      [
        pressure(150, 95),
        pressure(148, 93),
        glucose({ value: 12, unit: "mmol/L" }),
        panel("mmol/L", [["cholesterol.total", 7.2]]),
      ],
      { symptoms: ["SX_POLY"] },
    );
    expect(triage).toMatchObject({ domain: "triage", category: "MINOR_SYMPTOM" });
    expect(overall).toMatchObject({ domain: "overall", severity: 2, action: "DOCTOR_3D", adviceKey: "sum.2" });
  });

  test("without anything has no summary", () => {
    expect(assessVisit([], {})).toEqual({ kinds: [], findings: [], urgentReferral: [] });
  });

  test("with a first pressure only has no summary yet", () => {
    expect(assessVisit([pressure(120, 80)], {}).overall).toBeUndefined();
  });
});
