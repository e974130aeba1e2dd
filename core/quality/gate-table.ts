import type { ConditionCode, GateState } from "./vocabulary.ts";

export interface GateRow {
  readonly state: GateState;
  /** Who sees to it. */
  readonly owner: "operator" | "technician";
  /** Whether a counted override may pass it. What is known to be wrong, or not to be the device, is never passed. */
  readonly override: "counted" | "never";
}

const row = (state: GateState, owner: GateRow["owner"], override: GateRow["override"] = "counted"): GateRow => ({
  state,
  owner,
  override,
});

/** The gate as a table (calibration.md §6). The words are in `core/i18n/quality.*`, one per code. */
export const gateTable = {
  identityChanged: row("blocked", "technician", "never"),
  selfTest: row("blocked", "technician", "never"),
  cuffThrice: row("blocked", "technician", "never"),
  checkFailed: row("blocked", "technician", "never"),
  lotMismatch: row("blocked", "operator", "never"),
  controlRejected: row("blocked", "technician"),
  controlFailed: row("blocked", "operator"),
  comparisonOutside: row("blocked", "technician"),
  certificateMissing: row("blocked", "technician"),
  certificateExpired: row("blocked", "technician"),
  checkMissing: row("blocked", "technician"),
  checkOverdue: row("blocked", "technician"),
  lotMissing: row("blocked", "operator"),
  lotExpired: row("blocked", "operator"),
  lotOpenedTooLong: row("blocked", "operator"),
  controlMissing: row("blocked", "operator"),
  comparisonMissing: row("blocked", "technician"),
  comparisonOverdue: row("blocked", "technician"),
  roomOutside: row("blocked", "operator"),
  clockDrift: row("blocked", "technician"),
  operatorUncertified: row("blocked", "technician"),
  notCleaned: row("blocked", "operator"),
  controlWarning: row("restricted", "operator"),
  checkSoon: row("restricted", "technician"),
  comparisonRepeat: row("restricted", "technician"),
  comparisonSoon: row("restricted", "technician"),
  firmwareChanged: row("restricted", "technician"),
  certificateSoon: row("ready", "technician"),
  clockSlow: row("ready", "technician"),
  cleaningSoon: row("ready", "operator"),
} as const satisfies Record<ConditionCode, GateRow>;

/** The order of the table: what is worst comes first. */
export const severity = Object.keys(gateTable) as readonly ConditionCode[];

/** Days and limits of §6, and those of the project (P). */
export const gateLimits = {
  certificateNoticeDays: 30,
  comparisonDueDays: 183,
  comparisonLastDays: 214,
  cleaningDays: 7,
  clockWarnMs: 60_000,
  clockBlockMs: 300_000,
  /** Where no label says otherwise, in Cel (§2.2). */
  room: { lowCelsius: 10, highCelsius: 40 },
  /** Emergency use (P): twice in thirty days, two hours each. */
  overrides: { limit: 2, windowDays: 30, lastsMs: 2 * 3_600_000 },
} as const;
