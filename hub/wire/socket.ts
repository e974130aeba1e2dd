import type { Duplex } from "node:stream";
import { closeFrame, FrameReader, pingFrame, pongFrame, textFrame, type Broken, type FrameSink } from "./frames.ts";
import type { Gathering, Sending } from "./sending.ts";

export interface SocketOwner {
  /** A sign of life beside messages. */
  heard(): void;
  /** Undefined: not text. */
  message(text: string | undefined): void;
  /** Frames that are none; the owner closes. */
  broken(code: Broken): void;
  /** Told once: the connection is gone. */
  gone(): void;
}

/** The listeners are the same functions for all lines, and find theirs here. */
const own = Symbol("socket");
interface Raw extends Duplex {
  [own]?: Socket;
}

/**
 * The hub's end of one WebSocket. It holds what a line needs that says nothing for hours: a reader without a buffer, no
 * streams and no functions of its own.
 */
export class Socket implements Gathering, FrameSink {
  readonly #raw: Raw;
  readonly #reader: FrameReader;
  readonly #sending: Sending;
  readonly #owner: SocketOwner;
  /** Bytes to be written at the end of this turn. */
  #out = "";
  #saidGoodbye = false;
  #gone = false;

  /** The upgrade has been answered; `head`: what came with it. */
  constructor(raw: Duplex, mostBytes: number, sending: Sending, owner: SocketOwner) {
    this.#raw = raw;
    this.#reader = new FrameReader(mostBytes);
    this.#sending = sending;
    this.#owner = owner;
  }

  /** Starts reading; `head`: what came with the upgrade. */
  open(head: Buffer): void {
    const raw = this.#raw;
    raw[own] = this;
    raw.on("data", Socket.#onData);
    // Without a goodbye too: nobody is there any more.
    raw.on("end", Socket.#onEnd);
    raw.on("close", Socket.#onClose);
    if (raw.destroyed) this.#over();
    else if (head.length > 0) this.#reader.read(Buffer.from(head), this);
  }

  static #onData(this: Raw, chunk: Buffer): void {
    const socket = this[own];
    if (socket) socket.#reader.read(chunk, socket);
  }

  static #onEnd(this: Raw): void {
    const socket = this[own];
    if (socket) socket.#leave();
  }

  static #onClose(this: Raw): void {
    const socket = this[own];
    if (socket) socket.#over();
  }

  get isOpen(): boolean {
    return !this.#saidGoodbye && !this.#gone;
  }

  get isPaused(): boolean {
    return this.#raw.isPaused();
  }

  /** Bytes that wait to be taken by the other side. */
  get waiting(): number {
    return this.#raw.writableLength + this.#out.length;
  }

  pause(): void {
    this.#raw.pause();
  }

  resume(): void {
    this.#raw.resume();
  }

  send(text: string): void {
    if (this.isOpen) this.#put(textFrame(text));
  }

  /** Asks for a sign of life. */
  beat(): void {
    if (this.isOpen) this.#put(pingFrame);
  }

  /** Says goodbye; the other side's answer ends the connection. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    this.#put(closeFrame(code, reason));
    this.#saidGoodbye = true;
  }

  /** `over`: told when nothing of it is left. */
  terminate(over?: () => void): void {
    this.flush();
    if (over) this.#raw.once("close", over);
    this.#raw.destroy();
  }

  flush(): void {
    if (this.#out === "") return;
    const out = this.#out;
    this.#out = "";
    if (this.#raw.writable) this.#raw.write(out, "latin1");
  }

  message(text: string | undefined): void {
    if (this.isOpen) this.#owner.message(text);
  }

  ping(body: Buffer): void {
    this.#owner.heard();
    if (this.isOpen) this.#put(pongFrame(body));
  }

  pong(): void {
    this.#owner.heard();
  }

  closed(code: number): void {
    // 1005 is said by saying nothing.
    if (this.isOpen) this.close(code === 1005 ? 1000 : code, "");
    this.flush();
    this.#leave();
  }

  broken(code: Broken): void {
    if (this.isOpen) this.#owner.broken(code);
  }

  #put(frame: string): void {
    if (this.#out === "") this.#sending.hold(this);
    this.#out += frame;
  }

  /** Lets what is written go out; nothing more comes. */
  #leave(): void {
    this.#raw.end(() => this.#raw.destroy());
  }

  #over(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#owner.gone();
  }
}
