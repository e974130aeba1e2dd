import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { databaseFile, lockFile, openEngine } from "../../../station/store/engine.ts";
import { schemaVersion } from "../../../station/store/migrate.ts";
import { openEncrypted, storeCode, type Database } from "../../../station/store/open.ts";
import { openStore } from "../../../station/store/store.ts";
import { engineIn, keep, key, newFolder, started, storeIn } from "./kit.ts";

const otherKey = new Uint8Array(32).fill(8);

/** A folder with a closed store of two entries in it. */
function usedFolder(): string {
  const folder = newFolder();
  const engine = engineIn(folder);
  keep(engine, started(), started());
  engine.close();
  return folder;
}

/** The database under the store, for looking and for tampering. */
function rawDatabase(folder: string): Database {
  const opened = openEncrypted({
    file: join(folder, databaseFile),
    key,
    knows: Number.MAX_SAFE_INTEGER,
    mayCreate: false,
  });
  if (!opened.ok) throw new Error(opened.code);
  onTestFinished(() => void opened.db.close());
  return opened.db;
}

test("a commit is on the disk before it is answered: WAL with synchronous FULL, foreign keys on", () => {
  const db = rawDatabase(usedFolder());
  const pragma = (name: string) => db.pragma(name, { simple: true });
  expect({
    journal: pragma("journal_mode"),
    synchronous: pragma("synchronous"),
    keys: pragma("foreign_keys"),
    temp: pragma("temp_store"),
  }).toEqual({
    journal: "wal",
    synchronous: 2,
    keys: 1,
    temp: 2,
  });
});

test("the database is encrypted in the SQLCipher format and has no plain header", () => {
  const folder = usedFolder();
  expect(rawDatabase(folder).pragma("cipher", { simple: true })).toBe("sqlcipher");
  expect(readFileSync(join(folder, databaseFile)).subarray(0, 15).toString("latin1")).not.toBe("SQLite format 3");
});

test("every table is strict", () => {
  const loose = rawDatabase(usedFolder())
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'",
    )
    .all();
  expect(loose).toEqual([]);
});

test("a wrong key is refused, and the right one still opens", () => {
  const folder = usedFolder();
  expect(openEngine({ folder, key: otherKey })).toEqual({ ok: false, code: "store.wrongKey" });
  expect(engineIn(folder).head.seq).toBe(2);
});

test("a wrong key is told from damage also when only the database was carried over", () => {
  const folder = usedFolder();
  rmSync(join(folder, lockFile));
  expect(openEngine({ folder, key: otherKey })).toEqual({ ok: false, code: "store.wrongKey" });
});

test("the page's side of the store hears of a wrong key, too", async () => {
  expect(await openStore({ folder: usedFolder(), key: otherKey })).toEqual({ ok: false, code: "store.wrongKey" });
});

test("a database of a newer program is refused and not a byte of it is touched", () => {
  const folder = usedFolder();
  const db = rawDatabase(folder);
  db.pragma(`user_version = ${String(schemaVersion + 10)}`);
  db.close();
  const before = readFileSync(join(folder, databaseFile));
  expect(openEngine({ folder, key })).toEqual({ ok: false, code: "store.newerVersion" });
  expect(readFileSync(join(folder, databaseFile)).equals(before)).toBe(true);
});

test("a plain database in the place of the encrypted one is refused", () => {
  const folder = newFolder();
  writeFileSync(join(folder, databaseFile), Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(4080)]));
  expect(openEngine({ folder, key })).toEqual({ ok: false, code: "store.broken" });
});

test("a database whose making was cut off before its first byte is made at the next start", () => {
  const folder = newFolder();
  writeFileSync(join(folder, databaseFile), "");
  expect(keep(engineIn(folder), started())).toHaveLength(1);
});

test("a flipped bit on the first page is damage, not a wrong key", () => {
  const folder = usedFolder();
  const file = join(folder, databaseFile);
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
  writeFileSync(file, bytes);
  expect(openEngine({ folder, key })).toEqual({ ok: false, code: "store.broken" });
});

test("a database that vanished from a known folder is not quietly begun anew", () => {
  const folder = usedFolder();
  rmSync(join(folder, databaseFile));
  expect(openEngine({ folder, key })).toEqual({ ok: false, code: "store.broken" });
});

test("a journal of another station is refused", () => {
  const folder = newFolder();
  engineIn(folder, { owner: "station-1" }).close();
  expect(openEngine({ folder, key, owner: "station-2" })).toEqual({ ok: false, code: "store.broken" });
});

