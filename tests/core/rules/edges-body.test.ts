import { describe, expect, test } from "vitest";
import { said } from "./said.ts";

/** Both sides of every line of rules.md §7 to §9, each row beginning with its rule. */
describe("oxygen", () => {
  test.each<[unknown, string]>([
    [{ v: 49 }, "OX-00 SPO2_INVALID 0 REJECT spo2.invalid - -"],
    [{ v: 50 }, "OX-02 SPO2_CRITICAL 4 EMERGENCY_120 spo2.critical - -"],
    [{ v: 89 }, "OX-02 SPO2_CRITICAL 4 EMERGENCY_120 spo2.critical - -"],
    [{ v: 89.5 }, "OX-03 SPO2_LOW 3 DOCTOR_TODAY spo2.low - -"],
    [{ v: 90 }, "OX-03 SPO2_LOW 3 DOCTOR_TODAY spo2.low - -"],
    [{ v: 93 }, "OX-03 SPO2_LOW 3 DOCTOR_TODAY spo2.low - -"],
    [{ v: 94 }, "OX-04 SPO2_BORDERLINE 1 REPEAT_NOW spo2.border - -"],
    [{ v: 95 }, "OX-09 SPO2_NORMAL 0 ROUTINE spo2.normal - -"],
    [{ v: 100 }, "OX-09 SPO2_NORMAL 0 ROUTINE spo2.normal - -"],
    [{ v: 101 }, "OX-00 SPO2_INVALID 0 REJECT spo2.invalid - -"],
    [{ v: 98, symptoms: ["SX_DYSPNEA"] }, "OX-01 SPO2_WITH_SYMPTOM 4 EMERGENCY_120 em.symptom - -"],
    [{ v: 98, symptoms: ["SX_CONSCIOUS"] }, "OX-01 SPO2_WITH_SYMPTOM 4 EMERGENCY_120 em.symptom - -"],
    [{ v: 85, symptoms: ["SX_STROKE"] }, "OX-02 SPO2_CRITICAL 4 EMERGENCY_120 spo2.critical - -"],
    [{ v: 98, symptoms: ["SX_FAINT"] }, "OX-09 SPO2_NORMAL 0 ROUTINE spo2.normal - -"],
    [{ v: 45, symptoms: ["SX_DYSPNEA"] }, "OX-00 SPO2_INVALID 4 EMERGENCY_120 em.symptom - -"],
    [{ v: 79, altitude_m: 2501 }, "OX-08 SPO2_ALTITUDE 3 DOCTOR_TODAY spo2.altitude_low - -"],
    [{ v: 80, altitude_m: 2501 }, "OX-07 SPO2_ALTITUDE 0 SHOW_ONLY spo2.altitude - -"],
    [{ v: 80, altitude_m: 2500 }, "OX-02 SPO2_CRITICAL 4 EMERGENCY_120 spo2.critical - -"],
    [{ v: 87, copd_o2: true, altitude_m: 2501 }, "OX-07 SPO2_ALTITUDE 0 SHOW_ONLY spo2.altitude - -"],
    [{ v: 87, copd_o2: true }, "OX-05 SPO2_CRITICAL 4 EMERGENCY_120 spo2.critical - -"],
    [{ v: 88, copd_o2: true }, "OX-06 SPO2_COPD_TARGET 1 DOCTOR_4W spo2.copd - -"],
    [{ v: 93, copd_o2: true }, "OX-06 SPO2_COPD_TARGET 1 DOCTOR_4W spo2.copd - -"],
    [{ v: 94, copd_o2: true }, "OX-04 SPO2_BORDERLINE 1 REPEAT_NOW spo2.border - -"],
  ])("%j", (inputs, expected) => {
    expect(said("spo2", inputs)).toBe(expected);
  });
});

