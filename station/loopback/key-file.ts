import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FaultCode } from "../../core/domain/faults.ts";
import { refusedStart } from "../shell.ts";

/**
 * The database key of shell B: 32 random bytes in a file of their own, readable by the station's account alone, in a
 * folder beside the data, so that a copy of the data folder does not carry its key. Made at the first start. Where a
 * keyring exists, shell A keeps the key there instead; there is no plain fallback in either.
 */
export type KeyRead =
  { readonly ok: true; readonly key: Uint8Array } | { readonly ok: false; readonly sentence: string };

export const keyBytes = 32;

export function keyFileOf(dataFolder: string): string {
  return join(`${dataFolder.replace(/[/\\]+$/, "")}.key`, "journal.key");
}

/** Never prints or returns a key that was refused. What the file system will not do is a refusal, too. */
export async function readOrMakeKey(dataFolder: string): Promise<KeyRead> {
  try {
    return await keyOf(dataFolder);
  } catch (error) {
    return refuse("store.failed", error instanceof Error ? error.message : String(error));
  }
}

async function keyOf(dataFolder: string): Promise<KeyRead> {
  const file = keyFileOf(dataFolder);
  if (existsSync(file)) return readKey(file);
  // Records without their key cannot be opened by a new one; making one would only hide the loss.
  if (await hasRecords(dataFolder)) return refuse("store.wrongKey", `the key file is missing: ${file}`);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "wx", 0o600);
  try {
    const key = randomBytes(keyBytes);
    await handle.write(key);
    // The first record must never outlive its key.
    await handle.sync();
    return { ok: true, key: Uint8Array.from(key) };
  } finally {
    await handle.close();
  }
}

async function readKey(file: string): Promise<KeyRead> {
  for (const path of [dirname(file), file]) {
    const { mode } = await stat(path);
    // Windows keeps rights in lists of its own; the mode says nothing there.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      const found = (mode & 0o777).toString(8);
      const wanted = path === file ? "600" : "700";
      return refuse("store.keyUnsafe", `${path} has mode ${found}; set it to ${wanted} (chmod ${wanted})`);
    }
  }
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    if (size !== keyBytes) return refuse("store.keyUnsafe", `${file} has ${size} bytes instead of ${keyBytes}`);
    const key = new Uint8Array(keyBytes);
    await handle.read(key, 0, keyBytes, 0);
    return { ok: true, key };
  } finally {
    await handle.close();
  }
}

async function hasRecords(dataFolder: string): Promise<boolean> {
  if (!existsSync(dataFolder)) return false;
  return (await readdir(dataFolder)).some((name) => name.endsWith(".db"));
}

function refuse(code: FaultCode, detail: string): KeyRead {
  return { ok: false, sentence: refusedStart(code, detail) };
}
