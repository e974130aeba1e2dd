import type { CallStore, Party } from "../ports/calls.ts";
import type { HubJournal } from "../store/journal.ts";
import type { Database } from "../store/open.ts";
import { callOf, selectCalls, type CallRow } from "./call-rows.ts";

/** Every feed on a call gets a ticket of its own; on a village line that is one per dropped socket, and the first must still do. */
const ticketsPerParty = 500;

export function createSqliteCalls(db: Database, journal: HubJournal): CallStore {
  const find = db.prepare<[string], CallRow>(`${selectCalls} WHERE calls.id = ?`);
  const open = db.prepare<[], CallRow>(`${selectCalls} WHERE calls.outcome IS NULL ORDER BY calls.joined_at, calls.id`);
  const update = db.prepare(
    "UPDATE calls SET state = ?, station_media = ?, clinician_media = ?, clinician = ?, outcome = ? WHERE id = ?",
  );
  const dropTickets = db.prepare("DELETE FROM tickets WHERE call = ?");
  const everAccepted = db.prepare<[string, string], { one: number }>(
    "SELECT 1 AS one FROM call_rounds WHERE call = ? AND clinician = ? LIMIT 1",
  );
  const putTicket = db.prepare("INSERT INTO tickets (hash, call, party, made_at) VALUES (?, ?, ?, ?)");
  const dropOld = db.prepare(
    "DELETE FROM tickets WHERE call = ?1 AND party = ?2 AND nth NOT IN (SELECT nth FROM tickets WHERE call = ?1 AND party = ?2 ORDER BY nth DESC LIMIT ?3)",
  );
  const ticket = db.prepare<[string, string], { party: Party }>(
    "SELECT party FROM tickets WHERE hash = ? AND call = ?",
  );

  const change = db.transaction((id: string, decide: Parameters<CallStore["change"]>[1]) => {
    const row = find.get(id);
    if (!row) return undefined;
    const before = callOf(row);
    const decision = decide(before);
    if (!decision) return { call: before, changed: false };
    const { state, mediaUp, outcome, released } = decision.change;
    update.run(
      state,
      mediaUp.station ? 1 : 0,
      mediaUp.clinician ? 1 : 0,
      released === true ? null : row.clinician,
      outcome ?? row.outcome,
      id,
    );
    if (released === true || state === "finished") dropTickets.run(id);
    if (decision.entries.length > 0) journal.append(decision.entries);
    const after = find.get(id);
    if (!after) throw new Error("the call just changed is not there");
    return { call: callOf(after), changed: true };
  });

  return {
    find: async (id) => {
      const row = find.get(id);
      return row && callOf(row);
    },
    open: async () => open.all().map(callOf),
    change: async (id, decide) => change.immediate(id, decide),
    everAccepted: async (call, clinician) => everAccepted.get(call, clinician) !== undefined,
    putTicket: async (call, party, hash, at) => {
      db.transaction(() => {
        putTicket.run(hash, call, party, at);
        dropOld.run({ 1: call, 2: party, 3: ticketsPerParty });
      }).immediate();
    },
    ticketParty: async (call, hash) => ticket.get(hash, call)?.party,
  };
}
