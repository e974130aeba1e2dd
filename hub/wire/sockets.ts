import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../../core/domain/time.ts";
import type { LiveSession } from "../http/sessions.ts";
import { stackOf, type HubParts } from "../api/context.ts";
import { router } from "../api/router.ts";
import { operationsOf } from "./answers.ts";
import { Gate } from "./gate.ts";
import { handshakeOf } from "./handshake.ts";
import { wires, type Identity } from "./identify.ts";
import { closeCodes, Line, type Exchange } from "./line.ts";
import { Rate } from "./rate.ts";
import { Sending } from "./sending.ts";
import { Turns } from "./turns.ts";

const beatMs = 1_000;
/** A ping that is owed an answer this long means a dead line: in a running call, and otherwise. */
const silenceInCallMs = 3_000;
const silenceMs = 45_000;
const idleBeats = 15;
/** After this long a station proves again who it is: its socket is closed and it dials anew. */
const stationMs = 12 * 3_600_000;

/** So many comers prove who they are at once. */
const upgradesAtOnce = 8;

export interface SocketParts {
  readonly server: Server;
  readonly hub: HubParts;
  readonly identify: (request: IncomingMessage) => Promise<Identity | undefined>;
  /** Prolongs the session; undefined when it is over. */
  readonly prolong: (session: string) => Promise<Pick<LiveSession, "account" | "until"> | undefined>;
  /** Whether the session still stands, without prolonging it. */
  readonly stands: (session: string) => Promise<boolean>;
  /** The clock of sockets: heartbeat and rate. */
  readonly lines: Clock;
}

export interface Sockets {
  readonly count: number;
  /** Ends the sockets of a session. */
  signedOut(session: string): void;
  close(): Promise<void>;
}

