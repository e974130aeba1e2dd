import type { Migration } from "../migrate.ts";

/** Relatives who came into a call by a code, by the hash of their cookie. Times in ms since 1970 UTC. */
export const guests: Migration = {
  version: 110,
  sql: `
    CREATE TABLE guest_sessions (
      hash TEXT PRIMARY KEY,
      call TEXT NOT NULL REFERENCES calls (id),
      person TEXT NOT NULL UNIQUE,
      made_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
