/** What came from one participant so far. */
export interface PartyArrived {
  readonly framesDecoded: number;
  readonly audioPackets: number;
  /** Second copies of voice packets (RED): Chromium 156 counts those that were not needed as discarded. */
  readonly audioRedundant: number;
  /** Energy of the voice since the connection began; grows only while somebody can be heard. */
  readonly audioEnergy: number;
}

const nothing: PartyArrived = { framesDecoded: 0, audioPackets: 0, audioRedundant: 0, audioEnergy: 0 };

/** Inbound counters by participant; `carriers` maps the section's `mid` to who it carries. */
export async function receivedBy(
  peer: RTCPeerConnection,
  carriers: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, PartyArrived>> {
  const found = new Map<string, PartyArrived>();
  for (const report of await inbound(peer)) {
    const participant = carriers.get(report.mid ?? "");
    if (participant === undefined) continue;
    const before = found.get(participant) ?? nothing;
    found.set(
      participant,
      report.kind === "video"
        ? { ...before, framesDecoded: before.framesDecoded + (report.framesDecoded ?? 0) }
        : {
            ...before,
            audioPackets: before.audioPackets + (report.packetsReceived ?? 0),
            audioRedundant: before.audioRedundant + (report.packetsDiscarded ?? 0) + (report.fecPacketsReceived ?? 0),
            audioEnergy: before.audioEnergy + (report.totalAudioEnergy ?? 0),
          },
    );
  }
  return found;
}

/** Grows as long as the other end answers: media, or at least the checks of the path. */
export async function signsOfLife(peer: RTCPeerConnection): Promise<number> {
  let total = 0;
  (await peer.getStats()).forEach((report: RTCStats) => {
    if (report.type !== "candidate-pair") return;
    const pair = report as RTCIceCandidatePairStats;
    total += (pair.bytesReceived ?? 0) + (pair.responsesReceived ?? 0);
  });
  return total;
}

/** Bytes sent so far with headers of RTP, over every kind of media. */
export async function sentBytes(peer: RTCPeerConnection): Promise<number> {
  let total = 0;
  (await peer.getStats()).forEach((report: RTCStats) => {
    if (report.type !== "outbound-rtp") return;
    const sent = report as RTCOutboundRtpStreamStats & { readonly headerBytesSent?: number };
    total += (sent.bytesSent ?? 0) + (sent.headerBytesSent ?? 0);
  });
  return total;
}

async function inbound(
  peer: RTCPeerConnection,
): Promise<readonly (RTCInboundRtpStreamStats & { readonly mid?: string })[]> {
  const found: RTCInboundRtpStreamStats[] = [];
  (await peer.getStats()).forEach((report: RTCStats) => {
    if (report.type === "inbound-rtp") found.push(report as RTCInboundRtpStreamStats);
  });
  return found;
}
