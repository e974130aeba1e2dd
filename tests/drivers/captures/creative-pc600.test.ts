import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { findProfile } from "../../../drivers/find-profile.ts";
import { decoder, encode, fromHex, toHex, withSettings } from "../../../drivers/kit/index.ts";
import { play } from "../../../drivers/laws/play.ts";
import { counter, json, outcomes, present } from "./replay.ts";

const id = "creative-pc600";
const terminal = findProfile(id)!;
const count = counter(id);

interface Vector {
  readonly hex: string;
  readonly expected: {
    readonly analyte?: "GLU" | "UA" | "CHOL";
    readonly meterType?: number;
    readonly status?: string;
    readonly unit?: string;
    readonly value?: number | null;
    readonly dir?: "host" | "terminal";
    readonly meaning?: string;
    readonly name?: string;
  };
}
const vectorsOf = (file: string): readonly Vector[] =>
  present ? json<{ readonly vectors: readonly Vector[] }>(`pc600-pc700-terminal/${file}`).vectors : [];
const results = vectorsOf("results.json");
const commands = vectorsOf("commands.json");

const chosen = (meter: string) => {
  const found = withSettings(terminal, { meter });
  if (!found.ok) throw new Error("the setting is refused");
  return found.profile;
};
const hear = (meter: string, hex: string): readonly Outcome[] => decoder(chosen(meter)).hear(fromHex(hex));
const of = {
  GLU: ["glucose", "glucose"],
  UA: ["chemistry", "uricAcid"],
  CHOL: ["lipids", "cholesterol.total"],
} as const;
const told = (analyte: keyof typeof of, reading: object): readonly object[] => [
  { kind: "measurement", of: of[analyte][0], readings: [{ quantity: of[analyte][1], ...reading }], doubts: [] },
];

describe.skipIf(!present)("pc600-pc700-terminal", () => {
  test("is all of what the folder holds", () => expect([results.length, commands.length]).toEqual([9, 12]));
  test.each(results.filter(({ expected }) => expected.status === "normal"))("$hex: $expected.value", (vector) => {
    count();
    const { analyte = "GLU", meterType, unit, value } = vector.expected;
    expect(hear(meterType === 4 ? "lepu" : "benecheck", vector.hex)).toEqual(told(analyte, { value, unit }));
  });
  test.each(results.filter(({ expected }) => expected.status === "low"))(
    "$hex: low, and never its void number",
    ({ hex }) => {
      count();
      expect(outcomes(id, hex)).toEqual(told("GLU", { value: 20, unit: "mg/dL", comparator: "<" }));
    },
  );
  test.each(results.filter(({ expected }) => expected.status === "no stored record"))("$hex: no record", ({ hex }) => {
    count();
    expect(outcomes(id, hex)).toEqual([{ kind: "information", about: "noStoredResult", values: {} }]);
  });
  test.each(results.filter(({ expected }) => expected.name !== undefined))(
    "$hex: $expected.name",
    ({ hex, expected }) => {
      count();
      expect(outcomes(id, hex)).toEqual([{ kind: "information", about: "model", values: { model: expected.name } }]);
    },
  );
  test.each(commands.filter(({ expected }) => expected.dir === "terminal"))(
    "$hex: kind $expected.meterType",
    (vector) => {
      count();
      const { meterType } = vector.expected;
      expect(outcomes(id, vector.hex)).toEqual([{ kind: "information", about: "meter", values: { kind: meterType } }]);
    },
  );
  const said: Readonly<Record<string, string | undefined>> = {
    handshake: "hello",
    "battery query": "askBattery",
    "set glucose meter type 1 (Yicheng / Eclife)": "setMeter",
    "set type 2 (BeneCheck)": "setMeter",
    "query type": "askMeter",
  };
  test.each(commands.filter(({ expected }) => expected.dir === "host"))(
    "$hex: $expected.meaning",
    ({ hex, expected }) => {
      count();
      // What the table does not say (stored results, sleep, versions) is no command of it.
      const [heard] = decoder(terminal, { side: "device" }).hearFrames(fromHex(hex));
      expect(heard?.frame).toBe(said[expected.meaning ?? ""]);
    },
  );
});

