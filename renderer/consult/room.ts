import type { FromRoom, Leg, ToRoom } from "../../core/contract/room-signals.ts";
import { createOutbox, type SendSignal } from "./outbox.ts";
import type { PeerState, RTCIceServerLike } from "./peer.ts";
import { openDownLeg, type DownLeg } from "./room-down.ts";
import { receivedBy, signsOfLife, sentBytes, type PartyArrived } from "./room-stats.ts";
import { openUpLeg, type RoomLeg } from "./room-up.ts";

export interface RoomOptions {
  readonly iceServers: readonly RTCIceServerLike[];
  /** Sent to the room; its tracks are ended by `close`, so hand in clones of what others use too. Without it: an observer. */
  readonly local?: MediaStream;
  /** Answers when the hub has it; a rejected one is sent again under its id when the line has healed. */
  readonly send: SendSignal<ToRoom>;
  /** The stream of another, again when it changed, `undefined` when they left. Attach it to a playing element. */
  readonly onParty: (participant: string, stream: MediaStream | undefined) => void;
  readonly onState: (state: PeerState) => void;
  /** Somebody can be heard or seen; once, and once more after every `moved`. */
  readonly onMedia: () => void;
}

export interface Room {
  hear(signal: FromRoom): void;
  /** Our socket was lost and is back. */
  lineHealed(): void;
  /** The hub says that the media worker is another one now: both legs anew, without waiting for ICE to notice. */
  moved(): void;
  /** By participant. */
  arrived(): Promise<ReadonlyMap<string, PartyArrived>>;
  /** Bytes of media sent so far on the present up leg. */
  sent(): Promise<number>;
  close(): void;
}

const tickMs = 1_000;
/** While nothing came yet, somebody waits for it. */
const firstTickMs = 200;
/** A leg that did not connect in this time is made anew; each time in a row it is given twice as long, up to the last. */
const patienceMs = [5_000, 10_000, 20_000] as const;
/** After a healed line, media must have come in this time. */
const provenMs = 2_000;

interface LegState {
  readonly leg: Leg;
  readonly generation: number;
  readonly connection: RoomLeg | DownLeg;
  connected: boolean;
  readonly madeAt: number;
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
  const outbox = createOutbox<ToRoom>(options.send);
  const legs = new Map<Leg, LegState>();
  let state: PeerState = "connecting";
  let seen = false;
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
    const generation = Math.max((old?.generation ?? 0) + 1, Date.now());
    const vain = old === undefined || (old.connected && seen) ? 0 : old.vain + 1;
    const isPresent = () => legs.get(leg)?.generation === generation;
    const parts = {
      iceServers,
      send: (body: ToRoom["body"]) => outbox.push({ leg, generation, body }),
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
    legs.set(leg, { leg, generation, connection, connected: false, madeAt: performance.now(), vain });
    settle();
  };

  const buildAll = () => {
    seen = false;
    outbox.clear();
    build("down");
    build("up");
  };

  const tick = () => {
    for (const { leg, connected, madeAt, vain, connection } of [...legs.values()]) {
      // Connected, somebody sends, and nothing comes: as good as not connected.
      const mute = !seen && "carriers" in connection && connection.carriers.size > 0;
      const patience = patienceMs[Math.min(vain, patienceMs.length - 1)] ?? 0;
      if ((!connected || mute) && performance.now() - madeAt > patience) build(leg);
    }
    void look();
  };

  const look = async () => {
    const round = legs.get("down")?.generation;
    // A connection that closes under the question has nothing to tell; the watch goes on.
    const parties = seen ? [] : [...(await arrived().catch(() => new Map<string, PartyArrived>())).values()];
    if (isClosed()) return;
    const heard = parties.some(({ audioPackets, framesDecoded }) => audioPackets + framesDecoded > 0);
    if (heard && round === legs.get("down")?.generation) {
      seen = true;
      options.onMedia();
    }
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
      if ("streams" in body && "seat" in mine.connection) mine.connection.seat(body.streams);
      // What does not fit the state belongs to a connection that is gone.
      if (body.kind === "description") mine.connection.hear(body).catch(() => undefined);
    },
    lineHealed() {
      if (isClosed()) return;
      outbox.kick();
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
      outbox.close();
      for (const { connection } of legs.values()) connection.close();
      legs.clear();
      for (const track of options.local?.getTracks() ?? []) track.stop();
    },
  };
}
