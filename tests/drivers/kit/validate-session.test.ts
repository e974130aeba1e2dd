import { describe, expect, test } from "vitest";
import toy from "./toy.ts";
import { problemsOf, type Case } from "./changed.ts";

/** Sessions against the frames that they name, one change at a time: each is refused where it stands, and for nothing else. */
const read = "sessionFor.glucose.steps.1";
const settle = "sessionFor.oximetry.steps.2";
const listen = { do: "listen", phase: "measuring", firstMs: 3_000, silenceMs: 3_000 };

describe("a stream settles", () => {
  test.each<Case>([
    ["over a time", toy, {}, []],
    ["over frames", toy, { [`${settle}.spanMs`]: undefined, [`${settle}.count`]: 5 }, []],
    [
      "over both",
      toy,
      { [`${settle}.count`]: 5 },
      ["sessionFor.oximetry.steps.2: a stream settles over spanMs or over count frames"],
    ],
    [
      "over neither",
      toy,
      { [`${settle}.spanMs`]: undefined },
      ["sessionFor.oximetry.steps.2: a stream settles over spanMs or over count frames"],
    ],
    [
      "quietly without a count",
      toy,
      { [`${settle}.quiet`]: true },
      ["sessionFor.oximetry.steps.2: a result that is said again is believed after count frames"],
    ],
    [
      "without limits",
      toy,
      { [`${settle}.within`]: {}, [`${settle}.least`]: undefined },
      ["sessionFor.oximetry.steps.2: a stream settles within limits"],
    ],
    [
      "within limits of what it does not give",
      toy,
      { [`${settle}.within`]: { spo2: 2, glucose: 1 } },
      ["sessionFor.oximetry.steps.2: live gives no glucose as progress"],
    ],
    [
      "above the least of what it does not give",
      toy,
      { [`${settle}.least`]: { glucose: 1 } },
      ["sessionFor.oximetry.steps.2: live gives no glucose as progress"],
    ],
    [
      "as another kind",
      toy,
      { [`${settle}.of`]: "bloodPressure" },
      [
        "measures: nothing measures oximetry",
        "sessionFor.oximetry.steps.2: live gives no spo2 as progress",
        "sessionFor.oximetry.steps.2: live gives no pulse.rate as progress",
      ],
    ],
    [
      "out of a frame without progress",
      toy,
      { [`${settle}.frame`]: "hi" },
      [
        "sessionFor.oximetry.steps.2: hi gives no spo2 as progress",
        "sessionFor.oximetry.steps.2: hi gives no pulse.rate as progress",
      ],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("a session", () => {
  test.each<Case>([
    [
      "stops with a frame that is none",
      toy,
      { "session.stop.send": "nope" },
      ["session.stop: nope is no frame to the device"],
    ],
    [
      "stops with a frame that wants a value",
      toy,
      { "session.stop.send": "askTime" },
      ["session.stop: no value for askTime.index"],
    ],
    [
      "stops, and waits for what is none",
      toy,
      { "session.stop.expect": ["stopped", "nope", "stop"] },
      ["session.stop: nope is no frame to the host", "session.stop: stop is no frame to the host"],
    ],
    [
      "answers what is no frame",
      toy,
      { "session.replies": { nope: { send: "hello" } } },
      ["session.replies.nope: nope is no frame to the host"],
    ],
    [
      "answers what is sent to the device",
      toy,
      { "session.replies": { stop: { send: "hello" } } },
      ["session.replies.stop: stop is no frame to the host"],
    ],
    [
      "answers with what is no frame",
      toy,
      { "session.replies": { hi: { send: "nope" } } },
      ["session.replies.hi: nope is no frame to the device"],
    ],
    [
      "answers without a value",
      toy,
      { "session.replies": { hi: { send: "got" } } },
      ["session.replies.hi: no value for got.index"],
    ],
    [
      "answers with what it has not heard",
      toy,
      { "sessionFor.glucose.replies.record.values.index": { heard: "nope" } },
      ["sessionFor.glucose.replies.record: there is no field nope"],
    ],
    ["answers with a number", toy, { "sessionFor.glucose.replies.record.values.index": 3 }, []],
    ["answers with the time", toy, { "sessionFor.glucose.replies.record.values.index": { clock: "hour" } }, []],
    [
      "keeps the device awake with what is none",
      toy,
      { "sessionFor.oximetry.keepAlive.send": "nope" },
      ["sessionFor.oximetry.keepAlive: nope is no frame to the device"],
    ],
    [
      "of a kind that nothing measures",
      toy,
      { "sessionFor.temperature": toy.sessionFor?.chemistry },
      ["measures: nothing measures temperature"],
    ],
    [
      "measures what nothing says",
      toy,
      { measures: ["bloodPressure", "weight"] },
      [
        'measures.1: Invalid option: expected one of "bloodPressure"|"glucose"|"lipids"|"oximetry"|"temperature"|"body"|"chemistry"',
      ],
    ],
    ["settles what no frame measures", toy, { measures: ["oximetry"] }, []],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("what acts", () => {
  test.each<Case>([
    [
      "is missing where the device acts on a person",
      toy,
      { "session.steps.1.acts": undefined },
      ["session.steps: a device that acts on a person has a step that acts"],
    ],
    ["may be missing where it does not", toy, { "session.steps.1.acts": undefined, actuates: false }, []],
    [
      "wants a stop",
      toy,
      { "session.stop": undefined, "sessionFor.glucose.stop": undefined },
      [
        "session.stop: a device that acts on a person needs a stop frame",
        "sessionFor.glucose.stop: a device that acts on a person needs a stop frame",
      ],
    ],
    ["wants no stop where nothing acts on a person", toy, { actuates: false, "session.stop": undefined }, []],
    [
      "is also sent by a step that does not say so",
      toy,
      { "session.steps.0.send": "start" },
      ["session: a frame that acts is sent by a step that says so"],
    ],
    [
      "is also sent before a record",
      toy,
      { [`${read}.also`]: { send: "start", index: "index", expect: "time" } },
      [
        "sessionFor.glucose.steps.1: start has no field index",
        "sessionFor.glucose.steps.1: index is no number of start",
        "sessionFor.glucose: a frame that acts is sent by a step that says so",
      ],
    ],
    [
      "is the stop",
      toy,
      { "session.stop.send": "start" },
      ["session: a frame that acts is sent by a step that says so"],
    ],
    [
      "keeps the device awake",
      toy,
      { "session.keepAlive": { send: "start", everyMs: 100 } },
      ["session: a frame that acts is sent by a step that says so"],
    ],
    [
      "is a task",
      toy,
      { "tasks.open.steps.1": { do: "send", phase: "waiting", send: "start", acts: true } },
      ["tasks.open: what acts on a person is no task"],
    ],
    [
      "is a task of a device that acts on nobody",
      toy,
      { actuates: false, "tasks.open.steps.1": { do: "send", phase: "waiting", send: "start", acts: true } },
      [],
    ],
    [
      "in a task comes before the state is read",
      toy,
      { "tasks.open.steps.0": listen },
      ["tasks.open.steps.1: a task reads the device's state before it acts"],
    ],
    ["in a task comes after a poll", toy, { "tasks.open.steps.0": toy.tasks?.open?.steps[2] }, []],
    [
      "in a task comes first",
      toy,
      { "tasks.open.steps": [toy.tasks?.open?.steps[1]] },
      ["tasks.open.steps.0: a task reads the device's state before it acts"],
    ],
    [
      "in a task may be sent without acting",
      toy,
      { "tasks.open.steps.0": listen, "tasks.open.steps.1.acts": undefined, "tasks.dispense.steps.1.acts": undefined },
      [],
    ],
    ["in a measurement may come first", toy, { "session.steps": [toy.session.steps[1], listen] }, []],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

const linkOf = (reset: readonly string[], ack: readonly string[]) => ({
  kind: "sequenced",
  at: 2,
  bits: { sequence: 1, expected: 2, ack: 4, reset: 8, more: 16 },
  reset,
  ack,
  withinMs: 100,
  tries: 3,
});

describe("a link", () => {
  test.each<Case>([
    [
      "has its frames",
      toy,
      {
        link: linkOf(["hello", "hi"], ["stop", "stopped"]),
      },
      [],
    ],
    [
      "has none of its frames",
      toy,
      {
        link: linkOf(["hi", "hello"], ["no", "nope"]),
      },
      [
        "link: hi is no frame to the device",
        "link: hello is no frame to the host",
        "link: no is no frame to the device",
        "link: nope is no frame to the host",
      ],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});
