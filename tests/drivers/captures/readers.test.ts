import { describe, expect, test } from "vitest";
import { findProfile } from "../../../drivers/find-profile.ts";
import { canForm, decoder, encode, fromHex, isPrivate, toHex } from "../../../drivers/kit/index.ts";
import { act, linesOf } from "./acting.ts";
import { counter, outcomes, present } from "./replay.ts";

const reader = findProfile("id-card-reader-sdt")!;

describe.skipIf(!present)("id-card-reader-sdt", () => {
  const count = counter("id-card-reader-sdt");
  const lines = linesOf("id-card-reader-sdt/frames.hex");
  test("is all of what the folder holds", () => expect(lines).toHaveLength(10));
  test.each([
    [0, "status"],
    [2, "find"],
    [4, "find"],
    [6, "select"],
    [8, "read"],
  ])("line %d is what the host says: %s", (line, frame) => {
    count();
    expect(toHex(encode(reader, frame, {}))).toBe(lines[line]?.hex);
  });
  test.each([
    [1, "ready"],
    [3, "notFound"],
    [5, "found"],
    [7, "selected"],
    [9, "failed"],
  ])("line %d is %s", (line, frame) => {
    count();
    const heard = decoder(reader).hearFrames(fromHex(lines[line]!.hex));
    expect(heard.map((each) => each.frame)).toEqual([frame]);
  });
  test("a card that could not be read says so", () => {
    expect(outcomes("id-card-reader-sdt", lines[9]!.hex)).toMatchObject([
      { kind: "fault", code: "device.cardUnreadable" },
    ]);
  });
});

describe("a card", () => {
  const person = ["样本甲", "样本省样本县样本村1号", "00000019500101001X", "样本公安局", "样本00001"];
  test.each([undefined, "permit"])("%s is told as an identity and in nothing else", (fault) => {
    const { end, outcomes: told } = act(reader, fault === undefined ? {} : { fault });
    expect(end).toBe("finished");
    expect(told.filter(({ kind }) => kind === "identity")).toHaveLength(1);
    const rest = JSON.stringify(told.filter(({ kind }) => kind !== "identity"));
    expect(person.filter((each) => rest.includes(each))).toEqual([]);
    expect(rest).not.toContain("0000000000000000");
    expect(isPrivate(reader)).toBe(true);
  });
  test("the photo is in no outcome", () => {
    const [identity] = act(reader).outcomes.filter((outcome) => outcome.kind === "identity");
    expect(JSON.stringify(identity)).not.toContain("00".repeat(64));
  });
  test("of an unknown kind says that it is not supported", () => {
    const { end, outcomes: told } = act(reader, { fault: "unsupported" });
    expect(end).toMatch(/^device\.card/);
    expect(told.some(({ kind }) => kind === "identity")).toBe(false);
  });
  test.each([
    ["noCard", "device.noCard"],
    ["unreadable", "device.cardUnreadable"],
    ["silent", "device.silent"],
  ])("%s: %s", (fault, code) => expect(act(reader, { fault }).end).toBe(code));
  test.each(Object.keys(reader.frames).filter((name) => reader.frames[name]?.to === "device"))(
    "%s cannot ask for fingerprints",
    (name) => expect(canForm(reader, reader.frames[name]!, { at: 7, is: "3010" })).toBe(false),
  );
});

describe.skipIf(!present)("scanner-gm65-gm72", () => {
  const count = counter("grow-gm65");
  const count72 = counter("grow-gm72");
  const lines = linesOf("scanner-gm65-gm72/frames.hex");
  test("is all of what the folder holds", () => expect(lines).toHaveLength(6));
  test("the trigger of a GM65 is the captured one but for its check, which we send", () => {
    count();
    const trigger = toHex(encode(findProfile("grow-gm65")!, "trigger", {}));
    expect([trigger.slice(0, -4), lines[0]?.hex.slice(-4)]).toEqual([lines[0]?.hex.slice(0, -4), "abcd"]);
  });
  test("its answer", () => {
    count();
    expect(outcomes("grow-gm65", lines[1]!.hex)).toEqual([{ kind: "information", about: "accepted", values: {} }]);
  });
  test("asking for its speed is no command of ours", () => {
    count();
    const [heard] = decoder(findProfile("grow-gm65")!, { side: "device" }).hearFrames(fromHex(lines[2]!.hex));
    expect(heard?.frame).toBeUndefined();
  });
  test.each([
    [3, "trigger"],
    [5, "hostMode"],
  ])("line %d is what a GM72 is told: %s", (line, frame) => {
    count72();
    expect(toHex(encode(findProfile("grow-gm72")!, frame, {}))).toBe(lines[line]?.hex);
  });
  test("its answer is an acknowledgement", () => {
    count72();
    expect(outcomes("grow-gm72", lines[4]!.hex)).toEqual([{ kind: "information", about: "accepted", values: {} }]);
  });
});

describe.each(["grow-gm65", "grow-gm72"])("%s", (id) => {
  const scanner = findProfile(id)!;
  test.each([
    ["healthy", "finished"],
    ["marked", "finished"],
    ["nothingShown", "device.silent"],
    ["silent", "device.silent"],
  ])("%s: %s", (fault, end) => {
    const done = act(scanner, fault === "healthy" ? {} : { fault });
    expect(done.end).toBe(end);
    const rest = done.outcomes.filter(({ kind }) => kind !== "scan");
    expect(JSON.stringify(rest)).not.toContain("SPECIMEN");
  });
});
