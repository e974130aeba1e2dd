import type { MedicineTold } from "../../core/care/medicine.ts";
import type { WishView } from "../../core/contract/visit-services.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Database } from "./open.ts";
import { entryColumns, entryOf, type EntryRow } from "./rows.ts";

/** As many as a person looks through. */
const mostWishes = 10;

/** What a resident takes and what they asked for, as this station keeps it. */
export class Services {
  readonly #owner: string;
  readonly #medicines;
  readonly #wishes;
  readonly #entry;

  constructor(db: Database, owner: string) {
    this.#owner = owner;
    this.#medicines = db.prepare<[string], EntryRow>(
      `SELECT ${entryColumns} FROM entries WHERE seq IN
          (SELECT seq FROM medicines WHERE resident = ? AND state <> 'ended') ORDER BY seq`,
    );
    this.#wishes = db.prepare<[string, number], { readonly seq: number; readonly answer_seq: number | null }>(
      "SELECT seq, answer_seq FROM wishes WHERE resident = ? ORDER BY seq DESC LIMIT ?",
    );
    this.#entry = db.prepare<[number], EntryRow>(`SELECT ${entryColumns} FROM entries WHERE seq = ?`);
  }

  medicinesOf(resident: string): readonly MedicineTold[] {
    return this.#medicines
      .all(resident)
      .flatMap((row) => bodyOf(entryOf(row, this.#owner), "medicine.received")?.medicine ?? []);
  }

  /** The newest first. */
  wishesOf(resident: string): readonly WishView[] {
    return this.#wishes.all(resident, mostWishes).flatMap(({ seq, answer_seq }): readonly WishView[] => {
      const made = this.#at(seq);
      const asked = made && bodyOf(made, "wish.made");
      if (made === undefined || asked === undefined) return [];
      const told = answer_seq === null ? undefined : this.#at(answer_seq);
      const message = told && bodyOf(told, "message.received")?.message;
      return [
        {
          id: asked.wish,
          wanted: asked.wanted,
          askedAt: made.heardAt,
          ...(message === undefined ? {} : { answer: { sentences: message.sentences, at: message.at } }),
        },
      ];
    });
  }

  #at(seq: number) {
    const row = this.#entry.get(seq);
    return row && entryOf(row, this.#owner);
  }
}
