import type { NewEntry } from "../../core/journal/entry.ts";
import type { Practice } from "../../core/domain/practice.ts";
import type { Org } from "./care.ts";
import type { Account, Pairing, PersonRole, Station } from "./directory.ts";

/** An account as its county keeps it. Times are milliseconds since 1970 UTC. */
export interface Staff extends Omit<Account, "passwordHash"> {
  readonly state: "invited" | "active" | "retired";
  readonly invitedUntil?: number;
  readonly factor: boolean;
}

/** A code as kept: SHA-256 of it, and until when it is good. */
export interface Invitation {
  readonly hash: string;
  readonly expiresAt: number;
}

/** Where somebody works; the institution's own name and tier go along as they are in that very step. */
export type Work = Omit<Practice, "orgName" | "tier">;

/**
 * Institutions, people and stations as their county keeps them. Each change is one step with its entry, and with what may refuse
 * it: of two at once each is asked about the county as the other left it.
 */
export interface StaffStore {
  orgs(): Promise<readonly Org[]>;
  /** In order of name. `demo`: whether the people of the demonstration count. */
  all(demo: boolean): Promise<readonly Staff[]>;
  find(id: string): Promise<Staff | undefined>;
  stations(): Promise<readonly Station[]>;
  /** Who works there works under its new name and tier. Why it was refused; undefined: it was not. */
  putOrg<Fault extends string>(
    org: Pick<Org, "id" | "name" | "tier"> & {
      readonly above?: string | undefined;
      readonly phone?: string | undefined;
    },
    refuse: (orgs: readonly Org[], stations: readonly Pairing[]) => Fault | undefined,
    entry: NewEntry,
  ): Promise<Fault | undefined>;
  /** `account.taken`: the name is somebody's already, now or once. */
  invite<Fault extends string>(
    account: {
      readonly id: string;
      readonly account: string;
      readonly name: string;
      readonly role: PersonRole;
      readonly practice?: Work | undefined;
    },
    invitation: Invitation,
    refuse: (orgs: readonly Org[]) => Fault | undefined,
    entry: NewEntry,
  ): Promise<Fault | "account.taken" | undefined>;
  /** The password, the second factor and all sessions are gone. Hashes of those sessions; undefined: nobody would be left to manage. */
  inviteAgain(id: string, invitation: Invitation, entry: NewEntry): Promise<readonly string[] | undefined>;
  /** True once for each code: whose it is has the password from then on. */
  accept(
    account: string,
    codeHash: string,
    now: number,
    passwordHash: string,
    entryOf: (who: { readonly id: string; readonly role: PersonRole }) => NewEntry,
  ): Promise<boolean>;
  /** `account.unknown`: the account has ended. */
  change<Fault extends string>(
    id: string,
    named: { readonly name: string; readonly practice?: Work | undefined },
    refuse: (orgs: readonly Org[]) => Fault | undefined,
    entry: NewEntry,
  ): Promise<Fault | "account.unknown" | undefined>;
  /** Hashes of the sessions that end with it; undefined: nobody would be left to manage. */
  retire(id: string, at: number, entry: NewEntry): Promise<readonly string[] | undefined>;
  pair<Fault extends string>(
    station: string,
    pairing: Pairing,
    refuse: (orgs: readonly Org[]) => Fault | undefined,
    entry: NewEntry,
  ): Promise<Fault | undefined>;
}
