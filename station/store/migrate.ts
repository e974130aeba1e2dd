import type { Database } from "./open.ts";
import { journal } from "./migrations/0010-journal.ts";
import { views } from "./migrations/0020-views.ts";
import { acts } from "./migrations/0030-acts.ts";
import { days } from "./migrations/0040-days.ts";
import { people } from "./migrations/0050-people.ts";
import { family } from "./migrations/0060-family.ts";
import { messages } from "./migrations/0070-messages.ts";
import { notices } from "./migrations/0080-notices.ts";
import { persons } from "./migrations/0090-persons.ts";
import { services } from "./migrations/0110-services.ts";
import { contracts } from "./migrations/0100-contracts.ts";
import { links } from "./migrations/0120-links.ts";
import { dutyPhone } from "./migrations/0130-duty-phone.ts";

/** One step of the schema. Additive, numbered by tens; a shipped one is never edited. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
  /** Set where views are new or changed: they are then computed from the whole journal again. */
  readonly rebuild?: boolean;
}

export const migrations: readonly Migration[] = [
  journal,
  views,
  acts,
  days,
  people,
  family,
  messages,
  notices,
  persons,
  contracts,
  services,
  links,
  dutyPhone,
];
export const schemaVersion = Math.max(...migrations.map((migration) => migration.version));

/**
 * Brings the schema up to `to`, each step in its own transaction. Where views changed, the step leaves the mark `viewsStale`
 * in `meta`, so that a crash before the rebuild does not lose it.
 */
export function migrate(db: Database, to: number = schemaVersion): void {
  const from = Number(db.pragma("user_version", { simple: true }));
  const due = migrations.filter(({ version }) => version > from && version <= to);
  for (const { version, sql, rebuild } of due) {
    db.transaction(() => {
      db.exec(sql);
      if (rebuild === true) db.exec("INSERT OR REPLACE INTO meta VALUES ('viewsStale', 1)");
      db.pragma(`user_version = ${String(version)}`);
    }).immediate();
  }
}
