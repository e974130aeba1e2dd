import { tiers, type Tier } from "./practice.ts";

/** Whom a county invites. Operators of a station sign in there by their PIN. */
export const staffRoles = [
  "villageDoctor",
  "doctor",
  "specialist",
  "pharmacist",
  "technician",
  "manager",
  "auditor",
] as const;
export type StaffRole = (typeof staffRoles)[number];

/** Who answers for residents works for an institution that answers for them. */
const practising: readonly string[] = ["villageDoctor", "doctor", "specialist", "pharmacist"];

export const orgFaults = ["org.unknown", "org.tier"] as const;
export type OrgFault = (typeof orgFaults)[number];
export const staffFaults = ["account.needsPractice", "org.unknown"] as const;
export type StaffFault = (typeof staffFaults)[number];

interface Placed {
  readonly id: string;
  readonly tier: Tier;
  readonly above?: string | undefined;
}

const isHigher = (one: Tier, other: Tier): boolean => tiers.indexOf(one) > tiers.indexOf(other);

interface Paired {
  readonly branch?: string | undefined;
  readonly hospital?: string | undefined;
}

/** Work climbs upwards: what stands above is of a higher tier, so that it never goes in a ring. `stations` stay paired. */
export function orgFault(
  org: Omit<Placed, "id"> & { readonly id?: string | undefined },
  all: readonly Placed[],
  stations: readonly Paired[] = [],
): OrgFault | undefined {
  if (org.id !== undefined && !all.some(({ id }) => id === org.id)) return "org.unknown";
  if (org.above !== undefined) {
    const above = all.find(({ id }) => id === org.above);
    if (!above) return "org.unknown";
    if (!isHigher(above.tier, org.tier)) return "org.tier";
  }
  const below = all.filter(({ above }) => org.id !== undefined && above === org.id);
  if (!below.every(({ tier }) => isHigher(org.tier, tier))) return "org.tier";
  const then = all.map((one) => (one.id === org.id ? { ...one, tier: org.tier } : one));
  const touched = stations.filter(({ branch, hospital }) => branch === org.id || hospital === org.id);
  return touched.some((pairing) => pairingFault(pairing, then)) ? "org.tier" : undefined;
}

/** A station stands at its branch; its hospital is of a higher tier than that. */
export function pairingFault({ branch, hospital }: Paired, all: readonly Placed[]): OrgFault | undefined {
  const stands = all.find(({ id }) => id === branch);
  const paired = all.find(({ id }) => id === hospital);
  if ((branch !== undefined && !stands) || (hospital !== undefined && !paired)) return "org.unknown";
  return stands && paired && !isHigher(paired.tier, stands.tier) ? "org.tier" : undefined;
}

export function staffFault(
  role: string,
  practice: { readonly org: string } | undefined,
  all: readonly Placed[],
): StaffFault | undefined {
  if (practice === undefined) return practising.includes(role) ? "account.needsPractice" : undefined;
  return all.some(({ id }) => id === practice.org) ? undefined : "org.unknown";
}

/** As long as nobody guesses it, and not what stands beside it. */
export const isGoodPassword = (password: string, account: string): boolean =>
  password.length >= 10 && password.toLowerCase() !== account.toLowerCase();
