import { describe, expect, test } from "vitest";
import toy from "./toy.ts";
import { problemsOf, type Case } from "./changed.ts";

/** Every line of the simulated device can be said. */

describe("the simulator", () => {
  test.each<Case>([
    [
      "is looked at only when the rest is sound",
      toy,
      { confirm: "none", "simulate.answers.hello.0.send": "nope" },
      ["confirm: frames with the check sum8 are confirmed on the display"],
    ],
    [
      "answers what is no frame",
      toy,
      { "simulate.answers.nope": [] },
      ["simulate.answers.nope: there is no such frame to the device"],
    ],
    [
      "answers what it says itself",
      toy,
      { "simulate.answers.hi": [] },
      ["simulate.answers.hi: there is no such frame to the device"],
    ],
    [
      "sends what is no frame",
      toy,
      { "simulate.answers.hello.0.send": "nope" },
      ["simulate.answers.hello.0: toy-one has no frame nope"],
    ],
    [
      "says what does not fit",
      toy,
      { "simulate.answers.hello.1.values.records": 300 },
      ["simulate.answers.hello.1: 300 does not fit in 1 bytes"],
    ],
    [
      "waits for what is no frame",
      toy,
      { "simulate.answers.hello.0.once": "nope" },
      ["simulate.answers.hello.0: nope is no frame to the device"],
    ],
    [
      "waits for what it says itself",
      toy,
      { "simulate.answers.hello.0.until": "hi" },
      ["simulate.answers.hello.0: hi is no frame to the device"],
    ],
    [
      "waits for what the host says",
      toy,
      { "simulate.answers.hello.0.once": "start", "simulate.answers.hello.0.until": "stop" },
      [],
    ],
    [
      "says unasked what is no frame",
      toy,
      { "simulate.press": [{ send: "nope", values: {}, afterMs: 1 }] },
      ["simulate.press.0: toy-one has no frame nope"],
    ],
    [
      "says at the beginning what is no frame",
      toy,
      { "simulate.onOpen": [{ send: "nope", values: {}, afterMs: 1 }] },
      ["simulate.onOpen.0: toy-one has no frame nope"],
    ],
    [
      "has a fault that says what does not fit",
      toy,
      {
        "simulate.faults.odd": {
          answers: { hello: [{ send: "count", values: { records: 300 }, afterMs: 1 }], nope: [] },
        },
      },
      [
        "simulate.faults.odd.answers.hello.0: 300 does not fit in 1 bytes",
        "simulate.faults.odd.answers.nope: there is no such frame to the device",
      ],
    ],
    [
      "has a fault that is said unasked",
      toy,
      {
        "simulate.faults.odd": {
          press: [{ send: "nope", values: {}, afterMs: 1 }],
          onOpen: [{ send: "nope", values: {}, afterMs: 1 }],
        },
      },
      [
        "simulate.faults.odd.press.0: toy-one has no frame nope",
        "simulate.faults.odd.onOpen.0: toy-one has no frame nope",
      ],
    ],
    [
      "streams what does not fit later on",
      toy,
      { "simulate.answers.stream.0.values.spo2.over.1": [4_000, 300] },
      ["simulate.answers.stream.0: 300 does not fit in 1 bytes"],
    ],
    [
      "streams a fault that does not fit",
      toy,
      { "simulate.answers.stream.0.values.pulse": { between: [70, 999] } },
      ["simulate.answers.stream.0: 535 does not fit in 1 bytes"],
    ],
    [
      "streams what is no frame",
      toy,
      { "simulate.answers.stream.0.stream": "nope" },
      ["simulate.answers.stream.0: nope has no field finger"],
    ],
    [
      "ramps what is no frame",
      toy,
      { "simulate.answers.start.1.ramp": "nope" },
      ["simulate.answers.start.1: pressure is no number of nope"],
    ],
    [
      "ramps what is no field",
      toy,
      { "simulate.answers.start.1.field": "nope" },
      ["simulate.answers.start.1: nope is no number of cuff"],
    ],
    [
      "ramps what is no number",
      toy,
      { "simulate.answers.start.1.ramp": "state", "simulate.answers.start.1.field": "door" },
      ["simulate.answers.start.1: door is no number of state"],
    ],
    [
      "ramps without the other fields",
      toy,
      { "simulate.answers.start.1.ramp": "live", "simulate.answers.start.1.field": "spo2" },
      ["simulate.answers.start.1: no value for live.finger"],
    ],
    [
      "ramps with the other fields",
      toy,
      {
        "simulate.answers.start.1.ramp": "live",
        "simulate.answers.start.1.field": "spo2",
        "simulate.answers.start.1.values": { finger: { out: false }, pulse: 70 },
      },
      [],
    ],
    [
      "ramps with another field that does not fit",
      toy,
      {
        "simulate.answers.start.1.ramp": "live",
        "simulate.answers.start.1.field": "spo2",
        "simulate.answers.start.1.values": { finger: { out: false }, pulse: 700 },
      },
      ["simulate.answers.start.1: 700 does not fit in 1 bytes"],
    ],
    [
      "remembers what does not fit",
      toy,
      { "simulate.answers.askRecord.0.rows.1.glucose": 900 },
      ["simulate.answers.askRecord.0: 900 does not fit in 1 bytes"],
    ],
    [
      "says that there is no record, which does not fit",
      toy,
      { "simulate.answers.askRecord.0.none": { send: "count", values: { records: 300 } } },
      ["simulate.answers.askRecord.0: 300 does not fit in 1 bytes"],
    ],
    ["says that there is no record", toy, { "simulate.answers.askRecord.0.none": { send: "hi", values: {} } }, []],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});
