import type { GuestStore } from "../ports/guests.ts";
import type { Database } from "../store/open.ts";

interface Row {
  readonly hash: string;
  readonly call: string;
  readonly person: string;
  readonly made_at: number;
}

export function createSqliteGuests(db: Database): GuestStore {
  const find = db.prepare<[string], Row>("SELECT * FROM guest_sessions WHERE hash = ?");
  const insert = db.prepare("INSERT INTO guest_sessions VALUES (?, ?, ?, ?)");
  const drop = db.prepare("DELETE FROM guest_sessions WHERE hash = ?");
  return {
    keep: async ({ hash, call, person, madeAt }) => void insert.run(hash, call, person, madeAt),
    find: async (hash) => {
      const row = find.get(hash);
      return row && { hash: row.hash, call: row.call, person: row.person, madeAt: row.made_at };
    },
    drop: async (hash) => void drop.run(hash),
  };
}
