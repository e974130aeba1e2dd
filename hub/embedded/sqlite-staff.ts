import type { Org } from "../ports/care.ts";
import type { Staff, StaffStore, Work } from "../ports/staff.ts";
import type { HubJournal } from "../store/journal.ts";
import type { Database } from "../store/open.ts";
import { accountOf, stationOf, type AccountRow, type StationRow } from "./sqlite-directory.ts";

interface StaffRow extends AccountRow {
  readonly expires_at: number | null;
  readonly confirmed: number | null;
}
interface OrgRow {
  readonly id: string;
  readonly name: string;
  readonly tier: Org["tier"];
  readonly above: string | null;
  readonly phone: string | null;
}

function staffOf(row: StaffRow): Staff {
  const { passwordHash: _, ...account } = accountOf(row);
  const state = row.retired_at !== null ? "retired" : row.expires_at !== null ? "invited" : "active";
  return {
    ...account,
    state,
    ...(state === "invited" && row.expires_at !== null ? { invitedUntil: row.expires_at } : {}),
    factor: row.confirmed === 1,
  };
}

export function createSqliteStaff(db: Database, journal: Pick<HubJournal, "append">): StaffStore {
  const read = `SELECT accounts.*, invitations.expires_at, factors.confirmed FROM accounts
    LEFT JOIN invitations ON invitations.account = accounts.id LEFT JOIN factors ON factors.account = accounts.id`;
  const everybody = db.prepare<[], StaffRow>(`${read} ORDER BY name, accounts.id`);
  const one = db.prepare<[string], StaffRow>(`${read} WHERE accounts.id = ?`);
  const orgs = db.prepare<[], OrgRow>("SELECT id, name, tier, above, phone FROM orgs ORDER BY name, id");
  const stations = db.prepare<[], StationRow>(
    "SELECT id, name, place, public_key AS publicKey, branch, hospital FROM stations ORDER BY name, id",
  );
  const putOrg = db.prepare(
    `INSERT INTO orgs (id, name, tier, above, phone) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, tier = excluded.tier, above = excluded.above, phone = excluded.phone`,
  );
  const renameAt = db.prepare("UPDATE accounts SET org_name = ?, tier = ? WHERE org = ?");
  const add = db.prepare(
    `INSERT OR IGNORE INTO accounts (id, account, name, role, password_hash, demo, org, org_name, tier, specialty, licence)
     VALUES (?, ?, ?, ?, '', 0, ?, ?, ?, ?, ?)`,
  );
  const putInvitation = db.prepare("INSERT OR REPLACE INTO invitations (account, hash, expires_at) VALUES (?, ?, ?)");
  const noPassword = db.prepare("UPDATE accounts SET password_hash = '' WHERE id = ?");
  const noFactor = db.prepare("DELETE FROM factors WHERE account = ?");
  const noUsed = db.prepare("DELETE FROM used_codes WHERE account = ?");
  const noInvitation = db.prepare("DELETE FROM invitations WHERE account = ?");
  const closeAll = db.prepare<[string], { hash: string }>("DELETE FROM sessions WHERE account = ? RETURNING hash");
  const invited = db.prepare<[string, string, number], Pick<AccountRow, "id" | "role">>(
    `SELECT accounts.id, role FROM accounts JOIN invitations ON invitations.account = accounts.id
     WHERE accounts.account = ? AND hash = ? AND expires_at > ? AND retired_at IS NULL`,
  );
  const password = db.prepare("UPDATE accounts SET password_hash = ? WHERE id = ?");
  const change = db.prepare(
    "UPDATE accounts SET name = ?, org = ?, org_name = ?, tier = ?, specialty = ?, licence = ? WHERE id = ? AND retired_at IS NULL",
  );
  const retire = db.prepare("UPDATE accounts SET retired_at = ?, password_hash = '' WHERE id = ?");
  const pair = db.prepare("UPDATE stations SET branch = ?, hospital = ? WHERE id = ?");

  // Of the same demonstration, or of none: invented people manage nothing in a county.
  const leaves = db.prepare<[string], { others: number }>(
    `SELECT count(*) AS others FROM accounts JOIN accounts AS leaving ON leaving.id = ?
     LEFT JOIN invitations ON invitations.account = accounts.id
     WHERE accounts.role = 'manager' AND accounts.id <> leaving.id AND accounts.retired_at IS NULL
       AND invitations.account IS NULL AND accounts.demo <= leaving.demo`,
  );
  const isLastManager = (id: string): boolean => {
    const row = one.get(id);
    return row?.role === "manager" && staffOf(row).state === "active" && leaves.get(id)?.others === 0;
  };
  const closed = (id: string): readonly string[] => closeAll.all(id).map(({ hash }) => hash);
  const forget = (id: string): readonly string[] => {
    noFactor.run(id);
    noUsed.run(id);
    noInvitation.run(id);
    return closed(id);
  };
  const orgsNow = () =>
    orgs.all().map(({ above, phone, ...org }) => ({
      ...org,
      ...(above === null ? {} : { above }),
      ...(phone === null ? {} : { phone }),
    }));
  const columns = (practice: Work | undefined) => {
    const org = practice && orgsNow().find(({ id }) => id === practice.org);
    return [org?.id, org?.name, org?.tier, org && practice.specialty, org && practice.licence].map(
      (one) => one ?? null,
    );
  };
  const step = <Answer>(work: () => Answer): Answer => db.transaction(work).immediate();

  return {
    orgs: async () => orgsNow(),
    all: async (demo) =>
      everybody
        .all()
        .map(staffOf)
        .filter((row) => demo || !row.demo),
    find: async (id) => {
      const row = one.get(id);
      return row && staffOf(row);
    },
    stations: async () => stations.all().map(stationOf),
    putOrg: async ({ id, name, tier, above, phone }, refuse, entry) =>
      step(() => {
        const why = refuse(orgsNow(), stations.all().map(stationOf));
        if (why !== undefined) return why;
        putOrg.run(id, name, tier, above ?? null, phone ?? null);
        renameAt.run(name, tier, id);
        journal.append([entry]);
        return undefined;
      }),
    invite: async ({ id, account, name, role, practice }, { hash, expiresAt }, refuse, entry) =>
      step(() => {
        const why = refuse(orgsNow());
        if (why !== undefined) return why;
        if (add.run(id, account, name, role, ...columns(practice)).changes === 0) return "account.taken";
        putInvitation.run(id, hash, expiresAt);
        journal.append([entry]);
        return undefined;
      }),
    inviteAgain: async (id, { hash, expiresAt }, entry) =>
      step(() => {
        if (isLastManager(id)) return undefined;
        noPassword.run(id);
        const sessions = forget(id);
        putInvitation.run(id, hash, expiresAt);
        journal.append([entry]);
        return sessions;
      }),
    accept: async (account, codeHash, now, passwordHash, entryOf) =>
      step(() => {
        const found = invited.get(account, codeHash, now);
        if (!found) return false;
        password.run(passwordHash, found.id);
        noInvitation.run(found.id);
        journal.append([entryOf(found)]);
        return true;
      }),
    change: async (id, { name, practice }, refuse, entry) =>
      step(() => {
        const why = refuse(orgsNow());
        if (why !== undefined) return why;
        if (change.run(name, ...columns(practice), id).changes === 0) return "account.unknown";
        journal.append([entry]);
        return undefined;
      }),
    retire: async (id, at, entry) =>
      step(() => {
        if (isLastManager(id)) return undefined;
        retire.run(at, id);
        const sessions = forget(id);
        journal.append([entry]);
        return sessions;
      }),
    pair: async (station, { branch, hospital }, refuse, entry) =>
      step(() => {
        const why = refuse(orgsNow());
        if (why !== undefined) return why;
        pair.run(branch ?? null, hospital ?? null, station);
        journal.append([entry]);
        return undefined;
      }),
  };
}
