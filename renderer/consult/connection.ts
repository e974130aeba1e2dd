import "webrtc-adapter";
import { blobChannel, lineChannel, liveChannel } from "../../core/contract/live.ts";
import { linkTotals, type LinkTotals } from "./link-stats.ts";
import type { MediaSignal } from "./negotiation.ts";
import { createNegotiation } from "./negotiation.ts";
import { withSending, type VoicePlan } from "./sdp.ts";
import type { SendPlan } from "./send-plan.ts";
import { createSending, preferRed } from "./sending.ts";

/** One RTCPeerConnection with its tracks, its live channel and its negotiation. A new generation is a new one of these. */
export interface Connection {
  hear(signal: MediaSignal): Promise<void>;
  restartIce(): void;
  /** False when the channel is not open or the line is full. */
  sendLive(text: string): boolean;
  totals(): Promise<LinkTotals>;
  /** On the line channel: what is lost is not sent again, and nothing is kept. */
  sendLine(data: string | Uint8Array<ArrayBuffer>): void;
  /** On the blob channel. False where it is not open. */
  sendBlob(data: string | Uint8Array<ArrayBuffer>): boolean;
  /** Bytes handed to the blob channel that have not left. */
  blobsWaiting(): number;
  /** What is sent from now on. Until the first plan voice goes and no picture. */
  apply(plan: SendPlan): void;
  /** Another camera track in place of the one that goes. */
  setPicture(track: MediaStreamTrack): void;
  /** How long what is heard may wait, at least; 0: as the browser likes. */
  buffer(ms: number): void;
  /** Taken up by the next ICE restart. */
  setIceServers(iceServers: readonly RTCIceServer[]): void;
  readonly remote: MediaStream;
  readonly dropped: number;
  /** Ends the connection and what it received; tracks of our own stay. */
  close(): void;
}

/** More than this waiting on the channel means the line is full: live values are then dropped, not queued. */
const fullBytes = 32_000;

