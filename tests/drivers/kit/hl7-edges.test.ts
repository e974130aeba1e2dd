import { describe, expect, test } from "vitest";
import type { DiscardReason } from "../../../core/domain/outcome.ts";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import { hl7Kind } from "../../../drivers/kit/hl7.ts";
import { createHl7Speaker } from "../../../drivers/kit/hl7-speaker.ts";
import { createMllpFramer, mllp } from "../../../drivers/kit/mllp.ts";
import type { Profile } from "../../../drivers/kit/index.ts";
import type { Hl7Envelope } from "../../../drivers/kit/schema-records.ts";
import { bytesOf, textOf } from "./speaking.ts";

/** The answer to an HL7 message, the device that waits for it, and the block around both. */
const envelope: Hl7Envelope = {
  kind: "hl7",
  delimiters: "|^~\\&",
  group: "order",
  statuses: { accepted: ["F"], cannot: ["X"] },
  maxBytes: 65_536,
  acknowledged: true,
  charset: "ascii",
};
const profile = {
  envelopes: { host: envelope },
  frames: {
    result: {
      to: "host",
      fields: { glucose: { type: "result", codes: ["GLU"], units: { "mmol/L": { min: 1, max: 30, decimals: 1 } } } },
    },
  },
} as unknown as Profile;
const block = (...lines: readonly string[]): Uint8Array => mllp(bytesOf(lines.map((line) => `${line}\r`).join("")));
const result = "OBX|1|NM|GLU||5.6|mmol/L|||||F";
function answered(chunk: Uint8Array, more: Partial<Hl7Envelope> = {}): readonly string[] {
  const said: string[] = [];
  const reader = hl7Kind.reader({
    profile,
    side: "host",
    envelope: { ...envelope, ...more },
    table: compileFrames(profile, "host"),
    sink: {
      frame: (_index, values) => void said.push(JSON.stringify(values)),
      impossible: (_index, field) => void said.push(`impossible ${field}`),
      discard: (raw, reason) => void said.push(`${reason} ${raw.length}`),
      reply: (bytes) => void said.push(textOf(bytes).slice(1, -3).replace("\r", " / ")),
    },
  });
  reader.hear(chunk);
  return said;
}
const header = (accept = "", application = "", more = ""): string =>
  `MSH|^~\\&|LAB||||||ORU^R01|42|T|2.4|||${accept}|${application}${more}`;
const ack = (code: string): string => `MSH|^~\\&|||||||ACK^R01|42|T|2.4 / MSA|${code}|42`;
const glucose = '{"glucose":{"value":5.6,"unit":"mmol/L"}}';

describe("the answer", () => {
  test("comes first, with what the message said of itself", () => {
    expect(answered(block(header(), result))).toEqual([ack("AA"), glucose]);
  });
  test("has the usual in place of what the message did not say", () => {
    expect(answered(block("MSH|^~\\&", result))).toEqual(["MSH|^~\\&|||||||ACK^||P|2.5.1 / MSA|AA|", glucose]);
  });
  test.each<readonly [wants: string, sound: boolean, broken: boolean]>([
    ["", true, true],
    ["AL", true, true],
    ["NE", false, false],
    ["ER", false, true],
    ["SU", true, false],
  ])("to a message that wants %j", (wants, sound, broken) => {
    expect(answered(block(header(wants), result)).includes(ack("AA"))).toBe(sound);
    expect(answered(block(header(wants), "obx")).includes(ack("AE"))).toBe(broken);
  });
  test.each([
    ["AL", true],
    ["", false],
    ["SU", true],
    ["ER", false],
  ])("that was not agreed on, to a message that wants %j, is given is %s", (wants, is) => {
    expect(answered(block(header(wants), result), { acknowledged: false }).includes(ack("AA"))).toBe(is);
  });
  test("goes by the application's wish before the line's", () => {
    expect(answered(block(header("AL", "NE"), result))).toEqual([glucose]);
    expect(answered(block(header("NE", "AL"), result))).toEqual([ack("AA"), glucose]);
  });
  test("to a sound message that is not for us is AA: sending it again would not help", () => {
    const other = answered(block(header(), "NTE|1"));
    expect(other[0]).toBe(ack("AA"));
    expect(other[1]).toMatch(/^value /);
  });
  test("to a message that is none names nothing of it", () => {
    expect(answered(block("XSH|^~\\&|LAB"))[0]).toBe("MSH|^~\\&|||||||ACK^||P|2.5.1 / MSA|AE|");
  });
  test("repeats no more of an id than fits, and no control character", () => {
    const id = `a\x07b${"x".repeat(300)}`;
    const [said] = answered(block(`MSH|^~\\&|LAB||||||ORU^R01|${id}|P|2.4`, result));
    expect(said?.split("/ MSA|AA|")[1]).toBe(`ab${"x".repeat(197)}`);
  });
  test("says nothing of noise", () => {
    expect(answered(bytesOf("xy"))).toEqual(["noise 2"]);
  });
  test("reads the characters that the message names", () => {
    const said = answered(block(`${header()}|||UNICODE UTF-8`.replace("|||UNICODE", "||UNICODE"), result));
    expect(said.at(-1)).toBe(glucose);
  });
});

