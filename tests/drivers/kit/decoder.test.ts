import { describe, expect, test } from "vitest";
import { framesOf } from "../../../drivers/kit/astm-frame.ts";
import { decoder, encode, toHex, type Decoder, type Heard, type Profile } from "../../../drivers/kit/index.ts";
import { analyser } from "./analyser.ts";
import { about, bytesOf, speaking, textOf } from "./speaking.ts";
import toy from "./toy.ts";

/** What is heard: frames by name, their bytes, and what becomes of bytes that are none. */
const glucose = { type: "number", width: 3, min: 20, max: 600, unit: "mg/dL" } as const;
/** A memory of text: the day of a line is carried into the next list, whose records come in one message. */
const memory = (): Profile =>
  speaking(
    { start: "5b", end: ["5d"] },
    {
      day: { to: "host", layout: "D{day}", fields: { day: { type: "number", width: 2, min: 1, max: 31 } } },
      list: { to: "host", layout: "L{#}:{+}", records: "{glucose};", fields: { glucose } },
      serial: { to: "host", layout: "S{serial}", fields: { serial: { type: "number", width: 1, min: 1, max: 9 } } },
    },
    {
      day: about("day"),
      list: { ...about(), values: { glucose: "glucose", day: "day/day" } },
      serial: about("serial"),
    },
  );
const told = (each: Heard | undefined): readonly unknown[] =>
  (each?.outcomes ?? []).map((outcome) => ("values" in outcome ? outcome.values : outcome.kind));
const ownOf = (each: Heard | undefined): readonly string[] =>
  (each?.outcomes ?? []).map((outcome) => textOf(each?.own?.get(outcome) ?? new Uint8Array(0)));
const hearText = (profile: Profile, ...pieces: readonly string[]): readonly Heard[] => {
  const device = decoder(profile);
  return pieces.flatMap((piece) => device.hearFrames(bytesOf(piece)));
};
const mgdL = (value: number) => ({ value, unit: "mg/dL" }) as const;

describe("what is carried from one frame into another", () => {
  test("is told with the frame it was carried into, once, with the bytes it stood in", () => {
    const [day, list, later] = hearText(memory(), "[D07]", "[L1:100;]", "[L1:101;]");
    expect(told(day)).toEqual([{ day: 7 }]);
    expect(told(list)).toEqual([{ glucose: 100, day: 7 }]);
    expect(textOf(list!.behind!)).toBe("[D07]");
    expect(list!.values).toEqual({ glucose: mgdL(100) });
    expect(told(later)).toEqual([{ glucose: 101 }]);
    expect(later).not.toHaveProperty("behind");
    expect(day).not.toHaveProperty("behind");
  });
  test("leaves each record of a list its own bytes, not the others'", () => {
    const [, list] = hearText(memory(), "[D07]", "[L3:100;101;102;]");
    expect(ownOf(list)).toEqual(["[L3:100;]", "[L3:101;]", "[L3:102;]"]);
    expect(textOf(list!.raw)).toBe("[L3:100;101;102;]");
  });
  test("passes frames by that do not ask for it", () => {
    const [, serial, list] = hearText(memory(), "[D07]", "[S3]", "[L1:100;]");
    expect(serial).toEqual({
      frame: "serial",
      values: { serial: 3 },
      raw: bytesOf("[S3]"),
      outcomes: [{ kind: "information", about: "text", values: { serial: 3 } }],
    });
    expect(told(list)).toEqual([{ glucose: 100, day: 7 }]);
  });
  test("is forgotten when something new is asked", () => {
    const device = decoder(memory());
    device.hear(bytesOf("[D07]"));
    device.forget();
    expect(device.hear(bytesOf("[L1:100;]"))).toEqual([
      { kind: "information", about: "text", values: { glucose: 100 } },
    ]);
  });
  test("is what was said last", () => {
    const [, , list] = hearText(memory(), "[D07]", "[D08]", "[L1:100;]");
    expect(told(list)).toEqual([{ glucose: 100, day: 8 }]);
    expect(textOf(list!.behind!)).toBe("[D08]");
  });
  test.each([
    ["a value that cannot be", "[D32]"],
    ["bytes that are no frame", "[D3x]"],
  ])("is not carried over %s: the newer one may have been meant", (_what, broken) => {
    expect(told(hearText(memory(), "[D07]", broken, "[L1:100;]").at(-1))).toEqual([{ glucose: 100 }]);
  });
});