export function openConnection(parts: {
  readonly polite: boolean;
  readonly starts: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly local: MediaStream | undefined;
  readonly send: (body: MediaSignal) => void;
  readonly onRemote: (stream: MediaStream) => void;
  /** The first packets of a track have come. */
  readonly onMedia: () => void;
  readonly onLive: (text: unknown) => void;
  readonly onLiveOpen: () => void;
  readonly onLine: (data: unknown) => void;
  readonly onLineOpen: () => void;
  readonly onBlob: (data: unknown) => void;
  readonly onBlobOpen: () => void;
  readonly trusts: (sdp: string) => boolean;
  readonly onState: (state: RTCPeerConnectionState) => void;
}): Connection {
  const { local } = parts;
  const peer = new RTCPeerConnection({
    iceServers: [...parts.iceServers],
    bundlePolicy: "max-bundle",
    rtcpMuxPolicy: "require",
  });
  const channel = peer.createDataChannel(liveChannel.label, { negotiated: true, id: liveChannel.id, ordered: true });
  const line = peer.createDataChannel(lineChannel.label, {
    negotiated: true,
    id: lineChannel.id,
    ordered: false,
    maxRetransmits: 0,
  });
  line.binaryType = "arraybuffer";
  const blobs = peer.createDataChannel(blobChannel.label, { negotiated: true, id: blobChannel.id, ordered: true });
  blobs.binaryType = "arraybuffer";
  const sending = createSending(peer);
  let voice: VoicePlan | undefined;
  const remote = new MediaStream();
  const heard = new AbortController();
  const on = { signal: heard.signal };

  const negotiation = createNegotiation({
    peer,
    polite: parts.polite,
    starts: parts.starts,
    send: parts.send,
    firstOffer: () => {
      for (const track of local?.getTracks() ?? []) peer.addTrack(track, ...(local ? [local] : []));
      for (const each of peer.getTransceivers()) if (each.receiver.track.kind === "audio") preferRed(each);
      sending.again();
    },
    edit: (sdp) => withSending(sdp, voice),
    trusts: parts.trusts,
    settled: () => sending.again(),
  });

  peer.addEventListener("negotiationneeded", () => void negotiation.offer(), on);
  peer.addEventListener(
    "icecandidate",
    ({ candidate }) => {
      if (!candidate) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      parts.send({ kind: "candidate", candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment });
    },
    on,
  );
  peer.addEventListener(
    "track",
    ({ track }) => {
      remote.addTrack(track);
      track.addEventListener("unmute", parts.onMedia, on);
      parts.onRemote(remote);
    },
    on,
  );
  // `connectionState`, never `iceConnectionState`: the latter was seen to stay `disconnected` for good (realtime.md §4.4).
  peer.addEventListener("connectionstatechange", () => parts.onState(peer.connectionState), on);
  channel.addEventListener("open", parts.onLiveOpen, on);
  channel.addEventListener("message", ({ data }) => parts.onLive(data), on);
  line.addEventListener("open", parts.onLineOpen, on);
  line.addEventListener("message", ({ data }) => parts.onLine(data), on);
  blobs.addEventListener("open", parts.onBlobOpen, on);
  blobs.addEventListener("message", ({ data }) => parts.onBlob(data), on);

  if (parts.starts) {
    for (const kind of ["audio", "video"] as const) {
      const track = local?.getTracks().find((candidate) => candidate.kind === kind);
      // Without a track of our own the other side's is still received.
      const transceiver =
        track && local
          ? peer.addTransceiver(track, {
              direction: "sendrecv",
              streams: [local],
              // Voice first: the picture is earned.
              sendEncodings: [
                kind === "audio"
                  ? { active: true, priority: "high", networkPriority: "high" }
                  : { active: false, priority: "low", networkPriority: "low" },
              ],
            })
          : peer.addTransceiver(kind, { direction: "recvonly" });
      if (kind === "audio") preferRed(transceiver);
    }
  }

  return {
    hear: (signal) => negotiation.hear(signal),
    restartIce: () => peer.restartIce(),
    sendLive(text) {
      if (channel.readyState !== "open" || channel.bufferedAmount > fullBytes) return false;
      channel.send(text);
      return true;
    },
    async totals() {
      const rows: Readonly<Record<string, unknown>>[] = [];
      (await peer.getStats()).forEach((row: Readonly<Record<string, unknown>>) => rows.push(row));
      return linkTotals(rows);
    },
    sendLine(data) {
      if (line.readyState !== "open" || line.bufferedAmount > fullBytes) return;
      if (typeof data === "string") line.send(data);
      else line.send(data);
    },
    sendBlob(data) {
      if (blobs.readyState !== "open") return false;
      if (typeof data === "string") blobs.send(data);
      else blobs.send(data);
      return true;
    },
    blobsWaiting: () => blobs.bufferedAmount,
    apply(plan) {
      const change = plan.voice !== undefined && JSON.stringify(plan.voice) !== JSON.stringify(voice);
      voice = plan.voice ?? voice;
      sending.apply(plan);
      if (change) void negotiation.reapply();
    },
    setPicture(track) {
      const sender = peer.getSenders().find((one) => one.track?.kind === "video");
      // A track is put in place also where the connection is closing under it.
      void sender?.replaceTrack(track).then(
        () => sending.again(),
        () => undefined,
      );
    },
    buffer(ms) {
      for (const receiver of peer.getReceivers()) if (receiver.track.kind === "audio") setBuffer(receiver, ms);
    },
    setIceServers(iceServers) {
      peer.setConfiguration({ ...peer.getConfiguration(), iceServers: [...iceServers] });
    },
    remote,
    get dropped() {
      return negotiation.dropped;
    },
    close() {
      heard.abort();
      channel.close();
      line.close();
      blobs.close();
      peer.close();
      for (const track of remote.getTracks()) track.stop();
    },
  };
}

function setBuffer(receiver: RTCRtpReceiver & { jitterBufferTarget?: number | null }, ms: number): void {
  // Not in every browser.
  if (!("jitterBufferTarget" in receiver)) return;
  const target = ms === 0 ? null : ms;
  if (receiver.jitterBufferTarget !== target) receiver.jitterBufferTarget = target;
}
