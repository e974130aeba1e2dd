import { describe, expect, test } from "vitest";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import type { Frame, Profile } from "../../../drivers/kit/index.ts";
import { fromHex } from "../../../drivers/kit/index.ts";
import type { TextEnvelope } from "../../../drivers/kit/schema.ts";
import { textEntry } from "../../../drivers/kit/text-compile.ts";
import { createTextFramer } from "../../../drivers/kit/text-framer.ts";
import { matchText } from "../../../drivers/kit/text-match.ts";
import { bytesOf, textOf } from "./speaking.ts";

/** How a stream of text is cut: every message with its place, every dropped byte with its reason, in order. */
type Envelope = Partial<TextEnvelope>;
type Tables = Readonly<Record<string, Partial<Frame>>>;
const brackets: Envelope = { start: "5b", end: ["5d"] };
const lines: Envelope = { start: "", end: ["0d"] };
const digit = { type: "number", width: 1, min: 0, max: 9 } as const;
const number = { type: "number", min: 0, max: 9_999 } as const;
const open = { type: "text", maxSize: 2_048 } as const;
const word = { type: "text", charset: "digits", minSize: 1 } as const;
const line: Tables = { line: { layout: "{n}", fields: { n: number } } };
const ack: Tables = { ack: { bytes: "06", fields: {} } };

interface Line {
  readonly say: (text: string) => readonly string[];
  readonly flush: () => readonly string[];
  readonly pending: () => number;
}
function framer(more: Envelope, tables: Tables): Line {
  const envelope: TextEnvelope = { kind: "text", start: "", end: [], maxBytes: 256, ...more };
  const frames = Object.fromEntries(
    Object.entries(tables).map(([name, frame]) => [name, { to: "host", fields: {}, ...frame }]),
  );
  const table = compileFrames({ frames, envelopes: { host: envelope } } as unknown as Profile, "host");
  const entries = table.map((each) =>
    textEntry(each, each.frame.bytes === undefined ? undefined : fromHex(each.frame.bytes)),
  );
  let said: string[] = [];
  const cut = createTextFramer(envelope, entries, {
    match: (template, body) => matchText(template, body.text()),
    message({ index }, match, bytes, { start, bodyStart, bodyEnd, end }) {
      const part = (from: number, to: number): string => textOf(bytes.slice(from, to));
      const whole = [part(start, bodyStart), part(bodyStart, bodyEnd), part(bodyEnd, end)].join("|");
      said.push(`${table[index]?.name ?? ""}${match === undefined ? "!" : ""} ${whole}`);
    },
    discard: (bytes, start, end, reason) => void said.push(`${reason} ${textOf(bytes.slice(start, end))}`),
  });
  const taken = (): readonly string[] => {
    const all = said;
    said = [];
    return all;
  };
  return {
    say(text) {
      cut.hear(bytesOf(text));
      return taken();
    },
    flush() {
      cut.flush();
      return taken();
    },
    pending: () => cut.pending(),
  };
}
/** At once and byte by byte: the same messages, and the same bytes dropped. */
function heard(envelope: Envelope, tables: Tables, text: string): readonly string[] {
  const whole = framer(envelope, tables);
  const all = [...whole.say(text), ...whole.flush()];
  const single = framer(envelope, tables);
  const pieces = [...Array.from(text).flatMap((byte) => single.say(byte)), ...single.flush()];
  const messages = (events: readonly string[]): readonly string[] => events.filter((each) => each.includes("|"));
  expect(messages(pieces)).toEqual(messages(all));
  return all;
}

