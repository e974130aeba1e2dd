import "webrtc-adapter";
import { liveChannel } from "../../core/contract/live.ts";
import type { MediaSignal } from "./negotiation.ts";
import { createNegotiation } from "./negotiation.ts";

/** What came in so far on one connection. */
export interface Arrived {
  readonly bytes: number;
  readonly framesDecoded: number;
  readonly audioPackets: number;
}

/** One RTCPeerConnection with its tracks, its live channel and its negotiation. A new generation is a new one of these. */
export interface Connection {
  hear(signal: MediaSignal): Promise<void>;
  restartIce(): void;
  /** False when the channel is not open or the line is full. */
  sendLive(text: string): boolean;
  arrived(): Promise<Arrived>;
  readonly remote: MediaStream;
  readonly dropped: number;
  /** Ends the connection and what it received; tracks of our own stay. */
  close(): void;
}

/** More than this waiting on the channel means the line is full: live values are then dropped, not queued. */
const fullBytes = 32_000;
const videoBitsPerSecond = 500_000;

export function openConnection(parts: {
  readonly polite: boolean;
  readonly starts: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly local: MediaStream | undefined;
  readonly send: (body: MediaSignal) => void;
  readonly onRemote: (stream: MediaStream) => void;
  readonly onLive: (text: unknown) => void;
  readonly onLiveOpen: () => void;
  readonly onState: (state: RTCPeerConnectionState) => void;
}): Connection {
  const { local } = parts;
  const peer = new RTCPeerConnection({
    iceServers: [...parts.iceServers],
    bundlePolicy: "max-bundle",
    rtcpMuxPolicy: "require",
  });
  const channel = peer.createDataChannel(liveChannel.label, { negotiated: true, id: liveChannel.id, ordered: true });
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
    },
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
      parts.onRemote(remote);
    },
    on,
  );
  // `connectionState`, never `iceConnectionState`: the latter was seen to stay `disconnected` for good (realtime.md §4.4).
  peer.addEventListener(
    "connectionstatechange",
    () => {
      if (peer.connectionState === "connected") void favorVoice(peer);
      parts.onState(peer.connectionState);
    },
    on,
  );
  channel.addEventListener("open", parts.onLiveOpen, on);
  channel.addEventListener("message", ({ data }) => parts.onLive(data), on);

  if (parts.starts) {
    for (const kind of ["audio", "video"] as const) {
      const track = local?.getTracks().find((candidate) => candidate.kind === kind);
      // Without a track of our own the other side's is still received.
      if (track && local) peer.addTransceiver(track, { direction: "sendrecv", streams: [local] });
      else peer.addTransceiver(kind, { direction: "recvonly" });
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
    async arrived() {
      const total = { bytes: 0, framesDecoded: 0, audioPackets: 0 };
      for (const report of inboundOf(await peer.getStats())) {
        total.bytes += report.bytesReceived ?? 0;
        if (report.kind === "video") total.framesDecoded += report.framesDecoded ?? 0;
        else total.audioPackets += report.packetsReceived ?? 0;
      }
      return total;
    },
    remote,
    get dropped() {
      return negotiation.dropped;
    },
    close() {
      heard.abort();
      channel.close();
      peer.close();
      for (const track of remote.getTracks()) track.stop();
    },
  };
}

function inboundOf(stats: RTCStatsReport): readonly RTCInboundRtpStreamStats[] {
  const found: RTCInboundRtpStreamStats[] = [];
  stats.forEach((report: RTCStats) => {
    if (report.type === "inbound-rtp") found.push(report as RTCInboundRtpStreamStats);
  });
  return found;
}

/** The voice goes first; the picture keeps moving rather than sharp, within a budget that leaves room for the voice. */
async function favorVoice(peer: RTCPeerConnection): Promise<void> {
  for (const sender of peer.getSenders()) {
    if (!sender.track) continue;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) {
      encoding.priority = sender.track.kind === "audio" ? "high" : "low";
      encoding.networkPriority = encoding.priority;
      if (sender.track.kind === "video") encoding.maxBitrate = videoBitsPerSecond;
    }
    if (sender.track.kind === "video") {
      (parameters as { degradationPreference?: string }).degradationPreference = "maintain-framerate";
    }
    // Refused while a renegotiation runs; the defaults then stay, and the call goes on.
    await sender.setParameters(parameters).catch(() => undefined);
  }
}
