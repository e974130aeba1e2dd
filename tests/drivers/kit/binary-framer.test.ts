import { describe, expect, test } from "vitest";
import { createBinaryFramer } from "../../../drivers/kit/binary-framer.ts";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import { fromHex, toHex, type Frame, type Profile } from "../../../drivers/kit/index.ts";
import type { BinaryEnvelope } from "../../../drivers/kit/schema.ts";

/** How a stream of bytes is cut, event by event: what is believed, what is waited for, and what is dropped at once. */
type Tables = Readonly<Record<string, Partial<Frame>>>;
const sum = { kind: "sum8", from: 0 } as const;

function framer(more: Partial<BinaryEnvelope>, tables: Tables) {
  const envelope: BinaryEnvelope = { kind: "binary", head: "aa", check: sum, ...more };
  const frames = Object.fromEntries(
    Object.entries(tables).map(([name, frame]) => [name, { to: "host", fields: {}, ...frame }]),
  );
  const table = compileFrames({ frames, envelopes: { host: envelope } } as unknown as Profile, "host");
  let said: string[] = [];
  const cut = createBinaryFramer(envelope, table, {
    frame: (index, bytes, start, end) =>
      void said.push(`${table[index]?.name ?? ""} ${toHex(bytes.subarray(start, end))}`),
    discard: (bytes, start, end, reason) => void said.push(`${reason} ${toHex(bytes.subarray(start, end))}`),
  });
  const taken = (): readonly string[] => {
    const all = said;
    said = [];
    return all;
  };
  return {
    say(hex: string) {
      cut.hear(fromHex(hex));
      return taken();
    },
    flush() {
      cut.flush();
      return taken();
    },
    prefer: (name: string | undefined) => cut.prefer(name),
    pending: () => cut.pending(),
  };
}
/** With the sum of all of it behind. */
const summed = (hex: string): string =>
  hex + toHex(Uint8Array.of(fromHex(hex).reduce((all, byte) => all + byte, 0) & 0xff));

describe("a frame behind another one in the same read", () => {
  const tables: Tables = { one: { size: 8, match: [{ at: 1, is: "01" }] } };
  const first = summed("aa010000000001");
  const second = summed("aa010000000002");
  test("is waited for until all of it is there", () => {
    const line = framer({}, tables);
    expect(line.say(first + second.slice(0, 6))).toEqual([`one ${first}`]);
    expect(line.pending()).toBe(3);
    expect(line.say(second.slice(6, 8))).toEqual([]);
    expect(line.pending()).toBe(4);
    expect(line.say(second.slice(8))).toEqual([`one ${second}`]);
    expect(line.pending()).toBe(0);
  });
  test("is not believed for what stood there before", () => {
    const line = framer({}, tables);
    line.say(first + second);
    line.say(first + second.slice(0, 6));
    expect(line.say(second.slice(6, 8))).toEqual([]);
    expect(line.pending()).toBe(4);
  });
});

describe("the only frame of its size", () => {
  test("is not believed with another type byte", () => {
    const line = framer({}, { one: { size: 4, match: [{ at: 1, is: "01" }] } });
    expect(line.say(summed("aa0200"))).toEqual([`noise ${summed("aa0200")}`]);
  });
  test("may be told by some of the bits of its type byte", () => {
    const line = framer({}, { one: { size: 4, match: [{ at: 1, is: "80", mask: "80" }] } });
    expect(line.say(summed("aa8500"))).toEqual([`one ${summed("aa8500")}`]);
  });
});

describe("frames of one size", () => {
  const tables: Tables = {
    a: { size: 5, match: [{ at: 1, is: "0101" }] },
    b: { size: 5, match: [{ at: 1, is: "0102" }] },
    c: { size: 5, match: [{ at: 1, is: "02" }] },
  };
  test.each([
    ["aa010100", "a"],
    ["aa010200", "b"],
    ["aa020200", "c"],
  ])("%s is told by all its bytes: %s", (hex, name) => {
    expect(framer({}, tables).say(summed(hex))).toEqual([`${name} ${summed(hex)}`]);
  });
  test("that are like none of them are noise at once", () => {
    const line = framer({}, tables);
    expect(line.say("aa0103")).toEqual(["noise aa0103"]);
    expect(line.pending()).toBe(0);
  });
  test("that nothing tells apart are the one that is waited for", () => {
    const line = framer({}, { a: { size: 4 }, b: { size: 4 } });
    const frame = summed("aa0000");
    expect(line.say(frame)).toEqual([`a ${frame}`]);
    line.prefer("b");
    expect(line.say(frame)).toEqual([`b ${frame}`]);
    line.prefer("none of them");
    expect(line.say(frame)).toEqual([`a ${frame}`]);
  });
});

