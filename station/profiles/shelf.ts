import { join } from "node:path";
import { mostProfileBytes } from "../../core/contract/technician-devices.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Profile } from "../../drivers/kit/index.ts";
import type { Logger } from "../log/logger.ts";
import { clashOf, type Holder } from "./clash.ts";
import { codeOf, FolderWatch, namesIn, readWhole, removeWhole, writeWhole, type Found } from "./folder.ts";
import { readProfile, type ReadProfile } from "./read-profile.ts";
import { said, type ProfileProblem, type RefusedProfile } from "./refusal.ts";

export type { ProfileProblem, RefusedProfile, Said } from "./refusal.ts";

/** Files that are read at the most. */
const mostFiles = 200;
/** The folder of profiles inside the station's data folder. */
export const profilesFolder = (data: string): string => join(data, "profiles");

export type ShelvedProfile =
  | { readonly from: "shipped"; readonly profile: Profile }
  /** `file`: its name in the folder. */
  | { readonly from: "folder"; readonly file: string; readonly profile: Profile };

export type Added =
  | { readonly ok: true; readonly profile: Profile }
  /** Nothing was written. */
  | { readonly ok: false; readonly refused: RefusedProfile }
  /** The file was sound and could not be kept. */
  | { readonly ok: false; readonly code: Extract<FaultCode, "store.failed" | "store.full"> };

