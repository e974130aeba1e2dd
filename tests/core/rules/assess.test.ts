import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionCodes, deviceActionCodes } from "../../../core/rules/assessment.ts";
import { assess, domains } from "../../../core/rules/assess.ts";
import { emergency, pressureSymptoms } from "../../../core/rules/symptoms.ts";

/** "CATEGORY severity ACTION flag|flag key", and the value where there is one. */
function said(domain: string, inputs: unknown): string {
  const answer = assess(domain, inputs);
  if (answer.kind !== "assessed") return answer.kind;
  const { category, severity, action, flags, adviceKey = "-", value } = answer.assessment;
  return [category, severity, action, flags.join("|") || "-", adviceKey, ...(value === undefined ? [] : [value])].join(
    " ",
  );
}

describe("edges of the text that the visible cases leave open", () => {
  test.each<[string, string, unknown, string]>([
    // §2: an emergency symptom raises every result, category kept; a row that already calls 120 keeps its sentence.
    [
      "normal glucose, confused",
      "glucose",
      { value: 5.5, symptoms: ["SX_CONSCIOUS"] },
      "GLU_F_NORMAL 4 EMERGENCY_120 - em.symptom",
    ],
    [
      "level 2 low, convulsing",
      "glucose",
      { value: 2.5, symptoms: ["SX_SEIZURE"] },
      "GLU_HYPO_L2 4 EMERGENCY_120 - em.symptom",
    ],
    [
      "crisis keeps its words",
      "glucose",
      { value: 35, symptoms: ["SX_DYSPNEA"] },
      "GLU_CRISIS 4 EMERGENCY_120 - glu.crisis",
    ],
    [
      "suitable fat, chest pain",
      "lipid_tg",
      { v: 1, symptoms: ["SX_CHEST_PAIN"] },
      "LIP_TG_OK 4 EMERGENCY_120 - em.symptom",
    ],
    [
      "suitable cholesterol, stroke",
      "lipid_tc",
      { v: 4, symptoms: ["SX_STROKE"] },
      "LIP_TC_OK 4 EMERGENCY_120 - em.symptom",
    ],
    [
      "normal pulse, chest pain",
      "pulse",
      { bpm: 72, symptoms: ["SX_CHEST_PAIN"] },
      "PULSE_NORMAL 4 EMERGENCY_120 - em.symptom",
    ],
    ["normal pulse, faint", "pulse", { bpm: 72, symptoms: ["SX_FAINT"] }, "PULSE_NORMAL 0 ROUTINE - pulse.normal"],
    [
      "a child with chest pain",
      "bp",
      { sbp: 112, dbp: 70, age: 12, symptoms: ["SX_CHEST_PAIN"] },
      "BP_AGE_UNSUPPORTED 4 EMERGENCY_120 - em.symptom",
    ],
    [
      "a failed cuff does not end an emergency",
      "bp",
      { sbp: 310, dbp: 70, symptoms: ["SX_STROKE"] },
      "BP_INVALID 4 EMERGENCY_120 SBP_RANGE em.symptom",
    ],
    // §3.1
    [
      "a state is a step, not a result",
      "bp_session",
      {
        readings: [
          { sbp: 196, dbp: 112 },
          { sbp: 194, dbp: 110 },
        ],
        symptoms: ["SX_STROKE"],
      },
      "COMPLETE 0 CLASSIFY - - 195/111",
    ],
    [
      "known fibrillation asks for three",
      "bp_session",
      {
        readings: [
          { sbp: 120, dbp: 80 },
          { sbp: 121, dbp: 79 },
        ],
        known_af: true,
      },
      "NEED_THIRD 0 REPEAT_NOW IRREGULAR bp.again",
    ],
    [
      "apart and irregular",
      "bp_session",
      {
        readings: [
          { sbp: 140, dbp: 80, irr: true },
          { sbp: 121, dbp: 79 },
        ],
      },
      "NEED_THIRD 0 REPEAT_NOW DIFF_GT10|IRREGULAR bp.again",
    ],
    [
      "mean3 of two is the mean of both",
      "bp_session",
      {
        readings: [
          { sbp: 120, dbp: 80 },
          { sbp: 121, dbp: 80 },
        ],
        rule: "mean3",
      },
      "COMPLETE 0 CLASSIFY - - 121/80",
    ],
    [
      "a reading without its lower number",
      "bp_session",
      { readings: [{ sbp: 120 }] },
      "BP_INVALID 0 REJECT INCOMPLETE bp.invalid",
    ],
    [
      "a mean that rounds up to the crisis line",
      "bp_session",
      {
        readings: [
          { sbp: 179, dbp: 90 },
          { sbp: 180, dbp: 90 },
        ],
      },
      "NEED_REST_REPEAT 3 REPEAT_NOW - bp.rest_repeat 180/90",
    ],
    [
      "a fourth reading is not part of it",
      "bp_session",
      {
        readings: [
          { sbp: 150, dbp: 90 },
          { sbp: 130, dbp: 80 },
          { sbp: 132, dbp: 82 },
          { sbp: 190, dbp: 99 },
        ],
      },
      "COMPLETE 0 CLASSIFY - - 131/81",
    ],
    // §3.3
    [
      "pregnant comes before the child's row",
      "bp",
      { sbp: 142, dbp: 80, age: 17, pregnant: true },
      "BP_PREG_HIGH 3 DOCTOR_TODAY - bp.preg_high",
    ],
    [
      "grade 3 comes before the child's row",
      "bp",
      { sbp: 185, dbp: 80, age: 12 },
      "BP_GRADE3 3 DOCTOR_TODAY ISH bp.grade3",
    ],
    [
      "pregnant 132/84 with headache",
      "bp",
      { sbp: 132, dbp: 84, pregnant: true, symptoms: ["SX_SEVERE_HEADACHE"] },
      "BP_HIGH_NORMAL 3 DOCTOR_TODAY UPPER bp.sx",
    ],
    [
      "comorbidity comes before the home line",
      "bp",
      { sbp: 136, dbp: 84, comorbid: ["CKD"] },
      "BP_HIGH_NORMAL 2 DOCTOR_4W COMORBID|UPPER bp.high_normal_comorbid",
    ],
    [
      "a low pressure comes before the diagnosis",
      "bp",
      { sbp: 88, dbp: 58, dx_htn: true },
      "BP_LOW 1 RECHECK_DAYS - bp.low",
    ],
    [
      "a low pressure with a headache stays low",
      "bp",
      { sbp: 88, dbp: 58, symptoms: ["SX_VISION"] },
      "BP_LOW 1 RECHECK_DAYS - bp.low",
    ],
    ["pulse pressure out of its soft range", "bp", { sbp: 95, dbp: 79 }, "BP_NORMAL 0 ROUTINE SOFT_CONFIRM bp.normal"],
    ["79 and not yet 80 after rounding", "bp", { sbp: 119.4, dbp: 79.4 }, "BP_NORMAL 0 ROUTINE - bp.normal"],
    [
      "nulls are omitted",
      "bp",
      { sbp: 119, dbp: 79, age: null, symptoms: null, setting: null, comorbid: null },
      "BP_NORMAL 0 ROUTINE - bp.normal",
    ],
    [
      "a home series without its days",
      "bp",
      { sbp: 150, dbp: 95, setting: "home_series" },
      "BP_HOME_INSUFFICIENT 0 RECHECK_DAYS - bp.home_more",
    ],
    ["both fences broken", "bp", { sbp: 45, dbp: 40 }, "BP_INVALID 0 REJECT PULSE_PRESSURE|SBP_RANGE bp.invalid"],
    ["equal arms", "bp_arm", { left: 130, right: 130 }, "BP_ARM_OK 0 ROUTINE USE_LEFT bp.arm_use 0"],
    // §3.6
    [
      "irregular twice, pulse already severe",
      "pulse",
      { bpm: 130, irregular_count: 2 },
      "PULSE_VERY_FAST 3 DOCTOR_TODAY IRREGULAR pulse.very_fast",
    ],
    [
      "irregular twice, slightly slow",
      "pulse",
      { bpm: 55, irregular_count: 3 },
      "PULSE_IRREGULAR 2 DOCTOR_1W IRREGULAR pulse.irregular",
    ],
    [
      "irregular and faint",
      "pulse",
      { bpm: 72, irregular_count: 2, symptoms: ["SX_COLD_SWEAT"] },
      "PULSE_IRREGULAR 4 EMERGENCY_120 IRREGULAR em.symptom",
    ],
    [
      "very fast with diabetes keeps its row",
      "pulse",
      { bpm: 121, dm: true },
      "PULSE_VERY_FAST 3 DOCTOR_TODAY - pulse.very_fast",
    ],
    // §4
    ["the context is fasting unless said", "glucose", { value: 6.5 }, "GLU_F_IFG 1 DOCTOR_4W - glu.pre"],
    ["LO without diabetes", "glucose", { flag: "LO", dm: "no" }, "GLU_HYPO_L2 4 HYPO_TREAT_NOW METER_LO glu.hypo2"],
    [
      "LO and confused",
      "glucose",
      { flag: "LO", symptoms: ["SX_CONSCIOUS"] },
      "GLU_HYPO_L3 4 EMERGENCY_120 METER_LO glu.hypo3",
    ],
    [
      "pregnant with diabetes",
      "glucose",
      { value: 5.1, dm: "yes", pregnant: true },
      "GLU_PREG_HIGH 3 DOCTOR_TODAY - glu.preg",
    ],
    [
      "pregnant at the ketone line",
      "glucose",
      { value: 13.9, pregnant: true },
      "GLU_KETONE_RISK 3 DOCTOR_TODAY - glu.ketone_today",
    ],
    [
      "unknown diabetes is no for high values",
      "glucose",
      { value: 7, dm: "unknown" },
      "GLU_F_DM_RANGE 2 DOCTOR_2W - glu.dm_range",
    ],
    [
      "unknown diabetes is yes at 3.9",
      "glucose",
      { value: 3.9, dm: "unknown" },
      "GLU_HYPO_L1 3 HYPO_TREAT_NOW - glu.hypo1",
    ],
    ["a value that rounds up to the line", "glucose", { value: 6.95 }, "GLU_F_DM_RANGE 2 DOCTOR_2W - glu.dm_range"],
    ["no value at all", "glucose", {}, "GLU_INVALID 0 REJECT RANGE glu.invalid"],
    ["mg/dL below the hard range", "glucose", { value: 5, unit: "mg/dL" }, "GLU_INVALID 0 REJECT RANGE glu.invalid"],
    ["meal 480 minutes ago, nothing said", "glu_context", {}, "random 0 CLASSIFY - -"],
    // §5
    [
      "LDL of 4.9 wins over the risk group",
      "lipid_ldl",
      { v: 4.9, risk: "ascvd" },
      "LIP_LDL_VERY_HIGH 2 DOCTOR_2W - lip.very_high",
    ],
    [
      "kidney disease at target",
      "lipid_ldl",
      { v: 1.79, risk: "ckd" },
      "LIP_LDL_AT_TARGET 0 FOLLOWUP_3M - lip.at_target",
    ],
    [
      "not fasting, very high",
      "lipid_tg",
      { v: 6, fasting: false },
      "LIP_TG_VERY_HIGH 2 DOCTOR_1W NEED_FASTING lip.tg_very_high",
    ],
    ["not fasting, low", "lipid_tg", { v: 1.69, fasting: false }, "LIP_TG_OK 0 ROUTINE - lip.ok"],
    [
      "belly pain below the line",
      "lipid_tg",
      { v: 5.59, symptoms: ["SX_ABDOMINAL"] },
      "LIP_TG_HIGH 2 DOCTOR_4W - lip.high",
    ],
    ["HDL above TC", "lipid_nonhdl", { tcv: 1.2, hdlv: 1.3 }, "LIP_INVALID 0 REJECT - lip.invalid"],
    ["TC beyond its fence", "lipid_tc", { v: 21 }, "LIP_INVALID 0 REJECT - lip.invalid"],
    ["TC that rounds up to the line", "lipid_tc", { v: 5.195 }, "LIP_TC_BORDER 1 LIFESTYLE - lip.border"],
    // §0
    ["nothing measured", "overall", { items: [] }, "OVERALL 0 ROUTINE - sum.0"],
    ["an unknown symptom still counts", "triage", { symptoms: ["SX_NEW"] }, "MINOR_SYMPTOM 1 DOCTOR_4W - sx.minor"],
    [
      "the same unit",
      "convert",
      { value: 5.25, frm: "mmol/L", to: "mmol/L", analyte: "glucose" },
      "CONVERTED 0 CLASSIFY - - 5.3",
    ],
    ["an unknown domain", "constructor", {}, "unsupported"],
    ["an unknown analyte", "convert", { value: 1, frm: "mmol/L", to: "mg/dL", analyte: "iron" }, "badInput"],
    ["an unknown severity", "overall", { items: [[5, "ROUTINE"]] }, "badInput"],
    ["words for numbers", "bp", { sbp: "120", dbp: 80 }, "badInput"],
    ["no object", "bp", null, "badInput"],
  ])("%s", (_what, domain, inputs, expected) => {
    expect(said(domain, inputs)).toBe(expected);
  });
});

