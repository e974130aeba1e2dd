import type { RoomView } from "../../core/contract/hub-rooms.ts";
import type { LiveMessage } from "../../core/contract/live.ts";
import type { ConsultView } from "../../core/contract/station.ts";
import type { AskSignal, Signal, SignalBody } from "../../core/contract/views.ts";
import { isAsk } from "../../core/domain/asking.ts";
import { previewOf } from "../consult/blob-pieces.ts";
import { createBlobSender } from "../consult/blob-sender.ts";
import { withComing, withHeard, withItem, withoutRest, type CallBlob } from "../consult/call-blobs.ts";
import type { LineSaid } from "../consult/line-words.ts";
import { turnsReading } from "../consult/live-copies.ts";
import { createOutbox } from "../consult/outbox.ts";
import type { openPeer, Peer } from "../consult/peer.ts";
import type { openRoom, Room } from "../consult/room.ts";
import { stillBytes } from "../consult/still.ts";
import { createTalkSwitch, type Talk } from "../consult/room-switch.ts";
import { createHubNotes } from "./hub-notes.ts";
import { roomCarrier } from "./room-blobs.ts";
import type { StationDoor } from "../station.ts";

/** What the talks of a call show. */
export interface TalksShown {
  /** The other side of the direct talk. */
  readonly remote: MediaStream | undefined;
  /** What each side of the direct talk sends now, for words. */
  readonly line: LineSaid;
  /** Which talk is seen and heard. */
  readonly talk: Talk;
  readonly room: RoomView | undefined;
  /** What comes from each seat of the room. */
  readonly parties: ReadonlyMap<string, MediaStream>;
  /** Pictures and voice notes that went, or came, over the direct talk or by the hub. */
  readonly blobs: readonly CallBlob[];
}

/** What a person shows or says to the doctor besides talking. */
export interface Handed {
  readonly id: string;
  readonly kind: "still" | "voiceNote";
  readonly media: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly preview?: Uint8Array<ArrayBuffer>;
}

export interface TalksParts {
  readonly door: StationDoor;
  readonly call: string;
  /** Lent to each talk as a clone; ended by whoever opened it. */
  readonly camera: MediaStream | undefined;
  readonly show: (change: Partial<TalksShown>) => void;
  readonly onAsk: (ask: AskSignal) => void;
}

export interface Talks {
  /** The newest word of the host about the call. */
  see(view: ConsultView): void;
  sendLive(message: LiveMessage): void;
  sendAsk(ask: AskSignal): void;
  /** Over the direct talk, or in a room through the hub; false where there is neither. */
  hand(handed: Handed): boolean;
  /** A doctor's voice note was played to its end. */
  heard(note: string): void;
  /** What was handed and has not gone yet stays here. */
  keepBack(): void;
  /** The camera of the visit is let go, or is another; what goes is a clone of it. */
  setPicture(track: MediaStreamTrack | undefined): void;
  /** How big a picture may be that is at the doctor's in under a minute, bytes. */
  stillBytes(): number;
  mute(muted: boolean): void;
  /** Ends both talks and every track that was lent to them. */
  close(): void;
}

const running: readonly ConsultView["state"][] = ["ringing", "active", "reconnecting"];

/** Signals that may come before their talk is open. */
const mostEarly = 64;

/**
 * The station's media of one call: the direct talk with the doctor (polite, waits for the first offer), the room when others
 * come in, and the moves between. A new doctor is a new direct talk.
 */
