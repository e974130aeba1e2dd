import type { Migration } from "../migrate.ts";

/** When the station played a voice note to its end: milliseconds since 1970 UTC; null: it was not heard yet. */
export const heard: Migration = {
  version: 150,
  sql: "ALTER TABLE blobs ADD COLUMN heard_at INTEGER;",
};
