import { renewalFrom, type Contract } from "../../core/care/contract.ts";
import type { Database } from "../store/open.ts";

interface RecordIdRow {
  readonly record: string;
}
interface DocRow {
  readonly doc: string;
}

/** The table of migrations 0100 and 0130. Every function runs inside the caller's transaction. */
export function contractViews(db: Database) {
  const put = db.prepare(
    "INSERT OR REPLACE INTO contracted (resident, record, doctor, until, renew_at) VALUES (?, ?, ?, ?, ?)",
  );
  const drop = db.prepare("DELETE FROM contracted WHERE record = ?");
  const over = db.prepare<[number], RecordIdRow>("SELECT record FROM contracted WHERE until <= ? LIMIT 500");
  const due = db.prepare<[number], RecordIdRow>("SELECT record FROM contracted WHERE renew_at <= ? LIMIT 500");
  const counts = db.prepare<[], { residents: number; active: number; asked: number }>(
    `SELECT (SELECT COUNT(DISTINCT resident) FROM persons) AS residents, (SELECT COUNT(*) FROM contracted) AS active,
       (SELECT COUNT(*) FROM care_records WHERE kind = 'contract' AND ended = 0) AS asked`,
  );
  const asking = db.prepare<[string], DocRow>(
    `SELECT doc FROM care_records WHERE kind = 'contract' AND ended = 0 AND json_extract(doc, '$.doctor.person') = ?
     ORDER BY since`,
  );
  const standing = db.prepare<[string], DocRow>(
    "SELECT doc FROM contracted JOIN care_records ON care_records.id = contracted.record WHERE doctor = ? ORDER BY until",
  );
  // Written by `care-views.ts` alone, from values that fit the type.
  const contractOf = ({ doc }: DocRow) => JSON.parse(doc) as Contract;
  return {
    of: (doctor: string): readonly Contract[] => [...asking.all(doctor), ...standing.all(doctor)].map(contractOf),
    put: (contract: Contract): void => {
      const { id, resident, doctor, state, until, remindedAt } = contract;
      const renewAt = remindedAt === undefined ? (renewalFrom(contract) ?? null) : null;
      if (state === "active" && until !== undefined) put.run(resident, id, doctor.person, until, renewAt);
      else drop.run(id);
    },
    /** Contracts whose end is near at `now`, and of which nobody was told yet. */
    due: (now: number): readonly string[] => due.all(now).map(({ record }) => record),
    /** Contracts whose year is over at `now`. */
    over: (now: number): readonly string[] => over.all(now).map(({ record }) => record),
    counts: () => counts.get() ?? { residents: 0, active: 0, asked: 0 },
  };
}
