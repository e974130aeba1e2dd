import type { Clock } from "../../core/domain/time.ts";
import type { Account, Directory } from "../ports/directory.ts";
import { freshToken, sha256 } from "../store/secrets.ts";

export const sessionCookie = "hub_session";
const idleMs = 30 * 60_000;
export const absoluteMs = 12 * 3_600_000;
/** A session is not written again within this time of its last sign of life. */
const touchEveryMs = 60_000;

export interface LiveSession {
  readonly hash: string;
  readonly account: Account;
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

/** `demo`: whether demonstration accounts may be here. */
export function createSessions(directory: Directory, clock: Clock, demo: boolean): Sessions {
  const live = async (hash: string): Promise<(LiveSession & { readonly seenAt: number }) | undefined> => {
    const session = await directory.session(hash);
    if (!session) return undefined;
    const until = Math.min(session.seenAt + idleMs, session.madeAt + absoluteMs);
    const account = await directory.account(session.account);
    if (until <= clock.now() || !account || (account.demo && !demo)) {
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

/** The session token in a Cookie header, if any. */
export function tokenIn(cookies: string | undefined): string | undefined {
  for (const pair of (cookies ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === sessionCookie && value !== undefined && value !== "") return value;
  }
  return undefined;
}