describe("the device that waits for it", () => {
  const [one, two] = [block("ONE"), block("TWO")];
  const said = (plan: ReturnType<ReturnType<typeof createHl7Speaker>["hear"]>): readonly string[] =>
    plan.map(({ bytes, afterMs, instead }) => `${afterMs}${instead === true ? "!" : ""} ${textOf(bytes).slice(1, -3)}`);
  const answer = (code: string): Uint8Array => block("MSH|^~\\&", `MSA|${code}|1`);
  test("says one message at a time", () => {
    const device = createHl7Speaker(undefined);
    expect(said(device.say([one], 0))).toEqual(["0! ONE"]);
    expect(said(device.say([two], 0))).toEqual([]);
    expect(said(device.hear(answer("AA"), 0))).toEqual(["100! TWO"]);
    expect(said(device.hear(answer("AA"), 0))).toEqual([]);
    expect(said(device.say([one], 0))).toEqual(["0! ONE"]);
  });
  test.each(["AE", "AR"])("says it again after %s, three times in all, and then the next", (code) => {
    const device = createHl7Speaker(undefined);
    device.say([one, two], 0);
    expect(said(device.hear(answer(code), 0))).toEqual(["100! ONE"]);
    expect(said(device.hear(answer(code), 0))).toEqual(["100! ONE"]);
    expect(said(device.hear(answer(code), 0))).toEqual(["100! TWO"]);
    expect(said(device.hear(answer(code), 0))).toEqual(["100! TWO"]);
  });
  test("hears nothing in what is no answer", () => {
    const device = createHl7Speaker(undefined);
    device.say([one, two], 0);
    expect(device.hear(block("MSH|^~\\&", "MSA|XX|1"), 0)).toEqual([]);
    expect(device.hear(bytesOf("noise"), 0)).toEqual([]);
  });
  test("bends the first of each message once", () => {
    const device = createHl7Speaker(1);
    expect(said(device.say([one], 0))).toEqual(["0! KNE"]);
    expect(said(device.hear(answer("AE"), 0))).toEqual(["100! ONE"]);
  });
});

describe("a block", () => {
  function framer(maxBytes = 16_384) {
    const found: string[] = [];
    const line = createMllpFramer(maxBytes, {
      block: (bytes, start, end) => void found.push(`block ${textOf(bytes.slice(start, end))}`),
      discard: (bytes: Uint8Array, start: number, end: number, reason: DiscardReason) =>
        void found.push(`${reason} ${textOf(bytes.slice(start, end))}`),
    });
    return {
      hear: (text: string) => line.hear(bytesOf(text)),
      flush: () => line.flush(),
      pending: () => line.pending(),
      found,
    };
  }
  test("may be larger than what is held at first", () => {
    const line = framer();
    const long = `\x0b${"xyz".repeat(3_000)}\x1c\r`;
    line.hear(long);
    for (let at = 0; at < long.length; at += 64) line.hear(long.slice(at, at + 64));
    expect(line.found).toEqual([`block ${long}`, `block ${long}`]);
  });
  test.each([
    ["in short reads", 64],
    ["in reads larger than what is held at first", 5_000],
  ])("comes %s, one behind the other", (_how, size) => {
    const line = framer();
    const blocks = Array.from({ length: 40 }, (_, i) => `\x0b${"r\r".repeat(i)}${"y".repeat(1_000 + i)}\r\x1c\r`);
    const text = blocks.join("");
    for (let at = 0; at < text.length; at += size) line.hear(text.slice(at, at + size));
    expect(line.found).toEqual(blocks.map((each) => `block ${each}`));
  });
  test.each([1, 3, 100])("is dropped where it is too long, in reads of %d", (size) => {
    const line = framer(8);
    const text = "\x0b1234567\x0b12345\x1c\r\x0b123456\x1c\x0b1\x1c\r";
    for (let at = 0; at < text.length; at += size) line.hear(text.slice(at, at + size));
    expect(line.found).toEqual([
      "length \x0b1234567",
      "block \x0b12345\x1c\r",
      "length \x0b123456\x1c",
      "block \x0b1\x1c\r",
    ]);
  });
  test("that is begun again is incomplete, wherever in a read", () => {
    const line = framer();
    line.hear("\x0bab\rc\x0bd\x1c\r");
    expect(line.found).toEqual(["incomplete \x0bab\rc", "block \x0bd\x1c\r"]);
  });
  test("is pending while it is open, and only then", () => {
    const line = framer();
    line.hear("xy");
    expect(line.pending()).toBe(0);
    expect(line.found).toEqual(["noise xy"]);
    line.hear("\x0bAB");
    expect(line.pending()).toBe(3);
    line.hear("\x1c\r");
    expect(line.pending()).toBe(0);
    line.hear("AB\x1c\r");
    expect(line.found).toEqual(["noise xy", "block \x0bAB\x1c\r", "noise AB\x1c\r"]);
    line.flush();
    expect(line.found).toHaveLength(3);
  });
});
