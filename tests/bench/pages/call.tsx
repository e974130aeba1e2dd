/** One side of a call for `npm run bench -- call`: the product's peer, or what Chromium does by itself. */
import type { Signal, SignalBody } from "../../../core/contract/views.ts";
import { openCamera } from "../../../renderer/consult/camera.ts";
import { openPeer, type Peer } from "../../../renderer/consult/peer.ts";
import { stillBytes } from "../../../renderer/consult/still.ts";
import { warmUp } from "../../../renderer/consult/warm-up.ts";

/** `voice`: the product without a picture, which is what the line can do for a voice. */
export type Way = "product" | "defaults" | "voice";

/** Totals since the page began, and the moments at which pictures were shown (`performance.now`). */
export interface CallFacts {
  readonly frames: number;
  readonly samples: number;
  readonly concealed: number;
  readonly shown: readonly number[];
  /** From the word to start until the first picture; undefined while there is none. */
  readonly firstFrameMs: number | undefined;
  readonly width: number;
  readonly roundTripMs: number;
  readonly steps: readonly string[];
  readonly sent: readonly string[];
  /** How long each reading of the other side took to come, ms. */
  readonly readings: readonly number[];
  /** The share of each second's voice that was invented, silence and all; 1: nothing was heard. */
  readonly seconds: readonly number[];
  /** Of the still that was sent from here: its size, and how long it took; undefined while it goes. */
  readonly still: { readonly bytes: number; readonly ms: number } | undefined;
  /** Where the time to the first picture went: the first of each turn, in its order. */
  readonly marks: readonly string[];
}

declare global {
  interface Window {
    readonly say: (body: SignalBody) => Promise<void>;
    readonly side: typeof side;
  }
}

const made: RTCPeerConnection[] = [];
const marks: string[] = [];
const mark = (what: string) => {
  if (firstFrameMs === undefined && beganAt > 0) marks.push(`${(performance.now() - beganAt).toFixed(0)} ${what}`);
};
// Only this bench looks into the product's own connections.
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    made.push(this);
    mark("connection made");
    this.addEventListener("signalingstatechange", () => mark(this.signalingState));
    this.addEventListener("connectionstatechange", () => mark(this.connectionState));
    this.addEventListener("track", ({ track }) => {
      track.addEventListener("unmute", () => mark(`${track.kind} comes`));
    });
  }
  override createDataChannel(...given: Parameters<RTCPeerConnection["createDataChannel"]>): RTCDataChannel {
    const channel = super.createDataChannel(...given);
    channel.addEventListener("open", () => mark("channel open"));
    return channel;
  }
};

const shown: number[] = [];
const steps: string[] = [];
let beganAt = 0;
let firstFrameMs: number | undefined;
let hearSignal: (body: SignalBody) => void = () => undefined;
let stream: MediaStream;
const readings: number[] = [];
const seconds: number[] = [];
let still: CallFacts["still"];
let product: Peer | undefined;
let closePeer: () => void = () => undefined;

const video = document.createElement("video");
video.autoplay = true;
document.body.append(video);
const watch = () => {
  video.requestVideoFrameCallback(() => {
    const now = performance.now();
    mark("first picture");
    firstFrameMs ??= now - beganAt;
    shown.push(now);
    watch();
  });
};
watch();

function show(remote: MediaStream): void {
  if (video.srcObject !== remote) video.srcObject = remote;
  void video.play();
}

function openProduct(way: Way, starts: boolean): void {
  let seq = 0;
  const peer = openPeer({
    polite: !starts,
    starts,
    iceServers: [],
    local: stream,
    // The desk says it into its talk and goes on; the kiosk's page waits until its station has it.
    send: starts ? async (body) => void window.say(body) : (body) => window.say(body),
    onRemote: show,
    onLive: ({ at }) => void readings.push(Date.now() - Date.parse(at)),
    onBlobItem: ({ head, state }) => {
      if (state === "sent") still = { bytes: head.bytes, ms: performance.now() - stillAt };
    },
    onFirstFrame: () => undefined,
    onState: () => undefined,
    onStep: (whose, { step, why, capacity }) =>
      void steps.push(
        `${((performance.now() - beganAt) / 1_000).toFixed(2)}s ${whose} ${step} (${why}${capacity === undefined ? "" : ` ${Math.round(capacity / 1_000)}k`})`,
      ),
  });
  product = peer;
  if (way === "voice") peer.limit("voice");
  closePeer = () => peer.close();
  hearSignal = (body) => peer.hear({ seq: (seq += 1), body } satisfies Signal);
}

