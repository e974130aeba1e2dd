import { describe, expect, test } from "vitest";
import { analyser } from "./analyser.ts";
import toy from "./toy.ts";
import { registry } from "../../../drivers/registry.generated.ts";
import { checkProfile } from "../../../drivers/kit/index.ts";
import { canForm } from "../../../drivers/kit/validate.ts";
import { changed, problemsOf, type Case } from "./changed.ts";

/** What a profile is refused for, one change at a time: every problem with its place. */
const labelled = registry.find(({ envelopes }) => envelopes.host.kind === "label")!;
const texted = registry.find(({ envelopes: { host } }) => host.kind === "text" && host.check === undefined)!;
const wide = registry.find(({ check, display = true }) => check === "crc16-ccitt-false" && display)!;
const crc = (kind: string): Record<string, unknown> => ({
  confirm: "none",
  display: false,
  check: kind,
  "envelopes.host.check.kind": kind,
  "envelopes.device.check.kind": kind,
});
const information = { kind: "information", about: "x", values: {} };
const alone = {
  measures: ["chemistry"],
  actuates: false,
  "meaning.pressures": information,
  "meaning.record": information,
  "sessionFor.glucose": undefined,
};
const frame = (fields: Record<string, unknown>, size = 6): unknown => ({
  to: "device",
  size,
  match: [{ at: 2, is: "0f" }],
  fields,
});

