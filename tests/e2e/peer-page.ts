import type { LiveMessage } from "../../core/contract/live.ts";
import type { Signal, SignalBody } from "../../core/contract/views.ts";
import { openCamera } from "../../renderer/consult/camera.ts";
import { openPeer, type Peer, type PeerState, type RTCIceServerLike } from "../../renderer/consult/peer.ts";
import { takeStill } from "../../renderer/consult/still.ts";
import { recordVoice } from "../../renderer/consult/voice-note.ts";

/** One page with both sides of a call and a line between them that can be cut: what the hub does, without the hub. */
interface Side {
  peer: Peer;
  stream: MediaStream | undefined;
  readonly video: HTMLVideoElement;
  readonly live: LiveMessage[];
  readonly states: PeerState[];
  readonly sent: SignalBody["kind"][];
  remote: MediaStream | undefined;
  firstFrames: number;
}
type Name = "desk" | "station";

/** Where the other side is not on this page. */
let outside: ((signal: Signal) => void) | undefined;
const sides: Partial<Record<Name, Side>> = {};
const kept: Record<Name, Signal[]> = { desk: [], station: [] };
let cut = false;
let refused = 0;

const other = (name: Name): Name => (name === "desk" ? "station" : "desk");

async function open(name: Name, withCamera = true, iceServers: readonly RTCIceServerLike[] = []): Promise<void> {
  const camera = withCamera ? await openCamera() : undefined;
  const stream = camera?.ok ? camera.stream : undefined;
  const video = document.createElement("video");
  video.autoplay = true;
  document.body.append(video);
  const side: Omit<Side, "peer"> = { stream, video, live: [], states: [], sent: [], remote: undefined, firstFrames: 0 };
  const peer = openPeer({
    polite: name === "station",
    starts: name === "desk",
    iceServers,
    ...(stream ? { local: stream } : {}),
    send: async (body) => {
      if (cut) {
        refused += 1;
        throw new Error("the line is cut");
      }
      (side as Side).sent.push(body.kind);
      const signal = { seq: kept[name].length + 1, body };
      kept[name].push(signal);
      if (sides[other(name)]) queueMicrotask(() => sides[other(name)]?.peer.hear(signal));
      else outside?.(signal);
    },
    onRemote: (remote) => {
      (side as Side).remote = remote;
      video.srcObject = remote;
      void video.play();
    },
    onLive: (message) => void side.live.push(message),
    onFirstFrame: () => {
      (side as Side).firstFrames += 1;
    },
    onState: (state) => void side.states.push(state),
  });
  sides[name] = Object.assign(side, { peer });
  // A feed starts with everything kept: a page that opens late, or again, hears it all.
  for (const signal of kept[other(name)]) peer.hear(signal);
}

const side = (name: Name): Side => {
  const found = sides[name];
  if (!found) throw new Error(`${name} is not open`);
  return found;
};

export const rig = {
  open,
  /** The other side is elsewhere: what this one says is given out, and `hear` brings what it is told. */
  connect: (give: (signal: Signal) => void) => void (outside = give),
  hear: (name: Name, signal: Signal) => {
    kept[other(name)].push(signal);
    sides[name]?.peer.hear(signal);
  },
  cutLine: () => void (cut = true),
  healLine: () => {
    cut = false;
    for (const name of ["desk", "station"] as const) sides[name]?.peer.lineHealed();
  },
  refused: () => refused,
  /** Texts, so that what fits no schema can be sent, too. */
  sendLive: (name: Name, text: string) => side(name).peer.sendLive(JSON.parse(text) as LiveMessage),
  live: (name: Name) => side(name).live.map((message) => JSON.stringify(message)),
  frames: (name: Name) => side(name).video.getVideoPlaybackQuality().totalVideoFrames,
  facts: (name: Name) => {
    const { firstFrames, states, sent, remote, stream } = side(name);
    return {
      firstFrames,
      states,
      offers: sent.filter((kind) => kind === "description").length,
      restarts: sent.filter((kind) => kind === "restart").length,
      remoteKinds:
        remote
          ?.getTracks()
          .map((track) => track.kind)
          .sort() ?? [],
      ownTracks: stream?.getTracks().map((track) => track.readyState) ?? [],
      remoteTracks: remote?.getTracks().map((track) => track.readyState) ?? [],
    };
  },
  setIceServers: (name: Name, iceServers: readonly RTCIceServerLike[]) => side(name).peer.setIceServers(iceServers),
  close: (name: Name) => side(name).peer.close(),
  still: async () => {
    const taken = await takeStill();
    if (!taken.ok) return taken.code;
    const { width, height, full, preview } = taken.still;
    return { pixels: width * height, full: full.length, preview: preview.length };
  },
  /** Records the side's own voice until some of it can be there. */
  note: async (name: Name, ms: number) => {
    const own = side(name).stream;
    const recording = own && recordVoice(own, () => undefined);
    await new Promise((passed) => setTimeout(passed, ms));
    const note = await recording?.stop();
    return note && { type: note.type, bytes: note.bytes.length, ms: note.ms };
  },
  /** The page of this side is gone without a word, and a new one takes its place. */
  reload: async (name: Name) => {
    side(name).peer.close();
    side(name).video.remove();
    await open(name);
  },
};
export type Rig = typeof rig;

Object.assign(window, { rig });
