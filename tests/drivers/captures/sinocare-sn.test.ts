import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { encode, toHex, withSettings } from "../../../drivers/kit/index.ts";
import { counter, json, outcomes, present } from "./replay.ts";

const count = counter("sinocare-sn");
interface Sample {
  readonly hex: string;
  readonly expected: { readonly time: string; readonly glucose: { readonly value: number; readonly unit: string } };
}

describe.skipIf(!present)("sinocare-sn", () => {
  test("the vendor's sample of device code 0004", () => {
    count();
    const { hex, expected } = json<Sample>("sinocare-sn/vendor-sample-0004.json");
    expect(outcomes("sinocare-sn", hex)).toEqual([
      {
        kind: "measurement",
        of: "glucose",
        readings: [{ quantity: "glucose", ...expected.glucose }],
        doubts: [],
        deviceTime: expected.time,
      },
    ]);
  });
});

// Dossier §Worked examples, computed there.
test("a result of device code 0002", () => {
  expect(outcomes("sinocare-sn", "534e0c000204180305071e003a0091")).toEqual([
    {
      kind: "measurement",
      of: "glucose",
      readings: [{ quantity: "glucose", value: 5.8, unit: "mmol/L" }],
      doubts: [],
      deviceTime: "2024-03-05T07:30",
    },
  ]);
});

test("the clock is set and a result acknowledged with the dossier's bytes", () => {
  const meter = findProfile("sinocare-sn")!;
  const older = withSettings(meter, { machine: "code0002" });
  if (!older.ok) throw new Error("the setting is refused");
  expect(toHex(encode(older.profile, "setClock", { time: "2024-03-05T07:30" }))).toBe("534e09000206180305071e56");
  expect(toHex(encode(meter, "acknowledge", { index: 65_535 }))).toBe("534e0700040effff0017");
});

test.each([
  [
    "zero is no result",
    "534e0c0002041803050 71e00000057",
    { kind: "fault", code: "device.outOfRange", detail: "glucose: 0" },
  ],
  ["0.5 is below what the meter can tell", "534e0c0002041803050 71e0005005c", { comparator: "<", value: 1.1 }],
])("%s", (_what, hex, told) => {
  const [outcome] = outcomes("sinocare-sn", hex);
  expect(outcome?.kind === "measurement" ? outcome.readings[0] : outcome).toMatchObject(told);
});