describe("between marks", () => {
  test.each<readonly [what: string, text: string, said: readonly string[]]>([
    ["a message", "[12]", ["line [|12|]"]],
    ["two in one piece", "[12][3]", ["line [|12|]", "line [|3|]"]],
    ["noise before it, in one run", "xy[12]", ["noise xy", "line [|12|]"]],
    ["noise behind it", "[12]xy", ["line [|12|]", "noise xy"]],
    ["another text", "[1x][2]", ["value [1x]", "line [|2|]"]],
    ["a beginning in a broken message", "[1[2]", ["value [1", "line [|2|]"]],
    ["a byte that no text holds, at once", "[\x00[2]", ["noise [\x00", "line [|2|]"]],
    ["a byte that no text holds, later", "[1\x00[2]", ["value [1\x00", "line [|2|]"]],
    ["noise, then a broken message", "xy[1x]", ["noise xy", "value [1x]"]],
    ["a broken message, then noise", "[1x]yz", ["value [1x]yz"]],
    ["no end", "[12", ["incomplete [12"]],
    ["nothing but a mark", "[", ["incomplete ["]],
  ])("%s", (_what, text, said) => {
    expect(heard(brackets, line, text)).toEqual(said);
  });
  test.each<readonly [what: string, text: string, said: readonly string[]]>([
    ["stands whole", "<<12>>", ["line <<|12|>>"]],
    ["is noise by half", "<x<<1>>", ["noise <x", "line <<|1|>>"]],
    ["is waited for", "<", ["incomplete <"]],
    ["is searched from its own beginning", "<<<1>>", ["value <", "line <<|1|>>"]],
  ])("a mark of two bytes %s", (_what, text, said) => {
    const twice = framer({ start: "3c3c", end: ["3e3e"] }, line);
    expect([...twice.say(text), ...twice.flush()]).toEqual(said);
  });
  test("half a mark waits", () => {
    const twice = framer({ start: "3c3c", end: ["3e3e"] }, line);
    expect(twice.say("<")).toEqual([]);
    expect(twice.pending()).toBe(1);
    expect(twice.say("<1>")).toEqual([]);
    expect(twice.say(">")).toEqual(["line <<|1|>>"]);
    expect(twice.pending()).toBe(0);
  });
  test("a mark that no text holds begins the next message at once", () => {
    expect(heard({ start: "02", end: ["03"] }, line, "\x021\x022\x03")).toEqual(["value \x021", "line \x02|2|\x03"]);
  });
  test("what is held moves to the front, and what follows is read there", () => {
    const device = framer(brackets, line);
    expect(device.say("xy[1")).toEqual(["noise xy"]);
    expect(device.pending()).toBe(2);
    expect(device.say("2]x[3")).toEqual(["line [|12|]", "noise x"]);
    expect(device.say("4]")).toEqual(["line [|34|]"]);
  });
  test.each([1, 37, 64, 200])(
    "a long stream in reads of %d loses nothing, and holds no more than what is begun",
    (size) => {
      const device = framer({ ...lines, maxBytes: 64 }, line);
      const numbers = Array.from({ length: 2_000 }, (_, i) => String(i));
      const text = numbers.join("\r") + "\r";
      const said: string[] = [];
      for (let at = 0; at < text.length; at += size) {
        said.push(...device.say(text.slice(at, at + size)));
        const read = text.slice(0, at + size);
        expect(device.pending()).toBe(read.length - 1 - read.lastIndexOf("\r"));
      }
      expect(said).toEqual(numbers.map((each) => `line |${each}|\r`));
    },
  );
  test("a line always stands open, and no more is held than that", () => {
    const device = framer({ ...lines, maxBytes: 64 }, line);
    const text = "123\r".repeat(5_000);
    let said = device.say(text.slice(0, 2)).length;
    for (let at = 2; at < text.length; at += 64) {
      said += device.say(text.slice(at, at + 64)).length;
      expect(device.pending()).toBe(at + 64 < text.length ? 2 : 0);
    }
    expect(said).toBe(5_000);
  });
  test("a long stream with broken messages in it names every byte", () => {
    const device = framer(
      { ...lines, maxBytes: 64 },
      { three: { layout: "{a}{n}{b}", fields: { a: digit, n: digit, b: digit } } },
    );
    const texts = Array.from({ length: 900 }, (_, i) => (i % 3 === 0 ? "x1\r" : i % 3 === 1 ? "123\r" : "4567\r"));
    const said = Array.from({ length: 100 }, (_, i) => texts.slice(9 * i, 9 * i + 9).join(""))
      .flatMap((text) => [text.slice(0, 17), text.slice(17)])
      .flatMap(device.say);
    expect(said.map((each) => each.replace(/^\w+ /u, "").replaceAll("|", "")).join("")).toBe(texts.join(""));
    expect(said.filter((each) => each === "three |123|\r")).toHaveLength(300);
  });
  test("messages of one character are not taken for each other", () => {
    const device = framer(lines, line);
    expect(["1\r", "2\r", "3\r"].flatMap(device.say)).toEqual(["line |1|\r", "line |2|\r", "line |3|\r"]);
  });
});

