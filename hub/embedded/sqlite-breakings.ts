import type { Entry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Breaking, BreakingStore } from "../ports/breakings.ts";
import type { Database } from "../store/open.ts";

interface Row {
  readonly broken: string;
  readonly review: string | null;
}

export function createSqliteBreakings(db: Database): BreakingStore {
  const select = `SELECT broken.entry AS broken, reviewed.entry AS review FROM breakings
    JOIN entries AS broken ON broken.seq = breakings.seq
    LEFT JOIN entries AS reviewed ON reviewed.seq = breakings.review`;
  const one = db.prepare<[string], Row>(`${select} WHERE breakings.id = ?`);
  const open = db.prepare<[string, number], Row>(`${select} WHERE breakings.person = ? AND breakings.until > ?`);
  const owed = db.prepare<[], Row>(`${select} WHERE breakings.review IS NULL ORDER BY breakings.seq`);
  const done = db.prepare<[number], Row>(
    `${select} WHERE breakings.review IS NOT NULL ORDER BY breakings.seq DESC LIMIT ?`,
  );
  const read = ({ broken, review }: Row): readonly Breaking[] => {
    const body = bodyOf(JSON.parse(broken) as Entry, "record.broken");
    const found = review === null ? undefined : bodyOf(JSON.parse(review) as Entry, "record.reviewed");
    return body ? [{ broken: body, ...(found ? { review: found } : {}) }] : [];
  };
  return {
    find: async (id) => one.all(id).flatMap(read)[0],
    openFor: async (person, now) =>
      open
        .all(person, now)
        .flatMap(read)
        .map(({ broken }) => broken),
    all: async (limit) => [...owed.all(), ...done.all(limit)].flatMap(read),
  };
}
