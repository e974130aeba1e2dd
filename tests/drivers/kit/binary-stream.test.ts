import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBinaryFramer } from "../../../drivers/kit/binary-framer.ts";
import { binaryKind } from "../../../drivers/kit/binary.ts";
import { compileFrames } from "../../../drivers/kit/frame-table.ts";
import { fromHex, toHex, type Profile } from "../../../drivers/kit/index.ts";
import type { BinaryEnvelope, Frame } from "../../../drivers/kit/schema.ts";

/** Frames and what lies between them in a stream of bytes, and why what was dropped was dropped. */
type Line = { readonly envelope: BinaryEnvelope; readonly frames: Readonly<Record<string, Frame>> };
const lineOf = (envelope: Partial<BinaryEnvelope>, frames: Readonly<Record<string, Partial<Frame>>>): Line => ({
  envelope: { kind: "binary", head: "aa", check: { kind: "sum8", from: 0 }, ...envelope },
  frames: Object.fromEntries(
    Object.entries(frames).map(([name, frame]) => [name, { to: "host", size: 4, fields: {}, ...frame }]),
  ),
});
const profileOf = ({ envelope, frames }: Line): Profile =>
  ({ id: "bench", frames, meaning: {}, envelopes: { host: envelope } }) as unknown as Profile;

function listening(line: Line) {
  const said: string[] = [];
  const table = compileFrames(profileOf(line), "host");
  const framer = createBinaryFramer(line.envelope, table, {
    frame: (index, bytes, start, end) => said.push(`${table[index]?.name ?? ""} ${toHex(bytes.subarray(start, end))}`),
    discard: (bytes, start, end, reason) => said.push(`${reason} ${toHex(bytes.subarray(start, end))}`),
  });
  return { framer, said };
}
/** What is said of these pieces, `|` for where the line falls silent. */
function heard(line: Line, pieces: readonly string[], prefer?: string): readonly string[] {
  const { framer, said } = listening(line);
  framer.prefer(prefer);
  for (const piece of pieces) {
    if (piece === "|") framer.flush();
    else framer.hear(fromHex(piece));
  }
  return said;
}
const each = (hex: string): readonly string[] => hex.match(/../gu) ?? [];

const fixed = lineOf({}, { one: { match: [{ at: 1, is: "01" }] }, two: { match: [{ at: 1, is: "02" }] } });
const sized = lineOf({ head: "aa55", length: { at: 2, plus: 1 }, tail: "0d" }, { one: { size: [6, 8] } });
const headless = lineOf(
  { head: "" },
  {
    short: { size: 3, match: [{ at: 0, is: "01" }] },
    long: {
      size: 5,
      match: [
        { at: 0, is: "01" },
        { at: 2, is: "07" },
      ],
    },
    other: { size: 3, match: [{ at: 0, is: "02" }] },
  },
);
const wide = lineOf(
  { length: { at: 1, plus: 0, size: 2, order: "be", mask: 0x0fff }, check: { kind: "sum16", from: 0, order: "be" } },
  { one: { size: [6, 400] } },
);
const ended = lineOf({ end: "0d0a", check: { kind: "xor8", from: 1, form: "hex" } }, { one: { size: 7 } });
const learning = lineOf(
  { check: { kind: "sum8", from: 0, plus: 1, or: { plus: [2, 3], learnFrom: ["hello"] } } },
  { hello: { match: [{ at: 1, is: "01" }] }, data: { match: [{ at: 1, is: "02" }] } },
);

