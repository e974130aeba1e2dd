import { implement, ORPCError } from "@orpc/server";
import { v7 as uuidv7 } from "uuid";
import { hubContract } from "../../core/contract/hub.ts";
import type { Catalogue } from "../../core/care/drugs.ts";
import type { Calendar } from "../../core/care/hours.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { NewEntry } from "../../core/journal/entry.ts";
import { allows, type Operation, type Role } from "../../core/rights.ts";
import type { AlarmDesk } from "../calls/alarm-desk.ts";
import type { CallDesk } from "../calls/call-desk.ts";
import type { GuestDesk } from "../calls/guest-desk.ts";
import type { RingBacks } from "../calls/ring-backs.ts";
import type { Logger } from "../log.ts";
import type { Owed } from "../calls/owed.ts";
import type { Tickets } from "../calls/tickets.ts";
import type { RoomDesk } from "../rooms/room-desk.ts";
import type { BackOff } from "../http/back-off.ts";
import type { PersonStore } from "../ports/persons.ts";
import type { BreakingStore } from "../ports/breakings.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { CallStore } from "../ports/calls.ts";
import type { CareStore } from "../ports/care.ts";
import type { Directory, Pairing } from "../ports/directory.ts";
import type { LineOf, Presence } from "../ports/presence.ts";
import type { RecordStore } from "../ports/records.ts";
import type { Signer } from "../ports/signer.ts";
import type { StaffStore } from "../ports/staff.ts";
import type { SignalBus } from "../ports/signal-bus.ts";
import type { TurnIssuer } from "../ports/turn-issuer.ts";

/** Who is at the other end of a socket, as proved before it existed. */
export interface Who {
  readonly role: Role;
  readonly id: string;
  readonly name: string;
  readonly line: LineOf;
  /** Hash of the session, for people: what is unlocked is unlocked for one session. */
  readonly session?: string;
}

export interface HubParts {
  readonly clock: Clock;
  readonly directory: Directory;
  /** Institutions, people and stations as their county keeps them. */
  readonly staff: StaffStore;
  /** Those sessions have ended: their sockets close, and what was unlocked in them is shut. */
  readonly signOut: (sessions: readonly string[]) => void;
  /** A new one-time code for one station, valid for a day; unspent older ones stop working. */
  readonly newEnrolCode: (pairing: Pairing) => Promise<{ readonly code: string; readonly until: number }>;
  readonly records: RecordStore;
  readonly calls: CallStore;
  readonly blobs: BlobStore;
  readonly tickets: Tickets;
  readonly presence: Presence;
  readonly bus: SignalBus;
  /** Receipts that talks owe their senders. */
  readonly owed: Owed;
  /** Another number after every write to the hub's store: what was decided under the same one still holds. */
  readonly changes: () => number;
  readonly turn: TurnIssuer;
  readonly desk: CallDesk;
  readonly rooms: RoomDesk;
  readonly guests: GuestDesk;
  readonly ringBacks: RingBacks;
  readonly alarms: AlarmDesk;
  readonly signer: Signer;
  readonly care: CareStore;
  readonly breakings: BreakingStore;
  readonly persons: PersonStore;
  /** Codes that stations asked about and nobody has; by station. */
  readonly codeTries: BackOff;
  /** Takes a second factor away, ends the sessions of its account and writes the entry, all or nothing; sockets close at once. */
  readonly resetFactor: (account: string, entry: NewEntry) => Promise<void>;
  /** Of an account, for its drafts in a browser; nobody else can work it out. 32 bytes, base64url. */
  readonly draftKey: (account: string) => string;
  /** Whom a waiting station is told to call while nobody has a desk open. */
  readonly dutyPhone: string | undefined;
  readonly drugs: Catalogue;
  readonly calendar: Calendar;
  /** Whether the people of the demonstration are among us. */
  readonly demo: boolean;
  readonly log: Logger;
}

/** What every call is given: the hub's parts and the one connection it came by. */
export interface HubContext {
  readonly hub: HubParts;
  readonly who: Who;
  /** Id of the socket. */
  readonly connection: string;
  /** When the right to be here ends, milliseconds since 1970 UTC; undefined when it has ended. A session is prolonged by asking. */
  staysUntil(): Promise<number | undefined>;
  /** Feeds open on this connection. */
  readonly feeds: { open: number };
}

interface Decision {
  readonly operation: Operation | (string & {});
  readonly allowed: boolean;
  /** Call or station asked for. */
  readonly about?: string;
}

/** The entry that says what the table of rights answered. */
export function decided(
  who: Who,
  { operation, allowed, about }: Decision,
  of: { readonly subject?: string | null; readonly visit?: string | undefined } = {},
) {
  return {
    id: uuidv7(),
    type: "access.decided" as const,
    actor: { role: who.role, id: who.id },
    subject: of.subject ?? null,
    visit: of.visit ?? null,
    body: { role: who.role, operation, allowed, ...(about === undefined ? {} : { about }) },
  };
}

/** Writes down a no that came from the relation: right role, wrong person. */
export async function refused({ hub, who }: HubContext, operation: Operation, about: string): Promise<void> {
  await hub.records.append([decided(who, { operation, allowed: false, about })]);
}

/**
 * The door of every operation: the session must still stand, the table must not say no, and what goes wrong inside comes
 * out as a fault code. Errors beside the declared ones: UNAUTHORIZED `account.signedOut`, FORBIDDEN `account.forbidden`,
 * BAD_REQUEST `wire.badInput`, INTERNAL_SERVER_ERROR `wire.internal`; each with `data.code`.
 */
export const doors = implement(hubContract)
  .$context<HubContext>()
  .use(async ({ context, path, next }) => {
    const { hub, who } = context;
    const operation = path.join(".");
    if ((await context.staysUntil()) === undefined)
      throw new ORPCError("UNAUTHORIZED", { data: { code: "account.signedOut" } });
    if (allows(who.role, operation) === "no") {
      await hub.records.append([decided(who, { operation, allowed: false })]);
      throw new ORPCError("FORBIDDEN", { data: { code: "account.forbidden" } });
    }
    try {
      return await next();
    } catch (error) {
      if (error instanceof ORPCError) {
        if (error.code === "BAD_REQUEST") throw new ORPCError("BAD_REQUEST", { data: { code: "wire.badInput" } });
        if (error.code !== "INTERNAL_SERVER_ERROR") throw error;
      }
      hub.log.error("callFailed", { operation, role: who.role, stack: stackOf(error) });
      throw new ORPCError("INTERNAL_SERVER_ERROR", { data: { code: "wire.internal" } });
    }
  });

/** The stack of an error and of its cause; never its data, which may be a person's. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return "thrown value";
  return error.cause instanceof Error
    ? `${error.stack ?? error.message}\n${stackOf(error.cause)}`
    : (error.stack ?? error.message);
}
