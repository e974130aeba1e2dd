import { describe, expect, test } from "vitest";
import type { MeasurementKind } from "../../../core/domain/outcome.ts";
import { assessVisit } from "../../../core/rules/assess-visit.ts";
import type { PersonFacts, SiteFacts, VisitMeasurement } from "../../../core/rules/visit-facts.ts";

type Item = readonly [quantity: string, value: number, unit: string];
const measured = (of: MeasurementKind, ...items: readonly Item[]): VisitMeasurement => ({
  of,
  readings: items.map(([quantity, value, unit]) => ({ quantity, value, unit })),
  doubts: [],
});
const oxygen = (value: number, rate?: number): VisitMeasurement =>
  measured("oximetry", ["spo2", value, "%"], ...(rate === undefined ? [] : ([["pulse.rate", rate, "/min"]] as const)));
const heat = (value: number): VisitMeasurement => measured("temperature", ["body.temperature", value, "Cel"]);
const weight = (value: number): Item => ["body.weight", value, "kg"];
const height = (value: number): Item => ["body.height", value, "cm"];
const waist = (value: number): Item => ["body.waist", value, "cm"];
const pressure = (sbp: number, dbp: number, arm?: "left" | "right"): VisitMeasurement => ({
  ...measured("bloodPressure", ["bp.systolic", sbp, "mm[Hg]"], ["bp.diastolic", dbp, "mm[Hg]"]),
  ...(arm === undefined ? {} : { context: { arm } }),
});

/** Per kind: "next; domain value CATEGORY severity ACTION key flags; …". */
const summary = (
  measurements: readonly VisitMeasurement[],
  facts: PersonFacts = {},
  site: SiteFacts = {},
): readonly string[] =>
  assessVisit(measurements, facts, site).kinds.map(({ next, assessments }) =>
    [
      next,
      ...assessments.map(({ domain, value = "-", category, severity, action, adviceKey = "-", flags }) =>
        [domain, value, category, severity, action, adviceKey, ...flags].join(" "),
      ),
    ].join("; "),
  );

describe("oxygen over a visit", () => {
  test.each<[string, readonly VisitMeasurement[], PersonFacts, SiteFacts, string]>([
    ["95 is not repeated", [oxygen(95)], {}, {}, "none; spo2 95 SPO2_NORMAL 0 ROUTINE spo2.normal"],
    [
      "94 is repeated once",
      [oxygen(94)],
      {},
      {},
      "again; spo2 94 SPO2_BORDERLINE 1 REPEAT_NOW spo2.border PROVISIONAL",
    ],
    ["and once only", [oxygen(94), oxygen(94)], {}, {}, "none; spo2 94 SPO2_BORDERLINE 1 REPEAT_NOW spo2.border"],
    [
      "a low first one is orange until the second",
      [oxygen(82)],
      {},
      {},
      "again; spo2 82 SPO2_PROVISIONAL 3 REPEAT_NOW spo2.low PROVISIONAL",
    ],
    [
      "the second one is classified",
      [oxygen(82), oxygen(84)],
      {},
      {},
      "none; spo2 84 SPO2_CRITICAL 4 EMERGENCY_120 spo2.critical",
    ],
    ["a cold finger", [oxygen(82), oxygen(97)], {}, {}, "none; spo2 97 SPO2_NORMAL 0 ROUTINE spo2.normal"],
    [
      "low after a good one is a first one",
      [oxygen(97), oxygen(93)],
      {},
      {},
      "again; spo2 93 SPO2_PROVISIONAL 3 REPEAT_NOW spo2.low PROVISIONAL",
    ],
    [
      "a third one counts",
      [oxygen(82), oxygen(93), oxygen(92)],
      {},
      {},
      "none; spo2 92 SPO2_LOW 3 DOCTOR_TODAY spo2.low",
    ],
    [
      "who cannot breathe is not kept waiting",
      [oxygen(92)],
      { symptoms: ["SX_DYSPNEA"] },
      {},
      "none; spo2 92 SPO2_WITH_SYMPTOM 4 EMERGENCY_120 em.symptom",
    ],
    [
      "home oxygen: a first 90 is repeated, too",
      [oxygen(90)],
      { copdOxygen: true },
      {},
      "again; spo2 90 SPO2_COPD_TARGET 1 REPEAT_NOW spo2.copd PROVISIONAL",
    ],
    [
      "high up a number that needs nobody is not repeated",
      [oxygen(89)],
      {},
      { altitudeM: 3_200 },
      "none; spo2 89 SPO2_ALTITUDE 0 SHOW_ONLY spo2.altitude",
    ],
    [
      "and one that does is",
      [oxygen(79)],
      {},
      { altitudeM: 3_200 },
      "again; spo2 79 SPO2_PROVISIONAL 3 REPEAT_NOW spo2.altitude_low PROVISIONAL",
    ],
    [
      "the finger's pulse, where no cuff counts one",
      [oxygen(98, 110)],
      { diabetes: "yes" },
      {},
      "none; spo2 98 SPO2_NORMAL 0 ROUTINE spo2.normal; pulse 110 PULSE_FAST 3 DOCTOR_TODAY pulse.fast_dm",
    ],
    ["no number", [measured("oximetry", ["perfusion.index", 2, "%"])], {}, {}, "none"],
  ])("%s", (_what, measurements, facts, site, expected) => {
    expect(summary(measurements, facts, site)).toEqual([expected]);
  });

  test("with a cuff the finger's pulse is not judged", () => {
    expect(summary([oxygen(98, 110), pressure(118, 70)])[0]).toBe("none; spo2 98 SPO2_NORMAL 0 ROUTINE spo2.normal");
  });
});

