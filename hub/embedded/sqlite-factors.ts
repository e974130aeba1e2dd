import type { FactorStore, KeyStore, WrappedKey } from "../ports/factors.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import type { HubJournal } from "../store/journal.ts";
import type { Database } from "../store/open.ts";

export function createSqliteFactors(db: Database, journal: Pick<HubJournal, "append">): FactorStore {
  const read = db.prepare<[string], { secret: string; confirmed: number }>(
    "SELECT secret, confirmed FROM factors WHERE account = ?",
  );
  const put = db.prepare("INSERT OR REPLACE INTO factors (account, secret, confirmed) VALUES (?, ?, ?)");
  const confirm = db.prepare("UPDATE factors SET confirmed = 1 WHERE account = ?");
  const forgetUsed = db.prepare("DELETE FROM used_codes WHERE account = ? AND step < ?");
  const forget = db.prepare("DELETE FROM factors WHERE account = ?");
  const closeSessions = db.prepare<[string], { hash: string }>("DELETE FROM sessions WHERE account = ? RETURNING hash");
  const reset = db.transaction((account: string, entry: NewEntry): readonly string[] => {
    forget.run(account);
    // Codes are of a secret: those of the next one are all unused.
    forgetUsed.run(account, Infinity);
    const closed = closeSessions.all(account).map(({ hash }) => hash);
    journal.append([entry]);
    return closed;
  });
  const use = db.prepare("INSERT OR IGNORE INTO used_codes (account, step) VALUES (?, ?)");
  const spend = db.transaction((account: string, step: number, forget: number): boolean => {
    forgetUsed.run(account, forget);
    return use.run(account, step).changes === 1;
  });
  return {
    factor: async (account) => {
      const row = read.get(account);
      return row && { secret: row.secret, confirmed: row.confirmed === 1 };
    },
    putFactor: async (account, { secret, confirmed }) => void put.run(account, secret, confirmed ? 1 : 0),
    confirm: async (account) => void confirm.run(account),
    reset: async (account, entry) => reset.immediate(account, entry),
    spend: async (account, step, forget) => spend.immediate(account, step, forget),
  };
}

export function createSqliteKeys(db: Database): KeyStore {
  const read = db.prepare<[string], WrappedKey>(
    `SELECT public_key AS publicKey, account, salt, nonce, wrapped, made_at AS madeAt
     FROM signing_keys WHERE account = ? AND wrapped IS NOT NULL`,
  );
  const retire = db.prepare("UPDATE signing_keys SET wrapped = NULL WHERE account = ?");
  const put = db.prepare(
    "INSERT INTO signing_keys (public_key, account, salt, nonce, wrapped, made_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const known = db.prepare("SELECT 1 FROM signing_keys WHERE account = ? AND public_key = ?");
  const putKey = db.transaction(({ publicKey, account, salt, nonce, wrapped, madeAt }: WrappedKey) => {
    retire.run(account);
    put.run(publicKey, account, salt, nonce, wrapped, madeAt);
  });
  return {
    keyOf: async (account) => read.get(account),
    putKey: async (key) => putKey.immediate(key),
    isKeyOf: async (account, publicKey) => known.get(account, publicKey) !== undefined,
  };
}
