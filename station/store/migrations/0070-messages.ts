import type { Migration } from "../migrate.ts";

/**
 * Messages for a doctor that wait for a line: no views, for pictures and voices are not in the journal. `asked` is what the hub
 * is asked with, as JSON; `kept_at` is milliseconds since 1970 UTC. What the hub has whole is deleted here.
 */
export const messages: Migration = {
  version: 70,
  sql: `
    CREATE TABLE messages (
      call TEXT PRIMARY KEY,
      asked TEXT NOT NULL,
      kept_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE message_blobs (
      blob TEXT PRIMARY KEY,
      call TEXT NOT NULL REFERENCES messages (call) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      media TEXT NOT NULL,
      hash TEXT NOT NULL,
      content BLOB NOT NULL
    ) STRICT;
    CREATE INDEX message_blobs_by_call ON message_blobs (call);
  `,
};
