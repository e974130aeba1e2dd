import type { CallState } from "../../core/contract/views.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import type { StationPlace } from "./directory.ts";

export type Party = "station" | "clinician";
export type Outcome = "finished" | "left" | "lost";

/**
 * A call as the hub owns it. `outcome` is set when the consult is closed; a call whose media ended (`finished`) without an
 * outcome still waits for its clinician to write and close it.
 */
export interface Call {
  readonly id: string;
  readonly station: StationPlace;
  readonly visit: string;
  readonly shownName: string;
  readonly severity: number;
  readonly worst?: string;
  readonly state: CallState;
  /** Milliseconds since 1970 UTC; kept when the call goes back to the queue. */
  readonly joinedAt: number;
  /** Grows with every accept: tickets and signals belong to one round. */
  readonly round: number;
  readonly clinician?: { readonly id: string; readonly name: string };
  readonly mediaUp: Readonly<Record<Party, boolean>>;
  readonly outcome?: Outcome;
}

export type JoinRequest = Pick<Call, "id" | "visit" | "shownName" | "severity" | "worst"> & {
  readonly station: string;
  readonly at: number;
};

/** What may change in a call. */
export type CallChange = Pick<Call, "state" | "mediaUp"> & { readonly outcome?: Outcome; readonly released?: boolean };

/**
 * The queue. Truth lies in the database because it must have one winner. `entries` are of the hub's journal and are written
 * in the same transaction, or not at all.
 */
export interface QueueStore {
  /**
   * Joining twice is joining once. `ended`: the call is over, or is another station's. Other calls of the same station, if
   * still open, are named in `replaced` for the caller to end.
   */
  join(request: JoinRequest): Promise<{ readonly ok: boolean; readonly replaced: readonly string[] }>;
  /** One conditional update, waiting or interrupted to ringing: exactly one caller gets the call. */
  accept(
    call: string,
    clinician: { readonly id: string; readonly name: string },
    at: number,
    entries: readonly NewEntry[],
  ): Promise<Call | undefined>;
  /** The head first: interrupted ones, then the worst severity, then the longest waiting. */
  waiting(): Promise<readonly Call[]>;
}

export interface CallStore {
  find(call: string): Promise<Call | undefined>;
  /** Calls without an outcome. */
  open(): Promise<readonly Call[]>;
  /**
   * Reads, decides and writes as one step; `decide` is pure and may be asked again. Answers the call as it is afterwards, and
   * whether it changed. Released means: the clinician no longer owns it, and every ticket is void.
   */
  change(
    call: string,
    decide: (call: Call) => { readonly change: CallChange; readonly entries: readonly NewEntry[] } | undefined,
  ): Promise<{ readonly call: Call; readonly changed: boolean } | undefined>;
  /** Whether this clinician ever accepted this call. */
  everAccepted(call: string, clinician: string): Promise<boolean>;
  /** Keeps the newest some hundred per party; every ticket of a round dies with it. */
  putTicket(call: string, party: Party, ticketHash: string, at: number): Promise<void>;
  ticketParty(call: string, ticketHash: string): Promise<Party | undefined>;
}
