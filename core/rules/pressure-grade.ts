import { waits } from "./limits.ts";
import type { Circumstances } from "./visit-facts.ts";

/**
 * What a pressure is good for: `diagnostic`, as good as one taken in a clinic, or `screening`. It says how it was measured,
 * never what a person has.
 */
export const pressureGrades = ["screening", "diagnostic"] as const;

/** What kept a pressure from the better grade, by the table of rules.md §3.1. What was not asked is missing, too. */
export const gradeLacks = ["rest", "prepared", "posture", "twoReadings", "stable", "device", "quiet"] as const;
export type GradeLack = (typeof gradeLacks)[number];

export interface PressureGrade {
  readonly grade: (typeof pressureGrades)[number];
  /** In the order of `gradeLacks`; empty where the grade is diagnostic. */
  readonly missing: readonly GradeLack[];
}

export interface GradedReading {
  readonly circumstances: Circumstances;
  /** The device is in order, told the number itself, and has no doubt about it; nobody moved. */
  readonly sound: boolean;
}

export interface GradedSession {
  /** The readings that made the mean; empty while there is none. */
  readonly counted: readonly GradedReading[];
  /** The last two of three readings still differ too much, or the pulse is irregular. */
  readonly unstable: boolean;
}

/** A pressure without a whole session is always a screening one, so none is without its grade. */
export function pressureGrade({ counted, unstable }: GradedSession): PressureGrade {
  const every = (holds: (reading: GradedReading) => boolean): boolean => counted.length > 0 && counted.every(holds);
  const lacks: Readonly<Record<GradeLack, boolean>> = {
    rest: !every(({ circumstances }) => (circumstances.seatedSeconds ?? 0) >= waits.seated),
    prepared: !every(({ circumstances }) => circumstances.prepared === true),
    // The cuff's size belongs to it: a small cuff errs by as much as an arm that hangs.
    posture: !every(({ circumstances }) => circumstances.posture === true && circumstances.cuff !== undefined),
    twoReadings: counted.length < 2,
    stable: unstable,
    device: !every(({ sound }) => sound),
    // Without a microphone nobody can tell; with one, nobody may have talked.
    quiet: counted.some(({ circumstances }) => circumstances.quiet === false),
  };
  const missing = gradeLacks.filter((lack) => lacks[lack]);
  return { grade: missing.length === 0 ? "diagnostic" : "screening", missing };
}