describe("temperature over a visit", () => {
  test.each<[string, readonly VisitMeasurement[], PersonFacts, string]>([
    ["normal", [heat(36.5)], {}, "none; temperature 36.5 TEMP_NORMAL 0 ROUTINE temp.normal"],
    ["whole degrees have their decimal", [heat(37)], {}, "none; temperature 37.0 TEMP_NORMAL 0 ROUTINE temp.normal"],
    ["low is repeated once", [heat(35.5)], {}, "again; temperature 35.5 TEMP_LOW 1 REPEAT_NOW temp.low"],
    ["and once only", [heat(35.5), heat(35.4)], {}, "none; temperature 35.4 TEMP_LOW 1 REPEAT_NOW temp.low"],
    [
      "high with diabetes",
      [heat(39.1)],
      { diabetes: "yes" },
      "none; temperature 39.1 TEMP_HIGH_FEVER 3 DOCTOR_TODAY temp.highfever DM_URGENT",
    ],
    ["no number", [measured("temperature", ["ambient.temperature", 21, "Cel"])], {}, "none"],
  ])("%s", (_what, measurements, facts, expected) => {
    expect(summary(measurements, facts)).toEqual([expected]);
  });
});

describe("weight, height and waist over a visit", () => {
  test.each<[string, readonly VisitMeasurement[], PersonFacts, string]>([
    ["weight alone is only a number", [measured("body", weight(60))], {}, "none"],
    [
      "with a height",
      [measured("body", weight(60), height(160))],
      {},
      "none; bmi 23.4 BMI_NORMAL 0 ROUTINE bmi.normal",
    ],
    [
      "with a height measured apart",
      [measured("body", height(160)), measured("body", weight(60))],
      {},
      "none; bmi 23.4 BMI_NORMAL 0 ROUTINE bmi.normal",
    ],
    [
      "with the height of the record",
      [measured("body", weight(60))],
      { heightCm: 160 },
      "none; bmi 23.4 BMI_NORMAL 0 ROUTINE bmi.normal",
    ],
    [
      "today's height wins over the record's",
      [measured("body", weight(60), height(150))],
      { heightCm: 160 },
      "none; bmi 26.7 BMI_OVER 1 LIFESTYLE bmi.over",
    ],
    [
      "a child",
      [measured("body", weight(40), height(150), waist(80))],
      { age: 12, sex: "male" },
      "none; bmi 17.8 BMI_AGE_UNSUPPORTED 0 SHOW_ONLY bmi.child",
    ],
    [
      "pregnant",
      [measured("body", weight(70), height(160), waist(95))],
      { pregnant: true, sex: "female" },
      "none; bmi 27.3 BMI_PREGNANT 0 SHOW_ONLY bmi.preg",
    ],
    [
      "a waist, the worse of two first",
      [measured("body", weight(60), height(160), waist(90))],
      { sex: "male" },
      "none; waist 90.0 WAIST_CENTRAL_OBESITY 1 LIFESTYLE waist.high; bmi 23.4 BMI_NORMAL 0 ROUTINE bmi.normal",
    ],
    ["the waist of somebody whose sex is not known", [measured("body", waist(90))], {}, "none"],
  ])("%s", (_what, measurements, facts, expected) => {
    expect(summary(measurements, facts)).toEqual([expected]);
  });
});

