import type { Migration } from "../migrate.ts";

/** Times are milliseconds since 1970 UTC. Tokens and codes are kept as SHA-256 only, passwords as argon2id. */
export const directory: Migration = {
  version: 20,
  sql: `
    CREATE TABLE accounts (
      id TEXT PRIMARY KEY,
      account TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('operator', 'doctor', 'technician', 'manager')),
      password_hash TEXT NOT NULL,
      demo INTEGER NOT NULL CHECK (demo IN (0, 1))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sessions (
      hash TEXT PRIMARY KEY,
      account TEXT NOT NULL REFERENCES accounts (id),
      made_at INTEGER NOT NULL,
      seen_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stations (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      place TEXT NOT NULL,
      public_key TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE enrol_codes (
      hash TEXT PRIMARY KEY,
      expires_at INTEGER NOT NULL,
      spent_on TEXT REFERENCES stations (id)
    ) STRICT, WITHOUT ROWID;
  `,
};
