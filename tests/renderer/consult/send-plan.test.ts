import { describe, expect, test } from "vitest";
import { steps } from "../../../renderer/consult/ladder.ts";
import { arrivalRate, pieceRate, planOf, voicePlan, wireRate } from "../../../renderer/consult/send-plan.ts";

const idle = { reserve: 0, uploading: false };

describe("voice", () => {
  test.each([
    // A call begins for the thinnest line that it is made for.
    [undefined, false, { packetMs: 60, bitrate: 12_000, redundant: false }],
    [20_000, false, { packetMs: 120, bitrate: 9_000, redundant: false }],
    [32_000, false, { packetMs: 60, bitrate: 12_000, redundant: false }],
    [64_000, false, { packetMs: 40, bitrate: 16_000, redundant: true }],
    [64_000, true, { packetMs: 60, bitrate: 12_000, redundant: false }],
    [150_000, true, { packetMs: 40, bitrate: 16_000, redundant: true }],
    [300_000, true, { packetMs: 20, bitrate: 24_000, redundant: true }],
  ] as const)("on %s bit/s, with a picture: %s", (capacity, withPicture, plan) => {
    expect(voicePlan(capacity, withPicture)).toEqual(plan);
  });

  test.each([
    [64_000, 0.01, false],
    [64_000, 0.05, true],
    [50_000, 0.05, false],
  ])("beside a picture on %d bit/s with %d lost everything is said twice: %s", (capacity, loss, redundant) => {
    expect(voicePlan(capacity, true, loss).redundant).toBe(redundant);
  });

  test("costs what its packets cost: heads, and everything twice in RED", () => {
    expect(wireRate({ packetMs: 20, bitrate: 24_000, redundant: true })).toBe(50 * 496 + 48_000);
  });

  test("is gone where only notes or words go", () => {
    expect(steps.filter((step) => planOf({ step, capacity: 1e6, loss: 0 }, idle).voice === undefined)).toEqual([
      "voiceNote",
      "written",
    ]);
  });
});

describe("a picture", () => {
  test.each([64_000, 80_000, 100_000, 150_000, 250_000, 360_000, 1e6])(
    "with its voice fits a line of %d bit/s",
    (capacity) => {
      const { voice, picture } = planOf({ step: capacity < 360_000 ? "small" : "video", capacity, loss: 0 }, idle);
      if (!voice || !picture) throw new Error("both go");
      expect(wireRate(voice) + picture.maxBitrate).toBeLessThan(capacity * 0.85);
    },
  );

  test("is small and slow on a thin line, and never more than its step", () => {
    expect(planOf({ step: "small", capacity: 64_000, loss: 0 }, idle).picture).toMatchObject({
      scaleResolutionDownBy: 4,
      maxFramerate: 10,
    });
    expect(planOf({ step: "small", capacity: 1e6, loss: 0 }, idle).picture).toMatchObject({
      maxBitrate: 150_000,
      maxFramerate: 15,
    });
    expect(planOf({ step: "video", capacity: 9e6, loss: 0 }, idle).picture).toMatchObject({ maxBitrate: 500_000 });
  });

  test("makes room for readings", () => {
    const [before, during] = [idle, { ...idle, reserve: 8_000 }].map(
      (other) => planOf({ step: "small", capacity: 100_000, loss: 0 }, other).picture?.maxBitrate ?? 0,
    );
    expect((before ?? 0) - (during ?? 0)).toBe(8_000);
  });

  test("waits while pieces go: never more than two things go up", () => {
    expect(
      steps.map((step) => planOf({ step, capacity: 1e6, loss: 0 }, { reserve: 0, uploading: true }).picture),
    ).toEqual(steps.map(() => undefined));
  });

  test("comes every two seconds as a still", () => {
    expect(planOf({ step: "stills", capacity: 45_000, loss: 0 }, idle).picture?.maxFramerate).toBe(0.5);
  });
});

describe("pieces", () => {
  const voice = { packetMs: 60, bitrate: 10_000, redundant: true } as const;

  test.each([
    // Fifteen hundredths of the line stay free, and the voice, the reports and what readings want.
    [100_000, 0, 85_000 - 28_267 - 5_000],
    [100_000, 8_000, 85_000 - 28_267 - 13_000],
    [32_000, 0, 6_000],
    [1e9, 0, 2_000_000],
  ])("of %i bit/s with %i held back may take %i", (capacity, reserve, rate) => {
    expect(pieceRate(capacity, voice, reserve)).toBeCloseTo(rate, -1);
  });

  test.each([
    [30_000, 0, 600, 30_000],
    [30_000, 0.05, undefined, 30_000],
    [30_000, 0.05, 100, 30_000],
    // What is lost is asked for again, and on a long line that takes time.
    [30_000, 0.05, 700, 19_677],
    [30_000, 0.2, 700, 9_839],
  ])("sent at %i bit/s, of which %f are lost, with answers after %s ms, arrive at %i", (rate, loss, rtt, arrives) => {
    expect(arrivalRate(rate, loss, rtt)).toBe(arrives);
  });
});
