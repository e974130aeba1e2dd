import { describe, expect, test } from "vitest";
import toy from "./toy.ts";
import { problemsOf, type Case } from "./changed.ts";

/** Steps against the frames that they name, one change at a time: each is refused where it stands, and for nothing else. */
const chem = "sessionFor.chemistry.steps.0";
const read = "sessionFor.glucose.steps.1";
const settle = "sessionFor.oximetry.steps.2";
const twice = { do: "twice", phase: "reading", send: "askAll", expect: "assay", withinMs: 500, tries: 2 };

describe("what a step waits for", () => {
  test.each<Case>([
    [
      "an answer that is no frame",
      toy,
      { "session.steps.0.expect": ["hi", "nope"] },
      ["session.steps.0: nope is no frame to the host"],
    ],
    [
      "an answer that is sent to the device",
      toy,
      { "session.steps.0.expect": ["stop"] },
      ["session.steps.0: stop is no frame to the host"],
    ],
    [
      "an answer that ends a task",
      toy,
      { "tasks.open.steps.0.done": [{ frame: "nope", when: {} }] },
      ["tasks.open.steps.0: nope is no frame to the host"],
    ],
    [
      "an answer with a place that it has not",
      toy,
      { "tasks.open.steps.0.done.0.when": { doors: [1] } },
      ["tasks.open.steps.0: there is no field doors"],
    ],
    [
      "an answer with a flag that it has not",
      toy,
      { "session.steps.0.expect": [{ frame: "live", when: { "finger.in": [true] } }] },
      ["session.steps.0: finger is not a flag in"],
    ],
    [
      "an answer that says something",
      toy,
      { "session.steps.0.expect": [{ frame: "live", when: { "finger.out": [true] } }] },
      [],
    ],
    [
      "what the device asks for",
      toy,
      { "tasks.dispense.steps.1.after": "nope" },
      ["tasks.dispense.steps.1: nope is no frame to the host"],
    ],
    [
      "what is polled for",
      toy,
      { "tasks.open.steps.2.until": ["nope"] },
      ["tasks.open.steps.2: nope is no frame to the host"],
    ],
    [
      "what ends a poll",
      toy,
      { "tasks.open.steps.2.done": ["nope"] },
      ["tasks.open.steps.2: nope is no frame to the host"],
    ],
    ["a poll that is ended by a frame there is", toy, { "tasks.open.steps.2.done": ["hi"] }, []],
    ["a record", toy, { [`${read}.expect`]: "nope" }, ["sessionFor.glucose.steps.1: nope is no frame to the host"]],
    [
      "one of several records",
      toy,
      { [`${read}.expect`]: ["record", "nope"] },
      ["sessionFor.glucose.steps.1: nope is no frame to the host"],
    ],
    [
      "what says that there is none",
      toy,
      { [`${read}.none`]: "nope" },
      ["sessionFor.glucose.steps.1: nope is no frame to the host"],
    ],
    [
      "what comes before the record",
      toy,
      { [`${read}.also.expect`]: "nope" },
      ["sessionFor.glucose.steps.1: nope is no frame to the host"],
    ],
    [
      "a header",
      toy,
      { [`${chem}.header`]: "nope" },
      [
        "sessionFor.chemistry.steps.0: nope is no frame to the host",
        "sessionFor.chemistry.steps.0: records is no number of nope",
      ],
    ],
    [
      "a record of a dump",
      toy,
      { [`${chem}.record`]: "nope" },
      ["sessionFor.chemistry.steps.0: nope is no frame to the host"],
    ],
    [
      "a record that is read twice",
      toy,
      { [chem]: { ...twice, expect: "nope" } },
      ["sessionFor.chemistry.steps.0: nope is no frame to the host"],
    ],
    [
      "a frame of a stream",
      toy,
      { [`${settle}.frame`]: "nope" },
      [
        "sessionFor.oximetry.steps.2: nope is no frame to the host",
        "sessionFor.oximetry.steps.2: nope gives no spo2 as progress",
        "sessionFor.oximetry.steps.2: nope gives no pulse.rate as progress",
      ],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("what a step says", () => {
  test.each<Case>([
    [
      "a frame that is none",
      toy,
      { "session.steps.0.send": "nope" },
      ["session.steps.0: nope is no frame to the device"],
    ],
    ["a frame of the device", toy, { "session.steps.0.send": "hi" }, ["session.steps.0: hi is no frame to the device"]],
    [
      "a field without a value",
      toy,
      { "tasks.setClock.steps.0.values": { hour: 1 } },
      ["tasks.setClock.steps.0: no value for setTime.weekday"],
    ],
    [
      "no values at all",
      toy,
      { "tasks.setClock.steps.0.values": undefined },
      ["tasks.setClock.steps.0: no value for setTime.hour", "tasks.setClock.steps.0: no value for setTime.weekday"],
    ],
    [
      "a value without a field",
      toy,
      { "session.steps.0.values": { hour: 1 } },
      ["session.steps.0: hello has no field hour"],
    ],
    [
      "an index that is not its field",
      toy,
      { [`${read}.index`]: "number" },
      [
        "sessionFor.glucose.steps.1: no value for askRecord.index",
        "sessionFor.glucose.steps.1: askRecord has no field number",
        "sessionFor.glucose.steps.1: number is no number of askRecord",
      ],
    ],
    [
      "an index that is text",
      toy,
      { "frames.askRecord.fields.index": { type: "ascii", at: 3, size: 1 } },
      ["sessionFor.glucose.steps.1: index is no number of askRecord"],
    ],
    [
      "an index that the frame before it has not",
      toy,
      { [`${read}.also.index`]: "number" },
      [
        "sessionFor.glucose.steps.1: no value for askTime.index",
        "sessionFor.glucose.steps.1: askTime has no field number",
        "sessionFor.glucose.steps.1: number is no number of askTime",
      ],
    ],
    [
      "a frame before the record that is none",
      toy,
      { [`${read}.also.send`]: "nope" },
      [
        "sessionFor.glucose.steps.1: nope is no frame to the device",
        "sessionFor.glucose.steps.1: index is no number of nope",
      ],
    ],
    [
      "a value that the frame before the record has not",
      toy,
      { [`${read}.also.values`]: { hour: 1 } },
      ["sessionFor.glucose.steps.1: askTime has no field hour"],
    ],
    [
      "a count in no frame",
      toy,
      { [`${read}.count`]: "nope/records" },
      [
        "sessionFor.glucose.steps.1: nope is no frame to the host",
        "sessionFor.glucose.steps.1: records is no number of nope",
      ],
    ],
    [
      "a count in no field",
      toy,
      { [`${read}.count`]: "count/nope" },
      ["sessionFor.glucose.steps.1: nope is no number of count"],
    ],
    [
      "a count that is a code",
      toy,
      { [`${read}.count`]: "state/door" },
      ["sessionFor.glucose.steps.1: door is no number of state"],
    ],
    [
      "a count in a frame to the device",
      toy,
      { [`${read}.count`]: "askTime/index" },
      ["sessionFor.glucose.steps.1: askTime is no frame to the host"],
    ],
    [
      "a count without a frame",
      toy,
      { [`${read}.count`]: "records" },
      [
        "sessionFor.glucose.steps.1: records is no frame to the host",
        "sessionFor.glucose.steps.1:  is no number of records",
      ],
    ],
    [
      "records without an end",
      toy,
      { [`${read}.count`]: undefined },
      ["sessionFor.glucose.steps.1: a readout ends by none, by count, or after one record"],
    ],
    [
      "two records without an end",
      toy,
      { [`${read}.count`]: undefined, [`${read}.most`]: 2 },
      ["sessionFor.glucose.steps.1: a readout ends by none, by count, or after one record"],
    ],
    ["one record without an end", toy, { [`${read}.count`]: undefined, [`${read}.most`]: 1 }, []],
    ["records until none is there", toy, { [`${read}.count`]: undefined, [`${read}.none`]: "hi" }, []],
    [
      "a dump whose count is no number",
      toy,
      { [`${chem}.header`]: "state", [`${chem}.count`]: "door" },
      ["sessionFor.chemistry.steps.0: door is no number of state"],
    ],
    [
      "a dump without a count",
      toy,
      { [`${chem}.count`]: "nope" },
      ["sessionFor.chemistry.steps.0: nope is no number of count"],
    ],
    [
      "what acts, and is sent again",
      toy,
      { "session.steps.1.tries": 2 },
      ["session.steps.1: a frame that acts is sent once"],
    ],
    ["what asks, and is sent again", toy, { "session.steps.0.tries": 3 }, []],
    [
      "a question behind a broken result",
      toy,
      { "session.steps.2.again": { send: "nope", withinMs: 100, tries: 1 } },
      ["session.steps.2: nope is no frame to the device"],
    ],
    [
      "a question behind a broken result that wants a value",
      toy,
      { "session.steps.2.again": { send: "askTime", withinMs: 100, tries: 1 } },
      ["session.steps.2: no value for askTime.index"],
    ],
    [
      "a sound question behind a broken result",
      toy,
      { "session.steps.2.again": { send: "hello", withinMs: 100, tries: 1 } },
      [],
    ],
    [
      "a job of frames that are none",
      toy,
      {
        "tasks.dispense.steps.0": { do: "job", phase: "waiting", frames: ["hello", "nope", "hi"], pauseMs: 10 },
        "tasks.dispense.steps.1.acts": undefined,
      },
      [
        "tasks.dispense.steps.0: nope is no frame to the device",
        "tasks.dispense.steps.0: hi is no frame to the device",
        "tasks.dispense: a frame that acts is sent by a step that says so",
      ],
    ],
    [
      "a job",
      toy,
      {
        "tasks.dispense.steps.0": { do: "job", phase: "waiting", frames: ["hello"], pauseMs: 10 },
        "tasks.dispense.steps.1.acts": undefined,
        "tasks.open.steps.1.acts": undefined,
      },
      [],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});
