import type { RtpPacket } from "werift";
import type { FromRoom, ToRoom } from "../../../core/contract/room-signals.ts";
import { missingCase } from "../../../core/domain/missing-case.ts";
import type { LegStatistics, Seat } from "../../ports/room-service.ts";
import { seatLimit, type EngineAnswer, type EngineCommand, type EngineEvent } from "../engine.ts";
import { picturesFor } from "../picture-policy.ts";
import { DownLeg } from "./down-leg.ts";
import { SpeakerWatch } from "./speaker.ts";
import { UpLeg } from "./up-leg.ts";

interface Member {
  seat: Seat;
  /** Something has come from this one: nobody waits for who is not there yet. */
  heard: boolean;
  up: UpLeg | undefined;
  down: DownLeg | undefined;
}

interface Room {
  readonly members: Map<string, Member>;
  readonly speakers: SpeakerWatch;
}

const ended: EngineAnswer = { ok: false, code: "room.ended" };
const done: EngineAnswer = { ok: true };

/** The forwarding itself: packets of every up leg go to the down legs of the others, as each can carry. */
export class Sfu {
  readonly #rooms = new Map<string, Room>();
  readonly #tell: (event: EngineEvent) => void;

  constructor(tell: (event: EngineEvent) => void) {
    this.#tell = tell;
  }

  async ask(command: EngineCommand): Promise<EngineAnswer> {
    const { room: name } = command;
    if (command.kind === "create") {
      if (!this.#rooms.has(name)) this.#rooms.set(name, { members: new Map(), speakers: new SpeakerWatch() });
      return done;
    }
    const room = this.#rooms.get(name);
    if (!room) return ended;
    switch (command.kind) {
      case "join":
        return this.#join(room, command.seat);
      case "hear":
        return this.#hear(name, room, command.participant, command.signal);
      case "mute":
        return this.#change(room, command.participant, { muted: command.muted });
      case "receive":
        return this.#change(room, command.participant, { receives: command.receives });
      case "remove":
        return this.#remove(room, command.participant);
      case "close":
        for (const participant of [...room.members.keys()]) await this.#remove(room, participant);
        this.#rooms.delete(name);
        return done;
      case "statistics":
        return { ok: true, legs: [...room.members.values()].flatMap(legsOf) };
      default:
        return missingCase(command);
    }
  }

  async #join(room: Room, seat: Seat): Promise<EngineAnswer> {
    const old = room.members.get(seat.participant);
    if (!old && room.members.size >= seatLimit) return { ok: false, code: "room.full" };
    room.members.set(seat.participant, { seat, heard: false, up: undefined, down: undefined });
    await closeLegs(old);
    this.#reseat(room);
    return done;
  }

