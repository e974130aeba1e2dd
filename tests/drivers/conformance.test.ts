import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canForm,
  checkProfile,
  decoder,
  encode,
  faultsOf,
  toHex,
  type Decoder,
  type Heard,
  type Profile,
} from "../../drivers/kit/index.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { goldenBytes, hostFrames, joined, legalValues, ordinary } from "./golden.ts";
import { play } from "./play.ts";

/** The laws of house.md §4 and issue 2 §3, for every shipped profile; one test case per profile and frame. */
const profiles = registry.map((profile) => [profile.id, profile] as const);
const frames = registry.flatMap((profile) => hostFrames(profile).map((frame) => [profile.id, frame, profile] as const));
const fields = frames.flatMap(([id, frame, profile]) =>
  Object.entries(profile.frames[frame]!.fields).map(([name, field]) => [id, frame, name, field, profile] as const),
);

const framesIn = (heard: readonly Heard[]): readonly Heard[] => heard.filter((each) => each.frame !== undefined);
const all = (device: Decoder, ...chunks: readonly Uint8Array[]): readonly Heard[] => [
  ...chunks.flatMap((chunk) => device.hearFrames(chunk)),
  ...device.flushFrames(),
];

describe("the table and the wire agree", () => {
  test.each(fields)(
    "%s %s.%s survives encode and decode for its legal extremes",
    (_id, frame, name, field, profile) => {
      const expected = legalValues(field).map((value) => ({ ...ordinary(profile, frame), [name]: value }));
      const heard = expected.map((values) => {
        const device = decoder(profile);
        device.prefer(frame);
        return framesIn(all(device, encode(profile, frame, values))).map((each) => each.values);
      });
      expect(heard).toEqual(expected.map((values) => [values]));
    },
  );

  test.each(frames)("%s %s is taken for itself and leaves nothing over", (_id, frame, profile) => {
    const heard = all(decoder(profile), goldenBytes(profile, frame));
    expect(heard.map((each) => [each.frame, toHex(each.raw)])).toEqual([[frame, toHex(goldenBytes(profile, frame))]]);
  });

  test.each(profiles)("%s: any way of cutting the bytes gives the same frames", (_id, profile) => {
    const stream = joined(
      ...hostFrames(profile).flatMap((frame) => [goldenBytes(profile, frame), Uint8Array.of(0x55, 0xfe)]),
    );
    const whole = framesIn(all(decoder(profile), stream)).map((each) => ({ ...each, raw: toHex(each.raw) }));
    expect(whole).toHaveLength(hostFrames(profile).length);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 40 }), (sizes) => {
        const chunks: Uint8Array[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length]!;
          chunks.push(stream.subarray(at, at + size));
          at += size;
        }
        const cut = framesIn(all(decoder(profile), ...chunks)).map((each) => ({ ...each, raw: toHex(each.raw) }));
        expect(cut).toEqual(whole);
      }),
      { seed: 20_261, numRuns: 100 },
    );
  });

  test.each(profiles)("%s: every byte is either in a frame or named as dropped, in order", (_id, profile) => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...hostFrames(profile)), fc.uint8Array({ minLength: 1, maxLength: 30 })), {
          maxLength: 12,
        }),
        (parts) => {
          const stream = joined(...parts.map((part) => (typeof part === "string" ? goldenBytes(profile, part) : part)));
          const dropped = profile.envelopes.host.kind === "label" ? profile.envelopes.host.drop : [];
          const heard = all(decoder(profile), stream.subarray(0, 17), stream.subarray(17));
          expect(heard.map((each) => toHex(each.raw)).join("")).toBe(
            toHex(stream.filter((byte) => !dropped.includes(byte))),
          );
        },
      ),
      { seed: 20_262, numRuns: 150 },
    );
  });
});

