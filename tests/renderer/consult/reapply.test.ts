import { expect, test } from "vitest";
import { createNegotiation, type MediaSignal, type NegotiatingPeer } from "../../../renderer/consult/negotiation.ts";

/** A settled connection whose every description is written down. */
function settled(options: { readonly breaks?: "local" | "remote"; readonly trusts?: (sdp: string) => boolean } = {}) {
  const applied: string[] = [];
  const sent: MediaSignal[] = [];
  let breaks = options.breaks;
  let during: (() => void) | undefined;
  const peer = {
    signalingState: "stable" as RTCSignalingState,
    localDescription: { type: "offer" as RTCSdpType, sdp: "ours" },
    remoteDescription: { sdp: "a=setup:active\r\n" } as { readonly sdp: string } | null,
    async setLocalDescription() {
      await Promise.resolve();
      if (breaks === "local") throw new Error("InvalidStateError");
      applied.push(peer.signalingState === "have-remote-offer" ? "local answer" : "local offer");
      peer.signalingState = peer.signalingState === "have-remote-offer" ? "stable" : "have-local-offer";
    },
    async setRemoteDescription({ type, sdp }: { readonly type: RTCSdpType; readonly sdp: string }) {
      await Promise.resolve();
      if (breaks === "remote") throw new Error("SyntaxError");
      applied.push(`remote ${type} ${sdp.trim()}`.trim());
      if (type === "rollback") breaks = undefined;
      peer.signalingState = type === "offer" ? "have-remote-offer" : "stable";
      during?.();
      during = undefined;
    },
    addIceCandidate: () => Promise.resolve(),
  } satisfies NegotiatingPeer;
  let mark = "thin";
  const negotiation = createNegotiation({
    peer,
    polite: true,
    starts: true,
    send: (body) => void sent.push(body),
    firstOffer: () => undefined,
    edit: (sdp) => `${sdp.trim()} ${mark}`,
    ...(options.trusts ? { trusts: options.trusts } : {}),
  });
  return {
    peer,
    negotiation,
    applied,
    sent,
    mark: (to: string) => void (mark = to),
    during: (what: () => void) => void (during = what),
  };
}

test("what the other side said is applied once more as it is edited now, and the other side hears nothing of it", async () => {
  const side = settled();
  side.mark("full");
  await side.negotiation.reapply();
  expect(side.applied).toEqual(["remote offer a=setup:actpass full", "local answer"]);
  expect(side.sent).toEqual([]);
  expect(side.peer.signalingState).toBe("stable");
});

test("what comes from the other side is edited, too", async () => {
  const side = settled();
  await side.negotiation.hear({ kind: "description", type: "offer", sdp: "theirs" });
  expect(side.applied).toEqual(["remote offer theirs thin", "local answer"]);
});

test("an offer of our own that is wanted meanwhile is made after it", async () => {
  const side = settled();
  side.during(() => void side.negotiation.offer());
  await side.negotiation.reapply();
  expect(side.applied).toEqual(["remote offer a=setup:actpass thin", "local answer", "local offer"]);
  expect(side.sent.length).toBe(1);
});

test("in the middle of another negotiation nothing is applied again", async () => {
  const side = settled();
  side.peer.signalingState = "have-local-offer";
  await side.negotiation.reapply();
  expect(side.applied).toEqual([]);
});

test("before the first description there is nothing to apply again", async () => {
  const side = settled();
  side.peer.remoteDescription = null;
  await side.negotiation.reapply();
  expect(side.applied).toEqual([]);
});

test("half applied, it is taken back", async () => {
  const side = settled({ breaks: "local" });
  await side.negotiation.reapply();
  expect(side.applied).toEqual(["remote offer a=setup:actpass thin", "remote rollback"]);
  expect([side.peer.signalingState, side.negotiation.dropped]).toEqual(["stable", 1]);
});

test("refused, it changes nothing", async () => {
  const side = settled({ breaks: "remote" });
  await side.negotiation.reapply();
  expect([side.peer.signalingState, side.negotiation.dropped]).toEqual(["stable", 1]);
});

test("a description of a certificate that is not the ticket's is dropped unread", async () => {
  const side = settled({ trusts: (sdp) => sdp !== "a stranger's" });
  await side.negotiation.hear({ kind: "description", type: "offer", sdp: "a stranger's" });
  expect([side.applied, side.negotiation.dropped]).toEqual([[], 1]);
});
