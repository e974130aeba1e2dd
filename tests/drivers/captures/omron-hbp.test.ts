import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { encode, fromHex, toHex } from "../../../drivers/kit/index.ts";
import { counter, hexOf, json, outcomes, present } from "./replay.ts";

const count9020 = counter("omron-hbp-9020");
const count = counter("omron-hbp-9030");
interface Line {
  readonly id: string;
  readonly text?: string;
  readonly hex?: Readonly<Record<string, string>>;
  readonly expected?: {
    readonly format?: string;
    readonly deviceTime?: string;
    readonly systolic?: number;
    readonly mean?: number;
    readonly diastolic?: number;
    readonly pulse?: number;
    readonly status?: string;
    readonly error?: number;
    readonly reject?: string;
  };
}
const lines = json<readonly Line[]>("omron-hbp/lines.json");
const mmHg = (quantity: string, value: number | undefined) => ({ quantity, value, unit: "mm[Hg]" });

describe.skipIf(!present)("omron-hbp", () => {
  test("the real line of an HBP-9020: its status digit is a doubt and a note", () => {
    count9020();
    const line = lines.find(({ id }) => id === "hbp9020-bp-real");
    const expected = line?.expected;
    expect(outcomes("omron-hbp-9020", hexOf(line?.text ?? ""))).toEqual([
      {
        kind: "measurement",
        of: "bloodPressure",
        readings: [
          mmHg("bp.systolic", expected?.systolic),
          mmHg("bp.diastolic", expected?.diastolic),
          mmHg("bp.mean", expected?.mean),
          { quantity: "pulse.rate", value: expected?.pulse, unit: "/min" },
        ],
        doubts: ["deviceMarked"],
        deviceTime: expected?.deviceTime,
        notes: { status: expected?.status },
      },
    ]);
  });
  test.each(lines.filter(({ id, expected }) => id.startsWith("hbp9030") && expected?.systolic !== undefined))(
    "$id",
    ({ text, expected }) => {
      count();
      expect(outcomes("omron-hbp-9030", hexOf(text ?? ""))).toEqual([
        {
          kind: "measurement",
          of: "bloodPressure",
          readings: [
            mmHg("bp.systolic", expected?.systolic),
            mmHg("bp.diastolic", expected?.diastolic),
            { quantity: "pulse.rate", value: expected?.pulse, unit: "/min" },
          ],
          doubts: [],
          deviceTime: expected?.deviceTime,
        },
      ]);
    },
  );
  test.each(lines.filter(({ expected }) => expected?.error !== undefined && expected.error > 0))("$id", (line) => {
    count();
    expect(outcomes("omron-hbp-9030", hexOf(line.text ?? ""))).toEqual([
      { kind: "fault", code: "device.unknown", detail: String(line.expected?.error) },
    ]);
  });
  test.each(lines.filter(({ expected }) => expected?.reject !== undefined))("$id is refused", ({ text }) => {
    count();
    expect(outcomes("omron-hbp-9030", hexOf(text ?? "")).map(({ kind }) => kind)).toEqual(["discarded"]);
  });
  test.each([
    ["start", "start"],
    ["stop", "stop"],
    ["restart", "restart"],
  ])("the quoted command that says %s", (frame, key) => {
    count();
    const quoted = lines.find(({ id }) => id === "formatB-host")?.hex?.[key] ?? "";
    expect(toHex(encode(findProfile("omron-hbp-9020-remote")!, frame, {}))).toBe(toHex(fromHex(quoted)));
  });
});

// Dossier §Format B: the two layouts that the sources give, groups at 26/31/35 and at 26/30/34.
test.each([["ID99999999B26/07/11/09:05 120  080 072"], ["ID99999999B26/07/11/09:05 120 080 072 "]])(
  "format B: %s",
  (body) => {
    expect(outcomes("omron-hbp-9020-remote", hexOf(`\x02${body}\x03`))).toMatchObject([
      {
        kind: "measurement",
        readings: [mmHg("bp.systolic", 120), mmHg("bp.diastolic", 80), { quantity: "pulse.rate", value: 72 }],
        deviceTime: "2026-07-11T09:05",
      },
    ]);
  },
);
test.each([
  ["two groups", "ID99999999B26/07/11/09:05 120 080     "],
  ["a group of two digits", "ID99999999B26/07/11/09:05 120  80 072 "],
  ["a fourth group", "ID99999999B26/07/11/09:05 120080072001"],
])("format B with %s is no measurement", (_name, body) => {
  expect(outcomes("omron-hbp-9020-remote", hexOf(`\x02${body}\x03`))).toEqual([
    { kind: "fault", code: "device.unreadable" },
  ]);
});
test("a byte that is no text refuses the line", () => {
  const line = "bp,99999999999999999999,2023/04/27,15:06,140,098,\xb777,068,3\r\n";
  expect(outcomes("omron-hbp-9020", hexOf(line)).map(({ kind }) => kind)).not.toContain("measurement");
});
