import { missingCase } from "../../../core/domain/missing-case.ts";
import type { Seat } from "../../ports/room-service.ts";
import {
  seatLimit,
  type Engine,
  type EngineAnswer,
  type EngineCommand,
  type EngineEvent,
  type StartEngine,
} from "../engine.ts";
import { picturesFor } from "../picture-policy.ts";
import type { Handle } from "./client.ts";
import { whyNoJanus } from "./config.ts";
import { startJanusProcess, type RunningJanus } from "./process.ts";
import { JanusSeat } from "./seat.ts";

interface Room {
  readonly seats: Map<string, JanusSeat>;
  speaker: string | undefined;
}

/** "Room exists already": after a lost answer it is ours. */
const roomExists = 427;
const ended: EngineAnswer = { ok: false, code: "room.ended" };
const done: EngineAnswer = { ok: true };
const unavailable: EngineAnswer = { ok: false, code: "room.unavailable" };

/** Debian's Janus with its VideoRoom. `base`: where its folders go; `onStarted` is told its process id. */
export const startJanus =
  (base: string, onStarted?: (pid: number) => void): StartEngine =>
  async ({ event, down }) => {
    if (whyNoJanus() !== undefined) return undefined;
    const running = await startJanusProcess(base, down, onStarted);
    const control = await running?.client.attach(() => undefined);
    if (!running || !control) {
      await running?.stop();
      return undefined;
    }
    return new JanusEngine(running, control, event);
  };

class JanusEngine implements Engine {
  readonly #running: RunningJanus;
  readonly #control: Handle;
  readonly #tell: (event: EngineEvent) => void;
  readonly #rooms = new Map<string, Room>();

  constructor(running: RunningJanus, control: Handle, tell: (event: EngineEvent) => void) {
    this.#running = running;
    this.#control = control;
    this.#tell = tell;
  }

  stop(): Promise<void> {
    return this.#running.stop();
  }

  async ask(command: EngineCommand): Promise<EngineAnswer> {
    const name = command.room;
    if (command.kind === "create") return this.#create(name);
    const room = this.#rooms.get(name);
    if (!room) return ended;
    if (command.kind === "join") return this.#join(name, room, command.seat);
    if (command.kind === "close") {
      this.#rooms.delete(name);
      for (const seat of room.seats.values()) await seat.close();
      await this.#control.ask({ request: "destroy", room: name, secret: this.#running.adminKey });
      return done;
    }
    if (command.kind === "statistics") return { ok: true, legs: [...room.seats.values()].flatMap(({ legs }) => legs) };
    const seat = room.seats.get(command.participant);
    if (!seat) return ended;
    switch (command.kind) {
      case "hear":
        await seat.hear(command.signal);
        return done;
      case "mute":
        await seat.mute(command.muted);
        return done;
      case "receive":
        seat.seat = { ...seat.seat, receives: command.receives };
        await seat.refresh();
        return done;
      case "remove":
        room.seats.delete(command.participant);
        if (room.speaker === command.participant) room.speaker = undefined;
        await seat.close();
        await this.#refresh(room);
        return done;
      default:
        return missingCase(command);
    }
  }

  async #create(name: string): Promise<EngineAnswer> {
    const answer = await this.#control.ask({
      request: "create",
      room: name,
      admin_key: this.#running.adminKey,
      secret: this.#running.adminKey,
      is_private: true,
      publishers: seatLimit,
      audiocodec: "opus",
      videocodec: "vp8",
      opus_fec: true,
      bitrate: 160_000,
      fir_freq: 0,
      record: false,
      lock_record: true,
      audiolevel_event: true,
      audio_active_packets: 25,
      audio_level_average: 60,
    });
    if (answer === undefined) return unavailable;
    if (answer.data.videoroom !== "created" && answer.data.error_code !== roomExists) return unavailable;
    if (!this.#rooms.has(name)) this.#rooms.set(name, { seats: new Map(), speaker: undefined });
    return done;
  }

  async #join(name: string, room: Room, seat: Seat): Promise<EngineAnswer> {
    const { participant } = seat;
    const old = room.seats.get(participant);
    if (!old && room.seats.size >= seatLimit) return { ok: false, code: "room.full" };
    await old?.close();
    const senders = () =>
      [...room.seats.values()]
        .filter((other) => other.publishing && other.seat.participant !== participant)
        .map((other) => other.seat.participant);
    const made: JanusSeat = new JanusSeat({
      client: this.#running.client,
      room: name,
      secret: this.#running.adminKey,
      seat,
      tell: (signal) => this.#tell({ kind: "signal", room: name, participant, signal }),
      onLeg: (leg, connected) => this.#tell({ kind: "leg", room: name, participant, leg, connected }),
      onPublishing: () => void this.#refresh(room, participant),
      onTalking: (speaker) => {
        if (room.speaker === speaker || !room.seats.has(speaker)) return;
        room.speaker = speaker;
        this.#tell({ kind: "speaker", room: name, participant: speaker });
        void this.#refresh(room);
      },
      senders,
      pictures: () => picturesFor(made.seat, senders(), room.speaker),
    });
    room.seats.set(participant, made);
    return done;
  }

  async #refresh(room: Room, but?: string): Promise<void> {
    for (const [participant, seat] of room.seats) if (participant !== but) await seat.refresh();
  }
}