describe("what the schema refuses", () => {
  test.each<Case>([
    ["what is missing", toy, { id: undefined }, ["id: it is missing"]],
    [
      "what is missing in a step",
      toy,
      { "session.steps.0.withinMs": undefined },
      ["session.steps.0.withinMs: it is missing"],
    ],
    [
      "what is not there at all in a list",
      toy,
      { "session.steps": [null] },
      ["session.steps.0: Invalid input: expected object, received null"],
    ],
    [
      "an unknown key",
      toy,
      { colour: "red", size: 3 },
      ['colour: Unrecognized keys: "colour", "size"', 'size: Unrecognized keys: "colour", "size"'],
    ],
    [
      "an unknown key further down",
      toy,
      { "session.stop.colour": "red" },
      ['session.stop.colour: Unrecognized key: "colour"'],
    ],
    [
      "a kind of step that there is not",
      toy,
      { "session.steps.0.do": "dance" },
      ["session.steps.0.do: there is no such kind"],
    ],
    [
      "a rule that nearly fits",
      toy,
      { "meaning.cuff.readings": [["bp.cuff", 7]] },
      ["meaning.cuff.readings.0.1: Invalid input: expected string, received number"],
    ],
    [
      "one of several rules that nearly fits",
      toy,
      { "meaning.pressures.1.ok": [true] },
      ["meaning.pressures.1.ok.0: Invalid input: expected number, received boolean"],
    ],
    [
      "a match that is none",
      toy,
      { "frames.hello.match": [{ at: 2, is: "0" }] },
      ["frames.hello.match.0.is: pairs of hex digits, no spaces"],
    ],
    [
      "a value that is of no kind",
      toy,
      { "session.steps.0.values": { x: true } },
      ["session.steps.0.values.x: Invalid input: expected number, received boolean"],
    ],
    [
      "a line of the simulator that is none",
      toy,
      { "simulate.answers.hello.0": { send: "hi", values: {}, afterMs: -1 } },
      ["simulate.answers.hello.0.afterMs: Too small: expected number to be >=0"],
    ],
    [
      "a rule that is nothing",
      toy,
      { "meaning.cuff": 7 },
      ["meaning.cuff: Invalid input: expected object, received number"],
    ],
    [
      "a time that is too long",
      toy,
      { "session.totalMs": 9_000_000 },
      ["session.totalMs: Too big: expected number to be <=3600000"],
    ],
    [
      "a text where a number stands",
      toy,
      { "serial.baudRate": "fast" },
      ["serial.baudRate: Invalid input: expected number, received string"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("frames", () => {
  test.each<Case>([
    [
      "to a device that is told nothing",
      analyser,
      { "frames.ask": { to: "device", fields: {} } },
      ["frames.ask: there is no envelope for frames to the device"],
    ],
    [
      "with a field of another kind of frame",
      toy,
      { "frames.hi.fields.text": { type: "row", y: 1, caption: "x", required: true } },
      ["frames.hi.fields.text: a row field does not stand in a binary frame"],
    ],
    [
      "with several of them, and nothing else is looked at",
      toy,
      {
        "frames.hi.size": 40_000,
        "frames.hi.fields": { a: { type: "row", y: 1, caption: "x", required: true }, b: { type: "unmapped" } },
      },
      [
        "frames.hi.fields.a: a row field does not stand in a binary frame",
        "frames.hi.fields.b: a unmapped field does not stand in a binary frame",
      ],
    ],
    [
      "with a field too far",
      toy,
      { "frames.state.fields.door.at": 4 },
      ["frames.state.fields.door: it does not fit into the frame"],
    ],
    [
      "with a range upside down",
      toy,
      { "frames.cuff.fields.pressure.min": 251 },
      ["frames.cuff.fields.pressure: min is above max"],
    ],
    ["with a range of one number", toy, { "frames.cuff.fields.pressure.min": 250 }, []],
    [
      "with a range upside down, to the device",
      toy,
      { "frames.open.fields.door.min": 25 },
      ["frames.open.fields.door: min is above max"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("numbers that nobody compares", () => {
  test.each<Case>([
    [
      "are compared with a display that is not there",
      toy,
      { display: false },
      ["confirm: what has no display is not compared with one"],
    ],
    [
      "have a weak check",
      toy,
      { confirm: "none" },
      ["confirm: frames with the check sum8 are confirmed on the display"],
    ],
    [
      "have a weak check and no display",
      toy,
      { confirm: "none", display: false },
      ["confirm: frames with the check sum8 are confirmed on the display"],
    ],
    ["have a wide check", wide, { confirm: "none" }, []],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("a check of eight bits without a display", () => {
  test.each<Case>([
    ["covers what it can", toy, { ...crc("crc8-maxim"), ...alone }, []],
    ["covers less than this", toy, crc("crc8-maxim"), []],
    [
      "covers a frame that says other things, too",
      toy,
      { ...crc("crc8-maxim"), "frames.pressures.size": 26 },
      ["frames.pressures: its 208 bits are more than the check crc8-maxim covers"],
    ],
    [
      "covers nothing that is read twice",
      toy,
      {
        ...crc("crc8-maxim"),
        ...alone,
        "frames.assay.size": 26,
        "sessionFor.chemistry.steps": [
          { do: "twice", phase: "reading", send: "askAll", expect: "assay", withinMs: 500, tries: 2 },
        ],
      },
      [],
    ],
    [
      "covers the largest frame",
      toy,
      { ...crc("crc8-maxim"), ...alone, "frames.assay.size": 26 },
      ["frames.assay: its 208 bits are more than the check crc8-maxim covers"],
    ],
    ["covers what is no measurement", toy, { ...crc("crc8-maxim"), ...alone, "frames.count.size": 26 }, []],
    [
      "that is a sum covers nothing",
      toy,
      { ...crc("sum8"), ...alone },
      ["confirm: frames with the check sum8 are confirmed on the display"],
    ],
    ["is not looked at where people compare", toy, { ...crc("crc8-maxim"), display: true, confirm: "display" }, []],
    [
      "is not enough where they could and do not",
      toy,
      { ...crc("crc8-maxim"), ...alone, display: true },
      ["confirm: frames with the check crc8-maxim are confirmed on the display"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("the check", () => {
  test.each<Case>([
    ["is none of a label", labelled, { check: "sum8" }, ["check: it is not the check of the envelope"]],
    [
      "is that of a text",
      texted,
      { check: texted.check === "none" ? "sum8" : "none" },
      ["check: it is not the check of the envelope"],
    ],
    ["is not the envelope's", toy, { check: "xor8" }, ["check: it is not the check of the envelope"]],
    ["is none where the envelope has one", toy, { check: "none" }, ["check: it is not the check of the envelope"]],
    [
      "is another where the envelope has none",
      analyser,
      { check: "crc16-modbus" },
      ["check: it is not the check of the envelope"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("what is forbidden", () => {
  test.each<Case>([
    [
      "can be formed",
      toy,
      { forbidden: [{ name: "erase", at: 2, is: "09" }] },
      ["frames.askAll: it can form the forbidden erase"],
    ],
    [
      "can be formed by a field",
      toy,
      { forbidden: [{ name: "door 7", at: 2, is: "0507" }] },
      ["frames.open: it can form the forbidden door 7"],
    ],
    ["cannot be formed", toy, { forbidden: [{ name: "erase", at: 2, is: "7f" }] }, []],
    [
      "is said by the device",
      toy,
      {
        forbidden: [{ name: "erase", at: 2, is: "0e" }],
        "frames.more": { to: "host", size: 4, match: [{ at: 2, is: "0e" }], fields: {} },
        "meaning.more": { kind: "information", about: "x", values: {} },
      },
      [],
    ],
    [
      "can be formed by two frames, in two ways",
      toy,
      {
        forbidden: [
          { name: "one", at: 2, is: "01" },
          { name: "two", at: 3, is: "07" },
        ],
        "frames.more": frame({ any: { type: "u16le", at: 2, min: 0, max: 9 } }),
      },
      [
        "frames.hello: it can form the forbidden one",
        "frames.more: it can form the forbidden one",
        "frames.open: it can form the forbidden two",
        "frames.setTime: it can form the forbidden two",
        "frames.askTime: it can form the forbidden two",
        "frames.askRecord: it can form the forbidden two",
        "frames.got: it can form the forbidden two",
        "frames.more: it can form the forbidden two",
      ],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

test("a session that sends what is no frame", () => {
  expect(problemsOf(toy, { "session.steps.0.send": "nope" })).toEqual([
    "session.steps.0: nope is no frame to the device",
  ]);
});

describe("settings", () => {
  test.each<Case>([
    [
      "whose default is no choice",
      toy,
      {
        settings: {
          speed: {
            says: { zh: "速度", en: "Speed" },
            default: "fast",
            choices: { slow: { says: { zh: "慢", en: "Slow" }, set: [] } },
          },
        },
      },
      ["settings.speed.default: it is none of the choices"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

test("a sound profile is handed back as it is", () => {
  expect(checkProfile(toy)).toEqual({ ok: true, profile: toy });
});
test.each([
  ["a reason of the kit", { "frames.cuff.fields.pressure.min": 251 }, "min is above max", "min 大于 max"],
  ["a reason of the schema", { id: undefined }, "it is missing", "缺少这一项"],
])("%s is there in Chinese", (_what, changes, reason, zh) => {
  const checked = checkProfile(changed(toy, changes));
  expect(checked.ok ? [] : checked.problems.map((problem) => [problem.reason, problem.zh])).toEqual([[reason, zh]]);
});
test("nothing can be formed where nothing is sent", () => {
  expect(canForm(toy, toy.frames["hello"]!, { at: 2, is: "01" })).toBe(true);
  expect(canForm(analyser, analyser.frames["empty"]!, { at: 2, is: "01" })).toBe(false);
});
