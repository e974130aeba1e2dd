import { band, flagsWhere, type Assessment, type Band } from "./assessment.ts";
import { rounded } from "./decimal.ts";
import { hardRange, within } from "./ranges.ts";
import { emergency, hasAny, raiseForEmergency, type Symptoms } from "./symptoms.ts";

/** rules.md §8. "> 39 °C" is an NBPHS3 danger sign in diabetes; the bands are textbook convention (C). */
const temperatureBands: readonly Band[] = [
  {
    from: 41.1,
    rule: "TP-08",
    category: "TEMP_EXTREME",
    severity: 4,
    action: "EMERGENCY_120",
    adviceKey: "temp.extreme",
  },
  {
    from: 39.1,
    rule: "TP-07",
    category: "TEMP_HIGH_FEVER",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "temp.highfever",
  },
  { from: 38.1, rule: "TP-06", category: "TEMP_FEVER", severity: 2, action: "DOCTOR_TODAY", adviceKey: "temp.fever" },
  {
    from: 37.3,
    rule: "TP-05",
    category: "TEMP_LOW_FEVER",
    severity: 1,
    action: "RECHECK_DAYS",
    adviceKey: "temp.lowfever",
  },
  { from: 36, rule: "TP-04", category: "TEMP_NORMAL", severity: 0, action: "ROUTINE", adviceKey: "temp.normal" },
  { from: 35, rule: "TP-03", category: "TEMP_LOW", severity: 1, action: "REPEAT_NOW", adviceKey: "temp.low" },
  { from: 0, rule: "TP-02", category: "TEMP_HYPOTHERMIA", severity: 3, action: "DOCTOR_TODAY", adviceKey: "temp.hypo" },
];

const feverFrom = 37.3;

const refused: Assessment = {
  category: "TEMP_INVALID",
  severity: 0,
  action: "REJECT",
  flags: [],
  adviceKey: "temp.invalid",
  rule: "TP-00",
};

/** Degrees Celsius. A missing value is refused. */
export function temperature(v: number | undefined, dm: boolean, symptoms: Symptoms): Assessment {
  const kept = v === undefined ? Number.NaN : rounded(v, 1);
  if (!within(hardRange("body.temperature"), kept)) {
    return raiseForEmergency(refused, symptoms);
  }
  if (kept >= feverFrom && hasAny(symptoms, [...emergency, "SX_STIFF_NECK"])) {
    return {
      category: "TEMP_FEVER_RED_FLAG",
      severity: 4,
      action: "EMERGENCY_120",
      flags: [],
      adviceKey: "em.symptom",
      rule: "TP-01",
    };
  }
  const found = band(temperatureBands, kept);
  return raiseForEmergency(
    found.rule === "TP-07" ? { ...found, flags: flagsWhere({ DM_URGENT: dm }) } : found,
    symptoms,
  );
}
