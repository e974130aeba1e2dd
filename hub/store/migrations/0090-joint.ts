import type { Migration } from "../migrate.ts";

/** Entries about joint opinions, by their call. */
export const joint: Migration = {
  version: 90,
  sql: `
    CREATE TABLE joint_entries (
      seq INTEGER PRIMARY KEY REFERENCES entries (seq),
      call TEXT NOT NULL
    ) STRICT;
    CREATE INDEX joint_entries_call ON joint_entries (call, seq);
  `,
};
