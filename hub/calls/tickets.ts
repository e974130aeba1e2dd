import type { Leg, ToRoom } from "../../core/contract/room-signals.ts";
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
  /** Of the direct talk and of each leg to a room. */
  readonly keys: Map<"pair" | Leg, Keys>;
}

/** The keys that a generation of connections was announced with; undefined: not yet. */
interface Keys {
  readonly generation: number;
  readonly fingerprints: readonly string[] | undefined;
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
    const unused = { connection: undefined, keys: new Map<"pair" | Leg, Keys>() };
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
    const known = ticket.keys.get("pair")?.generation ?? 0;
    if (body.kind === "restart") {
      if (body.generation !== known) ticket.keys.set("pair", { generation: body.generation, fingerprints: undefined });
      return undefined;
    }
    return described(ticket, "pair", known, body.sdp);
  }

  /** The same of what goes to a room: each leg has keys of its own, and its generation in every signal. */
  hearRoom(token: string, { leg, generation, body }: ToRoom): Described | undefined {
    const ticket = this.#tickets.get(sha256(token));
    return ticket && body.kind === "description" ? described(ticket, leg, generation, body.sdp) : undefined;
  }

  /** The connection is gone, and with it what was bound to it. */
  drop(connection: string): void {
    for (const [hash, ticket] of this.#tickets) if (ticket.connection === connection) this.#tickets.delete(hash);
  }
}

function described(ticket: Ticket, of: "pair" | Leg, generation: number, sdp: string): Described | undefined {
  const fingerprints = fingerprintsOf(sdp);
  if (fingerprints.length === 0) return undefined;
  const known = ticket.keys.get(of);
  if (known?.generation !== generation || known.fingerprints === undefined) {
    ticket.keys.set(of, { generation, fingerprints });
    return { accepted: true, generation, fingerprints };
  }
  const isSame = fingerprints.join() === known.fingerprints.join();
  return isSame ? undefined : { accepted: false, generation, fingerprints };
}

/** As `<hash> <hex pairs>`, each once, sorted. */
export function fingerprintsOf(sdp: string): readonly string[] {
  const found = [...sdp.matchAll(/^a=fingerprint:\s*(\S+)\s+(\S+)\s*$/gim)].map(
    ([, hash = "", pairs = ""]) => `${hash.toLowerCase()} ${pairs.toUpperCase()}`,
  );
  return [...new Set(found)].sort().slice(0, 8);
}
