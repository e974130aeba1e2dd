import { describe, expect, test } from "vitest";
import { actionCodes } from "../../../core/rules/assessment.ts";
import { nextStepOf } from "../../../core/rules/next-step.ts";

const offered = (severity: 0 | 1 | 2 | 3 | 4, action: string, domain = "glucose", hasRiskFactor = false): string => {
  const { does, declined, withinDays, owner } = nextStepOf(
    { severity, action },
    [{ domain, severity, action }],
    hasRiskFactor,
  );
  return [does, declined, withinDays ?? "-", owner].join(" ");
};

describe("what follows from an action", () => {
  test.each<[0 | 1 | 2 | 3 | 4, string, string]>([
    [0, "ROUTINE", "comeBack none 365 resident"],
    [0, "SHOW_ONLY", "none none - resident"],
    [0, "CLASSIFY", "none none - stationStaff"],
    [0, "FOLLOWUP_3M", "comeBack none 90 familyDoctor"],
    [1, "LIFESTYLE", "comeBack none 182 resident"],
    [1, "RECHECK_DAYS", "comeBack none 7 resident"],
    [0, "REJECT", "repeat none - stationStaff"],
    [1, "REPEAT_NOW", "repeat comeBack 7 stationStaff"],
    [3, "REPEAT_NOW", "repeat callNow 0 stationStaff"],
    [2, "DOCTOR_4W", "book comeBack 28 familyDoctor"],
    [2, "DOCTOR_2W", "book comeBack 14 familyDoctor"],
    [2, "DOCTOR_1W", "book comeBack 7 familyDoctor"],
    [2, "DOCTOR_3D", "book comeBack 3 familyDoctor"],
    [2, "REFER_UP", "book comeBack 14 familyDoctor"],
    [3, "DOCTOR_TODAY", "callNow book 0 familyDoctor"],
    [4, "HYPO_TREAT_NOW", "callNow repeat 0 dutyDoctor"],
    [4, "EMERGENCY_120", "emergency callNow 0 dutyDoctor"],
    [2, "BLOCK_DEVICE", "none none - resident"],
  ])("%d %s", (severity, action, expected) => {
    expect(offered(severity, action)).toBe(expected);
  });

  test("days of measuring are a home series after a pressure", () => {
    expect(offered(1, "RECHECK_DAYS", "bp")).toBe("homeSeries comeBack 7 resident");
  });
  test("but not when another finding asks for the days", () => {
    const findings = [
      { domain: "bp", severity: 0 as const, action: "ROUTINE" },
      { domain: "glucose", severity: 1 as const, action: "RECHECK_DAYS" },
    ];
    expect(nextStepOf({ severity: 1, action: "RECHECK_DAYS" }, findings).does).toBe("comeBack");
  });
  test("a risk factor halves the year", () => {
    expect(offered(0, "ROUTINE", "bp", true)).toBe("comeBack none 182 resident");
  });
  test("and nothing else", () => {
    expect(offered(2, "DOCTOR_4W", "bp", true)).toBe("book comeBack 28 familyDoctor");
  });
  test.each(actionCodes)("%s has an owner", (action) => {
    expect(nextStepOf({ severity: 0, action }, []).owner).not.toBe("");
  });
});
