import { instant, type Instant } from "../../core/domain/time.ts";
import type { Database } from "./open.ts";
import type { HistoryPoint } from "./views/shapes.ts";

const errands = ["ask", "link", "unlink"] as const;

/**
 * A code on its way to the hub. `about`: a guest's visit (`ask`), or the resident who wants to be known by it (`link`) or no longer
 * (`unlink`: then `code` is the id of the linking, and the code itself is not kept).
 */
export interface WaitingCode {
  readonly id: string;
  readonly what: (typeof errands)[number];
  readonly about: string;
  readonly code: string;
  /** Milliseconds since 1970 UTC. */
  readonly keptAt: number;
}

/** A visit that may be this person's: the code shown in it is. */
export interface Unclaimed {
  readonly visit: string;
  readonly at: Instant;
}

interface CodeRow extends Omit<WaitingCode, "keptAt" | "what"> {
  readonly what: string;
  readonly kept_at: number;
}

/** Numbers of several records as those of one person: the newest `limit`, newest first. */
export function newestOf(each: readonly (readonly HistoryPoint[])[], limit: number): readonly HistoryPoint[] {
  const [only, ...others] = each;
  if (only !== undefined && others.length === 0) return only;
  return each
    .flat()
    .sort((a, b) => b.heardAt.localeCompare(a.heardAt) || b.seq - a.seq)
    .slice(0, limit);
}

/** Everybody who is one person with the one asked for, and the guests' visits they claimed, as one recursive question. */
const togetherSql = `
  WITH RECURSIVE together (person) AS (
    SELECT ? UNION
    SELECT iif(same.one = together.person, same.other, same.one) FROM together
      JOIN same ON same.ended = 0 AND (same.one = together.person OR same.other = together.person)
  )`;

/** Who is who at this station, and codes that nobody here knows. */
export class Persons {
  readonly #allOf;
  readonly #unclaimed;
  readonly #waiting;
  readonly #put;
  readonly #drop;

  constructor(db: Database) {
    this.#allOf = db.prepare<[string], { readonly person: string }>(
      `${togetherSql} SELECT person FROM together UNION ALL
        SELECT visit FROM unclaimed JOIN together ON unclaimed.resident = together.person WHERE unclaimed.state = 'mine'`,
    );
    this.#unclaimed = db.prepare<[string], { readonly visit: string; readonly at: number }>(
      `${togetherSql} SELECT visit, at FROM unclaimed JOIN together ON unclaimed.resident = together.person
        WHERE unclaimed.state = 'resolved' ORDER BY at, visit LIMIT 1`,
    );
    this.#waiting = db.prepare<[], CodeRow>("SELECT * FROM codes ORDER BY kept_at, id");
    this.#put = db.prepare<[string, string, string, string, number]>(
      "INSERT OR IGNORE INTO codes VALUES (?, ?, ?, ?, ?)",
    );
    this.#drop = db.prepare<[string]>("DELETE FROM codes WHERE id = ?");
  }

  /** Under whom this person's numbers are filed: the person first, then joined records, then claimed visits. */
  allOf(person: string): readonly string[] {
    return this.#allOf.all(person).map((row) => row.person);
  }

  /** The oldest visit that this person is still to be asked about. */
  unclaimedOf(person: string): Unclaimed | undefined {
    const row = this.#unclaimed.get(person);
    return row && { visit: row.visit, at: instant(row.at) };
  }

  /** A second time is the first. */
  put({ id, what, about, code, keptAt }: WaitingCode): void {
    this.#put.run(id, what, about, code, keptAt);
  }

  /** The longest waiting first. */
  waiting(): readonly WaitingCode[] {
    return this.#waiting.all().map(({ what, kept_at: keptAt, ...row }) => ({
      ...row,
      what: errands.find((one) => one === what) ?? "ask",
      keptAt,
    }));
  }

  drop(id: string): void {
    this.#drop.run(id);
  }
}