describe("numbers that a person typed", () => {
  const typed = (measurement: VisitMeasurement): VisitMeasurement => ({ ...measurement, context: { entered: true } });
  const scale = measured("body", weight(60));

  test("are judged where no device told anything, and stay preliminary", () => {
    const [kind] = assessVisit([typed(pressure(150, 95)), typed(pressure(150, 95))], {}).kinds;
    expect([kind?.assessments[0]?.category, kind?.status, kind?.pressure?.grade.grade]).toEqual([
      "BP_GRADE1",
      "preliminary",
      "screening",
    ]);
  });
  test.each<[string, readonly VisitMeasurement[], string]>([
    ["make no session with a device's", [pressure(128, 82), typed(pressure(150, 95))], "second"],
    [
      "do not take the place of a device's number",
      [heat(36.5), typed(heat(39))],
      "none; temperature 36.5 TEMP_NORMAL 0 ROUTINE temp.normal",
    ],
    [
      "give the scale its height",
      [scale, typed(measured("body", height(160)))],
      "none; bmi 23.4 BMI_NORMAL 0 ROUTINE bmi.normal",
    ],
    [
      "give it no other weight",
      [measured("body", weight(60), height(160)), typed(measured("body", weight(90)))],
      "none; bmi 23.4 BMI_NORMAL 0 ROUTINE bmi.normal",
    ],
  ])("%s", (_what, measurements, expected) => {
    expect(summary(measurements)).toEqual([expected]);
  });
});

test("both arms at the first visit are told with the pressure", () => {
  const taken = [pressure(151, 82, "left"), pressure(130, 80, "right"), pressure(149, 82, "left")];
  expect(summary(taken, { arms: "both" })).toEqual([
    "none; bp 150/82 BP_GRADE1 2 DOCTOR_4W bp.grade1 ISH; bp_arm 21 BP_ARM_DIFF 2 DOCTOR_2W bp.arm_diff USE_LEFT",
  ]);
});

test("diseases count for a high-normal pressure, from wherever they are known", () => {
  const severities = [{ ckd: true }, { knownAf: true }, { ascvd: true }, { comorbid: ["PAD"] }, {}].map(
    (facts: PersonFacts) =>
      assessVisit([pressure(132, 82), pressure(132, 82), pressure(132, 82)], facts).overall?.severity,
  );
  expect(severities).toEqual([2, 2, 2, 2, 1]);
});

