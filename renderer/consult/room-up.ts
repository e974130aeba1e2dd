import "webrtc-adapter";
import type { ToRoom } from "../../core/contract/room-signals.ts";

/**
 * One stream for everybody, small enough for a village line (realtime.md §5, "poor"): about 45 kbit/s of voice with its
 * redundancy and at most 120 kbit/s of picture. The room cannot make it smaller for one who receives it.
 */
const voiceBits = 24_000;
const pictureBits = 120_000;
const pictureRate = 12;

/** What one leg of a room needs and gives, whichever way its media goes. */
export interface RoomLeg {
  hear(body: { readonly type: "offer" | "answer"; readonly sdp: string }): Promise<void>;
  readonly peer: RTCPeerConnection;
  close(): void;
}

export interface UpLeg extends RoomLeg {
  /** Sends this picture in place of the one before. */
  setPicture(track: MediaStreamTrack): void;
}

export interface LegParts {
  readonly iceServers: readonly RTCIceServer[];
  readonly send: (body: ToRoom["body"]) => void;
  readonly onState: (state: RTCPeerConnectionState) => void;
}

export function newPeer({ iceServers, send, onState }: LegParts, heard: AbortSignal): RTCPeerConnection {
  const peer = new RTCPeerConnection({
    iceServers: [...iceServers],
    bundlePolicy: "max-bundle",
    rtcpMuxPolicy: "require",
  });
  const on = { signal: heard };
  peer.addEventListener(
    "icecandidate",
    ({ candidate }) => {
      if (!candidate) return;
      const { sdpMid, sdpMLineIndex } = candidate;
      send({ kind: "candidate", candidate: candidate.candidate, sdpMid, sdpMLineIndex });
    },
    on,
  );
  peer.addEventListener("connectionstatechange", () => onState(peer.connectionState), on);
  return peer;
}

/** Sends `local` to the room: voice in RED first, one small picture. Its tracks belong to the caller. */
export function openUpLeg(parts: LegParts & { readonly local: MediaStream }): UpLeg {
  const heard = new AbortController();
  const peer = newPeer(parts, heard.signal);
  let picture: RTCRtpSender | undefined;
  for (const track of parts.local.getTracks()) {
    const isVoice = track.kind === "audio";
    const transceiver = peer.addTransceiver(track, {
      direction: "sendonly",
      streams: [parts.local],
      sendEncodings: [
        isVoice
          ? { maxBitrate: voiceBits, priority: "high", networkPriority: "high" }
          : { maxBitrate: pictureBits, maxFramerate: pictureRate, scaleResolutionDownBy: 2, priority: "low" },
      ],
    });
    if (isVoice) preferVoice(transceiver);
    else prefer(transceiver, "video", ["video/vp8", "video/rtx"]);
    if (!isVoice) picture = transceiver.sender;
    if (!isVoice) void keepMoving(transceiver.sender);
  }
  const offer = async () => {
    await peer.setLocalDescription();
    const sdp = peer.localDescription?.sdp;
    if (sdp !== undefined) parts.send({ kind: "description", type: "offer", sdp });
  };
  // Only a closed connection refuses its own offer.
  offer().catch(() => undefined);
  return {
    peer,
    setPicture(track) {
      // A connection that closes meanwhile sends nothing any more.
      picture?.replaceTrack(track).catch(() => undefined);
    },
    async hear({ type, sdp }) {
      if (type === "answer" && peer.signalingState === "have-local-offer")
        await peer.setRemoteDescription({ type, sdp });
    },
    close() {
      heard.abort();
      peer.close();
    },
  };
}

/**
 * Redundancy (RED) first: Opus' own correction does not survive a room (realtime.md §4.3). On the down leg too: Chromium
 * answers in its own order, and RED would come second.
 */
export function preferVoice(transceiver: RTCRtpTransceiver): void {
  prefer(transceiver, "audio", ["audio/red", "audio/opus"]);
}

/** What is not named is not negotiated: the room forwards, it does not translate. */
function prefer(transceiver: RTCRtpTransceiver, kind: "audio" | "video", names: readonly string[]): void {
  const known = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const wanted = names.flatMap((name) => known.filter((codec) => codec.mimeType.toLowerCase() === name));
  if (wanted.length > 0) transceiver.setCodecPreferences(wanted);
}

async function keepMoving(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  (parameters as { degradationPreference?: string }).degradationPreference = "maintain-framerate";
  // Refused while the first negotiation runs in some versions; the default then stays.
  await sender.setParameters(parameters).catch(() => undefined);
}
