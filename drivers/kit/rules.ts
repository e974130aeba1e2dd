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

/** What it sends is about a person who is not known here, at any time: a card, a code. */
export function isPrivate(profile: Profile): boolean {
  return Object.keys(profile.meaning).some((frame) =>
    rulesOf(profile, frame).some(({ kind }) => kind === "identity" || kind === "scan"),
  );
}

/**
 * Its messages may name a person: they are cards or codes, have a field for an id that somebody types in, are records of
 * which the standard keeps some for the patient, or are printed for somebody to take home. Its bytes belong in no log.
 */
export function mayNamePersons(profile: Profile): boolean {
  const { kind } = profile.envelopes.host;
  const named = Object.values(profile.frames).some(({ to, fields }) =>
    Object.values(fields).some((field) => to === "host" && field.type === "text" && field.private === true),
  );
  const prints = profile.tasks?.print !== undefined;
  return isPrivate(profile) || named || prints || kind === "astm" || kind === "hl7";
}