describe("what is heard", () => {
  test.each<readonly [string, Line, readonly string[], readonly string[]]>([
    ["a frame", fixed, ["aa0100ab"], ["one aa0100ab"]],
    ["frames one behind the other", fixed, ["aa0100abaa0200ac"], ["one aa0100ab", "two aa0200ac"]],
    ["a frame byte by byte", fixed, each("aa0100ab"), ["one aa0100ab"]],
    ["noise before", fixed, ["0001aa0100ab"], ["noise 0001", "one aa0100ab"]],
    ["noise behind", fixed, ["aa0100ab0001"], ["one aa0100ab", "noise 0001"]],
    ["noise alone", fixed, ["0001"], ["noise 0001"]],
    ["a frame of no table", fixed, ["aa0300ad"], ["noise aa0300ad"]],
    ["a wrong check, and what is dropped behind it", fixed, ["aa0100ac00"], ["checksum aa0100ac00"]],
    ["a wrong check before a good one", fixed, ["aa0100acaa0100ab"], ["checksum aa0100ac", "one aa0100ab"]],
    ["noise, then a wrong check", fixed, ["00aa0100ac"], ["noise 00", "checksum aa0100ac"]],
    ["noise again behind a good one", fixed, ["aa0100acaa0100ab00"], ["checksum aa0100ac", "one aa0100ab", "noise 00"]],
    ["a good one inside a broken one", fixed, ["aa01aa0100ab"], ["checksum aa01", "one aa0100ab"]],
    ["half of one, until the line is silent", fixed, ["aa01", "|"], ["incomplete aa01"]],
    [
      "half of one and a good one behind the silence",
      fixed,
      ["aa01", "|", "aa0100ab"],
      ["incomplete aa01", "one aa0100ab"],
    ],
    ["silence alone", fixed, ["|", "|"], []],
    ["nothing", fixed, ["", "aa0100ab"], ["one aa0100ab"]],
    ["a head alone, twice", fixed, ["aa", "aa0100ab"], ["noise aa", "one aa0100ab"]],
    ["a sized frame", sized, ["aa5505000d11"], ["one aa5505000d11"]],
    ["a longer one", sized, ["aa55070102030d19"], ["one aa55070102030d19"]],
    ["a wrong tail", sized, ["aa5505000e12"], ["length aa5505000e12"]],
    ["a wrong check behind a good tail", sized, ["aa5505000d12"], ["checksum aa5505000d12"]],
    ["a size that no frame has", sized, ["aa5504000d10"], ["noise aa5504000d10"]],
    ["a size above all", sized, ["aa55ff", "00"], ["noise aa55ff", "noise 00"]],
    ["half a head", sized, ["aa", "55", "05", "000d11"], ["one aa5505000d11"]],
    ["another second byte", sized, ["aa56"], ["noise aa56"]],
    [
      "half of a frame with half of another inside, until the line is silent",
      sized,
      ["aa5507aa550500", "|"],
      ["incomplete aa5507", "incomplete aa550500"],
    ],
    ["the short of two", headless, ["010001", "|"], ["short 010001"]],
    ["the long of two", headless, ["0100070008", "|"], ["long 0100070008"]],
    ["another, told by its first byte", headless, ["020002"], ["other 020002"]],
    ["what begins no frame", headless, ["03020002"], ["noise 03", "other 020002"]],
    ["a wide length", wide, ["aa00060000b0"], ["one aa00060000b0"]],
    ["a wide length with marks above it", wide, ["aa10060000c0"], ["one aa10060000c0"]],
    ["a wide length of nothing", wide, ["aa0000", "|"], ["noise aa0000"]],
    ["a wide length that is not all there", wide, ["aa00", "|"], ["incomplete aa00"]],
    ["a check in digits with an end", ended, ["aa010230330d0a"], ["one aa010230330d0a"]],
    ["a wrong first digit", ended, ["aa010231330d0a"], ["checksum aa010231330d0a"]],
    ["a wrong second digit", ended, ["aa010230340d0a"], ["checksum aa010230340d0a"]],
    ["a wrong end", ended, ["aa010230330d0b"], ["length aa010230330d0b"]],
    ["a wrong beginning of the end", ended, ["aa010230330a0a"], ["length aa010230330a0a"]],
    ["digits in small letters", ended, ["aa0a0030610d0a"], ["checksum aa0a0030610d0a"]],
    ["digits in capitals", ended, ["aa0a0030410d0a"], ["one aa0a0030410d0a"]],
    ["the usual constant", learning, ["aa0200ad"], ["data aa0200ad"]],
    ["another constant, not learned", learning, ["aa0200ae"], ["checksum aa0200ae"]],
    ["another constant, learned", learning, ["aa0100ad", "aa0200ae"], ["hello aa0100ad", "data aa0200ae"]],
    ["the last constant, learned", learning, ["aa0100ae", "aa0200af"], ["hello aa0100ae", "data aa0200af"]],
    [
      "a learned constant is insisted upon",
      learning,
      ["aa0100ae", "aa0200ad"],
      ["hello aa0100ae", "checksum aa0200ad"],
    ],
    [
      "the usual constant, learned again",
      learning,
      ["aa0100ae", "aa0100ac", "aa0200ad"],
      ["hello aa0100ae", "hello aa0100ac", "data aa0200ad"],
    ],
    ["a constant that nobody has", learning, ["aa0100b0"], ["checksum aa0100b0"]],
  ])("%s", (_, line, pieces, said) => {
    expect(heard(line, pieces)).toEqual(said);
  });
  test("bytes of a begun frame are counted", () => {
    const { framer } = listening(fixed);
    const counts = each("00aa0100ab").map((piece) => {
      framer.hear(fromHex(piece));
      return framer.pending();
    });
    expect(counts).toEqual([0, 1, 2, 3, 0]);
  });
});