describe("temperature", () => {
  test.each<[unknown, string]>([
    [{ v: 29.9 }, "TP-00 TEMP_INVALID 0 REJECT temp.invalid - -"],
    [{ v: 30 }, "TP-02 TEMP_HYPOTHERMIA 3 DOCTOR_TODAY temp.hypo - -"],
    [{ v: 34.9 }, "TP-02 TEMP_HYPOTHERMIA 3 DOCTOR_TODAY temp.hypo - -"],
    [{ v: 34.95 }, "TP-03 TEMP_LOW 1 REPEAT_NOW temp.low - -"],
    [{ v: 35 }, "TP-03 TEMP_LOW 1 REPEAT_NOW temp.low - -"],
    [{ v: 35.9 }, "TP-03 TEMP_LOW 1 REPEAT_NOW temp.low - -"],
    [{ v: 36 }, "TP-04 TEMP_NORMAL 0 ROUTINE temp.normal - -"],
    [{ v: 37.2 }, "TP-04 TEMP_NORMAL 0 ROUTINE temp.normal - -"],
    [{ v: 37.3 }, "TP-05 TEMP_LOW_FEVER 1 RECHECK_DAYS temp.lowfever - -"],
    [{ v: 38 }, "TP-05 TEMP_LOW_FEVER 1 RECHECK_DAYS temp.lowfever - -"],
    [{ v: 38.1 }, "TP-06 TEMP_FEVER 2 DOCTOR_TODAY temp.fever - -"],
    [{ v: 39, dm: true }, "TP-06 TEMP_FEVER 2 DOCTOR_TODAY temp.fever - -"],
    [{ v: 39.1, dm: true }, "TP-07 TEMP_HIGH_FEVER 3 DOCTOR_TODAY temp.highfever DM_URGENT -"],
    [{ v: 41 }, "TP-07 TEMP_HIGH_FEVER 3 DOCTOR_TODAY temp.highfever - -"],
    [{ v: 41.1, dm: true }, "TP-08 TEMP_EXTREME 4 EMERGENCY_120 temp.extreme - -"],
    [{ v: 43 }, "TP-08 TEMP_EXTREME 4 EMERGENCY_120 temp.extreme - -"],
    [{ v: 43.1 }, "TP-00 TEMP_INVALID 0 REJECT temp.invalid - -"],
    [{}, "TP-00 TEMP_INVALID 0 REJECT temp.invalid - -"],
    [{ v: 37.2, symptoms: ["SX_STIFF_NECK"] }, "TP-04 TEMP_NORMAL 0 ROUTINE temp.normal - -"],
    [{ v: 37.3, symptoms: ["SX_STIFF_NECK"] }, "TP-01 TEMP_FEVER_RED_FLAG 4 EMERGENCY_120 em.symptom - -"],
    [{ v: 37.3, symptoms: ["SX_SEIZURE"] }, "TP-01 TEMP_FEVER_RED_FLAG 4 EMERGENCY_120 em.symptom - -"],
    [{ v: 34, symptoms: ["SX_SEIZURE"] }, "TP-02 TEMP_HYPOTHERMIA 4 EMERGENCY_120 em.symptom - -"],
    [{ v: 44, symptoms: ["SX_SEIZURE"] }, "TP-00 TEMP_INVALID 4 EMERGENCY_120 em.symptom - -"],
  ])("%j", (inputs, expected) => {
    expect(said("temperature", inputs)).toBe(expected);
  });
});

describe("body mass", () => {
  test.each<[unknown, string]>([
    [{ h: 49.9, w: 60 }, "BM-00 BMI_INVALID 0 REJECT bmi.invalid - -"],
    [{ h: 250.1, w: 60 }, "BM-00 BMI_INVALID 0 REJECT bmi.invalid - -"],
    [{ h: 50, w: 2 }, "BM-03 BMI_UNDER 1 LIFESTYLE bmi.under - 8.0"],
    [{ h: 50, w: 1.9 }, "BM-00 BMI_INVALID 0 REJECT bmi.invalid - -"],
    [{ h: 200, w: 300 }, "BM-06 BMI_OBESE 2 DOCTOR_4W bmi.obese BMI_GE_37_5 75.0"],
    [{ h: 200, w: 300.1 }, "BM-00 BMI_INVALID 0 REJECT bmi.invalid - -"],
    [{ h: 100, w: 80 }, "BM-06 BMI_OBESE 2 DOCTOR_4W bmi.obese BMI_GE_37_5 80.0"],
    [{ h: 100, w: 80.1 }, "BM-00 BMI_INVALID 0 REJECT bmi.invalid - -"],
    [{ h: 200, w: 31.7 }, "BM-00 BMI_INVALID 0 REJECT bmi.invalid - -"],
    [{ h: 100, w: 18.4 }, "BM-03 BMI_UNDER 1 LIFESTYLE bmi.under - 18.4"],
    [{ h: 100, w: 18.45 }, "BM-04 BMI_NORMAL 0 ROUTINE bmi.normal - 18.5"],
    [{ h: 100, w: 23.9 }, "BM-04 BMI_NORMAL 0 ROUTINE bmi.normal - 23.9"],
    [{ h: 100, w: 24 }, "BM-05 BMI_OVER 1 LIFESTYLE bmi.over - 24.0"],
    [{ h: 100, w: 27.9 }, "BM-05 BMI_OVER 1 LIFESTYLE bmi.over - 27.9"],
    [{ h: 100, w: 28 }, "BM-06 BMI_OBESE 2 DOCTOR_4W bmi.obese - 28.0"],
    [{ h: 100, w: 37.4 }, "BM-06 BMI_OBESE 2 DOCTOR_4W bmi.obese - 37.4"],
    [{ h: 100, w: 37.5 }, "BM-06 BMI_OBESE 2 DOCTOR_4W bmi.obese BMI_GE_37_5 37.5"],
    [{ h: 100, w: 40, age: 17 }, "BM-01 BMI_AGE_UNSUPPORTED 0 SHOW_ONLY bmi.child - 40.0"],
    [{ h: 100, w: 40, age: 18 }, "BM-06 BMI_OBESE 2 DOCTOR_4W bmi.obese BMI_GE_37_5 40.0"],
    [{ h: 100, w: 40, pregnant: true }, "BM-02 BMI_PREGNANT 0 SHOW_ONLY bmi.preg - 40.0"],
    [{ h: 160 }, "BM-00 BMI_INVALID 0 REJECT bmi.invalid - -"],
    [{ w: 60 }, "BM-00 BMI_INVALID 0 REJECT bmi.invalid - -"],
  ])("%j", (inputs, expected) => {
    expect(said("bmi", inputs)).toBe(expected);
  });
});

