import { watch, type FSWatcher } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../core/domain/time.ts";

/** Files of one folder, read whole, written whole, and watched. */

export type Found =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly cannot: "notFile" | "tooLarge" }
  | { readonly name: string; readonly cannot: "unreadable"; readonly why: string };

export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);

/** Names that end in `ending`, in order of name; what an editor keeps for itself begins with a dot. */
export async function namesIn(folder: string, ending: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(ending) && !name.startsWith(".")).sort();
}

/** One file as it is now; undefined when it went away meanwhile. */
export async function readWhole(folder: string, name: string, mostBytes: number): Promise<Found | undefined> {
  try {
    // Asked before it is opened: opening a pipe would wait for its other end.
    if (!(await stat(join(folder, name))).isFile()) return { name, cannot: "notFile" };
    const file = await open(join(folder, name), "r");
    try {
      const { size } = await file.stat();
      return size > mostBytes ? { name, cannot: "tooLarge" } : { name, bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    const why = codeOf(error);
    return why === "ENOENT" ? undefined : { name, cannot: "unreadable", why };
  }
}

/** The file is there whole or not at all, also after the power fails. Throws what the system says. */
export async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const beside = join(folder, `.${name}.${process.pid}.new`);
  try {
    const file = await open(beside, "w", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, join(folder, name));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

export async function removeWhole(folder: string, name: string): Promise<boolean> {
  try {
    await rm(join(folder, name));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
  await syncFolder(folder);
  return true;
}

/** Makes the names durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Quiet for so long, a file counts as written; but nobody who keeps writing holds up the rest for longer than the second. */
const settleMs = 150;
const longestMs = 2_000;
/** Where the system cannot watch the folder, it is looked at as often as this. */
const unwatchedMs = 5_000;

/**
 * Calls `onSettled` when something in the folder changed and has come to rest. A folder that was removed or replaced is
 * made and watched again. Ended by `close`.
 */
export class FolderWatch {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #onSettled: () => void;
  #watcher: FSWatcher | undefined;
  #since: number | undefined;
  #cancel: () => void = () => {};
  #closed = false;

  constructor(folder: string, clock: Clock, onSettled: () => void) {
    this.#folder = folder;
    this.#clock = clock;
    this.#onSettled = onSettled;
  }

  /** Makes sure that the folder is there and watched. Throws when it cannot be made. */
  async hold(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    if (this.#closed) return;
    // Anew for every look: the watch of a folder that was removed is deaf, also when another has its name and its inode.
    const before = this.#watcher;
    try {
      const watcher = watch(this.#folder, { persistent: false }, () => this.#moved());
      watcher.on("error", () => this.#lost(watcher));
      this.#watcher = watcher;
      before?.close();
    } catch {
      this.later();
    }
  }

  /** Looks again after a while, for what cannot be watched. */
  later(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#cancel();
    if (!this.#closed) this.#cancel = this.#clock.after(unwatchedMs, this.#onSettled);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #lost(watcher: FSWatcher): void {
    if (this.#watcher === watcher) this.later();
  }

  #moved(): void {
    if (this.#closed) return;
    const now = this.#clock.monotonic();
    this.#since ??= now;
    this.#cancel();
    const wait = Math.max(0, Math.min(settleMs, this.#since + longestMs - now));
    this.#cancel = this.#clock.after(wait, () => {
      this.#since = undefined;
      this.#onSettled();
    });
  }
}
