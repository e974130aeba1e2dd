import type { Migration } from "../migrate.ts";

/**
 * `acts`: which entries a start reads back whole to know staff, assignments and the like; a view. `staff_secrets`: what
 * checks the PIN of a member of staff, and the wrong tries in a row. It is no view and never leaves this file: the journal
 * is shipped, this is not. `tried_at` is milliseconds since 1970 UTC.
 */
export const acts: Migration = {
  version: 30,
  rebuild: true,
  sql: `
    CREATE TABLE acts (
      seq INTEGER PRIMARY KEY,
      family TEXT NOT NULL
    ) STRICT;
    CREATE INDEX acts_by_family ON acts (family, seq);

    CREATE TABLE staff_secrets (
      staff TEXT PRIMARY KEY,
      verifier TEXT NOT NULL,
      wrong INTEGER NOT NULL,
      tried_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
