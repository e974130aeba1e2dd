import { describe, expect, test } from "vitest";
import { checks } from "../../../drivers/kit/checks.ts";
import { fromHex } from "../../../drivers/kit/index.ts";
import { counter, json, outcomes, present } from "./replay.ts";

const id = "terumo-r1";
const count = counter(id);
interface Frame {
  readonly id: string;
  readonly hex: string;
  readonly expected: {
    readonly deviceTime: string;
    readonly systolic: number;
    readonly mean: number;
    readonly diastolic: number;
    readonly pulse: number;
    readonly bcc?: string;
  };
}
const frames = json<readonly Frame[]>("terumo-r1/frames.json");

describe.skipIf(!present)(id, () => {
  test.each(frames.filter(({ expected }) => expected.bcc === undefined))("$id", ({ hex, expected }) => {
    count();
    expect(outcomes(id, hex)).toEqual([
      {
        kind: "measurement",
        of: "bloodPressure",
        readings: [
          { quantity: "bp.systolic", value: expected.systolic, unit: "mm[Hg]" },
          { quantity: "bp.diastolic", value: expected.diastolic, unit: "mm[Hg]" },
          { quantity: "bp.mean", value: expected.mean, unit: "mm[Hg]" },
          { quantity: "pulse.rate", value: expected.pulse, unit: "/min" },
        ],
        doubts: [],
        deviceTime: expected.deviceTime,
      },
    ]);
  });
  test.each(frames.filter(({ expected }) => expected.bcc !== undefined))("$id", ({ hex, expected }) => {
    count();
    const bytes = fromHex(hex);
    expect(checks.sum8.extend(0, bytes, 0, bytes.length - 1)).toBe(Number.parseInt(expected.bcc ?? "", 16));
  });
});
