import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import type { Reading } from "../../../core/domain/quantity.ts";
import type { StepOf } from "../../../drivers/kit/schema.ts";
import { createSettling, type Settling } from "../../../drivers/kit/settle.ts";

/** A stream of an oximeter that must hold still in two numbers, and what else it says along with them. */
const step = (more: Partial<StepOf<"settle">> = {}): StepOf<"settle"> => ({
  do: "settle",
  phase: "measuring",
  frame: "live",
  of: "oximetry",
  within: { spo2: 1, "pulse.rate": 3 },
  count: 3,
  take: "median",
  firstMs: 1_000,
  silenceMs: 1_000,
  withinMs: 10_000,
  ...more,
});
const { count: _count, ...uncounted } = step();
const spo2 = (value: number): Reading => ({ quantity: "spo2", value, unit: "%" });
const pulse = (value: number): Reading => ({ quantity: "pulse.rate", value, unit: "/min" });
const index = (value: number, comparator?: ">"): Reading => ({
  quantity: "perfusion.index",
  value,
  unit: "%",
  ...(comparator === undefined ? {} : { comparator }),
});
const says = (...readings: readonly Reading[]): Outcome => ({ kind: "progress", of: "oximetry", readings });
const bad = (code: "device.outOfRange" | "device.pump" = "device.outOfRange"): Outcome => ({ kind: "fault", code });

/** Frames at these times; of each what it made: nothing, or the numbers of the result. */
function stream(settling: Settling, frames: readonly (readonly [number, ...(readonly Outcome[])])[]) {
  return frames.map(([atMs, ...outcomes], i) => {
    const settled = settling.hear(outcomes, Uint8Array.of(i), atMs);
    return settled?.outcome.kind === "measurement" ? settled.outcome.readings.map(({ value }) => value) : undefined;
  });
}
const every100 = (...outcomes: readonly Outcome[]) => outcomes.map((outcome, i) => [100 * i, outcome] as const);

describe("a result of two numbers", () => {
  test("is the median of each, of those the device said", () => {
    const told = [
      says(spo2(97), pulse(70), index(5)),
      says(spo2(98), pulse(72), index(20, ">")),
      says(spo2(97), pulse(71), index(7)),
      says(spo2(98), pulse(73), index(6)),
    ];
    expect(stream(createSettling(step({ count: 4 })), every100(...told)).at(-1)).toEqual([97, 71, 6]);
  });
  test("counts what was said with a comparator in no median", () => {
    const told = [index(5), index(20, ">"), index(7), index(20, ">")].map((one) => says(spo2(97), pulse(70), one));
    expect(stream(createSettling(step({ count: 4 })), every100(...told)).at(-1)).toEqual([97, 70, 5]);
  });
  test("is of its own kind, whatever else the same frame says", () => {
    const other: Outcome = {
      kind: "progress",
      of: "temperature",
      readings: [{ quantity: "body.temperature", value: 36.5, unit: "Cel" }],
    };
    const both = [0, 100, 200].map((at) => [at, other, says(spo2(97), pulse(70))] as const);
    expect(stream(createSettling(step()), both).at(-1)).toEqual([97, 70]);
  });
  test("of which one was never said plainly keeps the last word of it", () => {
    const told = [1, 2, 3].map(() => says(spo2(97), pulse(70), index(20, ">")));
    expect(stream(createSettling(step()), every100(...told)).at(-1)).toEqual([97, 70, 20]);
  });
  test("is the last where the last is asked for", () => {
    const told = [says(spo2(97), pulse(70)), says(spo2(98), pulse(72)), says(spo2(97), pulse(73))];
    expect(stream(createSettling(step({ take: "last" })), every100(...told)).at(-1)).toEqual([97, 73]);
  });
  test("says nothing but its kind, its numbers and no doubt", () => {
    const settling = createSettling(step({ count: 1 }));
    expect(settling.hear([says(spo2(97), pulse(70))], Uint8Array.of(7), 0)).toEqual({
      outcome: { kind: "measurement", of: "oximetry", readings: [spo2(97), pulse(70)], doubts: [] },
      raw: Uint8Array.of(7),
    });
  });
  test.each([
    ["the first moves", [says(spo2(95), pulse(70)), says(spo2(97), pulse(70)), says(spo2(97), pulse(70))]],
    ["the second moves", [says(spo2(97), pulse(60)), says(spo2(97), pulse(70)), says(spo2(97), pulse(70))]],
    ["the second is missing", [says(spo2(97)), says(spo2(97)), says(spo2(97))]],
    ["the first is missing", [says(pulse(70)), says(pulse(70)), says(pulse(70))]],
    ["the numbers are another's", [1, 2, 3].map(() => ({ ...says(spo2(97), pulse(70)), of: "body" }) as Outcome)],
  ])("is none while %s", (_, told) => {
    expect(stream(createSettling(step()), every100(...told)).at(-1)).toBeUndefined();
  });
  test("a fault beside the numbers of one frame counts before them", () => {
    const settling = createSettling(step({ count: 1 }));
    expect(settling.hear([says(spo2(97), pulse(70)), bad()], Uint8Array.of(1), 0)).toBeUndefined();
    expect(settling.lastFault()).toBe("device.outOfRange");
  });
});