// Dossier §Worked examples, §Other tokens.
test("a pressure whose mean was sent as 0 has no mean", () => {
  expect(outcomes(id, "aa5543070100 77004d51be".replaceAll(" ", ""))).toEqual([
    {
      kind: "measurement",
      of: "bloodPressure",
      readings: [
        { quantity: "bp.systolic", value: 119, unit: "mm[Hg]" },
        { quantity: "bp.diastolic", value: 77, unit: "mm[Hg]" },
        { quantity: "pulse.rate", value: 81, unit: "/min" },
      ],
      doubts: [],
    },
  ]);
});
test.each([
  ["live cuff", "aa55420401004ac1", { kind: "progress", readings: [{ quantity: "bp.cuff", value: 74 }] }],
  [
    "temperature",
    "aa5574050100016c78",
    { kind: "measurement", readings: [{ quantity: "body.temperature", value: 36.4 }] },
  ],
  ["high", "aa55e205012000 00ed", { kind: "measurement", readings: [{ value: 500, comparator: ">" }] }],
  ["10.8 mmol/L", "aa55e2050100 01087f", { kind: "measurement", readings: [{ value: 10.8, unit: "mmol/L" }] }],
])("%s", (_what, hex, expected) => expect(outcomes(id, hex.replaceAll(" ", ""))).toMatchObject([expected]));
test("the value 0 in the state normal is low", () => {
  const zero = toHex(encode(terminal, "glucose", { value: { value: 20, unit: "mg/dL", comparator: "<" } }));
  expect(zero.slice(0, 16)).toBe("aa55e20501010000");
  expect(outcomes(id, zero)).toMatchObject([{ readings: [{ value: 20, comparator: "<" }] }]);
});
test.each([
  ["yicheng", "aa55e2050201003c47"],
  ["yicheng", "aa55e20503010079b1"],
  ["lepu", "aa55e20503010079b1"],
  ["benecheck", "aa55e205020006767e"],
])("with the meter %s uric acid or cholesterol of another scale is a fault: %s", (meter, hex) => {
  expect(hear(meter, hex)).toEqual([{ kind: "fault", code: "device.unknown" }]);
});
test("the handshake and the choice of the meter are the document's bytes; zeros wake it", () => {
  expect(toHex(encode(terminal, "hello", {}))).toBe("aa55ff0201ca");
  expect(toHex(encode(terminal, "setMeter", { kind: 2 }))).toBe("aa55e003010201");
  expect(toHex(encode(terminal, "adult", {}))).toBe("aa5540030400eb");
  expect(toHex(encode(terminal, "wake", {}))).toBe("00".repeat(80));
});
test.each(["oximetry", "temperature", "glucose", "lipids", "chemistry"] as const)(
  "%s: its own session ends with it",
  (kind) => {
    const played = play(terminal, { session: { of: kind } });
    expect(played.end?.how).toBe("finished");
    expect(played.outcomes.findLast((outcome) => outcome.kind === "measurement")).toMatchObject({ of: kind });
    const start = toHex(encode(terminal, "startPressure", {}));
    expect(played.sent.map(({ bytes }) => toHex(bytes))).not.toContain(start);
  },
);
test("asleep, it answers the zeros and is measured with", () => {
  expect(play(terminal, { simulator: { fault: "asleep" } }).end?.how).toBe("finished");
});
test("a meter that is not the chosen one is not measured with", () => {
  const played = play(terminal, { session: { of: "glucose" }, simulator: { fault: "otherMeter" } });
  expect(played.end).toMatchObject({ how: "failed", code: "device.silent" });
});
