import { closeSync, existsSync, openSync, readSync } from "node:fs";
import Sqlite from "better-sqlite3";
import type { FaultCode } from "../../core/domain/faults.ts";

/** The only file that knows the SQLite package. */
export type Database = Sqlite.Database;
export type StoreCode = Extract<FaultCode, `store.${string}`>;
export type Opened =
  | {
      readonly ok: true;
      readonly db: Database;
      /** Another number after whatever may have been written. */
      readonly writes: () => number;
    }
  | { readonly ok: false; readonly code: StoreCode };

const plainHeader = "SQLite format 3";

/**
 * Opens or creates the hub's database: SQLCipher 4 format, raw 32-byte key, WAL, `synchronous=FULL`. The connection holds
 * the file exclusively as long as it lives, so that a second hub on the same folder is refused.
 * Codes: `store.wrongKey`, `store.broken` (a plain file), `store.newerVersion` (schema above `knows`), `store.locked`,
 * `store.full`, `store.failed`. The caller closes `db`.
 */
export function openEncrypted(file: string, key: Uint8Array, knows: number): Opened {
  let db: Database | undefined;
  try {
    if (existsSync(file) && isPlain(file)) return { ok: false, code: "store.broken" };
    db = new Sqlite(file, { timeout: 0 });
    const writes = countWrites(db);
    unlock(db, key);
    db.pragma("locking_mode = EXCLUSIVE");
    const version = Number(db.pragma("user_version", { simple: true }));
    if (version > knows) {
      db.close();
      return { ok: false, code: "store.newerVersion" };
    }
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("foreign_keys = ON");
    db.pragma("trusted_schema = OFF");
    // Nothing may spill to a plain temporary file.
    db.pragma("temp_store = MEMORY");
    db.pragma("secure_delete = ON");
    // Takes the exclusive lock now rather than at the first write.
    db.exec("BEGIN EXCLUSIVE; COMMIT");
    return { ok: true, db, writes };
  } catch (error) {
    db?.close();
    return { ok: false, code: storeCode(error, "store.wrongKey") };
  }
}

/**
 * The connection holds the file for itself, so nothing is written but over it. Asking SQLite for its own count costs as much
 * as a look at a row; this one is asked for with every signal.
 */
function countWrites(db: Database): () => number {
  let count = 0;
  const counted =
    <Given extends readonly unknown[], Answer>(work: (...given: Given) => Answer) =>
    (...given: Given): Answer => {
      count += 1;
      return work(...given);
    };
  const prepare = db.prepare.bind(db);
  db.exec = counted(db.exec.bind(db));
  db.prepare = ((source: string) => {
    const statement = prepare(source);
    if (statement.readonly) return statement;
    for (const way of ["run", "get", "all", "iterate"] as const)
      Object.assign(statement, { [way]: counted(statement[way].bind(statement)) });
    return statement;
  }) as typeof db.prepare;
  return () => count;
}

function unlock(db: Database, key: Uint8Array): void {
  if (key.length !== 32) throw new RangeError("the database key must have 32 bytes");
  db.pragma("cipher = 'sqlcipher'");
  db.pragma("legacy = 4");
  db.pragma(`key = "x'${Buffer.from(key).toString("hex")}'"`);
}

/** A plain database begins with fifteen known letters, an encrypted one with a random salt. Read before a connection holds locks. */
function isPlain(file: string): boolean {
  const bytes = Buffer.alloc(plainHeader.length);
  const handle = openSync(file, "r");
  try {
    readSync(handle, bytes, 0, bytes.length, 0);
  } finally {
    closeSync(handle);
  }
  return bytes.toString("latin1") === plainHeader;
}

/** The fault behind an error of SQLite or the file system; anything else is a bug and is thrown on. */
export function storeCode(error: unknown, unreadable: StoreCode = "store.broken"): StoreCode {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT") return "store.full";
  if (code === "SQLITE_NOTADB") return unreadable;
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_FORMAT") return "store.broken";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "store.locked";
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|PERM|NOLFS|NOMEM)/.test(code) || /^E[A-Z]+$/.test(code)) return "store.failed";
  throw error;
}