describe("frames of several sizes without a length", () => {
  const tables: Tables = {
    short: { size: 4, match: [{ at: 1, is: "01" }] },
    long: { size: 6, match: [{ at: 1, is: "02" }] },
  };
  const [short, long] = [summed("aa0100"), summed("aa02000000")];
  test("are told by their type", () => {
    expect(framer({}, tables).say(short + long + short)).toEqual([`short ${short}`, `long ${long}`, `short ${short}`]);
  });
  test("that are all broken say why of the first of them", () => {
    const line = framer({ tail: "0d" }, { short: { size: 4 }, long: { size: 6 } });
    expect(line.say("aa010d000100")).toEqual(["checksum aa010d000100"]);
  });
  test("come in pieces after a silence, too", () => {
    const line = framer({}, tables);
    expect([...line.say("aa02"), ...line.flush()]).toEqual(["incomplete aa02"]);
    expect([...line.say(long.slice(0, 6)), ...line.say(long.slice(6))]).toEqual([`long ${long}`]);
  });
});

describe("a length of two bytes", () => {
  const wide: Partial<BinaryEnvelope> = {
    head: "aa55",
    length: { at: 2, size: 2, plus: 0 },
    check: { ...sum, from: 2 },
  };
  const tables: Tables = { one: { size: [6, 8], match: [{ at: 4, is: "01" }] } };
  const frame = (from: string, head = "aa55"): string => head + summed(from);
  test("is no frame's behind half a head", () => {
    const line = framer(wide, tables);
    const wrong = frame("000601", "aa54");
    expect(line.say(wrong)).toEqual([`noise ${wrong}`]);
    expect(line.say(frame("000601"))).toEqual([`one ${frame("000601")}`]);
  });
  test.each(["0005", "0009", "0106", "0000"])("that no frame has is noise at once: %s", (length) => {
    const line = framer(wide, tables);
    expect(line.say(`aa55${length}01`)).toEqual([`noise aa55${length}01`]);
    expect(line.pending()).toBe(0);
  });
});

test("a length byte below what is taken off it is no frame's", () => {
  const line = framer({ length: { at: 1, plus: -1 } }, { one: { size: 4 } });
  const frame = summed("aa0500");
  expect(line.say(`aa00${frame}`)).toEqual(["noise aa00", `one ${frame}`]);
});

test("the bits of a length byte that are no length may be anything", () => {
  const line = framer({ length: { at: 1, mask: 0x3f, plus: 0 } }, { one: { size: 5 } });
  const frames = [summed("aa050000"), summed("aa450000"), summed("aac50000")];
  expect(frames.flatMap((each) => line.say(each))).toEqual(frames.map((each) => `one ${each}`));
});

describe("what stands behind a check", () => {
  test("is all that is asked for where there is none", () => {
    const line = framer({ end: "0d0a", check: { kind: "none", from: 0 } }, { one: { size: 5 } });
    expect(line.say("aa01020d0a")).toEqual(["one aa01020d0a"]);
    expect(line.say("aa01020d0b")).toEqual(["length aa01020d0b"]);
  });
  test.each([
    ["a tail", "aa01030d0a", "length"],
    ["the check", "aa0002ac0a", "checksum"],
    ["an end", "aa0002ad0b", "length"],
  ])("%s that is wrong is why", (_what, hex, why) => {
    const line = framer({ tail: "02", end: "0a", check: { ...sum, plus: 1 } }, { one: { size: 5 } });
    expect(line.say("aa0002ad0a")).toEqual(["one aa0002ad0a"]);
    expect(line.say(hex)).toEqual([`${why} ${hex}`]);
  });
});
