import { instant, type Instant } from "../../core/domain/time.ts";
import type { Database } from "./open.ts";

/** A right to look: `owner` is whose record it is. */
export interface Grant {
  readonly owner: string;
  readonly relative: string;
  readonly why: "grant" | "guardian";
}

/** `by`: a resident; null where only the role is known. */
export interface Look {
  readonly at: Instant;
  readonly by: string | null;
  readonly role: string;
}

interface GrantRow {
  readonly owner: string;
  readonly relative: string;
  readonly why: string;
}
interface LookRow {
  readonly at: number;
  readonly by: string | null;
  readonly role: string;
}

/** Who may look at whose record, and who did. */
export class Family {
  readonly #grants;
  readonly #looks;

  constructor(db: Database) {
    this.#grants = db.prepare<[string, string], GrantRow>(
      "SELECT owner, relative, why FROM family WHERE (owner = ? OR relative = ?) AND ended = 0 ORDER BY seq",
    );
    this.#looks = db.prepare<[string, number], LookRow>(
      "SELECT at, by, role FROM looks WHERE owner = ? ORDER BY seq DESC LIMIT ?",
    );
  }

  /** Those that this person gave and those that were given to them, oldest first. */
  grantsAround(person: string): readonly Grant[] {
    return this.#grants
      .all(person, person)
      .map(({ why, ...pair }) => ({ ...pair, why: why === "guardian" ? "guardian" : "grant" }));
  }

  /** At this person's record, newest first. */
  looksAt(owner: string, limit: number): readonly Look[] {
    return this.#looks.all(owner, limit).map(({ at, by, role }) => ({ at: instant(at), by, role }));
  }
}
