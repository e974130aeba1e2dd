import type { Migration } from "../migrate.ts";

/**
 * From when on a message that nobody has heard is a person's task, milliseconds since 1970 UTC; null: it was told, or a person
 * sees to it.
 */
export const unheard: Migration = {
  version: 98,
  sql: `
    ALTER TABLE care_messages ADD COLUMN unheard_at INTEGER;
    UPDATE care_messages SET unheard_at = unixepoch(json_extract(doc, '$.at')) * 1000 + 604800000 WHERE told_at IS NULL;
    CREATE INDEX care_messages_unheard ON care_messages (unheard_at) WHERE unheard_at IS NOT NULL;
  `,
};
