import type { Migration } from "../migrate.ts";

/** Whom to call while no doctor can be reached, as the hub said last: no view, one row at the most, there without a line. */
export const dutyPhone: Migration = {
  version: 130,
  sql: `
    CREATE TABLE duty_phone (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      phone TEXT NOT NULL
    ) STRICT;
  `,
};
