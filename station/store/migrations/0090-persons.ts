import type { Migration } from "../migrate.ts";

/**
 * Who is who: views. `same`: two records that a person at the hub found to be one person's, `ended` 1 where that was taken back.
 * `unclaimed`: visits of somebody who showed a code and no name; `state` is waiting, resolved, mine, notMine or nobody.
 * `codes` is no view: codes on their way to the hub, as they were given, for the journal does not have them. `about`: the visit
 * they were shown in (`ask`), or the resident who wants to be known by them (`link`). `kept_at`: ms since 1970 UTC.
 */
export const persons: Migration = {
  version: 90,
  rebuild: true,
  sql: `
    CREATE TABLE same (
      id TEXT PRIMARY KEY,
      one TEXT NOT NULL,
      other TEXT NOT NULL,
      ended INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX same_one ON same (one) WHERE ended = 0;
    CREATE INDEX same_other ON same (other) WHERE ended = 0;

    CREATE TABLE unclaimed (
      visit TEXT PRIMARY KEY,
      key TEXT NOT NULL,
      resident TEXT,
      state TEXT NOT NULL,
      at INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX unclaimed_by_resident ON unclaimed (resident, state) WHERE resident IS NOT NULL;

    CREATE TABLE codes (
      id TEXT PRIMARY KEY,
      what TEXT NOT NULL,
      about TEXT NOT NULL,
      code TEXT NOT NULL,
      kept_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
