import { join } from "node:path";
import { onTestFinished } from "vitest";
import { databaseFile } from "../../../../station/store/engine.ts";
import { migrate } from "../../../../station/store/migrate.ts";
import { openEncrypted, type Database } from "../../../../station/store/open.ts";
import { key, newFolder } from "../kit.ts";

/** A database as a program that knew nothing above `version` left it; 0 is one that was only just made. */
export function databaseAt(version: number): { readonly folder: string; readonly db: Database } {
  const folder = newFolder();
  const opened = openEncrypted({ file: join(folder, databaseFile), key, knows: version, mayCreate: true });
  if (!opened.ok) throw new Error(opened.code);
  const { db } = opened;
  onTestFinished(() => void db.close());
  migrate(db, version);
  return { folder, db };
}

/** Every table's rows. */
export function wholeTables(db: Database): Readonly<Record<string, readonly unknown[]>> {
  const names = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    )
    .all();
  return Object.fromEntries(names.map(({ name }) => [name, db.prepare(`SELECT * FROM ${name}`).all()]));
}
