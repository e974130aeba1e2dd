import type { Migration } from "../migrate.ts";

/**
 * Second factors, the codes that were used, and personal signing keys. Times are milliseconds since 1970 UTC, steps are those of
 * RFC 6238 (30 s). A retired key keeps its public half and loses the other.
 */
export const factors: Migration = {
  version: 70,
  sql: `
    CREATE TABLE factors (
      account TEXT PRIMARY KEY REFERENCES accounts (id),
      secret TEXT NOT NULL,
      confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE used_codes (
      account TEXT NOT NULL REFERENCES accounts (id),
      step INTEGER NOT NULL,
      PRIMARY KEY (account, step)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE signing_keys (
      public_key TEXT PRIMARY KEY,
      account TEXT NOT NULL REFERENCES accounts (id),
      salt BLOB NOT NULL,
      nonce BLOB NOT NULL,
      wrapped BLOB,
      made_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX signing_keys_in_use ON signing_keys (account) WHERE wrapped IS NOT NULL;
  `,
};
