import { describe, expect, test } from "vitest";
import { analyser } from "./analyser.ts";
import { problemsOf, type Case } from "./changed.ts";

/** What only a message of records can get wrong, one change at a time. */
const total = "frames.result.fields.total";

describe("a message of records", () => {
  test.each<Case>([
    ["as it is", analyser, {}, []],
    [
      "with a delimiter that stands for two things, in each of its frames",
      analyser,
      { "envelopes.host.delimiters": "|||&" },
      [
        "envelopes.host.delimiters: 4 marks that differ from each other are wanted",
        "envelopes.host.delimiters: 4 marks that differ from each other are wanted",
        "envelopes.host.delimiters: 4 marks that differ from each other are wanted",
      ],
    ],
    [
      "with too few delimiters",
      analyser,
      { "envelopes.host.delimiters": "|\\^" },
      ["envelopes.host.delimiters: Too small: expected string to have >=4 characters"],
    ],
    [
      "to a device",
      analyser,
      { "frames.ask": { to: "device", fields: {} }, "envelopes.device": analyser.envelopes.host },
      [
        "frames.ask: nothing but acknowledgements is sent to a device that sends records",
        "frames.ask: it takes everything, and empty behind it is never reached",
      ],
    ],
    ["with a text of nobody", analyser, { "frames.result.fields.lot": { type: "recordText", at: "R-14" } }, []],
    [
      "with a text of a person",
      analyser,
      { "frames.result.fields.who": { type: "recordText", at: "P-6.1" } },
      ["frames.result.fields.who: P-6.1 is a person's and is never taken along"],
    ],
    [
      "with a code at a place of a person",
      analyser,
      { "frames.result.fields.code": { type: "recordCode", at: "P-3", prefix: "", known: [1] } },
      ["frames.result.fields.code: P-3 is a person's and is never taken along"],
    ],
    [
      "with a code behind a word at a place of a person",
      analyser,
      { "frames.result.fields.code": { type: "recordCode", at: "P-3", prefix: "ERROR ", known: [1] } },
      [],
    ],
    [
      "with a code of nobody",
      analyser,
      { "frames.result.fields.code": { type: "recordCode", at: "R-14", prefix: "", known: [1] } },
      [],
    ],
    [
      "with a date of birth",
      analyser,
      { "frames.result.fields.time.from": ["R-13", "P-8"] },
      ["frames.result.fields.time: P-8 is a person's and is never taken along"],
    ],
    [
      "with marks at a place of a person",
      analyser,
      { "frames.result.fields.marks": { type: "marks", at: "P-14", bits: { male: "M" } } },
      [],
    ],
    [
      "with one test for two fields",
      analyser,
      { [`${total}.codes`]: ["TC", "TRIG"] },
      ["frames.result.fields.triglyceride: TRIG is the test of total already"],
    ],
    [
      "with one test twice in a field",
      analyser,
      { [`${total}.codes`]: ["CHOL", "CHOL"] },
      ["frames.result.fields.total: CHOL is the test of total already"],
    ],
    ["with two tests for a field", analyser, { [`${total}.codes`]: ["CHOL", "TC"] }, []],
    [
      "with two units that are written the same",
      analyser,
      { [`${total}.units.mg/dL`]: { min: 1, max: 900, decimals: 0, texts: ["mg/dL", "mmol/L"] } },
      ["frames.result.fields.total: two units are written the same way"],
    ],
    [
      "with two units",
      analyser,
      { [`${total}.units.mg/dL`]: { min: 1, max: 900, decimals: 0, texts: ["mg/dL", "mg"] } },
      [],
    ],
    [
      "with a unit that is written the same as another is called",
      analyser,
      {
        [`${total}.units`]: {
          "mmol/L": { min: 1, max: 9, decimals: 0 },
          "mg/dL": { min: 1, max: 9, decimals: 0, texts: ["mmol/L"] },
        },
      },
      ["frames.result.fields.total: two units are written the same way"],
    ],
    [
      "with a range upside down",
      analyser,
      { [`${total}.units.mmol/L.min`]: 31 },
      ["frames.result.fields.total.units.mmol/L: min is above max"],
    ],
    ["with a range of one number", analyser, { [`${total}.units.mmol/L.min`]: 30 }, []],
    [
      "about results without a test of its own",
      analyser,
      {
        "frames.more": { to: "host", says: [{ at: ["O-12"], is: ["Z"] }], fields: { rest: { type: "unmapped" } } },
        "meaning.more": { kind: "information", about: "rest", values: {} },
      },
      [],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("what waits in the device", () => {
  test.each<Case>([
    [
      "is stored",
      analyser,
      { "meaning.result.0.stored": undefined },
      ["meaning.result: what waits in the device for an answer may belong to anybody: it is stored"],
    ],
    [
      "is stored, and says so",
      analyser,
      { "meaning.result.0.stored": false },
      ["meaning.result: what waits in the device for an answer may belong to anybody: it is stored"],
    ],
    [
      "does not wait where nobody answers",
      analyser,
      { "meaning.result.0.stored": undefined, "envelopes.host.acknowledged": false },
      [],
    ],
    ["is a control", analyser, { "meaning.control.stored": undefined }, []],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});

describe("the frame that takes everything", () => {
  test.each<Case>([
    [
      "hides the one behind it",
      analyser,
      { "frames.control.says": undefined },
      ["frames.control: it takes everything, and result behind it is never reached"],
    ],
    ["is the last", analyser, { "frames.result.says": undefined }, []],
    ["is the last of its sort", analyser, { "frames.empty.says": [{ at: ["H-12"], is: ["Z"] }] }, []],
    [
      "is the first of those without results",
      analyser,
      {
        "frames.other": { to: "host", says: [{ at: ["H-12"], is: ["Z"] }], fields: {} },
        "meaning.other": { kind: "information", about: "other", values: {} },
      },
      ["frames.empty: it takes everything, and other behind it is never reached"],
    ],
    [
      "has something it must have",
      analyser,
      { "frames.control.says": undefined, "frames.control.fields.total.required": true },
      [],
    ],
    [
      "has something it need not have",
      analyser,
      { "frames.control.says": undefined, "frames.control.fields.time.required": undefined },
      ["frames.control: it takes everything, and result behind it is never reached"],
    ],
  ])("%s", (_what, profile, changes, problems) => {
    expect(problemsOf(profile, changes)).toEqual(problems);
  });
});
