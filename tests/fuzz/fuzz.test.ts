import { describe, expect, test } from "vitest";
import { decoder, fromHex, toHex, type Decoder, type Heard } from "../../drivers/kit/index.ts";
import { goldenBytes, hostFrames, joined } from "../../drivers/laws/golden.ts";
import { registry } from "../../drivers/registry.generated.ts";
import { Coverage, Reached } from "./coverage.ts";
import { rulesFor } from "./rules.ts";
import { search, smallest } from "./search.ts";

const cuff = registry.find(({ id }) => id === "raycome-rbp-9000c")!;
const result = hostFrames(cuff).find((frame) =>
  [cuff.meaning[frame]!].flat().some((rule) => rule.kind === "measurement"),
)!;
const golden = goldenBytes(cuff, result);

/** A decoder of the cuff with one thing wrong. */
const spoiled = (change: (heard: readonly Heard[], chunk: Uint8Array) => readonly Heard[]) => (): Decoder => {
  const device = decoder(cuff);
  return { ...device, hearFrames: (chunk) => change(device.hearFrames(chunk), chunk) };
};

describe("a rule that a decoder breaks is named", () => {
  test.each([
    [
      "it throws",
      spoiled(() => {
        throw new Error("spoiled");
      }),
      /^it throws: spoiled/,
    ],
    ["it loses bytes", spoiled((heard) => heard.filter((each) => each.frame !== undefined)), /came back/],
    ["it knows pieces only", spoiled((heard, chunk) => (chunk.length < 24 ? [] : heard)), /in pieces|came back/],
    ["it holds back without end", () => ({ ...decoder(cuff), pending: () => 1e9 }), /are held back/],
    [
      "it believes a frame whose check is wrong",
      spoiled((heard, chunk) => {
        // As one that mends the last byte: whatever the check says is right.
        if (chunk.length !== golden.length) return heard;
        const mended = chunk.with(
          -1,
          chunk.subarray(2, -1).reduce((sum, byte) => sum ^ byte, 0),
        );
        return decoder(cuff)
          .hearFrames(mended)
          .map((each) => ({ ...each, raw: chunk }));
      }),
      /is believed though bit/,
    ],
    [
      "it says no number",
      spoiled((heard) =>
        heard.map((each) => ({
          ...each,
          outcomes: each.outcomes.map((outcome) =>
            outcome.kind === "measurement"
              ? { ...outcome, readings: outcome.readings.map((reading) => ({ ...reading, value: Number.NaN })) }
              : outcome,
          ),
        })),
      ),
      /a reading is NaN/,
    ],
  ])("%s", (_what, hearing, expected) => {
    const noisy = joined(Uint8Array.of(0x55, 0xfe), golden, Uint8Array.of(0x55));
    const rule = rulesFor(cuff, hearing);
    expect(rule(noisy) ?? rule(golden)).toMatch(expected);
  });
  test("a sound one breaks none", () => expect(rulesFor(cuff)(golden)).toBeUndefined());
});

describe("the search", () => {
  const options = { profile: cuff, rule: rulesFor(cuff), seeds: [golden], kept: [], seed: 5 };
  const few = (runs: number): boolean => runs < 300;

  test(
    "finds inputs that reach more of the kit than it began with, and the same ones every time",
    { timeout: 120_000 },
    () => {
      const none = search({ ...options, goOn: () => false });
      const some = search({ ...options, goOn: few });
      expect(some.reached).toBeGreaterThan(none.reached + 100);
      expect(some.corpus.length).toBeGreaterThan(none.corpus.length);
      // What is made once in a process (tables, caches) was made in the first search; from then on a search is the same.
      const [again, oneMore] = [search({ ...options, goOn: few }), search({ ...options, goOn: few })];
      expect(oneMore.corpus.map(toHex)).toEqual(again.corpus.map(toHex));
    },
  );

  test("stops at a broken rule with the smallest bytes that break it", () => {
    const rule = (bytes: Uint8Array): string | undefined =>
      bytes.includes(0x42) && bytes.includes(0x17) ? "no" : undefined;
    const { offence } = search({ ...options, rule, goOn: (runs) => runs < 100_000 });
    expect(offence?.why).toBe("no");
    expect([...offence!.bytes].sort()).toEqual([0x17, 0x42]);
  });
});

test("bytes are left out while the same is so", () => {
  const least = smallest(
    fromHex("00112233445566778899aabbcc"),
    (bytes) => bytes.includes(0x33) && bytes.includes(0xbb),
  );
  expect(toHex(least)).toBe("33bb");
});

test("coverage tells a branch that was taken from one that was not", () => {
  const coverage = new Coverage("/drivers/kit/");
  const reached = new Reached();
  try {
    const device = decoder(cuff);
    device.hearFrames(golden);
    expect(reached.add(coverage.take()).length).toBeGreaterThan(100);
    device.hearFrames(golden);
    expect(reached.lacks(coverage.take())).toBe(false);
    device.hearFrames(golden.with(-1, golden.at(-1)! ^ 1));
    device.flushFrames();
    expect(reached.lacks(coverage.take())).toBe(true);
  } finally {
    coverage.close();
  }
});
