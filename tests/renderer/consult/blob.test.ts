import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { pieceBytes, sha256Of, type BlobCarrier, type BlobHead } from "../../../renderer/consult/blob-pieces.ts";
import { createBlobReceiver, mostBlobBytes } from "../../../renderer/consult/blob-receiver.ts";
import { createBlobSender, type BlobItem } from "../../../renderer/consult/blob-sender.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const bytesOf = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, (_, n) => (n * 31) % 251);

/** A receiver behind a line that can be cut before the piece that is named. */
function far() {
  const whole: { readonly head: BlobHead; readonly bytes: Uint8Array }[] = [];
  const receiver = createBlobReceiver((head, bytes) => void whole.push({ head, bytes }));
  const asked: string[] = [];
  let cut = false;
  let bend: (piece: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> = (piece) => piece;
  const carrier: BlobCarrier = {
    begin: async (head) => {
      if (cut) throw new Error("cut");
      asked.push(`begin ${head.id}`);
      return receiver.begin(head);
    },
    put: async (id, index, piece) => {
      if (cut) throw new Error("cut");
      asked.push(`${id} ${index}`);
      return receiver.put(id, index, bend(piece));
    },
  };
  return {
    whole,
    asked,
    carrier,
    cut: (is: boolean) => void (cut = is),
    bend: (with_: typeof bend) => void (bend = with_),
  };
}

function near(carrier: BlobCarrier) {
  const items: BlobItem[] = [];
  const busy: boolean[] = [];
  const sender = createBlobSender({
    carrier,
    onItem: (item) => void items.push(item),
    onBusy: (is) => void busy.push(is),
  });
  const states = (id: string) =>
    items.filter(({ head }) => head.id === id).map(({ state, done }) => `${state} ${done}`);
  /** Real digests come from another thread than the fake clock's. */
  const settled = (id: string, state: BlobItem["state"]) =>
    vi.waitUntil(() => items.filter(({ head }) => head.id === id).at(-1)?.state === state);
  return { sender, items, busy, states, settled };
}

describe("what is dropped", () => {
  test("goes no further than the piece that was on its way, and nothing behind it begins", async () => {
    const there = far();
    const side = near({
      ...there.carrier,
      put: async (id, index, piece) => {
        const held = await there.carrier.put(id, index, piece);
        if (index === 1) side.sender.drop();
        return held;
      },
    });
    await side.sender.send("a", "still", "image/jpeg", bytesOf(4 * pieceBytes));
    await side.sender.send("b", "still", "image/jpeg", bytesOf(pieceBytes));
    await side.settled("a", "broken");
    await vi.waitUntil(() => side.busy.at(-1) === false);
    expect(there.asked).toEqual(["begin a", "a 0", "a 1"]);
    expect(there.whole).toEqual([]);
    expect(side.states("b").at(-1)).toBe("broken 0");
  });

  test("is dropped while it is read, too; what is handed later goes", async () => {
    const there = far();
    const side = near(there.carrier);
    const read = side.sender.send("a", "still", "image/jpeg", bytesOf(pieceBytes));
    side.sender.drop();
    await read;
    expect(side.states("a")).toEqual(["broken 0"]);
    await side.sender.send("b", "still", "image/jpeg", bytesOf(pieceBytes));
    await side.settled("b", "sent");
    expect(there.asked).toEqual(["begin b", "b 0"]);
  });
});

describe("a blob", () => {
  test("arrives whole, piece by piece, and its state is told with each", async () => {
    const there = far();
    const side = near(there.carrier);
    const bytes = bytesOf(2 * pieceBytes + 5);
    const head = await side.sender.send("a", "still", "image/jpeg", bytes);
    await side.settled("a", "sent");
    expect(there.whole).toEqual([{ head, bytes }]);
    expect(head).toMatchObject({ bytes: bytes.length, sha256: await sha256Of(bytes) });
    expect(side.states("a")).toEqual(["waiting 0", "sending 0", "sending 1", "sending 2", "sending 3", "sent 3"]);
    expect(side.busy).toEqual([true, false]);
  });

  test("a line that opens with nothing to carry makes nothing wait", () => {
    const side = near(far().carrier);
    side.sender.kick();
    expect(side.busy).toEqual([]);
  });

  test("goes on where a cut line stopped it", async () => {
    const there = far();
    const side = near({
      ...there.carrier,
      put: (id, index, piece) => {
        if (index === 2) there.cut(true);
        return there.carrier.put(id, index, piece);
      },
    });
    await side.sender.send("a", "still", "image/jpeg", bytesOf(4 * pieceBytes));
    await vi.waitUntil(() => side.states("a").at(-1) === "waiting 2");
    side.sender.close();

    there.cut(false);
    const again = near(there.carrier);
    await again.sender.send("a", "still", "image/jpeg", bytesOf(4 * pieceBytes));
    await again.settled("a", "sent");
    expect(there.asked).toEqual(["begin a", "a 0", "a 1", "begin a", "a 2", "a 3"]);
    expect(there.whole.length).toBe(1);
  });

  test("tries again by itself, and at once when the line is back", async () => {
    const there = far();
    there.cut(true);
    const side = near(there.carrier);
    await side.sender.send("a", "voiceNote", "audio/webm", bytesOf(10));
    await vi.waitUntil(() => side.busy.at(-1) === false);
    there.cut(false);
    side.sender.kick();
    await side.settled("a", "sent");
    there.cut(true);
    await side.sender.send("b", "voiceNote", "audio/webm", bytesOf(10));
    await vi.waitUntil(() => side.busy.at(-1) === false);
    there.cut(false);
    await vi.advanceTimersByTimeAsync(2_000);
    await side.settled("b", "sent");
  });

  test("a preview goes before the still that waits", async () => {
    const there = far();
    there.cut(true);
    const side = near(there.carrier);
    await side.sender.send("full", "still", "image/jpeg", bytesOf(20));
    await side.sender.send("small", "preview", "image/jpeg", bytesOf(10));
    await vi.waitUntil(() => side.busy.at(-1) === false);
    there.cut(false);
    side.sender.kick();
    await side.settled("full", "sent");
    expect(there.asked).toEqual(["begin small", "small 0", "begin full", "full 0"]);
  });

  test("that comes out wrong is sent afresh, and given up after the third time", async () => {
    const there = far();
    there.bend((piece) => piece.map((byte) => byte ^ 1));
    const side = near(there.carrier);
    await side.sender.send("a", "still", "image/jpeg", bytesOf(10));
    await side.settled("a", "broken");
    expect(there.whole).toEqual([]);
    expect(there.asked.filter((one) => one === "a 0").length).toBe(3);
  });
});

describe("the receiving end", () => {
  const head: BlobHead = { id: "a", kind: "still", type: "image/jpeg", bytes: 10, pieceBytes: 4, sha256: "00" };

  test.each([
    ["an unknown blob", "b", 0, 4],
    ["a place behind its end", "a", 3, 4],
    ["no place", "a", -1, 4],
    ["half a place", "a", 0.5, 4],
    ["the wrong length", "a", 0, 3],
    ["a long last piece", "a", 2, 4],
  ] as const)("refuses a piece of %s", async (_, id, index, length) => {
    const receiver = createBlobReceiver(() => undefined);
    await receiver.begin(head);
    await expect(receiver.put(id, index, bytesOf(length))).rejects.toThrow(/piece/);
  });

  test.each([0, mostBlobBytes + 1])("refuses a blob of %d bytes", async (bytes) => {
    await expect(createBlobReceiver(() => undefined).begin({ ...head, bytes })).rejects.toThrow(/size/);
  });

  test("a repeated piece is one piece, and a whole blob is told once", async () => {
    let told = 0;
    const receiver = createBlobReceiver(() => (told += 1));
    const bytes = bytesOf(6);
    await receiver.begin({ ...head, bytes: 6, sha256: await sha256Of(bytes) });
    await receiver.put("a", 0, bytes.slice(0, 4));
    expect(await receiver.put("a", 0, bytes.slice(0, 4))).toEqual({ have: [0], whole: false });
    expect(await receiver.put("a", 1, bytes.slice(4))).toEqual({ have: [0, 1], whole: true });
    expect(await receiver.put("a", 1, bytes.slice(4))).toEqual({ have: [0, 1], whole: true });
    expect(told).toBe(1);
  });
});
