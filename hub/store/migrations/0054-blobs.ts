import type { Migration } from "../migrate.ts";

/** Pictures and voice notes of calls, inside the encrypted database, piece by piece. */
export const blobs: Migration = {
  version: 54,
  sql: `
    CREATE TABLE blobs (
      id TEXT PRIMARY KEY,
      call TEXT NOT NULL REFERENCES calls (id),
      kind TEXT NOT NULL CHECK (kind IN ('still', 'voiceNote')),
      media TEXT NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes > 0),
      hash TEXT NOT NULL,
      received INTEGER NOT NULL CHECK (received BETWEEN 0 AND bytes),
      whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
      sent_by TEXT NOT NULL,
      made_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX blobs_by_call ON blobs (call, made_at);

    CREATE TABLE blob_pieces (
      blob TEXT NOT NULL REFERENCES blobs (id),
      at INTEGER NOT NULL,
      piece BLOB NOT NULL,
      PRIMARY KEY (blob, at)
    ) STRICT;
  `,
};
