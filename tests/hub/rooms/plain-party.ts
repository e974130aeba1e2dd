import { RTCPeerConnection, RtpHeader, RtpPacket, type RTCRtpSender } from "werift";
import type { FromRoom, Leg, ToRoom } from "../../../core/contract/room-signals.ts";
import type { RoomService } from "../../../hub/ports/room-service.ts";
import { peerConfig } from "../../../hub/rooms/werift/codecs.ts";

/** Plain Opus only: what is sent is what arrives. */
function configOf(leg: Leg) {
  const config = peerConfig(leg);
  const audio = config.codecs?.audio?.filter(({ mimeType }) => mimeType === "audio/opus") ?? [];
  return { ...config, codecs: { audio, video: config.codecs?.video ?? [] } };
}

/** Where the room takes this party's media, and what its packets are known by. */
export interface Way {
  readonly ports: readonly { readonly address: string; readonly port: number }[];
  readonly ssrc: number;
}

/** One party of a room without a browser: sends numbered voice packets, and counts those that come from others. */
export class PlainParty {
  readonly name: string;
  /** Packets that came, of everybody. */
  heard = 0;
  readonly #service: RoomService;
  readonly #room: string;
  readonly #peers: Readonly<Record<Leg, RTCPeerConnection>>;
  readonly #sender: RTCRtpSender;
  readonly #stop: () => void;
  readonly #ports: { readonly address: string; readonly port: number }[] = [];
  #nth = 0;

  private constructor(service: RoomService, room: string, name: string) {
    this.name = name;
    this.#service = service;
    this.#room = room;
    this.#peers = { up: new RTCPeerConnection(configOf("up")), down: new RTCPeerConnection(configOf("down")) };
    this.#sender = this.#peers.up.addTransceiver("audio", { direction: "sendonly" }).sender;
    this.#peers.down.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(() => void (this.heard += 1)));
    this.#stop = service.onEvent((event) => {
      if (event.kind === "signal" && event.room === room && event.participant === name)
        this.#hear(event.signal).catch((error: unknown) => {
          throw error;
        });
    });
  }

  static async join(service: RoomService, room: string, name: string): Promise<PlainParty> {
    await service.join(room, { participant: name, sends: true, muted: false, receives: "voice" });
    const party = new PlainParty(service, room, name);
    const { up } = party.#peers;
    await up.setLocalDescription(await up.createOffer());
    await party.#say("up", { kind: "description", type: "offer", sdp: up.localDescription?.sdp ?? "" });
    await party.#say("down", { kind: "ready" });
    return party;
  }

  get connected(): boolean {
    return Object.values(this.#peers).every(({ connectionState }) => connectionState === "connected");
  }

  get way(): Way {
    return { ports: this.#ports, ssrc: this.#sender.ssrc };
  }

  /** One packet of 20 ms. */
  send(): void {
    this.#nth += 1;
    const header = new RtpHeader({
      payloadType: 111,
      sequenceNumber: this.#nth & 0xffff,
      timestamp: (this.#nth * 960) >>> 0,
      ssrc: this.#sender.ssrc,
      marker: this.#nth === 1,
    });
    // A party that closes under a packet has nobody left to tell.
    this.#sender.sendRtp(new RtpPacket(header, Buffer.alloc(60, this.#nth & 0xff))).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#stop();
    await Promise.all(Object.values(this.#peers).map((peer) => peer.close()));
  }

  async #say(leg: Leg, body: ToRoom["body"]): Promise<void> {
    const done = await this.#service.hear(this.#room, this.name, { leg, generation: 1, body });
    if (!done.ok) throw new Error(done.code);
  }

  async #hear({ leg, body }: FromRoom): Promise<void> {
    if (body.kind !== "description") return;
    const candidates = body.sdp.matchAll(/^a=candidate:\S+ 1 udp \d+ ([\d.]+) (\d+) typ host/gim);
    for (const [, address = "", port = ""] of candidates) this.#ports.push({ address, port: Number(port) });
    const peer = this.#peers[leg];
    await peer.setRemoteDescription({ type: body.type, sdp: body.sdp });
    if (body.type === "answer") return;
    await peer.setLocalDescription(await peer.createAnswer());
    await this.#say("down", { kind: "description", type: "answer", sdp: peer.localDescription?.sdp ?? "" });
  }
}
