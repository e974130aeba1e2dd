import type { NewEntry } from "../../core/journal/entry.ts";
import type { Call, JoinRequest, QueueStore } from "../ports/calls.ts";
import type { HubJournal } from "../store/journal.ts";
import type { Database } from "../store/open.ts";
import { callOf, selectCalls, type CallRow } from "./call-rows.ts";

export function createSqliteQueue(db: Database, journal: HubJournal): QueueStore {
  const find = db.prepare<[string], CallRow>(`${selectCalls} WHERE calls.id = ?`);
  const others = db.prepare<[string, string], { id: string }>(
    "SELECT id FROM calls WHERE station = ? AND id <> ? AND state <> 'finished' AND outcome IS NULL",
  );
  const insert = db.prepare(
    `INSERT INTO calls (id, station, visit, shown_name, severity, worst, state, joined_at, round, station_media, clinician_media)
     VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, 0, 0, 0)`,
  );
  // The one winner: whoever comes second finds the state changed and changes nothing.
  const accept = db.prepare<[string, string]>(
    `UPDATE calls SET state = 'ringing', clinician = ?, round = round + 1, station_media = 0, clinician_media = 0
     WHERE id = ? AND state IN ('waiting', 'interrupted')`,
  );
  const keepRound = db.prepare("INSERT INTO call_rounds (call, round, clinician, accepted_at) VALUES (?, ?, ?, ?)");
  const waiting = db.prepare<[], CallRow>(
    `${selectCalls} WHERE calls.outcome IS NULL AND calls.state IN ('waiting', 'interrupted')
     ORDER BY calls.state = 'interrupted' DESC, calls.severity DESC, calls.joined_at, calls.id`,
  );

  const join = db.transaction(
    (request: JoinRequest): { readonly ok: boolean; readonly replaced: readonly string[] } => {
      const there = find.get(request.id);
      if (there) return { ok: there.station === request.station && there.state !== "finished", replaced: [] };
      insert.run(
        request.id,
        request.station,
        request.visit,
        request.shownName,
        request.severity,
        request.worst ?? null,
        request.at,
      );
      return { ok: true, replaced: others.all(request.station, request.id).map((row) => row.id) };
    },
  );
  const take = db.transaction(
    (call: string, clinician: { readonly id: string }, at: number, entries: readonly NewEntry[]): Call | undefined => {
      if (accept.run(clinician.id, call).changes !== 1) return undefined;
      const row = find.get(call);
      if (!row) throw new Error("the call just accepted is not there");
      keepRound.run(call, row.round, clinician.id, at);
      journal.append(entries);
      return callOf(row);
    },
  );
  return {
    join: async (request) => join.immediate(request),
    accept: async (call, clinician, at, entries) => take.immediate(call, clinician, at, entries),
    waiting: async () => waiting.all().map(callOf),
  };
}