const severityOf = (domain: string, inputs: unknown): number => {
  const answer = assess(domain, inputs);
  if (answer.kind !== "assessed") throw new Error(answer.kind);
  return answer.assessment.severity;
};

describe("laws", () => {
  const anything = fc.record(
    Object.fromEntries(
      [
        "sbp",
        "dbp",
        "bpm",
        "value",
        "v",
        "tcv",
        "hdlv",
        "tgv",
        "left",
        "right",
        "age",
        "days",
        "n",
        "minutes_since_meal",
      ].map((name) => [name, fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null))]),
    ),
    { requiredKeys: [] },
  );

  test.each(domains)("%s answers any finite input without throwing, with known words", (domain) => {
    fc.assert(
      fc.property(anything, fc.subarray([...emergency]), (numbers, symptoms) => {
        const answer = assess(domain, { ...numbers, symptoms });
        if (answer.kind !== "assessed") return;
        expect([...actionCodes, ...deviceActionCodes]).toContain(answer.assessment.action);
        expect([...answer.assessment.flags].sort()).toEqual(answer.assessment.flags);
      }),
      { numRuns: 60 },
    );
  });

  test.each(domains)("%s answers any JSON without throwing", (domain) => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        expect(["assessed", "badInput"]).toContain(assess(domain, given).kind);
      }),
      { numRuns: 40 },
    );
  });

  const systolic = fc.integer({ min: 90, max: 300 });
  test("a higher pressure is never milder, at the same lower number", () => {
    fc.assert(
      fc.property(
        systolic,
        systolic,
        fc.integer({ min: 20, max: 80 }),
        fc.subarray([...pressureSymptoms]),
        (a, b, dbp, symptoms) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          expect(severityOf("bp", { sbp: high, dbp, symptoms })).toBeGreaterThanOrEqual(
            severityOf("bp", { sbp: low, dbp, symptoms }),
          );
        },
      ),
    );
  });

  const mmol = fc.integer({ min: 40, max: 550 }).map((tenths) => tenths / 10);
  test("a higher glucose is never milder, from 4.0 up", () => {
    fc.assert(
      fc.property(
        mmol,
        mmol,
        fc.constantFrom("fasting", "pp2h", "random"),
        fc.constantFrom("yes", "no"),
        (a, b, context, dm) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          expect(severityOf("glucose", { value: high, context, dm })).toBeGreaterThanOrEqual(
            severityOf("glucose", { value: low, context, dm }),
          );
        },
      ),
    );
  });

  test("more symptoms never make a result milder", () => {
    const some = fc.subarray([...emergency, "SX_FAINT", "SX_VOMIT", "SX_POLY"]);
    fc.assert(
      fc.property(
        fc.constantFrom("bp", "pulse", "glucose", "lipid_tg", "triage"),
        some,
        some,
        fc.integer({ min: 30, max: 240 }),
        (domain, fewer, added, n) => {
          const numbers = { sbp: n, dbp: n - 15, bpm: n, value: n / 10, v: n / 20 };
          expect(severityOf(domain, { ...numbers, symptoms: [...fewer, ...added] })).toBeGreaterThanOrEqual(
            severityOf(domain, { ...numbers, symptoms: fewer }),
          );
        },
      ),
    );
  });
});
