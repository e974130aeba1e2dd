import type { MeasurementKind } from "../../core/domain/outcome.ts";
import type { Profile, Rule } from "./schema.ts";

/** What a frame means, as a list; none for frames to the device. */
export function rulesOf(profile: Profile, frame: string): readonly Rule[] {
  const meaning = profile.meaning[frame];
  return meaning === undefined ? [] : Array.isArray(meaning) ? (meaning as readonly Rule[]) : [meaning as Rule];
}

/** The kinds of measuring that a frame is about; empty where it is about the device. */
export function kindsOf(profile: Profile, frame: string): readonly MeasurementKind[] {
  return [
    ...new Set(
      rulesOf(profile, frame).flatMap((rule) => ("of" in rule && rule.kind !== "wave" ? (rule.of ?? []) : [])),
    ),
  ];
}

/** What it sends may be about a person who is not known here (a card, a code): its bytes belong in no log. */
export function isPrivate(profile: Profile): boolean {
  return Object.keys(profile.meaning).some((frame) =>
    rulesOf(profile, frame).some(({ kind }) => kind === "identity" || kind === "scan"),
  );
}
