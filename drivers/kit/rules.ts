import type { Profile, Rule } from "./schema.ts";

/** What a frame means, as a list; none for frames to the device. */
export function rulesOf(profile: Profile, frame: string): readonly Rule[] {
  const meaning = profile.meaning[frame];
  return meaning === undefined ? [] : Array.isArray(meaning) ? (meaning as readonly Rule[]) : [meaning as Rule];
}