  async #remove(room: Room, participant: string): Promise<EngineAnswer> {
    const member = room.members.get(participant);
    if (!member) return ended;
    room.members.delete(participant);
    room.speakers.left(participant);
    this.#reseat(room);
    await closeLegs(member);
    return done;
  }

  #change(room: Room, participant: string, change: Partial<Seat>): EngineAnswer {
    const member = room.members.get(participant);
    if (!member) return ended;
    member.seat = { ...member.seat, ...change };
    return done;
  }

  async #hear(name: string, room: Room, participant: string, { leg, generation, body }: ToRoom): Promise<EngineAnswer> {
    const member = room.members.get(participant);
    if (!member) return ended;
    const there = member[leg];
    if (there && generation < there.generation) return done;
    const isNew = !there || generation > there.generation;
    const tell = (said: FromRoom["body"]) =>
      this.#tell({ kind: "signal", room: name, participant, signal: { leg, generation, body: said } });
    try {
      if (leg === "up" && body.kind === "description" && body.type === "offer") {
        if (!member.seat.sends) return done;
        const up = isNew ? this.#openUp(name, room, member, generation) : member.up;
        if (up) tell({ kind: "description", type: "answer", sdp: await up.answer(body.sdp) });
      } else if (leg === "down" && body.kind === "ready" && isNew) {
        const down = this.#openDown(name, room, member, generation);
        const sdp = await down.offer();
        tell({ kind: "description", type: "offer", sdp, streams: [...down.streams] });
      } else if (leg === "down" && body.kind === "description" && body.type === "answer" && !isNew) {
        await member.down?.answer(body.sdp);
      } else if (body.kind === "candidate" && !isNew) {
        await there.candidate(body.candidate, body.sdpMid, body.sdpMLineIndex);
      }
    } catch {
      // What a client says may be anything; a leg that cannot be made of it stays down, and the client makes another.
    }
    return done;
  }

  #openUp(name: string, room: Room, member: Member, generation: number): UpLeg {
    const { participant } = member.seat;
    void member.up?.close();
    const up = new UpLeg(generation, {
      connected: (connected) => {
        if (member.up === up) this.#tell({ kind: "leg", room: name, participant, leg: "up", connected });
      },
      packet: (kind, packet, level) => {
        if (member.up === up) this.#forward(name, room, member, kind, packet, level);
      },
    });
    member.up = up;
    return up;
  }

  #openDown(name: string, room: Room, member: Member, generation: number): DownLeg {
    const { participant } = member.seat;
    void member.down?.close();
    const down = new DownLeg(generation, {
      connected: (connected) => {
        if (member.down !== down) return;
        this.#tell({ kind: "leg", room: name, participant, leg: "down", connected });
        if (connected) for (const other of room.members.values()) other.up?.keyFrame();
      },
      needsKeyFrame: (from) => room.members.get(from)?.up?.keyFrame(),
    });
    down.seat(sendersBeside(room, participant));
    member.down = down;
    return down;
  }

  #forward(
    name: string,
    room: Room,
    from: Member,
    kind: "audio" | "video",
    packet: RtpPacket,
    level: number | undefined,
  ): void {
    const { participant, muted } = from.seat;
    if (!from.heard) {
      from.heard = true;
      this.#reseat(room);
    }
    const silent = kind === "audio" && muted;
    if (level !== undefined && !silent && room.speakers.heard(participant, level))
      this.#tell({ kind: "speaker", room: name, participant });
    for (const to of room.members.values()) {
      if (to === from || !to.down) continue;
      const passes =
        kind === "audio"
          ? !muted
          : picturesFor(to.seat, sendersBeside(room, to.seat.participant), room.speakers.speaker).includes(participant);
      if (passes) to.down.send(participant, kind, packet);
      else to.down.pause(participant, kind);
    }
  }

  #reseat(room: Room): void {
    for (const [name, some] of this.#rooms) {
      if (some !== room) continue;
      for (const { seat, down } of room.members.values()) {
        if (!down) continue;
        const before = JSON.stringify(down.streams);
        down.seat(sendersBeside(room, seat.participant));
        if (JSON.stringify(down.streams) === before) continue;
        const { generation } = down;
        const body = { kind: "streams" as const, streams: [...down.streams] };
        this.#tell({
          kind: "signal",
          room: name,
          participant: seat.participant,
          signal: { leg: "down", generation, body },
        });
      }
    }
  }
}

function sendersBeside(room: Room, participant: string): readonly string[] {
  return [...room.members.values()]
    .filter(({ seat, heard }) => seat.sends && heard && seat.participant !== participant)
    .map(({ seat }) => seat.participant);
}

function legsOf({ seat, up, down }: Member): readonly LegStatistics[] {
  const { participant } = seat;
  return [
    ...(up ? [{ participant, leg: "up" as const, connected: up.connected }] : []),
    ...(down ? [{ participant, leg: "down" as const, connected: down.connected }] : []),
  ];
}

async function closeLegs(member: Member | undefined): Promise<void> {
  await Promise.all([member?.up?.close(), member?.down?.close()]);
}
