import { tiers, type Tier } from "../../../core/domain/practice.ts";

interface Org {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  readonly above?: string | undefined;
}

interface Placed<T extends Org> {
  readonly org: T;
  /** How many institutions stand above it in this tree. */
  readonly depth: number;
}

const rank = (tier: Tier): number => tiers.indexOf(tier);

/**
 * Institutions as they stand under one another: each followed by those below it, higher tiers first, then by name. One whose
 * institution above is not among them stands at the root; each appears once, whatever is said to be above it.
 */
export function treeOf<T extends Org>(orgs: readonly T[]): readonly Placed<T>[] {
  const known = new Set(orgs.map(({ id }) => id));
  const sorted = [...orgs].sort((a, b) => rank(b.tier) - rank(a.tier) || a.name.localeCompare(b.name, "zh-CN"));
  const placed: Placed<T>[] = [];
  const seen = new Set<string>();
  const place = (org: T, depth: number) => {
    if (seen.has(org.id)) return;
    seen.add(org.id);
    placed.push({ org, depth });
    for (const below of sorted) if (below.above === org.id) place(below, depth + 1);
  };
  for (const org of sorted) if (org.above === undefined || !known.has(org.above)) place(org, 0);
  for (const org of sorted) place(org, 0);
  return placed;
}

/** Those of a higher tier, which may stand above one of this. */
export const higherThan = <T extends Org>(orgs: readonly T[], tier: Tier): readonly T[] =>
  orgs.filter((org) => rank(org.tier) > rank(tier));
