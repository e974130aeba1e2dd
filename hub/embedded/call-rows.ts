import type { CallMode, OutcomeCode, ParticipantState, PartyRole, QueueStep } from "../../core/domain/calls.ts";
import type { CallState } from "../../core/contract/views.ts";
import type { Call, Outcome, Participant } from "../ports/calls.ts";

export interface CallRow {
  readonly id: string;
  readonly mode: CallMode;
  readonly station: string | null;
  readonly station_name: string | null;
  readonly station_place: string | null;
  readonly branch: string | null;
  readonly hospital: string | null;
  readonly visit: string | null;
  readonly shown_name: string;
  readonly severity: number;
  readonly worst: string | null;
  readonly state: CallState;
  readonly joined_at: number;
  readonly round: number;
  readonly begun_at: number | null;
  readonly clinician: string | null;
  readonly clinician_name: string | null;
  readonly step: QueueStep;
  readonly step_since: number;
  readonly contracted: string | null;
  readonly outcome: Outcome | null;
  readonly code: OutcomeCode | null;
}

export interface ParticipantRow {
  readonly call: string;
  readonly id: string;
  readonly kind: "person" | "station";
  readonly name: string;
  readonly role: PartyRole;
  readonly state: ParticipantState;
  readonly since: number;
  readonly muted: number;
  readonly media: number;
  readonly asked_by: string | null;
  readonly hand_over: number;
}

export const selectCalls = `SELECT calls.*, stations.name AS station_name, stations.place AS station_place,
    stations.branch AS branch, stations.hospital AS hospital, accounts.name AS clinician_name
  FROM calls LEFT JOIN stations ON stations.id = calls.station LEFT JOIN accounts ON accounts.id = calls.clinician`;

const participantOf = (row: ParticipantRow): Participant => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  role: row.role,
  state: row.state,
  since: row.since,
  muted: row.muted === 1,
  media: row.media === 1,
  ...(row.asked_by === null ? {} : { by: row.asked_by }),
  handOver: row.hand_over === 1,
});

export function callOf(row: CallRow, participants: readonly ParticipantRow[]): Call {
  const { station, visit, branch, hospital } = row;
  const about =
    station === null || visit === null
      ? {}
      : {
          visit,
          station: {
            id: station,
            name: row.station_name ?? "",
            place: row.station_place ?? "",
            ...(branch === null ? {} : { branch }),
            ...(hospital === null ? {} : { hospital }),
          },
        };
  return {
    id: row.id,
    mode: row.mode,
    ...about,
    shownName: row.shown_name,
    severity: row.severity,
    ...(row.worst === null ? {} : { worst: row.worst }),
    state: row.state,
    joinedAt: row.joined_at,
    round: row.round,
    ...(row.begun_at === null ? {} : { begunAt: row.begun_at }),
    ...(row.clinician === null ? {} : { clinician: { id: row.clinician, name: row.clinician_name ?? "" } }),
    step: row.step,
    stepSince: row.step_since,
    ...(row.contracted === null ? {} : { contracted: row.contracted }),
    participants: participants.map(participantOf),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.code === null ? {} : { code: row.code }),
  };
}
