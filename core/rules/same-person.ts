import { difference, product } from "./decimal.ts";
import type { Sex } from "./weight.ts";

/** What was written down of the person before. */
export interface EarlierBody {
  readonly daysAgo: number;
  readonly weightKg?: number | undefined;
  readonly heightCm?: number | undefined;
}

export interface PersonSigns {
  readonly weightKg?: number | undefined;
  readonly heightCm?: number | undefined;
  /** By the card or the person's word. */
  readonly sex?: Sex | undefined;
  readonly birthYear?: number | undefined;
}

export const personDoubts = ["weight", "height", "sex", "age"] as const;
export type PersonDoubt = (typeof personDoubts)[number];

/** rules.md §1, identity soft check (P). */
const limits = { days: 90, weightShare: 0.1, heightCm: 3 } as const;

const isApart = (a: number | undefined, b: number | undefined, allowed: (earlier: number) => number): boolean =>
  a !== undefined && b !== undefined && Math.abs(difference(a, b, 6)) > allowed(b);

/**
 * Why the one who is being measured may not be the one whose record is open; any of them asks "is it you?" before anything
 * is saved. A record older than 90 days says nothing of weight and height.
 */
export function samePerson(
  now: PersonSigns,
  record: Pick<PersonSigns, "sex" | "birthYear">,
  earlier: EarlierBody | undefined,
): readonly PersonDoubt[] {
  const body = earlier !== undefined && earlier.daysAgo <= limits.days ? earlier : undefined;
  const holds: Readonly<Record<PersonDoubt, boolean>> = {
    weight: isApart(now.weightKg, body?.weightKg, (earlierKg) => product(earlierKg, limits.weightShare, 6)),
    height: isApart(now.heightCm, body?.heightCm, () => limits.heightCm),
    sex: now.sex !== undefined && record.sex !== undefined && now.sex !== record.sex,
    age: now.birthYear !== undefined && record.birthYear !== undefined && now.birthYear !== record.birthYear,
  };
  return personDoubts.filter((doubt) => holds[doubt]);
}
