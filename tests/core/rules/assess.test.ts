import { describe, expect, test } from "vitest";
import { assess } from "../../../core/rules/assess.ts";

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
    [
      "a disease that the rule does not name",
      "bp",
      { sbp: 132, dbp: 82, comorbid: ["COPD"] },
      "BP_HIGH_NORMAL 1 LIFESTYLE UPPER bp.high_normal",
    ],
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

describe("edges of the other domains", () => {
  test.each<[string, string, unknown, string]>([
    ["no oxygen value", "spo2", {}, "SPO2_INVALID 0 REJECT - spo2.invalid"],
    [
      "normal oxygen, chest pain",
      "spo2",
      { v: 98, symptoms: ["SX_CHEST_PAIN"] },
      "SPO2_NORMAL 4 EMERGENCY_120 - em.symptom",
    ],
    [
      "low even for the altitude",
      "spo2",
      { v: 79, altitude_m: 2501 },
      "SPO2_ALTITUDE 3 DOCTOR_TODAY - spo2.altitude_low",
    ],
    ["2500 m is not above it", "spo2", { v: 92, altitude_m: 2500 }, "SPO2_LOW 3 DOCTOR_TODAY - spo2.low"],
    ["home oxygen at 94", "spo2", { v: 94, copd_o2: true }, "SPO2_BORDERLINE 1 REPEAT_NOW - spo2.border"],
    ["37.25 rounds up to a fever", "temperature", { v: 37.25 }, "TEMP_LOW_FEVER 1 RECHECK_DAYS - temp.lowfever"],
    [
      "no fever, confused",
      "temperature",
      { v: 36.5, symptoms: ["SX_CONSCIOUS"] },
      "TEMP_NORMAL 4 EMERGENCY_120 - em.symptom",
    ],
    [
      "fever, confused",
      "temperature",
      { v: 37.3, symptoms: ["SX_CONSCIOUS"] },
      "TEMP_FEVER_RED_FLAG 4 EMERGENCY_120 - em.symptom",
    ],
    [
      "a child before a pregnancy",
      "bmi",
      { h: 160, w: 60, age: 17, pregnant: true },
      "BMI_AGE_UNSUPPORTED 0 SHOW_ONLY - bmi.child 23.4",
    ],
    ["an impossible BMI from possible parts", "bmi", { h: 60, w: 300 }, "BMI_INVALID 0 REJECT - bmi.invalid"],
    ["a waist beyond its fence", "waist", { sex: "male", v: 201 }, "WAIST_INVALID 0 REJECT - bmi.invalid"],
    [
      "below the chart",
      "ascvd_cn2023",
      { age: 50, sex: "male", tc: 3, ldl: 1.7, hdl: 1.2 },
      "ASCVD_LOW 0 ROUTINE BELOW_CHART risk.low",
    ],
    [
      "an age outside the tool",
      "china_par",
      { sex: "male", age: 19, sbp: 120, tc: 200, hdl: 50, waist: 80 },
      "CPAR_NOT_APPLICABLE 0 SHOW_ONLY AGE risk.na",
    ],
    [
      "a run without one level breaks its series",
      "westgard",
      { runs: [{ L1: 2.2 }, { L2: 0.1 }, { L1: 2.1 }] },
      "QC_WARNING 1 QC_REPEAT 1_2s qc.warn",
    ],
    [
      "both levels on one side over five runs",
      "westgard",
      { runs: [1, 2, 3, 4, 5].map((n) => ({ L1: n / 10, L2: 0.1 })) },
      "QC_REJECT 2 BLOCK_DEVICE 10_x qc.reject",
    ],
    [
      "zero breaks ten on one side",
      "westgard",
      { runs: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ L1: n / 10 })) },
      "QC_OK 0 ALLOW - qc.ok",
    ],
    ["no current value", "westgard", { runs: [{ L1: 1 }, {}] }, "badInput"],
    [
      "up and down differ",
      "bp_static",
      {
        points: [
          [0, 0],
          [50, 50],
          [100, 103],
          [150, 150],
          [200, 200],
          [100, 98],
        ],
        leak: 1,
      },
      "BP_CAL_FAIL 2 BLOCK_DEVICE HYSTERESIS qc.reject 3",
    ],
    [
      "both expired, and out",
      "glu_control",
      { value: 8, low: 5, high: 7, strip_expired: true, control_expired: true },
      "GLU_QC_FAIL 2 BLOCK_DEVICE CONTROL_EXPIRED|OUT_OF_RANGE|STRIP_EXPIRED qc.reject",
    ],
    ["from 5.5 the limit is relative", "glu_compare", { meter: 6.4, lab: 5.5 }, "COMPARE_OUTSIDE 1 REVIEW - - 0.90"],
    ["a meter below the laboratory", "glu_compare", { meter: 3.37, lab: 4.2 }, "COMPARE_WITHIN 0 ALLOW - - -0.83"],
    ["born tomorrow", "id_number", { s: "110105202606020012" }, "ID_INVALID 0 REJECT DATE id.bad"],
    ["29 February of a common year", "id_number", { s: "110105190002290012" }, "ID_INVALID 0 REJECT DATE id.bad"],
    ["not a text", "id_number", { s: 110105 }, "badInput"],
  ])("%s", (_what, domain, inputs, expected) => {
    expect(said(domain, inputs)).toBe(expected);
  });
});
