import type { Migration } from "../migrate.ts";

/**
 * Calls with modes, steps and participants. Tickets are no longer kept: they live for a minute and on one connection. A call
 * from before is an assisted one, offered to everybody, with its station and, where there is one, its doctor in it.
 */
export const participants: Migration = {
  version: 52,
  sql: `
    PRAGMA defer_foreign_keys = ON;
    CREATE TEMP TABLE kept_calls AS SELECT * FROM calls;
    CREATE TEMP TABLE kept_rounds AS SELECT * FROM call_rounds;
    DROP TABLE tickets;
    DROP TABLE call_rounds;
    DROP TABLE calls;

    CREATE TABLE calls (
      id TEXT PRIMARY KEY,
      mode TEXT NOT NULL CHECK (mode IN ('assisted', 'return', 'doctors', 'stored')),
      station TEXT REFERENCES stations (id),
      visit TEXT,
      shown_name TEXT NOT NULL,
      severity INTEGER NOT NULL,
      worst TEXT,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'ringing', 'active', 'reconnecting', 'interrupted', 'finished')),
      joined_at INTEGER NOT NULL,
      round INTEGER NOT NULL,
      begun_at INTEGER,
      clinician TEXT REFERENCES accounts (id),
      step TEXT NOT NULL CHECK (step IN ('near', 'county', 'everyone')),
      step_since INTEGER NOT NULL,
      contracted TEXT REFERENCES accounts (id),
      outcome TEXT CHECK (outcome IN ('finished', 'left', 'lost')),
      code TEXT CHECK (code IN ('solved', 'refer', 'emergency', 'calledBack', 'refused')),
      CHECK ((station IS NULL) = (visit IS NULL)),
      CHECK (station IS NOT NULL OR mode = 'doctors')
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX calls_open ON calls (joined_at, id) WHERE outcome IS NULL;
    INSERT INTO calls
      SELECT id, 'assisted', station, visit, shown_name, severity, worst, state, joined_at, round,
        CASE WHEN state IN ('ringing', 'active', 'reconnecting') THEN joined_at END, clinician, 'everyone', joined_at,
        NULL, outcome, NULL FROM kept_calls;

    CREATE TABLE call_participants (
      call TEXT NOT NULL REFERENCES calls (id),
      nth INTEGER NOT NULL,
      id TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('person', 'station')),
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('resident', 'family', 'villageDoctor', 'doctor', 'specialist', 'observer')),
      state TEXT NOT NULL CHECK (state IN ('invited', 'here', 'away', 'declined', 'left')),
      since INTEGER NOT NULL,
      muted INTEGER NOT NULL CHECK (muted IN (0, 1)),
      media INTEGER NOT NULL CHECK (media IN (0, 1)),
      asked_by TEXT,
      hand_over INTEGER NOT NULL CHECK (hand_over IN (0, 1)),
      PRIMARY KEY (call, id),
      UNIQUE (call, nth)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO call_participants
      SELECT kept_calls.id, 0, station, 'station', stations.name, 'resident', 'here', joined_at, 0, station_media, NULL, 0
        FROM kept_calls JOIN stations ON stations.id = station;
    INSERT INTO call_participants
      SELECT kept_calls.id, 1, clinician, 'person', accounts.name, 'doctor', 'here', joined_at, 0, clinician_media, NULL, 0
        FROM kept_calls JOIN accounts ON accounts.id = clinician;

    CREATE TABLE call_rounds (
      call TEXT NOT NULL REFERENCES calls (id),
      round INTEGER NOT NULL,
      clinician TEXT NOT NULL REFERENCES accounts (id),
      accepted_at INTEGER NOT NULL,
      ended_at INTEGER,
      PRIMARY KEY (call, round)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX call_rounds_over ON call_rounds (ended_at) WHERE ended_at IS NOT NULL;
    INSERT INTO call_rounds SELECT call, round, clinician, accepted_at, NULL FROM kept_rounds;
    DROP TABLE kept_calls;
    DROP TABLE kept_rounds;
  `,
};
