import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import type { Comparator } from "../../../core/domain/quantity.ts";
import type { StepOf } from "../../../drivers/kit/schema.ts";
import { createSettling, type Settled } from "../../../drivers/kit/settle.ts";

const step = (more: Partial<StepOf<"settle">>): StepOf<"settle"> => ({
  do: "settle",
  phase: "measuring",
  frame: "weight",
  of: "body",
  within: { "body.weight": 0.2 },
  count: 3,
  take: "last",
  firstMs: 1_000,
  silenceMs: 1_000,
  withinMs: 10_000,
  ...more,
});
const weight = (
  value: number,
  more: { readonly comparator?: Comparator; readonly unit?: "kg" | "[lb_av]" } = {},
): Outcome => ({
  kind: "progress",
  of: "body",
  readings: [{ quantity: "body.weight", value, unit: "kg", ...more }],
});
const values = (settled: Settled | undefined): readonly number[] | undefined =>
  settled?.outcome.kind === "measurement" ? settled.outcome.readings.map(({ value }) => value) : undefined;

/** What each of these frames, 100 ms apart, made of the stream. */
function results(
  more: Partial<StepOf<"settle">>,
  frames: readonly Outcome[],
): readonly (readonly number[] | undefined)[] {
  const settling = createSettling(step(more));
  return frames.map((outcome, i) => values(settling.hear([outcome], Uint8Array.of(i), 100 * i)));
}

describe("frames that agree", () => {
  test.each([
    ["last", { take: "last" }, [60, 60.2, 60.1], [60.1]],
    ["the median", { take: "median" }, [60, 60.2, 60.1], [60.1]],
    ["of an even number the lower of the middle two", { take: "median", count: 4 }, [60, 60.2, 60.1, 60], [60]],
    ["exactly at the limit", {}, [36.5, 36.7, 36.6], [36.6]],
  ] as const)("%s", (_what, more, said, result) => {
    expect(
      results(
        more,
        said.map((value) => weight(value)),
      ).at(-1),
    ).toEqual(result);
  });
  test("the bytes are those of the frames that agree, not of those before", () => {
    const settling = createSettling(step({}));
    const told = [50, 60, 60, 60].map((value, i) => settling.hear([weight(value)], Uint8Array.of(i, i), 100 * i));
    expect(told.at(-1)?.raw).toEqual(Uint8Array.of(1, 1, 2, 2, 3, 3));
  });
});

describe("nothing settles", () => {
  test.each([
    ["beyond the limit", [weight(60), weight(60.3), weight(60)]],
    ["on a number that the device can only bound", [weight(150, { comparator: ">" }), weight(150), weight(150)]],
    ["where one is bounded at the end", [weight(150), weight(150), weight(150, { comparator: ">" })]],
    ["in two units", [weight(60), weight(60, { unit: "[lb_av]" }), weight(60)]],
    ["with a fault between", [weight(60), { kind: "fault", code: "device.outOfRange" }, weight(60)]],
    ["with a frame of another kind between", [weight(60), { ...weight(60), of: "oximetry" }, weight(60)]],
    [
      "with a frame that says nothing between",
      [weight(60), { kind: "progress", of: "body", readings: [] }, weight(60)],
    ],
  ] as readonly (readonly [string, readonly Outcome[]])[])("%s", (_what, frames) => {
    expect(results({}, frames)).toEqual([undefined, undefined, undefined]);
  });
  test("below the least: nobody stands on it", () => {
    expect(results({ least: { "body.weight": 5 } }, [weight(0), weight(0), weight(0)])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test("the last fault is remembered until a good frame comes", () => {
  const settling = createSettling(step({ count: 2 }));
  settling.hear([{ kind: "fault", code: "device.outOfRange" }], new Uint8Array(1), 0);
  expect(settling.lastFault()).toBe("device.outOfRange");
  settling.hear([weight(60)], new Uint8Array(1), 100);
  expect(settling.lastFault()).toBeUndefined();
});
