import type { Duplex } from "node:stream";
import { v7 as uuidv7 } from "uuid";
import { messageBytes } from "../../core/contract/hub.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { HubContext, HubParts, Who } from "../api/context.ts";
import { Answers, type Operations } from "./answers.ts";
import { readMessage } from "./envelope.ts";
import { Late, perTurn } from "./late.ts";
import type { Broken } from "./frames.ts";
import type { Rate } from "./rate.ts";
import type { Sending } from "./sending.ts";
import { Socket, type SocketOwner } from "./socket.ts";
import type { Turns } from "./turns.ts";

/** What may wait to be sent to one socket before it counts as stuck. */
const outBytes = 4 * 1024 * 1024;

/** Close codes of the hub; above 4000 they are its own. */
export const closeCodes = {
  badMessage: 1007,
  tooFast: 1008,
  goingAway: 1001,
  signedOut: 4401,
  replaced: 4409,
} as const;

/** What all lines of a hub have in common. */
export interface Exchange {
  readonly hub: HubParts;
  readonly operations: Operations;
  readonly sending: Sending;
  /** The clock of sockets: heartbeat and rate. */
  readonly lines: Clock;
  readonly turns: Turns;
  has(line: Line): boolean;
  staysUntil(line: Line): Promise<number | undefined>;
  end(line: Line, code: number, reason: string): void;
  gone(line: Line): void;
  /** Who is sent away for being too fast comes again with what they owe. */
  flooded(line: Line, rate: Rate): void;
}

export interface Comer {
  /** Its upgrade has been answered. */
  readonly raw: Duplex;
  readonly who: Who;
  readonly rate: Rate;
  readonly turn: number;
}

/**
 * Somebody's line: the socket, who is at its other end and what they asked for. Thousands of them say nothing for hours, so
 * one has no closures and no timers of its own.
 */
export class Line implements HubContext, SocketOwner {
  readonly connection = uuidv7();
  readonly who: Who;
  readonly feeds = { open: 0 };
  readonly socket: Socket;
  /** In which of the beats it is looked after while nothing is under way. */
  readonly turn: number;
  /** By the hub's clock. */
  readonly openedAt: number;
  /** When the oldest ping without an answer left; undefined while nothing is owed. */
  pingedAt: number | undefined = undefined;
  readonly #exchange: Exchange;
  readonly #rate: Rate;
  readonly #answers: Answers;
  /** Made for who is ever too fast. */
  #late: Late | undefined = undefined;
  #turnHeard = -1;
  #heardInTurn = 0;

  constructor(exchange: Exchange, { raw, who, rate, turn }: Comer) {
    const { hub, operations, sending } = exchange;
    this.#exchange = exchange;
    this.who = who;
    this.turn = turn;
    this.#rate = rate;
    this.openedAt = hub.clock.now();
    this.socket = new Socket(raw, messageBytes[who.role === "station" ? "station" : "page"], sending, this);
    this.#answers = new Answers(operations, this);
  }

  get hub(): HubParts {
    return this.#exchange.hub;
  }

  staysUntil(): Promise<number | undefined> {
    return this.#exchange.staysUntil(this);
  }

  send(text: string): void {
    // A reader that does not read must not fill the hub's memory.
    if (this.socket.waiting > outBytes) this.#end(closeCodes.tooFast, "too slow");
    else this.socket.send(text);
  }

  heard(): void {
    this.pingedAt = undefined;
  }

  message(text: string | undefined): void {
    this.heard();
    if (!this.#exchange.has(this)) return;
    const { lines } = this.#exchange;
    const pace = this.#rate.message(lines.monotonic());
    if (pace.kind === "end") {
      this.#exchange.flooded(this, this.#rate);
      return this.#end(closeCodes.tooFast, "too fast");
    }
    const late = this.#late;
    if (pace.kind === "go" && (late === undefined || late.isEmpty) && this.#hasTurn()) return this.#take(text);
    // What came in the same packet waits as well as what comes after it.
    this.socket.pause();
    (this.#late ??= this.#newLate()).add(text, pace.kind === "go" ? 0 : pace.ms);
  }

  /** True for the first few of what is heard in one turn of the loop. */
  #hasTurn(): boolean {
    const { now } = this.#exchange.turns;
    if (this.#turnHeard !== now) {
      this.#turnHeard = now;
      this.#heardInTurn = 0;
    }
    this.#heardInTurn += 1;
    return this.#heardInTurn <= perTurn;
  }

  #newLate(): Late {
    const { lines } = this.#exchange;
    return new Late({
      now: () => lines.monotonic(),
      after: (ms, wake) => lines.after(ms, wake),
      awake: () => {
        this.heard();
        this.socket.resume();
      },
      take: (text) => this.#take(text),
      isOver: () => !this.#exchange.has(this),
    });
  }

  #take(text: string | undefined): void {
    // The contract speaks JSON text only.
    const message = text === undefined ? undefined : readMessage(text);
    if (message) {
      void this.#answers.hear(message);
      return;
    }
    this.hub.log.warn("badMessage", { role: this.who.role, connection: this.connection });
    this.#end(closeCodes.badMessage, "not a message");
  }

  broken(code: Broken): void {
    this.hub.log.warn("socketFailed", { connection: this.connection, why: String(code) });
    this.#end(code, "");
  }

  gone(): void {
    this.#answers.close();
    this.#exchange.gone(this);
  }

  #end(code: number, reason: string): void {
    this.#exchange.end(this, code, reason);
  }
}
