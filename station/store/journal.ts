import { admit, emptyHead, entryAfter, sameContent, type Head } from "../../core/journal/append.ts";
import { canonical, firstBreak, type Break } from "../../core/journal/chain.ts";
import type { Entry, NewEntry } from "../../core/journal/entry.ts";
import { sha256 } from "./identity.ts";
import { storeCode, type Database, type StoreCode } from "./open.ts";
import { entryColumns, entryOf, entryValues, type EntryRow } from "./rows.ts";
import type { Views } from "./views/apply.ts";

/** One caller's entries: all of them are kept, or none. `heardAt` in milliseconds since 1970 UTC. */
export interface AppendRequest {
  readonly entries: readonly NewEntry[];
  readonly heardAt: number;
  readonly monoMs: number;
}

export type AppendCode = StoreCode | "wire.badInput";
/** `detail` names fields and ids, never values. */
export type AppendAnswer =
  | { readonly ok: true; readonly entries: readonly Entry[] }
  | { readonly ok: false; readonly code: AppendCode; readonly detail?: string };

/** Ends one request inside a transaction; never leaves this file. */
class Refused extends Error {
  readonly answer: AppendAnswer & { readonly ok: false };
  constructor(code: AppendCode, detail?: string) {
    super(code);
    this.answer = { ok: false, code, ...(detail === undefined ? {} : { detail }) };
  }
}

const fromTo = `SELECT ${entryColumns} FROM entries WHERE seq > ? ORDER BY seq LIMIT ?`;

export class Journal {
  readonly #db: Database;
  readonly #views: Views;
  readonly #insert;
  readonly #byId;
  readonly #after;
  #head: Head;

  constructor(db: Database, owner: string, views: Views) {
    this.#db = db;
    this.#views = views;
    const marks = entryColumns
      .split(",")
      .map(() => "?")
      .join(", ");
    this.#insert = db.prepare(`INSERT INTO entries (${entryColumns}) VALUES (${marks})`);
    this.#byId = db.prepare<[string], EntryRow>(`SELECT ${entryColumns} FROM entries WHERE id = ?`);
    this.#after = db.prepare<[number, number], EntryRow>(fromTo);
    const last = db.prepare<[], EntryRow>(`SELECT ${entryColumns} FROM entries ORDER BY seq DESC LIMIT 1`).get();
    this.#head =
      last === undefined ? emptyHead(owner) : { owner, seq: last.seq, hash: Buffer.from(last.hash).toString("hex") };
  }

  get head(): Head {
    return this.#head;
  }

  /**
   * Keeps every request in one durable transaction, views included; `also` may write along. When one of several requests
   * cannot be kept, each is tried alone, so that nobody pays for a neighbor.
   */
  append(requests: readonly AppendRequest[], also?: () => void): readonly AppendAnswer[] {
    const start = this.#head;
    try {
      return this.#db
        .transaction(() => {
          also?.();
          return requests.map((request): AppendAnswer => ({
            ok: true,
            entries: request.entries.map((entry) => this.#take(entry, request)),
          }));
        })
        .immediate();
    } catch (error) {
      // The transaction is rolled back: the head in memory goes back with it.
      this.#head = start;
      if (requests.length > 1) return requests.flatMap((request) => this.append([request]));
      return [error instanceof Refused ? error.answer : { ok: false, code: storeCode(error) }];
    }
  }

  #take(offered: NewEntry, stamp: { readonly heardAt: number; readonly monoMs: number }): Entry {
    const admitted = admit(offered);
    if (!admitted.ok) throw new Refused("wire.badInput", admitted.why);
    const kept = this.#byId.get(admitted.entry.id);
    if (kept !== undefined) {
      const entry = entryOf(kept, this.#head.owner);
      if (!sameContent(entry, admitted.entry))
        throw new Refused("wire.badInput", `id ${entry.id} is taken by another entry`);
      return entry;
    }
    const entry = entryAfter(this.#head, admitted.entry, stamp, sha256);
    this.#insert.run(...entryValues(entry, canonical(entry.body)));
    this.#views.take(entry);
    this.#head = { owner: entry.owner, seq: entry.seq, hash: entry.hash };
    return entry;
  }

  /** Entries with `seq` above `after`, in order, at most `limit`. */
  tail(after: number, limit: number): readonly Entry[] {
    return this.#after.all(after, limit).map((row) => entryOf(row, this.#head.owner));
  }

  entry(id: string): Entry | undefined {
    const row = this.#byId.get(id);
    return row && entryOf(row, this.#head.owner);
  }

  /** Inside one transaction: empties the views and computes them from the first entry on. */
  rebuild(): void {
    this.#db
      .transaction(() => {
        this.#views.clear();
        for (let after = 0; ;) {
          const entries = this.tail(after, 1_000);
          for (const entry of entries) this.#views.take(entry);
          const last = entries.at(-1);
          if (last === undefined) break;
          after = last.seq;
        }
        this.#db.exec("DELETE FROM meta WHERE name = 'viewsStale'");
      })
      .immediate();
  }

  /** Checks `limit` entries after a head known to be good. `next` is where to go on; absent at the end of the journal. */
  check(from: Head, limit: number): { readonly broken?: Break; readonly next?: Head } {
    const rows = this.#rowsAfter(from.seq, limit);
    if (rows === undefined) return this.#checkDamaged(from, limit);
    const entries: Entry[] = [];
    for (const row of rows) {
      const entry = readable(row, from.owner);
      if (entry === undefined) {
        // What comes before may be broken, too, and is then the first.
        return { broken: firstBreak(entries, from, sha256) ?? { seq: row.seq, why: "hash" } };
      }
      entries.push(entry);
    }
    const broken = firstBreak(entries, from, sha256);
    if (broken) return { broken };
    const last = entries.at(-1);
    return rows.length < limit || last === undefined
      ? {}
      : { next: { owner: from.owner, seq: last.seq, hash: last.hash } };
  }

  /** Undefined where a page cannot be read. */
  #rowsAfter(after: number, limit: number): readonly EntryRow[] | undefined {
    try {
      return this.#after.all(after, limit);
    } catch (error) {
      if (storeCode(error) === "store.broken") return undefined;
      throw error;
    }
  }

  /** Halves what cannot be read until the one entry is found. */
  #checkDamaged(from: Head, limit: number): { readonly broken?: Break; readonly next?: Head } {
    if (limit <= 1) return { broken: { seq: from.seq + 1, why: "hash" } };
    const half = Math.floor(limit / 2);
    const first = this.check(from, half);
    return first.next === undefined ? first : this.check(first.next, limit - half);
  }

  /** The head as it was at `seq`, for starting a check there. */
  headAt(seq: number): Head {
    const [row] = seq === 0 ? [] : this.#after.all(seq - 1, 1);
    const { owner } = this.#head;
    return row === undefined || row.seq !== seq
      ? emptyHead(owner)
      : { owner, seq, hash: Buffer.from(row.hash).toString("hex") };
  }
}

/** The entry in a row, or undefined where its text is not exactly what was once hashed (a space more is a changed byte). */
function readable(row: EntryRow, owner: string): Entry | undefined {
  try {
    const entry = entryOf(row, owner);
    return canonical(entry.body) === row.body ? entry : undefined;
  } catch {
    return undefined;
  }
}
