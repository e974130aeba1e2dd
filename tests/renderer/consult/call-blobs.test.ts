import { expect, test } from "vitest";
import { previewOf, type BlobHead } from "../../../renderer/consult/blob-pieces.ts";
import { withComing, withItem, withoutRest } from "../../../renderer/consult/call-blobs.ts";

const head = (id: string, kind: BlobHead["kind"] = "still"): BlobHead => ({
  id,
  kind,
  type: "image/jpeg",
  bytes: 16_000,
  pieceBytes: 8_000,
  sha256: "0".repeat(64),
});
const bytes = new Uint8Array([1, 2]);
const coming = (id: string, done: number, kind?: BlobHead["kind"]) => ({
  head: head(id, kind),
  done,
  of: 2,
  bytes: undefined,
});

test("a preview stands in for its still, whichever is first", () => {
  const preview = { ...coming(previewOf("a"), 1, "preview"), bytes };
  const early = withComing(withComing([], preview), coming("a", 1));
  const late = withComing(withComing([], coming("a", 1)), preview);
  expect(early).toEqual(late);
  expect(early).toMatchObject([
    { id: "a", kind: "still", own: false, done: 1, of: 2, state: "coming", preview: bytes },
  ]);
});

test("what is whole stays so when the talk ends, and the rest is lost", () => {
  const whole = withComing([], { ...coming("a", 2), bytes });
  const both = withItem(whole, { head: head("b"), state: "sending", done: 1, of: 2 });
  expect(both.map(({ id, own, state }) => [id, own, state])).toEqual([
    ["a", false, "whole"],
    ["b", true, "coming"],
  ]);
  expect(withoutRest(both).map(({ state }) => state)).toEqual(["whole", "lost"]);
});

test.each([
  ["waiting", "coming"],
  ["sending", "coming"],
  ["sent", "whole"],
  ["broken", "lost"],
] as const)("one of ours that is %s is %s", (state, is) => {
  expect(withItem([], { head: head("b"), state, done: 1, of: 2 })).toMatchObject([{ state: is, own: true }]);
});

test("our own preview is not told of", () => {
  expect(withItem([], { head: head(previewOf("b"), "preview"), state: "sent", done: 1, of: 1 })).toEqual([]);
});
