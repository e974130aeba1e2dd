import type { FaultCode } from "../../core/domain/faults.ts";
import type { Head, SignedHead } from "../../core/journal/append.ts";
import type { Break } from "../../core/journal/chain.ts";
import type { Entry, NewEntry, Opinion } from "../../core/journal/entry.ts";
import type { Shipped } from "../../core/journal/withheld.ts";

export type ShipAnswer =
  | { readonly ok: true; readonly held: Head; readonly fresh: readonly Shipped[] }
  | {
      readonly ok: false;
      readonly code: Extract<FaultCode, "store.broken" | "store.failed">;
      readonly broken?: Break | { readonly seq: number; readonly why: "fork" | "head" };
    };

/** Journals: the hub's own, and the copies of the stations', by (owner, seq), exactly as shipped. */
export interface RecordStore {
  /** The hub's id: owner of its own journal. */
  readonly hub: string;
  /** Ed25519, 32 raw bytes as base64url. */
  readonly publicKey: string;
  /** Writes to the hub's own journal; an id that is there already is answered with the entry kept. All or none. */
  append(entries: readonly NewEntry[]): Promise<readonly Entry[]>;
  /** An entry of the hub's own journal. */
  entry(id: string): Promise<Entry | undefined>;
  /** The hub's entries addressed to a station, above `after`, in order. */
  inbox(station: string, after: number, limit: number): Promise<readonly Entry[]>;
  opinion(id: string): Promise<Opinion | undefined>;
  /** The newest opinion written for a call. */
  opinionOf(call: string): Promise<Opinion | undefined>;
  /** All opinions written for a call, in order. */
  opinionsOf(call: string): Promise<readonly Opinion[]>;
  /** `joint.*` entries of a call, in order. */
  jointEntries(call: string): Promise<readonly Entry[]>;

  /**
   * Takes entries of a station's journal. Those held already are passed over if they are the same. A batch that begins beyond
   * what is held stores nothing and answers what is held. Broken: a link, hash or gap inside, another entry at a number that
   * is held, or a signed head that does not fit. `signature` must have been verified by the caller.
   */
  ship(station: string, entries: readonly Shipped[], head: Omit<SignedHead, "owner">): Promise<ShipAnswer>;
  held(station: string): Promise<Head>;
  /** Numbers above `after` of which only the hash is held, in order. */
  withheld(station: string, after: number, limit: number): Promise<readonly number[]>;
  /** Takes what was withheld, all or none. False: an entry is not what its hash at that number says. */
  reveal(station: string, entries: readonly Entry[]): Promise<boolean>;
  /** Walks the copies of all stations; names the first break of each that has one. `head`: not what the station signed. */
  damagedCopies(): Promise<
    readonly { readonly station: string; readonly seq: number; readonly why: Break["why"] | "head" }[]
  >;
  /** Signed with the hub's key: "this much I hold". */
  countersign(head: Head): string;
  entriesOfVisit(station: string, visit: string): Promise<readonly Entry[]>;
  /** The newest registration of a resident in a station's journal. */
  registration(station: string, resident: string): Promise<Entry | undefined>;
  /** The newest registration of a resident at any station. */
  registeredAs(resident: string): Promise<Entry | undefined>;
  /** Visits of a resident at any station, the newest first; at most `limit`. */
  visitsOf(resident: string, limit: number): Promise<readonly { readonly station: string; readonly visit: string }[]>;
  /** Whom a visit is about; null for a guest, or while the visit's entries have not arrived. */
  subjectOf(station: string, visit: string): Promise<string | null>;
}
