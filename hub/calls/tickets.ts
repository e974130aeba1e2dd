import type { SignalBody } from "../../core/contract/views.ts";
import type { Clock } from "../../core/domain/time.ts";
import { freshToken, sha256 } from "../store/secrets.ts";

/** A ticket that is not used by then is none. */
export const ticketMs = 60_000;

interface Ticket {
  readonly call: string;
  readonly person: string;
  readonly round: number;
  readonly issuedAt: number;
  /** The connection of its first use: it is good on no other. */
  connection: string | undefined;
  generation: number;
  fingerprints: readonly string[] | undefined;
}

export interface TicketUse {
  readonly call: string;
  readonly person: string;
  readonly round: number;
  readonly connection: string;
}

/** What a description said of its keys. */
export interface Described {
  readonly accepted: boolean;
  readonly generation: number;
  readonly fingerprints: readonly string[];
}

/**
 * Leave to speak in one round of one call, for one person. Only the hash is kept, and only in memory: a ticket is bound to a
 * connection, and no connection outlives the hub.
 */
export class Tickets {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #tickets = new Map<string, Ticket>();

  constructor(clock: Pick<Clock, "monotonic">) {
    this.#clock = clock;
  }

  issue(of: Omit<TicketUse, "connection">): string {
    const now = this.#clock.monotonic();
    for (const [hash, { connection, issuedAt }] of this.#tickets)
      if (connection === undefined && now - issuedAt > ticketMs) this.#tickets.delete(hash);
    const token = freshToken();
    const { call, person, round } = of;
    const unused = { connection: undefined, generation: 0, fingerprints: undefined };
    this.#tickets.set(sha256(token), { call, person, round, issuedAt: now, ...unused });
    return token;
  }

  /** Whether the ticket is good for this; its first use binds it. */
  use(token: string, by: TicketUse): boolean {
    const ticket = this.#tickets.get(sha256(token));
    if (ticket?.call !== by.call || ticket.person !== by.person || ticket.round !== by.round) return false;
    if (ticket.connection !== undefined) return ticket.connection === by.connection;
    if (this.#clock.monotonic() - ticket.issuedAt > ticketMs) return false;
    ticket.connection = by.connection;
    return true;
  }

  /**
   * Hears what goes out under a ticket that was found good. The first description of a generation announces the keys of that
   * connection; another with other keys is not accepted. Undefined where nothing new was said about keys.
   */
  hear(token: string, body: SignalBody): Described | undefined {
    if (body.kind !== "restart" && body.kind !== "description") return undefined;
    const ticket = this.#tickets.get(sha256(token));
    if (!ticket) return undefined;
    if (body.kind === "restart" && body.generation !== ticket.generation) {
      ticket.generation = body.generation;
      ticket.fingerprints = undefined;
    }
    if (body.kind !== "description") return undefined;
    const fingerprints = fingerprintsOf(body.sdp);
    if (fingerprints.length === 0) return undefined;
    const { generation } = ticket;
    if (ticket.fingerprints === undefined) {
      ticket.fingerprints = fingerprints;
      return { accepted: true, generation, fingerprints };
    }
    const isSame = fingerprints.join() === ticket.fingerprints.join();
    return isSame ? undefined : { accepted: false, generation, fingerprints };
  }

  /** The connection is gone, and with it what was bound to it. */
  drop(connection: string): void {
    for (const [hash, ticket] of this.#tickets) if (ticket.connection === connection) this.#tickets.delete(hash);
  }
}

/** As `<hash> <hex pairs>`, each once, sorted. */
export function fingerprintsOf(sdp: string): readonly string[] {
  const found = [...sdp.matchAll(/^a=fingerprint:\s*(\S+)\s+(\S+)\s*$/gim)].map(
    ([, hash = "", pairs = ""]) => `${hash.toLowerCase()} ${pairs.toUpperCase()}`,
  );
  return [...new Set(found)].sort().slice(0, 8);
}
