import { encode } from "./envelopes.ts";
import type { Link, Profile } from "./schema.ts";

/**
 * One end of a stop-and-wait line: our sequence bit, the bit we expect, and what to do with a packet that came.
 * Both ends use it; `side` says which of the two names of a control frame is ours.
 */
export interface LinkEnd {
  /** Both bits to zero. */
  restart(): void;
  /** The bits for a packet with payload that we send now. */
  stamp(): { readonly at: number; readonly bits: number };
  acknowledgement(): Uint8Array;
  resetPacket(): Uint8Array;
  /** `duplicate`: already had; acknowledge again, do not use. */
  receive(frame: string, raw: Uint8Array): "reset" | "ack" | "payload" | "duplicate";
}

export function createLinkEnd(profile: Profile, link: Link, side: "host" | "device"): LinkEnd {
  const { bits } = link;
  const [own, other] = side === "host" ? ([0, 1] as const) : ([1, 0] as const);
  let sequence = 0;
  let expected = 0;
  let unanswered = false;
  const stateBits = (): number => (sequence === 1 ? bits.sequence : 0) | (expected === 1 ? bits.expected : 0);
  /** The other side expects our next packet: the last one has arrived. */
  const arrived = (control: number): void => {
    const wants = (control & bits.expected) === 0 ? 0 : 1;
    if (unanswered && wants !== sequence) {
      sequence = wants;
      unanswered = false;
    }
  };
  return {
    restart() {
      sequence = expected = 0;
      unanswered = false;
    },
    stamp() {
      unanswered = true;
      return { at: link.at, bits: stateBits() };
    },
    acknowledgement: () => encode(profile, link.ack[own], {}, { at: link.at, bits: stateBits() }),
    resetPacket: () => encode(profile, link.reset[own], {}),
    receive(frame, raw) {
      const control = raw[link.at] ?? 0;
      if (frame === link.reset[other]) return "reset";
      arrived(control);
      if (frame === link.ack[other]) return "ack";
      if (((control & bits.sequence) === 0 ? 0 : 1) !== expected) return "duplicate";
      expected = 1 - expected;
      return "payload";
    },
  };
}
