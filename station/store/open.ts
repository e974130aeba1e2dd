import { closeSync, existsSync, openSync, readSync } from "node:fs";
import Sqlite from "better-sqlite3";
import type { FaultCode } from "../../core/domain/faults.ts";

/** The only file that knows the SQLite package; everything else in the store speaks to this type. */
export type Database = Sqlite.Database;
export type StoreCode = Extract<FaultCode, `store.${string}`>;
/** `unreadable`: no page could be read, which damage and a wrong key have in common. */
export type Opened =
  | { readonly ok: true; readonly db: Database }
  | { readonly ok: false; readonly code: StoreCode; readonly unreadable: boolean };

export interface OpenOptions {
  readonly file: string;
  /** 32 raw bytes. */
  readonly key: Uint8Array;
  /** The newest schema this program can read. */
  readonly knows: number;
  /** Whether a missing file is a first start. Where it is not, a journal has vanished. */
  readonly mayCreate: boolean;
}

/** What a plain SQLite file begins with: 15 letters and a zero. An encrypted one begins with a random salt. */
const plainHeader = "SQLite format 3";

/**
 * Opens, or creates, a database encrypted in the SQLCipher 4 format with a raw key. WAL, `synchronous=FULL`: a commit that
 * returned survives a power cut.
 * Codes: `store.broken` (missing though known, plain, damaged, or another key), `store.newerVersion` (the file is only read,
 * nothing is touched), `store.full`, `store.failed` (cannot be read or written). The caller closes `db`.
 */
export function openEncrypted({ file, key, knows, mayCreate }: OpenOptions): Opened {
  const no = (code: StoreCode, unreadable = false): Opened => ({ ok: false, code, unreadable });
  try {
    if (!existsSync(file)) {
      if (!mayCreate) return no("store.broken");
      create(file, key);
    }
    // The header is read before any connection is held: closing a file drops every POSIX lock this process has on it.
    if (isPlain(file)) return no("store.broken");
    if (probe(file, key) > knows) return no("store.newerVersion");
    return { ok: true, db: connect(file, key) };
  } catch (error) {
    const code = storeCode(error);
    return no(code, code === "store.broken");
  }
}

/** Writes the first page and closes again, so that its encryption can be looked at before anything else is stored. */
function create(file: string, key: Uint8Array): void {
  connect(file, key).close();
}

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

/** The schema of a file that is only read; but what a power cut left half written is first put back as it was. */
function probe(file: string, key: Uint8Array): number {
  try {
    return versionOf(file, key, true);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code !== "SQLITE_READONLY_ROLLBACK" && code !== "SQLITE_READONLY_RECOVERY") throw error;
    return versionOf(file, key, false);
  }
}

function versionOf(file: string, key: Uint8Array, readonly: boolean): number {
  const db = new Sqlite(file, { readonly, fileMustExist: true });
  try {
    unlock(db, key);
    return Number(db.pragma("user_version", { simple: true }));
  } finally {
    db.close();
  }
}

function connect(file: string, key: Uint8Array): Database {
  const db = new Sqlite(file);
  try {
    unlock(db, key);
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("foreign_keys = ON");
    db.pragma("trusted_schema = OFF");
    // Nothing may spill to a plain temporary file.
    db.pragma("temp_store = MEMORY");
    // Here and not in a migration: also a database whose making was cut off by a power cut gets it at the next start.
    db.exec("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function unlock(db: Database, key: Uint8Array): void {
  if (key.length !== 32) throw new RangeError("the database key must have 32 bytes");
  db.pragma("cipher = 'sqlcipher'");
  db.pragma("legacy = 4");
  db.pragma(`key = "x'${Buffer.from(key).toString("hex")}'"`);
}

/** A plain, empty database in a folder, held exclusively while the connection lives; the kernel lets go when the process dies. */
export type Held = { readonly ok: true; readonly lock: FolderLock } | { readonly ok: false; readonly code: StoreCode };
export interface FolderLock {
  /** A check value that tells a wrong key from a damaged file; undefined in a new folder. */
  readonly keyCheck: Uint8Array | undefined;
  keepKeyCheck(check: Uint8Array): void;
  close(): void;
}

/** Codes: `store.locked` when another program (or this one) holds it; `store.full`, `store.failed` when it cannot be written. */
export function holdFolder(file: string): Held {
  let db: Database | undefined;
  try {
    db = new Sqlite(file, { timeout: 0 });
    const lock = db;
    lock.pragma("journal_mode = DELETE");
    lock.pragma("locking_mode = EXCLUSIVE");
    // In this mode the lock taken by the transaction stays until the connection closes.
    lock.exec(
      "BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS key_check (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), value BLOB NOT NULL) STRICT; COMMIT",
    );
    const row = lock.prepare<[], { value: Uint8Array }>("SELECT value FROM key_check").get();
    return {
      ok: true,
      lock: {
        keyCheck: row?.value,
        keepKeyCheck: (check) =>
          void lock.prepare("INSERT OR REPLACE INTO key_check VALUES (1, ?)").run(Buffer.from(check)),
        close: () => lock.close(),
      },
    };
  } catch (error) {
    db?.close();
    return { ok: false, code: storeCode(error) };
  }
}

/** The fault behind an error of SQLite or of the file system. Anything else is a bug and is thrown on. */
export function storeCode(error: unknown): StoreCode {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT") return "store.full";
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_FORMAT") return "store.broken";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "store.locked";
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|PERM|NOLFS|NOMEM)/.test(code) || /^E[A-Z]+$/.test(code)) return "store.failed";
  throw error;
}
