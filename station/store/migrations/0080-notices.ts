import type { Migration } from "../migrate.ts";

/**
 * Views of what is to be told: messages of the hub (`notices`; `resident` null: under no name, so for nobody), and since when an
 * opinion about an earlier visit is told. `hub_seq`: the entry's place in the hub's journal.
 */
export const notices: Migration = {
  version: 80,
  sql: `
    CREATE TABLE notices (
      id TEXT PRIMARY KEY,
      resident TEXT,
      hub_seq INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      told_seq INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX notices_waiting ON notices (resident) WHERE told_seq IS NULL;
    CREATE INDEX notices_by_hub ON notices (hub_seq);

    ALTER TABLE opinions ADD COLUMN told_seq INTEGER;
  `,
};
