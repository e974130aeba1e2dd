import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Head, SignedHead } from "../../core/journal/append.ts";
import { emptyHead } from "../../core/journal/append.ts";
import { headText, type Break } from "../../core/journal/chain.ts";
import { freeBytes, fullOr, reserveBytes } from "./disk.ts";
import { identityOf, keyCheckOf, sameBytes, type Identity } from "./identity.ts";
import { Journal, type AppendAnswer, type AppendRequest } from "./journal.ts";
import { migrate, schemaVersion } from "./migrate.ts";
import { holdFolder, openEncrypted, storeCode, type Database, type FolderLock, type StoreCode } from "./open.ts";
import { Contracts } from "./contracts.ts";
import { DutyPhone } from "./duty-phone.ts";
import { Family } from "./family.ts";
import { Messages } from "./messages.ts";
import { People } from "./people.ts";
import { Persons } from "./persons.ts";
import { PinSecrets } from "./pin-secrets.ts";
import { Queries } from "./queries.ts";
import { Services } from "./services.ts";
import type { Integrity } from "./questions.ts";
import { Views } from "./views/apply.ts";

export const databaseFile = "station.db";
export const lockFile = "station.lock";

export interface EngineOptions {
  /** The station's data folder; made when missing. */
  readonly folder: string;
  /** 32 bytes, from the shell. Held in memory only. */
  readonly key: Uint8Array;
  /** The id a new journal is made for; an existing one must have it. */
  readonly owner?: string;
  /** Free bytes below which no new measurement starts. */
  readonly reserveBytes?: number;
}

export type Ready = { readonly ok: true } | { readonly ok: false; readonly code: StoreCode };
export type Verdict =
  { readonly ok: true; readonly head: Head } | { readonly ok: false; readonly seq: number; readonly why: Break["why"] };
export type EngineOpened =
  { readonly ok: true; readonly engine: Engine } | { readonly ok: false; readonly code: StoreCode };

/** Entries looked at before the first answer; the rest of the chain is looked at in slices afterwards. */
const tailEntries = 500;
const sliceEntries = 500;

/**
 * The store without its thread: synchronous, one owner. Codes as `openEncrypted`, and `store.locked` when another program
 * holds the folder, `store.broken` when the database of a known folder is gone or belongs to another station.
 */
export function openEngine(options: EngineOptions): EngineOpened {
  const { folder, key } = options;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return { ok: false, code: storeCode(error) };
  }
  const held = holdFolder(join(folder, lockFile));
  if (!held.ok) return { ok: false, code: fullOr(held.code, folder) };
  const opened = openHeld(options, held.lock, keyCheckOf(key));
  if (opened.ok) return opened;
  held.lock.close();
  return { ok: false, code: fullOr(opened.code, folder) };
}

function openHeld(
  { folder, key, owner, reserveBytes: reserve = reserveBytes }: EngineOptions,
  lock: FolderLock,
  check: Uint8Array,
): EngineOpened {
  if (lock.keyCheck !== undefined && !sameBytes(lock.keyCheck, check)) return { ok: false, code: "store.wrongKey" };
  const opened = openEncrypted({
    file: join(folder, databaseFile),
    key,
    knows: schemaVersion,
    mayCreate: lock.keyCheck === undefined,
  });
  if (!opened.ok) {
    // Without the check value the first page cannot tell a wrong key from damage; a wrong key is the likelier.
    return opened.code === "store.broken" && opened.unreadable && lock.keyCheck === undefined
      ? { ok: false, code: "store.wrongKey" }
      : { ok: false, code: opened.code };
  }
  const { db } = opened;
  try {
    migrate(db);
    const identity = identityOf(db, owner);
    if (owner !== undefined && identity.owner !== owner) throw new OtherOwner();
    if (lock.keyCheck === undefined) lock.keepKeyCheck(check);
    return { ok: true, engine: new Engine(db, lock, identity, folder, reserve) };
  } catch (error) {
    db.close();
    return { ok: false, code: error instanceof OtherOwner ? "store.broken" : storeCode(error) };
  }
}

class OtherOwner extends Error {}

/** Everything the store can be asked. Not for several threads; `close` ends it. */
export class Engine {
  readonly queries: Queries;
  readonly views: Views;
  readonly pins: PinSecrets;
  readonly people: People;
  readonly messages: Messages;
  readonly services: Services;
  readonly persons: Persons;
  readonly family: Family;
  readonly contracts: Contracts;
  readonly dutyPhone: DutyPhone;
  readonly identity: Identity;
  readonly #db: Database;
  readonly #lock: FolderLock;
  readonly #journal: Journal;
  readonly #folder: string;
  readonly #reserve: number;
  #broken: Break | undefined;
  /** Signed, and to be written with the next commit: shipping costs no commit of its own. */
  #unsavedHead: SignedHead | undefined;
  #signedHead: SignedHead | undefined;
  /** Where the check of the whole chain stands; undefined when it is done. */
  #checkFrom: Head | undefined;

