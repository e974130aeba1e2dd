import type { Migration } from "../migrate.ts";

/**
 * The journal itself. `heard_at` is milliseconds since 1970 UTC, `body` the canonical JSON text that was hashed. The owner
 * is not repeated per row: it is part of every hash.
 */
export const journal: Migration = {
  version: 10,
  sql: `
    CREATE TABLE identity (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      owner TEXT NOT NULL,
      private_key BLOB NOT NULL,
      public_key TEXT NOT NULL
    ) STRICT;

    CREATE TABLE entries (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      heard_at INTEGER NOT NULL,
      mono_ms REAL NOT NULL,
      actor_role TEXT NOT NULL,
      actor_id TEXT NOT NULL,
      subject TEXT,
      visit TEXT,
      body TEXT NOT NULL,
      prev_hash BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;

    CREATE TABLE signed_head (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      seq INTEGER NOT NULL,
      hash TEXT NOT NULL,
      signature TEXT NOT NULL
    ) STRICT;

    -- Also against INSERT OR REPLACE, which runs no trigger of DELETE.
    CREATE TRIGGER entries_only_grow BEFORE INSERT ON entries
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  `,
};
