import { describe, expect, test } from "vitest";
import { carriersOf, outcomesOf, outOfRange } from "../../../drivers/kit/meaning.ts";
import { isPrivate, kindsOf, mayNamePersons, rulesOf } from "../../../drivers/kit/rules.ts";
import type { Field, Profile, Rule } from "../../../drivers/kit/schema.ts";
import type { Values } from "../../../drivers/kit/value.ts";
import toy from "./toy.ts";

const mmHg = (value: number) => ({ value, unit: "mm[Hg]" }) as const;
const said = (rules: readonly Rule[], values: Values, other: Readonly<Record<string, string>> = {}) =>
  outcomesOf(rules, values, other);
const reading = (quantity: string, value: number) => ({ quantity, value, unit: "mm[Hg]" });
const pressure: Rule = {
  kind: "measurement",
  of: "bloodPressure",
  readings: [
    ["bp.systolic", "systolic"],
    ["bp.diastolic", "diastolic"],
  ],
  greater: [["systolic", "diastolic"]],
};
const [systolic, diastolic] = [mmHg(120), mmHg(80)];

test("what cannot be names its field and its bytes", () => {
  expect(outOfRange("systolic", "ff")).toEqual({ kind: "fault", code: "device.outOfRange", detail: "systolic: ff" });
});

describe("a measurement", () => {
  test("says no more than the frame", () => {
    expect(said([pressure], { systolic, diastolic })).toStrictEqual([
      {
        kind: "measurement",
        of: "bloodPressure",
        doubts: [],
        readings: [reading("bp.systolic", 120), reading("bp.diastolic", 80)],
      },
    ]);
  });
  test("leaves out what the frame does not say", () => {
    expect(said([pressure], { systolic, diastolic: null })).toMatchObject([
      { readings: [reading("bp.systolic", 120)] },
    ]);
    expect(said([pressure], { systolic: null, diastolic })).toMatchObject([
      { readings: [reading("bp.diastolic", 80)] },
    ]);
    expect(said([pressure], { systolic })).toMatchObject([{ readings: [reading("bp.systolic", 120)] }]);
    expect(said([pressure], { diastolic })).toMatchObject([{ readings: [reading("bp.diastolic", 80)] }]);
  });
  test.each<Values>([{}, { systolic: null, diastolic: null }, { systolic: "120", diastolic: 80 }])(
    "without a number is a fault: %j",
    (values) => {
      expect(said([pressure], values)).toEqual([
        { kind: "fault", code: "device.unknown", detail: "no number in the result" },
      ]);
    },
  );
  test.each([
    [80, 80],
    [79, 80],
  ])("with %i over %i is none", (high, low) => {
    expect(said([pressure], { systolic: mmHg(high), diastolic: mmHg(low) })).toEqual([
      { kind: "fault", code: "device.outOfRange", detail: `systolic: ${high} is not above diastolic ${low}` },
    ]);
  });
  test("with 81 over 80 is one", () => {
    expect(said([pressure], { systolic: mmHg(81), diastolic })).toMatchObject([{ kind: "measurement" }]);
  });
  test("of which a part could not be calculated says so", () => {
    const values: Values = { systolic, diastolic: { notCalculable: true } };
    expect(said([pressure], values)).toMatchObject([
      { doubts: ["notCalculable"], readings: [reading("bp.systolic", 120)] },
    ]);
    expect(said([pressure], { systolic, diastolic: { low: true } })).toMatchObject([{ doubts: [] }]);
    expect(said([pressure], { systolic: { notCalculable: true }, diastolic: null })).toMatchObject([
      { kind: "fault", detail: "no number in the result" },
    ]);
  });
  test("has its time where the device told one, and is stored where the table says so", () => {
    const timed: Rule = { ...pressure, deviceTime: "time" };
    expect(said([timed], { systolic, diastolic, time: "2026-11-22T08:00" })).toMatchObject([
      { deviceTime: "2026-11-22T08:00" },
    ]);
    expect(said([timed], { systolic, diastolic, time: null })[0]).not.toHaveProperty("deviceTime");
    expect(said([timed], { systolic, diastolic, undefined: "x" })[0]).not.toHaveProperty("deviceTime");
    expect(said([pressure], { systolic, diastolic, undefined: "x" })[0]).not.toHaveProperty("deviceTime");
    expect(said([{ ...pressure, stored: true }], { systolic, diastolic })).toMatchObject([{ stored: true }]);
  });
  test("has notes of what is there, and those that the envelope found", () => {
    const noted: Rule = { ...pressure, notes: { mean: "mean", mark: "flags.mark", lot: "lot", none: "none" } };
    const values: Values = { systolic, diastolic, mean: mmHg(93), flags: { mark: true }, lot: 7, none: null };
    expect(said([noted], values)).toMatchObject([{ notes: { mean: "93", mark: "true", lot: "7" } }]);
    expect(said([noted], values)[0]).not.toHaveProperty("notes.none");
    expect(said([pressure], { systolic, diastolic }, { operator: "x" })).toMatchObject([{ notes: { operator: "x" } }]);
  });
});

