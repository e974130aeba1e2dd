import type { CallView } from "../../core/contract/hub-calls.ts";
import type { RoomView } from "../../core/contract/hub-rooms.ts";
import type { LiveMessage } from "../../core/contract/live.ts";
import type { AskSignal, Signal } from "../../core/contract/views.ts";
import { isAsk } from "../../core/domain/asking.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import { sendsMedia } from "../../core/domain/rooms.ts";
import type { openCamera } from "../consult/camera.ts";
import type { BlobComing } from "../consult/blob-pieces.ts";
import type { BlobItem } from "../consult/blob-sender.ts";
import type { LineSaid } from "../consult/line-words.ts";
import type { openPeer, Peer, PeerState } from "../consult/peer.ts";
import type { openRoom, Room } from "../consult/room.ts";
import { createTalkSwitch, type Talk, type TalkSwitch } from "../consult/room-switch.ts";
import { watchLine, type HubDoor } from "./hub.ts";
import { openDeskTalk } from "./talk.ts";

/** The part of `renderer/consult` that a call needs; loaded when the first call is made. */
export interface ConsultKit {
  readonly openCamera: typeof openCamera;
  readonly openPeer: typeof openPeer;
  readonly openRoom: typeof openRoom;
}

/** What the media of a call show. */
export interface RoundShown {
  /** `off`: no media, because nobody is connected or someone hung up. */
  readonly media: "off" | "camera" | PeerState;
  /** Set when the doctor has no camera or microphone; the call goes on without. */
  readonly cameraFault: FaultCode | undefined;
  readonly local: MediaStream | null;
  /** The other side of the direct talk. */
  readonly remote: MediaStream | null;
  readonly muted: boolean;
  /** What each side sends now, for words. */
  readonly line: LineSaid;
  /** Which talk is seen and heard. */
  readonly talk: Talk;
  readonly room: RoomView | undefined;
  /** What comes from each seat of the room. */
  readonly parties: ReadonlyMap<string, MediaStream>;
}

export interface RoundParts {
  readonly door: HubDoor;
  readonly call: string;
  readonly loadKit: () => Promise<ConsultKit>;
  readonly first: CallView;
  readonly show: (change: Partial<RoundShown>) => void;
  readonly onLive: (message: LiveMessage) => void;
  readonly onAsk: (ask: AskSignal) => void;
  /** A picture or a voice note over the direct talk: what comes, and what goes. */
  readonly onBlob: (coming: BlobComing) => void;
  readonly onBlobItem: (item: BlobItem) => void;
  readonly onStep: (whose: "own" | "other", said: NonNullable<LineSaid["own"]>) => void;
}

/** The media of one stretch of a call, from its acceptance to its hanging up: a talk of two, a room, and the moves between. */
export interface Round {
  /** The newest word of the hub about the call. */
  follow(view: CallView): void;
  setIceServers(fresh: CallView["iceServers"]): void;
  ask(ask: AskSignal): void;
  /** A voice note over the direct talk; false where there is none. */
  leaveNote(id: string, type: string, bytes: Uint8Array<ArrayBuffer>): boolean;
  mute(muted: boolean): void;
  close(): void;
}

/** The direct talk is the station's and the owner's, or that of the first two colleagues; the others wait for the room. */
function inPair({ clinician, you, participants }: CallView): boolean {
  if (clinician === undefined || clinician.id === you) return true;
  if (participants.some(({ kind }) => kind === "station")) return false;
  return (
    participants.find(({ id, state }) => id !== clinician.id && (state === "here" || state === "away"))?.id === you
  );
}

/** The owner begins: a station's page and a colleague's wait for the first offer. */
const starts = ({ clinician, you }: CallView): boolean => clinician === undefined || clinician.id === you;

const roleIn = ({ participants, you }: CallView) => participants.find(({ id }) => id === you)?.role;

/** Signals that may come before their talk is open. */
const mostEarly = 64;

