import type { Migration } from "../migrate.ts";

/**
 * Who is known by what, and what they agreed to: views. `links.key` is a keyed hash, never the number itself. `consents.who`:
 * the resident, or the visit where the person is a guest; `at` is milliseconds since 1970 UTC. `secrets` is no view: what
 * the keyed hashes are made with stays in this file, and the journal, which is shipped, does not have it.
 */
export const people: Migration = {
  version: 50,
  rebuild: true,
  sql: `
    CREATE TABLE links (
      key TEXT PRIMARY KEY,
      resident TEXT NOT NULL,
      way TEXT NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE signs (
      resident TEXT PRIMARY KEY,
      sign TEXT NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE consents (
      who TEXT NOT NULL,
      scope TEXT NOT NULL,
      given INTEGER NOT NULL,
      version TEXT NOT NULL,
      entry TEXT NOT NULL,
      at INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (who, scope)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE visits ADD COLUMN resumed_seq INTEGER;
    CREATE INDEX visits_by_resident ON visits (resident, opened_seq) WHERE resident IS NOT NULL;

    CREATE TABLE secrets (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