describe("waist", () => {
  test.each<[unknown, string]>([
    [{ sex: "male", v: 39.9 }, "WC-00 WAIST_INVALID 0 REJECT bmi.invalid - -"],
    [{ sex: "male", v: 40 }, "WC-01 WAIST_OK 0 ROUTINE waist.ok - -"],
    [{ sex: "male", v: 84.9 }, "WC-01 WAIST_OK 0 ROUTINE waist.ok - -"],
    [{ sex: "male", v: 85 }, "WC-02 WAIST_PRE 1 LIFESTYLE waist.pre - -"],
    [{ sex: "male", v: 89.9 }, "WC-02 WAIST_PRE 1 LIFESTYLE waist.pre - -"],
    [{ sex: "male", v: 90 }, "WC-03 WAIST_CENTRAL_OBESITY 1 LIFESTYLE waist.high - -"],
    [{ sex: "male", v: 200 }, "WC-03 WAIST_CENTRAL_OBESITY 1 LIFESTYLE waist.high - -"],
    [{ sex: "female", v: 79.9 }, "WC-01 WAIST_OK 0 ROUTINE waist.ok - -"],
    [{ sex: "female", v: 80 }, "WC-02 WAIST_PRE 1 LIFESTYLE waist.pre - -"],
    [{ sex: "female", v: 84.9 }, "WC-02 WAIST_PRE 1 LIFESTYLE waist.pre - -"],
    [{ sex: "female", v: 85 }, "WC-03 WAIST_CENTRAL_OBESITY 1 LIFESTYLE waist.high - -"],
    [{ sex: "female", v: 200.1 }, "WC-00 WAIST_INVALID 0 REJECT bmi.invalid - -"],
    [{ sex: "female" }, "WC-00 WAIST_INVALID 0 REJECT bmi.invalid - -"],
    [{ v: 80 }, "badInput"],
  ])("%j", (inputs, expected) => {
    expect(said("waist", inputs)).toBe(expected);
  });
});

