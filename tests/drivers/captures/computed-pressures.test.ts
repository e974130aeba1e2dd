import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { encode, toHex, withSettings } from "../../../drivers/kit/index.ts";
import { play } from "../../../drivers/laws/play.ts";
import { outcomes } from "./replay.ts";

/** Bytes that the dossiers compute or quote; of these devices no result was ever recorded. */

describe("creative-pc100", () => {
  const unit = findProfile("creative-pc100")!;
  test("118/76, mean 90, pulse 72", () => {
    expect(outcomes("creative-pc100", "aa5543070100765a4c48e5")).toMatchObject([
      { kind: "measurement", readings: [{ value: 118 }, { value: 76 }, { value: 90 }, { value: 72 }], doubts: [] },
    ]);
  });
  test("error 4, of either family", () => {
    const moved = [{ kind: "fault", code: "device.moved", detail: "4" }];
    expect(outcomes("creative-pc100", "aa5543030204a8")).toEqual(moved);
  });
  test.each([
    ["startPressure", "aa5540020129"],
    ["stopPressure", "aa55400202cb"],
    ["hello", "aa55ff0201ca"],
  ])("%s", (frame, hex) => expect(toHex(encode(unit, frame, {}))).toBe(hex));
  test.each(["oximetry", "temperature"] as const)("%s: its own session ends with it", (kind) => {
    const { end, outcomes: told } = play(unit, { session: { of: kind } });
    expect(end?.how).toBe("finished");
    expect(told.find((outcome) => outcome.kind === "measurement")).toMatchObject({ of: kind });
  });
});

describe("taidoc-fora-bp", () => {
  const meter = findProfile("taidoc-fora-bp")!;
  test.each([
    ["askValue", { index: 0, user: 0 }, "512600000000a31a"],
    ["askValue", { index: 0, user: 1 }, "512600000001a31b"],
    ["askTime", { index: 0, user: 0 }, "512500000000a319"],
  ])("%s %o", (frame, values, hex) => expect(toHex(encode(meter, frame, values))).toBe(hex));
  test("results are out of its memory, with the time that was asked for before", () => {
    const told = play(meter).outcomes.filter((outcome) => outcome.kind === "measurement");
    expect(told.every((outcome) => outcome.stored === true && outcome.deviceTime !== undefined)).toBe(true);
    expect(told.length).toBeGreaterThan(0);
  });
  test("where glucose is in the same memory, only records with the pressure's bit are told", () => {
    const mixed = withSettings(meter, { records: "pressureIs1" });
    if (!mixed.ok) throw new Error("the setting is refused");
    const { outcomes: told } = play(mixed.profile, { simulator: { values: { time: { kind: 0 } } } });
    expect(told.filter((outcome) => outcome.kind === "measurement")).toEqual([]);
  });
});
