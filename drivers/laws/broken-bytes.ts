import { decoder, toHex, type Profile } from "../kit/index.ts";
import { textTemplate } from "../kit/text-compile.ts";
import { goldenBytes, hostFrames } from "./golden.ts";
import { all, framesIn, waitingFor } from "./hearing.ts";
import { none, type Law } from "./law.ts";

/** What is broken is never believed, and costs nobody else. */

const bits = [1, 2, 4, 8, 16, 32, 64, 128];
const everyByte = Array.from({ length: 255 }, (_, i) => i + 1);
/** Longer frames are tried with wrong bits and turned bytes only. */
const longestTriedWhole = 64;
const wrongBytes = (bytes: Uint8Array, masks: readonly number[]): readonly Uint8Array[] =>
  Array.from(bytes, (byte, at) => masks.map((mask) => bytes.with(at, byte ^ mask))).flat();

/** A check of seven bits does not see the eighth; one whose constant may differ takes a frame without numbers with another. */
function seesEveryByte({ check, envelopes: { host } }: Profile): boolean {
  return check !== "none" && check !== "neg-sum7" && !(host.kind === "binary" && host.check.or !== undefined);
}

export const wrongByte: Law = {
  id: "wrongByte",
  holds: { en: "no frame with one wrong byte is accepted", zh: "错一个字节的帧一律不认" },
  *cases(profile) {
    if (!seesEveryByte(profile)) return;
    // A message of fixed bytes (ACK, NAK) has no check and says nothing but itself.
    const isFixed = (frame: string | undefined): boolean =>
      frame !== undefined && profile.frames[frame]?.bytes !== undefined;
    for (const frame of hostFrames(profile).filter((name) => !isFixed(name))) {
      yield {
        name: frame,
        run() {
          const device = decoder(profile);
          const golden = goldenBytes(profile, frame);
          const bent = wrongBytes(golden, golden.length > longestTriedWhole ? [...bits, 0xff] : everyByte);
          return none(
            bent.filter((bytes) => framesIn(all(device, bytes)).some((heard) => !isFixed(heard.frame))).map(toHex),
            "these are accepted though a byte is wrong",
          );
        },
      };
    }
  },
};

/** Where nothing marks a beginning (a scanner), a broken message reaches to the next end: only a pause sets the next one apart. */
const needsPause = (profile: Profile): boolean =>
  profile.envelopes.host.kind === "text" &&
  profile.envelopes.host.start === "" &&
  Object.values(profile.frames).some(
    (frame) => frame.to === "host" && frame.layout !== undefined && !textTemplate(frame).anchored,
  );

export const goodBehindBent: Law = {
  id: "goodBehindBent",
  holds: { en: "a bent frame never costs the good frame behind it", zh: "坏帧不会连累它后面的好帧" },
  *cases(profile) {
    for (const frame of hostFrames(profile)) {
      yield {
        name: frame,
        run() {
          const golden = goldenBytes(profile, frame);
          const device = waitingFor(profile, frame);
          const lost = wrongBytes(golden, profile.check === "none" ? [4] : [...bits, 0x55, 0xff]).filter((bent) => {
            if (needsPause(profile)) all(device, bent);
            const last = framesIn(all(device, ...(needsPause(profile) ? [golden] : [bent, golden]))).at(-1);
            return last?.frame !== frame || toHex(last.raw) !== toHex(golden);
          });
          return none(lost.map(toHex), "behind these the good frame was lost");
        },
      };
    }
  },
};

export const cutFrame: Law = {
  id: "cutFrame",
  holds: {
    en: "a frame cut anywhere is dropped whole and costs no good frame",
    zh: "被截断的帧整帧丢弃,不影响后面的好帧",
  },
  *cases(profile) {
    for (const frame of hostFrames(profile)) {
      yield {
        name: frame,
        run() {
          const golden = goldenBytes(profile, frame);
          const cuts = Array.from({ length: golden.length - 1 }, (_, i) => golden.subarray(0, i + 1));
          const believed = cuts.filter((cut) => framesIn(all(decoder(profile), cut)).length > 0);
          // A label's start is a line feed, which the end of a cut one may share: the good one is there all the same.
          const costly = cuts.filter((cut) => framesIn(all(decoder(profile), cut, golden)).length !== 1);
          return (
            none(believed.map(toHex), "these pieces were taken for a frame") ??
            none(costly.map(toHex), "behind these pieces there was not exactly the one good frame")
          );
        },
      };
    }
  },
};
