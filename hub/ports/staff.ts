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

/** Institutions, people and stations as their county keeps them. Each change is one step with its entry. */
export interface StaffStore {
  orgs(): Promise<readonly Org[]>;
  /** In order of name. `demo`: whether the people of the demonstration count. */
  all(demo: boolean): Promise<readonly Staff[]>;
  find(id: string): Promise<Staff | undefined>;
  stations(): Promise<readonly Station[]>;
  /** Who works there works under its new name and tier. */
  putOrg(
    org: Pick<Org, "id" | "name" | "tier"> & {
      readonly above?: string | undefined;
      readonly phone?: string | undefined;
    },
    entry: NewEntry,
  ): Promise<void>;
  /** False: the name is somebody's already, now or once. */
  invite(
    account: {
      readonly id: string;
      readonly account: string;
      readonly name: string;
      readonly role: PersonRole;
      readonly practice?: Practice;
    },
    invitation: Invitation,
    entry: NewEntry,
  ): Promise<boolean>;
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
  change(id: string, named: { readonly name: string; readonly practice?: Practice }, entry: NewEntry): Promise<void>;
  /** Hashes of the sessions that end with it; undefined: nobody would be left to manage. */
  retire(id: string, at: number, entry: NewEntry): Promise<readonly string[] | undefined>;
  pair(station: string, pairing: Pairing, entry: NewEntry): Promise<void>;
}
