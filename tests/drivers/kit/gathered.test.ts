import { describe, expect, test } from "vitest";
import { agreeOn, countedOffsets, gatheredFrames } from "../../../drivers/kit/gathered.ts";
import { fromHex, type Profile } from "../../../drivers/kit/index.ts";
import type { BinaryEnvelope, Conversation } from "../../../drivers/kit/schema.ts";
import toy from "./toy.ts";

/** Which frames count only when they were said twice, and what two answers may differ in. */
const withCheck = (check: BinaryEnvelope["check"], more: Partial<BinaryEnvelope> = {}): Profile =>
  ({ ...toy, envelopes: { ...toy.envelopes, host: { ...toy.envelopes.host, check, ...more } } }) as Profile;

describe("what two answers may differ in", () => {
  test.each<readonly [string, Profile, string, readonly string[], readonly number[]]>([
    ["nothing, where nothing counts", toy, "record", [], []],
    ["a counter and the check over it", toy, "record", ["index"], [3, 5]],
    ["two of them", toy, "record", ["index", "glucose"], [3, 4, 5]],
    ["the check alone, for a counter that is not there", toy, "record", ["nobody"], [5]],
    ["the check alone, for a frame that is not there", toy, "nobody", ["index"], [5]],
    ["a check of two bytes", withCheck({ kind: "sum16", from: 0 }), "record", ["index"], [3, 4, 5]],
    ["a check in two digits", withCheck({ kind: "sum8", from: 0, form: "hex" }), "record", ["index"], [3, 4, 5]],
    ["a check with an end behind it", withCheck({ kind: "sum8", from: 0 }, { end: "0d" }), "record", ["index"], [3, 4]],
    ["no check", withCheck({ kind: "none", from: 0 }), "record", ["index"], [3]],
    [
      "nothing of a text",
      { ...toy, envelopes: { ...toy.envelopes, host: { kind: "text" } } } as unknown as Profile,
      "record",
      ["index"],
      [],
    ],
  ])("%s", (_, profile, frame, counters, offsets) => {
    expect([...countedOffsets(profile, frame, counters, 6)].sort()).toEqual(offsets);
  });
  test.each([
    ["the same", "aa0609016410", "aa0609016410", true],
    ["another counter", "aa0609016410", "aa0609026411", true],
    ["another number", "aa0609016410", "aa0609016510", false],
    ["less of it", "aa0609016410", "aa06090164", false],
    ["more of it", "aa06090164", "aa0609016410", false],
  ])("%s", (_, one, other, agree) => {
    expect(agreeOn(toy, "record", ["index"])(fromHex(one), fromHex(other))).toBe(agree);
  });
  test("without counters it is every byte", () => {
    expect(agreeOn(toy, "record")(fromHex("aa0609016410"), fromHex("aa0609026411"))).toBe(false);
    expect(agreeOn(toy, "record")(fromHex("aa0609016410"), fromHex("aa0609016410"))).toBe(true);
  });
});

test("frames that are read twice, or settle in silence, are gathered; no others are", () => {
  const steps = [
    { do: "twice", phase: "reading", send: "askAll", expect: "pressures", withinMs: 500, tries: 2 },
    { do: "settle", frame: "live", quiet: true },
    { do: "settle", frame: "cuff" },
    { do: "ask", send: "hello", expect: "hi", quiet: true },
  ] as unknown as Conversation["steps"];
  const { sessionFor: _for, tasks: _tasks, ...bare } = toy;
  expect([...gatheredFrames({ ...bare, session: { ...toy.session, steps } })]).toEqual(["pressures", "live"]);
});
