import { describe, expect, test } from "vitest";
import { saidValues, type SaidFrom } from "../../../drivers/kit/said.ts";

/** What is written into a frame that is about to be sent. */
const wallMs = Date.UTC(2026, 10, 22, 8, 5, 9, 700);
const from = (more: Partial<SaidFrom> = {}): SaidFrom => ({ parameters: {}, wallMs, ...more });

test("nothing to write is nothing", () => expect(saidValues(undefined, from())).toEqual({}));

test("constants stand as they are", () => {
  expect(saidValues({ a: 0, b: "x" }, from())).toEqual({ a: 0, b: "x" });
});

describe("the station's clock", () => {
  test.each([
    [true, "2026-11-22T08:05:09"],
    ["century", 20],
    ["yearOfCentury", 26],
    ["year", 2026],
    ["month", 11],
    ["day", 22],
    ["hour", 8],
    ["minute", 5],
    ["second", 9],
    ["weekday", 0],
  ] as const)("%s: %s", (clock, value) => {
    expect(saidValues({ at: { clock } }, from())).toEqual({ at: value });
  });
  test.each([
    ["1970-01-01T00:00:00Z", 4],
    ["1969-12-31T23:59:59Z", 3],
    ["1969-12-27T00:00:00Z", 6],
    ["2026-11-23T00:00:00Z", 1],
    ["2026-11-28T23:59:59Z", 6],
  ])("the weekday of %s is %i", (day, weekday) => {
    expect(saidValues({ at: { clock: "weekday" } }, from({ wallMs: Date.parse(day) }))).toEqual({ at: weekday });
  });
});

describe("what was just heard", () => {
  const heard = { index: 3, glucose: { value: 100, unit: "mg/dL" }, name: "a" } as const;
  test.each([
    ["index", 3],
    ["glucose", 100],
    ["name", "a"],
    ["other", 0],
  ])("%s is said back as %s", (field, value) => {
    expect(saidValues({ back: { heard: field } }, from({ heard }))).toEqual({ back: value });
  });
  test("where nothing was heard it is 0", () => {
    expect(saidValues({ back: { heard: "index" } }, from())).toEqual({ back: 0 });
  });
});

describe("what whoever started it handed in", () => {
  test("is written", () => {
    expect(saidValues({ door: { from: "door" } }, from({ parameters: { door: 0 } }))).toEqual({ door: 0 });
  });
  test("must be there", () => {
    expect(() => saidValues({ door: { from: "door" } }, from({ parameters: { box: 1 } }))).toThrow(
      "nothing was handed in for door",
    );
  });
});
