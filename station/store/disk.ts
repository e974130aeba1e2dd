import { statfsSync } from "node:fs";
import type { AppendCode } from "./journal.ts";

/** Kept free for finishing what has begun: below it no new measurement starts. */
export const reserveBytes = 64 * 1024 * 1024;

/** Bytes a program without special rights can still write where `folder` lies. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Less than SQLite needs to begin anything: its shared-memory file alone is 32 KiB. */
const nothingBytes = 128 * 1024;

/**
 * SQLite names a full disk as such only while it writes pages; where it fails to make or to grow one of its other files it
 * speaks of an I/O error. The disk itself knows better.
 */
export function fullOr<C extends AppendCode>(code: C, folder: string): C | "store.full" {
  if (code !== "store.failed") return code;
  try {
    return freeBytes(folder) < nothingBytes ? "store.full" : code;
  } catch {
    return code;
  }
}
