import { describe, expect, test } from "vitest";
import { decoder, encode, type Profile } from "../../../drivers/kit/index.ts";
import toy from "./toy.ts";

/** Every dress of a frame of bytes: it is read however it comes, and with any byte of it wrong it is not read at all. */
type Envelope = Readonly<Record<string, unknown>>;
const field = (at: number) => ({ n: { type: "u8", at, min: 0, max: 255 } }) as const;
const profileOf = (host: Envelope, frames: Profile["frames"]): Profile => ({
  ...toy,
  envelopes: { host: { kind: "binary", head: "aa", ...host } as Profile["envelopes"]["host"] },
  frames,
  meaning: Object.fromEntries(
    Object.keys(frames).map((name) => [name, { kind: "information", about: name, values: { n: "n" } }]),
  ),
});
const read = (profile: Profile, ...chunks: readonly Uint8Array[]): readonly string[] => {
  const device = decoder(profile);
  const heard = [...chunks.flatMap((chunk) => device.hearFrames(chunk)), ...device.flushFrames()];
  return heard.flatMap(({ frame, values }) => (frame === undefined ? [] : [`${frame} ${JSON.stringify(values["n"])}`]));
};
const sum = { kind: "sum8", from: 0 };
const crc = { kind: "crc16-modbus", from: 0 };

const dresses: readonly (readonly [what: string, host: Envelope, size: number, at: number])[] = [
  ["a head of two bytes", { head: "aa55", check: sum }, 8, 3],
  ["a head that the check does not count", { head: "aa55", check: { ...sum, from: 2 } }, 8, 3],
  ["no check", { head: "aa55", check: { kind: "none", from: 0 } }, 4, 3],
  ["a check of two bytes", { check: crc }, 8, 3],
  ["a check of two bytes, low one first", { check: { ...crc, order: "le" } }, 8, 3],
  ["a check of two bytes, high one first", { check: { ...crc, order: "be" } }, 8, 3],
  ["something added to the check", { check: { ...sum, plus: 7 } }, 8, 3],
  ["something added to a check of two bytes", { check: { ...crc, order: "le", plus: 0x1234 } }, 8, 3],
  ["something added to a check of two bytes, high one first", { check: { ...crc, order: "be", plus: 0x1234 } }, 8, 3],
  ["a check in digits", { check: { ...sum, form: "hex" } }, 8, 3],
  ["a check in digits and something added", { check: { ...sum, form: "hex", plus: 0xf0 } }, 8, 3],
  ["a tail", { tail: "0d0a", check: sum }, 9, 3],
  ["an end", { end: "0d0a", check: sum }, 9, 3],
  ["a tail and an end", { tail: "0d", end: "0a0a", check: sum }, 9, 3],
  ["a tail, a check in digits and an end", { tail: "03", end: "0d", check: { ...sum, form: "hex" } }, 9, 3],
  ["a tail, and something added", { tail: "0310", check: { ...sum, plus: 9 } }, 9, 3],
  ["a length", { length: { at: 1, plus: 0 }, check: sum }, 8, 3],
  ["a length that does not count everything", { length: { at: 1, plus: 4 }, check: sum }, 8, 3],
  ["a length of two bytes", { length: { at: 1, size: 2, plus: 0 }, check: sum }, 8, 4],
  ["a length of two bytes, low one first", { length: { at: 1, size: 2, order: "le", plus: 0 }, check: sum }, 8, 4],
  ["a length of a few bits", { length: { at: 1, mask: 0x3f, plus: 0 }, check: sum }, 8, 3],
  ["a length of a few bits of two bytes", { length: { at: 1, size: 2, mask: 0x3ff, plus: 0 }, check: sum }, 8, 4],
];

describe.each(dresses)("%s", (_what, host, size, at) => {
  const profile = profileOf(host, { one: { to: "host", size, fields: field(at) } });
  const frame = encode(profile, "one", { n: 0x42 });
  /** Without a check anything behind the head is believed. */
  const covered = (host["check"] as { readonly kind: string }).kind !== "none";
  const hear = (...chunks: readonly Uint8Array[]): readonly string[] => read(profile, ...chunks);
  test("is read whole, byte by byte, behind noise and one behind the other", () => {
    expect(hear(frame)).toEqual(["one 66"]);
    expect(hear(...Array.from(frame, (byte) => Uint8Array.of(byte)))).toEqual(["one 66"]);
    expect(hear(Uint8Array.of(1, 2, 3, ...frame, 9, ...frame, ...frame))).toEqual(["one 66", "one 66", "one 66"]);
    expect(hear(Uint8Array.of(...frame.subarray(0, covered ? 3 : 1), ...frame))).toEqual(["one 66"]);
  });
  test("is not read without its last byte", () => {
    expect(hear(frame.subarray(0, -1))).toEqual([]);
  });
  test.each(Array.from(frame, (_, i) => i).filter((i) => covered || i < 2))("is not read with byte %i wrong", (i) => {
    expect(hear(frame.with(i, (frame[i] ?? 0) ^ 1))).toEqual([]);
    expect(hear(frame.with(i, (frame[i] ?? 0) ^ 0x10))).toEqual([]);
  });
});

