import type { SignalBody } from "../../core/contract/views.ts";
import { asOffer } from "./sdp.ts";

/** What negotiation needs of an RTCPeerConnection. */
export interface NegotiatingPeer {
  readonly signalingState: RTCSignalingState;
  readonly localDescription: { readonly type: RTCSdpType; readonly sdp: string } | null;
  readonly remoteDescription: { readonly sdp: string } | null;
  setLocalDescription(): Promise<void>;
  setRemoteDescription(description: { type: RTCSdpType; sdp: string }): Promise<void>;
  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void>;
}

export type MediaSignal = Extract<SignalBody, { kind: "description" | "candidate" }>;

export interface Negotiation {
  /** For `negotiationneeded`. Does nothing on the side that waits for the first offer. */
  offer(): Promise<void>;
  /** One signal at a time, in the order heard. */
  hear(signal: MediaSignal): Promise<void>;
  /** Applies the other side's description once more, as it is edited now. The other side does not hear of it. */
  reapply(): Promise<void>;
  /** Signals that did not fit the state (late answers, candidates of an ignored offer, broken SDP). */
  readonly dropped: number;
}

const earlyCandidates = 100;

/**
 * Perfect negotiation (W3C WebRTC §10.7): either side may offer at any time; on glare the polite side rolls back and the
 * impolite one does not look at the offer. Only `starts` may make the first offer; the other adds its tracks in
 * `firstOffer`, between hearing the offer and answering it. Never throws: what does not fit is dropped and counted.
 */
export function createNegotiation(parts: {
  readonly peer: NegotiatingPeer;
  readonly polite: boolean;
  readonly starts: boolean;
  readonly send: (body: MediaSignal) => void;
  readonly firstOffer: () => void;
  /** The other side's description as we apply it: there it says how we send. */
  readonly edit?: (sdp: string) => string;
  /** A description that is not trusted is dropped unread: another certificate than the connection's. */
  readonly trusts?: (sdp: string) => boolean;
  /** A description was applied and answered, or is an answer. */
  readonly settled?: () => void;
}): Negotiation {
  const { peer, polite, send, edit = (sdp) => sdp } = parts;
  const early: RTCIceCandidateInit[] = [];
  let mayOffer = parts.starts;
  let makingOffer = false;
  let ignoredOffer = false;
  let dropped = 0;
  let reapplying = false;
  let offerAfter = false;
  let line = Promise.resolve();

  const describe = () => {
    const description = peer.localDescription;
    if (description) send({ kind: "description", type: description.type, sdp: description.sdp });
  };

  const addCandidate = async (candidate: RTCIceCandidateInit) => {
    try {
      await peer.addIceCandidate(candidate);
    } catch {
      dropped += 1;
    }
  };

  const hearDescription = async (type: RTCSdpType, sdp: string) => {
    const collides = type === "offer" && (makingOffer || peer.signalingState !== "stable");
    ignoredOffer = collides && !polite;
    const lateAnswer = type === "answer" && peer.signalingState !== "have-local-offer";
    if (ignoredOffer || lateAnswer || parts.trusts?.(sdp) === false) {
      dropped += 1;
      return;
    }
    // An offer in `have-local-offer` rolls our own back by itself.
    await peer.setRemoteDescription({ type, sdp: edit(sdp) });
    for (const candidate of early.splice(0)) await addCandidate(candidate);
    if (type !== "offer") return parts.settled?.();
    if (!mayOffer) {
      mayOffer = true;
      parts.firstOffer();
    }
    await peer.setLocalDescription();
    describe();
    parts.settled?.();
  };

  const applyAgain = async () => {
    const remote = peer.remoteDescription;
    if (remote === null || peer.signalingState !== "stable" || makingOffer) return;
    reapplying = true;
    let half = false;
    try {
      await peer.setRemoteDescription({ type: "offer", sdp: edit(asOffer(remote.sdp)) });
      half = true;
      await peer.setLocalDescription();
      parts.settled?.();
    } catch {
      dropped += 1;
      // Half applied it would refuse every later description; what stood before stands again.
      if (half) await peer.setRemoteDescription({ type: "rollback", sdp: "" });
    } finally {
      reapplying = false;
    }
  };

  const makeOffer = async () => {
    try {
      makingOffer = true;
      await peer.setLocalDescription();
      describe();
    } catch {
      // The state changed under the offer (an offer of theirs came first); the answer to it carries our tracks.
      dropped += 1;
    } finally {
      makingOffer = false;
    }
  };

  const hearCandidate = async (signal: MediaSignal & { kind: "candidate" }) => {
    const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = signal;
    const init: RTCIceCandidateInit = { candidate, sdpMid, sdpMLineIndex, usernameFragment };
    if (peer.remoteDescription !== null) await addCandidate(init);
    else if (early.length < earlyCandidates && !ignoredOffer) early.push(init);
    else dropped += 1;
  };

  return {
    get dropped() {
      return dropped;
    },
    async offer() {
      if (!mayOffer) return;
      // In the middle of it our own description would be an answer that nobody asked for.
      if (reapplying) offerAfter = true;
      else await makeOffer();
    },
    reapply() {
      line = line.then(async () => {
        await applyAgain().catch(() => void (dropped += 1));
        if (!offerAfter) return;
        offerAfter = false;
        await makeOffer();
      });
      return line;
    },
    hear(signal) {
      line = line.then(async () => {
        try {
          if (signal.kind === "description") await hearDescription(signal.type, signal.sdp);
          else await hearCandidate(signal);
        } catch {
          dropped += 1;
        }
      });
      return line;
    },
  };
}
