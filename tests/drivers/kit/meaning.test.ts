import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../core/domain/outcome.ts";
import { checkProfile, decoder, encode, isPrivate, type Values } from "../../../drivers/kit/index.ts";
import { outcomesOf } from "../../../drivers/kit/meaning.ts";
import type { Rule } from "../../../drivers/kit/schema.ts";
import toy from "./toy.ts";

const mmHg = (value: number) => ({ value, unit: "mm[Hg]" }) as const;
const said = (rules: readonly Rule[], values: Values): readonly Outcome[] => outcomesOf(rules, values, {});
const kinds = (rules: readonly Rule[], values: Values): readonly string[] =>
  said(rules, values).map((outcome) => (outcome.kind === "fault" ? outcome.code : outcome.kind));

const number: Rule = { kind: "measurement", of: "bloodPressure", readings: [["bp.systolic", "systolic"]] };
const progress: Rule = { kind: "progress", of: "bloodPressure", readings: [["bp.systolic", "systolic"]] };

describe("a condition", () => {
  const when = (condition: NonNullable<Rule["when"]>): Rule => ({ ...number, when: condition });
  test.each([
    ["a number", { state: [1, 2] }, { state: 2 }, true],
    ["another number", { state: [1, 2] }, { state: 3 }, false],
    ["a text", { state: ["E00"] }, { state: "E00" }, true],
    ["a number that is written as text", { state: ["1"] }, { state: 1 }, false],
    ["a bit that is set", { "flags.low": [true] }, { flags: { low: true } }, true],
    ["a bit that is not set", { "flags.low": [true] }, { flags: { low: false } }, false],
    ["a bit that must not be set", { "flags.low": [false] }, { flags: { low: false } }, true],
    ["a number with its unit", { systolic: [120] }, {}, true],
    ["a number beyond what the device can tell", { above: [250] }, { above: { ...mmHg(250), comparator: ">" } }, false],
    ["nothing", { state: [0] }, { state: null }, false],
    ["a place that is not there", { state: [0] }, {}, false],
    ["two places, one of them another", { state: [1], mode: [2] }, { state: 1, mode: 3 }, false],
  ] as const)("on %s", (_what, condition, values, holds) => {
    expect(kinds([when(condition)], { systolic: mmHg(120), ...values })).toEqual(holds ? ["measurement"] : []);
  });
});

describe("a fault", () => {
  const coded: Rule = {
    kind: "fault",
    by: "error",
    codes: { "1": "device.cuffLoose", E21: "device.pump" },
    ok: [0, "E00"],
    otherwise: "device.unknown",
  };
  test.each([
    [0, []],
    ["E00", []],
    [1, ["device.cuffLoose"]],
    ["E21", ["device.pump"]],
    [9, ["device.unknown"]],
    ["E99", ["device.unknown"]],
    [null, []],
  ])("by the code %s", (error, told) => expect(kinds([coded], { error })).toEqual(told));
  test.each([
    ["before", [coded, number]],
    ["behind", [number, coded]],
  ])("takes the numbers of its frame with it when they stand %s it", (_where, rules) => {
    expect(kinds(rules, { error: 1, systolic: mmHg(120) })).toEqual(["device.cuffLoose"]);
    expect(kinds(rules, { error: 0, systolic: mmHg(120) })).toEqual(["measurement"]);
  });
  test("takes a progress with it, too, and leaves what the device says of itself", () => {
    const about: Rule = { kind: "information", about: "battery", values: { level: "level" } };
    expect(kinds([progress, coded, about], { error: 1, systolic: mmHg(120), level: 3 })).toEqual([
      "device.cuffLoose",
      "information",
    ]);
  });
  test("without a code of its own is said where its condition holds", () => {
    const plain: Rule = { kind: "fault", when: { "state.loose": [true] }, code: "device.cuffLoose" };
    expect(kinds([plain], { state: { loose: true } })).toEqual(["device.cuffLoose"]);
    expect(kinds([plain], { state: { loose: false } })).toEqual([]);
  });
});

