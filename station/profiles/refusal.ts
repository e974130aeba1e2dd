import { filled } from "../../core/i18n/message.ts";
import { profileFileReasons } from "../../core/i18n/profile-reasons.ts";
import type { Place } from "./placed-json.ts";

/** A sentence in both languages. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

/** One reason to refuse a file. Without a line the whole file is meant; lines and columns count from 1. */
export interface ProfileProblem extends Partial<Place> {
  /** Where in the profile: `frames.result.fields.systolic`. */
  readonly path?: string;
  readonly reason: Said;
}

export interface RefusedProfile {
  /** Name in the folder. */
  readonly file: string;
  /** At least one. */
  readonly problems: readonly ProfileProblem[];
}

export function said(
  reason: keyof typeof profileFileReasons,
  values: Readonly<Record<string, string | number>> = {},
): Said {
  const { zh, en } = profileFileReasons[reason];
  return { zh: filled(zh, values), en: filled(en, values) };
}

/** A person reads these one by one: a file that is wrong all over is told so after this many. */
const mostProblems = 20;

export function shortened(problems: readonly ProfileProblem[]): readonly ProfileProblem[] {
  const more = problems.length - mostProblems;
  return more <= 0 ? problems : [...problems.slice(0, mostProblems), { reason: said("more", { count: more }) }];
}
