import type { FromRoom, Leg, ToRoom } from "../../core/contract/room-signals.ts";
import { createOutbox, type Outbox, type SendSignal } from "./outbox.ts";
import type { PeerState, RTCIceServerLike } from "./peer.ts";
import { openDownLeg, type DownLeg } from "./room-down.ts";
import { receivedBy, signsOfLife, sentBytes, type PartyArrived } from "./room-stats.ts";
import { openUpLeg, type UpLeg } from "./room-up.ts";

export interface RoomOptions {
  readonly iceServers: readonly RTCIceServerLike[];
  /** Sent to the room; its tracks are ended by `close`, so hand in clones of what others use too. Without it: an observer. */
  readonly local?: MediaStream;
  /** Answers when the hub has it; a rejected one is sent again under its id when the line has healed. */
  readonly send: SendSignal<ToRoom>;
  /** The stream of another, again when it changed, `undefined` when they left. Attach it to a playing element. */
  readonly onParty: (participant: string, stream: MediaStream | undefined) => void;
  readonly onState: (state: PeerState) => void;
  /** Somebody can be heard or seen; once, and once more after every `moved`. A rejected one is told again. */
  readonly onMedia: () => Promise<void>;
}

export interface Room {
  hear(signal: FromRoom): void;
  /** Our socket was lost and is back. */
  lineHealed(): void;
  /** The hub says that the media worker is another one now: both legs anew, without waiting for ICE to notice. */
  moved(): void;
  /** By participant. */
  arrived(): Promise<ReadonlyMap<string, PartyArrived>>;
  /** Sends this track of `local`, which took another's place in it. */
  setPicture(track: MediaStreamTrack): void;
  /** Bytes of media sent so far on the present up leg. */
  sent(): Promise<number>;
  close(): void;
}

const tickMs = 1_000;
/** While nothing came yet, somebody waits for it. */
const firstTickMs = 200;
/**
 * A leg of which nothing was heard and nothing got through for this long, and that is not connected, is made anew; each time
 * in a row it is given twice as long, up to the last. A slow line is no reason: what is on its way would only start again.
 */
const patienceMs = [5_000, 10_000, 20_000] as const;
/** After a healed line, media must have come in this time. */
const provenMs = 2_000;

interface LegState {
  readonly leg: Leg;
  readonly generation: number;
  readonly connection: UpLeg | DownLeg;
  connected: boolean;
  /** When it was made, or when the last signal of it came or went. */
  movedAt: number;
  /** Legs before this one that never connected. */
  readonly vain: number;
}

