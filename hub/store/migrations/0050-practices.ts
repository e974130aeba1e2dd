import type { Migration } from "../migrate.ts";

/**
 * More roles, where people practice, which institutions a station belongs to, and who signed with whom. A check cannot be
 * altered, so the accounts are written anew; the rows that name them are looked at again only when the step commits.
 */
export const practices: Migration = {
  version: 50,
  sql: `
    PRAGMA defer_foreign_keys = ON;
    CREATE TEMP TABLE kept_accounts AS SELECT * FROM accounts;
    DROP TABLE accounts;
    CREATE TABLE accounts (
      id TEXT PRIMARY KEY,
      account TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN (
        'operator', 'villageDoctor', 'doctor', 'specialist', 'pharmacist', 'technician', 'manager', 'auditor')),
      password_hash TEXT NOT NULL,
      demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
      org TEXT,
      org_name TEXT,
      tier TEXT CHECK (tier IN ('village', 'township', 'county')),
      specialty TEXT,
      licence TEXT,
      CHECK ((org IS NULL) = (org_name IS NULL) AND (org IS NULL) = (tier IS NULL) AND (org IS NULL) = (licence IS NULL))
    ) STRICT, WITHOUT ROWID;
    INSERT INTO accounts (id, account, name, role, password_hash, demo)
      SELECT id, account, name, role, password_hash, demo FROM kept_accounts;
    DROP TABLE kept_accounts;

    ALTER TABLE stations ADD COLUMN branch TEXT;
    ALTER TABLE stations ADD COLUMN hospital TEXT;
    ALTER TABLE enrol_codes ADD COLUMN branch TEXT;
    ALTER TABLE enrol_codes ADD COLUMN hospital TEXT;

    CREATE TABLE contracts (
      resident TEXT PRIMARY KEY,
      doctor TEXT NOT NULL REFERENCES accounts (id),
      since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
