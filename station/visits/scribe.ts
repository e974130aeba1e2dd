import { v7 as newId } from "uuid";
import type { KeptSubject } from "../../core/domain/consent.ts";
import type { Entry, EntryBody, EntryType, NewEntry } from "../../core/journal/entry.ts";
import type { AppendCode } from "../store/journal.ts";
import { StoreFault, type Store } from "../store/store.ts";
import type { Logger } from "../log/logger.ts";

export { newId };

/**
 * Whose fact it is. What somebody said about keeping and sending is kept under their name whatever they said, or a "no" would
 * be forgotten; everything else only where they agreed.
 */
export type SubjectOf<T extends EntryType> = T extends `consent.${string}` ? string : KeptSubject;

/** Whom a fact is about and who caused it. */
export interface About<S extends string = KeptSubject> {
  readonly visit: string | null;
  readonly subject: S | null;
  /** Absent: the station itself. */
  readonly actor?: NewEntry["actor"];
  /** Absent: a new one. Given where the caller made it, so that a repeat is harmless. */
  readonly id?: string;
}

export type Kept =
  { readonly ok: true } | { readonly ok: false; readonly code: Extract<AppendCode, `store.${string}`> };

/** Writes the station's facts down. What it answers `ok` to is on the disk. */
export class Scribe {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #onKept: (entries: readonly Entry[]) => void;

  /** `onKept`: after every successful writing, with what is on the disk: a repeated fact comes again. */
  constructor(store: Store, log: Logger, onKept: (entries: readonly Entry[]) => void) {
    this.#store = store;
    this.#log = log;
    this.#onKept = onKept;
  }

  fact<T extends EntryType>(type: T, body: EntryBody<T>, about: About<SubjectOf<T>>): NewEntry {
    const { visit, subject, actor = { role: "station", id: this.#store.owner }, id = newId() } = about;
    // `type` and `body` belong together by the signature; the union of all pairs cannot say so for an open T.
    return { id, type, actor, subject, visit, body } as NewEntry;
  }

  async keep(...entries: readonly NewEntry[]): Promise<Kept> {
    const answer = await this.#store.append(entries);
    if (answer.ok) {
      this.#onKept(answer.entries);
      return { ok: true };
    }
    const { code, detail } = answer;
    this.#log.error("not kept", {
      code,
      count: entries.length,
      of: entries.map(({ type }) => type).join(" "),
      ...(detail === undefined ? {} : { why: detail }),
    });
    // An entry that does not fit its own schema is a bug here, never the caller's.
    if (code === "wire.badInput") throw new Error(`an entry was refused: ${detail ?? ""}`);
    return { ok: false, code };
  }
}

/** The fault code of a store that failed underneath a question; anything else is a bug and thrown on. */
export function storeFaultOf(error: unknown): StoreFault["code"] {
  if (error instanceof StoreFault) return error.code;
  throw error;
}
