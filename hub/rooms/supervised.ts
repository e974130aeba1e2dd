import { randomBytes } from "node:crypto";
import type { RoomEvent, RoomService, Seat } from "../ports/room-service.ts";
import type { Clock } from "../../core/domain/time.ts";
import type { Logger } from "../log.ts";
import { seatLimit, type Engine, type EngineCommand, type EngineAnswer, type StartEngine } from "./engine.ts";

/** Between two attempts to start a server that does not start, growing to the last. */
const startAgainMs = [0, 200, 500, 1_000, 2_000, 5_000] as const;

/**
 * Rooms over a media server that may die: the seats are kept here, a server that went down is started anew at once, its
 * rooms are made again under the same names, and everybody is told (`moved`). Never waits for ICE to notice.
 * `room.unavailable` where no server can be started on this machine.
 */
export function superviseRooms(parts: {
  readonly start: StartEngine;
  readonly clock: Clock;
  readonly log: Logger;
}): RoomService {
  const { clock, log } = parts;
  const rooms = new Map<string, Map<string, Seat>>();
  const listeners = new Set<(event: RoomEvent) => void>();
  let engine: Promise<Engine | undefined> | undefined;
  /** Started while a room is open: a process takes longer to start than a talk may stand still. */
  let spare: Promise<Engine | undefined> | undefined;
  let stopped = false;

  const tell = (event: RoomEvent) => {
    for (const listener of listeners) listener(event);
  };

  const start = (): Promise<Engine | undefined> => {
    const down = () => {
      if (spare === mine) spare = undefined;
      if (stopped || engine !== mine) return;
      log.warn("mediaWorkerDown", { count: rooms.size });
      engine = spare;
      spare = undefined;
      if (rooms.size > 0) revive(0).catch((error: unknown) => log.error("mediaWorkerFailed", { why: String(error) }));
    };
    const mine = parts.start({ event: tell, down });
    return mine;
  };

  /** The running server, or a new one. A start that failed is tried again with the next request. */
  const running = async (): Promise<Engine | undefined> => {
    if (stopped) return undefined;
    const asked = (engine ??= start());
    const answer = await asked;
    if (answer === undefined && engine === asked) engine = undefined;
    return answer;
  };

  const revive = async (attempt: number): Promise<void> => {
    const began = clock.monotonic();
    const next = await running();
    if (isStopped()) return;
    if (next === undefined) {
      const wait = startAgainMs[Math.min(attempt + 1, startAgainMs.length - 1)] ?? 0;
      clock.after(wait, () => {
        if (!stopped && engine === undefined)
          revive(attempt + 1).catch((error: unknown) => log.error("mediaWorkerFailed", { why: String(error) }));
      });
      return;
    }
    spare ??= start();
    for (const [room, seats] of rooms) {
      await next.ask({ kind: "create", room });
      for (const seat of seats.values()) await next.ask({ kind: "join", room, seat });
      tell({ kind: "moved", room });
    }
    log.info("mediaWorkerReplaced", { count: rooms.size, ms: Math.round(clock.monotonic() - began) });
  };
  const isStopped = () => stopped;

  const ask = async (command: EngineCommand): Promise<EngineAnswer> => {
    if (!rooms.has(command.room)) return { ok: false, code: "room.ended" };
    const now = await running();
    return now ? now.ask(command) : { ok: false, code: "room.unavailable" };
  };

  /** Changes a seat here first, so that it outlives the server, then there. */
  const change = async (room: string, participant: string, change: Partial<Seat>, command: EngineCommand) => {
    const seat = rooms.get(room)?.get(participant);
    if (!seat) return { ok: false, code: "room.ended" } as const;
    rooms.get(room)?.set(participant, { ...seat, ...change });
    return ask(command);
  };

  return {
    async create() {
      const now = await running();
      if (!now) return { ok: false, code: "room.unavailable" };
      const room = randomBytes(16).toString("hex");
      const made = await now.ask({ kind: "create", room });
      if (!made.ok) return made;
      rooms.set(room, new Map());
      spare ??= start();
      return { ok: true, room };
    },
    async join(room, seat) {
      const seats = rooms.get(room);
      if (!seats) return { ok: false, code: "room.ended" };
      if (!seats.has(seat.participant) && seats.size >= seatLimit) return { ok: false, code: "room.full" };
      seats.set(seat.participant, seat);
      return ask({ kind: "join", room, seat });
    },
    async hear(room, participant, signal) {
      if (!rooms.get(room)?.has(participant)) return { ok: false, code: "room.ended" };
      return ask({ kind: "hear", room, participant, signal });
    },
    mute: (room, participant, muted) =>
      change(room, participant, { muted }, { kind: "mute", room, participant, muted }),
    receive: (room, participant, receives) =>
      change(room, participant, { receives }, { kind: "receive", room, participant, receives }),
    async remove(room, participant) {
      if (rooms.get(room)?.delete(participant) !== true) return { ok: false, code: "room.ended" };
      return ask({ kind: "remove", room, participant });
    },
    async close(room) {
      if (!rooms.has(room)) return { ok: false, code: "room.ended" };
      const answer = await ask({ kind: "close", room });
      rooms.delete(room);
      return answer;
    },
    async statistics(room) {
      const answer = await ask({ kind: "statistics", room });
      return answer.ok ? (answer.legs ?? []) : [];
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      stopped = true;
      const last = [await engine, await spare];
      rooms.clear();
      for (const one of last) await one?.stop();
    },
  };
}