export interface ShelfParts {
  /** The folder of the JSON files; made when missing. */
  readonly folder: string;
  readonly shipped: readonly Profile[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** Every profile the station knows: those the program brings along, and those in a folder beside its data. */
export interface ProfileShelf {
  /** The shipped ones first. A profile keeps its identity while its file's text is the same. */
  all(): readonly ShelvedProfile[];
  refused(): readonly RefusedProfile[];
  /** After `all` or `refused` changed. The answer ends it. */
  onChange(listener: () => void): () => void;
  /** Keeps a file, or says why not; a file of that name is replaced. In force when this has answered. */
  add(file: string, text: string): Promise<Added>;
  /** Answers whether it was there. Throws what the system says when it cannot be removed. */
  remove(file: string): Promise<boolean>;
  /** Ends the watching. Resolves when nothing is being read or written any more. */
  close(): Promise<void>;
}

/** Reads the folder once, and then whenever it changes. Never fails: a folder that cannot be read gives the shipped ones. */
export async function openShelf(parts: ShelfParts): Promise<ProfileShelf> {
  const shelf = new Shelf(parts);
  await shelf.look();
  return shelf;
}

interface Read {
  readonly file: string;
  /** To know the same text again. */
  readonly bytes: Buffer | undefined;
  readonly result: ReadProfile;
}
type Loaded = Extract<ShelvedProfile, { from: "folder" }>;

class Shelf implements ProfileShelf {
  readonly #parts: ShelfParts;
  readonly #watch: FolderWatch;
  readonly #listeners = new Set<() => void>();
  #loaded: readonly Loaded[] = [];
  #refused: readonly RefusedProfile[] = [];
  #read: readonly Read[] = [];
  /** One thing at a time: a look never sees half of an addition. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(parts: ShelfParts) {
    this.#parts = parts;
    this.#watch = new FolderWatch(parts.folder, parts.clock, () => void this.look());
  }

  all(): readonly ShelvedProfile[] {
    return [...this.#parts.shipped.map((profile) => ({ from: "shipped" as const, profile })), ...this.#loaded];
  }

  refused(): readonly RefusedProfile[] {
    return this.#refused;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  look(): Promise<void> {
    return this.#inTurn(() => this.#look());
  }

  add(file: string, text: string): Promise<Added> {
    return this.#inTurn(async (): Promise<Added> => {
      const refuse = (...problems: readonly ProfileProblem[]): Added => ({ ok: false, refused: { file, problems } });
      if (file.length > 100 || !/^[a-z0-9]+(-[a-z0-9]+)*\.json$/.test(file)) return refuse({ reason: said("badName") });
      const result = readProfile(Buffer.from(text));
      if (!result.ok) return refuse(...result.problems);
      // What happened in the folder meanwhile counts before what is added now.
      await this.#look();
      const others = this.#loaded.filter((each) => each.file !== file);
      const clash = clashOf(result, this.#holders(others));
      if (clash.length > 0) return refuse(...clash);
      if (others.length >= mostFiles) return refuse({ reason: said("tooMany", { most: mostFiles }) });
      try {
        await writeWhole(this.#parts.folder, file, text);
      } catch (error) {
        const why = codeOf(error);
        this.#parts.log.error("profile not kept", { why });
        return { ok: false, code: why === "ENOSPC" || why === "EDQUOT" ? "store.full" : "store.failed" };
      }
      await this.#look();
      const kept = this.#loaded.find((each) => each.file === file);
      if (kept !== undefined) return { ok: true, profile: kept.profile };
      return refuse(...(this.#refused.find((each) => each.file === file)?.problems ?? []));
    });
  }

  remove(file: string): Promise<boolean> {
    return this.#inTurn(async () => {
      // Only what is on the shelf or was refused from it: the name cannot lead out of the folder.
      if (!this.#read.some((each) => each.file === file)) return false;
      const was = await removeWhole(this.#parts.folder, file);
      await this.#look();
      return was;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.close();
    this.#listeners.clear();
    await this.#turn;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #look(): Promise<void> {
    if (this.#closed) return;
    const { folder, log } = this.#parts;
    try {
      await this.#watch.hold();
      const names = await namesIn(folder, ".json");
      const found: Found[] = [];
      for (const name of names.slice(0, mostFiles)) {
        const file = await readWhole(folder, name, mostProfileBytes);
        if (file !== undefined) found.push(file);
      }
      this.#judge(
        found.map((each) => this.#readOf(each)),
        names.slice(mostFiles),
      );
    } catch (error) {
      log.error("profiles not read", { why: codeOf(error) });
      this.#judge([], []);
      this.#watch.later();
    }
  }

  /** What a file says; the same text says the same thing. */
  #readOf(found: Found): Read {
    const { name: file } = found;
    if (!("bytes" in found)) {
      const values = found.cannot === "unreadable" ? { why: found.why } : { most: mostProfileBytes };
      return { file, bytes: undefined, result: { ok: false, problems: [{ reason: said(found.cannot, values) }] } };
    }
    const bytes = Buffer.from(found.bytes);
    const known = this.#read.find((each) => each.file === file && each.bytes?.equals(bytes) === true);
    return known ?? { file, bytes, result: readProfile(bytes) };
  }

  #holders(others: readonly Loaded[]): readonly Holder[] {
    return [...this.#parts.shipped.map((profile) => ({ profile })), ...others];
  }

  /** Puts up what may stand. Who was here before stays before who came later. */
  #judge(read: readonly Read[], beyond: readonly string[]): void {
    const before = new Map(this.#loaded.map(({ file }, i) => [file, i] as const));
    const rank = ({ file }: Read): number => before.get(file) ?? before.size;
    const loaded: Loaded[] = [];
    const refused: RefusedProfile[] = [];
    for (const { file, result } of [...read].sort((a, b) => rank(a) - rank(b))) {
      if (!result.ok) {
        refused.push({ file, problems: result.problems });
        continue;
      }
      const clash = clashOf(result, this.#holders(loaded));
      if (clash.length > 0) refused.push({ file, problems: clash });
      else loaded.push({ from: "folder", file, profile: result.profile });
    }
    for (const file of beyond) refused.push({ file, problems: [{ reason: said("tooMany", { most: mostFiles }) }] });
    refused.sort((a, b) => (a.file < b.file ? -1 : 1));
    const same =
      loaded.length === this.#loaded.length &&
      loaded.every((each, i) => each.file === this.#loaded[i]?.file && each.profile === this.#loaded[i].profile) &&
      JSON.stringify(refused) === JSON.stringify(this.#refused);
    this.#read = read;
    if (same) return;
    this.#loaded = loaded;
    this.#refused = refused;
    this.#parts.log.info("profiles", { count: loaded.length });
    if (refused.length > 0) this.#parts.log.warn("profiles refused", { count: refused.length });
    for (const listener of this.#listeners) listener();
  }
}
