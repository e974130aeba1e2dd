import type { Migration } from "../migrate.ts";

/** The journal by the hour of hearing, for what happened on one day. */
export const days: Migration = {
  version: 40,
  sql: `CREATE INDEX entries_by_time ON entries (heard_at, seq);`,
};
