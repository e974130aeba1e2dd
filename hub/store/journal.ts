import { admit, emptyHead, entryAfter, type Head } from "../../core/journal/append.ts";
import { canonical, firstBreak, headText, type Break } from "../../core/journal/chain.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Entry, NewEntry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Database } from "./open.ts";
import { keepPersons } from "./person-views.ts";
import { sha256, verifyText, type Identity } from "./secrets.ts";

interface EntryRow {
  readonly entry: string;
}

/** The station an entry is meant for, if any: those come down its inbox. */
function addresseeOf(entry: Entry): string | null {
  const told =
    bodyOf(entry, "opinion.written") ??
    bodyOf(entry, "consult.accepted") ??
    bodyOf(entry, "consult.finished") ??
    bodyOf(entry, "alarm.answered") ??
    bodyOf(entry, "message.left") ??
    bodyOf(entry, "medicine.told") ??
    bodyOf(entry, "contract.answered") ??
    bodyOf(entry, "person.joined") ??
    bodyOf(entry, "person.parted");
  return told?.station ?? null;
}

/**
 * The hub's own journal. `append` runs inside the caller's transaction, so that a fact and its entry are one; the head is
 * signed in the same transaction.
 */
export class HubJournal {
  readonly #identity: Identity;
  readonly #clock: Clock;
  readonly #db: Database;
  readonly #insert;
  readonly #byId;
  readonly #last;
  readonly #after;
  readonly #insertOpinion;
  readonly #insertJoint;
  readonly #breakings;
  readonly #sign;
  readonly #signed;

  constructor(db: Database, identity: Identity, clock: Clock) {
    this.#identity = identity;
    this.#db = db;
    this.#clock = clock;
    this.#insert = db.prepare("INSERT INTO entries (seq, id, addressee, hash, entry) VALUES (?, ?, ?, ?, ?)");
    this.#byId = db.prepare<[string], EntryRow>("SELECT entry FROM entries WHERE id = ?");
    this.#last = db.prepare<[], { seq: number; hash: string }>(
      "SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1",
    );
    this.#after = db.prepare<[number, number], EntryRow>(
      "SELECT entry FROM entries WHERE seq > ? ORDER BY seq LIMIT ?",
    );
    this.#insertOpinion = db.prepare("INSERT INTO opinions (id, call, seq) VALUES (?, ?, ?)");
    // When it is first needed: the journal also stands on the schema of before there were joint opinions.
    this.#insertJoint = () => db.prepare("INSERT INTO joint_entries (seq, call) VALUES (?, ?)");
    this.#breakings = {
      insert: () => db.prepare("INSERT INTO breakings VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)"),
      review: () => db.prepare("UPDATE breakings SET review = ? WHERE id = ? AND review IS NULL"),
    };
    this.#sign = db.prepare("INSERT OR REPLACE INTO signed_head VALUES (1, ?, ?, ?)");
    this.#signed = db.prepare<[], { seq: number; hash: string; signature: string }>(
      "SELECT seq, hash, signature FROM signed_head",
    );
  }

  get head(): Head {
    const last = this.#last.get();
    return last ? { owner: this.#identity.hub, ...last } : emptyHead(this.#identity.hub);
  }

  /** A repeated id is answered with the entry kept: the first wins. Throws on an entry that does not fit its schema: a bug here. */
  append(entries: readonly NewEntry[]): readonly Entry[] {
    let head = this.head;
    const written = entries.map((offered) => {
      const admitted = admit(offered);
      if (!admitted.ok) throw new Error(`entry refused: ${admitted.why}`);
      const kept = this.entry(offered.id);
      if (kept) return kept;
      const entry = entryAfter(
        head,
        admitted.entry,
        { heardAt: this.#clock.now(), monoMs: this.#clock.monotonic() },
        sha256,
      );
      this.#insert.run(entry.seq, entry.id, addresseeOf(entry), entry.hash, canonical(entry));
      const opinion = bodyOf(entry, "opinion.written");
      if (opinion) this.#insertOpinion.run(opinion.id, opinion.call, entry.seq);
      const joint = bodyOf(entry, "joint.drafted") ?? bodyOf(entry, "joint.signed");
      if (joint) this.#insertJoint().run(entry.seq, joint.call);
      const broken = bodyOf(entry, "record.broken");
      if (broken) {
        const { id, by, alarm, station, visit, resident, until } = broken;
        this.#breakings.insert().run(id, entry.seq, by.id, alarm, station, visit, resident, Date.parse(until));
      }
      const reviewed = bodyOf(entry, "record.reviewed");
      if (reviewed) this.#breakings.review().run(entry.seq, reviewed.breaking);
      keepPersons(this.#db, entry);
      head = { owner: head.owner, seq: entry.seq, hash: entry.hash };
      return entry;
    });
    this.#sign.run(head.seq, head.hash, this.#identity.sign(headText(head.owner, head.seq, head.hash)));
    return written;
  }

  entry(id: string): Entry | undefined {
    const row = this.#byId.get(id);
    return row && (JSON.parse(row.entry) as Entry);
  }

  /** Entries above `after`, in order, at most `limit`. */
  entriesAfter(after: number, limit: number): readonly Entry[] {
    return this.#after.all(after, limit).map((row) => JSON.parse(row.entry) as Entry);
  }

  /** Walks the whole chain and the signed head; the first break, or undefined. */
  check(): Break | undefined {
    let from = emptyHead(this.#identity.hub);
    for (;;) {
      const entries = this.entriesAfter(from.seq, 1_000);
      const broken = firstBreak(entries, from, sha256);
      if (broken) return broken;
      const last = entries.at(-1);
      if (!last) break;
      from = { owner: from.owner, seq: last.seq, hash: last.hash };
    }
    const signed = this.#signed.get();
    if (!signed) return from.seq === 0 ? undefined : { seq: from.seq, why: "hash" };
    const good =
      signed.seq === from.seq &&
      signed.hash === from.hash &&
      verifyText(headText(from.owner, signed.seq, signed.hash), signed.signature, this.#identity.publicKey);
    return good ? undefined : { seq: Math.max(signed.seq, from.seq), why: signed.seq === from.seq ? "hash" : "gap" };
  }
}