describe("rules in their order", () => {
  test("behind one that ignores the frame nothing is read", () => {
    const average: Rule = { kind: "ignore", when: { average: [1] }, reason: "an average" };
    expect(kinds([average, number], { average: 1, systolic: mmHg(120) })).toEqual([]);
    expect(kinds([average, number], { average: 0, systolic: mmHg(120) })).toEqual(["measurement"]);
  });
  test("a control is no measurement, and keeps its time and its notes", () => {
    const control: Rule = {
      kind: "control",
      of: "glucose",
      readings: [["glucose", "value"]],
      deviceTime: "time",
      stored: true,
      notes: { lot: "lot" },
    };
    const values: Values = { value: { value: 104, unit: "mg/dL" }, time: "2026-11-22T08:00", lot: 77 };
    expect(said([control], values)).toEqual([
      {
        kind: "control",
        of: "glucose",
        readings: [{ quantity: "glucose", value: 104, unit: "mg/dL" }],
        deviceTime: "2026-11-22T08:00",
        stored: true,
        notes: { lot: "77" },
      },
    ]);
    expect(kinds([control], { value: null })).toEqual(["device.unknown"]);
  });
  test("a wave has its samples by channel, in the order of time", () => {
    const wave: Rule = { kind: "wave", of: "ecg", samples: { one: ["a", "b"], two: ["c"] } };
    expect(said([wave], { a: 1, b: 2, c: 3 })).toEqual([
      { kind: "wave", of: "ecg", samples: { one: [1, 2], two: [3] } },
    ]);
  });
  test("a scan is a text, a card the fields that are there", () => {
    expect(said([{ kind: "scan", text: "code" }], { code: "6901" })).toEqual([{ kind: "scan", text: "6901" }]);
    expect(said([{ kind: "identity", card: { name: "n", nation: "m" } }], { n: "SPECIMEN", m: null })).toEqual([
      { kind: "identity", card: { name: "SPECIMEN" } },
    ]);
  });
});

describe("doubts", () => {
  const doubtful: Rule = {
    ...number,
    doubts: {
      irregularPulse: ["flags", "irregular"],
      bodyMotion: { field: "motion", above: 10 },
      deviceMarked: { field: "mark", is: [2, "B"] },
    },
  };
  test.each([
    [{ flags: { irregular: true }, motion: 10, mark: 0 }, ["irregularPulse"]],
    [{ flags: { irregular: false }, motion: 11, mark: 0 }, ["bodyMotion"]],
    [{ flags: { irregular: false }, motion: 0, mark: 2 }, ["deviceMarked"]],
    [{ flags: { irregular: false }, motion: 0, mark: "B" }, ["deviceMarked"]],
    [{ flags: { irregular: false }, motion: null, mark: null }, []],
  ])("of %j", (values, doubts) => {
    expect(said([doubtful], { systolic: mmHg(120), ...values })).toMatchObject([{ doubts }]);
  });
});

describe("what is carried from the frame before", () => {
  const time = encode(toy, "time", { taken: "2026-11-22T08:00:00" });
  const record = encode(toy, "record", { index: 1, glucose: 100 });
  const times = (...chunks: readonly Uint8Array[]): readonly (string | undefined)[] => {
    const device = decoder(toy);
    return chunks
      .flatMap((bytes) => device.hear(bytes))
      .flatMap((outcome) => (outcome.kind === "measurement" ? [outcome.deviceTime] : []));
  };
  test("is used by the next that refers to it, and by that one alone", () => {
    expect(times(time, record, record)).toEqual(["2026-11-22T08:00:00", undefined]);
  });
  test("is not carried over a broken frame: that may have been the newer one", () => {
    expect(times(time, time.with(4, 0x77), record)).toEqual([undefined]);
  });
  test("is forgotten on demand", () => {
    const device = decoder(toy);
    device.hear(time);
    device.forget();
    expect(device.hear(record)).not.toContainEqual(
      expect.objectContaining({ deviceTime: expect.anything() as string }),
    );
  });
});

describe("a table that contradicts itself is refused", () => {
  const problems = (meaning: Readonly<Record<string, unknown>>): readonly string[] => {
    const checked = checkProfile({ ...toy, meaning: { ...toy.meaning, ...meaning } });
    return checked.ok
      ? []
      : checked.problems.map(({ path, reason, zh }) => `${path}: ${reason}${zh === reason ? " !" : ""}`);
  };
  const state = { kind: "information", about: "state", values: {} };
  test.each([
    ["a condition on no field", { state: { ...state, when: { gate: [1] } } }, "there is no field gate"],
    ["a condition on no bit", { live: { ...state, when: { "finger.in": [true] } } }, "finger is not a flag in"],
    [
      "a carried field of no frame",
      { state: { ...state, values: { a: "nobody/door" } } },
      "there is no field nobody/door",
    ],
    [
      "a fault with a code and with codes",
      { state: { kind: "fault", by: "door", codes: {}, otherwise: "device.unknown", code: "device.pump" } },
      "a fault has either a code, or by, codes and otherwise",
    ],
    [
      "an ok that the code does not declare",
      { state: { kind: "fault", by: "door", codes: {}, ok: [7], otherwise: "device.unknown" } },
      "door is not a code that declares these values",
    ],
    [
      "a wave of a text",
      { live: { kind: "wave", of: "pulse", samples: { one: ["finger"] } } },
      "finger is not a number",
    ],
  ])("%s", (_what, meaning, reason) => {
    expect(problems(meaning)).toContain(`meaning.${Object.keys(meaning)[0]}: ${reason}`);
  });
});

test("a profile that tells cards or codes is private", () => {
  expect(isPrivate(toy)).toBe(false);
  expect(isPrivate({ ...toy, meaning: { ...toy.meaning, hi: { kind: "scan", text: "any" } } })).toBe(true);
});
