import type { Clock } from "../../core/domain/time.ts";
import type { Role } from "../../core/rights.ts";
import type { Account, Directory } from "../ports/directory.ts";
import { freshToken, sha256 } from "../store/secrets.ts";

export const sessionCookie = "hub_session";
/** Of a relative in one call; sent to `/family` alone. */
export const guestCookie = "hub_guest";
const idleMs = 30 * 60_000;
export const absoluteMs = 12 * 3_600_000;
/** A session is not written again within this time of its last sign of life. */
const touchEveryMs = 60_000;

export interface LiveSession {
  readonly hash: string;
  /** Of an account, or of a relative who came into one call by a code. */
  readonly account: Pick<Account, "id" | "name"> & { readonly role: Role };
  /** Milliseconds since 1970 UTC. */
  readonly until: number;
}

export interface Sessions {
  /** The token goes into the cookie and nowhere else. */
  open(account: Account): Promise<{ readonly token: string; readonly session: LiveSession }>;
  find(token: string): Promise<LiveSession | undefined>;
  stands(hash: string): Promise<boolean>;
  /** Prolongs a session that still stands. */
  touch(hash: string): Promise<LiveSession | undefined>;
  close(token: string): Promise<string>;
}

/** `demo`: whether demonstration accounts may be here. `guest`: sessions that belong to no account. */
export function createSessions(
  directory: Directory,
  clock: Clock,
  demo: boolean,
  guest: (hash: string) => Promise<LiveSession | undefined>,
): Sessions {
  const live = async (hash: string): Promise<(LiveSession & { readonly seenAt: number }) | undefined> => {
    const session = await directory.session(hash);
    if (!session) {
      const found = await guest(hash);
      return found && { ...found, seenAt: clock.now() };
    }
    const until = Math.min(session.seenAt + idleMs, session.madeAt + absoluteMs);
    const account = await directory.account(session.account);
    if (until <= clock.now() || !account || account.retired || (account.demo && !demo)) {
      await directory.closeSession(hash);
      return undefined;
    }
    return { hash, account, until, seenAt: session.seenAt };
  };
  const sessions: Sessions = {
    async open(account) {
      const token = freshToken();
      const now = clock.now();
      const hash = sha256(token);
      await directory.openSession({ hash, account: account.id, madeAt: now, seenAt: now });
      return { token, session: { hash, account, until: now + idleMs } };
    },
    find: async (token) => sessions.touch(sha256(token)),
    stands: async (hash) => (await live(hash)) !== undefined,
    async touch(hash) {
      const session = await live(hash);
      if (!session || clock.now() - session.seenAt < touchEveryMs) return session;
      await directory.touchSession(hash, clock.now());
      return live(hash);
    },
    async close(token) {
      const hash = sha256(token);
      await directory.closeSession(hash);
      return hash;
    },
  };
  return sessions;
}

/** The session token in a Cookie header, if any; `cookie`: its name. */
export function tokenIn(cookies: string | undefined, cookie: string = sessionCookie): string | undefined {
  for (const pair of (cookies ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === cookie && value !== undefined && value !== "") return value;
  }
  return undefined;
}