  constructor(db: Database, lock: FolderLock, identity: Identity, folder: string, reserve: number) {
    this.#db = db;
    this.#lock = lock;
    this.identity = identity;
    this.#folder = folder;
    this.#reserve = reserve;
    this.views = new Views(db);
    this.#journal = new Journal(db, identity.owner, this.views);
    if (db.prepare("SELECT 1 FROM meta WHERE name = 'viewsStale'").get() !== undefined) this.#journal.rebuild();
    this.queries = new Queries(db, identity.owner);
    this.pins = new PinSecrets(db);
    this.people = new People(db);
    this.messages = new Messages(db);
    this.services = new Services(db, identity.owner);
    this.persons = new Persons(db);
    this.family = new Family(db);
    this.contracts = new Contracts(db);
    this.dutyPhone = new DutyPhone(db);
    const signed = db.prepare<[], Omit<SignedHead, "owner">>("SELECT seq, hash, signature FROM signed_head").get();
    this.#signedHead = signed && { owner: identity.owner, ...signed };
    this.#broken =
      this.#brokenEnd() ??
      this.#journal.check(this.#journal.headAt(Math.max(0, this.#journal.head.seq - tailEntries)), tailEntries + 1)
        .broken;
    this.#checkFrom = emptyHead(identity.owner);
  }

  get head(): Head {
    return this.#journal.head;
  }

  /** Whether a measurement may begin. `store.full` below the reserve, `store.broken` once the chain is known to be broken. */
  ready(): Ready {
    if (this.#broken !== undefined) return { ok: false, code: "store.broken" };
    try {
      return freeBytes(this.#folder) < this.#reserve ? { ok: false, code: "store.full" } : { ok: true };
    } catch (error) {
      return { ok: false, code: storeCode(error) };
    }
  }

  /** Answers in the order of the requests, all durable. Nothing is added to a chain that is known to be broken. */
  append(requests: readonly AppendRequest[]): readonly AppendAnswer[] {
    const { seq, why } = this.#broken ?? {};
    if (seq !== undefined)
      return requests.map(() => ({ ok: false, code: "store.broken", detail: `entry ${String(seq)}: ${String(why)}` }));
    const answers = this.#journal.append(requests, () => this.#saveHead());
    if (answers.some((answer) => answer.ok)) this.#unsavedHead = undefined;
    return answers.map((answer) => (answer.ok ? answer : { ...answer, code: fullOr(answer.code, this.#folder) }));
  }

  tail(after: number, limit: number) {
    return this.#journal.tail(after, limit);
  }

  entry(id: string) {
    return this.#journal.entry(id);
  }

  /** Computes all views from the journal again. */
  rebuild(): void {
    this.#journal.rebuild();
  }

  /** The station's word for its journal up to now. Kept with the next commit, at the latest by `settle` or `close`. */
  signHead(): SignedHead {
    const { owner, seq, hash } = this.#journal.head;
    if (this.#signedHead?.seq === seq && this.#signedHead.hash === hash) return this.#signedHead;
    const signed = { owner, seq, hash, signature: this.identity.sign(headText(owner, seq, hash)) };
    this.#signedHead = signed;
    this.#unsavedHead = signed;
    return signed;
  }

  #saveHead(): void {
    const head = this.#unsavedHead;
    if (head)
      this.#db
        .prepare("INSERT OR REPLACE INTO signed_head VALUES (1, ?, ?, ?)")
        .run(head.seq, head.hash, head.signature);
  }

  /** Work for a quiet moment: keeps the signed head and moves the write-ahead log into the database. */
  settle(): void {
    if (this.#broken === undefined) this.signHead();
    this.#saveHead();
    this.#unsavedHead = undefined;
    this.#db.pragma("wal_checkpoint(PASSIVE)");
  }

  /** The whole chain at once; the first bad entry is named. `gap` at the end: entries that were signed for are gone. */
  verify(): Verdict {
    this.#checkFrom = emptyHead(this.identity.owner);
    while (this.checkSlice());
    return this.#broken ? { ok: false, ...this.#broken } : { ok: true, head: this.#journal.head };
  }

  /** One slice of the check of the whole chain. Answers whether there is more to do. */
  checkSlice(): boolean {
    if (this.#checkFrom === undefined) return false;
    const { broken, next } = this.#journal.check(this.#checkFrom, sliceEntries);
    this.#checkFrom = broken ? undefined : next;
    // The first bad entry is the one to name, also when the end was found bad before.
    if (broken) this.#broken = broken;
    else if (next === undefined) this.#broken = this.#brokenEnd();
    return this.#checkFrom !== undefined;
  }

  integrity(): Integrity {
    if (this.#broken !== undefined) return { state: "broken", ...this.#broken };
    return { state: this.#checkFrom === undefined ? "whole" : "checking" };
  }

  /** What was signed must still be there. */
  #brokenEnd(): Break | undefined {
    const signed = this.#signedHead;
    if (signed === undefined || signed.seq === 0) return undefined;
    if (signed.seq > this.#journal.head.seq) return { seq: this.#journal.head.seq + 1, why: "gap" };
    return this.#journal.headAt(signed.seq).hash === signed.hash ? undefined : { seq: signed.seq, why: "hash" };
  }

  /** Closing twice is closing once. */
  close(): void {
    if (!this.#db.open) return;
    try {
      if (this.#broken === undefined) this.settle();
    } catch (error) {
      // A full disk must not keep the program from ending; the journal itself is already durable.
      storeCode(error);
    } finally {
      this.#db.close();
      this.#lock.close();
    }
  }
}
