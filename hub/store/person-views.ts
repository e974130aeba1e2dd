import { likeName } from "../../core/care/same-person.ts";
import { entryBodies, type Entry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { Database } from "./open.ts";

/** A pair of records is the same pair either way round. */
export const inOrder = (one: string, other: string): readonly [string, string] =>
  one < other ? [one, other] : [other, one];

/** What an entry of the hub's own journal does to the views of who is who; in the transaction that writes it. */
export function keepPersons(db: Database, entry: Entry): void {
  const coded = bodyOf(entry, "person.coded");
  if (coded) {
    const { station, resident } = coded.record;
    db.prepare("INSERT OR IGNORE INTO codes VALUES (?, ?, ?, ?)").run(coded.key, station, resident, entry.seq);
  }
  const uncoded = bodyOf(entry, "person.uncoded");
  if (uncoded)
    db.prepare(
      "DELETE FROM codes WHERE station = ? AND resident = ? AND seq = (SELECT seq FROM entries WHERE id = ?)",
    ).run(uncoded.record.station, uncoded.record.resident, uncoded.link);
  const joined = bodyOf(entry, "person.joined");
  if (joined) {
    const [one, other] = inOrder(joined.one.resident, joined.other.resident);
    db.prepare("INSERT INTO joinings VALUES (?, ?, ?, ?, NULL)").run(joined.id, one, other, entry.seq);
  }
  const parted = bodyOf(entry, "person.parted");
  if (parted) db.prepare("UPDATE joinings SET parted = ? WHERE id = ?").run(entry.seq, parted.joining);
  const apart = bodyOf(entry, "person.apart");
  if (apart) {
    const [one, other] = inOrder(apart.one.resident, apart.other.resident);
    db.prepare("INSERT OR IGNORE INTO aparts VALUES (?, ?, ?)").run(one, other, entry.seq);
  }
}

/** The same of a station's entry, which may be one of a newer station and mean something else. */
export function keepRegistration(db: Database, station: string, entry: Entry): void {
  if (entry.type !== "resident.registered" || entry.subject === null) return;
  const read = entryBodies["resident.registered"].safeParse(entry.body);
  if (!read.success) return;
  const { name, sex, birthYear } = read.data;
  db.prepare(
    `INSERT INTO persons VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET alike = excluded.alike, sex = excluded.sex,
       birth_year = excluded.birth_year, name = excluded.name, seq = excluded.seq WHERE excluded.seq > persons.seq`,
  ).run(station, entry.subject, likeName(name), sex, birthYear, name, entry.seq);
}
