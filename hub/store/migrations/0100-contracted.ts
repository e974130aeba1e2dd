import type { Migration } from "../migrate.ts";

/**
 * Contracts that stand now: a view of the records of care. `until`: milliseconds since 1970 UTC. What was in `contracts` before had
 * no act of a resident behind it and is nobody's contract.
 */
export const contracted: Migration = {
  version: 100,
  sql: `
    DROP TABLE contracts;
    CREATE TABLE contracted (
      resident TEXT PRIMARY KEY,
      record TEXT NOT NULL REFERENCES care_records (id),
      doctor TEXT NOT NULL,
      until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contracted_by_doctor ON contracted (doctor);
    CREATE INDEX contracted_by_end ON contracted (until);
  `,
};
