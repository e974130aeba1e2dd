import { afterEach } from "vitest";
import type { LiveMessage } from "../../core/contract/live.ts";
import type { AskSignal } from "../../core/contract/views.ts";
import type { BlobHead } from "../../renderer/consult/blob-pieces.ts";
import type { OfferedKind } from "../../core/domain/outcome.ts";
import { stepsOf } from "../../core/machine/steps.ts";
import type { GlucoseContext } from "../../core/rules/glucose.ts";
import type { Peer, PeerOptions } from "../../renderer/consult/peer.ts";
import type { Room, RoomOptions } from "../../renderer/consult/room.ts";
import type { ConsultKit } from "../../renderer/kiosk/call.ts";
import { openTalks } from "../../renderer/kiosk/talks.ts";
import { createEngine, type Engine, type Shown } from "../../renderer/kiosk/engine.ts";
import { fakeStation } from "./fake-station.ts";
import type { FakeOptions } from "./fake-world.ts";

/** The engine over a fake host: the real machine, the real contract, a real message port. */
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

export function openKiosk(options: FakeOptions = {}) {
  const station = fakeStation({ paceMs: 1, restSeconds: 0, ...options });
  const consult = fakeKit();
  const door = station.door();
  const engine = createEngine({ door, loadKit: async () => consult.kit });
  opened.push(() => {
    engine.close();
    door.close();
    station.cut();
  });
  return { station, engine, consult };
}

const headOf = (id: string, kind: BlobHead["kind"], type: string): BlobHead => ({
  id,
  kind,
  type,
  bytes: 1,
  pieceBytes: 1,
  sha256: "",
});

function fakeKit() {
  const seen = {
    live: [] as LiveMessage[],
    hearAsk: (_ask: AskSignal): void => undefined,
    peers: 0,
    closedPeers: 0,
    closedCameras: 0,
    offers: [] as unknown[],
    /** Camera tracks put in place of another in the direct talk. */
    pictures: 0,
    /** How often the direct talk was told to keep back what has not gone yet. */
    keptBack: 0,
    /** The same in the room. */
    roomPictures: 0,
    stillBytes: undefined as number | undefined,
    /** Pictures and voice notes handed to the direct talk. */
    blobs: [] as { id: string; kind: string; type: string; bytes: number }[],
    /** What the room was told, in order. */
    rooms: [] as ("opened" | "moved" | "closed")[],
    /** Somebody of the room is heard. */
    roomHeard: async (): Promise<void> => undefined,
    /** Of the direct talk. */
    pairHeard: (): void => undefined,
  };
  const stream = {} as MediaStream;
  Object.assign(stream, {
    // Another one each time: what is lent to one talk is not what is lent to the next.
    clone: () => Object.assign({}, stream),
    getTracks: () => [],
    getAudioTracks: () => [],
    getVideoTracks: () => [],
    addTrack: () => undefined,
  });
  const openPeer = (options: PeerOptions): Peer => {
    seen.peers++;
    seen.pairHeard = options.onFirstFrame;
    seen.hearAsk = (ask) => options.onAsk?.(ask);
    seen.offers.push({ polite: options.polite, starts: options.starts, local: options.local !== undefined });
    return {
      hear: () => undefined,
      sendLive: (message) => void seen.live.push(message),
      sendAsk: () => undefined,
      lineHealed: () => undefined,
      setIceServers: () => undefined,
      limit: () => undefined,
      sendBlob: (id, kind, type, bytes) => {
        seen.blobs.push({ id, kind, type, bytes: bytes.length });
        options.onBlobItem?.({ head: headOf(id, kind, type), state: "sending", done: 1, of: 2 });
      },
      keepBack: () => void (seen.keptBack += 1),
      arrivalRate: () => 20_000,
      setPicture: () => void (seen.pictures += 1),
      close: () => {
        seen.closedPeers += 1;
      },
      badLive: 0,
    };
  };
  const openRoom = ({ onMedia }: RoomOptions): Room => {
    seen.rooms.push("opened");
    seen.roomHeard = onMedia;
    return {
      hear: () => undefined,
      lineHealed: () => undefined,
      moved: () => void seen.rooms.push("moved"),
      setPicture: () => void (seen.roomPictures += 1),
      arrived: async () => new Map(),
      sent: async () => 0,
      close: () => void seen.rooms.push("closed"),
    };
  };
  const kit: ConsultKit = {
    openCamera: async () => ({ ok: true, stream }),
    closeCamera: () => {
      seen.closedCameras += 1;
    },
    openMicrophone: async () => ({ ok: true, stream }),
    recordVoice: () => undefined,
    openPicture: async () => ({ getVideoTracks: () => [{ clone: () => ({}), stop: () => undefined }] }) as never,
    takeStill: async (most) => {
      seen.stillBytes = most;
      return { ok: false, code: "consult.camera" };
    },
    openTalks: (parts) => openTalks({ openPeer, openRoom }, parts),
  };
  return { kit, seen, stream };
}

export function until(engine: Engine, holds: (shown: Shown) => boolean): Promise<Shown> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds(engine.shown())) return;
      leave();
      resolve(engine.shown());
    };
    const leave = engine.subscribe(look);
    look();
  });
}

export const at = (engine: Engine, name: Shown["screen"]["at"]) => until(engine, ({ screen }) => screen.at === name);

export async function ready(options: FakeOptions = {}) {
  const kiosk = openKiosk(options);
  await until(kiosk.engine, ({ station }) => station !== undefined);
  return kiosk;
}

/** To the choice of checks, as a guest who has no symptoms. */
export async function openVisit(engine: Engine): Promise<void> {
  await until(engine, ({ station }) => station !== undefined);
  engine.send({ kind: "start" }, { kind: "guest" });
  await until(engine, ({ visit }) => visit !== undefined);
  // Past what the station offers first.
  engine.send({ kind: "no" }, { kind: "home" });
}

/** Nothing is wrong: boards that have waited are answered with "none". */
export function answerBoards(engine: Engine): void {
  for (let { screen } = engine.shown(); screen.at === "owed"; { screen } = engine.shown()) engine.send({ kind: "no" });
}

/** Through everything that is asked before a measurement, to its start. */
export function measure(engine: Engine, check: OfferedKind, meal?: GlucoseContext): void {
  engine.send({ kind: "pick", check });
  answerBoards(engine);
  for (const step of stepsOf[check]) {
    engine.send(
      step.kind === "ask"
        ? { kind: "yes" }
        : step.kind === "cuff"
          ? { kind: "answers", answers: { cuff: "standard" } }
          : step.kind === "meal" || step.kind === "fasting"
            ? { kind: "meal", meal: meal ?? "fasting" }
            : { kind: "next" },
    );
    answerBoards(engine);
  }
}