describe("two panels on one frame", () => {
  const second: Rule = { kind: "measurement", of: "body", readings: [["pulse.rate", "pulse"]] };
  const pulse = { value: 70, unit: "/min" } as const;
  const kinds = (values: Values, rules: readonly Rule[] = [pressure, second]) =>
    said(rules, values, { operator: "x" }).map((outcome) => [outcome.kind, "of" in outcome ? outcome.of : undefined]);
  test("are both told, the found notes with the first", () => {
    const outcomes = said([pressure, second], { systolic, diastolic, pulse }, { operator: "x" });
    expect(outcomes.map((outcome) => ("notes" in outcome ? outcome.notes : undefined))).toEqual([
      { operator: "x" },
      undefined,
    ]);
  });
  test("of which one is not there say nothing of it", () => {
    expect(kinds({ systolic, diastolic, pulse: null })).toEqual([["measurement", "bloodPressure"]]);
    expect(kinds({ systolic: null, diastolic: null, pulse })).toEqual([["measurement", "body"]]);
  });
  test("of which one could not be calculated tell the other, and no fault beside it", () => {
    expect(kinds({ systolic, diastolic, pulse: { notCalculable: true } })).toEqual([["measurement", "bloodPressure"]]);
  });
  test("of which none could be calculated are one fault", () => {
    const none = { notCalculable: true } as const;
    expect(kinds({ systolic: none, diastolic: none, pulse: none })).toEqual([["fault", undefined]]);
  });
  test("one alone, the other's condition not holding, is a fault when empty", () => {
    expect(kinds({ mode: 0 }, [pressure, { ...second, when: { mode: [1] } }])).toEqual([["fault", undefined]]);
  });
  test("a control counts as one of them", () => {
    const control: Rule = { kind: "control", of: "body", readings: [["pulse.rate", "pulse"]] };
    expect(kinds({ systolic, diastolic }, [pressure, control])).toEqual([["measurement", "bloodPressure"]]);
    expect(kinds({ pulse }, [pressure, control])).toEqual([["control", "body"]]);
  });
  test("what is no result takes no notes from the result behind it", () => {
    const about: Rule = { kind: "information", about: "battery", values: {} };
    expect(said([about, second], { pulse }, { operator: "x" })).toMatchObject([
      { kind: "information" },
      { notes: { operator: "x" } },
    ]);
  });
});

describe("progress", () => {
  const progress: Rule = { ...pressure, kind: "progress" };
  test("says the numbers that are there", () => {
    expect(said([progress], { systolic, diastolic: null })).toEqual([
      { kind: "progress", of: "bloodPressure", readings: [reading("bp.systolic", 120)] },
    ]);
  });
  test("that contradicts itself is a fault", () => {
    expect(said([progress], { systolic: diastolic, diastolic: systolic })).toMatchObject([
      { code: "device.outOfRange" },
    ]);
  });
});

describe("information", () => {
  const about = (values: Readonly<Record<string, string>>): Rule => ({ kind: "information", about: "state", values });
  test("tells numbers, texts and bits, as far as they are there", () => {
    const facts = about({ level: "level", name: "name", low: "flags.low", volts: "volts", none: "none" });
    const values: Values = { level: 3, name: "a", flags: { low: true }, volts: { value: 5, unit: "1" }, none: null };
    expect(said([facts], values)).toEqual([
      { kind: "information", about: "state", values: { level: 3, name: "a", low: 1, volts: 5 } },
    ]);
  });
  test("of which nothing is there is not told; of which there is nothing to tell is", () => {
    expect(said([about({ level: "level" })], { level: null })).toEqual([]);
    expect(said([about({})], {})).toEqual([{ kind: "information", about: "state", values: {} }]);
  });
});

describe("a fault", () => {
  const coded: Rule = { kind: "fault", by: "error", codes: { "1": "device.pump" }, otherwise: "device.weakPulse" };
  test("says its code, and the device's own word", () => {
    expect(said([coded], { error: 1 })).toEqual([{ kind: "fault", code: "device.pump", detail: "1" }]);
    expect(said([coded], { error: 2 })).toEqual([{ kind: "fault", code: "device.weakPulse", detail: "2" }]);
  });
  test("is none where its place is a bit or is not there", () => {
    expect(said([{ ...coded, by: "flags.bad" }], { flags: { bad: true } })).toEqual([]);
    expect(said([{ kind: "fault" }], { undefined: 1 })).toEqual([]);
  });
  test("without a table is unknown", () => {
    expect(said([{ kind: "fault", by: "error" }], { error: 4 })).toEqual([
      { kind: "fault", code: "device.unknown", detail: "4" },
    ]);
  });
  test("takes a wave and a control with it", () => {
    const wave: Rule = { kind: "wave", of: "ecg", samples: { one: ["a"] } };
    const control: Rule = { kind: "control", of: "glucose", readings: [["glucose", "value"]] };
    const values: Values = { error: 1, a: 1, value: { value: 100, unit: "mg/dL" } };
    expect(said([wave, control, coded], values).map(({ kind }) => kind)).toEqual(["fault"]);
  });
});