/** Our two legs to a room, for as long as the page holds them: any number of connections, one after the other. */
export function openRoom(options: RoomOptions): Room {
  const iceServers = options.iceServers.map(({ urls, username, credential }): RTCIceServer => ({
    urls: [...urls],
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
  const legs = new Map<Leg, LegState>();
  const send: SendSignal<ToRoom> = async (signal, id) => {
    await options.send(signal, id);
    moves(legs.get(signal.leg), signal.generation);
  };
  // One each: what the one leg has to say must not wait for all candidates of the other.
  const outboxes: Readonly<Record<Leg, Outbox<ToRoom>>> = { up: createOutbox(send), down: createOutbox(send) };
  let state: PeerState = "connecting";
  let seen = false;
  /** The hub has not heard yet that media came; each media worker is a round of its own. */
  let untold = false;
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let probe: ReturnType<typeof setTimeout> | undefined;

  const isClosed = () => state === "closed";
  const tell = (next: PeerState) => {
    if (isClosed() || next === state) return;
    state = next;
    options.onState(next);
  };
  const settle = () => {
    if ([...legs.values()].every(({ connected }) => connected)) tell("connected");
    else if (state === "connected") tell("lost");
  };

  const build = (leg: Leg) => {
    if (isClosed() || (leg === "up" && !options.local)) return;
    const old = legs.get(leg);
    old?.connection.close();
    outboxes[leg].clear();
    const generation = Math.max((old?.generation ?? 0) + 1, Date.now());
    const vain = old === undefined || (old.connected && seen) ? 0 : old.vain + 1;
    const isPresent = () => legs.get(leg)?.generation === generation;
    const parts = {
      iceServers,
      send: (body: ToRoom["body"]) => outboxes[leg].push({ leg, generation, body }),
      onState: (of: RTCPeerConnectionState) => {
        const mine = legs.get(leg);
        if (!mine || !isPresent()) return;
        mine.connected = of === "connected";
        settle();
        if (of === "failed") build(leg);
      },
      onParty: options.onParty,
    };
    const connection =
      leg === "up" && options.local ? openUpLeg({ ...parts, local: options.local }) : openDownLeg(parts);
    legs.set(leg, { leg, generation, connection, connected: false, movedAt: performance.now(), vain });
    settle();
  };

  const buildAll = () => {
    seen = false;
    untold = false;
    round += 1;
    build("down");
    build("up");
  };

  const tick = () => {
    for (const { leg, connected, movedAt, vain, connection } of [...legs.values()]) {
      // Connected, somebody sends, and nothing comes: as good as not connected.
      const mute = !seen && "carriers" in connection && connection.carriers.size > 0;
      const patience = patienceMs[Math.min(vain, patienceMs.length - 1)] ?? 0;
      if ((!connected || mute) && performance.now() - movedAt > patience) build(leg);
    }
    void look();
  };

  const report = async () => {
    if (!untold || isClosed()) return;
    untold = false;
    const reported = round;
    const told = await options.onMedia().then(
      () => true,
      () => false,
    );
    if (!told && reported === round) untold = true;
  };

  const look = async () => {
    const looked = legs.get("down")?.generation;
    // A connection that closes under the question has nothing to tell; the watch goes on.
    const parties = seen ? [] : [...(await arrived().catch(() => new Map<string, PartyArrived>())).values()];
    if (isClosed()) return;
    const heard = parties.some(({ audioPackets, framesDecoded }) => audioPackets + framesDecoded > 0);
    if (heard && looked === legs.get("down")?.generation) {
      seen = true;
      untold = true;
    }
    void report();
    timer = setTimeout(tick, seen ? tickMs : firstTickMs);
  };

  const arrived = async () => {
    const down = legs.get("down")?.connection;
    return down && "carriers" in down ? receivedBy(down.peer, down.carriers) : new Map<string, PartyArrived>();
  };

  const prove = async (mine: LegState, before: number) => {
    if (isClosed() || legs.get(mine.leg) !== mine) return;
    if ((await signsOfLife(mine.connection.peer)) <= before) build(mine.leg);
  };

  buildAll();
  timer = setTimeout(tick, firstTickMs);

  return {
    hear({ leg, generation, body }) {
      const mine = legs.get(leg);
      if (isClosed() || mine?.generation !== generation) return;
      moves(mine, generation);
      if ("streams" in body && "seat" in mine.connection) mine.connection.seat(body.streams);
      // What does not fit the state belongs to a connection that is gone.
      if (body.kind === "description") mine.connection.hear(body).catch(() => undefined);
    },
    lineHealed() {
      if (isClosed()) return;
      for (const outbox of Object.values(outboxes)) outbox.kick();
      void report();
      const look = async () => {
        const now = await Promise.all(
          [...legs.values()].map(async (mine) => ({ mine, before: await signsOfLife(mine.connection.peer) })),
        );
        clearTimeout(probe);
        probe = setTimeout(() => now.forEach(({ mine, before }) => void prove(mine, before)), provenMs);
      };
      void look();
    },
    moved: buildAll,
    setPicture(track) {
      const up = legs.get("up")?.connection;
      if (up && "setPicture" in up) up.setPicture(track);
    },
    arrived,
    async sent() {
      const up = legs.get("up");
      return up ? sentBytes(up.connection.peer) : 0;
    },
    close() {
      if (isClosed()) return;
      tell("closed");
      clearTimeout(timer);
      clearTimeout(probe);
      for (const outbox of Object.values(outboxes)) outbox.close();
      for (const { connection } of legs.values()) connection.close();
      legs.clear();
      for (const track of options.local?.getTracks() ?? []) track.stop();
    },
  };
}

function moves(leg: LegState | undefined, generation: number): void {
  if (leg?.generation === generation) leg.movedAt = performance.now();
}
