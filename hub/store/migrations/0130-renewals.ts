import type { Migration } from "../migrate.ts";

/**
 * When a contract that stands is to be renewed: milliseconds since 1970 UTC, 30 days before its end; null once its resident and its
 * doctor were told. And where an institution is reached.
 */
export const renewals: Migration = {
  version: 130,
  sql: `
    ALTER TABLE contracted ADD COLUMN renew_at INTEGER;
    UPDATE contracted SET renew_at = until - 2592000000;
    CREATE INDEX contracted_by_renewal ON contracted (renew_at);
    ALTER TABLE orgs ADD COLUMN phone TEXT;
  `,
};