describe("the size", () => {
  test("of a message that is too long is its reason, and the next one is found", () => {
    expect(heard({ ...brackets, maxBytes: 8 }, line, "[1234567890[2]")).toEqual(["length [1234567890", "line [|2|]"]);
    // Eight bytes before the end are too many, seven are not, however they come.
    const open8 = { line: { layout: "{t}", fields: { t: open } } };
    expect(heard({ ...brackets, maxBytes: 8 }, open8, "[123456]")).toEqual(["line [|123456|]"]);
    expect(heard({ ...brackets, maxBytes: 8 }, open8, "[1234567]")).toEqual(["length [1234567]"]);
  });
  test("may be longer than what is held at first, however it comes", () => {
    const long: Tables = {
      line: { layout: "{a},{b},{c}", fields: { a: open, b: open, c: open } },
    };
    const part = "y".repeat(2_000);
    const body = [part, part, part].join(",");
    const read = [`line [|${body}|]`, "line [|1,2,3|]"];
    expect(heard({ ...brackets, maxBytes: 8_192 }, long, `[${body}][1,2,3]`)).toEqual(read);
  });
  test("of a message may be large", () => {
    const long = "x".repeat(2_000);
    const text: Tables = { text: { layout: "{t}", fields: { t: open } } };
    const large: Envelope = { ...brackets, maxBytes: 4_096 };
    expect(framer(large, text).say(`y[${long}][${long}]`)).toEqual(["noise y", `text [|${long}|]`, `text [|${long}|]`]);
    const device = framer(large, text);
    expect(device.say(`[${long}`)).toEqual([]);
    expect(device.say("]")).toEqual([`text [|${long}|]`]);
  });
  test("of a frame is that of the whole message, wherever it stands", () => {
    const sized: Tables = { line: { layout: "{t}", size: 5, fields: { t: open } } };
    expect(heard(brackets, sized, "[abc][ab][abcd][xyz]")).toEqual([
      "line [|abc|]",
      "value [ab][abcd]",
      "line [|xyz|]",
    ]);
  });
});

describe("messages of fixed bytes", () => {
  test("are told as they are, between texts", () => {
    expect(heard(brackets, { ...line, ...ack }, "\x06[1]\x06")).toEqual(["ack! |\x06|", "line [|1|]", "ack! |\x06|"]);
  });
  test("end a broken text", () => {
    expect(heard(brackets, { ...line, ...ack }, "[1\x06[2]")).toEqual(["value [1", "ack! |\x06|", "line [|2|]"]);
  });
  const two: Tables = { ack: { bytes: "0615", fields: {} } };
  test("of two bytes wait for the second", () => {
    const device = framer(brackets, { ...line, ...two });
    expect(device.say("\x06")).toEqual([]);
    expect(device.pending()).toBe(1);
    expect(device.say("\x15")).toEqual(["ack! |\x06\x15|"]);
    expect(device.say("\x06")).toEqual([]);
    expect(device.flush()).toEqual(["noise \x06"]);
    expect(device.say("\x06[1]")).toEqual(["noise \x06", "line [|1|]"]);
  });
  test("wait, though another of them is out of the question", () => {
    const device = framer(brackets, { a: { bytes: "0615", fields: {} }, b: { bytes: "0716", fields: {} } });
    expect(device.say("\x06")).toEqual([]);
    expect(device.say("\x15")).toEqual(["a! |\x06\x15|"]);
  });
  test("alone leave everything else noise, at once", () => {
    const device = framer({ start: "", end: ["0d"] }, two);
    expect(device.say("xy\x06\x15z")).toEqual(["noise xy", "ack! |\x06\x15|", "noise z"]);
    expect(device.pending()).toBe(0);
  });
  test("half of one before a line is noise", () => {
    expect(heard(lines, { ...line, ...two }, "\x06x\r1\r")).toEqual(["noise \x06", "value x\r", "line |1|\r"]);
  });
});

