import { describe, expect, test } from "vitest";
import { findProfile } from "../../drivers/find-profile.ts";
import type { Profile } from "../../drivers/kit/index.ts";
import { tried } from "../../drivers/laws/law.ts";
import { laws } from "../../drivers/laws/laws.ts";

/**
 * Every law can be broken: a table that is spoiled in one place is found by the law that is about it. What only a broken
 * kit could break (bytes that get lost, pieces that matter) is held by the kit's own tests and by fuzzing.
 */
type Json = { [key: string]: Json } & { [index: number]: Json };
const cuff = findProfile("raycome-rbp-9000c")!;
const meter = findProfile("lifescan-onetouch-ultraeasy")!;

const module = findProfile("suntech-advantage")!;

/** A copy, changed at places `a.b.c`; undefined takes the place away. Not checked: that is the point. */
function spoiled(profile: Profile, changes: Readonly<Record<string, unknown>>): Profile {
  const copy = JSON.parse(JSON.stringify(profile)) as Json;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    const holder = keys.reduce<Json>((at, key) => at[key]!, copy);
    if (value === undefined) Reflect.deleteProperty(holder, last);
    else holder[last] = value as Json;
  }
  return copy as unknown as Profile;
}

const noCheck = { "envelopes.host.check": { kind: "none", from: 0 } };
const broken = (profile: Profile, law: string): readonly string[] =>
  [...laws.find(({ id }) => id === law)!.cases(profile)].flatMap((each) =>
    tried(each)?.kind === "broken" ? [each.name] : [],
  );

describe("a spoiled table is found", () => {
  test.each([
    ["survivesJson", "a key that the schema does not know", cuff, { colour: "red" }],
    [
      "forbiddenBytes",
      "a frame that can take the forbidden form",
      cuff,
      { forbidden: [{ name: "start", at: 4, is: "0102" }] },
    ],
    [
      "takenForItself",
      "two frames that look the same",
      cuff,
      { "frames.stopped.match": cuff.frames["started"]!.match },
    ],
    ["roundTrip", "two fields in the same place", cuff, { "frames.result.fields.systolic.at": 15 }],
    ["manyValues", "two fields in the same place", cuff, { "frames.result.fields.systolic.at": 15 }],
    ["wrongByte", "a check that is not looked at", cuff, noCheck],
    [
      "wrongPair",
      "a weak result that is believed the first time",
      module,
      {
        "session.steps.2": {
          do: "ask",
          phase: "reading",
          send: "askResult",
          expect: ["result"],
          withinMs: 1_000,
          tries: 3,
        },
      },
    ],
    [
      "cutFrame",
      "frames that are the beginning of others",
      cuff,
      {
        ...noCheck,
        "envelopes.host.length": undefined,
        "frames.result.size": 8,
        "frames.result.match": [],
        "frames.result.fields": {},
      },
    ],
    [
      "impossibleNumber",
      "two fields in the same place",
      cuff,
      { "frames.result.fields.systolic.at": 15, "meaning.result.greater": undefined },
    ],
    [
      "reachesMeasurement",
      "a simulated result that cannot be",
      cuff,
      {
        "frames.result.fields.systolic.max": 60,
      },
    ],
    [
      "endsInTime",
      "a fault that the simulator cannot play",
      cuff,
      {
        "simulate.faults.mad": { answers: { start: [{ send: "nothing", values: {}, afterMs: 1 }] } },
      },
    ],
    ["faultyGivesNothing", "half a result told as a broken pump", cuff, { "session.steps.2.partial": "device.pump" }],
    [
      "specialValue",
      "a mark that lies on a plain number's place",
      meter,
      {
        "frames.record.fields.glucose.special": [
          { raw: [0, 600], comparator: "<", value: 20 },
          { raw: [601, 65_535], comparator: ">", value: 600 },
          { raw: [19, 19], comparator: ">", value: 19 },
        ],
      },
    ],
  ] as const)("%s: %s", (law, _what, profile, changes) => {
    expect(broken(profile, law)).toEqual([]);
    expect(broken(spoiled(profile, changes as Readonly<Record<string, unknown>>), law)).not.toEqual([]);
  });
});
