import type { Migration } from "../migrate.ts";

/**
 * `entries` is the hub's own journal, `station_entries` the stations' as shipped; both append-only. `entry` is the canonical
 * JSON text of the whole entry. `addressee` is the station an entry is meant for. `opinions` is a view of `entries`.
 * `station_heads` is the highest head each station has signed.
 */
export const journals: Migration = {
  version: 10,
  sql: `
    CREATE TABLE identity (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      hub TEXT NOT NULL,
      private_key BLOB NOT NULL,
      public_key TEXT NOT NULL,
      starts INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE entries (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      addressee TEXT,
      hash TEXT NOT NULL,
      entry TEXT NOT NULL
    ) STRICT;
    CREATE INDEX entries_by_addressee ON entries (addressee, seq) WHERE addressee IS NOT NULL;

    CREATE TABLE signed_head (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      seq INTEGER NOT NULL,
      hash TEXT NOT NULL,
      signature TEXT NOT NULL
    ) STRICT;

    CREATE TABLE opinions (
      id TEXT PRIMARY KEY,
      call TEXT NOT NULL,
      seq INTEGER NOT NULL REFERENCES entries (seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX opinions_by_call ON opinions (call, seq);

    CREATE TABLE station_entries (
      owner TEXT NOT NULL,
      seq INTEGER NOT NULL,
      type TEXT NOT NULL,
      subject TEXT,
      visit TEXT,
      hash TEXT NOT NULL,
      entry TEXT NOT NULL,
      PRIMARY KEY (owner, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX station_entries_by_visit ON station_entries (owner, visit, seq) WHERE visit IS NOT NULL;
    CREATE INDEX station_entries_residents ON station_entries (owner, subject, seq) WHERE type = 'resident.registered';

    CREATE TABLE station_heads (
      owner TEXT PRIMARY KEY,
      seq INTEGER NOT NULL,
      hash TEXT NOT NULL,
      signature TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER station_entries_never_change BEFORE UPDATE ON station_entries
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER station_entries_never_go BEFORE DELETE ON station_entries
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  `,
};
