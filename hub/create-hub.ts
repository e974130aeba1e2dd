import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { plainCalendar } from "../core/care/hours.ts";
import type { FaultCode } from "../core/domain/faults.ts";
import type { Practice } from "../core/domain/practice.ts";
import type { Clock } from "../core/domain/time.ts";
import type { HubParts } from "./api/context.ts";
import { AlarmDesk } from "./calls/alarm-desk.ts";
import { CallDesk } from "./calls/call-desk.ts";
import { GuestDesk } from "./calls/guest-desk.ts";
import { RingBacks } from "./calls/ring-backs.ts";
import { Owed } from "./calls/owed.ts";
import { Tickets } from "./calls/tickets.ts";
import { inviteFirstManager, type FirstManager } from "./first-manager.ts";
import { demoPairing, putDemoAccounts, type DemoAccount } from "./demo.ts";
import { putDemoOrgs } from "./care/demo-orgs.ts";
import { readCatalogue } from "./care/catalogue.ts";
import { startCareClock } from "./care/care-clock.ts";
import { createSqliteCare } from "./care/sqlite-care.ts";
import { createSigner } from "./care/signer.ts";
import { Held, heldCalls, heldDirectory } from "./embedded/held.ts";
import { createMemoryPresence } from "./embedded/memory-presence.ts";
import { createMemorySignalBus } from "./embedded/memory-signal-bus.ts";
import { createHmacTurn, type HmacTurnParts } from "./embedded/hmac-turn.ts";
import { noTurn } from "./embedded/no-turn.ts";
import { createSqliteBlobs } from "./embedded/sqlite-blobs.ts";
import { createSqliteBreakings } from "./embedded/sqlite-breakings.ts";
import { createSqliteCalls } from "./embedded/sqlite-calls.ts";
import { createSqliteStaff } from "./embedded/sqlite-staff.ts";
import { createSqliteFactors, createSqliteKeys } from "./embedded/sqlite-factors.ts";
import { createSqliteGuests } from "./embedded/sqlite-guests.ts";
import { createSqliteDirectory } from "./embedded/sqlite-directory.ts";
import { createSqlitePersons } from "./embedded/sqlite-persons.ts";
import { createSqliteRecords } from "./embedded/sqlite-records.ts";
import { createSecondFactors } from "./http/second-factor.ts";
import { BackOff } from "./http/back-off.ts";
import { codeHash, freshCode } from "./http/codes.ts";
import { createHttp } from "./http/server.ts";
import { hashPassword } from "./http/passwords.ts";
import { guestSessions } from "./http/family.ts";
import { createSessions } from "./http/sessions.ts";
import { seamOf } from "./rooms/call-seam.ts";
import type { StartEngine } from "./rooms/engine.ts";
import { RoomDesk } from "./rooms/room-desk.ts";
import { superviseRooms } from "./rooms/supervised.ts";
import { startWerift } from "./rooms/werift/engine.ts";
import type { Logger } from "./log.ts";
import type { Pairing, PersonRole } from "./ports/directory.ts";
import { HubJournal } from "./store/journal.ts";
import { migrate, schemaVersion } from "./store/migrate.ts";
import { openEncrypted, storeCode } from "./store/open.ts";
import { identityOf } from "./store/secrets.ts";
import { identify } from "./wire/identify.ts";
import { openSockets } from "./wire/sockets.ts";

export interface HubOptions {
  readonly clock: Clock;
  /** Holds `hub.db`. */
  readonly folder: string;
  /** 32 random bytes: the database key. */
  readonly key: Uint8Array;
  readonly log: Logger;
  readonly host?: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** Makes the demonstration accounts and lets them sign in. */
  readonly demo?: boolean;
  readonly deskFolder?: string;
  /** Further origins of the desk page, as browsers write them, where the hub stands behind a proxy. */
  readonly origins?: readonly string[];
  /** The relay for media; without one, peers reach each other by their own addresses. */
  readonly turn?: Omit<HmacTurnParts, "clock">;
  /** The phone that is answered while nobody has a desk open (service.md §4). */
  readonly dutyPhone?: string;
  /** Clock of the sockets' heartbeat and rate; `clock` unless told otherwise. */
  readonly lines?: Clock;
  /** Carries the media of three and more; the embedded worker unless told otherwise. Started with the first room. */
  readonly rooms?: StartEngine;
}

