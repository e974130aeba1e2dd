import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { readFrame, turnsOf, writeFrame } from "../../../drivers/kit/astm-frame.ts";
import { decoder, encode } from "../../../drivers/kit/index.ts";
import { analyser } from "./analyser.ts";

/** Every wrong bit of a transfer, and every two of a frame. Apart from the others, because it takes its time. */
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const outcomes = (bytes: Uint8Array): readonly Outcome[] => {
  const device = decoder(analyser);
  return [...device.hear(bytes), ...device.flush()];
};

/** A sum sees every wrong bit; of two wrong bits it misses those that cancel. A person compares with the display. */
describe("wrong bits in a frame with a number", () => {
  const golden = writeFrame(4, ascii("R|1|^^^CHOL|4.81|mmol/L||N||F||||20240305072955\r"), "etx", "upper");
  const flipped = (...bits: readonly number[]): Uint8Array =>
    golden.map((byte, at) => bits.reduce((value, bit) => (bit >> 3 === at ? value ^ (1 << (bit & 7)) : value), byte));
  const all = Array.from({ length: golden.length * 8 }, (_, bit) => bit);
  test("none of one", () => {
    expect(all.filter((bit) => readFrame(flipped(bit), "upper") !== undefined)).toEqual([]);
  });
  test("the printed count of two", () => {
    const passed = all.flatMap((one) =>
      all.filter((other) => other > one && readFrame(flipped(one, other), "upper") !== undefined),
    ).length;
    const pairs = (all.length * (all.length - 1)) / 2;
    process.stdout.write(`sum8 of an R frame: ${passed} of ${pairs} pairs of wrong bits pass\n`);
    expect(passed / pairs).toBeLessThan(0.07);
    expect(passed).toBeGreaterThan(0);
  });
});

describe("a line between the simulated analyser and the station", () => {
  /** Sends every piece until it is accepted; this bit of this piece is wrong the first time. */
  function worn(piece: number, bit: number): readonly Outcome[] {
    const device = decoder(analyser);
    const told: Outcome[] = [];
    const turns = turnsOf(golden);
    for (let at = 0; at < turns.length; at++) {
      const bytes = turns[at]!;
      const first = at === piece ? bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)) : bytes;
      for (let tries = 0; tries < 6; tries++) {
        const heard = device.hearFrames(tries === 0 ? first : bytes);
        told.push(...heard.flatMap((each) => each.outcomes));
        if (heard.some((each) => each.reply?.[0] === 6) || at === turns.length - 1) break;
      }
    }
    return [...told, ...device.flush()];
  }
  const golden = encode(analyser, "result", {
    total: { value: 4.81, unit: "mmol/L" },
    triglyceride: { value: 0.51, unit: "mmol/L", comparator: "<" },
    hdl: { value: 1.29, unit: "mmol/L" },
    ldl: { notCalculable: true },
    time: "2024-03-05T07:29:55",
    unmapped: null,
  });
  const right = JSON.stringify(outcomes(golden));
  test.each(turnsOf(golden).map((bytes, piece) => [piece, bytes] as const))(
    "every wrong bit of piece %d: the right result or none",
    (piece, bytes) => {
      const all = Array.from({ length: bytes.length * 8 }, (_, bit) => worn(piece, bit));
      const results = all.map((told) => told.filter((each) => each.kind !== "discarded"));
      expect(results.filter((told) => told.length > 0 && JSON.stringify(told) !== right)).toEqual([]);
      // The frame was asked for again: the text of a frame costs nothing but time.
      if (bytes.length > 1) expect(results.filter((told) => told.length > 0).length).toBeGreaterThan(bytes.length * 7);
    },
  );
});