describe("a message with several results", () => {
  const ascii = (text: string): Uint8Array => bytesOf(text);
  const transfer = (...records: readonly string[]): Uint8Array =>
    Uint8Array.of(
      5,
      ...framesOf(records.map(ascii), { hold: "record", end: "etx", last: "etx" }, "upper").flatMap((each) => [
        ...each,
      ]),
      4,
    );
  const head = "H|\\^&|||A|||||||P|1";
  const order = (value: string): readonly string[] => ["O|1|||^^^LIPID", `R|1|^^^CHOL|${value}|mmol/L||||F`];
  const heardOf = (...values: readonly string[]): readonly Heard[] =>
    decoder(analyser)
      .hearFrames(transfer(head, "P|1", ...values.flatMap(order), "L|1|N"))
      .filter((each) => each.reply === undefined);
  const kinds = (heard: readonly Heard[]): readonly (readonly string[])[] =>
    heard.map(({ outcomes }) => outcomes.map(({ kind }) => kind));
  test("is heard as one, each result with the records it needs and no other", () => {
    const [all, ...rest] = heardOf("4.8", "5.1", "5.2");
    expect(rest).toEqual([]);
    expect(all?.frame).toBe("result");
    expect(kinds([all!])).toEqual([["measurement", "measurement", "measurement"]]);
    const own = ownOf(all);
    expect(own.map((text) => [..."4.8 5.1 5.2".split(" ")].filter((value) => text.includes(`|${value}|`)))).toEqual([
      ["4.8"],
      ["5.1"],
      ["5.2"],
    ]);
  });
  test.each([
    ["the first", ["99", "5.1"], ["fault", "measurement"]],
    ["a later one", ["4.8", "99"], ["measurement", "fault"]],
    ["each", ["98", "99"], ["fault", "fault"]],
  ])("of which %s cannot be is heard as one, too", (_which, values, expected) => {
    expect(kinds(heardOf(...values))).toEqual([expected]);
  });
  test("with one result has all its bytes", () => {
    const [only] = heardOf("4.8");
    expect(only).not.toHaveProperty("own");
  });
  test("is not one with the message before it", () => {
    expect(kinds(hearText(memory(), "[S1][S1]"))).toEqual([["information"], ["information"]]);
    expect(kinds(hearText(memory(), "[D32][D32]"))).toEqual([["fault"], ["fault"]]);
  });
  test("is answered on the line before it is told", () => {
    const answered = decoder(analyser).hearFrames(Uint8Array.of(5));
    expect(answered).toEqual([{ values: {}, raw: new Uint8Array(0), outcomes: [], reply: Uint8Array.of(6) }]);
  });
});

describe("what is no frame", () => {
  test("is told with its bytes and why", () => {
    const raw = bytesOf("xy");
    expect(decoder(memory()).hearFrames(bytesOf("xy[S1]"))).toEqual([
      { values: {}, raw, outcomes: [{ kind: "discarded", bytes: raw, reason: "noise" }] },
      expect.objectContaining({ frame: "serial" }),
    ]);
  });
  test("waits for the rest until the line is silent", () => {
    const device = decoder(memory());
    expect(device.hear(bytesOf("[S"))).toEqual([]);
    expect(device.pending()).toBe(2);
    expect(device.flush()).toEqual([{ kind: "discarded", bytes: bytesOf("[S"), reason: "incomplete" }]);
    expect(device.pending()).toBe(0);
  });
  test("with a value that cannot be names the field and keeps those before it", () => {
    expect(hearText(memory(), "[L1:999;]")).toEqual([
      {
        frame: "list",
        values: {},
        raw: bytesOf("[L1:999;]"),
        outcomes: [{ kind: "fault", code: "device.outOfRange", detail: "glucose: 999" }],
      },
    ]);
  });
});

describe("the device's side", () => {
  test("hears the host's frames by name, and they mean nothing", () => {
    const raw = encode(toy, "open", { door: 3 });
    expect(decoder(toy, { side: "device" }).hearFrames(raw)).toEqual([
      { frame: "open", values: { door: 3 }, raw, outcomes: [] },
    ]);
  });
  test("of a device that is never spoken to hears nothing at all", () => {
    const deaf: Decoder = decoder(memory(), { side: "device" });
    deaf.prefer("day");
    expect(deaf.hear(bytesOf("[D07]"))).toEqual([]);
    expect(deaf.flush()).toEqual([]);
    expect(deaf.pending()).toBe(0);
  });
});

test("where bytes fit two frames, the one that is waited for is heard", () => {
  const field = { type: "u8", min: 0, max: 250 } as const;
  const twins: Profile = {
    ...toy,
    frames: {
      ...toy.frames,
      left: { to: "host", size: 5, match: [{ at: 2, is: "20" }], fields: { l: { ...field, at: 3 } } },
      right: { to: "host", size: 5, match: [{ at: 2, is: "20" }], fields: { r: { ...field, at: 3 } } },
    },
  };
  const raw = encode(twins, "left", { l: 9 });
  const heardAs = (name: string | undefined): string | undefined => {
    const device = decoder(twins);
    device.prefer(name);
    return device.hearFrames(raw)[0]?.frame;
  };
  expect([undefined, "left", "right"].map(heardAs)).toEqual(["left", "left", "right"]);
  expect(toHex(encode(twins, "right", { r: 9 }))).toBe(toHex(raw));
});
