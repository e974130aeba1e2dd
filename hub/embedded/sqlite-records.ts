import { emptyHead, type Head } from "../../core/journal/append.ts";
import { canonical, entryHash, firstBreak, headText, type Break } from "../../core/journal/chain.ts";
import type { Entry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import { isWithheld, type Shipped } from "../../core/journal/withheld.ts";
import type { RecordStore, ShipAnswer } from "../ports/records.ts";
import type { HubJournal } from "../store/journal.ts";
import { keepRegistration } from "../store/person-views.ts";
import { storeCode, type Database } from "../store/open.ts";
import { sha256, type Identity } from "../store/secrets.ts";

interface EntryRow {
  readonly entry: string;
}
interface HeadRow {
  readonly seq: number;
  readonly hash: string;
}
type ShippedHead = Parameters<RecordStore["ship"]>[2];
const parsed = (row: EntryRow) => JSON.parse(row.entry) as Entry;

/** The columns of an entry of which only the hash is held. */
const nothingTold = { type: "withheld", subject: null, visit: null } as const;

export function createSqliteRecords(db: Database, journal: HubJournal, identity: Identity): RecordStore {
  const inbox = db.prepare<[string, number, number], EntryRow>(
    "SELECT entry FROM entries WHERE addressee = ? AND seq > ? ORDER BY seq LIMIT ?",
  );
  const opinion = db.prepare<[string], EntryRow>(
    "SELECT entry FROM opinions JOIN entries USING (seq) WHERE opinions.id = ?",
  );
  const opinionOf = db.prepare<[string], EntryRow>(
    "SELECT entry FROM opinions JOIN entries USING (seq) WHERE opinions.call = ? ORDER BY opinions.seq DESC LIMIT 1",
  );
  const opinionsOf = db.prepare<[string], EntryRow>(
    "SELECT entry FROM opinions JOIN entries USING (seq) WHERE opinions.call = ? ORDER BY opinions.seq",
  );
  const jointEntries = db.prepare<[string], EntryRow>(
    "SELECT entry FROM joint_entries JOIN entries USING (seq) WHERE joint_entries.call = ? ORDER BY seq",
  );
  const last = db.prepare<[string], HeadRow>(
    "SELECT seq, hash FROM station_entries WHERE owner = ? ORDER BY seq DESC LIMIT 1",
  );
  const hashAt = db.prepare<[string, number], { hash: string }>(
    "SELECT hash FROM station_entries WHERE owner = ? AND seq = ?",
  );
  const insert = db.prepare(
    "INSERT INTO station_entries (owner, seq, type, subject, visit, hash, entry) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const hidden = db.prepare<[string, number, number], { seq: number }>(
    `SELECT seq FROM station_entries WHERE owner = ? AND seq > ? AND type = '${nothingTold.type}' ORDER BY seq LIMIT ?`,
  );
  const show = db.prepare(
    `UPDATE station_entries SET type = ?, subject = ?, visit = ?, entry = ? WHERE owner = ? AND seq = ? AND type = '${nothingTold.type}'`,
  );
  const signedHead = db.prepare<[string], HeadRow>("SELECT seq, hash FROM station_heads WHERE owner = ?");
  const putHead = db.prepare("INSERT OR REPLACE INTO station_heads (owner, seq, hash, signature) VALUES (?, ?, ?, ?)");
  const ofVisit = db.prepare<[string, string], EntryRow>(
    "SELECT entry FROM station_entries WHERE owner = ? AND visit = ? ORDER BY seq",
  );
  const registration = db.prepare<[string, string], EntryRow>(
    "SELECT entry FROM station_entries WHERE owner = ? AND subject = ? AND type = 'resident.registered' ORDER BY seq DESC LIMIT 1",
  );
  const subjectOf = db.prepare<[string, string], { subject: string }>(
    "SELECT subject FROM station_entries WHERE owner = ? AND visit = ? AND subject IS NOT NULL ORDER BY seq LIMIT 1",
  );

  const registeredAs = db.prepare<[string], EntryRow>(
    `SELECT entry FROM station_entries WHERE subject = ? AND type = 'resident.registered'
     ORDER BY json_extract(entry, '$.heardAt') DESC LIMIT 1`,
  );
  const visitsOf = db.prepare<[string, number], { station: string; visit: string }>(
    `SELECT owner AS station, visit FROM station_entries WHERE subject = ? AND visit IS NOT NULL
     GROUP BY owner, visit ORDER BY MAX(json_extract(entry, '$.heardAt')) DESC LIMIT ?`,
  );

  const owners = db.prepare<[], { owner: string }>("SELECT DISTINCT owner FROM station_entries");
  const following = db.prepare<[string, number], EntryRow>(
    "SELECT entry FROM station_entries WHERE owner = ? AND seq > ? ORDER BY seq LIMIT 1000",
  );
  const damageOf = (station: string): { readonly seq: number; readonly why: Break["why"] | "head" } | undefined => {
    const signed = signedHead.get(station);
    let from = emptyHead(station);
    for (;;) {
      const entries = following.all(station, from.seq).map(parsed);
      const broken = firstBreak(entries, from, sha256);
      if (broken) return broken;
      const end = entries.find((entry) => entry.seq === signed?.seq);
      if (end && end.hash !== signed?.hash) return { seq: end.seq, why: "head" };
      const last = entries.at(-1);
      if (!last) return undefined;
      from = { owner: station, seq: last.seq, hash: last.hash };
    }
  };
  const held = (station: string): Head => {
    const row = last.get(station);
    return row ? { owner: station, ...row } : emptyHead(station);
  };
  const broken = (seq: number, why: "fork" | "head" | "gap"): ShipAnswer => ({
    ok: false,
    code: "store.broken",
    broken: { seq, why },
  });

  const ship = db.transaction((station: string, entries: readonly Shipped[], head: ShippedHead): ShipAnswer => {
    const before = held(station);
    const first = entries[0];
    const beyond = first !== undefined && first.seq > before.seq + 1;
    const repeats = entries.filter((entry) => entry.seq <= before.seq);
    const fork = repeats.find((entry) => hashAt.get(station, entry.seq)?.hash !== entry.hash);
    if (fork) return broken(fork.seq, "fork");
    const fresh = beyond ? [] : entries.slice(repeats.length);
    const gap = firstBreak(fresh, before, sha256);
    if (gap) return { ok: false, code: "store.broken", broken: gap };
    for (const entry of fresh) {
      const { type, subject, visit } = isWithheld(entry) ? nothingTold : entry;
      insert.run(station, entry.seq, type, subject, visit, entry.hash, canonical(entry));
      if (!isWithheld(entry)) keepRegistration(db, station, entry);
    }
    const after = held(station);
    // A signed head binds: what it names must be what is held at that number, now or when it arrives.
    const earlier = signedHead.get(station);
    for (const said of [head, ...(earlier ? [earlier] : [])]) {
      const at =
        said.seq === 0
          ? emptyHead(station).hash
          : said.seq <= after.seq
            ? hashAt.get(station, said.seq)?.hash
            : said.hash;
      if (at !== said.hash) throw new HeadMismatch(said.seq);
    }
    if (!earlier || head.seq > earlier.seq) putHead.run(station, head.seq, head.hash, head.signature);
    else if (head.seq === earlier.seq && head.hash !== earlier.hash) throw new HeadMismatch(head.seq);
    return { ok: true, held: after, fresh };
  });

  const isHeld = (station: string, entry: Entry): boolean =>
    entry.owner === station &&
    entryHash(entry, sha256) === entry.hash &&
    hashAt.get(station, entry.seq)?.hash === entry.hash;
  const reveal = db.transaction((station: string, entries: readonly Entry[]): boolean => {
    if (!entries.every((entry) => isHeld(station, entry))) return false;
    for (const entry of entries) {
      show.run(entry.type, entry.subject, entry.visit, canonical(entry), station, entry.seq);
      keepRegistration(db, station, entry);
    }
    return true;
  });

  return {
    hub: identity.hub,
    publicKey: identity.publicKey,
    append: async (entries) => db.transaction(() => journal.append(entries)).immediate(),
    entry: async (id) => journal.entry(id),
    inbox: async (station, after, limit) => inbox.all(station, after, limit).map(parsed),
    opinion: async (id) => {
      const row = opinion.get(id);
      return row && bodyOf(parsed(row), "opinion.written");
    },
    opinionOf: async (call) => {
      const row = opinionOf.get(call);
      return row && bodyOf(parsed(row), "opinion.written");
    },
    opinionsOf: async (call) => opinionsOf.all(call).flatMap((row) => bodyOf(parsed(row), "opinion.written") ?? []),
    jointEntries: async (call) => jointEntries.all(call).map(parsed),
    ship: async (station, entries, head) => {
      try {
        return ship.immediate(station, entries, head);
      } catch (error) {
        if (error instanceof HeadMismatch) return broken(error.seq, "head");
        storeCode(error); // anything but a failure of the disk is thrown on
        return { ok: false, code: "store.failed" };
      }
    },
    held: async (station) => held(station),
    withheld: async (station, after, limit) => hidden.all(station, after, limit).map(({ seq }) => seq),
    reveal: async (station, entries) => reveal.immediate(station, entries),
    damagedCopies: async () =>
      owners.all().flatMap(({ owner: station }) => {
        const damage = damageOf(station);
        return damage ? [{ station, ...damage }] : [];
      }),
    countersign: ({ owner, seq, hash }) => identity.sign(headText(owner, seq, hash)),
    entriesOfVisit: async (station, visit) => ofVisit.all(station, visit).map(parsed),
    registration: async (station, resident) => {
      const row = registration.get(station, resident);
      return row && parsed(row);
    },
    registeredAs: async (resident) => {
      const row = registeredAs.get(resident);
      return row && parsed(row);
    },
    visitsOf: async (resident, limit) => visitsOf.all(resident, limit),
    subjectOf: async (station, visit) => subjectOf.get(station, visit)?.subject ?? null,
  };
}

/** Rolls the batch back; never leaves this file. */
class HeadMismatch extends Error {
  readonly seq: number;
  constructor(seq: number) {
    super("the signed head does not fit");
    this.seq = seq;
  }
}
