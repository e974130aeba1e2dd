import type { Migration } from "../migrate.ts";

/** Who keeps a picture or a note at the hub, where it is another than who sent it: the desk it came to over the talk. */
export const keptFor: Migration = {
  version: 112,
  sql: "ALTER TABLE blobs ADD COLUMN kept_by TEXT;",
};
