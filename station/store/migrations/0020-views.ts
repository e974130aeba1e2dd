import type { Migration } from "../migrate.ts";

/**
 * Views: tables computed from the journal and from nothing else. Times are milliseconds since 1970 UTC; `seq` names the
 * journal entry behind a row. `person` is the resident, or the visit where the person is a guest. A reading is one of many
 * thousands and read by the hundred, so its row is narrow: the person as bytes (`personKey`), quantity and unit as codes, the entry by its number.
 */
export const views: Migration = {
  version: 20,
  rebuild: true,
  sql: `
    CREATE TABLE residents (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      sex TEXT NOT NULL,
      birth_year INTEGER NOT NULL,
      facts TEXT NOT NULL,
      specimen INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE visits (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      resident TEXT,
      opened_at INTEGER NOT NULL,
      opened_seq INTEGER NOT NULL,
      closed_at INTEGER,
      closed_seq INTEGER,
      reason TEXT,
      last_seq INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX visits_open ON visits (opened_seq) WHERE closed_seq IS NULL;

    CREATE TABLE measurements (
      id TEXT PRIMARY KEY,
      visit TEXT,
      person TEXT,
      kind TEXT,
      state TEXT NOT NULL CHECK (state IN ('heard', 'accepted', 'refused')),
      device TEXT NOT NULL,
      heard_at INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE readings (
      person BLOB NOT NULL,
      quantity INTEGER NOT NULL,
      heard_at INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      nth INTEGER NOT NULL,
      value REAL NOT NULL,
      unit INTEGER NOT NULL,
      comparator TEXT,
      doubts TEXT,
      PRIMARY KEY (person, quantity, heard_at, seq, nth)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE refusals (
      seq INTEGER PRIMARY KEY,
      measurement TEXT NOT NULL,
      visit TEXT,
      person TEXT,
      kind TEXT,
      reason TEXT NOT NULL,
      heard_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE opinions (
      id TEXT PRIMARY KEY,
      visit TEXT NOT NULL,
      call TEXT NOT NULL,
      clinician TEXT NOT NULL,
      written_at INTEGER NOT NULL,
      hub_seq INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX opinions_by_hub ON opinions (hub_seq);

    CREATE TABLE devices (
      id TEXT PRIMARY KEY,
      profile TEXT,
      port TEXT,
      simulated INTEGER,
      assigned_seq INTEGER,
      last_good_at INTEGER,
      fault_code TEXT,
      fault_at INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE consults (
      call TEXT PRIMARY KEY,
      visit TEXT,
      severity INTEGER,
      state TEXT NOT NULL CHECK (state IN ('requested', 'cancelled', 'accepted', 'finished')),
      clinician_id TEXT,
      clinician_name TEXT,
      requested_at INTEGER,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE assessments (
      seq INTEGER PRIMARY KEY,
      visit TEXT,
      person TEXT,
      kind TEXT NOT NULL,
      category TEXT,
      severity INTEGER,
      overall_category TEXT,
      overall_severity INTEGER,
      rules TEXT NOT NULL
    ) STRICT;

    CREATE TABLE held_heads (
      hub TEXT PRIMARY KEY,
      held_seq INTEGER NOT NULL,
      held_hash TEXT NOT NULL,
      signature TEXT NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