export interface Hub {
  readonly address: string;
  readonly id: string;
  readonly publicKey: string;
  readonly demo: readonly DemoAccount[];
  /** The stores behind the hub, for tests and tools in the same process. */
  readonly parts: HubParts;
  readonly journal: HubJournal;
  /** A new one-time code for one station, valid for a day; unspent older ones stop working. */
  newEnrolCode(pairing?: Pairing): Promise<string>;
  /**
   * While nobody administers this hub: a fresh invitation for its first manager. Older ones stop working. `anyway`: for one more,
   * where those who are there cannot sign in.
   */
  firstManager(anyway?: boolean): Promise<FirstManager | undefined>;
  putAccount(account: {
    readonly account: string;
    readonly name: string;
    readonly role: PersonRole;
    readonly password: string;
    readonly practice?: Practice;
  }): Promise<string>;
  close(): Promise<void>;
}

export type Created = { readonly ok: true; readonly hub: Hub } | { readonly ok: false; readonly code: FaultCode };

const enrolCodeMs = 24 * 3_600_000;

/** Codes: those of the store (`store.wrongKey`, `.newerVersion`, `.locked`, `.broken`, `.full`, `.failed`). The caller closes the hub. */
export async function createHub(options: HubOptions): Promise<Created> {
  const { clock, folder, key, log, host = "127.0.0.1", demo = false } = options;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return { ok: false, code: storeCode(error) };
  }
  const opened = openEncrypted(join(folder, "hub.db"), key, schemaVersion);
  if (!opened.ok) return opened;
  const { db, writes } = opened;
  try {
    migrate(db);
    const identity = identityOf(db);
    const journal = new HubJournal(db, identity, clock);
    const broken = journal.check();
    if (broken) {
      log.error("journalBroken", { seq: broken.seq, why: broken.why });
      db.close();
      return { ok: false, code: "store.broken" };
    }
    const held = new Held(writes);
    const directory = heldDirectory(held, createSqliteDirectory(db));
    const records = createSqliteRecords(db, journal, identity);
    // A damaged copy is no reason to leave everybody without doctors: the original is at its station.
    for (const { station, seq, why } of await records.damagedCopies()) log.error("copyBroken", { station, seq, why });
    const calls = heldCalls(held, createSqliteCalls(db, journal, clock));
    const presence = createMemoryPresence(clock);
    const bus = createMemorySignalBus(identity.starts);
    const ringBacks = new RingBacks({ calls, bus, clock });
    const desk = new CallDesk({ clock, calls, directory, records, presence, bus, ringBacks, log });
    presence.onChange(() => bus.announce("people"));
    const rooms = new RoomDesk({
      service: superviseRooms({ start: options.rooms ?? startWerift(), clock, log }),
      calls: seamOf({ calls, desk, bus }),
      clock,
      bus,
      log,
    });
    const guests = new GuestDesk({ calls, desk, records, bus, clock });
    const guestStore = createSqliteGuests(db);
    const alarms = new AlarmDesk({ directory, records, bus });
    const factors = createSecondFactors(createSqliteFactors(db, journal), clock);
    const keys = createSqliteKeys(db);
    const signer = createSigner({ clock, keys, directory, factors, records, identity });
    const calendar = plainCalendar;
    const drugs = readCatalogue();
    const care = createSqliteCare({
      db,
      journal,
      hub: identity.hub,
      calendar,
      drugs,
      announce: (topic) => bus.announce(topic),
    });
    const signedOut = (session: string) => {
      signer.shut(session);
      sockets.signedOut(session);
    };
    const parts: HubParts = {
      clock,
      directory,
      staff: createSqliteStaff(db, journal),
      signOut: (ended) => ended.forEach(signedOut),
      newEnrolCode: async (pairing) => {
        const code = freshCode();
        const until = clock.now() + enrolCodeMs;
        await directory.putEnrolCode(codeHash(code), until, pairing);
        return { code, until };
      },
      records,
      calls,
      blobs: createSqliteBlobs(db),
      tickets: new Tickets(clock),
      presence,
      bus,
      owed: new Owed(clock),
      changes: writes,
      turn: options.turn ? createHmacTurn({ ...options.turn, clock }) : noTurn,
      desk,
      rooms,
      guests,
      ringBacks,
      alarms,
      signer,
      care,
      breakings: createSqliteBreakings(db),
      persons: createSqlitePersons(db),
      codeTries: new BackOff(clock),
      resetFactor: async (account, entry) => {
        for (const session of await factors.reset(account, entry)) signedOut(session);
      },
      draftKey: (account) => identity.secretFor(`drafts:${account}`),
      dutyPhone: options.dutyPhone,
      drugs,
      calendar,
      demo,
      log,
    };
    const sessions = createSessions(directory, clock, demo, guestSessions(guestStore, calls, clock));

    const origins = new Set(options.origins ?? []);
    const isOwnOrigin = (origin: string) => origins.has(origin);
    const http = await createHttp({
      clock,
      directory,
      records,
      factors,
      sessions,
      log,
      demo,
      deskFolder: options.deskFolder,
      secure: [...origins].some((origin) => origin.startsWith("https:")),
      isOwnOrigin,
      signedOut,
      invited: { staff: parts.staff, changed: () => bus.announce("people") },
      family: { guests, store: guestStore },
    });
    const sockets = openSockets({
      server: http.server,
      hub: parts,
      identify: (request) => identify(request, { clock, directory, sessions, isOwnOrigin }),
      prolong: (session) => sessions.touch(session),
      stands: (session) => sessions.stands(session),
      lines: options.lines ?? clock,
    });
    const putAccount = async (account: Parameters<typeof directory.putAccount>[0]) => {
      const kept = await directory.putAccount(account);
      const body = { account: account.account, role: account.role };
      await records.append([
        {
          id: uuidv7(),
          type: "account.created",
          actor: { role: "hub", id: identity.hub },
          subject: null,
          visit: null,
          body,
        },
      ]);
      return kept;
    };
    if (demo) await putDemoOrgs(care);
    const accounts = demo ? await putDemoAccounts({ directory, putAccount, factors }, key) : [];
    await desk.resume();
    const stopCare = startCareClock({ clock, care, log });
    await rooms.resume();
    const address = await http.listen({ host, port: options.port ?? 0 }).catch(async (error: unknown) => {
      stopCare();
      desk.close();
      ringBacks.close();
      await sockets.close();
      throw error;
    });
    const { port } = new URL(address);
    for (const name of new Set([host, "127.0.0.1", "localhost"])) origins.add(`http://${name}:${port}`);

    const close = async () => {
      stopCare();
      await rooms.close();
      desk.close();
      ringBacks.close();
      signer.close();
      await sockets.close();
      await http.close();
      db.close();
    };
    return {
      ok: true,
      hub: {
        address,
        id: identity.hub,
        publicKey: identity.publicKey,
        demo: accounts,
        parts,
        journal,
        newEnrolCode: async (pairing = demo ? demoPairing : {}) => (await parts.newEnrolCode(pairing)).code,
        firstManager: (anyway) => inviteFirstManager(parts, anyway),
        putAccount: async ({ password, ...account }) =>
          (await putAccount({ ...account, passwordHash: await hashPassword(password), demo: false })).id,
        close,
      },
    };
  } catch (error) {
    db.close();
    if (error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES"))
      throw error;
    return { ok: false, code: storeCode(error) };
  }
}