export function openRound(parts: RoundParts): Round {
  const { door, call, show } = parts;
  let view = parts.first;
  let peer: Peer | undefined;
  let room: Room | undefined;
  let talks: TalkSwitch | undefined;
  let seen: RoomView | undefined;
  let camera: MediaStream | undefined;
  let over = false;
  let muted = false;
  /** Media of the direct talk came. */
  let pairSeen = false;
  /** Media of the room came. */
  let roomSeen = false;
  const streams = new Map<string, MediaStream>();
  const locals = new Set<MediaStream>();
  const leave: (() => void)[] = [watchLine(door)];
  let leaveSeat: () => void = () => undefined;
  /** Of the next direct talk, heard while none was open. */
  const early: Signal[] = [];

  const isOver = () => over;
  /** Told again on every new line and view until the hub shows that it knows: it counts once. */
  const tellUp = () => {
    // A new owner in the room begins a new round, and nobody's media begins anew.
    if (pairSeen || (roomSeen && view.state === "ringing"))
      void door.client.call.mediaUp({ call }).catch(() => undefined);
    const { epoch = 0, phase } = seen ?? {};
    if (phase === "returning" && pairSeen) void door.client.room.up({ call, epoch, of: "pair" }).catch(() => undefined);
  };
  const voices = (on: boolean) => {
    for (const stream of locals) for (const track of stream.getAudioTracks()) track.enabled = on;
  };
  const lend = (stream: MediaStream | undefined) => {
    if (stream) locals.add(stream);
    if (muted) voices(false);
    return stream ? { local: stream } : {};
  };

  const said = openDeskTalk({
    door,
    call,
    ticket: view.ticket,
    talks: roleIn(view) !== "family",
    hear: (signal) => hear(signal),
  });

  const openPair = (kit: ConsultKit, local: MediaStream | undefined) => {
    pairSeen = false;
    delete states.pair;
    if (!inPair(view)) return { close: () => local?.getTracks().forEach((track) => track.stop()) };
    states.pair = "connecting";
    const isStarting = starts(view);
    const own = kit.openPeer({
      polite: !isStarting,
      starts: isStarting,
      iceServers: view.iceServers,
      ...lend(local),
      send: async (body) => said.say(body),
      onRemote: (remote) => show({ remote }),
      onLive: parts.onLive,
      onBlob: parts.onBlob,
      onBlobItem: parts.onBlobItem,
      onFirstFrame: () => {
        pairSeen = true;
        tellUp();
      },
      onState: (media) => {
        if (own === peer) stands("pair", media);
      },
      onStep: parts.onStep,
    });
    peer = own;
    for (const signal of early.splice(0)) own.hear(signal);
    return {
      close: () => {
        own.close();
        if (peer === own) peer = undefined;
        if (local) locals.delete(local);
        show({ remote: null });
      },
    };
  };

  const openSeat = (kit: ConsultKit, local: MediaStream | undefined) => {
    const seat = seen?.you ?? "";
    states.room = "connecting";
    let after = 0;
    const own = kit.openRoom({
      iceServers: seen?.iceServers ?? [],
      ...lend(local),
      send: async (signal, id) => {
        await door.client.room.signal({ call, ticket: await said.ticket(), seat, id, signal });
      },
      onParty: (party, stream) => {
        if (stream) streams.set(party, stream);
        else streams.delete(party);
        show({ parties: new Map(streams) });
      },
      onState: (media) => {
        if (own === room) stands("room", media);
      },
      // Told again by the room itself until the hub has it.
      onMedia: async () => {
        roomSeen = true;
        tellUp();
        await door.client.room.up({ call, epoch: seen?.epoch ?? 0, of: "room" });
      },
    });
    room = own;
    leaveSeat();
    leaveSeat = door.feed(
      (client, options) => client.room.signals({ call, seat, after }, options),
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
        roomSeen = false;
        if (room === own) room = undefined;
        if (local) locals.delete(local);
        streams.clear();
        show({ parties: new Map() });
      },
    };
  };

  let talk: Talk = "pair";
  /** How each talk is, also while the other one is shown: what runs before it is shown does not say so again. */
  const states: Partial<Record<Talk, PeerState>> = {};
  const stands = (which: Talk, media: PeerState) => {
    if (media === "closed") return;
    states[which] = media;
    if (talk === which) show({ media });
  };

  const follow = () => {
    if (over || !talks) return;
    const { phase, epoch, you } = seen ?? { phase: "pair", epoch: 0, you: undefined };
    // A call between colleagues begins when somebody took it; who is not of the direct talk waits for the room's first word.
    const others = view.participants.filter(({ id, state }) => id !== view.you && state === "here");
    if (!seen && (!inPair(view) || (view.mode === "doctors" && others.length === 0))) return;
    talks.follow({ phase, epoch, you });
    tellUp();
  };

  const hear = (signal: Signal) => {
    const { body } = signal;
    if (isAsk(body)) return parts.onAsk(body);
    // In a room there is no direct channel: what turns a reading comes through the hub alone.
    if (body.kind === "live" && !peer) return parts.onLive(body.message);
    if (peer) return peer.hear(signal);
    early.push(signal);
    if (early.length > mostEarly) early.shift();
  };

  const start = async () => {
    show({ media: "camera" });
    const kit = await parts.loadKit();
    // Who only watches sends nothing, and shows no lamp.
    const role = roleIn(view);
    const opened = role === undefined || sendsMedia(role) ? await kit.openCamera() : undefined;
    camera = opened?.ok === true ? opened.stream : undefined;
    if (camera) locals.add(camera);
    if (isOver()) return letGo();
    show({ media: "connecting", local: camera ?? null, cameraFault: opened?.ok === false ? opened.code : undefined });
    talks = createTalkSwitch({
      camera,
      openPair: (local) => openPair(kit, local),
      openRoom: (local) => openSeat(kit, local),
      show: (next) => {
        talk = next;
        const media = states[talk];
        show({ talk, ...(media === undefined ? {} : { media }) });
      },
    });
    leave.push(
      door.feed(
        (client, options) => client.room.watch({ call }, options),
        (now) => {
          seen = now;
          show({ room: now });
          follow();
        },
      ),
    );
    said.follow(view.round);
    follow();
    leave.push(
      door.onState((state) => {
        if (state !== "open") return;
        peer?.lineHealed();
        room?.lineHealed();
        tellUp();
      }),
    );
  };
  /** Also where no talk came to be that would do it. */
  const letGo = () => {
    for (const stream of locals) for (const track of stream.getTracks()) track.stop();
  };
  void start();

  return {
    follow(next) {
      view = next;
      // Before anything is said to a new owner or by one.
      if (talks) said.follow(next.round);
      follow();
    },
    setIceServers: (fresh) => peer?.setIceServers(fresh),
    ask: (ask) => said.say(ask),
    leaveNote(id, type, bytes) {
      peer?.sendBlob(id, "voiceNote", type, bytes);
      return peer !== undefined;
    },
    mute(next) {
      muted = next;
      voices(!next);
      show({ muted });
    },
    close() {
      over = true;
      for (const end of leave) end();
      leaveSeat();
      said.close();
      talks?.close();
      letGo();
    },
  };
}
