import type { RingBack } from "../../core/contract/hub-calls.ts";
import { ringBackMs } from "../../core/domain/calls.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { CallStore, VisitCall } from "../ports/calls.ts";
import type { SignalBus } from "../ports/signal-bus.ts";
import type { Taker } from "./waiting.ts";

export interface RingBacksParts {
  readonly calls: Pick<CallStore, "find">;
  readonly bus: Pick<SignalBus, "announce">;
  readonly clock: Clock;
}

interface Asked {
  readonly call: string;
  readonly station: string;
  readonly visit: string;
  readonly doctor: Taker;
  readonly is: RingBack;
  /** No answer is waited for any more. */
  readonly cancel: () => void;
}

/** How many are remembered, answered ones included. */
const mostKept = 1_000;

/**
 * Doctors who hung up and would like to speak again. Held in memory alone: who asked before a restart asks once more. A yes is the
 * resident's next call of that visit, however it came about.
 */
export class RingBacks {
  readonly #parts: RingBacksParts;
  /** By the call that was hung up. */
  readonly #all = new Map<string, Asked>();

  constructor(parts: RingBacksParts) {
    this.#parts = parts;
  }

  /** What became of it, for the doctor who asked. */
  of(call: string): RingBack | undefined {
    return this.#all.get(call)?.is;
  }

  /** Asked anew, its time begins anew. */
  ask({ id: call, station, visit }: VisitCall, doctor: Taker): void {
    this.#forget(call);
    const cancel = this.#parts.clock.after(ringBackMs, () => this.#become(call, { state: "unanswered" }));
    this.#all.set(call, { call, station: station.id, visit, doctor, is: { state: "asked" }, cancel });
    for (const old of [...this.#all.keys()].slice(0, -mostKept)) this.#forget(old);
    this.#announce(call, station.id);
  }

  /** What a station's resident is asked now. */
  async at(station: string): Promise<readonly Omit<Asked, "cancel">[]> {
    const standing = [...this.#all.values()].filter((one) => one.station === station && one.is.state === "asked");
    const open = await Promise.all(standing.map(({ call }) => this.#isOpen(call)));
    return standing.filter((_, nth) => open[nth]);
  }

  /** The doctor does not wait any more: as if nobody had asked. */
  takeBack(call: string): void {
    const asked = this.#all.get(call);
    if (asked?.is.state !== "asked") return;
    this.#forget(call);
    this.#announce(call, asked.station);
  }

  answer(call: string, said: "refused" | "gone"): void {
    this.#become(call, { state: said });
  }

  /** Who asked for this visit's next call. */
  async doctorFor(station: string, visit: string): Promise<Taker | undefined> {
    return (await this.at(station)).find((one) => one.visit === visit)?.doctor;
  }

  /** The visit's next call has come. */
  taken(station: string, visit: string, next: string): void {
    for (const one of this.#all.values())
      if (one.station === station && one.visit === visit) this.#become(one.call, { state: "taken", next });
  }

  close(): void {
    for (const call of [...this.#all.keys()]) this.#forget(call);
  }

  /** What a doctor has finished, they do not ask about any more. */
  async #isOpen(call: string): Promise<boolean> {
    const there = await this.#parts.calls.find(call);
    return there !== undefined && there.outcome === undefined;
  }

  #become(call: string, is: RingBack): void {
    const asked = this.#all.get(call);
    if (asked?.is.state !== "asked") return;
    asked.cancel();
    this.#all.set(call, { ...asked, is });
    this.#announce(call, asked.station);
  }

  #forget(call: string): void {
    this.#all.get(call)?.cancel();
    this.#all.delete(call);
  }

  #announce(call: string, station: string): void {
    this.#parts.bus.announce(`call:${call}`);
    this.#parts.bus.announce(`calls:${station}`);
  }
}
