import type { Assessment } from "./assessment.ts";

/**
 * Symptom codes of rules.md §2. A code that is in none of these sets still counts as a symptom (TRI-03), so a newer page
 * may send one that an older host does not know.
 */
export type Symptoms = readonly string[];

/** TRI-01: call 120. */
export const emergency = [
  "SX_CHEST_PAIN",
  "SX_STROKE",
  "SX_CONSCIOUS",
  "SX_DYSPNEA",
  "SX_BACK_PAIN",
  "SX_SEIZURE",
  "SX_BLEED",
] as const;

/** TRI-02: a doctor today. */
export const warning = [
  "SX_SEVERE_HEADACHE",
  "SX_VOMIT",
  "SX_VISION",
  "SX_PALPITATION",
  "SX_FAINT",
  "SX_COLD_SWEAT",
  "SX_SWEAT_TREMOR",
  "SX_ABDOMINAL",
  "SX_ACETONE",
  "SX_DEEP_BREATH",
  "SX_STIFF_NECK",
] as const;

/** BPX: with a pressure of 180/110 this is a crisis. */
export const pressureSymptoms = [
  ...emergency,
  "SX_SEVERE_HEADACHE",
  "SX_VOMIT",
  "SX_VISION",
  "SX_PALPITATION",
] as const;
/** LOWX: with a low pressure or an odd pulse this is an emergency. */
export const lowSymptoms = ["SX_FAINT", "SX_COLD_SWEAT"] as const;
/** DKX: signs of ketoacidosis. */
export const ketoneSymptoms = ["SX_VOMIT", "SX_ABDOMINAL", "SX_ACETONE", "SX_DEEP_BREATH", "SX_CONSCIOUS"] as const;

export const hasAny = (symptoms: Symptoms, set: readonly string[]): boolean =>
  symptoms.some((one) => set.includes(one));

export function raise(assessment: Assessment): Assessment {
  if (assessment.action === "EMERGENCY_120") return assessment;
  return { ...assessment, severity: 4, action: "EMERGENCY_120", adviceKey: "em.symptom" };
}

/**
 * rules.md §2: an emergency symptom makes any result severity 4, category kept. A row that already says "call 120" keeps
 * its own sentence. A refused value is raised, too: the symptom does not go away because the cuff failed.
 */
export function raiseForEmergency(assessment: Assessment, symptoms: Symptoms): Assessment {
  return hasAny(symptoms, emergency) ? raise(assessment) : assessment;
}
