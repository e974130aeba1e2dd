import { randomBytes } from "node:crypto";
import type { FromRoom, Leg, Receives, ToRoom } from "../../core/contract/room-signals.ts";
import type { PartyRole } from "../../core/domain/calls.ts";
import { roomPowers, sendsMedia, type RoomPhase } from "../../core/domain/rooms.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log.ts";
import type { Done, RoomCode, RoomEvent, RoomService } from "../ports/room-service.ts";
import type { SignalBus } from "../ports/signal-bus.ts";

/** Somebody who takes part in a running call now, with or without a line. */
export interface RoomParty {
  readonly id: string;
  readonly role: PartyRole;
  readonly name: string;
  readonly muted: boolean;
  /** Has had media in this round already. */
  readonly media: boolean;
}

/** All that rooms need of the calls. */
export interface CallSeam {
  /** In order of coming: the first two are the direct talk. Undefined when the call does not run. */
  parties(call: string): Promise<readonly RoomParty[] | undefined>;
  /** Ids of every running call. */
  running(): Promise<readonly string[]>;
  mute(call: string, party: string, muted: boolean, by: string): Promise<void>;
  remove(call: string, party: string, by: string): Promise<void>;
  /** Something about some call changed. The answer ends the listening. */
  onChange(listener: () => void): () => void;
}

export type Moderated = { readonly ok: true } | { readonly ok: false; readonly code: "room.ended" | "room.notAllowed" };

export interface RoomDeskParts {
  readonly service: RoomService;
  readonly calls: CallSeam;
  readonly clock: Clock;
  readonly bus: Pick<SignalBus, "announce">;
  readonly log: Logger;
}

export interface Seated {
  readonly seat: string;
  readonly party: RoomParty;
  readonly receives: Receives;
  readonly roomUp: boolean;
  readonly pairUp: boolean;
  /** Legs whose media stopped. */
  readonly broken: readonly Leg[];
}

export interface OpenRoom {
  readonly room: string;
  readonly phase: RoomPhase;
  readonly epoch: number;
  readonly seats: readonly Seated[];
  readonly speaker?: string;
  readonly code?: Exclude<RoomCode, "room.ended">;
}

interface Box {
  last: number;
  signals: { readonly seq: number; readonly signal: FromRoom }[];
  readonly ids: Set<string>;
}

interface State {
  room: string;
  phase: RoomPhase;
  epoch: number;
  speaker: string | undefined;
  code: Exclude<RoomCode, "room.ended"> | undefined;
  /** By participant. */
  readonly seats: Map<string, { -readonly [K in keyof Seated]: Seated[K] }>;
  readonly boxes: Map<string, Box>;
}

const keptSignals = 200;
const keptIds = 500;

export const roomTopic = (call: string) => `signals:room-${call}` as const;
export const seatTopic = (seat: string) => `signals:seat-${seat}` as const;

/**
 * Gives every call of three and more its room, and takes it back when two are left: never a moment without sound in between
 * (realtime.md §3.5). The calls say who takes part; media and signals of each seat are kept here.
 */
export class RoomDesk {
  readonly #parts: RoomDeskParts;
  readonly #rooms = new Map<string, State>();
  readonly #stop: readonly (() => void)[];
  #line: Promise<void> = Promise.resolve();
  #due = false;
  #closed = false;

