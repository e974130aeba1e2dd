import type { Migration } from "../migrate.ts";

/**
 * Views of `entries`: records of care and their open tasks, folded in the transaction of the entry. `doc` is the canonical JSON of
 * the whole record or task; the columns are what is asked by. `orgs` says where the missed work of an institution climbs to.
 */
export const care: Migration = {
  version: 80,
  sql: `
    CREATE TABLE orgs (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      tier TEXT NOT NULL CHECK (tier IN ('village', 'township', 'county')),
      above TEXT REFERENCES orgs (id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE care_records (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      resident TEXT NOT NULL,
      state TEXT NOT NULL,
      ended INTEGER NOT NULL CHECK (ended IN (0, 1)),
      since INTEGER NOT NULL,
      doc TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX care_records_by_resident ON care_records (resident, kind);
    CREATE INDEX care_records_open ON care_records (kind, since) WHERE ended = 0;

    CREATE TABLE care_parties (
      record TEXT NOT NULL REFERENCES care_records (id),
      org TEXT NOT NULL,
      PRIMARY KEY (org, record)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX care_parties_by_record ON care_parties (record);

    CREATE TABLE care_tasks (
      id TEXT PRIMARY KEY,
      record TEXT NOT NULL REFERENCES care_records (id),
      org TEXT NOT NULL,
      person TEXT,
      climb_at INTEGER NOT NULL,
      due INTEGER NOT NULL,
      doc TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX care_tasks_by_record ON care_tasks (record);
    CREATE INDEX care_tasks_by_org ON care_tasks (org, due);
    CREATE INDEX care_tasks_to_climb ON care_tasks (climb_at);

    CREATE TABLE care_messages (
      id TEXT PRIMARY KEY,
      resident TEXT NOT NULL,
      told_at TEXT,
      doc TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX care_messages_by_resident ON care_messages (resident);
  `,
};