describe("what is broken is never believed", () => {
  const wrongBytes = (bytes: Uint8Array, masks: readonly number[]): readonly Uint8Array[] =>
    Array.from(bytes, (byte, at) => masks.map((mask) => bytes.with(at, byte ^ mask))).flat();
  const bits = [1, 2, 4, 8, 16, 32, 64, 128];
  const everyByte = Array.from({ length: 255 }, (_, i) => i + 1);
  const checked = frames.filter(([, , profile]) => profile.check !== "none");
  const unchecked = frames.filter(([, , profile]) => profile.check === "none");

  test.each(checked)("%s %s: no single wrong byte, so no single wrong bit, is accepted", (_id, frame, profile) => {
    const bent = wrongBytes(goldenBytes(profile, frame), everyByte);
    const device = decoder(profile);
    expect(bent.filter((bytes) => framesIn(all(device, bytes)).length > 0).map(toHex)).toEqual([]);
  });

  test.each(unchecked)(
    "%s %s has no check: wrong bits that pass are few, and the display must be compared",
    (id, frame, profile) => {
      const golden = goldenBytes(profile, frame);
      const device = decoder(profile);
      const readingsOf = (bytes: Uint8Array): readonly string[] =>
        all(device, bytes).flatMap((each) =>
          each.outcomes.flatMap((outcome) =>
            "readings" in outcome ? outcome.readings.map((reading) => JSON.stringify(reading)) : [],
          ),
        );
      const right = new Set(readingsOf(golden));
      const wrong = wrongBytes(golden, bits).filter((bytes) =>
        readingsOf(bytes).some((reading) => !right.has(reading)),
      );
      const flips = golden.length * 8;
      process.stdout.write(
        `${id} ${frame}: ${wrong.length} of ${flips} single-bit errors change a number; confirm "${profile.confirm}"\n`,
      );
      expect(profile.confirm).toBe("display");
      expect(wrong.length / flips).toBeLessThan(0.02);
    },
  );

  test.each(frames)("%s %s: bent, it never costs the good frame behind it", (_id, frame, profile) => {
    const golden = goldenBytes(profile, frame);
    const device = decoder(profile);
    const lost = wrongBytes(golden, profile.check === "none" ? [4] : [...bits, 0x55, 0xff]).filter((bent) => {
      const heard = framesIn(all(device, bent, golden));
      return heard.at(-1)?.frame !== frame || toHex(heard.at(-1)!.raw) !== toHex(golden);
    });
    expect(lost.map(toHex)).toEqual([]);
  });

  test.each(frames)("%s %s: cut anywhere, it is dropped whole and costs no good frame", (_id, frame, profile) => {
    const golden = goldenBytes(profile, frame);
    const cuts = Array.from({ length: golden.length - 1 }, (_, i) => golden.subarray(0, i + 1));
    const alone = cuts.flatMap((cut) => framesIn(all(decoder(profile), cut)));
    const followed = cuts.map((cut) => framesIn(all(decoder(profile), cut, golden)).length);
    expect(alone).toEqual([]);
    // A label's start is a line feed, which the end of a cut one may share: the good one is there all the same.
    expect(followed).toEqual(cuts.map(() => 1));
  });

  test.each(profiles)("%s: a million random bytes give no throw and no frame", (_id, profile) => {
    const random = fc.sample(fc.uint8Array({ minLength: 100_000, maxLength: 100_000 }), { seed: 20_263, numRuns: 10 });
    const device = decoder(profile);
    expect(random.flatMap((bytes) => framesIn(device.hearFrames(bytes)))).toEqual([]);
    expect(device.pending()).toBeLessThan(8_192);
  });
});

describe("an intact frame with an impossible value", () => {
  const numbers = fields.flatMap(([id, frame, name, field, profile]) => {
    if (!("min" in field) || (profile.meaning[frame] as { kind?: string }).kind === "information") return [];
    const size =
      field.type === "u8" || field.type === "i8"
        ? 1
        : field.type === "u16le" || field.type === "u16be" || field.type === "u16split"
          ? 2
          : 4;
    const per = field.per ?? 1;
    const isSpecial = (raw: number): boolean =>
      (field.special ?? []).some((mark) => raw >= mark.raw[0] && raw <= mark.raw[1]);
    const raws = [field.min * per - 1, field.max * per + 1, 0, 2 ** (8 * size) - 1];
    return raws
      .filter(
        (raw) =>
          raw >= 0 && raw < 2 ** (8 * size) && !isSpecial(raw) && (raw / per < field.min || raw / per > field.max),
      )
      .map((raw) => [id, frame, name, raw / per, profile] as const);
  });
  test.each(numbers)(
    "%s %s.%s = %d is a fault, never silence and never a measurement",
    (_id, frame, name, value, profile) => {
      const device = decoder(profile);
      device.prefer(frame);
      const outcomes = all(device, encode(profile, frame, { ...ordinary(profile, frame), [name]: value })).flatMap(
        (each) => each.outcomes,
      );
      expect(outcomes.map((outcome) => (outcome.kind === "fault" ? outcome.code : outcome.kind))).toEqual([
        "device.outOfRange",
      ]);
    },
  );

  const specials = fields.flatMap(([id, frame, name, field, profile]) =>
    "min" in field ? (field.special ?? []).map((mark) => [id, frame, name, mark, profile] as const) : [],
  );
  test.each(specials)("%s %s.%s: a special value keeps its comparator (%j)", (_id, frame, name, mark, profile) => {
    const unit = (profile.frames[frame]!.fields[name] as { unit: "mg/dL" }).unit;
    const bytes = encode(profile, frame, {
      ...ordinary(profile, frame),
      [name]: { value: mark.value, unit, comparator: mark.comparator },
    });
    const device = decoder(profile);
    device.prefer(frame);
    const readings = all(device, bytes).flatMap((each) =>
      each.outcomes.flatMap((outcome) => ("readings" in outcome ? outcome.readings : [])),
    );
    expect(readings).toContainEqual(expect.objectContaining({ value: mark.value, comparator: mark.comparator }));
  });
});

