import { v7 as uuidv7 } from "uuid";
import type { Account, Directory, Enrolled, PersonRole, Session, Station } from "../ports/directory.ts";
import type { Database } from "../store/open.ts";

interface AccountRow {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly password_hash: string;
  readonly demo: number;
}

const accountOf = (row: AccountRow | undefined): Account | undefined =>
  row && {
    id: row.id,
    account: row.account,
    name: row.name,
    role: row.role,
    passwordHash: row.password_hash,
    demo: row.demo === 1,
  };

export function createSqliteDirectory(db: Database): Directory {
  const byName = db.prepare<[string], AccountRow>("SELECT * FROM accounts WHERE account = ?");
  const byId = db.prepare<[string], AccountRow>("SELECT * FROM accounts WHERE id = ?");
  const putAccount = db.prepare<[string, string, string, string, string, number]>(
    `INSERT INTO accounts (id, account, name, role, password_hash, demo) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (account) DO UPDATE SET name = excluded.name, role = excluded.role, password_hash = excluded.password_hash`,
  );
  const station = db.prepare<[string], Station>(
    "SELECT id, name, place, public_key AS publicKey FROM stations WHERE id = ?",
  );
  const putStation = db.prepare("INSERT INTO stations (id, name, place, public_key) VALUES (?, ?, ?, ?)");
  const code = db.prepare<[string], { expires_at: number; spent_on: string | null }>(
    "SELECT expires_at, spent_on FROM enrol_codes WHERE hash = ?",
  );
  const spend = db.prepare("UPDATE enrol_codes SET spent_on = ? WHERE hash = ? AND spent_on IS NULL");
  const putCode = db.prepare("INSERT INTO enrol_codes (hash, expires_at) VALUES (?, ?)");
  const dropUnspent = db.prepare("DELETE FROM enrol_codes WHERE spent_on IS NULL");
  const openSession = db.prepare("INSERT INTO sessions (hash, account, made_at, seen_at) VALUES (?, ?, ?, ?)");
  const session = db.prepare<[string], Session>(
    "SELECT hash, account, made_at AS madeAt, seen_at AS seenAt FROM sessions WHERE hash = ?",
  );
  const touch = db.prepare("UPDATE sessions SET seen_at = max(seen_at, ?) WHERE hash = ?");
  const close = db.prepare("DELETE FROM sessions WHERE hash = ?");

  const enrol = db.transaction((hash: string, offered: Station, now: number): Enrolled => {
    const found = code.get(hash);
    if (!found) return "badCode";
    const known = station.get(offered.id);
    if (found.spent_on !== null)
      return found.spent_on === offered.id && known?.publicKey === offered.publicKey ? "known" : "badCode";
    if (found.expires_at <= now || known) return "badCode";
    putStation.run(offered.id, offered.name, offered.place, offered.publicKey);
    spend.run(offered.id, hash);
    return "enrolled";
  });

  return {
    accountByName: async (name) => accountOf(byName.get(name)),
    account: async (id) => accountOf(byId.get(id)),
    putAccount: async (account) => {
      putAccount.run(uuidv7(), account.account, account.name, account.role, account.passwordHash, account.demo ? 1 : 0);
      const kept = accountOf(byName.get(account.account));
      if (!kept) throw new Error("the account just written is not there");
      return kept;
    },
    station: async (id) => station.get(id),
    enrol: async (hash, offered, now) => enrol.immediate(hash, offered, now),
    putEnrolCode: async (hash, expiresAt) => {
      db.transaction(() => {
        dropUnspent.run();
        putCode.run(hash, expiresAt);
      }).immediate();
    },
    openSession: async ({ hash, account, madeAt, seenAt }) => void openSession.run(hash, account, madeAt, seenAt),
    session: async (hash) => session.get(hash),
    touchSession: async (hash, now) => void touch.run(now, hash),
    closeSession: async (hash) => void close.run(hash),
  };
}
