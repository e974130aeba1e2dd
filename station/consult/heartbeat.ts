import type { Clock } from "../../core/domain/time.ts";
import type { HubLine } from "./hub-client.ts";

export const beatInCallMs = 1_000;
export const beatMs = 30_000;
export const silenceMs = 3_000;

/** Finds out that a line is dead before the network does: a beat that nothing answers for 3 s ends the line. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #calls = new Set<string>();
  #line: HubLine | undefined;
  #stopBeat: () => void = () => undefined;
  #stopSilence: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  attach(line: HubLine): void {
    this.detach();
    this.#line = line;
    this.#arm();
  }

  detach(): void {
    this.#line = undefined;
    this.#stopBeat();
    this.heard();
  }

  inCall(call: string, running: boolean): void {
    const before = this.#calls.size > 0;
    if (running) this.#calls.add(call);
    else this.#calls.delete(call);
    // A call that begins does not wait for the end of a long pause.
    if (before !== this.#calls.size > 0 && this.#line !== undefined) this.#beat();
  }

  /** A sign of life. */
  heard(): void {
    this.#stopSilence?.();
    this.#stopSilence = undefined;
  }

  #arm(): void {
    this.#stopBeat();
    this.#stopBeat = this.#clock.after(this.#calls.size > 0 ? beatInCallMs : beatMs, () => this.#beat());
  }

  #beat(): void {
    const line = this.#line;
    if (line === undefined) return;
    line.ping();
    // The silence is counted from the first beat that was not answered.
    this.#stopSilence ??= this.#clock.after(silenceMs, () => line.drop());
    this.#arm();
  }
}