test("a code that was not read is an empty text", () => {
  expect(said([{ kind: "scan", text: "code" }], {})).toEqual([{ kind: "scan", text: "" }]);
});

describe("what is carried from another frame", () => {
  test.each<readonly [string, Rule, readonly string[]]>([
    ["a condition", { ...pressure, when: { "a/state": [1] } }, ["a"]],
    ["a reading", { ...pressure, readings: [["bp.systolic", "b/systolic"]] }, ["b"]],
    ["a time", { ...pressure, deviceTime: "c/time" }, ["c"]],
    ["a note", { ...pressure, notes: { lot: "d/lot", own: "own" } }, ["d"]],
    [
      "doubts",
      { ...pressure, doubts: { irregularPulse: ["e/flags", "x"], bodyMotion: { field: "f/motion", above: 1 } } },
      ["e", "f"],
    ],
    ["a control's time", { kind: "control", of: "glucose", readings: [], deviceTime: "g/time" }, ["g"]],
    [
      "progress",
      { kind: "progress", of: "body", readings: [["body.weight", "h/weight"]], when: { "i/x": [1] } },
      ["i", "h"],
    ],
    ["a fault", { kind: "fault", by: "j/error", codes: {}, otherwise: "device.pump" }, ["j"]],
    ["a fault with a condition", { kind: "fault", code: "device.pump", when: { "k/x": [true] } }, ["k"]],
    ["information", { kind: "information", about: "state", values: { a: "l/a", b: "l/b" } }, ["l"]],
    ["a wave", { kind: "wave", of: "ecg", samples: {}, when: { "m/x": [1] } }, ["m"]],
    ["a scan", { kind: "scan", text: "t", when: { "n/x": [1] } }, ["n"]],
    ["a card", { kind: "identity", card: {}, when: { "o/x": [1] } }, ["o"]],
    ["nothing", { kind: "ignore", reason: "x" }, []],
  ])("%s", (_, rule, carriers) => {
    expect(carriersOf([rule])).toEqual(carriers);
  });
  test("is named once", () =>
    expect(carriersOf([pressure, { ...pressure, deviceTime: "a/b", notes: { c: "a/c" } }])).toEqual(["a"]));
});

describe("what a frame means", () => {
  const about: Rule = { kind: "information", about: "state", values: {} };
  const card: Rule = { kind: "identity", card: {} };
  const withRules = (...rules: readonly Rule[]): Profile => ({ ...toy, meaning: { one: rules } });
  test("is a list, whether it is written as one or not", () => {
    expect(rulesOf({ ...toy, meaning: { one: about } }, "one")).toEqual([about]);
    expect(rulesOf(withRules(about, card), "one")).toEqual([about, card]);
    expect(rulesOf(toy, "hello")).toEqual([]);
  });
  test("is about the kinds that it measures, each once", () => {
    const wave: Rule = { kind: "wave", of: "ecg", samples: {} };
    const weight: Rule = { kind: "progress", of: "body", readings: [] };
    expect(kindsOf(withRules(about, wave, pressure, weight, pressure), "one")).toEqual(["bloodPressure", "body"]);
    expect(kindsOf(withRules(about), "one")).toEqual([]);
  });
  test("is private where a card or a code is among it", () => {
    expect(
      [withRules(about), withRules(about, card), withRules({ kind: "scan", text: "t" }, about)].map(isPrivate),
    ).toEqual([false, true, true]);
  });
  test("may name a person: by a card, a field for a name, or a standard that keeps records for the patient", () => {
    const field = (type: string, to: "host" | "device", mark?: boolean): Profile => ({
      ...withRules(about),
      frames: {
        plain: { to: "host", size: 4, fields: {} },
        one: {
          to,
          size: 4,
          fields: { a: { type, private: mark } as unknown as Field, b: { type: "u8", at: 0, min: 0, max: 1 } },
        },
      },
    });
    const spoken = (kind: string): Profile => ({ ...withRules(about), envelopes: { host: { kind } } as never });
    expect(
      [
        withRules(card),
        field("text", "host", true),
        spoken("astm"),
        spoken("hl7"),
        withRules(about),
        field("text", "host"),
        field("text", "device", true),
        field("number", "host", true),
        spoken("binary"),
      ].map(mayNamePersons),
    ).toEqual([true, true, true, true, false, false, false, false, false]);
  });
});
