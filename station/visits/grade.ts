import type { Grade, Measurement } from "../../core/journal/entry.ts";
import type { Answers } from "../../core/journal/visit-bodies.ts";
import type { KindAnswer } from "../../core/rules/kind-answer.ts";
import { waits } from "../../core/rules/limits.ts";
import { gradeLacks } from "../../core/rules/pressure-grade.ts";
import { circumstancesOf } from "../../core/rules/visit-facts.ts";

/** Rest between two pressures by the rules (rules.md §3.1), seconds. */
export const restOfRules = waits.pressure.second;

/**
 * How long a person sits before the first pressure, seconds. A station whose rest between two readings is shortened (a
 * simulated one) shortens this by as much; one that lets people rest longer does not keep them from sitting down.
 */
export function seatSeconds(restSeconds: number): number {
  return (waits.seated * Math.min(restSeconds, restOfRules)) / restOfRules;
}

/** When a measurement begins, and how long the person has been sitting. ms since 1970 UTC. */
export function timesAt(seatedAt: number | undefined, now: number): Readonly<Measurement["context"]> {
  const sat = seatedAt === undefined ? {} : { seatedSeconds: Math.max(0, Math.round((now - seatedAt) / 1_000)) };
  return { ...sat, startedAt: now };
}

/** The answers that say how a pressure is taken. */
export function answeredIn({ prepared, posture, cuff, arm, quiet }: Answers): Readonly<Measurement["context"]> {
  return {
    ...(prepared === undefined ? {} : { prepared }),
    ...(posture === undefined ? {} : { posture }),
    ...(cuff === undefined ? {} : { cuff }),
    ...(arm === undefined ? {} : { arm }),
    ...(quiet === undefined ? {} : { quiet }),
  };
}

/**
 * A pressure as the rules look at it: what was asked only after it counts where nothing was known when it began, and time
 * spent sitting is measured by this station's own wait.
 */
export function asTaken(measurement: Measurement, answers: Answers, restSeconds: number): Measurement {
  if (measurement.of !== "bloodPressure") return measurement;
  const { seatedSeconds } = circumstancesOf(measurement);
  const asked = seatSeconds(restSeconds);
  const scaled = asked === 0 ? waits.seated : ((seatedSeconds ?? 0) * waits.seated) / asked;
  return {
    ...measurement,
    context: {
      ...answeredIn(answers),
      ...measurement.context,
      ...(seatedSeconds === undefined ? {} : { seatedSeconds: scaled }),
    },
  };
}

/**
 * The grade by the rules. A device that was not in order when it measured never gives a diagnostic one; nor does a station
 * that measures people and was set to let them rest for less than the rules say (`hurries`).
 */
export function gradeOf(
  { pressure }: Pick<KindAnswer, "pressure">,
  taken: readonly Measurement[],
  hurries = false,
): Grade | undefined {
  if (pressure === undefined) return undefined;
  const inOrder = taken.every(({ of, quality }) => of !== "bloodPressure" || quality?.gate === "ready");
  const lacks = gradeLacks.filter(
    (lack) => pressure.grade.missing.includes(lack) || (lack === "device" && !inOrder) || (lack === "rest" && hurries),
  );
  return { grade: lacks.length === 0 ? "diagnostic" : "screening", missing: [...lacks] };
}
