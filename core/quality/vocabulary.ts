/** The words of quality control that journal, contract and rules share (calibration.md). */

/** `ready`: measures. `restricted`: only with staff present, results preliminary. `blocked`: no measurement is offered. */
export const gateStates = ["ready", "restricted", "blocked"] as const;
export type GateState = (typeof gateStates)[number];

/** A control solution's level: L1 low or normal, L2 high. */
export const controlLevels = ["L1", "L2"] as const;
export type ControlLevel = (typeof controlLevels)[number];

export const lotKinds = ["strip", "reagent", "control"] as const;
export type LotKind = (typeof lotKinds)[number];

/** Performance checks with a reference (§1.2–§1.4, §5). `overPressure` and `clock` need no reference instrument. */
export const calibrationKinds = [
  "staticPressure",
  "leakage",
  "repeatability",
  "overPressure",
  "scale",
  "thermometer",
  "oximeter",
  "height",
  "clock",
] as const;
export type CalibrationKind = (typeof calibrationKinds)[number];

/** What a device can be due for. */
export const dueKinds = ["verification", ...calibrationKinds, "comparison", "control", "cleaning", "training"] as const;
export type DueKind = (typeof dueKinds)[number];

/** `warning`: 1-2s alone. `failed`: outside the vial's range, once. `rejected`: a Westgard rule, or a second failure. */
export const controlVerdicts = ["passed", "warning", "failed", "rejected"] as const;
export type ControlVerdict = (typeof controlVerdicts)[number];

/** Why a device is not, or will soon not be, in order: one code per line of the gate's table (§6). */
export const conditionCodes = [
  "certificateMissing",
  "certificateExpired",
  "certificateSoon",
  "checkMissing",
  "checkFailed",
  "checkOverdue",
  "checkSoon",
  "controlMissing",
  "controlFailed",
  "controlRejected",
  "controlWarning",
  "lotMissing",
  "lotExpired",
  "lotOpenedTooLong",
  "lotMismatch",
  "comparisonMissing",
  "comparisonOutside",
  "comparisonRepeat",
  "comparisonSoon",
  "comparisonOverdue",
  "roomOutside",
  "selfTest",
  "cuffThrice",
  "firmwareChanged",
  "clockDrift",
  "clockSlow",
  "identityChanged",
  "operatorUncertified",
  "notCleaned",
  "cleaningSoon",
] as const;
export type ConditionCode = (typeof conditionCodes)[number];
