import { randomBytes } from "node:crypto";
import { consentScopes, type ConsentFact, type ConsentFacts, type ConsentScope } from "../../core/domain/consent.ts";
import { instant, type Instant } from "../../core/domain/time.ts";
import { identityWays, type IdentityWay } from "../../core/journal/visit-bodies.ts";
import type { Database } from "./open.ts";
import type { EndedVisit } from "./views/shapes.ts";

interface ConsentRow {
  readonly scope: string;
  readonly given: number;
  readonly version: string;
  readonly entry: string;
  readonly at: number;
}
interface VisitRow {
  readonly id: string;
  readonly opened_seq: number;
  readonly resumed_seq: number | null;
  readonly closed_seq: number | null;
  readonly closed_at: number | null;
  readonly reason: string | null;
}

/** One way in which a resident is found again. `id`: of the entry that says so; `key`: the keyed hash. */
export interface Link {
  readonly id: string;
  readonly way: IdentityWay;
  readonly key: string;
  readonly at: Instant;
}

interface LinkRow extends Omit<Link, "way" | "at"> {
  readonly way: string;
  readonly heard_at: number;
}

const lookupName = "lookup";

/** Who is known by which keyed hash, what they agreed to, and the secret that the hashes are made with. */
export class People {
  readonly #db: Database;
  readonly #linked;
  readonly #links;
  readonly #sign;
  readonly #consents;
  readonly #lastVisit;
  readonly #started;
  readonly #heardAt;

  constructor(db: Database) {
    this.#db = db;
    this.#linked = db.prepare<[string], { readonly resident: string }>(
      "SELECT resident FROM links WHERE key = ? AND ended = 0",
    );
    this.#links = db.prepare<[string], LinkRow>(
      `SELECT entries.id, way, key, heard_at FROM links JOIN entries USING (seq)
        WHERE resident = ? AND ended = 0 ORDER BY links.seq`,
    );
    this.#sign = db.prepare<[string], { readonly sign: string }>("SELECT sign FROM signs WHERE resident = ?");
    this.#consents = db.prepare<[string], ConsentRow>(
      "SELECT scope, given, version, entry, at FROM consents WHERE who = ?",
    );
    this.#lastVisit = db.prepare<[string], VisitRow>(
      `SELECT id, opened_seq, resumed_seq, closed_seq, closed_at, reason FROM visits
        WHERE resident = ? ORDER BY opened_seq DESC LIMIT 1`,
    );
    this.#started = db.prepare<[number, number], { readonly seq: number }>(
      "SELECT seq FROM entries WHERE seq BETWEEN ? AND ? AND type = 'station.started' ORDER BY seq DESC LIMIT 1",
    );
    this.#heardAt = db.prepare<[number], { readonly heard_at: number }>("SELECT heard_at FROM entries WHERE seq = ?");
  }

  /** By what a resident is found again, the oldest first. */
  linksOf(resident: string): readonly Link[] {
    return this.#links.all(resident).map(({ id, way, key, heard_at: at }) => ({
      id,
      way: identityWays.find((one) => one === way) ?? "card",
      key,
      at: instant(at),
    }));
  }

  /** The resident a keyed hash belongs to. */
  linkedTo(key: string): string | undefined {
    return this.#linked.get(key)?.resident;
  }

  signOf(resident: string): string | undefined {
    return this.#sign.get(resident)?.sign;
  }

  /** `who`: a resident, or the visit of a guest. */
  consentsOf(who: string): ConsentFacts {
    const facts: { -readonly [S in ConsentScope]?: ConsentFact } = {};
    for (const { scope, given, version, entry, at } of this.#consents.all(who)) {
      const known = consentScopes.find((each) => each === scope);
      if (known !== undefined) facts[known] = { given: given === 1, version, entry, at: instant(at) };
    }
    return facts;
  }

  /** The last visit of a resident, if it is over; undefined while it is open and where there is none. */
  lastVisitOf(resident: string): EndedVisit | undefined {
    const row = this.#lastVisit.get(resident);
    if (row === undefined || row.closed_seq === null || row.closed_at === null) return undefined;
    const endedAt = this.#cutOffAt(row.resumed_seq ?? row.opened_seq, row.closed_seq) ?? row.closed_at;
    return { id: row.id, reason: row.reason ?? "", endedAt: instant(endedAt) };
  }

  /**
   * A visit that a power cut ended is closed at the next start, which may be hours later: it ended with the last word of
   * the journal before that start.
   */
  #cutOffAt(begunSeq: number, closedSeq: number): number | undefined {
    const started = this.#started.get(begunSeq, closedSeq);
    return started === undefined ? undefined : this.#heardAt.get(started.seq - 1)?.heard_at;
  }

  /** 32 bytes, made at the first asking and the same from then on. */
  lookupSecret(): Uint8Array {
    this.#db.prepare("INSERT OR IGNORE INTO secrets (name, value) VALUES (?, ?)").run(lookupName, randomBytes(32));
    const kept = this.#db
      .prepare<[string], { readonly value: Uint8Array }>("SELECT value FROM secrets WHERE name = ?")
      .get(lookupName);
    if (kept === undefined) throw new Error("a secret that was kept cannot be found");
    return Uint8Array.from(kept.value);
  }
}