describe("a profile is data", () => {
  test.each(profiles)("%s survives JSON and behaves the same", (_id, profile) => {
    const reloaded: unknown = JSON.parse(JSON.stringify(profile));
    const checked = checkProfile(reloaded);
    expect(checked).toEqual({ ok: true, profile });
    const again = (checked as { profile: Profile }).profile;
    const stream = joined(...hostFrames(profile).map((frame) => goldenBytes(profile, frame)));
    expect(all(decoder(again), stream)).toEqual(all(decoder(profile), stream));
    expect(play(again)).toEqual(play(profile));
  });

  test.each(profiles)("%s cannot form what is forbidden", (_id, profile) => {
    const formed = profile.forbidden.flatMap((pattern) =>
      Object.entries(profile.frames).filter(([, frame]) => frame.to === "device" && canForm(profile, frame, pattern)),
    );
    expect(formed).toEqual([]);
  });

  test("no two profiles share a name or an identity on the bus", () => {
    const names = registry.flatMap((profile) => [profile.id, ...(profile.aliases ?? [])]);
    const identities = registry.flatMap((profile) =>
      profile.serial.match.map((usb) => `${usb.vendorId}:${usb.productId}`),
    );
    expect([...new Set(names)]).toEqual(names);
    expect([...new Set(identities)]).toEqual(identities);
  });
});

describe("the simulated device, driven through real bytes", () => {
  test.each(profiles)("%s reaches a measurement with its exact bytes, whatever the pieces", (_id, profile) => {
    const whole = play(profile);
    const measured = whole.outcomes.findIndex((outcome) => outcome.kind === "measurement");
    expect(whole.end?.how).toBe("finished");
    expect(measured).toBeGreaterThanOrEqual(0);
    const alone = decoder(profile);
    expect([...alone.hear(whole.raws[measured]!), ...alone.flush()]).toEqual([whole.outcomes[measured]]);
    expect(play(profile, { pieces: 1 })).toEqual(whole);
  });

  const faulty = registry.flatMap((profile) => faultsOf(profile).map((fault) => [profile.id, fault, profile] as const));
  test.each(faulty)("%s with the fault %s ends in time", (_id, fault, profile) => {
    const { end, outcomes } = play(profile, { simulator: { fault } });
    const told = outcomes.flatMap((outcome) => (outcome.kind === "fault" ? [outcome.code] : []));
    expect(end).toBeDefined();
    // Nobody is left with a failure that was not said.
    expect(
      end?.how === "failed" ? told.includes(end.code!) : outcomes.some((outcome) => outcome.kind === "measurement"),
    ).toBe(true);
  });

  test.each(
    registry.flatMap((profile) =>
      ["silent", "garbage", "cut", "half"].map((fault) => [profile.id, fault, profile] as const),
    ),
  )("%s with the fault %s gives no measurement and says why", (_id, fault, profile) => {
    const { end, outcomes } = play(profile, { simulator: { fault } });
    expect(outcomes.filter((outcome) => outcome.kind === "measurement")).toEqual([]);
    expect(end?.code).toMatch(/^device\.(silent|garbled|resultIncomplete)$/);
  });
});