describe("pulse", () => {
  test.each<[unknown, string]>([
    [{ bpm: 24 }, "PR-00 PULSE_INVALID 0 REJECT pulse.invalid - -"],
    [{ bpm: 25 }, "PR-01 PULSE_VERY_SLOW 3 DOCTOR_TODAY pulse.very_slow - -"],
    [{ bpm: 39 }, "PR-01 PULSE_VERY_SLOW 3 DOCTOR_TODAY pulse.very_slow - -"],
    [{ bpm: 40 }, "PR-02 PULSE_SLOW 2 DOCTOR_1W pulse.slow - -"],
    [{ bpm: 49 }, "PR-02 PULSE_SLOW 2 DOCTOR_1W pulse.slow - -"],
    [{ bpm: 50 }, "PR-03 PULSE_SLIGHTLY_SLOW 1 RECHECK_DAYS pulse.slightly_slow - -"],
    [{ bpm: 59 }, "PR-03 PULSE_SLIGHTLY_SLOW 1 RECHECK_DAYS pulse.slightly_slow - -"],
    [{ bpm: 60, dm: true }, "PR-04 PULSE_NORMAL 0 ROUTINE pulse.normal - -"],
    [{ bpm: 100, dm: true }, "PR-04 PULSE_NORMAL 0 ROUTINE pulse.normal - -"],
    [{ bpm: 101 }, "PR-05 PULSE_FAST 2 DOCTOR_1W pulse.fast - -"],
    [{ bpm: 101, dm: true }, "PR-05D PULSE_FAST 3 DOCTOR_TODAY pulse.fast_dm - -"],
    [{ bpm: 101, dm: "unknown" }, "PR-05 PULSE_FAST 2 DOCTOR_1W pulse.fast - -"],
    [{ bpm: 120, dm: true }, "PR-05D PULSE_FAST 3 DOCTOR_TODAY pulse.fast_dm - -"],
    [{ bpm: 121 }, "PR-06 PULSE_VERY_FAST 3 DOCTOR_TODAY pulse.very_fast - -"],
    [{ bpm: 250 }, "PR-06 PULSE_VERY_FAST 3 DOCTOR_TODAY pulse.very_fast - -"],
    [{ bpm: 251 }, "PR-00 PULSE_INVALID 0 REJECT pulse.invalid - -"],
    [{}, "PR-00 PULSE_INVALID 0 REJECT pulse.invalid - -"],
    [{ bpm: 72, irregular_count: 1 }, "PR-04 PULSE_NORMAL 0 ROUTINE pulse.normal - -"],
    [{ bpm: 72, irregular_count: 2 }, "PR-07 PULSE_IRREGULAR 2 DOCTOR_1W pulse.irregular IRREGULAR -"],
    [{ bpm: 45, irregular_count: 2 }, "PR-02 PULSE_SLOW 2 DOCTOR_1W pulse.slow IRREGULAR -"],
    [{ bpm: 20, irregular_count: 2 }, "PR-00 PULSE_INVALID 0 REJECT pulse.invalid - -"],
    [{ bpm: 59, symptoms: ["SX_FAINT"] }, "PR-03 PULSE_SLIGHTLY_SLOW 4 EMERGENCY_120 em.symptom - -"],
    [{ bpm: 60, symptoms: ["SX_COLD_SWEAT"] }, "PR-04 PULSE_NORMAL 0 ROUTINE pulse.normal - -"],
    [{ bpm: 20, symptoms: ["SX_COLD_SWEAT"] }, "PR-00 PULSE_INVALID 4 EMERGENCY_120 em.symptom - -"],
    [{ bpm: 60, symptoms: ["SX_BLEED"] }, "PR-04 PULSE_NORMAL 4 EMERGENCY_120 em.symptom - -"],
  ])("%j", (inputs, expected) => {
    expect(said("pulse", inputs)).toBe(expected);
  });
});

describe("the arms", () => {
  test.each<[unknown, string]>([
    [{ left: 130, right: 120 }, "BP-62 BP_ARM_OK 0 ROUTINE bp.arm_use USE_LEFT 10"],
    [{ left: 120, right: 131 }, "BP-61 BP_ARM_DIFF_MILD 1 LIFESTYLE bp.arm_use USE_RIGHT 11"],
    [{ left: 140, right: 120 }, "BP-61 BP_ARM_DIFF_MILD 1 LIFESTYLE bp.arm_use USE_LEFT 20"],
    [{ left: 120, right: 141 }, "BP-60 BP_ARM_DIFF 2 DOCTOR_2W bp.arm_diff USE_RIGHT 21"],
    [{ left: 50, right: 50 }, "BP-62 BP_ARM_OK 0 ROUTINE bp.arm_use USE_LEFT 0"],
    [{ left: 49, right: 50 }, "BP-00 BP_INVALID 0 REJECT bp.invalid SBP_RANGE -"],
    [{ left: 120, right: 301 }, "BP-00 BP_INVALID 0 REJECT bp.invalid SBP_RANGE -"],
    [{ left: 120 }, "BP-00 BP_INVALID 0 REJECT bp.invalid INCOMPLETE -"],
  ])("%j", (inputs, expected) => {
    expect(said("bp_arm", inputs)).toBe(expected);
  });
});

describe("symptoms", () => {
  const emergency = "TRI-01 EMERGENCY_SYMPTOM 4 EMERGENCY_120 em.symptom - -";
  const warning = "TRI-02 WARNING_SYMPTOM 3 DOCTOR_TODAY em.warning - -";
  test.each([
    ...["CHEST_PAIN", "STROKE", "CONSCIOUS", "DYSPNEA", "BACK_PAIN", "SEIZURE", "BLEED"].map((one) => [one, emergency]),
    ...["SEVERE_HEADACHE", "VOMIT", "VISION", "PALPITATION", "FAINT", "COLD_SWEAT", "SWEAT_TREMOR"].map((one) => [
      one,
      warning,
    ]),
    ...["ABDOMINAL", "ACETONE", "DEEP_BREATH", "STIFF_NECK"].map((one) => [one, warning]),
    ...["POLY", "EDEMA"].map((one) => [one, "TRI-03 MINOR_SYMPTOM 1 DOCTOR_4W sx.minor - -"]),
  ])("%s", (symptom, expected) => {
    expect(said("triage", { symptoms: ["SX_OTHER", `SX_${symptom}`] })).toBe(expected);
  });
  test("none", () => {
    expect(said("triage", {})).toBe("TRI-04 NO_SYMPTOM 0 ROUTINE sx.none - -");
  });
});
