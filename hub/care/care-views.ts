import type { MessageLeft } from "../../core/care/messages.ts";
import { endStates, type CareRecord } from "../../core/care/records.ts";
import { unheardMs } from "../../core/care/talk.ts";
import type { Task } from "../../core/care/tasks.ts";
import { canonical } from "../../core/journal/canonical.ts";
import type { RecordKind } from "../../core/care/tasks.ts";
import { contractViews } from "./contract-views.ts";
import type { ToldMessage } from "../ports/care.ts";
import type { Database } from "../store/open.ts";

interface RecordRow {
  readonly kind: RecordKind;
  readonly doc: string;
}
interface DocRow {
  readonly doc: string;
}
interface MessageRow extends DocRow {
  readonly told_at: string | null;
}

// Written by this file alone, from values that fit the type.
const recordOf = ({ kind, doc }: RecordRow) => ({ kind, record: JSON.parse(doc) as unknown }) as CareRecord;
const messageOf = ({ doc }: DocRow) => JSON.parse(doc) as MessageLeft;
const taskOf = ({ doc }: DocRow) => JSON.parse(doc) as Task;

/** The institutions that have a part in a record: they see it on their boards. */
function partiesOf(there: CareRecord): readonly string[] {
  switch (there.kind) {
    case "prescription":
      return [there.record.doctor.org, there.record.pharmacy.org];
    case "referral":
      return [there.record.from.org, there.record.to.org];
    case "followUp":
      return [there.record.doctor.org, there.record.village.org];
    case "danger":
      return [there.record.first.org, there.record.doctor.org];
    case "plan":
      return [there.record.doctor.org];
    case "talk":
    case "wish":
      return [there.record.owner.org];
    case "contract":
      return [there.record.doctor.org];
  }
}

