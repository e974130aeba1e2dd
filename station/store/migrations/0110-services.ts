import type { Migration } from "../migrate.ts";

/**
 * Views of what residents take (`medicines`, one row a prescription; `hub_seq`: the entry's place in the hub's journal) and of what
 * they asked for (`wishes`; `answer_seq`: the last message about it).
 */
export const services: Migration = {
  version: 110,
  sql: `
    CREATE TABLE medicines (
      prescription TEXT PRIMARY KEY,
      resident TEXT,
      state TEXT NOT NULL,
      hub_seq INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX medicines_by_resident ON medicines (resident) WHERE state <> 'ended';
    CREATE INDEX medicines_by_hub ON medicines (hub_seq);

    CREATE TABLE wishes (
      id TEXT PRIMARY KEY,
      resident TEXT,
      seq INTEGER NOT NULL,
      answer_seq INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX wishes_by_resident ON wishes (resident, seq);
  `,
};
