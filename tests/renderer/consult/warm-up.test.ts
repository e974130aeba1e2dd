import { afterEach, expect, test, vi } from "vitest";
import { warmUp } from "../../../renderer/consult/warm-up.ts";
import { fakeMedia } from "../fake-media.ts";

afterEach(() => void vi.unstubAllGlobals());

test("a page's first connection goes nowhere: made and closed with its first offer, without a track, once", async () => {
  const media = fakeMedia();
  warmUp();
  const [first] = media.peers;
  const closed = vi.fn<() => void>();
  Object.assign(first ?? {}, { close: closed });
  expect(closed).not.toHaveBeenCalled();
  await vi.waitFor(() => {
    expect(closed).toHaveBeenCalled();
  });
  expect(first?.localDescription).not.toBeNull();
  expect([first?.getSenders(), media.live()]).toEqual([[], []]);
  warmUp();
  expect(media.peers.length).toBe(1);
});