describe("risk", () => {
  const lipids = (tc: number, hdl: number, ldl: number): VisitMeasurement =>
    measured(
      "lipids",
      ["cholesterol.total", tc, "mmol/L"],
      ["cholesterol.hdl", hdl, "mmol/L"],
      ["cholesterol.ldlCalculated", ldl, "mmol/L"],
    );
  const man: PersonFacts = { age: 62, sex: "male", smoker: true, hypertension: true };
  const forPar: PersonFacts = { ...man, treated: true, familyHistory: false, waistCm: 92 };
  const south: SiteFacts = { north: false, urban: false };
  const visit = [lipids(5, 1.2, 3), pressure(148, 88), pressure(148, 88)];
  const told = (
    facts: PersonFacts,
    measurements: readonly VisitMeasurement[] = visit,
    site: SiteFacts = {},
  ): readonly string[] => {
    const risk = assessVisit(measurements, facts, site).risk;
    return risk === undefined
      ? []
      : [risk.told, ...risk.forDoctor].map(({ domain, category, value = "-", adviceKey }) =>
          [domain, category, value, adviceKey].join(" "),
        );
  };

  test("is told by the chart", () => {
    const chart = "ascvd_cn2023 ASCVD_HIGH - risk.high";
    expect(told(man)).toEqual([chart, chart]);
  });
  test.each<[string, PersonFacts, readonly VisitMeasurement[]]>([
    ["the question of smoking was not asked", { age: 62, sex: "male", hypertension: true }, visit],
    ["the age is not known", { sex: "male", smoker: true, hypertension: true }, visit],
    ["the sex is not known", { age: 62, smoker: true, hypertension: true }, visit],
    ["hypertension is not known of", { age: 62, sex: "male", smoker: true }, visit],
    ["lipids were not measured", man, visit.slice(1)],
    ["LDL is missing", man, [measured("lipids", ["cholesterol.total", 5, "mmol/L"], ["cholesterol.hdl", 1, "mmol/L"])]],
    ["a number is refused", man, [lipids(2, 2, 3)]],
    [
      "a number is a limit mark",
      man,
      [
        {
          ...lipids(5, 1.2, 3),
          readings: lipids(5, 1.2, 3).readings.map((one) => ({ ...one, comparator: "<" as const })),
        },
      ],
    ],
  ])("is not told while %s", (_what, facts, measurements) => {
    expect(told(facts, measurements)).toEqual([]);
  });
  test("drugs against high pressure count as hypertension", () => {
    expect(told({ ...man, hypertension: false, treated: true })[0]).toBe("ascvd_cn2023 ASCVD_HIGH - risk.high");
  });
  test("the percent is for the doctor only", () => {
    const chart = "ascvd_cn2023 ASCVD_HIGH - risk.high";
    expect(told(forPar, [lipids(5.6, 1.1, 3), ...visit.slice(1)], south)).toEqual([
      chart,
      chart,
      "china_par CPAR_HIGH 13.2 risk.high",
    ]);
  });
  test("China-PAR tells it where the chart cannot be read", () => {
    const { hypertension: _unknown, ...unknown } = forPar;
    expect(told(unknown, [lipids(5.6, 1.1, 3), ...visit.slice(1)], south)).toEqual([
      "china_par CPAR_HIGH - risk.high",
      "china_par CPAR_HIGH 13.2 risk.high",
    ]);
  });
  test.each<[string, PersonFacts, SiteFacts]>([
    ["the waist", { ...man, treated: true, familyHistory: false }, south],
    ["the treatment", { ...man, waistCm: 92, familyHistory: false }, south],
    ["the family", { ...man, treated: true, waistCm: 92 }, south],
    ["the place", forPar, { north: false }],
    ["the other half of the place", forPar, { urban: false }],
  ])("without %s there is no China-PAR", (_what, facts, site) => {
    expect(told(facts, visit, site)).toHaveLength(2);
  });
  test("without a pressure there is no China-PAR", () => {
    expect(told(forPar, visit.slice(0, 1), south)).toHaveLength(2);
  });
  test("counts in the summary, and is a finding without a number", () => {
    const { findings, overall } = assessVisit([lipids(5, 1.2, 3)], man);
    expect([findings.map(({ domain }) => domain), findings[0]?.value, overall?.action]).toEqual([
      ["ascvd_cn2023", "lipid_tc", "lipid_ldl", "lipid_hdl", "lipid_nonhdl"],
      undefined,
      "DOCTOR_2W",
    ]);
  });
});

