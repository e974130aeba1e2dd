import fc from "fast-check";
import { expect, test } from "vitest";
import { createNegotiation, type MediaSignal, type NegotiatingPeer } from "../../../renderer/consult/negotiation.ts";

/** As much of RTCPeerConnection's signaling as the rules of its specification demand of us. */
class FakePeer implements NegotiatingPeer {
  signalingState: RTCSignalingState = "stable";
  localDescription: { type: RTCSdpType; sdp: string } | null = null;
  remoteDescription: { type: RTCSdpType; sdp: string } | null = null;
  readonly candidates: string[] = [];
  /** Making an offer takes this long. */
  busy: Promise<void> = Promise.resolve();
  readonly #name: string;
  #made = 0;
  constructor(name: string) {
    this.#name = name;
  }
  async setLocalDescription(): Promise<void> {
    await this.busy;
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    this.#made += 1;
    const to = type === "answer" ? ` to ${this.remoteDescription?.sdp}` : "";
    this.localDescription = { type, sdp: `${this.#name} ${type} ${this.#made}${to}` };
    this.signalingState = type === "answer" ? "stable" : "have-local-offer";
  }
  async setRemoteDescription(description: { type: RTCSdpType; sdp: string }): Promise<void> {
    await Promise.resolve();
    if (description.sdp === "broken") throw new Error("SyntaxError");
    if (description.type === "answer" && this.signalingState !== "have-local-offer")
      throw new Error("InvalidStateError");
    this.remoteDescription = description;
    this.signalingState = description.type === "answer" ? "stable" : "have-remote-offer";
  }
  async addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    await Promise.resolve();
    if (this.remoteDescription === null) throw new Error("InvalidStateError");
    this.candidates.push(candidate.candidate ?? "");
  }
}

function side(name: string, is: { polite: boolean; starts: boolean }) {
  const peer = new FakePeer(name);
  const sent: MediaSignal[] = [];
  const order: string[] = [];
  const negotiation = createNegotiation({
    peer,
    ...is,
    send: (body) => {
      order.push(body.kind === "description" ? body.type : body.kind);
      sent.push(body);
    },
    firstOffer: () => void order.push(`tracks added in ${peer.signalingState}`),
  });
  return { peer, sent, order, negotiation };
}
type Side = ReturnType<typeof side>;

const pair = () => ({
  desk: side("desk", { polite: false, starts: true }),
  station: side("station", { polite: true, starts: false }),
});

/** Everything said so far, and everything said in answer to it, reaches the other side. */
async function deliverAll(a: Side, b: Side): Promise<void> {
  while (a.sent.length + b.sent.length > 0) {
    for (const signal of a.sent.splice(0)) await b.negotiation.hear(signal);
    for (const signal of b.sent.splice(0)) await a.negotiation.hear(signal);
  }
}

const candidate = (text: string): MediaSignal => ({
  kind: "candidate",
  candidate: text,
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: null,
});

test("the desk offers; the station adds its tracks between the offer and the answer", async () => {
  const { desk, station } = pair();
  await station.negotiation.offer();
  expect(station.sent, "the station waits for the first offer").toEqual([]);
  await desk.negotiation.offer();
  await deliverAll(desk, station);
  expect(station.order).toEqual(["tracks added in have-remote-offer", "answer"]);
  expect([desk.peer.signalingState, station.peer.signalingState]).toEqual(["stable", "stable"]);
  expect(desk.peer.remoteDescription?.sdp).toBe("station answer 1 to desk offer 1");
});

test("on glare the station rolls back and the desk does not look at its offer", async () => {
  const { desk, station } = pair();
  await desk.negotiation.offer();
  await deliverAll(desk, station);
  await Promise.all([desk.negotiation.offer(), station.negotiation.offer()]);
  await deliverAll(desk, station);
  expect(desk.peer.remoteDescription?.sdp).toBe("station answer 3 to desk offer 2");
  expect([desk.peer.signalingState, station.peer.signalingState]).toEqual(["stable", "stable"]);
  expect([desk.negotiation.dropped, station.negotiation.dropped]).toEqual([1, 0]);
});

test("an offer that arrives while the desk is still making its own is glare, too", async () => {
  const { desk, station } = pair();
  await desk.negotiation.offer();
  await deliverAll(desk, station);
  let ready: () => void = () => undefined;
  desk.peer.busy = new Promise((made) => (ready = made));
  const making = desk.negotiation.offer();
  await desk.negotiation.hear({ kind: "description", type: "offer", sdp: "station offer" });
  expect([desk.peer.signalingState, desk.negotiation.dropped]).toEqual(["stable", 1]);
  ready();
  await making;
  expect(desk.peer.signalingState).toBe("have-local-offer");
});

test("candidates that come before the description wait for it", async () => {
  const { desk, station } = pair();
  await desk.negotiation.offer();
  await station.negotiation.hear(candidate("early"));
  expect(station.peer.candidates).toEqual([]);
  await deliverAll(desk, station);
  await station.negotiation.hear(candidate("late"));
  expect(station.peer.candidates).toEqual(["early", "late"]);
});

test("an answer that comes too late is dropped", async () => {
  const { desk, station } = pair();
  await desk.negotiation.offer();
  await deliverAll(desk, station);
  await desk.negotiation.hear({ kind: "description", type: "answer", sdp: "station answer to an older offer" });
  expect(desk.negotiation.dropped).toBe(1);
  expect(desk.peer.remoteDescription?.sdp).toBe("station answer 1 to desk offer 1");
});

test("a broken description costs itself and nothing behind it", async () => {
  const { desk, station } = pair();
  await station.negotiation.hear({ kind: "description", type: "offer", sdp: "broken" });
  await desk.negotiation.offer();
  await deliverAll(desk, station);
  expect(station.negotiation.dropped).toBe(1);
  expect(desk.peer.signalingState).toBe("stable");
});

test("whoever offers whenever, both sides end with the same pair of descriptions", async () => {
  const step = fc.constantFrom("deskOffers", "stationOffers", "toDesk", "toStation");
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { desk, station } = pair();
      await desk.negotiation.offer();
      for (const next of steps) {
        // Neither an offer in the making nor a signal being heard is waited for: they overlap.
        if (next === "deskOffers") void desk.negotiation.offer();
        if (next === "stationOffers") void station.negotiation.offer();
        const [from, to] = next === "toDesk" ? [station, desk] : [desk, station];
        const signal = next.startsWith("to") ? from.sent.shift() : undefined;
        if (signal) void to.negotiation.hear(signal);
        await Promise.resolve();
      }
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      await deliverAll(desk, station);
      await desk.negotiation.offer();
      await deliverAll(desk, station);
      expect([desk.peer.signalingState, station.peer.signalingState]).toEqual(["stable", "stable"]);
      expect(station.peer.remoteDescription?.sdp).toBe(desk.peer.localDescription?.sdp);
      expect(desk.peer.remoteDescription?.sdp).toBe(station.peer.localDescription?.sdp);
    }),
  );
});
