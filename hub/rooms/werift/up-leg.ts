import { RTCPeerConnection, RTP_EXTENSION_URI, type MediaStreamTrack, type RtpPacket } from "werift";
import { peerConfig } from "./codecs.ts";
import { guard } from "./guard.ts";

/** Requests for a key frame closer together than this are one: every receiver that lost something asks. */
const keyFrameMs = 500;

export interface UpLegEvents {
  readonly connected: (connected: boolean) => void;
  /** `level`: 0 (silence) to 127 (loudest), where the packet says so (RFC 6464, turned round). */
  readonly packet: (kind: "audio" | "video", packet: RtpPacket, level: number | undefined) => void;
}

/** What one participant sends. Lost pictures are asked for again here; lost voice comes out of RED, already whole. */
export class UpLeg {
  readonly generation: number;
  readonly #peer = new RTCPeerConnection(peerConfig("up"));
  #askPicture: (() => void) | undefined;
  #askedAt = -keyFrameMs;

  constructor(generation: number, on: UpLegEvents) {
    this.generation = generation;
    this.#peer.connectionStateChange.subscribe((state) => on.connected(state === "connected"));
    this.#peer.onRemoteTransceiverAdded.subscribe(({ receiver, onTrack }) =>
      onTrack.subscribe((track) => {
        if (track.kind === "video") this.#askPicture = () => void receiver.sendRtcpPLI(track.ssrc ?? 0);
        listen(track, on);
      }),
    );
  }

  /** Throws on an offer that is none. */
  async answer(sdp: string): Promise<string> {
    await this.#peer.setRemoteDescription({ type: "offer", sdp });
    guard(this.#peer);
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    return this.#peer.localDescription?.sdp ?? "";
  }

  async candidate(candidate: string, sdpMid: string | null, sdpMLineIndex: number | null): Promise<void> {
    await this.#peer.addIceCandidate({ candidate, sdpMid, sdpMLineIndex });
  }

  keyFrame(): void {
    const now = performance.now();
    if (now - this.#askedAt < keyFrameMs) return;
    this.#askedAt = now;
    this.#askPicture?.();
  }

  get connected(): boolean {
    return this.#peer.connectionState === "connected";
  }

  async close(): Promise<void> {
    await this.#peer.close();
  }
}

function listen(track: MediaStreamTrack, on: UpLegEvents): void {
  const kind = track.kind === "audio" ? "audio" : "video";
  track.onReceiveRtp.subscribe((packet, extensions) => {
    const said: unknown = extensions?.[RTP_EXTENSION_URI.audioLevelIndication];
    on.packet(kind, packet, levelOf(said));
  });
}

function levelOf(said: unknown): number | undefined {
  if (typeof said !== "object" || said === null || !("level" in said)) return undefined;
  return typeof said.level === "number" ? 127 - said.level : undefined;
}