describe("lines without a mark", () => {
  const anchored: Tables = { a: { layout: "v={n}", fields: { n: number } } };
  const loose: Tables = { b: { layout: "{t}", fields: { t: word } } };
  test("are found in the middle of a line where they are recognised for themselves", () => {
    expect(heard(lines, anchored, "xv=1\rv=2\r")).toEqual(["value x", "a |v=1|\r", "a |v=2|\r"]);
  });
  test("are whole lines where nothing tells their beginning", () => {
    expect(heard(lines, loose, "x12\r34\r")).toEqual(["value x12\r", "b |34|\r"]);
    expect(heard(lines, { ...anchored, ...loose }, "x12\r34\rxv=5\r")).toEqual([
      "value x12\r",
      "b |34|\r",
      "value x",
      "a |v=5|\r",
    ]);
  });
  test("may begin behind noise that ends no line", () => {
    expect(heard(lines, loose, "\x0012\r34\r")).toEqual(["noise \x00", "value 12\r", "b |34|\r"]);
  });
  test("begin anew behind a pause", () => {
    const device = framer(lines, { ...anchored, ...loose });
    expect(device.say("x1")).toEqual([]);
    expect(device.flush()).toEqual(["incomplete x1"]);
    expect(device.say("34\r")).toEqual(["b |34|\r"]);
    expect(device.say("5")).toEqual([]);
    expect(device.say("6\r7\r")).toEqual(["b |56|\r", "b |7|\r"]);
  });
  test("do not begin inside of an end", () => {
    const ended: Envelope = { start: "", end: ["3b3b"] };
    expect(heard(ended, { a: { layout: ";{n}", fields: { n: number } } }, "x;;;5;;")).toEqual([
      "value x;;",
      "a |;5|;;",
    ]);
  });
  test("end with the longest end that fits, and wait for it", () => {
    const ends: Envelope = { start: "", end: ["0d", "0d0a"] };
    const device = framer(ends, line);
    expect(device.say("1\r")).toEqual([]);
    expect(device.say("\n2\r3")).toEqual(["line |1|\r\n", "line |2|\r"]);
    expect(device.say("\r")).toEqual([]);
    expect(device.flush()).toEqual(["line |3|\r"]);
  });
  test("are closed by a pause where the table says so, and only then", () => {
    expect(heard({ ...lines, silence: true }, line, "12")).toEqual(["line |12|"]);
    expect(heard({ ...lines, silence: false }, line, "12")).toEqual(["incomplete 12"]);
    expect(heard(lines, line, "12")).toEqual(["incomplete 12"]);
    // Nothing at all is no message.
    const empty: Tables = { text: { layout: "{t}", fields: { t: open } } };
    expect(heard({ ...brackets, silence: true }, empty, "[")).toEqual(["incomplete ["]);
    expect(heard({ ...brackets, silence: true }, empty, "[a")).toEqual(["text [|a|"]);
  });
});

describe("bytes", () => {
  test("that may be inserted anywhere are as if they were not there", () => {
    expect(heard({ ...brackets, drop: [0, 0x20] }, line, "[\x001 2\x00]")).toEqual(["line [|12|]"]);
  });
  test.each<readonly [what: string, tables: Tables, text: string, is: boolean]>([
    ["in a template", { a: { layout: "a\x01{d}", fields: { d: digit } } }, "[a\x011]", true],
    [
      "in the template of a record",
      { a: { layout: "a{+}", records: "{d}\x01", fields: { d: digit } } },
      "[a1\x01]",
      true,
    ],
    [
      "between pairs",
      {
        a: {
          layout: "a{*}",
          pairs: { separator: "\n", between: "=", unknown: "ignore", least: 0 },
          fields: { d: { ...digit, key: ["d"] } },
        },
      },
      "[ad=1\n]".replace("\n]", "\ne=2]"),
      true,
    ],
    ["in a text of Latin-1", { a: { layout: "{t}", fields: { t: { ...open, charset: "latin" } } } }, "[5\xb0]", true],
    [
      "below those of Latin-1",
      { a: { layout: "{t}", fields: { t: { ...open, charset: "latin" } } } },
      "[5\x9f]",
      false,
    ],
    [
      "in a text of UTF-8",
      { a: { layout: "{t}", fields: { t: { ...open, charset: "unicode" } } } },
      "[\xc2\x80]",
      true,
    ],
    ["in a text of GBK", { a: { layout: "{t}", fields: { t: { ...open, charset: "gbk" } } } }, "[\xcd\xf5]", true],
    ["in a plain text", { a: { layout: "{t}", fields: { t: open } } }, "[5\xb0]", false],
    ["in a text of digits", { a: { layout: "{t}", fields: { t: word } } }, "[5\xb0]", false],
    ["of no text", { a: { layout: "{t}", fields: { t: open } } }, "[5\x7f]", false],
    ["at the ends of ASCII", { a: { layout: "{t}", fields: { t: open } } }, "[ ~]", true],
  ])("%s", (_what, tables, text, is) => {
    expect(
      framer(brackets, tables).say(text).length === 1 && framer(brackets, tables).say(text)[0]?.startsWith("a "),
    ).toBe(is);
  });
  test("of a text that is broken cost nothing but it", () => {
    expect(heard(brackets, line, "[5\xb0][6]")).toEqual(["value [5\xb0]", "line [|6|]"]);
  });
});