export function openTalks(
  media: { readonly openPeer: typeof openPeer; readonly openRoom: typeof openRoom },
  parts: TalksParts,
): Talks {
  const { door, call, camera, show } = parts;
  let view: ConsultView | undefined;
  let seen: RoomView | undefined;
  let peer: Peer | undefined;
  let room: Room | undefined;
  let line: LineSaid = { own: undefined, other: undefined };
  /** Grows with every doctor who takes the call. */
  let stretch = 0;
  let blobs: readonly CallBlob[] = [];
  /** Media of this stretch came. */
  let pairSeen = false;
  let roomSeen = false;
  let heard = 0;
  let muted = false;
  /** Of the next direct talk, heard while the present one was not open yet. */
  const early: Signal[] = [];
  const streams = new Map<string, MediaStream>();
  /** By what is lent: what sends another picture in its place. */
  const lent = new Map<MediaStream, (track: MediaStreamTrack) => void>();
  let leaveSeat: () => void = () => undefined;

  const lend = (local: MediaStream | undefined, setPicture: (track: MediaStreamTrack) => void) => {
    if (!local) return {};
    lent.set(local, setPicture);
    setVoice(local, !muted);
    return { local };
  };
  const giveBack = (local: MediaStream | undefined) => {
    if (local) lent.delete(local);
  };

  const send = async (body: SignalBody, id: string) => {
    await door.client.consult.signal({ call, id, body });
  };
  const asks = createOutbox(send);

  /** Told again on every word of the hub until it shows that it knows: it counts once. */
  const tellUp = () => {
    if (view?.state === "ringing" && (pairSeen || roomSeen))
      void door.client.consult.mediaUp({ call }).catch(() => undefined);
    if (seen?.phase === "returning" && pairSeen)
      void door.client.consult.room.up({ call, epoch: seen.epoch, of: "pair" }).catch(() => undefined);
  };

  const openPair = (local: MediaStream | undefined) => {
    pairSeen = false;
    line = { own: undefined, other: undefined };
    show({ line });
    const own: Peer = media.openPeer({
      polite: true,
      starts: false,
      iceServers: view?.iceServers ?? [],
      ...lend(local, (track) => own.setPicture(track)),
      send,
      onRemote: (remote) => show({ remote }),
      onLive: () => undefined,
      onAsk: parts.onAsk,
      onFirstFrame: () => {
        pairSeen = true;
        void door.client.consult.mediaUp({ call }).catch(() => undefined);
        tellUp();
      },
      onState: () => undefined,
      onBlob: (coming) => show({ blobs: (blobs = withComing(blobs, coming)) }),
      onBlobItem: (item) => show({ blobs: (blobs = withItem(blobs, item)) }),
      onStep: (whose, said) => show({ line: (line = { ...line, [whose]: said }) }),
    });
    peer = own;
    for (const signal of early.splice(0)) own.hear(signal);
    return {
      close: () => {
        own.close();
        giveBack(local);
        if (peer !== own) return;
        peer = undefined;
        show({ remote: undefined, blobs: (blobs = withoutRest(blobs)) });
        notes.kick();
      },
    };
  };

  const openSeat = (local: MediaStream | undefined) => {
    const seat = seen?.you ?? "";
    let after = 0;
    roomSeen = false;
    const own: Room = media.openRoom({
      iceServers: seen?.iceServers ?? [],
      ...lend(local, (track) => own.setPicture(track)),
      send: async (signal, id) => {
        await door.client.consult.room.signal({ call, seat, id, signal });
      },
      onParty: (party, stream) => {
        if (stream) streams.set(party, stream);
        else streams.delete(party);
        show({ parties: new Map(streams) });
      },
      onState: () => undefined,
      // Told again by the room itself until the hub has it.
      onMedia: async () => {
        roomSeen = true;
        await door.client.consult.room.up({ call, epoch: seen?.epoch ?? 0, of: "room" });
        tellUp();
      },
    });
    room = own;
    leaveSeat = door.feed(
      (client, options) => client.consult.room.signals({ call, seat, after }, options),
      ({ seq, signal }) => {
        after = seq;
        own.hear(signal);
      },
    );
    return {
      moved: () => own.moved(),
      close: () => {
        leaveSeat();
        own.close();
        giveBack(local);
        if (room === own) room = undefined;
        roomSeen = false;
        streams.clear();
        show({ parties: new Map() });
      },
    };
  };

  let shownTalk: Talk = "pair";
  const talks = createTalkSwitch({
    camera,
    openPair,
    openRoom: openSeat,
    show: (talk) => {
      shownTalk = talk;
      show({ talk });
    },
  });
  /** In a room nothing goes from page to page: the hub has it for every doctor there. */
  const toRoom = createBlobSender({
    carrier: roomCarrier(door.client.consult.blob, call),
    onItem: (item) => show({ blobs: (blobs = withItem(blobs, item)) }),
    onBusy: () => undefined,
  });

  const notes = createHubNotes({
    door,
    call,
    isHere: (note) => blobs.some(({ id, state }) => id === note && state !== "lost"),
    onComing: (coming) => show({ blobs: (blobs = withComing(blobs, coming)) }),
  });

  const follow = () => {
    if (!view || !running.includes(view.state)) return;
    const { phase, epoch, you } = seen ?? { phase: "pair", epoch: 0, you: undefined };
    talks.follow({ phase, epoch, you, pair: String(stretch) });
    tellUp();
  };

  const hear = (signal: Signal) => {
    heard = signal.seq;
    const { body } = signal;
    if (isAsk(body)) return parts.onAsk(body);
    if (peer) return peer.hear(signal);
    early.push(signal);
    if (early.length > mostEarly) early.shift();
  };

  const leave = [
    door.feed((client, options) => client.consult.signals({ call, after: heard }, options), hear),
    door.feed(
      (client, options) => client.consult.room.watch({ call }, options),
      (now) => {
        seen = now;
        show({ room: now });
        follow();
      },
    ),
  ];

  return {
    see(next) {
      const before = view;
      view = next;
      const isNew =
        !before || !running.includes(before.state) || (next.clinician && before.clinician?.id !== next.clinician.id);
      if (running.includes(next.state) && isNew) stretch += 1;
      // The hub renews them before they end.
      else if (JSON.stringify(before?.iceServers) !== JSON.stringify(next.iceServers))
        peer?.setIceServers(next.iceServers);
      follow();
      if (!before?.lineDown || next.lineDown) return;
      peer?.lineHealed();
      room?.lineHealed();
      toRoom.kick();
      asks.kick();
      tellUp();
    },
    sendLive(message) {
      if (peer) peer.sendLive(message);
      // In a room there is no channel of one's own: what turns a reading goes by the hub alone.
      else if (turnsReading(message)) asks.push({ kind: "live", message });
    },
    sendAsk: (ask) => asks.push(ask),
    hand({ id, kind, media, bytes, preview }) {
      if (shownTalk === "room" && room) {
        void toRoom.send(id, kind, media, bytes);
        return true;
      }
      if (!peer) return false;
      if (preview) peer.sendBlob(previewOf(id), "preview", media, preview);
      peer.sendBlob(id, kind, media, bytes);
      return true;
    },
    setPicture(track) {
      for (const [local, setPicture] of lent) {
        for (const old of local.getVideoTracks()) {
          local.removeTrack(old);
          old.stop();
        }
        if (track === undefined) continue;
        const own = track.clone();
        local.addTrack(own);
        setPicture(own);
      }
    },
    heard(note) {
      show({ blobs: (blobs = withHeard(blobs, note)) });
      notes.heard(note);
    },
    keepBack() {
      peer?.keepBack();
      toRoom.drop();
    },
    stillBytes: () => stillBytes(peer?.arrivalRate() ?? 0),
    mute(next) {
      muted = next;
      for (const local of lent.keys()) setVoice(local, !muted);
    },
    close() {
      for (const end of leave) end();
      leaveSeat();
      asks.close();
      toRoom.close();
      notes.close();
      talks.close();
    },
  };
}

function setVoice(stream: MediaStream, on: boolean): void {
  for (const track of stream.getAudioTracks()) track.enabled = on;
}