describe("findings", () => {
  test("are ordered by severity, then by how pressing the action is", () => {
    const { findings } = assessVisit([heat(38.5), oxygen(98), pressure(150, 95), pressure(150, 95)], {
      symptoms: ["SX_POLY"],
    });
    expect(findings.map(({ domain, severity, action }) => `${domain} ${severity} ${action}`)).toEqual([
      "temperature 2 DOCTOR_TODAY",
      "bp 2 DOCTOR_4W",
      "triage 1 DOCTOR_4W",
      "spo2 0 ROUTINE",
    ]);
  });
});

describe("the urgent referral set of NBPHS3", () => {
  const sugar = (value: number): VisitMeasurement => measured("glucose", ["glucose", value, "mmol/L"]);
  const twice = (one: VisitMeasurement): readonly VisitMeasurement[] => [one, one];
  const rated = (rate: number): VisitMeasurement => ({
    ...pressure(120, 70),
    readings: [...pressure(120, 70).readings, { quantity: "pulse.rate", value: rate, unit: "/min" }],
  });
  const diabetes: PersonFacts = { diabetes: "yes" };
  test.each<[string, readonly VisitMeasurement[], PersonFacts, readonly string[]]>([
    ["180 systolic", twice(pressure(180, 90)), {}, ["pressure"]],
    ["110 diastolic", twice(pressure(150, 110)), {}, ["pressure"]],
    ["179/109", twice(pressure(179, 109)), {}, []],
    ["glucose 16.7", [sugar(16.7)], {}, ["glucose"]],
    ["glucose 16.6", [sugar(16.6)], {}, []],
    ["glucose 3.9 with diabetes", [sugar(3.9)], diabetes, ["glucose"]],
    ["glucose 4.0 with diabetes", [sugar(4)], diabetes, []],
    ["glucose 3.9 with no known diabetes", [sugar(3.9)], {}, []],
    [
      "LO with diabetes",
      [
        {
          of: "glucose",
          readings: [{ quantity: "glucose", value: 1.1, unit: "mmol/L", comparator: "<" }],
          doubts: [],
        },
      ],
      diabetes,
      ["glucose"],
    ],
    ["pulse 101 with diabetes", twice(rated(101)), diabetes, ["pulse"]],
    ["pulse 100 with diabetes", twice(rated(100)), diabetes, []],
    ["pulse 110 without", twice(rated(110)), {}, []],
    ["39.1 degrees with diabetes", [heat(39.1)], diabetes, ["temperature"]],
    ["39.0 degrees with diabetes", [heat(39)], diabetes, []],
    ["39.1 degrees without", [heat(39.1)], {}, []],
    ["pregnant, 140", twice(pressure(140, 80)), { pregnant: true }, ["pregnancy"]],
    ["pregnant, 139", twice(pressure(139, 80)), { pregnant: true }, []],
    ["pregnant, fasting 5.1", [sugar(5.1)], { pregnant: true, fasting: true }, ["pregnancy"]],
    ["severe headache", [], { symptoms: ["SX_SEVERE_HEADACHE"] }, ["symptom"]],
    ["belly pain", [], { symptoms: ["SX_ABDOMINAL"] }, []],
    [
      "several",
      [...twice(pressure(180, 90)), sugar(17)],
      { symptoms: ["SX_VISION"] },
      ["pressure", "glucose", "symptom"],
    ],
  ])("%s", (_what, measurements, facts, expected) => {
    expect(assessVisit(measurements, facts).urgentReferral).toEqual(expected);
  });
});
