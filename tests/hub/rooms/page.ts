import type { FromRoom, ToRoom } from "../../../core/contract/room-signals.ts";
import { openCamera } from "../../../renderer/consult/camera.ts";
import type { PeerState } from "../../../renderer/consult/peer.ts";
import { openRoom, type Room } from "../../../renderer/consult/room.ts";
import type { PartyArrived } from "../../../renderer/consult/room-stats.ts";

/** One party of a room in a page of its own: the product's client, wired to the test instead of a hub. */
declare global {
  interface Window {
    readonly toHub: (signal: ToRoom) => Promise<boolean>;
    readonly onMedia: () => Promise<void>;
    readonly party: typeof party;
  }
}

let room: Room | undefined;
let camera: MediaStream | undefined;
const states: PeerState[] = [];
const players = new Map<string, HTMLVideoElement>();

function show(participant: string, stream: MediaStream | undefined): void {
  players.get(participant)?.remove();
  players.delete(participant);
  if (!stream) return;
  const video = document.createElement("video");
  video.autoplay = true;
  video.srcObject = stream;
  document.body.append(video);
  players.set(participant, video);
}

const party = {
  open: async (sends: boolean): Promise<void> => {
    if (sends && !camera) {
      const opened = await openCamera();
      if (!opened.ok) throw new Error(opened.code);
      camera = opened.stream;
    }
    room = openRoom({
      iceServers: [],
      ...(camera ? { local: camera.clone() } : {}),
      send: async (signal) => {
        if (!(await window.toHub(signal))) throw new Error("refused");
      },
      onParty: show,
      onState: (state) => states.push(state),
      onMedia: () => window.onMedia(),
    });
  },
  hear: (signal: FromRoom): void => room?.hear(signal),
  moved: (): void => room?.moved(),
  lineHealed: (): void => room?.lineHealed(),
  states: (): readonly PeerState[] => states,
  /** Who is shown. */
  shown: (): readonly string[] => [...players.keys()].sort(),
  arrived: async (): Promise<Readonly<Record<string, PartyArrived>>> =>
    Object.fromEntries((await room?.arrived()) ?? new Map<string, PartyArrived>()),
  sent: async (): Promise<number> => (await room?.sent()) ?? 0,
  close: (): void => room?.close(),
  cameraLives: (): boolean => camera?.getTracks().every((track) => track.readyState === "live") ?? false,
};

Object.assign(window, { party });
