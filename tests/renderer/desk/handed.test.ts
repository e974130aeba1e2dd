import { expect, test, vi } from "vitest";
import type { BlobState } from "../../../core/contract/hub-blobs.ts";
import type { BlobHead } from "../../../renderer/consult/blob-pieces.ts";
import { createHanded, type HandedBlob } from "../../../renderer/desk/consult/handed.ts";
import type { HubDoor } from "../../../renderer/desk/hub.ts";

const call = "019a0000-0000-7000-8000-00000000c00a";
const kept = (blob: string, by: string): BlobState => ({
  blob,
  call,
  kind: "voiceNote",
  media: "audio/webm",
  bytes: 2,
  hash: "0".repeat(64),
  received: 2,
  whole: true,
  by,
  at: "2026-11-22T08:00:00.000Z",
});

/** A desk's pictures and notes over a hub that holds some, and notes what it is given. */
function handed(atHub: readonly BlobState[]) {
  let shown: readonly HandedBlob[] = [];
  const begun: unknown[] = [];
  let hear: (all: readonly BlobState[]) => void = () => undefined;
  const blob = {
    begin: async (head: unknown) => {
      begun.push(head);
      return { received: 0, whole: false };
    },
    put: async () => ({ received: 2, whole: true }),
  };
  const door = {
    client: { blob },
    feed: (_subscribe: unknown, onItem: typeof hear) => {
      hear = onItem;
      return () => undefined;
    },
    onState: () => () => undefined,
  } as unknown as HubDoor;
  const it = createHanded({
    door,
    call,
    who: () => ({ you: "d", station: "s" }),
    show: (all) => (shown = all),
  });
  hear(atHub);
  return { it, shown: () => shown, begun, hear: (all: readonly BlobState[]) => hear(all) };
}

test("after a reload one's own note is one's own, and the resident's is the resident's", () => {
  const { shown } = handed([kept("a", "d"), kept("b", "s"), kept("c", "another doctor")]);
  expect(shown().map(({ id, own }) => [id, own])).toEqual([
    ["a", true],
    ["b", false],
    ["c", false],
  ]);
});

test("left in a room it goes by the hub in one's own name, and its way is shown", async () => {
  const { it, begun, shown, hear } = handed([]);
  it.leave("r", "audio/webm", new Uint8Array(2));
  await vi.waitFor(() => expect(shown()).toMatchObject([{ id: "r", own: true, state: "whole" }]));
  expect(begun).toMatchObject([{ blob: "r", of: undefined }]);
  // The room goes back to a talk of two: it is not lost by that.
  it.ended();
  expect(shown()).toMatchObject([{ id: "r", state: "whole", kept: undefined }]);
  hear([{ ...kept("r", "d"), heardAt: "2026-11-22T08:01:00.000Z" }]);
  expect(shown()).toMatchObject([{ id: "r", own: true, kept: { heardAt: "2026-11-22T08:01:00.000Z" } }]);
});

test("what came over the talk is kept in the station's name, and one's own in one's own", async () => {
  const { it, begun } = handed([]);
  const head: BlobHead = { id: "n", kind: "still", type: "image/png", bytes: 2, pieceBytes: 2, sha256: "" };
  it.come({ head, done: 1, of: 1, bytes: new Uint8Array(2) });
  await vi.waitFor(() => expect(begun).toMatchObject([{ blob: "n", of: "s" }]));
  it.keep("o", "audio/webm", new Uint8Array(2));
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  expect(begun[1]).toMatchObject({ blob: "o", of: undefined });
});
