import type { Assessment } from "./assessment.ts";

/** All that a villager is told of a risk: low, middle or high. The percent is for the doctor. */
export type Level = "low" | "mid" | "high";

export const levels = {
  low: { severity: 0, action: "ROUTINE", adviceKey: "risk.low" },
  mid: { severity: 1, action: "DOCTOR_4W", adviceKey: "risk.mid" },
  high: { severity: 2, action: "DOCTOR_2W", adviceKey: "risk.high" },
} as const satisfies Record<Level, Pick<Assessment, "severity" | "action" | "adviceKey">>;

export const hasCvd = { severity: 2, action: "DOCTOR_4W", adviceKey: "risk.has_cvd" } as const;
