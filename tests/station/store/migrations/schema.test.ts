import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { migrate, migrations, schemaVersion } from "../../../../station/store/migrate.ts";
import { databaseAt } from "./steps.ts";

test("the schema is the one in the snapshot: a change is a new migration, never an edit", async () => {
  const { db } = databaseAt(schemaVersion);
  const parts = db
    .prepare<[], { sql: string }>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
    .all();
  await expect(parts.map(({ sql }) => `${sql};\n`).join("\n")).toMatchFileSnapshot("schema.sql");
});

test("every migration is one file and one test, numbered by tens", () => {
  const numbers = (folder: string) => readdirSync(folder).flatMap((file) => /^(\d{4})-/.exec(file)?.[1] ?? []);
  const expected = migrations.map(({ version }) => String(version).padStart(4, "0"));
  expect(numbers(join(import.meta.dirname, "../../../../station/store/migrations"))).toEqual(expected);
  expect(numbers(import.meta.dirname)).toEqual(expected);
  expect(migrations.filter(({ version }) => version % 10 !== 0)).toEqual([]);
});

test("migrating twice is migrating once", () => {
  const { db } = databaseAt(schemaVersion);
  migrate(db);
  expect(db.pragma("user_version", { simple: true })).toBe(schemaVersion);
});
