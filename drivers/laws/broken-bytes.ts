import { decoder, toHex, type Profile } from "../kit/index.ts";
import { seededRandom } from "../kit/sample.ts";
import { goldenBytes, hostFrames } from "./golden.ts";
import { all, framesIn, readingsIn } from "./hearing.ts";
import { broken, none, noted, type Law } from "./law.ts";

/** What is broken is never believed, and costs nobody else. */

const bits = [1, 2, 4, 8, 16, 32, 64, 128];
const everyByte = Array.from({ length: 255 }, (_, i) => i + 1);
const wrongBytes = (bytes: Uint8Array, masks: readonly number[]): readonly Uint8Array[] =>
  Array.from(bytes, (byte, at) => masks.map((mask) => bytes.with(at, byte ^ mask))).flat();

export const wrongByte: Law = {
  id: "wrongByte",
  holds: { en: "no frame with one wrong byte is accepted", zh: "错一个字节的帧一律不认" },
  *cases(profile) {
    if (profile.check === "none") return;
    // A message of fixed bytes (ACK, NAK) has no check and says nothing but itself.
    const isFixed = (frame: string | undefined): boolean =>
      frame !== undefined && profile.frames[frame]?.bytes !== undefined;
    for (const frame of hostFrames(profile).filter((name) => !isFixed(name))) {
      yield {
        name: frame,
        run() {
          const device = decoder(profile);
          const bent = wrongBytes(goldenBytes(profile, frame), everyByte);
          return none(
            bent.filter((bytes) => framesIn(all(device, bytes)).some((heard) => !isFixed(heard.frame))).map(toHex),
            "these are accepted though a byte is wrong",
          );
        },
      };
    }
  },
};

/** Without a check, more wrong single bits than this may not change a number. */
const mostUnseen = 0.02;
/** In a line of text a digit has at most four bits that make it another digit; nothing else may change a number. */
const unseenBits = (profile: Profile, golden: Uint8Array): number =>
  profile.envelopes.host.kind === "text"
    ? 4 * golden.filter((byte) => byte >= 0x30 && byte <= 0x39).length
    : mostUnseen * 8 * golden.length;

export const wrongBitUnchecked: Law = {
  id: "wrongBitUnchecked",
  holds: {
    en: "without a check, few wrong bits change a number, and a person compares with the display",
    zh: "没有校验时,错一位而改变数值的情况极少,并且由人对照屏幕确认",
  },
  *cases(profile) {
    if (profile.check !== "none") return;
    for (const frame of hostFrames(profile)) {
      yield {
        name: frame,
        run() {
          const golden = goldenBytes(profile, frame);
          const device = decoder(profile);
          const readingsOf = (bytes: Uint8Array): readonly string[] =>
            readingsIn(all(device, bytes)).map((reading) => JSON.stringify(reading));
          const right = new Set(readingsOf(golden));
          const wrong = wrongBytes(golden, bits).filter((bytes) =>
            readingsOf(bytes).some((reading) => !right.has(reading)),
          );
          const flips = golden.length * 8;
          const said = `${wrong.length} of ${flips} single-bit errors change a number; confirm "${profile.confirm}"`;
          return profile.confirm === "display" && wrong.length < unseenBits(profile, golden)
            ? noted(said)
            : broken(said);
        },
      };
    }
  },
};

export const goodBehindBent: Law = {
  id: "goodBehindBent",
  holds: { en: "a bent frame never costs the good frame behind it", zh: "坏帧不会连累它后面的好帧" },
  *cases(profile) {
    for (const frame of hostFrames(profile)) {
      yield {
        name: frame,
        run() {
          const golden = goldenBytes(profile, frame);
          const device = decoder(profile);
          const lost = wrongBytes(golden, profile.check === "none" ? [4] : [...bits, 0x55, 0xff]).filter((bent) => {
            const last = framesIn(all(device, bent, golden)).at(-1);
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

/** Bytes that a decoder may hold on to while it waits for the rest of a frame. */
const mostPending = 8_192;

export const randomBytes: Law = {
  id: "randomBytes",
  holds: { en: "a million random bytes give no frame and no growth", zh: "一百万个随机字节不产生任何帧,也不占内存" },
  *cases(profile) {
    yield {
      name: "seeded",
      run() {
        const random = seededRandom(20_263);
        const device = decoder(profile);
        const believed: string[] = [];
        for (let i = 0; i < 10; i++) {
          const bytes = Uint8Array.from({ length: 100_000 }, () => Math.floor(random() * 256));
          believed.push(...framesIn(device.hearFrames(bytes)).map((each) => toHex(each.raw)));
        }
        if (device.pending() >= mostPending) return broken(`it holds on to ${device.pending()} bytes`);
        return none(believed, "these random bytes were taken for frames");
      },
    };
  },
};