  constructor(parts: RoomDeskParts) {
    this.#parts = parts;
    this.#stop = [
      parts.calls.onChange(() => this.#settleSoon()),
      parts.service.onEvent((event) => this.#onEvent(event)),
    ];
  }

  /** Takes up the rooms of calls that a hub before this one left open. */
  resume(): Promise<void> {
    this.#settleSoon();
    return this.#line;
  }

  find(call: string): OpenRoom | undefined {
    const state = this.#rooms.get(call);
    if (!state) return undefined;
    const { room, phase, epoch, speaker, code, seats } = state;
    return {
      room,
      phase,
      epoch,
      seats: [...seats.values()].map((one) => ({ ...one })),
      ...(speaker === undefined ? {} : { speaker }),
      ...(code === undefined ? {} : { code }),
    };
  }

  /** A repeated `id` is dropped. Codes as of `RoomService`. */
  async hear(call: string, party: string, id: string, signal: ToRoom): Promise<Done> {
    const state = this.#rooms.get(call);
    const seated = state?.seats.get(party);
    const box = seated && state?.boxes.get(seated.seat);
    if (!state || !seated || !box) return { ok: false, code: "room.ended" };
    if (box.ids.has(id)) return { ok: true };
    const heard = await this.#parts.service.hear(state.room, seated.seat, signal);
    if (heard.ok) {
      box.ids.add(id);
      for (const old of [...box.ids].slice(0, Math.max(0, box.ids.size - keptIds))) box.ids.delete(old);
    }
    return heard;
  }

  signals(call: string, seat: string, after: number): readonly { readonly seq: number; readonly signal: FromRoom }[] {
    return (
      this.#rooms
        .get(call)
        ?.boxes.get(seat)
        ?.signals.filter(({ seq }) => seq > after) ?? []
    );
  }

  /** Media runs: the talk moves when both of its first two can be heard on the other side. */
  async up(call: string, party: string, epoch: number, of: "room" | "pair"): Promise<void> {
    await this.#inOrder(async () => {
      const state = this.#rooms.get(call);
      const seated = state?.seats.get(party);
      if (!state || !seated || (of === "room" && epoch !== state.epoch)) return;
      if (of === "room") seated.roomUp = true;
      else seated.pairUp = state.phase === "returning";
      const pair = [...state.seats.values()].slice(0, 2);
      if (state.phase === "preparing" && pair.every(({ roomUp }) => roomUp)) state.phase = "room";
      if (state.phase === "returning" && pair.every(({ pairUp }) => pairUp)) await this.#close(call, state);
      this.#announce(call);
    });
  }

  async receive(call: string, party: string, receives: Receives): Promise<Done> {
    const state = this.#rooms.get(call);
    const seated = state?.seats.get(party);
    if (!state || !seated) return { ok: false, code: "room.ended" };
    seated.receives = receives;
    this.#announce(call);
    return this.#parts.service.receive(state.room, seated.seat, receives);
  }

  /** By the table of parts; oneself always. Codes: `room.ended`, `room.notAllowed`. */
  async mute(call: string, by: string, seat: string, muted: boolean): Promise<Moderated> {
    const found = this.#pair(call, by, seat);
    if (!found.ok) return found;
    const { actor, target } = found;
    if (by !== target.id && !roomPowers[actor.role].mute.includes(target.role))
      return { ok: false, code: "room.notAllowed" };
    await this.#parts.calls.mute(call, target.id, muted, by);
    return { ok: true };
  }

  async remove(call: string, by: string, seat: string): Promise<Moderated> {
    const found = this.#pair(call, by, seat);
    if (!found.ok) return found;
    const { actor, target } = found;
    if (by !== target.id && !roomPowers[actor.role].remove.includes(target.role))
      return { ok: false, code: "room.notAllowed" };
    await this.#parts.calls.remove(call, target.id, by);
    return { ok: true };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stop) stop();
    await this.#line;
    await this.#parts.service.stop();
  }

  #pair(call: string, by: string, seat: string) {
    const seats = this.#rooms.get(call)?.seats;
    const actor = seats?.get(by)?.party;
    const target = [...(seats?.values() ?? [])].find((one) => one.seat === seat)?.party;
    if (!actor || !target) return { ok: false, code: "room.ended" } as const;
    return { ok: true, actor, target } as const;
  }

  #announce(call: string): void {
    this.#parts.bus.announce(roomTopic(call));
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.#line.then(work);
    this.#line = done.catch((error: unknown) => {
      if (!this.#closed)
        this.#parts.log.error("roomFailed", { stack: error instanceof Error ? error.stack : String(error) });
    });
    return done;
  }

  #settleSoon(): void {
    if (this.#due || this.#closed) return;
    this.#due = true;
    void this.#inOrder(async () => {
      this.#due = false;
      const running = await this.#parts.calls.running();
      for (const call of new Set([...running, ...this.#rooms.keys()])) await this.#settle(call);
    }).catch(() => undefined);
  }

  /** Brings a call's room in line with who takes part in it. */
  async #settle(call: string): Promise<void> {
    if (this.#closed) return;
    const parties = (await this.#parts.calls.parties(call)) ?? [];
    const state = this.#rooms.get(call) ?? (parties.length > 2 ? await this.#open(call, parties) : undefined);
    if (!state) return;
    if (parties.length < 2) {
      await this.#close(call, state);
      this.#announce(call);
      return;
    }
    await this.#seat(state, parties);
    if (parties.length === 2 && state.phase === "preparing") await this.#close(call, state);
    else if (parties.length === 2 && state.phase === "room") {
      state.phase = "returning";
      for (const seated of state.seats.values()) seated.pairUp = false;
    } else if (parties.length > 2 && state.phase === "returning") state.phase = "room";
    this.#announce(call);
  }

  async #open(call: string, parties: readonly RoomParty[]): Promise<State | undefined> {
    const { service, clock, log } = this.#parts;
    const made = await service.create();
    if (!made.ok) {
      log.warn("roomUnavailable", { call, code: made.code });
      return undefined;
    }
    const state: State = {
      room: made.room,
      // After a restart of the hub the direct talk is long over.
      phase: parties.filter(({ media }) => media).length > 2 ? "room" : "preparing",
      epoch: clock.now(),
      speaker: undefined,
      code: undefined,
      seats: new Map(),
      boxes: new Map(),
    };
    this.#rooms.set(call, state);
    log.info("roomOpened", { call, count: parties.length });
    return state;
  }

  async #seat(state: State, parties: readonly RoomParty[]): Promise<void> {
    const { service } = this.#parts;
    for (const [id, { seat }] of state.seats) {
      if (parties.some((party) => party.id === id)) continue;
      state.seats.delete(id);
      state.boxes.delete(seat);
      if (state.speaker === seat) state.speaker = undefined;
      await service.remove(state.room, seat);
    }
    state.code = undefined;
    for (const party of parties) {
      const there = state.seats.get(party.id);
      if (there) {
        if (there.party.muted !== party.muted) await service.mute(state.room, there.seat, party.muted);
        there.party = party;
        continue;
      }
      const seat = randomBytes(12).toString("hex");
      const joined = await service.join(state.room, {
        participant: seat,
        sends: sendsMedia(party.role),
        muted: party.muted,
        receives: "all",
      });
      if (!joined.ok) {
        state.code = joined.code === "room.full" ? "room.full" : "room.unavailable";
        continue;
      }
      state.seats.set(party.id, { seat, party, receives: "all", roomUp: false, pairUp: false, broken: [] });
      state.boxes.set(seat, { last: 0, signals: [], ids: new Set() });
    }
  }

  async #close(call: string, state: State): Promise<void> {
    this.#rooms.delete(call);
    await this.#parts.service.close(state.room);
    this.#parts.log.info("roomClosed", { call });
  }

  #onEvent(event: RoomEvent): void {
    const found = [...this.#rooms].find(([, state]) => state.room === event.room);
    if (!found) return;
    const [call, state] = found;
    if (event.kind === "signal") {
      const box = state.boxes.get(event.participant);
      if (!box) return;
      box.last += 1;
      box.signals.push({ seq: box.last, signal: event.signal });
      if (box.signals.length > keptSignals) box.signals.shift();
      this.#parts.bus.announce(seatTopic(event.participant));
      return;
    }
    if (event.kind === "moved") {
      state.epoch = Math.max(state.epoch + 1, this.#parts.clock.now());
      for (const seated of state.seats.values()) Object.assign(seated, { roomUp: false, broken: [] });
      for (const box of state.boxes.values()) box.signals = [];
    }
    if (event.kind === "speaker") state.speaker = event.participant;
    if (event.kind === "leg") {
      const seated = [...state.seats.values()].find(({ seat }) => seat === event.participant);
      if (!seated || seated.broken.includes(event.leg) === !event.connected) return;
      const others = seated.broken.filter((leg) => leg !== event.leg);
      seated.broken = event.connected ? others : [...others, event.leg];
    }
    this.#announce(call);
  }
}
