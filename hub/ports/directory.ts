import type { Role } from "../../core/rights.ts";

export type PersonRole = Extract<Role, "operator" | "doctor" | "technician" | "manager">;

export interface Account {
  readonly id: string;
  /** What is typed at sign-in. */
  readonly account: string;
  readonly name: string;
  readonly role: PersonRole;
  /** argon2id, PHC string. */
  readonly passwordHash: string;
  /** Made by `--demo`; may sign in only while the hub runs with it. */
  readonly demo: boolean;
}

export interface StationPlace {
  readonly id: string;
  readonly name: string;
  readonly place: string;
}

export interface Station extends StationPlace {
  /** Ed25519, the 32 raw bytes as base64url (the `x` of an OKP JWK). */
  readonly publicKey: string;
}

/** Times are milliseconds since 1970 UTC. The token itself is never kept: `hash` is its SHA-256, hex. */
export interface Session {
  readonly hash: string;
  readonly account: string;
  readonly madeAt: number;
  readonly seenAt: number;
}

export type Enrolled = "enrolled" | "known" | "badCode";

/** Who there is: people, stations, sessions, enrolment codes. Every answer comes after the write is durable. */
export interface Directory {
  accountByName(account: string): Promise<Account | undefined>;
  account(id: string): Promise<Account | undefined>;
  /** An account name that is taken is replaced in name and hash, and keeps its id. */
  putAccount(account: Omit<Account, "id">): Promise<Account>;
  station(id: string): Promise<Station | undefined>;
  /**
   * Spends a code on a station, once. `known`: this very code was spent on this very station and key before (its answer was
   * lost). `badCode`: unknown, spent on another, expired, or the station has another key already.
   */
  enrol(codeHash: string, station: Station, now: number): Promise<Enrolled>;
  /** A new code; unspent older ones stop working. */
  putEnrolCode(codeHash: string, expiresAt: number): Promise<void>;
  openSession(session: Session): Promise<void>;
  session(hash: string): Promise<Session | undefined>;
  touchSession(hash: string, now: number): Promise<void>;
  closeSession(hash: string): Promise<void>;
}
