import type { KeptSubject } from "../../../core/domain/consent.ts";
import type { Instant } from "../../../core/domain/time.ts";
import type { MeasurementKind } from "../../../core/domain/outcome.ts";
import type { Measurement } from "../../../core/journal/entry.ts";
import type { VisitResults } from "../../../core/journal/visit-results.ts";

/** What the store answers to questions. Times are UTC instants. */

export interface VisitSummary extends VisitResults {
  readonly id: string;
  readonly kind: "guest" | "resident";
  readonly resident: string | null;
  readonly openedAt: Instant;
  /** Absent while the visit is open. */
  readonly closed?: { readonly at: Instant; readonly reason: string };
}

/** A visit without a closing: after a start, one that a crash or a power cut left over. */
export interface OpenVisit {
  readonly id: string;
  readonly kind: "guest" | "resident";
  /** Null for a guest, and from the moment on when a person no longer agrees that results are kept. */
  readonly resident: KeptSubject | null;
  readonly openedAt: Instant;
}

/** A visit that is over. */
export interface EndedVisit {
  readonly id: string;
  readonly reason: string;
  /** When the person was cut off or left: before a power cut, not at the start after it. */
  readonly endedAt: Instant;
}

/** One number in a person's history. */
export interface HistoryPoint {
  /** The journal entry that keeps it: `provenance` takes it. */
  readonly seq: number;
  readonly heardAt: Instant;
  readonly value: number;
  readonly unit: string;
  readonly comparator?: "<" | ">";
  readonly doubts: readonly string[];
}

/** Whose number it is, when it was heard, by which device, from which bytes; and the entry that proves it. */
export interface Provenance {
  readonly measurement: string;
  readonly state: "heard" | "accepted" | "refused";
  readonly kind: MeasurementKind | null;
  /** Absent for a guest. */
  readonly resident: string | null;
  readonly visit: string | null;
  readonly actor: { readonly role: string; readonly id: string };
  readonly times: Measurement["times"];
  readonly readings: Measurement["readings"];
  readonly from: Measurement["provenance"];
  readonly entry: { readonly owner: string; readonly seq: number; readonly id: string; readonly hash: string };
}

export interface DeviceRecord {
  readonly id: string;
  readonly profile: string | null;
  readonly port: string | null;
  readonly simulated: boolean | null;
  readonly lastGoodAt: Instant | null;
  readonly fault: { readonly code: string; readonly at: Instant } | null;
}

export interface ConsultRecord {
  readonly call: string;
  readonly visit: string | null;
  readonly severity: number | null;
  readonly state: "requested" | "cancelled" | "accepted" | "finished";
  readonly clinician: { readonly id: string; readonly name: string } | null;
  readonly requestedAt: Instant | null;
}
