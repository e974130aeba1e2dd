import type { AgeLine, PressureLine } from "./limits.ts";

export interface Pressure {
  readonly sbp: number;
  readonly dbp: number;
}

/** Either number is at its line or above it. */
export const reaches = ({ sbp, dbp }: Pressure, line: PressureLine): boolean =>
  sbp >= line.systolic || dbp >= line.diastolic;

/** Both numbers lie below the line of the person's age. `lines` go from the oldest age to the youngest. */
export function isBelowForAge(pressure: Pressure, age: number, lines: readonly AgeLine[]): boolean {
  const line = lines.find(({ fromAge }) => age >= fromAge);
  return line !== undefined && !reaches(pressure, line);
}
