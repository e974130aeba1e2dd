import { emergency } from "../rules/symptoms.ts";
import type { KioskStep, KioskVisit } from "./state.ts";

/** One emergency sign is enough, wherever it is named: the alarm in the same step. Undefined: it is none. */
export function emergencyNamed(visit: KioskVisit, named: readonly string[], symptom: string): KioskStep | undefined {
  if (!(emergency as readonly string[]).includes(symptom)) return undefined;
  const symptoms = [...named, symptom];
  return {
    state: { at: "emergency", from: "triage", visit: { ...visit, symptoms } },
    effects: [
      { kind: "answer", answers: { symptoms: [...symptoms] } },
      { kind: "alarm", reason: "symptom", symptoms },
    ],
  };
}
