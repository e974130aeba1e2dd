/** The few numbers of an RTCStatsReport by which a line is judged. Totals since the connection began. */
export interface LinkTotals {
  readonly bytesReceived: number;
  readonly framesDecoded: number;
  readonly audioPackets: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** Packets asked for again. One that came the second time does not count as lost. */
  readonly asked: number;
  readonly samples: number;
  /** Voice the player had to invent, without the silence it filled. */
  readonly concealed: number;
  /** The browser's own estimate, bit/s. */
  readonly available: number | undefined;
}

export interface Change {
  readonly concealed: number | undefined;
  readonly lost: number | undefined;
  readonly frames: number;
}

type Row = Readonly<Record<string, unknown>>;
const numberIn = (row: Row, name: string): number => {
  const value = row[name];
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
};

export function linkTotals(rows: Iterable<Row>): LinkTotals {
  let found: LinkTotals = {
    bytesReceived: 0,
    framesDecoded: 0,
    audioPackets: 0,
    packetsReceived: 0,
    packetsLost: 0,
    asked: 0,
    samples: 0,
    concealed: 0,
    available: undefined,
  };
  for (const row of rows) {
    if (row.type === "candidate-pair" && row.nominated === true && "availableOutgoingBitrate" in row)
      found = { ...found, available: numberIn(row, "availableOutgoingBitrate") };
    if (row.type !== "inbound-rtp") continue;
    const isVoice = row.kind === "audio";
    found = {
      ...found,
      bytesReceived: found.bytesReceived + numberIn(row, "bytesReceived"),
      framesDecoded: found.framesDecoded + (isVoice ? 0 : numberIn(row, "framesDecoded")),
      audioPackets: found.audioPackets + (isVoice ? numberIn(row, "packetsReceived") : 0),
      packetsReceived: found.packetsReceived + numberIn(row, "packetsReceived"),
      packetsLost: found.packetsLost + numberIn(row, "packetsLost"),
      asked: found.asked + numberIn(row, "nackCount"),
      samples: found.samples + (isVoice ? numberIn(row, "totalSamplesReceived") : 0),
      concealed:
        found.concealed + (isVoice ? numberIn(row, "concealedSamples") - numberIn(row, "silentConcealedSamples") : 0),
    };
  }
  return found;
}

/**
 * Between two looks. A share of nothing is not known; one counter may run back (late packets), a share may not. What was
 * asked for again was lost on the line, whether it came then or not.
 */
export function change(before: LinkTotals, now: LinkTotals, passedMs: number): Change {
  const missing = now.packetsLost - before.packetsLost;
  const lost = Math.max(missing, now.asked - before.asked);
  const all = missing + now.packetsReceived - before.packetsReceived;
  return {
    concealed: share(now.concealed - before.concealed, now.samples - before.samples),
    lost: share(lost, all),
    frames: (Math.max(0, now.framesDecoded - before.framesDecoded) * 1_000) / Math.max(passedMs, 1),
  };
}

const share = (part: number, whole: number): number | undefined =>
  whole > 0 ? Math.min(Math.max(part / whole, 0), 1) : undefined;
