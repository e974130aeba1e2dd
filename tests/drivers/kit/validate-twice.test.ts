import { describe, expect, test } from "vitest";
import { analyser } from "./analyser.ts";
import { problemsOf, type Case } from "./changed.ts";
import toy from "./toy.ts";

const chem = "sessionFor.chemistry.steps.0";
const settle = "sessionFor.oximetry.steps.2";
const twice = { do: "twice", phase: "reading", send: "askAll", expect: "assay", withinMs: 500, tries: 2 };

describe("what is read twice", () => {
  test.each<Case>([
    ["is the same but for its counter", toy, { [chem]: { ...twice, apartFrom: ["index"] } }, []],
    ["is the same", toy, { [chem]: twice }, []],
    [
      "has no such counter",
      toy,
      { [chem]: { ...twice, apartFrom: ["nope"] } },
      ["sessionFor.chemistry.steps.0: there is no field nope"],
    ],
    [
      "has a number in the byte of its counter",
      toy,
      { [chem]: { ...twice, apartFrom: ["index"] }, "frames.assay.fields.acid.at": 3 },
      ["sessionFor.chemistry.steps.0: acid stands in a byte of a counter and must be the same"],
    ],
    [
      "has another number in the bytes of its counter",
      toy,
      {
        [chem]: { ...twice, apartFrom: ["index"] },
        "frames.assay.fields.index": { type: "u16be", at: 3, min: 0, max: 9_999 },
      },
      ["sessionFor.chemistry.steps.0: acid stands in a byte of a counter and must be the same"],
    ],
    [
      "has a number that begins in the byte of its counter",
      toy,
      {
        [chem]: { ...twice, apartFrom: ["index"] },
        "frames.assay.fields.acid": { type: "u16be", at: 3, unit: "mg/dL", min: 1, max: 20 },
      },
      ["sessionFor.chemistry.steps.0: acid stands in a byte of a counter and must be the same"],
    ],
    [
      "has two counters in one byte",
      toy,
      { [chem]: { ...twice, apartFrom: ["index", "acid"] }, "frames.assay.fields.acid.at": 3 },
      [],
    ],
    [
      "is a record, which has no bytes of its own",
      analyser,
      { push: false, "session.steps": [{ ...twice, send: "nope", expect: "empty", apartFrom: ["total"] }] },
      [
        "session.steps.0: nope is no frame to the device",
        "session.steps.0: only a frame of bytes is the same apart from a counter",
        "session.steps.0: there is no field total",
      ],
    ],
    [
      "is a record that is the same",
      analyser,
      { push: false, "session.steps": [{ ...twice, send: "nope", expect: "empty" }] },
      ["session.steps.0: nope is no frame to the device"],
    ],
    [
      "is waited for elsewhere by a step that believes it at once",
      toy,
      {
        [chem]: twice,
        "sessionFor.chemistry.steps.1": {
          do: "dump",
          phase: "reading",
          send: "askAll",
          header: "count",
          count: "records",
          record: "assay",
          most: 5,
          withinMs: 5,
          tries: 1,
        },
      },
      ["sessionFor.chemistry.steps.1: assay counts only when it has been said twice"],
    ],
    [
      "is waited for when it says something",
      toy,
      { [chem]: twice, "session.steps.0.expect": ["hi", { frame: "assay", when: { index: [1] } }] },
      ["session.steps.0: assay counts only when it has been said twice"],
    ],
    [
      "is said unasked",
      toy,
      { [chem]: twice, push: true },
      ["push: what is read twice is asked for, and not said unasked"],
    ],
    ["is not, and is said unasked", toy, { push: true }, []],
    ["is read twice in two sessions", toy, { [chem]: twice, "sessionFor.glucose.steps": [twice] }, []],
    [
      "is said again and settles",
      toy,
      { [`${settle}.quiet`]: true, [`${settle}.count`]: 3, [`${settle}.spanMs`]: undefined },
      [],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});
