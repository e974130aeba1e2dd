import { v7 as uuidv7 } from "uuid";
import { pairingFault } from "../../core/domain/directory.ts";
import type { Tier } from "../../core/domain/practice.ts";
import type { Account, Directory, Enrolled, PersonRole, Session, Station } from "../ports/directory.ts";
import type { Database } from "../store/open.ts";

export interface AccountRow {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly password_hash: string;
  readonly demo: number;
  readonly org: string | null;
  readonly org_name: string | null;
  readonly tier: Tier | null;
  readonly specialty: string | null;
  readonly licence: string | null;
  readonly retired_at: number | null;
}

export function accountOf(row: AccountRow): Account {
  const { org, org_name: orgName, tier, specialty, licence } = row;
  const works = org !== null && orgName !== null && tier !== null && licence !== null;
  return {
    id: row.id,
    account: row.account,
    name: row.name,
    role: row.role,
    passwordHash: row.password_hash,
    demo: row.demo === 1,
    retired: row.retired_at !== null,
    ...(works ? { practice: { org, orgName, tier, licence, ...(specialty === null ? {} : { specialty }) } } : {}),
  };
}

interface PairingRow {
  readonly branch: string | null;
  readonly hospital: string | null;
}
export type StationRow = Pick<Station, "id" | "name" | "place" | "publicKey"> & PairingRow;

export const stationOf = ({ branch, hospital, ...station }: StationRow): Station => ({
  ...station,
  ...(branch === null ? {} : { branch }),
  ...(hospital === null ? {} : { hospital }),
});

export function createSqliteDirectory(db: Database): Directory {
  const byName = db.prepare<[string], AccountRow>("SELECT * FROM accounts WHERE account = ?");
  const byId = db.prepare<[string], AccountRow>("SELECT * FROM accounts WHERE id = ?");
  const everybody = db.prepare<[], AccountRow>("SELECT * FROM accounts ORDER BY name, id");
  const putAccount = db.prepare(
    `INSERT INTO accounts (id, account, name, role, password_hash, demo, org, org_name, tier, specialty, licence)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (account) DO UPDATE SET name = excluded.name, role = excluded.role, password_hash = excluded.password_hash,
       org = excluded.org, org_name = excluded.org_name, tier = excluded.tier, specialty = excluded.specialty,
       licence = excluded.licence, retired_at = NULL`,
  );
  const noInvitation = db.prepare("DELETE FROM invitations WHERE account = ?");
  const station = db.prepare<[string], StationRow>(
    "SELECT id, name, place, public_key AS publicKey, branch, hospital FROM stations WHERE id = ?",
  );
  const putStation = db.prepare(
    "INSERT INTO stations (id, name, place, public_key, branch, hospital) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const pair = db.prepare("UPDATE stations SET branch = ?, hospital = ? WHERE id = ?");
  const code = db.prepare<[string], { expires_at: number; spent_on: string | null } & PairingRow>(
    "SELECT expires_at, spent_on, branch, hospital FROM enrol_codes WHERE hash = ?",
  );
  const orgs = db.prepare<[], { readonly id: string; readonly tier: Tier }>("SELECT id, tier FROM orgs");
  const spend = db.prepare("UPDATE enrol_codes SET spent_on = ? WHERE hash = ? AND spent_on IS NULL");
  const putCode = db.prepare("INSERT INTO enrol_codes (hash, expires_at, branch, hospital) VALUES (?, ?, ?, ?)");
  const dropUnspent = db.prepare("DELETE FROM enrol_codes WHERE spent_on IS NULL");
  const openSession = db.prepare("INSERT INTO sessions (hash, account, made_at, seen_at) VALUES (?, ?, ?, ?)");
  const session = db.prepare<[string], Session>(
    "SELECT hash, account, made_at AS madeAt, seen_at AS seenAt FROM sessions WHERE hash = ?",
  );
  const touch = db.prepare("UPDATE sessions SET seen_at = max(seen_at, ?) WHERE hash = ?");
  const close = db.prepare("DELETE FROM sessions WHERE hash = ?");
  const contracted = db.prepare<[string], { doctor: string }>(
    `WITH RECURSIVE same (resident) AS (
       SELECT ? UNION
       SELECT iif(joinings.one = same.resident, joinings.other, joinings.one) FROM same
         JOIN joinings ON joinings.parted IS NULL AND (joinings.one = same.resident OR joinings.other = same.resident)
     ) SELECT doctor FROM same JOIN contracted USING (resident) LEFT JOIN accounts ON accounts.id = doctor
       WHERE retired_at IS NULL ORDER BY until DESC LIMIT 1`,
  );
  const contractedWith = db.prepare<[string], { resident: string }>("SELECT resident FROM contracted WHERE doctor = ?");

  const enrol = db.transaction(
    (hash: string, offered: Pick<Station, "id" | "name" | "place" | "publicKey">, now: number): Enrolled => {
      const found = code.get(hash);
      if (!found) return "badCode";
      const known = station.get(offered.id);
      if (found.spent_on !== null)
        return found.spent_on === offered.id && known?.publicKey === offered.publicKey ? "known" : "badCode";
      if (found.expires_at <= now || known) return "badCode";
      // Institutions may have changed since it was made: work would not climb from there.
      const pairing = { branch: found.branch ?? undefined, hospital: found.hospital ?? undefined };
      if (pairingFault(pairing, orgs.all()) === "org.tier") return "badCode";
      putStation.run(offered.id, offered.name, offered.place, offered.publicKey, found.branch, found.hospital);
      spend.run(offered.id, hash);
      return "enrolled";
    },
  );
  const account = (row: AccountRow | undefined) => row && accountOf(row);

  return {
    accountByName: async (name) => account(byName.get(name)),
    account: async (id) => account(byId.get(id)),
    putAccount: async ({ practice, ...given }) => {
      putAccount.run(
        uuidv7(),
        given.account,
        given.name,
        given.role,
        given.passwordHash,
        given.demo ? 1 : 0,
        practice?.org ?? null,
        practice?.orgName ?? null,
        practice?.tier ?? null,
        practice?.specialty ?? null,
        practice?.licence ?? null,
      );
      const kept = account(byName.get(given.account));
      if (!kept) throw new Error("the account just written is not there");
      noInvitation.run(kept.id);
      return kept;
    },
    people: async (roles, demo) =>
      everybody
        .all()
        .map(accountOf)
        .filter((one) => roles.includes(one.role) && !one.retired && (demo || !one.demo)),
    station: async (id) => {
      const row = station.get(id);
      return row && stationOf(row);
    },
    enrol: async (hash, offered, now) => enrol.immediate(hash, offered, now),
    putEnrolCode: async (hash, expiresAt, { branch, hospital }) => {
      db.transaction(() => {
        dropUnspent.run();
        putCode.run(hash, expiresAt, branch ?? null, hospital ?? null);
      }).immediate();
    },
    pairStation: async (id, { branch, hospital }) => void pair.run(branch ?? null, hospital ?? null, id),
    contractedDoctor: async (resident) => contracted.get(resident)?.doctor,
    contractedWith: async (doctor) => contractedWith.all(doctor).map(({ resident }) => resident),
    openSession: async ({ hash, account, madeAt, seenAt }) => void openSession.run(hash, account, madeAt, seenAt),
    session: async (hash) => session.get(hash),
    touchSession: async (hash, now) => void touch.run(now, hash),
    closeSession: async (hash) => void close.run(hash),
  };
}