describe("where bytes fit two frames", () => {
  const twins = lineOf(
    {},
    {
      one: { match: [{ at: 1, is: "01" }] },
      same: { match: [{ at: 1, is: "01" }] },
      else: { match: [{ at: 1, is: "02" }] },
    },
  );
  test.each<readonly [Line, string | undefined, string, readonly string[]]>([
    [twins, undefined, "aa0100ab", ["one aa0100ab"]],
    [twins, "one", "aa0100ab", ["one aa0100ab"]],
    [twins, "same", "aa0100ab", ["same aa0100ab"]],
    [twins, "else", "aa0100ab", ["one aa0100ab"]],
    [twins, "same", "aa0200ac", ["else aa0200ac"]],
    [headless, "long", "0100070008", ["long 0100070008"]],
    [headless, "short", "020002", ["other 020002"]],
  ])("%# the one that is waited for (%s) is it", (line, prefer, hex, said) => {
    expect(heard(line, [hex], prefer)).toEqual(said);
  });
});

describe("however the bytes come", () => {
  const lines = { fixed, sized, headless, wide, ended, learning } as const;
  const samples: Readonly<Record<keyof typeof lines, readonly string[]>> = {
    fixed: ["aa0100ab", "aa0200ac", "aa", "aa01"],
    sized: ["aa5505000d11", "aa55070102030d19", "aa55", "aa5507"],
    headless: ["010001", "0100070008", "020002", "01"],
    wide: ["aa00060000b0", "aa10060000c0", "aa00", "aa"],
    ended: ["aa010230330d0a", "aa0a0030410d0a", "aa01", "0d0a"],
    learning: ["aa0100ad", "aa0200ad", "aa0200ae", "aa"],
  };
  test.each(Object.keys(lines) as readonly (keyof typeof lines)[])(
    "%s: every byte is told once, in order, the same",
    (name) => {
      const part = fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...samples[name]) },
        fc.uint8Array({ maxLength: 3 }).map(toHex),
      );
      fc.assert(
        fc.property(
          fc.array(part, { maxLength: 12 }),
          fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
          (parts, cuts) => {
            const hex = parts.join("");
            const pieces: string[] = [];
            for (let at = 0, turn = 0; at < hex.length; turn++) {
              const size = 2 * (cuts[turn % cuts.length] ?? 1);
              pieces.push(hex.slice(at, at + size));
              at += size;
            }
            const bytesOf = (said: readonly string[]): string => said.map((text) => text.split(" ")[1] ?? "").join("");
            const framesOf = (said: readonly string[]): readonly string[] =>
              said.filter((text) => !/^(noise|length|checksum|incomplete) /u.test(text));
            const whole = heard(lines[name], [hex, "|"]);
            const cut = heard(lines[name], [...pieces, "|"]);
            expect([bytesOf(whole), bytesOf(cut)]).toEqual([hex, hex]);
            expect(framesOf(cut)).toEqual(framesOf(whole));
          },
        ),
        { numRuns: 150, seed: 5 },
      );
    },
  );
  test("more bytes at once than the buffer holds are all heard", () => {
    const good = "aa0100ab".repeat(5_000);
    expect(heard(fixed, [good]).length).toBe(5_000);
    expect(heard(fixed, [`00${good}`, "aa01", good]).filter((text) => text.startsWith("one")).length).toBe(10_000);
  });
});

test("a frame that was written is heard", () => {
  const bytes = binaryKind.encode(profileOf(wide), wide.envelope, { to: "host", size: 300, fields: {} }, {});
  expect(heard(wide, [toHex(bytes)])).toEqual([`one ${toHex(bytes)}`]);
});
