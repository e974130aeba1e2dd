import type { Migration } from "../migrate.ts";

/** Records opened because of an alarm: who may look until when, and whether it was reviewed. Times in ms since 1970 UTC. */
export const breakings: Migration = {
  version: 92,
  sql: `
    CREATE TABLE breakings (
      id TEXT PRIMARY KEY,
      seq INTEGER NOT NULL REFERENCES entries (seq),
      person TEXT NOT NULL,
      alarm TEXT NOT NULL,
      station TEXT NOT NULL,
      visit TEXT NOT NULL,
      resident TEXT,
      until INTEGER NOT NULL,
      review INTEGER REFERENCES entries (seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX breakings_open ON breakings (person, until);
    CREATE INDEX breakings_unreviewed ON breakings (seq) WHERE review IS NULL;
  `,
};
