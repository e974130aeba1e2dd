import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/**
 * The database key: 32 raw bytes in `hub.key` beside the database, readable by its owner only. Made when there is no database
 * yet; a database without its key is answered with undefined and never gets a new one.
 */
export function keyFile(folder: string): Uint8Array | undefined {
  const file = join(folder, "hub.key");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    if (existsSync(join(folder, "hub.db"))) return undefined;
    const handle = openSync(file, "wx", 0o600);
    writeSync(handle, randomBytes(32));
    fsyncSync(handle);
    closeSync(handle);
  }
  chmodSync(file, 0o600);
  const key = readFileSync(file);
  return key.length === 32 ? key : undefined;
}
