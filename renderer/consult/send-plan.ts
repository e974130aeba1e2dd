import { missingCase } from "../../core/domain/missing-case.ts";
import { unmeasured, type Ladder } from "./ladder.ts";
import type { VoicePlan } from "./sdp.ts";

/** What one side sends: `undefined` picture or voice means none. Bit/s on the wire unless said otherwise. */
export interface SendPlan {
  readonly picture: PicturePlan | undefined;
  readonly voice: VoicePlan | undefined;
}

export interface PicturePlan {
  /** Of the encoder alone, without headers. */
  readonly maxBitrate: number;
  readonly scaleResolutionDownBy: number;
  /** Pictures each second; below one, the camera itself is slowed, for no encoder counts that low. */
  readonly maxFramerate: number;
}

/** IP, UDP, SRTP and RTP with its extensions, and a RED block's own head. */
export const packetBits = 62 * 8;

/** Twenty milliseconds in RED, as Chromium does by itself, limited to wideband speech. */
const full: VoicePlan = { packetMs: 20, bitrate: 24_000, redundant: true };
/**
 * Half of a thin line goes to packet heads at twenty milliseconds: sixty cost a third. RED covers what a longer packet
 * loses, NACK what RED cannot (performance.md §6; the figures that chose these are `npm run bench -- call`).
 */
const even: VoicePlan = { packetMs: 40, bitrate: 16_000, redundant: true };
const thinRedundant: VoicePlan = { packetMs: 60, bitrate: 10_000, redundant: true };
const thin: VoicePlan = { packetMs: 60, bitrate: 12_000, redundant: false };
/** Where even that makes a queue. */
const thinnest: VoicePlan = { packetMs: 120, bitrate: 9_000, redundant: false };

export const wireRate = ({ packetMs, bitrate, redundant }: VoicePlan): number =>
  (1_000 / packetMs) * packetBits + bitrate * (redundant ? 2 : 1);

/** A line that loses so much is worth saying everything twice on, at the picture's cost. */
const lossy = 0.02;

/**
 * The thickest voice that leaves the line's share: of a line not yet measured, one that fits a line of 32 kbit/s. A queue that
 * a thicker one makes there in the first seconds takes half a minute to go.
 */
export function voicePlan(capacity: number | undefined, withPicture: boolean, loss = 0): VoicePlan {
  const twice = loss >= lossy;
  const room = (capacity ?? unmeasured) * (withPicture ? (twice ? 0.5 : 0.38) : 0.7);
  return [full, even, thinRedundant, thin].find((plan) => wireRate(plan) <= room) ?? thinnest;
}

/**
 * `reserve`: what readings or pieces of a still want now. Never more than two things go up at once: while pieces go
 * (`uploading`), the picture waits.
 */
export function planOf(
  ladder: Pick<Ladder, "step" | "capacity" | "loss">,
  other: { readonly reserve: number; readonly uploading: boolean },
): SendPlan {
  const { step, capacity, loss } = ladder;
  switch (step) {
    case "video":
    case "small":
    case "stills": {
      const voice = voicePlan(capacity, true, loss);
      return { voice, picture: other.uploading ? undefined : picturePlan(step, voice, capacity, other.reserve) };
    }
    case "voice":
      return { voice: voicePlan(capacity, other.uploading, loss), picture: undefined };
    case "voiceNote":
    case "written":
      return { voice: undefined, picture: undefined };
    default:
      return missingCase(step);
  }
}

/**
 * What pieces of a still or a voice note may take beside a voice: a line that is never full keeps the voice in time.
 */
export function pieceRate(capacity: number | undefined, voice: VoicePlan | undefined, reserve: number): number {
  const left = (capacity ?? unmeasured) * 0.85 - (voice ? wireRate(voice) : 0) - reportRate - reserve;
  return between(6_000, left, 2_000_000);
}

/** One packet of pieces, with what is around it. */
const pieceBits = 1_100 * 8;
/** So few are on their way on such a line that most of the lost ones wait for a timer (`npm run bench -- call --parts visit`). */
const lossCost = 0.35;

/**
 * What of pieces arrives at the far end, bit/s: no more than go, and where packets are lost on a long line less, for each lost
 * one is asked for again (the square-root law of Mathis et al., 1997). `loss`: 0 to 1. `rttMs`: undefined where not known.
 */
export function arrivalRate(rate: number, loss: number, rttMs: number | undefined): number {
  if (rttMs === undefined || loss <= 0) return rate;
  return Math.min(rate, Math.round((lossCost * pieceBits * 1_000) / (Math.max(rttMs, 1) * Math.sqrt(loss))));
}

/** From here on more pictures cost nothing that is missed. */
const wideLine = 150_000;

/** Without a picture there is less to say about. */
const reportRate = 5_000;

/** What goes up beside voice and picture: feedback on what comes down, reports, what is sent again. */
const controlRate = 15_000;

function picturePlan(
  step: "video" | "small" | "stills",
  voice: VoicePlan,
  capacity: number | undefined,
  reserve: number,
): PicturePlan {
  const maxFramerate = { video: 15, small: (capacity ?? 0) < wideLine ? 10 : 15, stills: 0.5 }[step];
  const around = controlRate + wireRate(voice) + maxFramerate * packetBits;
  const left = (capacity ?? 64_000) * 0.9 - around - reserve;
  if (step === "video") return { maxBitrate: between(150_000, left, 500_000), scaleResolutionDownBy: 1, maxFramerate };
  if (step === "stills") return { maxBitrate: between(10_000, left, 40_000), scaleResolutionDownBy: 2, maxFramerate };
  const maxBitrate = between(15_000, left, 150_000);
  return { maxBitrate, scaleResolutionDownBy: maxBitrate < 60_000 ? 4 : 2, maxFramerate };
}

const between = (least: number, value: number, most: number): number =>
  Math.round(Math.min(Math.max(value, least), most));
