import { describe, expect, test } from "vitest";
import { said } from "./said.ts";

/** Both sides of every line of rules.md §5, each row beginning with its rule. */
const ok = "0 ROUTINE lip.ok - -";
const border = "1 LIFESTYLE lip.border - -";
const high = "2 DOCTOR_4W lip.high - -";
const veryHigh = "2 DOCTOR_2W lip.very_high - -";
const invalid = "LP-00 LIP_INVALID 0 REJECT lip.invalid - -";

describe("total cholesterol", () => {
  test.each<[number, string]>([
    [0.49, invalid],
    [0.5, `LP-01 LIP_TC_OK ${ok}`],
    [5.19, `LP-01 LIP_TC_OK ${ok}`],
    [5.195, `LP-02 LIP_TC_BORDER ${border}`],
    [6.19, `LP-02 LIP_TC_BORDER ${border}`],
    [6.2, `LP-03 LIP_TC_HIGH ${high}`],
    [7.19, `LP-03 LIP_TC_HIGH ${high}`],
    [7.2, `LP-04 LIP_TC_VERY_HIGH ${veryHigh}`],
    [20, `LP-04 LIP_TC_VERY_HIGH ${veryHigh}`],
    [20.01, invalid],
  ])("%d", (v, expected) => {
    expect(said("lipid_tc", { v })).toBe(expected);
  });
});

describe("LDL", () => {
  const above = "LP-15 LIP_LDL_ABOVE_TARGET 2 DOCTOR_4W lip.target - -";
  const ask = "LP-16 LIP_LDL_ASK_DOCTOR 1 DOCTOR_4W lip.target - -";
  const at = "LP-17 LIP_LDL_AT_TARGET 0 FOLLOWUP_3M lip.at_target - -";
  const top = `LP-14 LIP_LDL_VERY_HIGH ${veryHigh}`;
  test.each<[number, string, string]>([
    [0.09, "low", invalid],
    [0.1, "low", `LP-10 LIP_LDL_IDEAL ${ok}`],
    [2.59, "low", `LP-10 LIP_LDL_IDEAL ${ok}`],
    [2.6, "low", `LP-11 LIP_LDL_OK ${ok}`],
    [3.39, "low", `LP-11 LIP_LDL_OK ${ok}`],
    [3.4, "low", `LP-12 LIP_LDL_BORDER ${border}`],
    [4.09, "low", `LP-12 LIP_LDL_BORDER ${border}`],
    [4.1, "low", `LP-13 LIP_LDL_HIGH ${high}`],
    [4.89, "low", `LP-13 LIP_LDL_HIGH ${high}`],
    [4.9, "low", top],
    [15, "low", top],
    [15.01, "low", invalid],
    [1.79, "ascvd", at],
    [1.8, "ascvd", above],
    [4.89, "ascvd", above],
    [4.9, "ascvd", top],
    [1.79, "dm40", at],
    [1.8, "dm40", ask],
    [2.59, "dm40", ask],
    [2.6, "dm40", above],
    [4.9, "dm40", top],
    [1.79, "ckd", at],
    [1.8, "ckd", ask],
    [2.6, "ckd", above],
    [4.9, "ckd", top],
  ])("%d at risk %s", (v, risk, expected) => {
    expect(said("lipid_ldl", { v, risk })).toBe(expected);
  });
});

describe("HDL", () => {
  test.each<[unknown, string]>([
    [{ v: 0.09 }, invalid],
    [{ v: 0.1 }, "LP-20 LIP_HDL_LOW 1 LIFESTYLE lip.hdl_low - -"],
    [{ v: 0.99 }, "LP-20 LIP_HDL_LOW 1 LIFESTYLE lip.hdl_low - -"],
    [{ v: 1 }, `LP-21 LIP_HDL_OK ${ok}`],
    [{ v: 5 }, `LP-21 LIP_HDL_OK ${ok}`],
    [{ v: 5.01 }, invalid],
    [{ v: 1.5, tcv: 1.51 }, `LP-21 LIP_HDL_OK ${ok}`],
    [{ v: 1.5, tcv: 1.5 }, invalid],
  ])("%j", (inputs, expected) => {
    expect(said("lipid_hdl", inputs)).toBe(expected);
  });
});

