import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { createHub } from "../../hub/create-hub.ts";
import { createLogger } from "../../hub/log.ts";
import { HubJournal } from "../../hub/store/journal.ts";
import { migrate, schemaVersion } from "../../hub/store/migrate.ts";
import { openEncrypted, type Database } from "../../hub/store/open.ts";
import { identityOf } from "../../hub/store/secrets.ts";
import { fakeClock } from "./fake-clock.ts";

const key = new Uint8Array(32).fill(3);
let folder: string;
let file: string;
let open: Database[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hub-store-"));
  file = join(folder, "hub.db");
  open = [];
});
afterEach(() => {
  for (const db of open) db.close();
  rmSync(folder, { recursive: true, force: true });
});

function database(knows = schemaVersion): Database {
  const opened = openEncrypted(file, key, knows);
  if (!opened.ok) throw new Error(opened.code);
  open.push(opened.db);
  return opened.db;
}
const closeAll = () => {
  for (const db of open.splice(0)) db.close();
};

function journalOf(db: Database): HubJournal {
  return new HubJournal(db, identityOf(db), fakeClock());
}
const signedIn = (account: string) =>
  ({
    id: uuidv7(),
    type: "account.signedIn",
    actor: { role: "doctor", id: "d" },
    subject: null,
    visit: null,
    body: { account },
  }) as const;

test("a wrong key, a plain file, a newer schema and a second opener are refused by name", () => {
  const db = database();
  migrate(db);
  expect(openEncrypted(file, key, schemaVersion)).toEqual({ ok: false, code: "store.locked" });
  db.pragma(`user_version = ${schemaVersion + 10}`);
  closeAll();
  expect(openEncrypted(file, key, schemaVersion)).toEqual({ ok: false, code: "store.newerVersion" });
  expect(openEncrypted(file, new Uint8Array(32), schemaVersion)).toEqual({ ok: false, code: "store.wrongKey" });
  writeFileSync(file, "SQLite format 3\0 and more");
  expect(openEncrypted(file, key, schemaVersion)).toEqual({ ok: false, code: "store.broken" });
});

test.each<[string, (db: Database, before: { run(): unknown }) => unknown, boolean]>([
  ["a row", (db) => db.prepare("INSERT INTO t VALUES (1)").run(), true],
  ["a row that is answered", (db) => db.prepare("INSERT INTO t VALUES (1) RETURNING n").get(), true],
  ["rows that are answered", (db) => db.prepare("UPDATE t SET n = 2 RETURNING n").pluck().all(), true],
  ["rows answered one by one", (db) => [...db.prepare("DELETE FROM t RETURNING n").iterate()], true],
  ["a script", (db) => db.exec("INSERT INTO t VALUES (1)"), true],
  ["a step of several", (db) => db.transaction(() => db.prepare("INSERT INTO t VALUES (1)").run())(), true],
  ["what was prepared before", (_db, prepared) => prepared.run(), true],
  ["a reading", (db) => db.prepare("SELECT n FROM t").all(), false],
])("%s is counted as written, or not", (_name, work, isWrite) => {
  const opened = openEncrypted(file, key, schemaVersion);
  if (!opened.ok) throw new Error(opened.code);
  const { db, writes } = opened;
  open.push(db);
  db.exec("CREATE TABLE t (n INTEGER) STRICT");
  const prepared = db.prepare<[]>("INSERT INTO t VALUES (1)");
  const before = writes();
  work(db, prepared);
  expect(writes() !== before).toBe(isWrite);
});

test("every table is strict", () => {
  const db = database();
  migrate(db);
  const loose = db
    .prepare<[], { name: string }>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  expect(loose).toEqual([]);
});

test("the schema is the one that was agreed", async () => {
  const db = database();
  migrate(db);
  const made = db
    .prepare<[], { sql: string }>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
    .all();
  const text = made.map(({ sql }) => sql.replaceAll(/\s+/g, " ")).join(";\n");
  await expect(`${text};\n`).toMatchFileSnapshot("schema.sql");
});

test("a migration step keeps what the steps before it wrote", () => {
  const db = database();
  migrate(db, 10);
  journalOf(db).append([signedIn("a")]);
  migrate(db);
  expect(journalOf(db).head.seq).toBe(1);
  expect(Number(db.pragma("user_version", { simple: true }))).toBe(schemaVersion);
});

test("the journal can be neither changed nor shortened by a statement", () => {
  const db = database();
  migrate(db);
  journalOf(db).append([signedIn("a")]);
  expect(() => db.exec("UPDATE entries SET hash = ''")).toThrow(/append-only/);
  expect(() => db.exec("DELETE FROM entries")).toThrow(/append-only/);
});

const tampering = [
  {
    name: "a changed byte",
    sql: `UPDATE entries SET entry = replace(entry, '"b"', '"x"') WHERE seq = 2`,
    broken: { seq: 2, why: "hash" },
  },
  { name: "a missing entry", sql: "DELETE FROM entries WHERE seq = 2", broken: { seq: 2, why: "gap" } },
  { name: "a cut end", sql: "DELETE FROM entries WHERE seq = 3", broken: { seq: 3, why: "gap" } },
  {
    name: "a head with another signature",
    sql: "UPDATE signed_head SET signature = 'AAAA'",
    broken: { seq: 3, why: "hash" },
  },
] as const;
test.each(tampering)(
  "$name in the hub's own journal is found and named, and the hub does not start",
  async ({ sql, broken }) => {
    const db = database();
    migrate(db);
    journalOf(db).append([signedIn("a"), signedIn("b"), signedIn("c")]);
    db.exec("DROP TRIGGER entries_never_change; DROP TRIGGER entries_never_go");
    db.pragma("foreign_keys = OFF");
    db.exec(sql);
    expect(journalOf(db).check()).toEqual(broken);
    closeAll();
    expect(await createHub({ clock: fakeClock(), folder, key, log: createLogger("silent") })).toEqual({
      ok: false,
      code: "store.broken",
    });
  },
);

test("an entry is written once, whoever repeats it, and a batch that fails is not written at all", () => {
  const db = database();
  migrate(db);
  const journal = journalOf(db);
  const entry = signedIn("a");
  journal.append([entry]);
  expect(journal.append([{ ...entry, body: { account: "other" } }])).toMatchObject([
    { seq: 1, body: { account: "a" } },
  ]);
  expect(() => db.transaction(() => journal.append([signedIn("b"), { ...signedIn("c"), id: "no uuid" }]))()).toThrow();
  expect(journal.head.seq).toBe(1);
  expect(journal.check()).toBeUndefined();
});
