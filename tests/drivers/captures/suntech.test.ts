import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { decoder, fromHex } from "../../../drivers/kit/index.ts";
import { counter, json, outcomes, present } from "./replay.ts";

const id = "suntech-advantage";
const count = counter(id);

interface Printed {
  readonly id: string;
  readonly hex: string;
  readonly expected: {
    readonly message?: string;
    readonly messages?: readonly string[];
    readonly reject?: string;
    readonly mmHg?: number;
    readonly systolic?: number;
    readonly diastolic?: number;
    readonly mean?: number;
    readonly heartRate?: number;
    readonly beats?: number;
    readonly bpStatus?: number;
  };
}
const frames = json<readonly Printed[]>("suntech-oem/frames.json");
const named = (name: string): Printed => frames.find((frame) => frame.id === name)!;
const heardFrames = (side: "host" | "device", hex: string): readonly (string | undefined)[] =>
  decoder(findProfile(id)!, { side })
    .hearFrames(fromHex(hex))
    .map((heard) => heard.frame);

/** What the sources call a packet, and what the table calls it. */
const names: Readonly<Record<string, string>> = {
  sleep: "asleep",
  "start-adult": "start",
  "get-cuff-pressure": "askCuff",
  "get-result": "askResult",
};

describe.skipIf(!present)("suntech-oem", () => {
  test("is all of what the folder holds", () => {
    expect(frames.map((frame) => frame.id)).toEqual([
      "cuff-258",
      "result-115-74",
      "k-packet",
      "bad-checksum",
      "host",
      "stream-142",
      "acks",
    ]);
  });
  test.each(["cuff-258", "stream-142"])("%s", (name) => {
    count();
    const { hex, expected } = named(name);
    expect(outcomes(id, hex)).toEqual([
      {
        kind: "progress",
        of: "bloodPressure",
        readings: [{ quantity: "bp.cuff", value: expected.mmHg, unit: "mm[Hg]" }],
      },
    ]);
  });
  test("result-115-74", () => {
    count();
    const { hex, expected } = named("result-115-74");
    expect(outcomes(id, hex)).toEqual([
      {
        kind: "measurement",
        of: "bloodPressure",
        readings: [
          { quantity: "bp.systolic", value: expected.systolic, unit: "mm[Hg]" },
          { quantity: "bp.diastolic", value: expected.diastolic, unit: "mm[Hg]" },
          { quantity: "bp.mean", value: expected.mean, unit: "mm[Hg]" },
          { quantity: "pulse.rate", value: expected.heartRate, unit: "/min" },
        ],
        doubts: [],
        notes: { beats: String(expected.beats), status: String(expected.bpStatus) },
      },
    ]);
  });
  test("result-115-74 with an error code is no measurement, whatever its numbers", () => {
    const bytes = fromHex(named("result-115-74").hex);
    const failed = bytes.with(20, 5).with(23, (bytes[23]! - 5) & 0xff);
    expect(decoder(findProfile(id)!).hear(failed)).toEqual([{ kind: "fault", code: "device.unknown", detail: "5" }]);
  });
  test("bad-checksum", () => {
    count();
    expect(outcomes(id, named("bad-checksum").hex)).toMatchObject([
      { kind: "discarded", reason: named("bad-checksum").expected.reject },
    ]);
  });
  test.each(["k-packet", "acks"])("%s", (name) => {
    count();
    const { hex, expected } = named(name);
    const messages = expected.messages ?? [expected.message!];
    expect(heardFrames("host", hex)).toEqual(messages.map((message) => names[message] ?? message));
  });
  test("host, as the module hears it", () => {
    count();
    const { hex, expected } = named("host");
    expect(heardFrames("device", hex)).toEqual(expected.messages!.map((message) => names[message] ?? message));
  });
});