test("a folder that cannot be made is said so", () => {
  const file = join(newFolder(), "file");
  writeFileSync(file, "");
  expect(openEngine({ folder: join(file, "data"), key })).toEqual({ ok: false, code: "store.failed" });
});

test("a database that is a folder is said so", () => {
  const folder = newFolder();
  mkdirSync(join(folder, databaseFile));
  expect(openEngine({ folder, key })).toEqual({ ok: false, code: "store.failed" });
});

test.skipIf(process.getuid?.() === 0)(
  "a folder that may only be read is said so (root may write everywhere: skipped for root)",
  () => {
    const folder = newFolder();
    chmodSync(folder, 0o500);
    expect(openEngine({ folder, key })).toEqual({ ok: false, code: "store.failed" });
  },
);

test("a second start in the same program is refused", async () => {
  const folder = newFolder();
  await storeIn(folder);
  expect(await openStore({ folder, key })).toEqual({ ok: false, code: "store.locked" });
});

test(
  "a second start in another program is refused, and kill -9 of the first lets the folder go",
  { timeout: 30_000 },
  async () => {
    const folder = newFolder();
    const holder = spawn(process.execPath, [join(import.meta.dirname, "kill-writer.ts"), folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void holder.kill("SIGKILL"));
    // It holds the folder once it has acknowledged a write; looking earlier would take the folder away from it.
    let said = "";
    while (!said.includes("ack ")) said += String((await once(holder.stdout, "data"))[0]);
    expect(openEngineCode(folder)).toBe("store.locked");
    holder.kill("SIGKILL");
    await once(holder, "exit");
    expect(engineIn(folder).verify()).toMatchObject({ ok: true });
  },
);

function openEngineCode(folder: string): string {
  const opened = openEngine({ folder, key });
  if (opened.ok) opened.engine.close();
  return opened.ok ? "open" : opened.code;
}

test("closing lets the folder go", async () => {
  const folder = newFolder();
  await (await storeIn(folder)).close();
  expect(openEngineCode(folder)).toBe("open");
});

test("after closing, a write is answered and a question is rejected", async () => {
  const store = await storeIn(newFolder());
  await store.close();
  expect(await store.append([started()])).toEqual({ ok: false, code: "store.failed" });
  await expect(store.head()).rejects.toMatchObject({ code: "store.failed" });
});

test.each([
  ["SQLITE_FULL", "store.full"],
  ["ENOSPC", "store.full"],
  ["SQLITE_IOERR_WRITE", "store.failed"],
  ["SQLITE_IOERR_FSYNC", "store.failed"],
  ["SQLITE_READONLY", "store.failed"],
  ["SQLITE_CANTOPEN", "store.failed"],
  ["EACCES", "store.failed"],
  ["SQLITE_CORRUPT", "store.broken"],
  ["SQLITE_CORRUPT_INDEX", "store.broken"],
  ["SQLITE_NOTADB", "store.broken"],
  ["SQLITE_BUSY", "store.locked"],
])("%s is %s", (code, expected) => {
  expect(storeCode(Object.assign(new Error("x"), { code }))).toBe(expected);
});

test("an error that is none of the disk's is a bug and goes on", () => {
  expect(() => storeCode(new TypeError("x"))).toThrow(TypeError);
});

test("a power cut in the middle of the very first writing leaves a journal to roll back: the next start does that", () => {
  const [whole, cut] = [newFolder(), newFolder()];
  const file = join(whole, databaseFile);
  const made = openEncrypted({ file, key, knows: 0, mayCreate: true });
  if (!made.ok) throw new Error(made.code);
  const { db } = made;
  // As it is before write-ahead logging is on: pages of an open transaction in the file, the old ones in the journal.
  db.pragma("journal_mode = DELETE");
  db.exec("CREATE TABLE kept (words TEXT); INSERT INTO kept VALUES ('before')");
  db.pragma("cache_size = 1");
  db.exec("BEGIN");
  const write = db.prepare("INSERT INTO kept VALUES (?)");
  for (let row = 0; row < 2_000; row++) write.run("never committed".repeat(40));
  for (const name of [databaseFile, `${databaseFile}-journal`]) copyFileSync(join(whole, name), join(cut, name));
  db.close();

  const again = openEncrypted({ file: join(cut, databaseFile), key, knows: 0, mayCreate: false });
  expect(again).toMatchObject({ ok: true });
  if (!again.ok) return;
  expect(again.db.prepare("SELECT words FROM kept").all()).toEqual([{ words: "before" }]);
  again.db.close();
});
