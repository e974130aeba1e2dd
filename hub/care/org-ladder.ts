import type { Ladder, Owner } from "../../core/care/tasks.ts";
import type { Org } from "../ports/care.ts";
import type { Database } from "../store/open.ts";

interface OrgRow {
  readonly id: string;
  readonly name: string;
  readonly tier: Org["tier"];
  readonly above: string | null;
  readonly phone: string | null;
}

/** Institutions and who works there, read afresh at every question: staff leave at any moment. */
export function createOrgs(db: Database): Ladder & {
  readonly org: (id: string) => Org | undefined;
  readonly put: (org: Org) => void;
  /** Who is nearest to a station: the village where it stands, else its hospital. */
  readonly near: (station: string) => Omit<Owner, "person"> | undefined;
  /** Who stands above all others on the way up from an institution. */
  readonly top: (org: string) => Omit<Owner, "person"> | undefined;
} {
  const byId = db.prepare<[string], OrgRow>("SELECT id, name, tier, above, phone FROM orgs WHERE id = ?");
  const worksAt = db.prepare<[string, string], { id: string }>(
    "SELECT id FROM accounts WHERE id = ? AND org = ? AND retired_at IS NULL",
  );
  const put = db.prepare(
    `INSERT INTO orgs (id, name, tier, above, phone) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, tier = excluded.tier, above = excluded.above, phone = excluded.phone`,
  );
  const org = (id: string): Org | undefined => {
    const row = byId.get(id);
    if (!row) return undefined;
    const { above, phone, ...rest } = row;
    return { ...rest, ...(above === null ? {} : { above }), ...(phone === null ? {} : { phone }) };
  };
  const standsAt = db.prepare<[string], { branch: string | null; hospital: string | null }>(
    "SELECT branch, hospital FROM stations WHERE id = ?",
  );
  const owner = (id: string | null | undefined) => {
    const found = id === null || id === undefined ? undefined : org(id);
    return found && { org: found.id, tier: found.tier };
  };
  return {
    org,
    near: (station) => {
      const place = standsAt.get(station);
      return owner(place?.branch) ?? owner(place?.hospital);
    },
    top: (id) => {
      // A circle in the list of institutions must not hold the hub up.
      const passed = new Set([id]);
      let at = id;
      for (let up = org(at)?.above; up !== undefined && !passed.has(up); up = org(at)?.above) {
        passed.add(up);
        at = up;
      }
      return owner(at);
    },
    put: ({ id, name, tier, above, phone }) => void put.run(id, name, tier, above ?? null, phone ?? null),
    above: (id) => owner(org(id)?.above),
    isActive: (person, at) => worksAt.get(person, at) !== undefined,
  };
}
