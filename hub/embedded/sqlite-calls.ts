import { isRunning } from "../calls/rules.ts";
import type { Call, CallStore } from "../ports/calls.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { HubJournal } from "../store/journal.ts";
import type { Database } from "../store/open.ts";
import { callOf, selectCalls, type CallRow, type ParticipantRow } from "./call-rows.ts";

export function createSqliteCalls(db: Database, journal: HubJournal, clock: Pick<Clock, "now">): CallStore {
  const findRow = db.prepare<[string], CallRow>(`${selectCalls} WHERE calls.id = ?`);
  const openRows = db.prepare<[], CallRow>(
    `${selectCalls} WHERE calls.outcome IS NULL ORDER BY calls.joined_at, calls.id`,
  );
  const partiesOf = db.prepare<[string], ParticipantRow>("SELECT * FROM call_participants WHERE call = ? ORDER BY nth");
  const visitRows = db.prepare<[string, string], CallRow>(
    `${selectCalls} WHERE calls.visit = ? AND calls.station = ? ORDER BY calls.joined_at, calls.id`,
  );
  const openParties = db.prepare<[], ParticipantRow>(
    `SELECT call_participants.* FROM call_participants JOIN calls ON calls.id = call_participants.call
     WHERE calls.outcome IS NULL ORDER BY call_participants.call, nth`,
  );
  const insertCall = db.prepare(
    `INSERT INTO calls (id, mode, station, visit, shown_name, severity, worst, state, joined_at, round, begun_at, clinician,
       step, step_since, contracted, outcome, code)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare(
    "UPDATE calls SET state = ?, round = ?, begun_at = ?, clinician = ?, step = ?, step_since = ?, outcome = ?, code = ? WHERE id = ?",
  );
  const dropParties = db.prepare("DELETE FROM call_participants WHERE call = ?");
  const putParty = db.prepare("INSERT INTO call_participants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const putRound = db.prepare(
    "INSERT OR IGNORE INTO call_rounds (call, round, clinician, accepted_at) VALUES (?, ?, ?, ?)",
  );
  const endRound = db.prepare("UPDATE call_rounds SET ended_at = ? WHERE call = ? AND round = ? AND ended_at IS NULL");
  const owned = db.prepare<[string, string], { one: number }>(
    "SELECT 1 AS one FROM call_rounds WHERE call = ? AND clinician = ? LIMIT 1",
  );
  const lengths = db.prepare<[number], { ms: number }>(
    "SELECT ended_at - accepted_at AS ms FROM call_rounds WHERE ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT ?",
  );

  const find = (id: string): Call | undefined => {
    const row = findRow.get(id);
    return row && callOf(row, partiesOf.all(id));
  };
  const openNow = (): readonly Call[] => {
    const parties = new Map<string, ParticipantRow[]>();
    for (const row of openParties.all()) {
      const ofCall = parties.get(row.call);
      if (ofCall) ofCall.push(row);
      else parties.set(row.call, [row]);
    }
    return openRows.all().map((row) => callOf(row, parties.get(row.id) ?? []));
  };
  const putParties = ({ id: call, participants }: Call) => {
    dropParties.run(call);
    for (const [nth, one] of participants.entries()) {
      const { id, kind, name, role, state, since, muted, media, by, handOver } = one;
      putParty.run(
        call,
        nth,
        id,
        kind,
        name,
        role,
        state,
        since,
        muted ? 1 : 0,
        media ? 1 : 0,
        by ?? null,
        handOver ? 1 : 0,
      );
    }
  };
  const keepRounds = (before: Call | undefined, after: Call) => {
    const moved = before !== undefined && (before.round !== after.round || !isRunning(after));
    if (moved && isRunning(before)) endRound.run(clock.now(), before.id, before.round);
    if (after.clinician && after.round > (before?.round ?? 0))
      putRound.run(after.id, after.round, after.clinician.id, after.begunAt ?? clock.now());
  };

  const insert = db.transaction((id: string, decide: Parameters<CallStore["insert"]>[1]): Call | undefined => {
    if (findRow.get(id)) return undefined;
    const { call, entries } = decide(openNow);
    insertCall.run(
      call.id,
      call.mode,
      call.station?.id ?? null,
      call.visit ?? null,
      call.shownName,
      call.severity,
      call.worst ?? null,
      call.state,
      call.joinedAt,
      call.round,
      call.begunAt ?? null,
      call.clinician?.id ?? null,
      call.step,
      call.stepSince,
      call.contracted ?? null,
      call.outcome ?? null,
      call.code ?? null,
    );
    putParties(call);
    keepRounds(undefined, call);
    if (entries.length > 0) journal.append(entries);
    return call;
  });
  const change = db.transaction((id: string, decide: Parameters<CallStore["change"]>[1]) => {
    const before = find(id);
    if (!before) return undefined;
    const decision = decide(before, openNow);
    if (!decision) return { call: before, changed: false };
    const { call } = decision;
    update.run(
      call.state,
      call.round,
      call.begunAt ?? null,
      call.clinician?.id ?? null,
      call.step,
      call.stepSince,
      call.outcome ?? null,
      call.code ?? null,
      id,
    );
    putParties(call);
    keepRounds(before, call);
    if (decision.entries.length > 0) journal.append(decision.entries);
    return { call, changed: true };
  });

  return {
    find: async (id) => find(id),
    open: async () => openNow(),
    insert: async (id, decide) => insert.immediate(id, decide),
    change: async (id, decide) => change.immediate(id, decide),
    ofVisit: async (station, visit) => visitRows.all(visit, station).map((row) => callOf(row, partiesOf.all(row.id))),
    everOwned: async (call, clinician) => owned.get(call, clinician) !== undefined,
    roundLengths: async (limit) => lengths.all(limit).map(({ ms }) => ms),
  };
}
