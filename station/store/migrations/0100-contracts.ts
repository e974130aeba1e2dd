import type { Migration } from "../migrate.ts";

/**
 * Contracts with a family doctor: a view. `at`: of the last change, `until`: ms since 1970 UTC; null while nobody accepted.
 * `team` is no view: who works for the station's institutions, as the hub said last, so that somebody can be chosen without a
 * line. `member`: JSON.
 */
export const contracts: Migration = {
  version: 100,
  rebuild: true,
  sql: `
    CREATE TABLE contracts (
      id TEXT PRIMARY KEY,
      resident TEXT NOT NULL,
      doctor TEXT NOT NULL,
      doctor_name TEXT NOT NULL,
      org TEXT NOT NULL,
      state TEXT NOT NULL,
      at INTEGER NOT NULL,
      until INTEGER,
      reason TEXT,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contracts_by_resident ON contracts (resident, seq);

    CREATE TABLE team (
      nth INTEGER PRIMARY KEY,
      member TEXT NOT NULL
    ) STRICT;
  `,
};
