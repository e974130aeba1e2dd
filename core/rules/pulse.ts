import { band, sortedFlags, type Assessment, type Band } from "./assessment.ts";
import { rounded } from "./decimal.ts";
import { hardRange, within } from "./ranges.ts";
import { hasAny, lowSymptoms, raise, raiseForEmergency, type Symptoms } from "./symptoms.ts";

export interface PulseCase {
  readonly bpm?: number | undefined;
  readonly dm: boolean;
  /** In how many readings the device saw an irregular pulse. */
  readonly irregularCount: number;
  readonly symptoms: Symptoms;
}

/** rules.md §3.6. "Heart rate > 100 sustained" is an NBPHS3 diabetes danger sign; the rest is P. */
const bands: readonly Band[] = [
  {
    from: 121,
    rule: "PR-06",
    category: "PULSE_VERY_FAST",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "pulse.very_fast",
  },
  { from: 101, rule: "PR-05", category: "PULSE_FAST", severity: 2, action: "DOCTOR_1W", adviceKey: "pulse.fast" },
  { from: 60, rule: "PR-04", category: "PULSE_NORMAL", severity: 0, action: "ROUTINE", adviceKey: "pulse.normal" },
  {
    from: 50,
    rule: "PR-03",
    category: "PULSE_SLIGHTLY_SLOW",
    severity: 1,
    action: "RECHECK_DAYS",
    adviceKey: "pulse.slightly_slow",
  },
  { from: 40, rule: "PR-02", category: "PULSE_SLOW", severity: 2, action: "DOCTOR_1W", adviceKey: "pulse.slow" },
  {
    from: 0,
    rule: "PR-01",
    category: "PULSE_VERY_SLOW",
    severity: 3,
    action: "DOCTOR_TODAY",
    adviceKey: "pulse.very_slow",
  },
];

const irregularFrom = 2;

const refused: Assessment = {
  category: "PULSE_INVALID",
  severity: 0,
  action: "REJECT",
  flags: [],
  adviceKey: "pulse.invalid",
  rule: "PR-00",
};

function byRate(bpm: number, dm: boolean): Assessment {
  const found = band(bands, bpm);
  if (!dm || found.rule !== "PR-05") return found;
  return { ...found, severity: 3, action: "DOCTOR_TODAY", adviceKey: "pulse.fast_dm", rule: "PR-05D" };
}

function withIrregularity(found: Assessment, count: number): Assessment {
  if (count < irregularFrom) return found;
  const flags = sortedFlags([...found.flags, "IRREGULAR"]);
  if (found.severity >= 2) return { ...found, flags };
  return {
    category: "PULSE_IRREGULAR",
    severity: 2,
    action: "DOCTOR_1W",
    flags,
    adviceKey: "pulse.irregular",
    rule: "PR-07",
  };
}

/** Class of the resting pulse. PR-08: a fainting or cold-sweating person with any but a normal pulse is an emergency. */
export function pulse({ bpm, dm, irregularCount, symptoms }: PulseCase): Assessment {
  const kept = bpm === undefined ? undefined : rounded(bpm, 0);
  const found =
    kept === undefined || !within(hardRange("pulse.rate"), kept)
      ? refused
      : withIrregularity(byRate(kept, dm), irregularCount);
  if (found.category !== "PULSE_NORMAL" && hasAny(symptoms, lowSymptoms)) return raise(found);
  return raiseForEmergency(found, symptoms);
}