describe("triglycerides", () => {
  const nonfasting = "LP-36 LIP_TG_NONFASTING_HIGH 1 RECHECK_DAYS lip.tg_nonfasting";
  const pain = "LP-35 LIP_TG_PANCREATITIS_RISK 4 EMERGENCY_120 lip.tg_pain - -";
  test.each<[unknown, string]>([
    [{ v: 0.09 }, invalid],
    [{ v: 0.1 }, `LP-30 LIP_TG_OK ${ok}`],
    [{ v: 1.69 }, `LP-30 LIP_TG_OK ${ok}`],
    [{ v: 1.7 }, `LP-31 LIP_TG_BORDER ${border}`],
    [{ v: 2.29 }, `LP-31 LIP_TG_BORDER ${border}`],
    [{ v: 2.3 }, `LP-32 LIP_TG_HIGH ${high}`],
    [{ v: 5.59 }, `LP-32 LIP_TG_HIGH ${high}`],
    [{ v: 5.6 }, "LP-33 LIP_TG_VERY_HIGH 2 DOCTOR_1W lip.tg_very_high - -"],
    [{ v: 9.99 }, "LP-33 LIP_TG_VERY_HIGH 2 DOCTOR_1W lip.tg_very_high - -"],
    [{ v: 10 }, "LP-34 LIP_TG_EXTREME 3 DOCTOR_TODAY lip.tg_extreme - -"],
    [{ v: 50 }, "LP-34 LIP_TG_EXTREME 3 DOCTOR_TODAY lip.tg_extreme - -"],
    [{ v: 50.01 }, invalid],
    [{ v: 1.69, fasting: false }, `LP-30 LIP_TG_OK ${ok}`],
    [{ v: 1.7, fasting: false }, `${nonfasting} - -`],
    [{ v: 4.51, fasting: false }, `${nonfasting} - -`],
    [{ v: 4.52, fasting: false }, `${nonfasting} NEED_FASTING -`],
    [{ v: 5.59, fasting: false }, `${nonfasting} NEED_FASTING -`],
    [{ v: 5.6, fasting: false }, "LP-33 LIP_TG_VERY_HIGH 2 DOCTOR_1W lip.tg_very_high NEED_FASTING -"],
    [{ v: 10, fasting: false }, "LP-34 LIP_TG_EXTREME 3 DOCTOR_TODAY lip.tg_extreme NEED_FASTING -"],
    [{ v: 5.59, symptoms: ["SX_ABDOMINAL"] }, `LP-32 LIP_TG_HIGH ${high}`],
    [{ v: 5.6, symptoms: ["SX_ABDOMINAL"] }, pain],
    [{ v: 12, fasting: false, symptoms: ["SX_ABDOMINAL"] }, pain],
    [{ v: 12, symptoms: ["SX_VOMIT"] }, "LP-34 LIP_TG_EXTREME 3 DOCTOR_TODAY lip.tg_extreme - -"],
  ])("%j", (inputs, expected) => {
    expect(said("lipid_tg", inputs)).toBe(expected);
  });
});

describe("non-HDL", () => {
  test.each<[number, number, string]>([
    [4.4, 1.01, "LP-40 LIP_NONHDL_IDEAL 0 ROUTINE lip.ok - 3.39"],
    [4.4, 1, "LP-41 LIP_NONHDL_OK 0 ROUTINE lip.ok - 3.40"],
    [5.1, 1.01, "LP-41 LIP_NONHDL_OK 0 ROUTINE lip.ok - 4.09"],
    [5.1, 1, "LP-42 LIP_NONHDL_BORDER 1 LIFESTYLE lip.border - 4.10"],
    [5.9, 1.01, "LP-42 LIP_NONHDL_BORDER 1 LIFESTYLE lip.border - 4.89"],
    [5.9, 1, "LP-43 LIP_NONHDL_HIGH 2 DOCTOR_4W lip.high - 4.90"],
    [1.01, 1, "LP-40 LIP_NONHDL_IDEAL 0 ROUTINE lip.ok - 0.01"],
    [1, 1, invalid],
    [0.4, 0.2, invalid],
    [6, 5.1, invalid],
  ])("TC %d, HDL %d", (tcv, hdlv, expected) => {
    expect(said("lipid_nonhdl", { tcv, hdlv })).toBe(expected);
  });
});

describe("calculated LDL", () => {
  const none = "LP-50 LDL_CALC_INVALID 0 REJECT lip.invalid - -";
  test.each<[number, number, number, string]>([
    [5, 1.3, 2.81, "LP-53 LDL_CALC_OK 0 CLASSIFY - - 2.42"],
    [5, 1.3, 2.82, "LP-52 LDL_CALC_CAUTION 0 CLASSIFY lip.ldl_caution - 2.42"],
    [5, 1.3, 4.51, "LP-52 LDL_CALC_CAUTION 0 CLASSIFY lip.ldl_caution - 1.65"],
    [5, 1.3, 4.52, "LP-51 LDL_NOT_CALCULABLE 1 DOCTOR_4W lip.ldl_lab - -"],
    [2.21, 1.2, 2.2, "LP-53 LDL_CALC_OK 0 CLASSIFY - - 0.01"],
    [2.2, 1.2, 2.2, none],
    [2.2, 1.2, 4.6, none],
    [1.2, 1.2, 0.5, none],
    [21, 1.2, 1, none],
    [5, 0.05, 1, none],
    [5, 1.2, 51, none],
  ])("TC %d, HDL %d, TG %d", (tcv, hdlv, tgv, expected) => {
    expect(said("ldl_calc", { tcv, hdlv, tgv })).toBe(expected);
  });
});
