import { decide, type Assessment, type Row } from "./assessment.ts";
import { emergency, hasAny, warning, type Symptoms } from "./symptoms.ts";

/** rules.md §2. Basis: emergency lists of NBPHS3 and the ambulance list of HTN2025 §7. */
const rows: readonly Row<Symptoms>[] = [
  {
    rule: "TRI-01",
    when: (symptoms) => hasAny(symptoms, emergency),
    category: "EMERGENCY_SYMPTOM",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "em.symptom",
  },
  {
    rule: "TRI-02",
    when: (symptoms) => hasAny(symptoms, warning),
    category: "WARNING_SYMPTOM",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "em.warning",
  },
  {
    rule: "TRI-03",
    when: (symptoms) => symptoms.length > 0,
    category: "MINOR_SYMPTOM",
    severity: 1,
    action: "DOCTOR_4W",
    adviceKey: "sx.minor",
  },
  {
    rule: "TRI-04",
    when: () => true,
    category: "NO_SYMPTOM",
    severity: 0,
    action: "ROUTINE",
    adviceKey: "sx.none",
  },
];

export const triage = (symptoms: Symptoms): Assessment => decide(rows, symptoms);
