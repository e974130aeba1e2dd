import type { Practice } from "../../core/domain/practice.ts";
import type { Role } from "../../core/rights.ts";

export const personRoles = [
  "operator",
  "villageDoctor",
  "doctor",
  "specialist",
  "pharmacist",
  "technician",
  "manager",
  "auditor",
] as const satisfies readonly Role[];
export type PersonRole = (typeof personRoles)[number];

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
  /** Signs in nowhere any more, and is asked nothing; still named where they worked. */
  readonly retired: boolean;
  /** Absent: works for no institution that is known here, such as staff of the hub itself. */
  readonly practice?: Practice;
}

/** Institutions by id: where the station stands, and which hospital it is paired with. */
export interface Pairing {
  readonly branch?: string | undefined;
  readonly hospital?: string | undefined;
}

export interface StationPlace {
  readonly id: string;
  readonly name: string;
  readonly place: string;
}

export interface Station extends StationPlace, Pairing {
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
  /** An account name that is taken is replaced in everything else, and keeps its id. */
  putAccount(account: Omit<Account, "id" | "retired">): Promise<Account>;
  /** Everybody of these roles, in order of name. `demo`: whether the people of the demonstration count. */
  people(roles: readonly PersonRole[], demo: boolean): Promise<readonly Account[]>;
  station(id: string): Promise<Station | undefined>;
  /**
   * Spends a code on a station, once. `known`: this very code was spent on this very station and key before (its answer was
   * lost). `badCode`: unknown, spent on another, expired, or the station has another key already.
   */
  enrol(codeHash: string, station: Omit<Station, keyof Pairing>, now: number): Promise<Enrolled>;
  /** A new code; unspent older ones stop working. The station that spends it is paired so. */
  putEnrolCode(codeHash: string, expiresAt: number, pairing: Pairing): Promise<void>;
  pairStation(station: string, pairing: Pairing): Promise<void>;
  /** The doctor with whom a resident, in whichever of their records, has a contract now: account id. */
  contractedDoctor(resident: string): Promise<string | undefined>;
  /** Residents whose contract with this doctor stands. */
  contractedWith(doctor: string): Promise<readonly string[]>;
  openSession(session: Session): Promise<void>;
  session(hash: string): Promise<Session | undefined>;
  touchSession(hash: string, now: number): Promise<void>;
  closeSession(hash: string): Promise<void>;
}
