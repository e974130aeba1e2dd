import type { Migration } from "../migrate.ts";

/**
 * Who may look at whose record, and who did: views. `family`: one row for each pair, `ended` 1 where the right was taken back.
 * `looks.at` is milliseconds since 1970 UTC; `by` is null where a role looked, not a person.
 */
export const family: Migration = {
  version: 60,
  rebuild: true,
  sql: `
    CREATE TABLE family (
      owner TEXT NOT NULL,
      relative TEXT NOT NULL,
      why TEXT NOT NULL,
      ended INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (owner, relative)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX family_by_relative ON family (relative) WHERE ended = 0;

    CREATE TABLE looks (
      owner TEXT NOT NULL,
      seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      by TEXT,
      role TEXT NOT NULL,
      what TEXT NOT NULL,
      PRIMARY KEY (owner, seq)
    ) STRICT, WITHOUT ROWID;
  `,
};
