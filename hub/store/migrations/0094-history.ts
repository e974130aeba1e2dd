import type { Migration } from "../migrate.ts";

/** A resident's history over visits and stations; the oldest tasks of all institutions. */
export const history: Migration = {
  version: 94,
  sql: `
    CREATE INDEX station_entries_by_subject ON station_entries (subject, owner, visit) WHERE subject IS NOT NULL;
    CREATE INDEX calls_by_visit ON calls (visit, station) WHERE visit IS NOT NULL;
    CREATE INDEX contracts_by_doctor ON contracts (doctor);
    CREATE INDEX care_tasks_by_due ON care_tasks (due, id);
  `,
};