describe("frames told by what they begin with", () => {
  const frames: Profile["frames"] = {
    short: { to: "host", size: 4, match: [{ at: 0, is: "b1" }], fields: field(1) },
    long: { to: "host", size: 6, match: [{ at: 0, is: "b2" }], fields: field(1) },
    other: {
      to: "host",
      size: 6,
      match: [
        { at: 0, is: "b2" },
        { at: 2, is: "07" },
      ],
      fields: field(1),
    },
  };
  const profile = profileOf({ head: "", check: sum }, frames);
  const bytes = (name: string): Uint8Array => encode(profile, name, { n: 3 });
  test("have each its size", () => {
    expect(read(profile, bytes("long"), bytes("short"), bytes("long"))).toEqual(["long 3", "short 3", "long 3"]);
    expect(read(profile, Uint8Array.of(...bytes("short"), ...bytes("long")))).toEqual(["short 3", "long 3"]);
  });
  test("go in the order of the table where bytes fit two of them, and the one that is waited for goes first", () => {
    const device = decoder(profile);
    const names = (): readonly (string | undefined)[] => device.hearFrames(bytes("other")).map(({ frame }) => frame);
    expect(names()).toEqual(["long"]);
    device.prefer("other");
    expect(names()).toEqual(["other"]);
    device.prefer(undefined);
    expect(names()).toEqual(["long"]);
  });
});

describe("a length tells frames of several sizes", () => {
  const host = { length: { at: 1, plus: 0 }, check: sum };
  const profile = profileOf(host, {
    short: { to: "host", size: 5, match: [{ at: 2, is: "01" }], fields: field(3) },
    long: { to: "host", size: 7, match: [{ at: 2, is: "02" }], fields: field(3) },
  });
  const bytes = (name: string): Uint8Array => encode(profile, name, { n: 3 });
  test("in any order", () => {
    const all = ["long", "short", "short", "long"];
    expect(read(profile, ...all.map(bytes))).toEqual(all.map((name) => `${name} 3`));
  });
  test("and a length that none of them has is noise", () => {
    expect(read(profile, Uint8Array.of(0xaa, 6, 1, 0, 0, 0xb1), bytes("short"))).toEqual(["short 3"]);
    expect(read(profile, Uint8Array.of(0xaa, 200, 1), bytes("short"))).toEqual(["short 3"]);
  });
});

describe("a unit that adds another constant", () => {
  const host = { check: { ...sum, plus: 1, or: { plus: [5], learnFrom: ["hello"] } } };
  const frames: Profile["frames"] = {
    hello: { to: "host", size: 4, match: [{ at: 1, is: "01" }], fields: field(2) },
    value: { to: "host", size: 4, match: [{ at: 1, is: "02" }], fields: field(2) },
  };
  const profile = profileOf(host, frames);
  const adding = (plus: number, name: string): Uint8Array =>
    encode(profileOf({ check: { ...sum, plus } }, frames), name, { n: 3 });
  test.each([1, 5])("is known by its greeting, and then adds the same: %i", (plus) => {
    expect(read(profile, adding(plus, "hello"), adding(plus, "value"))).toEqual(["hello 3", "value 3"]);
    expect(read(profile, adding(plus, "hello"), adding(6 - plus, "value"))).toEqual(["hello 3"]);
  });
  test("may usually add none", () => {
    const rare = profileOf({ check: { ...sum, or: { plus: [5], learnFrom: ["hello"] } } }, frames);
    const known = [adding(5, "hello"), adding(5, "value"), adding(0, "hello"), adding(0, "value"), adding(5, "value")];
    expect(read(rare, ...known)).toEqual(["hello 3", "value 3", "hello 3", "value 3"]);
  });
  test("adds none that is not in the table", () => {
    expect(read(profile, adding(2, "hello"), adding(2, "value"))).toEqual([]);
  });
});
