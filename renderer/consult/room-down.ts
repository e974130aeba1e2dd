import type { RoomStream } from "../../core/contract/room-signals.ts";
import { newPeer, preferVoice, type LegParts, type RoomLeg } from "./room-up.ts";

export interface DownLeg extends RoomLeg {
  /** Which section carries whom, now. */
  seat(streams: readonly RoomStream[]): void;
  /** Participant by the `mid` of the section that carries them. */
  readonly carriers: ReadonlyMap<string, string>;
}

/** Receives everybody else. `onParty` says whose stream is there, again when it changed, and without one when they left. */
export function openDownLeg(
  parts: LegParts & { readonly onParty: (participant: string, stream: MediaStream | undefined) => void },
): DownLeg {
  const heard = new AbortController();
  const peer = newPeer(parts, heard.signal);
  const parties = new Map<string, MediaStream>();
  const carriers = new Map<string, string>();
  let seated: readonly RoomStream[] = [];
  let line = Promise.resolve();

  /** Brings the streams in line with who is where and what tracks there are. */
  const settle = () => {
    carriers.clear();
    const tracks = new Map<string, MediaStreamTrack[]>();
    for (const { mid, participant } of seated) {
      carriers.set(mid, participant);
      const track = peer.getTransceivers().find((one) => one.mid === mid)?.receiver.track;
      if (track) tracks.set(participant, [...(tracks.get(participant) ?? []), track]);
    }
    for (const participant of [...parties.keys()]) {
      if (tracks.has(participant)) continue;
      parties.delete(participant);
      parts.onParty(participant, undefined);
    }
    for (const [participant, wanted] of tracks) {
      const stream = parties.get(participant) ?? new MediaStream();
      const there = stream.getTracks();
      if (parties.has(participant) && there.length === wanted.length && wanted.every((track) => there.includes(track)))
        continue;
      for (const track of there) if (!wanted.includes(track)) stream.removeTrack(track);
      for (const track of wanted) stream.addTrack(track);
      parties.set(participant, stream);
      parts.onParty(participant, stream);
    }
  };

  const answer = async (sdp: string) => {
    await peer.setRemoteDescription({ type: "offer", sdp });
    for (const transceiver of peer.getTransceivers())
      if (transceiver.receiver.track.kind === "audio") preferVoice(transceiver);
    await peer.setLocalDescription();
    const own = peer.localDescription?.sdp;
    if (own !== undefined) parts.send({ kind: "description", type: "answer", sdp: own });
    settle();
  };

  parts.send({ kind: "ready" });
  return {
    peer,
    carriers,
    hear({ type, sdp }) {
      if (type !== "offer") return line;
      // One after the other: an offer that comes while another is being answered waits; one that fails takes none with it.
      const answered = line.then(() => answer(sdp));
      line = answered.catch(() => undefined);
      return answered;
    },
    seat(streams) {
      seated = streams;
      settle();
    },
    close() {
      heard.abort();
      for (const participant of parties.keys()) parts.onParty(participant, undefined);
      for (const receiver of peer.getReceivers()) receiver.track.stop();
      peer.close();
    },
  };
}
