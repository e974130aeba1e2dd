import type { CallState } from "../../core/contract/views.ts";
import type { Call, Outcome } from "../ports/calls.ts";

export interface CallRow {
  readonly id: string;
  readonly station: string;
  readonly station_name: string;
  readonly station_place: string;
  readonly visit: string;
  readonly shown_name: string;
  readonly severity: number;
  readonly worst: string | null;
  readonly state: CallState;
  readonly joined_at: number;
  readonly round: number;
  readonly clinician: string | null;
  readonly clinician_name: string | null;
  readonly station_media: number;
  readonly clinician_media: number;
  readonly outcome: Outcome | null;
}

export const selectCalls = `SELECT calls.*, stations.name AS station_name, stations.place AS station_place, accounts.name AS clinician_name
  FROM calls JOIN stations ON stations.id = calls.station LEFT JOIN accounts ON accounts.id = calls.clinician`;

export function callOf(row: CallRow): Call {
  return {
    id: row.id,
    station: { id: row.station, name: row.station_name, place: row.station_place },
    visit: row.visit,
    shownName: row.shown_name,
    severity: row.severity,
    ...(row.worst === null ? {} : { worst: row.worst }),
    state: row.state,
    joinedAt: row.joined_at,
    round: row.round,
    ...(row.clinician === null ? {} : { clinician: { id: row.clinician, name: row.clinician_name ?? "" } }),
    mediaUp: { station: row.station_media === 1, clinician: row.clinician_media === 1 },
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
  };
}