describe("a check", () => {
  const afterEnd: Envelope = {
    start: "02",
    end: ["03"],
    check: { kind: "xor8", form: "byte", from: 1, place: "afterEnd" },
  };
  const digitLine: Tables = { line: { layout: "{d}", fields: { d: digit } }, ...ack };
  // 35 ^ 03 = 36.
  test.each<readonly [what: string, text: string, said: readonly string[]]>([
    ["behind the end", "\x025\x036", ["line \x02|5|\x036"]],
    ["behind the end, twice", "\x025\x036\x025\x036", ["line \x02|5|\x036", "line \x02|5|\x036"]],
    ["that is wrong", "\x025\x037", ["checksum \x025\x037"]],
    ["that is missing", "\x025\x03", ["incomplete \x025\x03"]],
    ["that is right, of another text", "\x02x\x03{", ["value \x02x\x03{"]],
    ["that is wrong, of another text", "\x02x\x03|", ["checksum \x02x\x03|"]],
  ])("%s", (_what, text, said) => {
    const device = framer(afterEnd, digitLine);
    expect([...device.say(text), ...device.flush()]).toEqual(said);
  });
  test("behind the end is waited for", () => {
    const device = framer(afterEnd, digitLine);
    expect(device.say("\x025\x03")).toEqual([]);
    expect(device.say("6")).toEqual(["line \x02|5|\x036"]);
  });
  test("may begin with another value", () => {
    const begun: Envelope = {
      ...afterEnd,
      check: { kind: "xor8", form: "byte", from: 1, place: "afterEnd", begin: 1 },
    };
    expect(framer(begun, digitLine).say("\x025\x037")).toEqual(["line \x02|5|\x037"]);
  });
  test("that is none does not stand there", () => {
    const none: Envelope = {
      ...brackets,
      check: { kind: "none", form: "hex2", from: 0, place: "beforeEnd", lead: "*" },
    };
    expect(framer(none, line).say("[12]")).toEqual(["line [|12|]"]);
  });

  const before = (more: Partial<NonNullable<TextEnvelope["check"]>>): Envelope => ({
    ...brackets,
    check: { kind: "sum8", form: "hex2", from: 1, place: "beforeEnd", lead: "*", ...more },
  });
  // 31 + 3a = 6b; "1" and ":" alone: 31, 3a. The sum of "5" is 35.
  test.each<readonly [what: string, more: Partial<NonNullable<TextEnvelope["check"]>>, text: string, said: string]>([
    ["in two digits", {}, "[5*35]", "line [|5|*35]"],
    ["in two digits with a zero", { begin: 0xd2 }, "[5*07]", "line [|5|*07]"],
    ["in upper case", { begin: 0xd6 - 0x2c }, "[5*DF]", "line [|5|*DF]"],
    ["in lower case", { begin: 0xd6 - 0x2c }, "[5*df]", "checksum [5*df]"],
    ["in four digits", { kind: "crc16-modbus", form: "hex4" }, "[5*0000]", ""],
    ["in a number", { form: "decimal" }, "[5*53]", "line [|5|*53]"],
    ["in a number that begins with a zero", { form: "decimal" }, "[5*053]", "checksum [5*053]"],
    ["without its lead", {}, "[535]", "checksum [535]"],
    ["with another lead", {}, "[5+35]", "checksum [5+35]"],
    ["with a longer lead", { lead: "*\x1e" }, "[5*\x1e35]", "line [|5|*\x1e35]"],
    ["without a lead", { form: "hex2", lead: "" }, "[535]", "line [|5|35]"],
    ["from the very beginning", { from: 0 }, "[5*90]", "line [|5|*90]"],
    ["too short for it", {}, "[5]", "checksum [5]"],
    ["and nothing else", {}, "[*00]", "value [*00]"],
    ["of another text, right", {}, "[x*78]", "value [x*78]"],
    ["of another text, wrong", {}, "[x*77]", "checksum [x*77]"],
  ])("before the end: %s", (_what, more, text, said) => {
    const device = framer(before(more), line);
    const all = device.say(text);
    // A CRC of its own is computed here, with the digits that were found.
    if (said === "") expect(all[0]?.startsWith("checksum")).toBe(true);
    else expect(all).toEqual([said]);
  });
  test("counts from the beginning of its own message", () => {
    expect(framer(before({}), line).say("xx[5*35][5*35]")).toEqual(["noise xx", "line [|5|*35]", "line [|5|*35]"]);
  });
  test("has no lead in the mark", () => {
    const star: Envelope = { ...before({ form: "decimal" }), start: "2a" };
    expect(framer(star, line).say("*5]")).toEqual(["checksum *5]"]);
  });
  test("has no digits in the mark", () => {
    const zero: Envelope = { ...before({ form: "decimal", lead: "", from: 0 }), start: "30" };
    expect(framer(zero, { line: { layout: "", fields: {} } }).say("048]")).toEqual(["line 0||48]"]);
  });
});