/** The tables of migration 0080. Every function runs inside the caller's transaction. */
export function careViews(db: Database) {
  const putRecord = db.prepare(
    `INSERT INTO care_records (id, kind, resident, state, ended, since, doc) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET resident = excluded.resident, state = excluded.state, ended = excluded.ended, since = excluded.since, doc = excluded.doc`,
  );
  const putParty = db.prepare("INSERT OR IGNORE INTO care_parties (record, org) VALUES (?, ?)");
  const byId = db.prepare<[string], RecordRow>("SELECT kind, doc FROM care_records WHERE id = ?");
  const ofResident = db.prepare<[string], RecordRow>(
    "SELECT kind, doc FROM care_records WHERE resident = ? ORDER BY since DESC",
  );
  const openOf = db.prepare<[RecordKind, string], RecordRow>(
    `SELECT kind, doc FROM care_records WHERE kind = ? AND ended = 0
     AND id IN (SELECT record FROM care_parties WHERE org = ?) ORDER BY since`,
  );
  const openOfKind = db.prepare<[RecordKind], RecordRow>(
    "SELECT kind, doc FROM care_records WHERE kind = ? AND ended = 0 ORDER BY since",
  );
  const pageOf = db.prepare<[RecordKind, string], RecordRow>(
    "SELECT kind, doc FROM care_records WHERE kind = ? AND id > ? ORDER BY id LIMIT 500",
  );
  const putTask = db.prepare(
    `INSERT INTO care_tasks (id, record, org, person, climb_at, due, doc) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET org = excluded.org, person = excluded.person, climb_at = excluded.climb_at,
       due = excluded.due, doc = excluded.doc`,
  );
  const dropTask = db.prepare("DELETE FROM care_tasks WHERE id = ?");
  const task = db.prepare<[string], DocRow>("SELECT doc FROM care_tasks WHERE id = ?");
  const tasksOfRecord = db.prepare<[string], DocRow>("SELECT doc FROM care_tasks WHERE record = ?");
  const tasksOfOrg = db.prepare<[string], DocRow>("SELECT doc FROM care_tasks WHERE org = ? ORDER BY due, id");
  const oldestTasks = db.prepare<[number], DocRow>("SELECT doc FROM care_tasks ORDER BY due, id LIMIT ?");
  const countTasks = db.prepare<[number], { open: number; late: number }>(
    "SELECT COUNT(*) AS open, COUNT(CASE WHEN due < ? THEN 1 END) AS late FROM care_tasks",
  );
  /** Missed, or of somebody who does not work there any more. */
  const toAge = db.prepare<[number], DocRow>(
    `SELECT doc FROM care_tasks WHERE climb_at <= ? OR (person IS NOT NULL AND NOT EXISTS
       (SELECT 1 FROM accounts WHERE accounts.id = care_tasks.person AND accounts.org = care_tasks.org)) LIMIT 500`,
  );
  const putMessage = db.prepare(
    "INSERT OR IGNORE INTO care_messages (id, resident, told_at, doc, unheard_at) VALUES (?, ?, NULL, ?, ?)",
  );
  const message = db.prepare<[string], DocRow>("SELECT doc FROM care_messages WHERE id = ?");
  const tell = db.prepare("UPDATE care_messages SET told_at = ?, unheard_at = NULL WHERE id = ? AND told_at IS NULL");
  const unheard = db.prepare<[number], DocRow>(
    "SELECT doc FROM care_messages WHERE unheard_at <= ? ORDER BY unheard_at LIMIT 500",
  );
  const handedOn = db.prepare("UPDATE care_messages SET unheard_at = NULL WHERE id = ?");
  const messages = db.prepare<[string], MessageRow>(
    "SELECT doc, told_at FROM care_messages WHERE resident = ? ORDER BY id DESC LIMIT 100",
  );

  const contracts = contractViews(db);

  return {
    contracts,
    put: (there: CareRecord) => {
      const { id, resident, state, since } = there.record;
      const ended = endStates[there.kind].includes(state) ? 1 : 0;
      putRecord.run(id, there.kind, resident, state, ended, since, canonical(there.record));
      for (const org of partiesOf(there)) putParty.run(id, org);
      if (there.kind === "contract") contracts.put(there.record);
    },
    record: (id: string): CareRecord | undefined => {
      const row = byId.get(id);
      return row && recordOf(row);
    },
    ofResident: (resident: string) => ofResident.all(resident).map(recordOf),
    openOf: (kind: RecordKind, org: string) => openOf.all(kind, org).map(recordOf),
    openOfKind: (kind: RecordKind) => openOfKind.all(kind).map(recordOf),
    pageOf: (kind: RecordKind, after: string) => pageOf.all(kind, after).map(recordOf),
    putTask: (one: Task) => {
      const { id, about, owner, climbAt, due } = one;
      putTask.run(id, about.id, owner.org, owner.person ?? null, climbAt, due, canonical(one));
    },
    dropTask: (id: string) => void dropTask.run(id),
    task: (id: string): Task | undefined => {
      const row = task.get(id);
      return row && taskOf(row);
    },
    tasksOfRecord: (record: string) => tasksOfRecord.all(record).map(taskOf),
    tasksOfOrg: (org: string) => tasksOfOrg.all(org).map(taskOf),
    openTasks: (now: number, limit: number) => ({
      ...(countTasks.get(now) ?? { open: 0, late: 0 }),
      oldest: oldestTasks.all(limit).map(taskOf),
    }),
    toAge: (now: number) => toAge.all(now).map(taskOf),
    putMessage: (message: MessageLeft) =>
      void putMessage.run(message.id, message.resident, canonical(message), Date.parse(message.at) + unheardMs),
    message: (id: string): MessageLeft | undefined => {
      const row = message.get(id);
      return row && messageOf(row);
    },
    /** Nobody has heard them for too long, and no person sees to them yet. */
    unheard: (now: number) => unheard.all(now).map(messageOf),
    /** A person sees to it. */
    handOn: (id: string) => void handedOn.run(id),
    tell: (id: string, at: string) => void tell.run(at, id),
    messages: (resident: string): readonly ToldMessage[] =>
      messages.all(resident).map(({ doc, told_at: told }) => ({
        message: messageOf({ doc }),
        ...(told === null ? {} : { told }),
      })),
  };
}
