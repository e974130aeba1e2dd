import type { Ladder } from "../../core/care/tasks.ts";
import type { Org } from "../ports/care.ts";
import type { Database } from "../store/open.ts";

interface OrgRow {
  readonly id: string;
  readonly name: string;
  readonly tier: Org["tier"];
  readonly above: string | null;
}

/** Institutions and who works there, read afresh at every question: staff leave at any moment. */
export function createOrgs(db: Database): Ladder & {
  readonly org: (id: string) => Org | undefined;
  readonly put: (org: Org) => void;
} {
  const byId = db.prepare<[string], OrgRow>("SELECT id, name, tier, above FROM orgs WHERE id = ?");
  const worksAt = db.prepare<[string, string], { id: string }>("SELECT id FROM accounts WHERE id = ? AND org = ?");
  const put = db.prepare(
    `INSERT INTO orgs (id, name, tier, above) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, tier = excluded.tier, above = excluded.above`,
  );
  const org = (id: string): Org | undefined => {
    const row = byId.get(id);
    if (!row) return undefined;
    const { above, ...rest } = row;
    return above === null ? rest : { ...rest, above };
  };
  return {
    org,
    put: ({ id, name, tier, above }) => void put.run(id, name, tier, above ?? null),
    above: (id) => {
      const up = org(id)?.above;
      const found = up === undefined ? undefined : org(up);
      return found && { org: found.id, tier: found.tier };
    },
    isActive: (person, at) => worksAt.get(person, at) !== undefined,
  };
}
