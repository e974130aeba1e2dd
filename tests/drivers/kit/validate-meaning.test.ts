import { describe, expect, test } from "vitest";
import { analyser } from "./analyser.ts";
import toy from "./toy.ts";
import { problemsOf, type Case } from "./changed.ts";

/** Rules against the frames that they belong to, one change at a time. */
const measured = "meaning.pressures.3";
const failed = "meaning.pressures.1";
const scanned = {
  to: "host",
  size: 9,
  match: [{ at: 2, is: "0e" }],
  fields: { text: { type: "ascii", at: 3, size: 3 }, curve: { type: "u8", at: 6, min: 0, max: 255 } },
};

describe("a frame and its meaning", () => {
  test.each<Case>([
    ["as they are", toy, {}, []],
    ["of records, as they are", analyser, {}, []],
    [
      "a frame to the host without one",
      toy,
      { "meaning.hi": undefined },
      ["meaning.hi: a frame to the host needs a meaning"],
    ],
    [
      "a meaning without a frame",
      toy,
      { "meaning.nope": { kind: "information", about: "x", values: {} } },
      ["meaning.nope: there is no such frame to the host"],
    ],
    [
      "a meaning of a frame to the device",
      toy,
      { "meaning.hello": { kind: "information", about: "x", values: { x: "nope" } } },
      ["meaning.hello: there is no such frame to the host"],
    ],
    [
      "a frame to the device needs none",
      toy,
      { "frames.more": { to: "device", size: 4, match: [{ at: 2, is: "0f" }], fields: {} } },
      [],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("a place", () => {
  test.each<Case>([
    ["of no field", toy, { "meaning.state.values": { door: "doors" } }, ["meaning.state: there is no field doors"]],
    ["of no flag", toy, { "meaning.state.values": { door: "door.open" } }, ["meaning.state: door is not a flag open"]],
    [
      "of a flag among others",
      toy,
      { "meaning.live.0.when": { "finger.in": [true] } },
      ["meaning.live: finger is not a flag in"],
    ],
    [
      "of a flag of a number",
      toy,
      { "meaning.live.0.when": { "spo2.out": [true] } },
      ["meaning.live: spo2 is not a flag out"],
    ],
    [
      "of what every object has",
      toy,
      { "meaning.live.0.when": { "finger.toString": [true] } },
      ["meaning.live: finger is not a flag toString"],
    ],
    ["in a frame before", toy, { [`${measured}.deviceTime`]: "time/taken" }, []],
    [
      "in no frame before",
      toy,
      { [`${measured}.deviceTime`]: "nope/taken" },
      ["meaning.pressures: there is no field nope/taken"],
    ],
    [
      "in no field of the frame before",
      toy,
      { [`${measured}.deviceTime`]: "time/took" },
      ["meaning.pressures: there is no field time/took"],
    ],
    [
      "in a frame to the device",
      toy,
      { [`${measured}.notes`]: { index: "askTime/index" } },
      ["meaning.pressures: there is no field askTime/index"],
    ],
    [
      "that is asked under which a rule holds",
      toy,
      { [`${measured}.when`]: { nope: [1] } },
      ["meaning.pressures: there is no field nope"],
    ],
    [
      "of an ignored frame",
      toy,
      { "meaning.pressures.0.when": { "status.nope": [true] } },
      ["meaning.pressures: status is not a flag nope"],
    ],
    [
      "of flags where the frame has bits of digits",
      toy,
      {
        "frames.live.fields.spo2": {
          type: "bits",
          parts: [{ at: 4, shift: 0, width: 7 }],
          unit: "%",
          min: 1,
          max: 100,
        },
        "meaning.live.0.when": { "spo2.parts": [true] },
      },
      ["meaning.live: spo2 is not a flag parts"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("readings", () => {
  test.each<Case>([
    [
      "in a wrong unit",
      toy,
      { [`${measured}.readings.0`]: ["glucose", "systolic"] },
      ["meaning.pressures: systolic is not in a unit of glucose"],
    ],
    [
      "without a unit",
      toy,
      { [`${measured}.readings.0`]: ["bp.systolic", "spread"] },
      ["meaning.pressures: spread is not in a unit of bp.systolic"],
    ],
    [
      "of no field",
      toy,
      { [`${measured}.readings.0`]: ["bp.systolic", "nope"] },
      ["meaning.pressures: there is no field nope"],
    ],
    [
      "of a control in a wrong unit",
      toy,
      { "meaning.pressures.2.readings": [["glucose", "systolic"]] },
      ["meaning.pressures: systolic is not in a unit of glucose"],
    ],
    [
      "of progress in a wrong unit",
      toy,
      { "meaning.cuff.readings": [["glucose", "pressure"]] },
      ["meaning.cuff: pressure is not in a unit of glucose"],
    ],
    [
      "of an analyte with units of which one is wrong",
      analyser,
      {
        "frames.result.fields.total.units.mg/dL": { min: 1, max: 900, decimals: 0 },
        "frames.result.fields.hdl.units.%": { min: 1, max: 99, decimals: 0 },
      },
      ["meaning.result: hdl is not in a unit of cholesterol.hdl"],
    ],
    [
      "that are compared with what is no field",
      toy,
      { [`${measured}.greater`]: [["systolic", "nope"]] },
      ["meaning.pressures: there is no field nope"],
    ],
    [
      "that are compared with what is no number",
      toy,
      { [`${measured}.greater`]: [["error", "diastolic"]] },
      ["meaning.pressures: error is not a number"],
    ],
    [
      "of progress that are compared with what is no number",
      toy,
      { "meaning.cuff.greater": [["pressure", "nope"]] },
      ["meaning.cuff: there is no field nope"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("what belongs to a measurement", () => {
  test.each<Case>([
    [
      "a doubt in a flag that is none",
      toy,
      { [`${measured}.doubts`]: { irregularPulse: ["status", "nope"] } },
      ["meaning.pressures: status is not a flag nope"],
    ],
    [
      "a doubt in no field",
      toy,
      { [`${measured}.doubts`]: { irregularPulse: ["nope", "irregular"], bodyMotion: { field: "no", above: 3 } } },
      ["meaning.pressures: there is no field nope.irregular", "meaning.pressures: there is no field no"],
    ],
    ["a doubt in a value", toy, { [`${measured}.doubts`]: { bodyMotion: { field: "error", is: [2] } } }, []],
    ["a doubt in a flag of a control is not looked for", toy, { [`${measured}.doubts`]: undefined }, []],
    ["a time that is none", toy, { [`${measured}.deviceTime`]: "spread" }, ["meaning.pressures: spread is not a time"]],
    [
      "no time of a control",
      toy,
      { "meaning.pressures.2.deviceTime": "spread" },
      ["meaning.pressures: spread is not a time"],
    ],
    ["a time of a record", analyser, { "meaning.result.0.deviceTime": "time" }, []],
    [
      "a time of a record that is a number",
      analyser,
      { "meaning.result.0.deviceTime": "total" },
      ["meaning.result: total is not a time"],
    ],
    [
      "a note of nothing",
      toy,
      { [`${measured}.notes`]: { spread: "spreads" } },
      ["meaning.pressures: there is no field spreads"],
    ],
    [
      "a note of a control of nothing",
      toy,
      { "meaning.pressures.2.notes": { spread: "spreads" } },
      ["meaning.pressures: there is no field spreads"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("a fault", () => {
  test.each<Case>([
    ["with a code", toy, { "meaning.live.0.code": "device.unknown" }, []],
    [
      "with nothing",
      toy,
      { "meaning.live.0.code": undefined },
      ["meaning.live: a fault has either a code, or by, codes and otherwise"],
    ],
    [
      "with a code and what it is good with",
      toy,
      { "meaning.live.0.ok": [0] },
      ["meaning.live: a fault has either a code, or by, codes and otherwise"],
    ],
    [
      "with a code and otherwise",
      toy,
      { "meaning.live.0.otherwise": "device.unknown" },
      ["meaning.live: a fault has either a code, or by, codes and otherwise"],
    ],
    [
      "with a code and a table",
      toy,
      { "meaning.live.0.codes": { "1": "device.unknown" } },
      ["meaning.live: a fault has either a code, or by, codes and otherwise"],
    ],
    [
      "with a code and a field",
      toy,
      { "meaning.live.0.by": "spo2" },
      ["meaning.live: a fault has either a code, or by, codes and otherwise"],
    ],
    [
      "by a field with a code",
      toy,
      { [`${failed}.code`]: "device.unknown" },
      ["meaning.pressures: a fault has either a code, or by, codes and otherwise"],
    ],
    [
      "by a field without a table",
      toy,
      { [`${failed}.codes`]: undefined },
      ["meaning.pressures: a fault has either a code, or by, codes and otherwise"],
    ],
    [
      "by a field without otherwise",
      toy,
      { [`${failed}.otherwise`]: undefined },
      ["meaning.pressures: a fault has either a code, or by, codes and otherwise"],
    ],
    [
      "with a table and no field",
      toy,
      { [`${failed}.by`]: undefined },
      ["meaning.pressures: a fault has either a code, or by, codes and otherwise"],
    ],
    ["by a field that is none", toy, { [`${failed}.by`]: "errors" }, ["meaning.pressures: there is no field errors"]],
    [
      "by a field that says other codes",
      toy,
      { [`${failed}.codes`]: { "1": "device.cuffLoose", "7": "device.pump" } },
      ["meaning.pressures: error is not a code that declares these values"],
    ],
    [
      "by a field that is never so good",
      toy,
      { [`${failed}.ok`]: [0, 9] },
      ["meaning.pressures: error is not a code that declares these values"],
    ],
    ["by a field without what is good", toy, { [`${failed}.ok`]: undefined }, []],
    ["by a number", toy, { [`${failed}.by`]: "spread" }, []],
    [
      "by flags",
      toy,
      { [`${failed}.by`]: "status" },
      ["meaning.pressures: status is not a code that declares these values"],
    ],
    [
      "by a text",
      toy,
      {
        "frames.scanned": scanned,
        "meaning.scanned": {
          kind: "fault",
          by: "text",
          codes: { HI: "device.outOfRange" },
          otherwise: "device.unknown",
        },
      },
      [],
    ],
    [
      "by a time",
      toy,
      {
        "meaning.time": {
          kind: "fault",
          by: "taken",
          codes: { "1": "device.outOfRange" },
          otherwise: "device.unknown",
        },
      },
      ["meaning.time: taken is not a code that declares these values"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("other rules", () => {
  test.each<Case>([
    [
      "information of nothing",
      toy,
      { "meaning.count.values": { count: "record" } },
      ["meaning.count: there is no field record"],
    ],
    [
      "a curve",
      toy,
      {
        "frames.scanned": scanned,
        "meaning.scanned": { kind: "wave", of: "pulse", samples: { one: ["curve", "curve"] } },
      },
      [],
    ],
    [
      "a curve of nothing",
      toy,
      {
        "frames.scanned": scanned,
        "meaning.scanned": { kind: "wave", of: "pulse", samples: { one: ["curve", "nope"] } },
      },
      ["meaning.scanned: there is no field nope"],
    ],
    [
      "a curve of text",
      toy,
      {
        "frames.scanned": scanned,
        "meaning.scanned": { kind: "wave", of: "pulse", samples: { one: ["curve"], two: ["text"] } },
      },
      ["meaning.scanned: text is not a number"],
    ],
    ["a scan", toy, { "frames.scanned": scanned, "meaning.scanned": { kind: "scan", text: "text" } }, []],
    [
      "a scan of nothing",
      toy,
      { "frames.scanned": scanned, "meaning.scanned": { kind: "scan", text: "nope" } },
      ["meaning.scanned: there is no field nope"],
    ],
    ["a card", toy, { "frames.scanned": scanned, "meaning.scanned": { kind: "identity", card: { name: "text" } } }, []],
    [
      "a card of nothing",
      toy,
      { "frames.scanned": scanned, "meaning.scanned": { kind: "identity", card: { name: "text", number: "nope" } } },
      ["meaning.scanned: there is no field nope"],
    ],
    [
      "a frame that says nothing",
      toy,
      { "frames.scanned": scanned, "meaning.scanned": { kind: "ignore", reason: "of no use" } },
      [],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});
