import type { Migration } from "../migrate.ts";

/** The queue and the calls are one table: being in the queue is a state of a call. */
export const calls: Migration = {
  version: 30,
  sql: `
    CREATE TABLE calls (
      id TEXT PRIMARY KEY,
      station TEXT NOT NULL REFERENCES stations (id),
      visit TEXT NOT NULL,
      shown_name TEXT NOT NULL,
      severity INTEGER NOT NULL,
      worst TEXT,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'ringing', 'active', 'reconnecting', 'interrupted', 'finished')),
      joined_at INTEGER NOT NULL,
      round INTEGER NOT NULL,
      clinician TEXT REFERENCES accounts (id),
      station_media INTEGER NOT NULL CHECK (station_media IN (0, 1)),
      clinician_media INTEGER NOT NULL CHECK (clinician_media IN (0, 1)),
      outcome TEXT CHECK (outcome IN ('finished', 'left', 'lost'))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX calls_open ON calls (state, joined_at) WHERE outcome IS NULL;

    CREATE TABLE call_rounds (
      call TEXT NOT NULL REFERENCES calls (id),
      round INTEGER NOT NULL,
      clinician TEXT NOT NULL REFERENCES accounts (id),
      accepted_at INTEGER NOT NULL,
      PRIMARY KEY (call, round)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tickets (
      nth INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      call TEXT NOT NULL REFERENCES calls (id),
      party TEXT NOT NULL CHECK (party IN ('station', 'clinician')),
      made_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX tickets_by_call ON tickets (call, party, nth);
  `,
};
