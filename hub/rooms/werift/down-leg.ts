import { MediaStreamTrack, RTCPeerConnection, type RTCRtpSender, type RtpPacket } from "werift";
import type { RoomStream } from "../../../core/contract/room-signals.ts";
import { seatLimit } from "../engine.ts";
import { peerConfig } from "./codecs.ts";
import { guard } from "./guard.ts";
import { beginsKeyFrame } from "./vp8.ts";

type Kind = "audio" | "video";
const clockRates = { audio: 48, video: 90 } as const; // per millisecond

/** One media section of a down leg, and whose packets run through it. */
interface Lane {
  readonly kind: Kind;
  readonly sender: RTCRtpSender;
  readonly mid: () => string;
  /** Of the packets that came last; another one means another source. */
  ssrc: number | undefined;
  open: boolean;
  lastAt: number;
}

export interface DownLegEvents {
  readonly connected: (connected: boolean) => void;
  /** The receiver cannot go on without a key frame of this participant. */
  readonly needsKeyFrame: (participant: string) => void;
}

/**
 * What one participant receives. All sections a full room can need are offered once, so that coming and going needs no new
 * description: only the table of who is where changes.
 */
export class DownLeg {
  readonly generation: number;
  readonly #peer = new RTCPeerConnection(peerConfig("down"));
  readonly #seats: { participant: string | undefined; readonly lanes: Readonly<Record<Kind, Lane>> }[] = [];
  readonly #on: DownLegEvents;

  constructor(generation: number, on: DownLegEvents) {
    this.generation = generation;
    this.#on = on;
    this.#peer.connectionStateChange.subscribe((state) => on.connected(state === "connected"));
    for (let nth = 1; nth < seatLimit; nth += 1) {
      this.#seats.push({ participant: undefined, lanes: { audio: this.#lane("audio"), video: this.#lane("video") } });
    }
    for (const seat of this.#seats)
      seat.lanes.video.sender.onPictureLossIndication.subscribe(() => {
        if (seat.participant !== undefined) on.needsKeyFrame(seat.participant);
      });
  }

  #lane(kind: Kind): Lane {
    const transceiver = this.#peer.addTransceiver(new MediaStreamTrack({ kind }), { direction: "sendonly" });
    const { sender } = transceiver;
    // As much redundancy as Chromium sends itself: each packet carries the one before it.
    sender.redDistance = 1;
    return { kind, sender, mid: () => transceiver.mid ?? "", ssrc: undefined, open: false, lastAt: 0 };
  }

  async offer(): Promise<string> {
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    guard(this.#peer);
    return this.#peer.localDescription?.sdp ?? "";
  }

  /** Throws on an answer that is none. */
  async answer(sdp: string): Promise<void> {
    await this.#peer.setRemoteDescription({ type: "answer", sdp });
  }

  async candidate(candidate: string, sdpMid: string | null, sdpMLineIndex: number | null): Promise<void> {
    await this.#peer.addIceCandidate({ candidate, sdpMid, sdpMLineIndex });
  }

  /** Gives everybody in `participants` a place and takes it from all others. */
  seat(participants: readonly string[]): void {
    for (const seat of this.#seats) {
      if (seat.participant === undefined || participants.includes(seat.participant)) continue;
      seat.participant = undefined;
      for (const lane of Object.values(seat.lanes)) lane.open = false;
    }
    for (const participant of participants) {
      if (this.#seats.some((seat) => seat.participant === participant)) continue;
      const free = this.#seats.find((seat) => seat.participant === undefined);
      if (free) free.participant = participant;
    }
  }

  get streams(): readonly RoomStream[] {
    return this.#seats.flatMap(({ participant, lanes }) =>
      participant === undefined
        ? []
        : [
            { mid: lanes.audio.mid(), participant, kind: "audio" as const },
            { mid: lanes.video.mid(), participant, kind: "video" as const },
          ],
    );
  }

  send(from: string, kind: Kind, packet: RtpPacket): void {
    const lane = this.#seats.find((seat) => seat.participant === from)?.lanes[kind];
    // The state of the keys, not of the whole connection: the latter is put together later, or not at all.
    if (lane?.sender.dtlsTransport.state !== "connected") return;
    const now = performance.now();
    const { ssrc } = packet.header;
    if (!lane.open || lane.ssrc !== ssrc) {
      if (kind === "video" && !beginsKeyFrame(packet.payload)) {
        this.#on.needsKeyFrame(from);
        return;
      }
      // The receiver sees one stream without a gap, however long nothing was sent and whoever sent it.
      lane.sender.replaceRTP(packet.header, false, Math.max(1, Math.round((now - lane.lastAt) * clockRates[kind])));
      lane.open = true;
      lane.ssrc = ssrc;
    }
    lane.lastAt = now;
    // Extensions are numbered per leg; the sender writes its own.
    const copy = packet.clone();
    copy.header.extensions = [];
    copy.header.extension = false;
    // A leg that closes under a packet has nobody left to tell.
    lane.sender.sendRtp(copy).catch(() => undefined);
  }

  /** What is not sent for now: goes on with a key frame. */
  pause(from: string, kind: Kind): void {
    const lane = this.#seats.find((seat) => seat.participant === from)?.lanes[kind];
    if (lane) lane.open = false;
  }

  get connected(): boolean {
    return this.#peer.connectionState === "connected";
  }

  async close(): Promise<void> {
    await this.#peer.close();
  }
}
