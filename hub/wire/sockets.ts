import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { v7 as uuidv7 } from "uuid";
import { messageBytes } from "../../core/contract/hub.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { LiveSession } from "../http/sessions.ts";
import { stackOf, type HubContext, type HubParts } from "../api/context.ts";
import { router } from "../api/router.ts";
import { Answers, operationsOf } from "./answers.ts";
import { readMessage } from "./envelope.ts";
import { Gate } from "./gate.ts";
import { handshakeOf } from "./handshake.ts";
import { wires, type Identity } from "./identify.ts";
import { Rate } from "./rate.ts";
import { Sending } from "./sending.ts";
import { Socket } from "./socket.ts";

/** What may wait to be sent to one socket before it counts as stuck. */
const outBytes = 4 * 1024 * 1024;

const beatMs = 1_000;
/** A ping that is owed an answer this long means a dead line: in a running call, and otherwise. */
const silenceInCallMs = 3_000;
const silenceMs = 45_000;
const idleBeats = 15;
/** After this long a station proves again who it is: its socket is closed and it dials anew. */
const stationMs = 12 * 3_600_000;

/** So many comers prove who they are at once. */
const upgradesAtOnce = 8;

/** Close codes of the hub; above 4000 they are its own. */
export const closeCodes = {
  badMessage: 1007,
  tooFast: 1008,
  goingAway: 1001,
  signedOut: 4401,
  replaced: 4409,
} as const;

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

interface Connection {
  readonly id: string;
  readonly socket: Socket;
  readonly identity: Identity;
  /** By the hub's clock. */
  readonly openedAt: number;
  /** When the oldest ping without an answer left; undefined while nothing is owed. */
  pingedAt: number | undefined;
}

/** Takes over the `upgrade` of `/wire` and `/family/wire`: nobody gets a socket without having proved who they are. */
export function openSockets({ server, hub, identify, prolong, stands, lines }: SocketParts): Sockets {
  const operations = operationsOf(router);
  const connections = new Map<string, Connection>();
  const stationLines = new Map<string, Connection>();
  /** By line: a station's pace outlives its socket, or dialling anew would be a way to be heard more often. */
  const stationPaces = new Map<string, Rate>();
  const gate = new Gate(upgradesAtOnce);
  const sending = new Sending();
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
    const rate = (isStation ? stationPaces.get(identity.who.line) : undefined) ?? new Rate(lines.monotonic());
    if (isStation) stationPaces.set(identity.who.line, rate);
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
    accept(raw, head, identity, rate);
  };

  const accept = (raw: Duplex, head: Buffer, identity: Identity, rate: Rate) => {
    const { who } = identity;
    const id = uuidv7();
    const socket = new Socket(raw, messageBytes[who.role === "station" ? "station" : "page"], sending, {
      heard: () => (connection.pingedAt = undefined),
      message: (text) => {
        connection.pingedAt = undefined;
        if (!connections.has(id)) return;
        const pace = rate.message(lines.monotonic());
        if (pace.kind === "end") return end(connection, closeCodes.tooFast, "too fast");
        if (pace.kind === "slow" && !socket.isPaused) {
          socket.pause();
          lines.after(pace.ms, () => {
            connection.pingedAt = undefined;
            socket.resume();
          });
        }
        // The contract speaks JSON text only.
        const message = text === undefined ? undefined : readMessage(text);
        if (message) {
          void answers.hear(message);
          return;
        }
        hub.log.warn("badMessage", { role: who.role, connection: id });
        end(connection, closeCodes.badMessage, "not a message");
      },
      broken: (code) => {
        hub.log.warn("socketFailed", { connection: id, why: String(code) });
        end(connection, code, "");
      },
      gone: () => {
        answers.close();
        gone(connection);
      },
    });
    const connection: Connection = { id, socket, identity, openedAt: hub.clock.now(), pingedAt: undefined };
    const context: HubContext = {
      hub,
      who,
      connection: id,
      staysUntil: () => staysUntil(connection),
      feeds: { open: 0 },
    };
    const answers = new Answers(operations, context, (text) => {
      // A reader that does not read must not fill the hub's memory.
      if (socket.waiting > outBytes) end(connection, closeCodes.tooFast, "too slow");
      else socket.send(text);
    });
    const older = stationLines.get(who.line);
    connections.set(id, connection);
    if (who.role === "station") stationLines.set(who.line, connection);
    hub.presence.arrived(who.line, id);
    if (older) end(older, closeCodes.replaced, "replaced");
    hub.log.info("connected", {
      role: who.role,
      connection: id,
      ...(who.role === "station" ? { station: who.id } : { account: who.id }),
    });
    socket.open(head);
  };

  const staysUntil = async ({ identity: { session, who }, openedAt }: Connection): Promise<number | undefined> => {
    if (session !== undefined) {
      const live = await prolong(session);
      // A socket was opened for one role; who has another now comes again.
      return live?.account.role === who.role ? live.until : undefined;
    }
    const until = openedAt + stationMs;
    return until > hub.clock.now() ? until : undefined;
  };
  const gone = (connection: Connection) => {
    if (!connections.delete(connection.id)) return;
    const { line } = connection.identity.who;
    if (stationLines.get(line) === connection) stationLines.delete(line);
    hub.tickets.drop(connection.id);
    hub.presence.left(connection.identity.who.line, connection.id);
    hub.log.info("disconnected", { role: connection.identity.who.role, connection: connection.id });
  };
  const end = (connection: Connection, code: number, reason: string) => {
    gone(connection);
    connection.socket.close(code, reason);
    // What still comes is read, and the goodbye with it.
    if (connection.socket.isPaused) connection.socket.resume();
    lines.after(1_000, () => connection.socket.terminate());
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
    for (const connection of [...connections.values()]) {
      const { socket, identity } = connection;
      const inCall = hub.desk.isRunning(identity.who.line);
      if (stalled || socket.isPaused) connection.pingedAt = undefined;
      if (connection.pingedAt !== undefined && now - connection.pingedAt >= (inCall ? silenceInCallMs : silenceMs)) {
        gone(connection);
        socket.terminate();
        continue;
      }
      if (inCall || beats % idleBeats === 0) {
        socket.beat();
        connection.pingedAt ??= now;
      }
      if (beats % idleBeats === 0)
        checkRight(connection, inCall).catch((error: unknown) =>
          hub.log.error("rightFailed", { stack: stackOf(error) }),
        );
    }
    stopBeat = lines.after(beatMs, beat);
  }

  /** Being in a call is a sign of life; an open page alone is not. */
  const checkRight = async (connection: Connection, inCall: boolean) => {
    const { session } = connection.identity;
    const here = session === undefined || inCall ? (await staysUntil(connection)) !== undefined : await stands(session);
    if (!here) end(connection, closeCodes.signedOut, "signed out");
  };

  const onUpgrade = (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    raw.on("error", () => raw.destroy());
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
      return connections.size;
    },
    signedOut: (session) => {
      for (const one of [...connections.values()])
        if (one.identity.session === session) end(one, closeCodes.signedOut, "signed out");
    },
    close: async () => {
      closing = true;
      stopBeat();
      server.off("upgrade", onUpgrade);
      // Each feed is over when its socket has closed; the stores may go only then.
      const over = [...connections.values()].map(
        ({ socket }) =>
          new Promise<void>((resolve) => {
            socket.close(closeCodes.goingAway, "going away");
            socket.terminate(resolve);
          }),
      );
      connections.clear();
      await Promise.all(over);
    },
  };
}
