import type { Migration } from "../migrate.ts";

/** `links.ended` 1: the person took the way back, and it leads to nobody; said again, it is 0 again. */
export const links: Migration = {
  version: 120,
  sql: `ALTER TABLE links ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;`,
};
