import { journals } from "./migrations/0010-journals.ts";
import { directory } from "./migrations/0020-directory.ts";
import { calls } from "./migrations/0030-calls.ts";
import { withheld } from "./migrations/0040-withheld.ts";
import { practices } from "./migrations/0050-practices.ts";
import { participants } from "./migrations/0052-participants.ts";
import { blobs } from "./migrations/0054-blobs.ts";
import { factors } from "./migrations/0070-factors.ts";
import { care } from "./migrations/0080-care.ts";
import { joint } from "./migrations/0090-joint.ts";
import { breakings } from "./migrations/0092-breakings.ts";
import { history } from "./migrations/0094-history.ts";
import { persons } from "./migrations/0096-persons.ts";
import { unheard } from "./migrations/0098-unheard.ts";
import { medicines } from "./migrations/0105-medicines.ts";
import { contracted } from "./migrations/0100-contracted.ts";
import { guests } from "./migrations/0110-guests.ts";
import { keptFor } from "./migrations/0112-kept-for.ts";
import { invitations } from "./migrations/0140-invitations.ts";
import { renewals } from "./migrations/0130-renewals.ts";
import { heard } from "./migrations/0150-heard.ts";
import type { Database } from "./open.ts";

/** One step of the schema. Additive, numbered by tens; a shipped one is never edited. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

const migrations: readonly Migration[] = [
  journals,
  directory,
  calls,
  withheld,
  practices,
  participants,
  blobs,
  factors,
  care,
  joint,
  breakings,
  history,
  persons,
  unheard,
  contracted,
  medicines,
  guests,
  keptFor,
  renewals,
  invitations,
  heard,
];
export const schemaVersion = Math.max(...migrations.map((migration) => migration.version));

/** Each step in its own transaction. `to` is for tests of single steps. */
export function migrate(db: Database, to: number = schemaVersion): void {
  const from = Number(db.pragma("user_version", { simple: true }));
  for (const { version, sql } of migrations.filter((one) => one.version > from && one.version <= to)) {
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${String(version)}`);
    }).immediate();
  }
}