describe("too small to count", () => {
  test.each([
    [90, true],
    [89, false],
  ])("%i of at least 90 counts: %s", (value, counts) => {
    const settling = createSettling(step({ count: 1, least: { spo2: 90 } }));
    expect(stream(settling, [[0, says(spo2(value), pulse(70))]])[0] !== undefined).toBe(counts);
  });
  test("what is not said is not too small", () => {
    const settling = createSettling(step({ count: 1, least: { "perfusion.index": 1 } }));
    expect(stream(settling, [[0, says(spo2(97), pulse(70))]])).toEqual([[97, 70]]);
  });
});

describe("time", () => {
  const still = says(spo2(97), pulse(70));
  test.each([
    [1_000, true],
    [1_001, false],
  ])("a hole of %i ms is agreed over: %s", (hole, agreed) => {
    const settling = createSettling(step({ count: 2 }));
    expect(
      stream(settling, [
        [0, still],
        [hole, still],
      ])[1] !== undefined,
    ).toBe(agreed);
  });
  test("the hole is counted from the last frame, not from the first", () => {
    const settling = createSettling(step({ count: 3 }));
    expect(
      stream(settling, [
        [0, still],
        [900, still],
        [1_800, still],
      ])[2],
    ).toEqual([97, 70]);
  });
  test.each([
    [499, false],
    [500, true],
  ])("agreement for %i ms of 500 is enough: %s", (span, enough) => {
    const settling = createSettling({ ...uncounted, spanMs: 500 });
    expect(
      stream(settling, [
        [100, still],
        [100 + span, still],
      ])[1] !== undefined,
    ).toBe(enough);
  });
  test("of both a number and a time, both must be there", () => {
    const both = () => createSettling(step({ count: 2, spanMs: 500 }));
    expect(
      stream(both(), [
        [0, still],
        [400, still],
        [500, still],
      ]),
    ).toEqual([undefined, undefined, [97, 70]]);
    expect(stream(both(), [[0, still]])).toEqual([undefined]);
  });
  test("a number that moves begins the time anew", () => {
    const settling = createSettling({ ...uncounted, spanMs: 500 });
    const moved = says(spo2(97), pulse(90));
    expect(
      stream(settling, [
        [0, still],
        [400, moved],
        [600, moved],
        [900, moved],
      ]),
    ).toEqual([undefined, undefined, undefined, [97, 90]]);
  });
});

describe("a fault that does not go away", () => {
  const after = (settling: Settling, ...outcomes: readonly Outcome[]) => {
    stream(settling, every100(...outcomes));
    return settling.stubbornFault();
  };
  test.each<readonly [string, readonly Outcome[], string | undefined]>([
    ["twice", [bad(), bad()], undefined],
    ["thrice", [bad(), bad(), bad()], "device.outOfRange"],
    ["with another between", [bad(), bad(), bad("device.pump")], undefined],
    ["with a good frame between", [bad(), bad(), says(spo2(97), pulse(70)), bad()], undefined],
    ["with an empty frame between", [bad(), bad(), says(), bad()], undefined],
    ["empty frames alone", [says(), says(), says(), says()], undefined],
    ["another that stays", [bad(), bad("device.pump"), bad("device.pump"), bad("device.pump")], "device.pump"],
  ])("%s", (_, outcomes, code) => {
    expect(after(createSettling(step()), ...outcomes)).toBe(code);
  });
  test("is none where no number of frames is asked for", () => {
    expect(after(createSettling({ ...uncounted, spanMs: 500 }), bad(), bad(), bad(), bad())).toBeUndefined();
  });
});
