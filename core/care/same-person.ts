import { z } from "zod";

/**
 * Two records of one person. Nothing is rewritten: a joining is an entry beside both records and says that they are read
 * together; a parting takes it back. Each fact stays where it was kept, so that what is parted is as it was before.
 */

/** Where a record is kept: a resident of a station. */
export const recordRefSchema = z.strictObject({ station: z.string().min(1), resident: z.string().min(1) });
export type RecordRef = z.infer<typeof recordRefSchema>;

/** Why two records are proposed: both have the same code; or name, sex and year of birth agree. */
export const sameWhys = ["code", "person"] as const;
export type SameWhy = (typeof sameWhys)[number];

const when = z.iso.datetime({ precision: 3 });
const decider = z.strictObject({ id: z.string().min(1), name: z.string().min(1), role: z.string().min(1) });
export const partReasonSchema = z.string().trim().min(4).max(500);

export const joinedSchema = z.strictObject({
  id: z.uuid(),
  one: recordRefSchema,
  other: recordRefSchema,
  why: z.array(z.enum(sameWhys)).min(1),
  by: decider,
  at: when,
  /** Whose views change: where both are kept. Absent: two stations, of which neither has the other's record. */
  station: z.string().optional(),
});
export type Joined = z.infer<typeof joinedSchema>;

export const partedSchema = z.strictObject({
  joining: z.uuid(),
  by: decider,
  reason: partReasonSchema,
  at: when,
  station: z.string().optional(),
});
export type Parted = z.infer<typeof partedSchema>;

/** A person looked at both, and they are two people: not proposed again. */
export const apartSchema = z.strictObject({
  id: z.uuid(),
  one: recordRefSchema,
  other: recordRefSchema,
  by: decider,
  at: when,
});
export type Apart = z.infer<typeof apartSchema>;

/** A code that a resident showed beside their card and wants to be known by. `key`: under a secret of the hub; the code is in no entry. */
export const codedSchema = z.strictObject({
  record: recordRefSchema,
  key: z.string().regex(/^[0-9a-f]{64}$/u),
});

/** The resident no longer wants to be known by it. `link`: the id it was linked under. */
export const uncodedSchema = z.strictObject({ record: recordRefSchema, link: z.uuid() });

/** What a registration says, as two registrations of one person agree in it: spelling and spaces aside. */
export function likeName(name: string): string {
  return name.normalize("NFKC").replaceAll(/\s+/gu, "").toLowerCase();
}

/** Everybody who is one person with `resident`, by these pairs; `resident` first. */
export function allOf(resident: string, pairs: readonly (readonly [string, string])[]): readonly string[] {
  const found = new Set([resident]);
  for (const one of found)
    for (const [a, b] of pairs) {
      if (a === one) found.add(b);
      if (b === one) found.add(a);
    }
  return [...found];
}
