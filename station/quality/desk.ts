import type { Operation } from "../../core/rights.ts";
import type { Answer } from "../visits/visits.ts";

/** A member of staff who is signed in. `signal` aborts when the session ends. */
export interface SignedInStaff {
  readonly staff: string;
  readonly name: string;
  readonly role: string;
  readonly signal: AbortSignal;
}

/** Who is asking, and whether their role may: asked on every call that is about quality. */
export interface StaffGate {
  may(session: string, operation: Operation): Answer<SignedInStaff, "staff.signedOut" | "staff.forbidden">;
  /** Everybody who belongs here. */
  list(): readonly {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    /** The last day of their training, for all kinds of devices. */
    readonly certifiedUntil?: string | undefined;
  }[];
}
