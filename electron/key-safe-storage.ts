import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { refusedStart } from "../station/shell.ts";

/** The part of Electron's `safeStorage` that is used. */
export interface SafeStorageEdge {
  isEncryptionAvailable(): boolean;
  /** Linux only; `basic_text` is a password that every program knows. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
}

export type SealedKeyRead =
  { readonly ok: true; readonly key: Uint8Array } | { readonly ok: false; readonly sentence: string };

const keyBytes = 32;

export function sealedKeyFileOf(dataFolder: string): string {
  return join(`${dataFolder.replace(/[/\\]+$/, "")}.key`, "journal.key.sealed");
}

/**
 * The database key of shell A: 32 random bytes, sealed by the keyring of the operating system, in a file beside the data.
 * Made at the first start. There is no plain fallback: where the system has no keyring, the start is refused.
 */
export async function readOrMakeSealedKey(dataFolder: string, storage: SafeStorageEdge): Promise<SealedKeyRead> {
  const backend = storage.getSelectedStorageBackend?.();
  if (!storage.isEncryptionAvailable() || backend === "basic_text" || backend === "unknown") {
    return refuse("store.keyUnsafe", "the operating system offers no keyring (safeStorage)");
  }
  const file = sealedKeyFileOf(dataFolder);
  if (existsSync(file)) return unseal(await readFile(file), storage);
  if (existsSync(dataFolder) && (await readdir(dataFolder)).some((name) => name.endsWith(".db"))) {
    return refuse("store.wrongKey", `the key file is missing: ${file}`);
  }
  const key = randomBytes(keyBytes);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.write(storage.encryptString(key.toString("hex")));
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { ok: true, key: Uint8Array.from(key) };
}

function unseal(sealed: Buffer, storage: SafeStorageEdge): SealedKeyRead {
  try {
    const key = Buffer.from(storage.decryptString(sealed), "hex");
    if (key.length === keyBytes) return { ok: true, key: Uint8Array.from(key) };
  } catch {
    // Another account's keyring, or a damaged file: both are a key that does not fit.
  }
  return refuse("store.wrongKey", "the sealed key cannot be opened with this account's keyring");
}

function refuse(code: "store.keyUnsafe" | "store.wrongKey", detail: string): SealedKeyRead {
  return { ok: false, sentence: refusedStart(code, detail) };
}
