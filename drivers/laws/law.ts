import type { Profile } from "../kit/index.ts";

/** In English and Chinese: a law is read by whoever writes a profile. */
export interface Sentence {
  readonly en: string;
  readonly zh: string;
}

/**
 * `broken`: the profile may not be used. `noted`: it holds, and this is worth knowing (how many errors a weak check lets
 * by). `counted`: it holds, and this is how often it was tried.
 */
export interface Finding {
  readonly kind: "broken" | "noted" | "counted";
  /** One line for a person who has the profile's file open. */
  readonly what: string;
  /** By what is counted: tries, and how many of them passed by. For a table over all profiles. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** One thing to try on one profile: quick to list, and run only when it is asked for. Never throws for a sound kit. */
export interface LawCase {
  /** What it is tried on: `result.systolic`, `fault silent`. */
  readonly name: string;
  run(): Finding | undefined;
}

/** What holds for every device, whoever wrote its table (house.md §4). Pure: the same profile gives the same findings. */
export interface Law {
  readonly id: string;
  readonly holds: Sentence;
  /** Cases of a sound profile; none where the law has nothing to say about it. */
  cases(profile: Profile): Iterable<LawCase>;
}

export const broken = (what: string): Finding => ({ kind: "broken", what });
export const noted = (what: string, counts: Readonly<Record<string, number>> = {}): Finding => ({
  kind: "noted",
  what,
  counts,
});
export const counted = (counts: Readonly<Record<string, number>>): Finding => ({ kind: "counted", what: "", counts });

/** Broken with the first three of a list of offenders; kept when there is none. */
export function none(offenders: readonly string[], what: string): Finding | undefined {
  if (offenders.length === 0) return undefined;
  const shown = offenders.slice(0, 3).join(", ");
  return broken(`${what}: ${shown}${offenders.length > 3 ? ` and ${offenders.length - 3} more` : ""}`);
}

/** Runs a case. What is thrown is a finding like another: a table that the schema lets by may still be none. */
export function tried(each: LawCase): Finding | undefined {
  try {
    return each.run();
  } catch (error) {
    return broken(`it cannot be tried: ${error instanceof Error ? error.message : String(error)}`);
  }
}