/** A bare pair: tracks, an offer, an answer, candidates. */
function openDefaults(starts: boolean): void {
  const peer = new RTCPeerConnection();
  closePeer = () => peer.close();
  const remote = new MediaStream();
  const early: RTCIceCandidateInit[] = [];
  peer.addEventListener("icecandidate", ({ candidate }) => {
    if (!candidate) return;
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    void window.say({ kind: "candidate", candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment });
  });
  peer.addEventListener("track", ({ track }) => {
    remote.addTrack(track);
    show(remote);
  });
  const describe = async () => {
    await peer.setLocalDescription();
    const { type, sdp } = peer.localDescription ?? { type: "offer", sdp: "" };
    await window.say({ kind: "description", type, sdp });
  };
  const addTracks = () => {
    for (const track of stream.getTracks()) peer.addTrack(track, stream);
  };
  hearSignal = (body) =>
    void (async () => {
      if (body.kind === "candidate") {
        if (peer.remoteDescription) await peer.addIceCandidate(body);
        else early.push(body);
      }
      if (body.kind !== "description") return;
      await peer.setRemoteDescription({ type: body.type, sdp: body.sdp });
      for (const candidate of early.splice(0)) await peer.addIceCandidate(candidate);
      if (body.type !== "offer") return;
      addTracks();
      await describe();
    })();
  if (!starts) return;
  addTracks();
  void describe();
}

let stillAt = 0;
/** Every so often a reading as a cuff sends them, and a look at each second's voice. */
const every = { reading: 2_000, look: 1_000 };

function sendReading(): void {
  const value = 100 + (performance.now() % 50);
  product?.sendLive({
    kind: "measure",
    measurement: "01890000-0000-7000-8000-000000000000",
    of: "bloodPressure",
    at: new Date().toISOString(),
    event: { kind: "progress", readings: [{ quantity: "bp.cuff", value, unit: "mm[Hg]" }] },
  });
}

let before = { samples: 0, concealed: 0 };
async function lookAtVoice(): Promise<void> {
  for (const peer of made) {
    if (peer.connectionState === "closed") continue;
    (await peer.getStats()).forEach(
      (row: Record<string, number> & { readonly type: string; readonly kind: string }) => {
        if (row.type !== "inbound-rtp" || row.kind !== "audio") return;
        const now = { samples: row["totalSamplesReceived"] ?? 0, concealed: row["concealedSamples"] ?? 0 };
        const all = now.samples - before.samples;
        seconds.push(all <= 0 ? 1 : (now.concealed - before.concealed) / all);
        before = now;
      },
    );
  }
}

const side = {
  /** From now on readings go, and each second's voice is looked at. */
  watchVisit(sends: boolean): void {
    seconds.splice(0);
    readings.splice(0);
    setInterval(() => void lookAtVoice(), every.look);
    if (sends) setInterval(sendReading, every.reading);
  },
  /** A still as big as the line brings in time: noise, which no line makes smaller. */
  sendStill(): void {
    const bytes = new Uint8Array(stillBytes(product?.arrivalRate() ?? 0));
    for (let at = 0; at < bytes.length; at += 60_000) crypto.getRandomValues(bytes.subarray(at, at + 60_000));
    stillAt = performance.now();
    product?.sendBlob("still", "still", "image/jpeg", bytes);
  },
  /** As the product's pages do, which load what a call needs and warm up while the camera opens. */
  async camera(way: Way): Promise<void> {
    if (way !== "defaults") warmUp();
    const camera = await openCamera();
    if (!camera.ok) throw new Error("no camera");
    stream = camera.stream;
  },
  begin(way: Way, starts: boolean): void {
    beganAt = performance.now();
    if (way === "defaults") openDefaults(starts);
    else openProduct(way, starts);
  },
  hear: (body: SignalBody) => hearSignal(body),
  async facts(): Promise<CallFacts> {
    let facts = { frames: 0, samples: 0, concealed: 0, width: 0, roundTripMs: 0 };
    const sent: string[] = [];
    for (const peer of made) {
      if (peer.connectionState === "closed") continue;
      (await peer.getStats()).forEach(
        (row: Record<string, number> & { readonly type: string; readonly kind: string }) => {
          const of = (name: string) => row[name] ?? 0;
          if (row.type === "outbound-rtp")
            sent.push(
              `${row.kind} ${of("packetsSent")} packets ${of("bytesSent") + of("headerBytesSent")} bytes, target ${of("targetBitrate")}, ${of("frameWidth")} wide, ${of("framesEncoded")} pictures, again ${of("retransmittedPacketsSent")}`,
            );
          if (row.type === "candidate-pair" && row["nominated"] && of("availableOutgoingBitrate") > 0) {
            sent.push(`available ${of("availableOutgoingBitrate")}`);
            facts = { ...facts, roundTripMs: of("currentRoundTripTime") * 1_000 };
          }
          if (row.type === "inbound-rtp" && row.kind === "video")
            facts = { ...facts, frames: facts.frames + of("framesDecoded"), width: of("frameWidth") };
          if (row.type === "inbound-rtp" && row.kind === "audio") {
            sent.push(
              `hears: lost ${of("packetsLost")} of ${of("packetsReceived")}, nacks ${of("nackCount")}, again ${of("retransmittedPacketsReceived")}, fec ${of("fecPacketsReceived")}, buffer ${(of("jitterBufferDelay") / of("jitterBufferEmittedCount")).toFixed(3)} s`,
            );
            facts = {
              ...facts,
              samples: facts.samples + of("totalSamplesReceived"),
              concealed: facts.concealed + of("concealedSamples") - of("silentConcealedSamples"),
            };
          }
        },
      );
    }
    return { ...facts, shown: [...shown], firstFrameMs, steps, sent, marks, readings, seconds, still };
  },
  end(): void {
    closePeer();
    for (const track of stream.getTracks()) track.stop();
  },
};

Object.assign(window, { side });
