import { describe, expect, test } from "vitest";
import { carrierOf, holds, partsOf, plainAt } from "../../../drivers/kit/places.ts";
import { isImpossible, isMeasured, textOf, type Value, type Values } from "../../../drivers/kit/value.ts";

describe("a place", () => {
  test.each([
    ["state", { field: "state" }, undefined],
    ["flags.low", { field: "flags", bit: "low" }, undefined],
    ["time/taken", { field: "time/taken" }, "time"],
    ["time/flags.low", { field: "time/flags", bit: "low" }, "time"],
    [".low", { field: "", bit: "low" }, undefined],
    ["/taken", { field: "/taken" }, ""],
  ])("%s", (place, parts, carrier) => {
    expect(partsOf(place)).toStrictEqual(parts);
    expect(carrierOf(place)).toBe(carrier);
  });
});

const values: Values = {
  zero: 0,
  text: "E00",
  empty: "",
  none: null,
  weight: { value: 60.5, unit: "kg" },
  beyond: { value: 150, unit: "kg", comparator: ">" },
  open: { notCalculable: true },
  flags: { low: true, high: false },
};

describe("what stands there without its unit", () => {
  test.each([
    ["zero", 0],
    ["text", "E00"],
    ["empty", ""],
    ["none", undefined],
    ["nowhere", undefined],
    ["weight", 60.5],
    ["beyond", undefined],
    ["open", undefined],
    ["flags", undefined],
    ["flags.low", true],
    ["flags.high", false],
    ["flags.other", undefined],
    ["none.low", undefined],
    ["nowhere.low", undefined],
  ])("%s: %s", (place, plain) => {
    expect(plainAt(values, place)).toBe(plain);
  });
});

describe("conditions", () => {
  test.each([
    [undefined, true],
    [{}, true],
    [{ zero: [0] }, true],
    [{ zero: [1] }, false],
    [{ zero: [0], text: ["E00", "E01"] }, true],
    [{ zero: [0], text: ["E01"] }, false],
    [{ nowhere: [undefined as unknown as number] }, false],
  ])("%j: %s", (when, expected) => {
    expect(holds(when, values)).toBe(expected);
  });
});

describe("what a value is", () => {
  test.each<readonly [Value | { readonly impossible: true; readonly raw: string }, boolean, boolean]>([
    [{ impossible: true, raw: "ff" }, true, false],
    [{ value: 1, unit: "kg" }, false, true],
    [{ notCalculable: true }, false, false],
    [{ value: true }, false, false],
    [{ unit: true }, false, false],
    [null, false, false],
    ["impossible", false, false],
    [0, false, false],
  ])("%j: impossible %s, with a unit %s", (value, impossible, measured) => {
    expect(isImpossible(value)).toBe(impossible);
    expect(isMeasured(value as Value)).toBe(measured);
  });
  test("nothing is no number with a unit", () => expect(isMeasured(undefined)).toBe(false));
  test("text and numbers are text", () => expect([textOf("a"), textOf(7)]).toEqual(["a", "7"]));
  test.each<readonly [Value, string]>([
    [null, "null is no text"],
    [{ value: 1, unit: "kg" }, '{"value":1,"unit":"kg"} is no text'],
  ])("%j is none", (value, message) => {
    expect(() => textOf(value)).toThrow(message);
  });
});
