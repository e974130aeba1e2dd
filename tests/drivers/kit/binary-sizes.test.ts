import { describe, expect, test } from "vitest";
import { decoder, encode, fromHex } from "../../../drivers/kit/index.ts";
import { bioland, heardBy, heardIn, profileOf, type Table } from "./binary-tables.ts";

describe("frames whose size only their bytes tell", () => {
  const shortOrLong: Table = {
    envelope: { head: "", check: { kind: "xor8", from: 0 } },
    frames: {
      long: { to: "host", size: 7, match: [{ at: 0, is: "80" }], fields: {} },
      short: { to: "host", size: 5, match: [{ at: 0, is: "80" }], fields: {} },
    },
  };
  const short = "8001010080";
  test("a longer one that may still come is waited for, and silence ends the wait", () => {
    expect(heardBy(shortOrLong, [fromHex(short)], undefined, false)).toEqual([]);
    expect(heardBy(shortOrLong, [fromHex(short)])).toEqual([["short", {}]]);
  });
  test("the one that is asked for goes first", () => {
    expect(heardBy(shortOrLong, [fromHex(short)], "short", false)).toEqual([["short", {}]]);
  });
  test("behind a short one that could have been longer, the next is found", () => {
    expect(heardIn(shortOrLong, `${short}${short}`)).toEqual([
      ["short", {}],
      ["short", {}],
    ]);
  });
});

describe("a constant that differs from unit to unit", () => {
  const result = (plus: number): string =>
    `550c0318030507 1e006c00${((0x15 + plus) & 255).toString(16).padStart(2, "0")}`;
  test("is not taken from a frame with numbers", () => {
    expect(heardIn(bioland, result(0)).map(([name]) => name)).toEqual(["dropped"]);
  });
  test("is learned from one without, and then insisted upon", () => {
    const end = "550505005f";
    expect(heardIn(bioland, `${end}${result(0)}${result(2)}`).map(([name]) => name)).toEqual([
      "end",
      "result",
      "dropped",
    ]);
  });
});

describe("texts", () => {
  const texts: Table = {
    envelope: { head: "02", length: { at: 1, plus: 0 }, check: { kind: "sum8", from: 0 } },
    frames: {
      name: {
        to: "host",
        size: [5, 40],
        match: [{ at: 2, is: "01" }],
        fields: { text: { type: "gb18030", at: 3, maxSize: 30 } },
      },
      wide: {
        to: "host",
        size: 14,
        match: [{ at: 2, is: "02" }],
        fields: { text: { type: "utf16le", at: 3, size: 10 } },
      },
    },
  };
  test.each([
    ["name", "血压"],
    ["name", "㐀A"],
    ["wide", "张三"],
    ["wide", "𠮷"],
    ["wide", null],
  ])("%s %s", (frame, text) => {
    const bytes = encode(profileOf(texts), frame, { text });
    expect(heardBy(texts, [bytes])).toEqual([[frame, { text }]]);
  });
  test("half a pair is no text", () => {
    const bytes = encode(profileOf(texts), "wide", { text: "AAAA" });
    const broken = bytes.with(4, 0xd8);
    broken[13] = (broken[13] ?? 0) + 0xd8;
    const heard = decoder(profileOf(texts)).hearFrames(broken);
    expect(heard.flatMap((each) => each.outcomes.map((outcome) => outcome.kind))).toEqual(["fault"]);
  });
});
