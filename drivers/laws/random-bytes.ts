import { decoder, toHex, type Frame, type Profile } from "../kit/index.ts";
import { checks } from "../kit/checks.ts";
import { compileFrames } from "../kit/frame-table.ts";
import type { BinaryEnvelope } from "../kit/schema.ts";
import { rulesOf } from "../kit/rules.ts";
import { seededRandom } from "../kit/sample.ts";
import { outcomesIn } from "./hearing.ts";
import { broken, counted, type Law } from "./law.ts";

/** What random bytes make of a decoder: no number beyond the odds, no growth, no throw. */

/** How often random bytes look like this frame, per place where one may begin. */
function oddsOf(profile: Profile, envelope: BinaryEnvelope, name: string, frame: Frame): number {
  const compiled = compileFrames(profile, "host").find((each) => each.name === name);
  if (compiled === undefined) return 0;
  const bitsOf = (mask: number): number => mask.toString(2).replaceAll("0", "").length;
  let odds = 2 ** (-4 * (envelope.head.length + (envelope.tail?.length ?? 0) + (envelope.end?.length ?? 0)));
  const headSize = envelope.head.length / 2;
  for (let i = 0; i < compiled.plain.length; i += 3)
    if ((compiled.plain[i] ?? 0) >= headSize) odds *= 2 ** -bitsOf(compiled.plain[i + 1] ?? 0);
  for (const other of compiled.others)
    odds *= other.allowed === undefined ? 1 / 256 : other.allowed.reduce((sum, each) => sum + each, 0) / 256;
  if (envelope.length !== undefined)
    odds *= (compiled.maxSize - compiled.minSize + 1) / (envelope.length.size === 2 ? 65_536 : 256);
  const ways = envelope.check.or === undefined ? 1 : 1 + envelope.check.or.plus.length;
  odds *= envelope.check.form === "hex" ? 2 ** -16 : ways / (checks[envelope.check.kind].mask + 1);
  return frame.to === "host" ? odds : 0;
}

const carriesNumbers = (profile: Profile, name: string): boolean =>
  rulesOf(profile, name).some((rule) => "readings" in rule);

/** Results, live numbers and control results that so many random bytes may give by chance: six standard deviations. */
function mostByChance(profile: Profile, bytes: number): number {
  const { host } = profile.envelopes;
  if (host.kind !== "binary") return 0;
  const mean = Object.entries(profile.frames)
    .filter(([name]) => carriesNumbers(profile, name))
    .reduce((sum, [name, frame]) => sum + bytes * oddsOf(profile, host, name, frame), 0);
  return mean < 1e-6 * bytes ** 0.5 ? 1 : Math.ceil(mean + 6 * Math.sqrt(mean) + 2);
}

/** Bytes that a decoder may hold on to while it waits for the rest of a frame, beyond the longest frame. */
const mostPending = 8_192;
const piece = 65_536;

/** `count`: how many bytes. The same ones for every profile: made once, used in pieces. */
export function randomBytesLaw(count: number): Law {
  let pieces: readonly Uint8Array[] | undefined;
  const bytes = (): readonly Uint8Array[] => (pieces ??= seededPieces(count));
  return {
    id: "randomBytes",
    holds: {
      en: "millions of random bytes give no number beyond the odds of the check, and no growth",
      zh: "数百万个随机字节得出的数值不超过校验的误判概率,也不占内存",
    },
    *cases(profile) {
      yield {
        name: `${count} bytes`,
        run() {
          const device = decoder(profile);
          const found: string[] = [];
          let numbers = 0;
          let held = 0;
          for (const each of bytes()) {
            for (const heard of device.hearFrames(each)) {
              if (heard.frame === undefined || !outcomesIn([heard]).some((outcome) => "readings" in outcome)) continue;
              numbers++;
              if (found.length < 3) found.push(toHex(heard.raw));
            }
            held = Math.max(held, device.pending());
          }
          if (held > mostPending + largestOf(profile)) return broken(`it holds on to ${held} bytes`);
          const most = mostByChance(profile, count);
          if (numbers > most)
            return broken(
              `${numbers} numbers came out of ${count} random bytes, ${most} may by chance: ${found.join(", ")}`,
            );
          return counted({ randomNumbers: numbers });
        },
      };
    },
  };
}

function largestOf(profile: Profile): number {
  const { host } = profile.envelopes;
  return "maxBytes" in host ? host.maxBytes : 0;
}

function seededPieces(count: number): readonly Uint8Array[] {
  const random = seededRandom(20_263);
  return Array.from({ length: Math.ceil(count / piece) }, (_, i) => {
    const bytes = new Uint8Array(Math.min(piece, count - i * piece));
    const words = new Uint32Array(Math.ceil(bytes.length / 4)).map(() => Math.floor(random() * 4_294_967_296));
    bytes.set(new Uint8Array(words.buffer).subarray(0, bytes.length));
    return bytes;
  });
}
