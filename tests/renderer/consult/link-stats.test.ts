import { expect, test } from "vitest";
import { change, linkTotals } from "../../../renderer/consult/link-stats.ts";

const voice = (sum: number) => ({
  type: "inbound-rtp",
  kind: "audio",
  bytesReceived: 10 * sum,
  packetsReceived: sum,
  packetsLost: sum / 10,
  totalSamplesReceived: 100 * sum,
  concealedSamples: 9 * sum,
  silentConcealedSamples: 4 * sum,
});
const picture = {
  type: "inbound-rtp",
  kind: "video",
  bytesReceived: 7,
  packetsReceived: 5,
  packetsLost: 0,
  framesDecoded: 3,
};
const pair = { type: "candidate-pair", nominated: true, availableOutgoingBitrate: 80_000 };

test("totals of what came in, and the browser's estimate of the pair in use", () => {
  const rows = [
    voice(100),
    picture,
    pair,
    { ...pair, nominated: false, availableOutgoingBitrate: 1 },
    { type: "codec" },
  ];
  expect(linkTotals(rows)).toEqual({
    bytesReceived: 1_007,
    framesDecoded: 3,
    audioPackets: 100,
    packetsReceived: 105,
    packetsLost: 10,
    asked: 0,
    samples: 10_000,
    concealed: 500,
    available: 80_000,
  });
});

test("between two looks: shares of what came meanwhile, and pictures each second", () => {
  const [before, now] = [linkTotals([voice(100)]), linkTotals([voice(200), { ...picture, packetsReceived: 0 }])];
  expect(change(before, now, 2_000)).toEqual({ concealed: 0.05, lost: 10 / 110, frames: 1.5 });
});

test("a share of nothing is not known", () => {
  const same = linkTotals([voice(100)]);
  expect(change(same, same, 2_000)).toEqual({ concealed: undefined, lost: undefined, frames: 0 });
});

test("late packets that make the lost ones fewer are no share below none", () => {
  const [before, now] = [linkTotals([voice(100)]), linkTotals([{ ...voice(150), packetsLost: 5 }])];
  expect(change(before, now, 2_000).lost).toBe(0);
});

test("what was asked for again was lost, though it came in the end", () => {
  const before = linkTotals([{ ...voice(100), packetsLost: 0 }]);
  const now = linkTotals([{ ...voice(200), packetsLost: 0, nackCount: 5 }]);
  expect(change(before, now, 2_000).lost).toBe(0.05);
});
