import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createBlobChannel, frameBytes, type BlobChannel } from "../../../renderer/consult/blob-channel.ts";
import { pieceBytes, type BlobComing } from "../../../renderer/consult/blob-pieces.ts";
import { createBlobReceiver } from "../../../renderer/consult/blob-receiver.ts";
import { createBlobSender, type BlobItem } from "../../../renderer/consult/blob-sender.ts";
import { stillBytes } from "../../../renderer/consult/still.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const bytesOf = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, (_, n) => (n * 31) % 251);
/** Digests come from another thread than the fake clock's. */
const breathe = setImmediate;
async function goOnUntil<T>(look: () => T | undefined): Promise<T | undefined> {
  for (let found = look(), n = 0; ; found = look(), n++) {
    if (found !== undefined || n > 5_000) return found;
    await vi.advanceTimersByTimeAsync(50);
    await new Promise<void>((done) => breathe(() => done()));
  }
}

type Sent = string | Uint8Array<ArrayBuffer>;

/** Two pages at the ends of one channel that can be taken away; each sends and receives, `lateMs` later. */
function pages(rate = 80_000, lateMs = 0) {
  const sent: { readonly at: number; readonly data: Sent }[] = [];
  let open = true;
  const side = (other: () => BlobChannel) => {
    const came: BlobComing[] = [];
    const items: BlobItem[] = [];
    const channel = createBlobChannel({
      send: (data) => {
        if (!open) return false;
        sent.push({ at: Date.now(), data });
        const hear = () => other().hear(typeof data === "string" ? data : data.slice().buffer);
        if (lateMs === 0) hear();
        else setTimeout(hear, lateMs);
        return true;
      },
      waiting: () => 0,
      rate: () => rate,
      receiver: createBlobReceiver(
        (head, bytes) => void came.push({ head, bytes, done: 0, of: 0 }),
        (head, done) => void came.push({ head, bytes: undefined, done, of: 0 }),
      ),
    });
    const sender = createBlobSender({
      carrier: channel.carrier,
      onItem: (item) => void items.push(item),
      onBusy: () => undefined,
    });
    const whole = (id: string) => came.find(({ head, bytes }) => head.id === id && bytes)?.bytes;
    const arrived = (id: string) => goOnUntil(() => whole(id));
    return { channel, sender, came, items, arrived };
  };
  const station = side(() => desk.channel);
  const desk: ReturnType<typeof side> = side(() => station.channel);
  const frames = () => sent.flatMap(({ at, data }) => (typeof data === "string" ? [] : [{ at, data }]));
  return {
    station,
    desk,
    frames,
    cut() {
      open = false;
      station.channel.cut();
      desk.channel.cut();
    },
    heal: () => void (open = true),
  };
}

describe("a blob on the call's own channel", () => {
  test("arrives whole, and how far it is is told on the way", async () => {
    const { station, desk } = pages();
    const bytes = bytesOf(2 * pieceBytes + 5);
    await station.sender.send("a", "still", "image/jpeg", bytes);
    expect(await desk.arrived("a")).toEqual(bytes);
    expect(desk.came.map(({ done }) => done)).toEqual([0, 1, 2, 0]);
    station.sender.close();
  });

  test("goes both ways at once", async () => {
    const { station, desk } = pages();
    const [one, two] = [bytesOf(9_000), bytesOf(5_001)];
    await station.sender.send("a", "still", "image/jpeg", one);
    await desk.sender.send("b", "voiceNote", "audio/webm", two);
    expect(await desk.arrived("a")).toEqual(one);
    expect(await station.arrived("b")).toEqual(two);
    station.sender.close();
    desk.sender.close();
  });

  test("leaves room between small frames: never more than its share of the line", async () => {
    const { station, desk, frames } = pages(16_000);
    await station.sender.send("a", "still", "image/jpeg", bytesOf(pieceBytes));
    await desk.arrived("a");
    const sizes = frames().map(({ data }) => data.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(frameBytes + 4);
    const gaps = frames()
      .slice(1)
      .map(({ at }, n) => at - (frames()[n]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
    station.sender.close();
  });

  test("a long line is waited for once, not after each piece", async () => {
    const [rate, lateMs, pieces] = [40_000, 300, 6];
    const { station, desk, frames } = pages(rate, lateMs);
    await station.sender.send("a", "still", "image/jpeg", bytesOf(pieces * pieceBytes));
    await desk.arrived("a");
    const [first, last] = [frames()[0]?.at ?? Number.NaN, frames().at(-1)?.at ?? Number.NaN];
    // With its head and what is around it a frame of 1,000 bytes is one of 1,099.
    const going = ((frames().length - 1) * 1_099 * 8_000) / rate;
    expect(last - first).toBeLessThan(going + lateMs);
    station.sender.close();
  });

  test("what the far end refuses is not sent on, and begins again; a word about another stops nothing", async () => {
    const { station, desk, frames } = pages(16_000);
    await station.sender.send("a", "still", "image/jpeg", bytesOf(pieceBytes));
    await goOnUntil(() => (frames().length === 2 ? true : undefined));
    station.channel.hear('{"kind":"refused","id":"of-before"}');
    await goOnUntil(() => (frames().length === 3 ? true : undefined));
    station.channel.hear('{"kind":"refused","id":"a"}');
    await goOnUntil(() => (station.items.at(-1)?.state === "waiting" ? true : undefined));
    expect(await desk.arrived("a")).toEqual(bytesOf(pieceBytes));
    expect(frames().length).toBe(3 + Math.ceil(pieceBytes / frameBytes));
    station.sender.close();
  });

  test("a new connection goes on where the old one stopped", async () => {
    const both = pages();
    const bytes = bytesOf(4 * pieceBytes);
    await both.station.sender.send("a", "still", "image/jpeg", bytes);
    await goOnUntil(() => both.desk.came.find(({ done }) => done === 2));
    both.cut();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(both.station.items.at(-1)?.state).toBe("waiting");
    const before = both.frames().length;
    both.heal();
    both.station.sender.kick();
    expect(await both.desk.arrived("a")).toEqual(bytes);
    const again = both.frames().slice(before);
    expect(new DataView(again[0]?.data.buffer ?? new ArrayBuffer(2)).getUint16(0)).toBe(2);
    expect(again.length).toBe(2 * Math.ceil(pieceBytes / frameBytes));
    both.station.sender.close();
  });

  test("a piece that a cut ended does not go on beside its own repetition", async () => {
    const both = pages(16_000);
    await both.station.sender.send("a", "still", "image/jpeg", bytesOf(pieceBytes));
    await goOnUntil(() => (both.frames().length === 3 ? true : undefined));
    both.cut();
    both.heal();
    await vi.advanceTimersByTimeAsync(1);
    both.station.sender.kick();
    await both.desk.arrived("a");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(both.frames().length).toBe(3 + Math.ceil(pieceBytes / frameBytes));
    both.station.sender.close();
  });

  test("what is no message and what was not begun is not listened to", async () => {
    const { station, desk } = pages();
    for (const data of ["{", "1", '{"kind":"begin","head":{}}', new ArrayBuffer(2), new ArrayBuffer(900), 7])
      desk.channel.hear(data);
    await station.sender.send("a", "still", "image/jpeg", bytesOf(100));
    expect(await desk.arrived("a")).toEqual(bytesOf(100));
    station.sender.close();
  });
});

test.each([
  [6_000, 60_000],
  [21_000, 94_500],
  [2_000_000, 320_000],
])("beside a voice on %d bit/s a picture may have %d bytes", (rate, bytes) => {
  expect(stillBytes(rate)).toBe(bytes);
});
