import type { Migration } from "../migrate.ts";

/** A station's entry never changes, but for one thing: what was withheld may be revealed, under the hash that is held. */
export const withheld: Migration = {
  version: 40,
  sql: `
    DROP TRIGGER station_entries_never_change;
    CREATE TRIGGER station_entries_never_change BEFORE UPDATE ON station_entries
      WHEN OLD.type <> 'withheld' OR NEW.owner <> OLD.owner OR NEW.seq <> OLD.seq OR NEW.hash <> OLD.hash
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE INDEX station_entries_withheld ON station_entries (owner, seq) WHERE type = 'withheld';
  `,
};