/** Takes over the `upgrade` of `/wire` and `/family/wire`: nobody gets a socket without having proved who they are. */
export function openSockets({ server, hub, identify, prolong, stands, lines }: SocketParts): Sockets {
  const open = new Set<Line>();
  const stationLines = new Map<string, Line>();
  /** By line: the pace of a station, and of who was too fast, outlives its socket, or dialling anew would be a way to be heard more often. */
  const paces = new Map<string, Rate>();
  const gate = new Gate(upgradesAtOnce);
  let turns = 0;
  let closing = false;

  const refuse = (raw: Duplex, status: 400 | 401 | 404 | 429 | 500) => {
    raw.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\nDate: ${new Date(hub.clock.now()).toUTCString()}\r\n\r\n`,
    );
  };

  const upgrade = async (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    const { pathname } = new URL(request.url ?? "/", "http://hub");
    if (!Object.values<string>(wires).includes(pathname)) {
      refuse(raw, 404);
      return;
    }
    // Who waited for a turn may have gone.
    if (raw.destroyed) return;
    const identity = closing ? undefined : await identify(request);
    if (!identity || closing) {
      hub.log.warn("upgradeRefused", { address: request.socket.remoteAddress });
      refuse(raw, 401);
      return;
    }
    const isStation = identity.who.role === "station";
    const rate = paces.get(identity.who.line) ?? new Rate(lines.monotonic());
    if (isStation) paces.set(identity.who.line, rate);
    if (!rate.dial(lines.monotonic())) {
      refuse(raw, 429);
      return;
    }
    const handshake = handshakeOf(request);
    if (handshake === undefined) {
      refuse(raw, 400);
      return;
    }
    raw.write(handshake);
    turns += 1;
    accept(new Line(exchange, { raw, who: identity.who, rate, turn: turns % idleBeats }), head);
  };

  const accept = (line: Line, head: Buffer) => {
    const { who, connection } = line;
    const isStation = who.role === "station";
    const older = stationLines.get(who.line);
    open.add(line);
    if (isStation) stationLines.set(who.line, line);
    hub.presence.arrived(who.line, connection);
    if (older) exchange.end(older, closeCodes.replaced, "replaced");
    hub.log.info("connected", {
      role: who.role,
      connection,
      ...(isStation ? { station: who.id } : { account: who.id }),
    });
    line.socket.open(head);
  };

  const exchange: Exchange = {
    hub,
    operations: operationsOf(router),
    sending: new Sending(),
    turns: new Turns(),
    lines,
    has: (line) => open.has(line),
    staysUntil: async ({ who, openedAt }) => {
      if (who.session !== undefined) {
        const live = await prolong(who.session);
        // A socket was opened for one role; who has another now comes again.
        return live?.account.role === who.role ? live.until : undefined;
      }
      const until = openedAt + stationMs;
      return until > hub.clock.now() ? until : undefined;
    },
    flooded: ({ who }, rate) => paces.set(who.line, rate),
    gone: (line) => {
      const { who, connection } = line;
      if (!open.delete(line)) return;
      if (stationLines.get(who.line) === line) stationLines.delete(who.line);
      hub.tickets.drop(connection);
      hub.presence.left(who.line, connection);
      hub.log.info("disconnected", { role: who.role, connection });
    },
    end: (line, code, reason) => {
      exchange.gone(line);
      line.socket.close(code, reason);
      // What still comes is read, and the goodbye with it.
      if (line.socket.isPaused) line.socket.resume();
      lines.after(1_000, () => line.socket.terminate());
    },
  };

  let beats = 0;
  let lastBeat = lines.monotonic();
  let stopBeat = lines.after(beatMs, beat);
  function beat(): void {
    const now = lines.monotonic();
    // When this process itself stood still, silence says nothing about the others.
    const stalled = now - lastBeat > 2 * beatMs;
    lastBeat = now;
    beats += 1;
    for (const line of [...open]) {
      const { socket, who } = line;
      const inCall = hub.desk.isRunning(who.line);
      if (stalled || socket.isPaused) line.pingedAt = undefined;
      if (line.pingedAt !== undefined && now - line.pingedAt >= (inCall ? silenceInCallMs : silenceMs)) {
        exchange.gone(line);
        socket.terminate();
        continue;
      }
      // Not all in the same second: the work of each is spread over the beats.
      const isDue = (beats + line.turn) % idleBeats === 0;
      if (inCall || isDue) {
        socket.beat();
        line.pingedAt ??= now;
      }
      if (isDue)
        checkRight(line, inCall).catch((error: unknown) => hub.log.error("rightFailed", { stack: stackOf(error) }));
    }
    stopBeat = lines.after(beatMs, beat);
  }

  /** Being in a call is a sign of life; an open page alone is not. */
  const checkRight = async (line: Line, inCall: boolean) => {
    const { session } = line.who;
    const here = session === undefined || inCall ? (await line.staysUntil()) !== undefined : await stands(session);
    if (!here) exchange.end(line, closeCodes.signedOut, "signed out");
  };

  const onUpgrade = (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    raw.on("error", destroyed);
    gate
      .pass(() => upgrade(request, raw, head))
      .catch((error: unknown) => {
        hub.log.error("upgradeFailed", { stack: stackOf(error) });
        refuse(raw, 500);
      });
  };
  server.on("upgrade", onUpgrade);

  return {
    get count() {
      return open.size;
    },
    signedOut: (session) => {
      for (const one of [...open])
        if (one.who.session === session) exchange.end(one, closeCodes.signedOut, "signed out");
    },
    close: async () => {
      closing = true;
      stopBeat();
      server.off("upgrade", onUpgrade);
      // Each feed is over when its socket has closed; the stores may go only then.
      const over = [...open].map(
        ({ socket }) =>
          new Promise<void>((resolve) => {
            socket.close(closeCodes.goingAway, "going away");
            socket.terminate(resolve);
          }),
      );
      open.clear();
      await Promise.all(over);
    },
  };
}

/** One for all: a function made where a request is known would keep the request for as long as its line. */
function destroyed(this: Duplex): void {
  this.destroy();
}
