import type { Migration } from "../migrate.ts";

/** Of an account whose owner has chosen no password yet, the code that lets them; of one that has ended, since when. */
export const invitations: Migration = {
  version: 140,
  sql: `
    ALTER TABLE accounts ADD COLUMN retired_at INTEGER;

    CREATE TABLE invitations (
      account TEXT PRIMARY KEY REFERENCES accounts (id),
      hash TEXT NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
