import { expect, test } from "vitest";
import { createSending } from "../../../renderer/consult/sending.ts";
import type { SendPlan } from "../../../renderer/consult/send-plan.ts";

/** A sender that keeps what it is told, as a browser does; `refuses`: while a renegotiation runs. */
function senderOf(kind: "audio" | "video") {
  let kept: { encodings: object[] } = { encodings: [{ active: false, priority: "low", networkPriority: "low" }] };
  const own = { told: 0, refuses: false };
  const sender = {
    track: { kind, getConstraints: () => ({ frameRate: { max: 15 } }), applyConstraints: () => Promise.resolve() },
    getParameters: () => structuredClone(kept),
    setParameters: (next: typeof kept) => {
      own.told += 1;
      if (own.refuses) return Promise.reject(new Error("InvalidModificationError"));
      kept = structuredClone(next);
      return Promise.resolve();
    },
  };
  return { own, sender, all: () => kept, encoding: () => kept.encodings[0] };
}
const settled = () => new Promise((done) => setImmediate(done));
const plan = (maxBitrate: number): SendPlan => ({
  voice: { packetMs: 60, bitrate: 12_000, redundant: false },
  picture: { maxBitrate, maxFramerate: 15, scaleResolutionDownBy: 2 },
});

test("parameters are said when they are new, again when they were refused, and not when they stand", async () => {
  const [voice, picture] = [senderOf("audio"), senderOf("video")];
  const peer = { getSenders: () => [voice.sender, picture.sender] } as unknown as RTCPeerConnection;
  const sending = createSending(peer);
  picture.own.refuses = true;
  sending.apply(plan(40_000));
  await settled();
  expect([voice.own.told, picture.own.told]).toEqual([1, 1]);
  picture.own.refuses = false;
  sending.again();
  await settled();
  expect([voice.own.told, picture.own.told]).toEqual([1, 2]);
  expect(picture.encoding()).toMatchObject({ active: true, maxBitrate: 40_000 });
  sending.again();
  await settled();
  expect([voice.own.told, picture.own.told]).toEqual([1, 2]);
  sending.apply(plan(60_000));
  await settled();
  expect([voice.own.told, picture.own.told]).toEqual([1, 3]);
});

test("a picture that does not go yet is nothing to tell a new connection of; how it gives way is said with the first one", async () => {
  const picture = senderOf("video");
  const sending = createSending({ getSenders: () => [picture.sender] } as unknown as RTCPeerConnection);
  sending.apply({ ...plan(0), picture: undefined });
  await settled();
  sending.again();
  await settled();
  expect(picture.own.told).toBe(0);
  sending.apply(plan(40_000));
  await settled();
  expect(picture.all()).toMatchObject({ degradationPreference: "maintain-framerate", encodings: [{ active: true }] });
});
