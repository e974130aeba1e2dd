/**
 * Every line that a clinical lead may move, with where it comes from (source codes of rules.md §0.2; P is project
 * policy). Lines are inclusive upwards: a value that equals the line has reached it. Pressures in mm[Hg], times in
 * minutes, glucose and lipids in mmol/L.
 */
export interface PressureLine {
  readonly systolic: number;
  readonly diastolic: number;
}

export const pressureLimits = {
  crisis: { systolic: 180, diastolic: 110 }, // NBPHS3
  grade2: { systolic: 160, diastolic: 100 }, // HTN2024
  grade1: { systolic: 140, diastolic: 90 }, // HTN2025 table 2
  selfMeasured: { systolic: 135, diastolic: 85 }, // HTN2025 home line, used at the kiosk by P
  upper: { systolic: 130, diastolic: 85 }, // NBPHS3
  highNormal: { systolic: 120, diastolic: 80 }, // HTN2025 table 2
  pregnancySevere: { systolic: 160, diastolic: 110 }, // C
  pregnancyHigh: { systolic: 140, diastolic: 90 },
  pregnancyWatch: { systolic: 130, diastolic: 85 }, // P
  home: { systolic: 135, diastolic: 85 }, // HTN2025
  low: 90, // P
  lowSevere: 80, // P
  lowDiastolic: 60, // P
  adultAge: 18,
  homeDays: 3, // HTN2025
  homeReadings: 12, // HTN2025
} as const;

/** Below the line of the last step whose age is reached means controlled, or at target (rules.md §3.4). */
export interface AgeLine extends PressureLine {
  readonly fromAge: number;
}
export const controlLines: readonly AgeLine[] = [
  { fromAge: 65, systolic: 150, diastolic: 90 },
  { fromAge: 0, systolic: 140, diastolic: 90 },
]; // NBPHS3
export const targetLines: readonly AgeLine[] = [
  { fromAge: 80, systolic: 150, diastolic: 90 },
  { fromAge: 0, systolic: 130, diastolic: 80 },
]; // HTN2025

export const sessionLimits = {
  /** A larger difference asks for a third reading; exactly this much is accepted (WST872, HTN2025). */
  difference: 10,
  /** Systolic difference between the arms (HTN2025, WST872 §8.4.2h). */
  armMild: 10,
  armMarked: 20,
  /** So many readings in a row that are no pressure lead to a person (P). */
  refusedInARow: 3,
} as const;

export const glucoseLimits = {
  lo: 3.0, // CDS level 2
  low: 3.9, // NBPHS3 and CDS; inclusive for people with diabetes or unknown status
  ketone: 13.9, // CDS
  veryHigh: 16.7, // NBPHS3
  crisis: 33.3, // CDS; a meter's HI counts as this
  pregnancy: { fasting: 5.1, pp2h: 8.5, random: 11.1 }, // C/P
  diabetesTarget: { fasting: 7.0, pp2h: 10.0, random: 10.0 }, // NBPHS3 fasting, CDS otherwise
  diabetesFastingLow: 4.4, // CDS
  fastingImpaired: 6.1, // WHO 1999
  fastingDiabetes: 7.0, // WHO 1999
  loadedImpaired: 7.8, // WHO 1999
  loadedDiabetes: 11.1, // WHO 1999
  /** Minutes since the first bite; both ends of the window belong to it (P). */
  fastingMinutes: 480,
  twoHoursFrom: 105,
  twoHoursTo: 135,
} as const;

export const lipidLimits = {
  ldlVeryHigh: 4.9, // LIPID2023 figure 1
  ldlTarget: 1.8, // HTN2025 table 6
  ldlDiabetes: 2.6, // LIPID2023
  riskAge: 40, // LIPID2023: diabetes from this age
  tgPancreatitis: 5.6, // C
  tgExtreme: 10.0, // LIPID2023 §6
  tgHigh: 1.7, // LIPID2023 table 3
  /** From here a calculated LDL is marked (LIPID2023 annex §2.1(4)). */
  tgCaution: 2.82,
  /** From here LDL cannot be calculated (same). */
  tgNotCalculable: 4.52,
  friedewaldDivisor: 2.2, // LIPID2023, mmol/L
} as const;

/** Seconds of rest before the next measurement of the same kind (rules.md §3.1 and §4). */
export const waits = {
  /** Between readings of a session; before a session is repeated at crisis values. */
  pressure: { none: 0, second: 60, third: 60, restRepeat: 600, again: 60 },
  /** Sitting quietly before the first reading (HTN2025, WST872). */
  seated: 300,
  lowGlucose: 900,
} as const;
