import { describe, expect, test } from "vitest";
import {
  endTrain,
  hearTrain,
  mostCapacity,
  noTrain,
  packetBytes,
  trainOf,
  type TrainHeard,
} from "../../../renderer/consult/train.ts";

const hear = (packets: readonly (readonly [Uint8Array, number])[]): TrainHeard =>
  packets.reduce((before, [packet, at]) => hearTrain(before, packet, at), noTrain);
const at64k = (bytes: number): number => ((bytes + 95) * 8) / 64;

describe("a packet train", () => {
  test("says the rate at which it came, with its last packet", () => {
    const packets = trainOf(7, 8, packetBytes.thick);
    const heard = hear(packets.map((packet, n) => [packet, 500 + n * at64k(1_000)] as const));
    expect(heard).toEqual({ coming: undefined, result: { id: 7, capacity: 64_000 } });
  });

  test("says it by what came, when some of it or its end was lost", () => {
    const packets = trainOf(7, 4, packetBytes.thin).slice(0, 3);
    const heard = hear(packets.map((packet, n) => [packet, n * at64k(400)] as const));
    expect(heard.result).toBeUndefined();
    expect(endTrain(heard).result).toEqual({ id: 7, capacity: 64_000 });
  });

  test("says nothing of one packet", () => {
    expect(endTrain(hear([[trainOf(1, 4, 400)[0] ?? new Uint8Array(), 0]]))).toEqual(noTrain);
  });

  test("is never faster than a page can time", () => {
    expect(hear(trainOf(1, 3, 1_000).map((packet) => [packet, 5] as const)).result?.capacity).toBe(mostCapacity);
  });

  test.each([
    ["too short", new Uint8Array(10)],
    ["too long", new Uint8Array(5_000)],
    ["of no count", new Uint8Array(400)],
    ["past its count", new Uint8Array(400).fill(3)],
  ])("is not moved by a packet %s", (_, packet) => {
    const coming = hear([[trainOf(1, 3, 400)[0] ?? new Uint8Array(), 0]]);
    expect(hearTrain(coming, packet, 9)).toEqual(coming);
  });

  test("gives way to a newer one", () => {
    const [old, young] = [trainOf(1, 3, 400), trainOf(2, 2, 400)];
    const heard = hear([
      [old[0] ?? new Uint8Array(), 0],
      [young[0] ?? new Uint8Array(), 1_000],
      [young[1] ?? new Uint8Array(), 1_000 + at64k(400)],
    ]);
    expect(heard.result).toEqual({ id: 2, capacity: 64_000 });
  });
});
