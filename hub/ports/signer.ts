import type { Signature, SignedKind } from "../../core/care/signed.ts";
import type { FaultCode } from "../../core/domain/faults.ts";

/** Who wants to sign: an account, at one session. What is opened is open for that session only. */
export interface AtSession {
  readonly id: string;
  /** Hash of the session; a station and a program have none and can sign nothing. */
  readonly session?: string;
}

export type Signed =
  | { readonly ok: true; readonly signature: Signature }
  | { readonly ok: false; readonly code: Extract<FaultCode, "sign.locked"> };

export type Opened =
  | { readonly ok: true; /** Milliseconds since 1970 UTC. */ readonly until: number }
  | { readonly ok: false; readonly code: Extract<FaultCode, "sign.wrong" | "sign.noKey" | "account.tooMany"> };

/** A personal key per clinician. Nobody but its owner can open it; while it is closed the hub cannot sign in that name. */
export interface Signer {
  /**
   * A new key behind a PIN; the code of the second factor must be right. One made before signs no more; what it signed stays
   * good. The new key is open afterwards.
   */
  makeKey(person: AtSession, pin: string, code: string): Promise<Opened>;
  /** PIN and code open the key for ten minutes at this session. */
  open(person: AtSession, pin: string, code: string): Promise<Opened>;
  /** What the session may do now. `until`: milliseconds since 1970 UTC while open. */
  state(person: AtSession): Promise<{ readonly hasKey: boolean; readonly until?: number }>;
  /** Signs in the name of the person whose key is open at this session. `document` is plain JSON without signatures. */
  sign(person: AtSession, of: SignedKind, document: object): Promise<Signed>;
  /** Wipes what is open at a session, at sign-out or by wish. */
  shut(session: string): void;
  /** Whether this key is, or was, this account's. */
  isKeyOf(account: string, publicKey: string): Promise<boolean>;
  close(): void;
}
