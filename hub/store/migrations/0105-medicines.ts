import type { Migration } from "../migrate.ts";

/** The last day a medicine lasts for, and from when on its resident is reminded, milliseconds since 1970 UTC. */
export const medicines: Migration = {
  version: 105,
  sql: `
    CREATE TABLE medicine_ends (
      prescription TEXT PRIMARY KEY,
      day TEXT NOT NULL,
      due INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX medicine_ends_due ON medicine_ends (due);
  `,
};
