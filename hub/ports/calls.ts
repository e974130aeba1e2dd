import type { CallMode, OutcomeCode, ParticipantState, PartyRole, QueueStep } from "../../core/domain/calls.ts";
import type { CallState } from "../../core/contract/views.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import type { Pairing, StationPlace } from "./directory.ts";

/** finished: by its doctor. left: by the station, before or after. lost: nobody came back. */
export type Outcome = "finished" | "left" | "lost";

/** Somebody of a call. `id` of an account or a station; a station stands for whoever is in front of it. */
export interface Participant {
  readonly id: string;
  readonly kind: "person" | "station";
  readonly name: string;
  readonly role: PartyRole;
  readonly state: ParticipantState;
  /** When the state began; milliseconds since 1970 UTC. */
  readonly since: number;
  readonly muted: boolean;
  /** Has decoded a first frame in this round. */
  readonly media: boolean;
  /** Who invited. */
  readonly by?: string;
  /** Asked to take the call over, not only to join it. */
  readonly handOver: boolean;
}

interface CallParts {
  readonly id: string;
  readonly mode: CallMode;
  readonly shownName: string;
  readonly severity: number;
  readonly worst?: string;
  readonly state: CallState;
  /** Milliseconds since 1970 UTC; kept when the call goes back to the queue. */
  readonly joinedAt: number;
  /** Grows with every new owner: tickets and signals belong to one round. */
  readonly round: number;
  /** When this round began. */
  readonly begunAt?: number;
  /** The owner. A call without one is the queue's (`step`). */
  readonly clinician?: { readonly id: string; readonly name: string };
  readonly step: QueueStep;
  readonly stepSince: number;
  /** The resident's own doctor. */
  readonly contracted?: string;
  readonly participants: readonly Participant[];
  readonly outcome?: Outcome;
  /** As the doctor closed it. */
  readonly code?: OutcomeCode;
}

/**
 * A call as the hub owns it. `outcome` is set when the consult is closed; a call whose media ended (`finished`) without an
 * outcome still waits for its clinician to write and close it. Between doctors it may be about nobody's visit.
 */
export type Call = CallParts &
  (
    | { readonly station: StationPlace & Pairing; readonly visit: string }
    | { readonly station?: undefined; readonly visit?: undefined }
  );
/** A call about a visit. */
export type VisitCall = Extract<Call, { readonly visit: string }>;
export const isAboutVisit = (call: Call): call is VisitCall => call.visit !== undefined;

/**
 * The calls. Truth lies in the database because a call must have one owner. Entries are of the hub's journal and are written
 * in the same transaction as the change, or not at all.
 */
export interface CallStore {
  find(call: string): Promise<Call | undefined>;
  /** Calls without an outcome, the longest waiting first. */
  open(): Promise<readonly Call[]>;
  /**
   * Decides and writes as one step; `open` as in `change`. Undefined when the id is taken. Of `call.station` only the id is
   * kept.
   */
  insert(
    call: string,
    decide: (open: () => readonly Call[]) => { readonly call: Call; readonly entries: readonly NewEntry[] },
  ): Promise<Call | undefined>;
  /**
   * Reads, decides and writes as one step; `decide` is pure and may be asked again. `open`: as the calls without an outcome
   * are at that very moment. Answers the call as it is afterwards, and whether it changed.
   */
  change(
    call: string,
    decide: (
      call: Call,
      open: () => readonly Call[],
    ) => { readonly call: Call; readonly entries: readonly NewEntry[] } | undefined,
  ): Promise<{ readonly call: Call; readonly changed: boolean } | undefined>;
  /** Every call about a visit, in order. */
  ofVisit(station: string, visit: string): Promise<readonly Call[]>;
  /** Whether this clinician ever owned this call. */
  everOwned(call: string, clinician: string): Promise<boolean>;
  /** How long the newest rounds took that are over, milliseconds; at most `limit`. */
  roundLengths(limit: number): Promise<readonly number[]>;
}
