import type { RoomView } from "../../core/contract/hub-rooms.ts";
import { faultOf } from "../../core/contract/line.ts";
import type { FromRoom, ToRoom } from "../../core/contract/room-signals.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { Feed, Story, type Reading } from "../feed.ts";
import type { Logger } from "../log/logger.ts";
import type { HubClient } from "./hub-client.ts";

/** What the hub may say no with, besides that it is away. */
const refusals = ["consult.ended", "room.ended", "room.unavailable", "room.full", "consult.fingerprint"] as const;
type Refusal = (typeof refusals)[number];
export type ToldRoom<C extends FaultCode> = { readonly ok: true } | { readonly ok: false; readonly code: C };

interface Heard {
  readonly seq: number;
  readonly signal: FromRoom;
}

interface OwnSeat {
  readonly name: string;
  readonly heard: Story<Heard>;
  last: number;
  listening: AbortController | undefined;
}

/**
 * The station's seat in a call of three and more. The last word of the hub stays while its line is away; on the next line the
 * room is watched anew, and the signals of the same seat are heard from the last one on.
 */
export class StationRoom {
  readonly #call: string;
  readonly #log: Logger;
  readonly #pair: RoomView;
  readonly #view: Feed<RoomView>;
  #client: HubClient | undefined;
  #watching: AbortController | undefined;
  #seat: OwnSeat | undefined;
  #closed = false;

  constructor(call: string, log: Logger) {
    this.#call = call;
    this.#log = log;
    this.#pair = { call, phase: "pair", epoch: 0, seats: [], receives: "all", observed: false, iceServers: [] };
    this.#view = new Feed(this.#pair);
  }

  /** The line over which the talk runs now; undefined: nobody talks. Called again with the same line it changes nothing. */
  follow(client: HubClient | undefined): void {
    if (this.#closed || (client === this.#client && (client === undefined || this.#watching !== undefined))) return;
    this.#stop();
    this.#client = client;
    if (client === undefined) {
      this.#leaveSeat();
      this.#view.set(this.#pair);
      return;
    }
    this.#watching = new AbortController();
    void this.#watch(client, this.#watching);
  }

  watch(signal: AbortSignal | undefined): Reading<RoomView> {
    return this.#view.read(signal);
  }

  /** `room.ended`: the seat is not ours any more. */
  signals(seat: string, after: number, signal: AbortSignal | undefined): AsyncGenerator<Heard, void, void> | undefined {
    const own = this.#seat;
    if (own?.name !== seat) return undefined;
    return (async function* () {
      for await (const heard of own.heard.read(signal)) if (heard.seq > after) yield heard;
    })();
  }

  /** `ticket`: the call's on the present line. */
  async send(
    ticket: string | undefined,
    seat: string,
    id: string,
    signal: ToRoom,
  ): Promise<ToldRoom<"consult.hubAway" | Refusal>> {
    if (ticket === undefined) return { ok: false, code: this.#closed ? "consult.ended" : "consult.hubAway" };
    return this.#ask((client) => client.room.signal({ call: this.#call, ticket, seat, id, signal }));
  }

  up(epoch: number, of: "room" | "pair"): Promise<ToldRoom<"consult.hubAway" | Refusal>> {
    return this.#ask((client) => client.room.up({ call: this.#call, epoch, of }));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop();
    this.#leaveSeat();
    this.#view.close();
  }

  async #ask(what: (client: HubClient) => Promise<unknown>): Promise<ToldRoom<"consult.hubAway" | Refusal>> {
    if (this.#closed) return { ok: false, code: "consult.ended" };
    if (this.#client === undefined) return { ok: false, code: "consult.hubAway" };
    try {
      await what(this.#client);
      return { ok: true };
    } catch (error) {
      const code = faultOf(error);
      if (code === "wire.closed") return { ok: false, code: "consult.hubAway" };
      const refusal = code === "consult.notYours" ? "room.ended" : refusals.find((one) => one === code);
      if (refusal === undefined) throw error;
      return { ok: false, code: refusal };
    }
  }

  async #watch(client: HubClient, watching: AbortController): Promise<void> {
    try {
      for await (const view of await client.room.watch({ call: this.#call }, { signal: watching.signal })) {
        if (watching.signal.aborted) return;
        this.#sit(view.you);
        this.#view.set(view);
        if (this.#seat && !this.#seat.listening) void this.#listen(client, this.#seat, watching.signal);
      }
    } catch (error) {
      this.#note("room feed failed", error, watching.signal);
    } finally {
      // Whatever ended it, the next word about the call begins it anew.
      if (this.#watching === watching) this.#watching = undefined;
    }
  }

  #sit(name: string | undefined): void {
    if (this.#seat?.name === name) return;
    this.#leaveSeat();
    if (name !== undefined) this.#seat = { name, heard: new Story(), last: 0, listening: undefined };
  }

  #leaveSeat(): void {
    this.#seat?.listening?.abort();
    this.#seat?.heard.close();
    this.#seat = undefined;
  }

  async #listen(client: HubClient, seat: OwnSeat, line: AbortSignal): Promise<void> {
    const listening = new AbortController();
    seat.listening = listening;
    const signal = AbortSignal.any([listening.signal, line]);
    try {
      const asked = { call: this.#call, seat: seat.name, after: seat.last };
      for await (const heard of await client.room.signals(asked, { signal })) {
        if (signal.aborted) return;
        // Two lines may overlap for a moment; the numbers decide.
        if (heard.seq <= seat.last) continue;
        seat.last = heard.seq;
        seat.heard.push(heard);
      }
    } catch (error) {
      this.#note("room signals failed", error, signal);
    } finally {
      if (seat.listening === listening) seat.listening = undefined;
    }
  }

  #stop(): void {
    this.#watching?.abort();
    this.#watching = undefined;
    if (this.#seat) this.#seat.listening = undefined;
  }

  #note(event: string, error: unknown, signal: AbortSignal): void {
    const code = faultOf(error);
    if (!signal.aborted && code !== "wire.closed" && code !== "consult.ended" && code !== "room.ended")
      this.#log.warn(event, { code });
  }
}
