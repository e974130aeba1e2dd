import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { decoder, fromHex } from "../../../drivers/kit/index.ts";
import { counter, folder, json, outcomes, present } from "./replay.ts";

const battery = "raycome-bp88a";
const mains = "raycome-rbp-9000c";
const countBattery = counter(battery);
const countMains = counter(mains);

interface Printed {
  readonly id: string;
  readonly kind: string;
  readonly hex: string;
  readonly expected: {
    readonly user?: number;
    readonly deviceTime?: string;
    readonly systolic?: number;
    readonly diastolic?: number;
    readonly pulse?: number;
    readonly message?: string;
    readonly messages?: readonly string[];
  };
}
const frames = json<readonly Printed[]>("raycome-rbp/frames.json");
const results = frames.filter((frame) => frame.expected.systolic !== undefined);
const host = frames.filter((frame) => frame.kind === "quoted-host");

/** Names of the frames that the device hears in what a host sends. */
function heardByDevice(id: string, hex: string): readonly (string | undefined)[] {
  return decoder(findProfile(id)!, { side: "device" })
    .hearFrames(fromHex(hex))
    .map((heard) => heard.frame);
}

describe.skipIf(!present)("raycome-rbp", () => {
  test("is all of what the folder holds", () => {
    expect(readdirSync(join(folder, "raycome-rbp")).filter((file) => file !== "README.md")).toEqual(["frames.json"]);
    expect(frames.length).toBe(results.length + host.length + 1);
  });
  test.each(results.map((frame) => [frame.id, frame] as const))("%s", (_id, { hex, expected }) => {
    countBattery();
    expect(outcomes(battery, hex)).toEqual([
      {
        kind: "measurement",
        of: "bloodPressure",
        readings: [
          { quantity: "bp.systolic", value: expected.systolic, unit: "mm[Hg]" },
          { quantity: "bp.diastolic", value: expected.diastolic, unit: "mm[Hg]" },
          { quantity: "pulse.rate", value: expected.pulse, unit: "/min" },
        ],
        doubts: [],
        deviceTime: expected.deviceTime,
        notes: { user: String(expected.user) },
      },
    ]);
  });
  test.each(results.map((frame) => [frame.id, frame.hex] as const))("%s is nothing to the mains family", (_id, hex) => {
    countMains();
    expect(outcomes(mains, hex).map(({ kind }) => kind)).toEqual(["discarded"]);
  });
  test("v03-connect-ack", () => {
    countMains();
    const { hex } = frames.find((frame) => frame.expected.message === "ack-connect")!;
    expect(outcomes(mains, hex)).toEqual([{ kind: "information", about: "connected", values: {} }]);
  });
  test("v03-start-command, as the device hears it", () => {
    countMains();
    const { hex } = host.find((frame) => frame.expected.message === "host-start")!;
    expect(heardByDevice(mains, hex)).toEqual(["start"]);
  });
  test("v02-commands, as the device hears them", () => {
    countBattery();
    const { hex } = host.find((frame) => frame.expected.messages !== undefined)!;
    expect(heardByDevice(battery, hex)).toEqual(["connect", "start", "stop", "powerOff", "batteryQuery"]);
  });
});
