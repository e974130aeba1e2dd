import { createHmac, randomBytes } from "node:crypto";
import { sameWhys, type RecordRef } from "../../core/care/same-person.ts";
import type { Entry } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { LikePair, Person, PersonStore } from "../ports/persons.ts";
import type { Database } from "../store/open.ts";
import { inOrder } from "../store/person-views.ts";

interface PersonRow extends RecordRef {
  readonly name: string;
  readonly sex: string;
  readonly birth_year: number;
}
interface PairRow {
  readonly one_station: string;
  readonly one: string;
  readonly other_station: string;
  readonly other: string;
  readonly whys: string;
}
interface EntryRow {
  readonly entry: string;
}

const secretName = "codes";

/**
 * Two records, the smaller id first, that have a code in common, or name, sex and year of birth. A decision about the two, also
 * one that was taken back, ends the proposal.
 */
const proposals = `
  SELECT one_station, one, other_station, other, group_concat(DISTINCT why) AS whys FROM (
    SELECT a.station AS one_station, a.resident AS one, b.station AS other_station, b.resident AS other, 'person' AS why
      FROM persons a JOIN persons b
        ON b.alike = a.alike AND b.sex = a.sex AND b.birth_year = a.birth_year AND a.resident < b.resident
    UNION ALL
    SELECT a.station, a.resident, b.station, b.resident, 'code'
      FROM codes a JOIN codes b ON b.key = a.key AND a.resident < b.resident
  ) AS pair
  WHERE NOT EXISTS (SELECT 1 FROM aparts WHERE aparts.one = pair.one AND aparts.other = pair.other)
    AND NOT EXISTS (SELECT 1 FROM joinings WHERE joinings.one = pair.one AND joinings.other = pair.other)`;
const grouped = "GROUP BY one_station, one, other_station, other ORDER BY one, other, one_station, other_station";

export function createSqlitePersons(db: Database): PersonStore {
  const person = db.prepare<[string, string], PersonRow>("SELECT * FROM persons WHERE station = ? AND resident = ?");
  const coded = db.prepare<[string], RecordRef>("SELECT station, resident FROM codes WHERE key = ? ORDER BY seq");
  const recordsOf = db.prepare<[string], RecordRef>("SELECT station, resident FROM persons WHERE resident = ?");
  const all = db.prepare<[string], { resident: string }>(
    `WITH RECURSIVE same (resident) AS (
       SELECT ? UNION
       SELECT iif(joinings.one = same.resident, joinings.other, joinings.one) FROM same
         JOIN joinings ON joinings.parted IS NULL AND (joinings.one = same.resident OR joinings.other = same.resident)
     ) SELECT resident FROM same`,
  );
  const open = db.prepare<[number], PairRow>(`${proposals} ${grouped} LIMIT ?`);
  const between = db.prepare<[string, string], PairRow>(`${proposals} AND one = ? AND other = ? ${grouped}`);
  const joined = db.prepare<[number], EntryRow>(
    "SELECT entry FROM joinings JOIN entries USING (seq) WHERE parted IS NULL ORDER BY joinings.seq DESC LIMIT ?",
  );
  const joining = db.prepare<[string], EntryRow>(
    "SELECT entry FROM joinings JOIN entries USING (seq) WHERE joinings.id = ? AND parted IS NULL",
  );

  db.prepare("INSERT OR IGNORE INTO secrets VALUES (?, ?)").run(secretName, randomBytes(32));
  const secret = db
    .prepare<[string], { value: Uint8Array }>("SELECT value FROM secrets WHERE name = ?")
    .get(secretName)?.value;
  if (secret === undefined) throw new Error("a secret that was kept cannot be found");

  const personAt = ({ station, resident }: RecordRef): Person | undefined => {
    const row = person.get(station, resident);
    return (
      row && {
        station,
        resident,
        name: row.name,
        sex: row.sex === "male" ? "male" : "female",
        birthYear: row.birth_year,
      }
    );
  };
  const joinedIn = ({ entry }: EntryRow) => bodyOf(JSON.parse(entry) as Entry, "person.joined");
  const pairOf = (row: PairRow): readonly LikePair[] => {
    const one = personAt({ station: row.one_station, resident: row.one });
    const other = personAt({ station: row.other_station, resident: row.other });
    if (!one || !other) return [];
    const whys = row.whys.split(",");
    return [{ one, other, why: sameWhys.filter((why) => whys.includes(why)) }];
  };

  return {
    keyOf: (code) => createHmac("sha256", secret).update(code).digest("hex"),
    person: async (record) => personAt(record),
    coded: async (key) => coded.all(key),
    allOf: async (resident) => all.all(resident).map((row) => row.resident),
    recordsOf: async (resident) => recordsOf.all(resident),
    pairs: async (limit) => {
      const done = joined.all(limit).flatMap((row): readonly LikePair[] => {
        const body = joinedIn(row);
        const one = body && personAt(body.one);
        const other = body && personAt(body.other);
        return body && one && other ? [{ one, other, why: body.why, joined: body }] : [];
      });
      return [...open.all(limit).flatMap(pairOf), ...done];
    },
    proposed: async (one, other) => {
      const [first, second] = inOrder(one.resident, other.resident);
      const stations = new Set([`${one.station} ${one.resident}`, `${other.station} ${other.resident}`]);
      return between
        .all(first, second)
        .filter(
          (row) => stations.has(`${row.one_station} ${row.one}`) && stations.has(`${row.other_station} ${row.other}`),
        )
        .flatMap(pairOf)[0];
    },
    joining: async (id) => {
      const row = joining.get(id);
      return row && joinedIn(row);
    },
  };
}
