import { decoder, encode, toHex, type Heard, type Profile } from "../kit/index.ts";
import { seededRandom } from "../kit/sample.ts";
import { goldenBytes, hostFrames, joined, legalValues, ordinary, randomFrame } from "./golden.ts";
import { all, framesIn, hostFields, waitingFor } from "./hearing.ts";
import { broken, none, type Law } from "./law.ts";
import { canonical, same } from "./same.ts";

/** The table says the same in both directions, however the bytes come. */

export const roundTrip: Law = {
  id: "roundTrip",
  holds: { en: "a legal value survives encode and decode", zh: "合法的值经编码和解码后不变" },
  *cases(profile) {
    for (const { frame, name, field } of hostFields(profile)) {
      yield {
        name: `${frame}.${name}`,
        run() {
          const bent = legalValues(field, ordinary(profile, frame)).flatMap((value) => {
            const values = ordinary(profile, frame, { [name]: value });
            const device = decoder(profile);
            device.prefer(frame);
            const heard = framesIn(all(device, encode(profile, frame, values))).map((each) => each.values);
            return same(heard, [values]) ? [] : [canonical(value)];
          });
          return none(bent, "these values come back as others");
        },
      };
    }
  },
};

const randomFrames = 1_000;

export const manyValues: Law = {
  id: "manyValues",
  holds: { en: "a thousand random legal frames survive encode and decode", zh: "一千个随机合法帧经编码和解码后不变" },
  *cases(profile) {
    for (const frame of hostFrames(profile)) {
      if (Object.keys(profile.frames[frame]?.fields ?? {}).length === 0) continue;
      yield {
        name: frame,
        run() {
          const random = seededRandom(20_264);
          const device = decoder(profile);
          device.prefer(frame);
          const bent: string[] = [];
          for (let i = 0; i < randomFrames; i++) {
            const values = randomFrame(profile, frame, random);
            const heard = framesIn(all(device, encode(profile, frame, values))).map((each) => [
              each.frame,
              each.values,
            ]);
            if (!same(heard, [[frame, values]])) bent.push(canonical(values));
          }
          return none(bent, "these frames come back as others");
        },
      };
    }
  },
};

/** Where every frame says its length, its bytes alone tell it; elsewhere the question may decide between two. */
const tellsItself = ({ envelopes: { host } }: Profile): boolean => host.kind === "binary" && host.length !== undefined;

export const takenForItself: Law = {
  id: "takenForItself",
  holds: { en: "a frame is taken for itself and leaves nothing over", zh: "每种帧都被认作它自己,不剩字节" },
  *cases(profile) {
    for (const frame of hostFrames(profile)) {
      yield {
        name: frame,
        run() {
          const golden = goldenBytes(profile, frame);
          const heard = all(tellsItself(profile) ? decoder(profile) : waitingFor(profile, frame), golden)
            // An answer of the line takes no bytes.
            .filter((each) => each.reply === undefined)
            .map((each) => [each.frame ?? "dropped", toHex(each.raw)]);
          return same(heard, [[frame, toHex(golden)]])
            ? undefined
            : broken(`${toHex(golden)} was taken for ${canonical(heard)}`);
        },
      };
    }
  },
};

/** Ways to cut a stream into pieces of 1 to 40 bytes. */
function cuts(stream: Uint8Array, seed: number, count: number): readonly (readonly Uint8Array[])[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const chunks: Uint8Array[] = [];
    const largest = 1 + Math.floor(random() * 40);
    for (let at = 0; at < stream.length;) {
      const size = 1 + Math.floor(random() * largest);
      chunks.push(stream.subarray(at, at + size));
      at += size;
    }
    return chunks;
  });
}

/** Every way to cut a stream once. */
const everyCut = (stream: Uint8Array): readonly (readonly Uint8Array[])[] =>
  Array.from({ length: stream.length - 1 }, (_, at) => [stream.subarray(0, at + 1), stream.subarray(at + 1)]);

export const anyPieces: Law = {
  id: "anyPieces",
  holds: { en: "any way of cutting the bytes gives the same frames", zh: "字节无论怎样分段到达,得到的帧都相同" },
  *cases(profile) {
    const golden = hostFrames(profile).map((frame) => goldenBytes(profile, frame));
    const streams = {
      "all frames with noise between them": joined(...golden.flatMap((bytes) => [bytes, Uint8Array.of(0x55, 0xfe)])),
      "all frames joined": joined(...golden),
    };
    for (const [name, stream] of Object.entries(streams)) {
      yield {
        name,
        run() {
          const found = (chunks: readonly Uint8Array[]): readonly Heard[] => framesIn(all(decoder(profile), ...chunks));
          const whole = found([stream]);
          if (whole.length !== golden.length)
            return broken(`${golden.length} frames were sent, ${whole.length} were found`);
          const ways = [
            ...cuts(stream, 20_261, 100),
            ...everyCut(stream),
            Array.from(stream, (byte) => Uint8Array.of(byte)),
          ];
          const differing = ways.filter((chunks) => !same(found(chunks), whole));
          return none(
            differing.map((chunks) => chunks.map((chunk) => chunk.length).join("+")),
            "cut in these pieces it says something else",
          );
        },
      };
    }
  },
};

export const noByteLost: Law = {
  id: "noByteLost",
  holds: { en: "every byte is in a frame or named as dropped, in order", zh: "每个字节要么在帧里,要么被如实标为丢弃" },
  *cases(profile) {
    yield {
      name: "frames and noise in 150 random orders",
      run() {
        const random = seededRandom(20_262);
        const names = hostFrames(profile);
        const { host } = profile.envelopes;
        const drop = "drop" in host ? (host.drop ?? []) : [];
        const part = (): Uint8Array => {
          const name = names[Math.floor(random() * names.length)];
          if (name !== undefined && random() < 0.5) return goldenBytes(profile, name);
          return Uint8Array.from({ length: 1 + Math.floor(random() * 30) }, () => Math.floor(random() * 256));
        };
        const streams = Array.from({ length: 150 }, () =>
          joined(...Array.from({ length: Math.floor(random() * 12) }, part)),
        );
        const lost = streams.filter((stream) => {
          const heard = all(decoder(profile), stream.subarray(0, 17), stream.subarray(17));
          return heard.map((each) => toHex(each.raw)).join("") !== toHex(stream.filter((byte) => !drop.includes(byte)));
        });
        return none(lost.map(toHex), "these bytes did not all come out again");
      },
    };
  },
};
