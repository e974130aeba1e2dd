import type { Writable } from "node:stream";

/**
 * Holds back what is written to a socket until this turn of the loop has heard everybody who spoke: answers to one socket
 * leave in one go, and the others' wake each reader once instead of once for every frame.
 */
export class Sending {
  #held = new Set<Writable>();

  /** To be called before each write. */
  hold(socket: Writable): void {
    if (this.#held.has(socket)) return;
    socket.cork();
    if (this.#held.size === 0) setImmediate(() => this.#flush());
    this.#held.add(socket);
  }

  #flush(): void {
    const held = this.#held;
    this.#held = new Set();
    for (const socket of held) socket.uncork();
  }
}
