import { describe, expect, test } from "vitest";
import { ACK, writeFrame } from "../../../drivers/kit/astm-frame.ts";
import { createAstmReceiver, type AstmReceiverOptions } from "../../../drivers/kit/astm-receiver.ts";

/**
 * The line of E1381 as a log: what is answered, handed on and dropped of what was said, and how much is held behind each
 * piece. `?` is ENQ, `!` EOT, `<` STX, `>` ETX, `}` ETB, `/` CR, `;` LF; `x*300` is a run.
 */
const E = "\x05";
const T = "\x04";
const silence = "silence";
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const f = (number: number, text: string, end: "etb" | "etx" = "etx"): string =>
  String.fromCharCode(...writeFrame(number, ascii(text), end, "upper"));
const bad = (text: string, at = 4): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
const H = f(1, "H|\r");
const P = f(2, "P|1\r");
const L = f(3, "L|1\r");
const marks: Readonly<Record<string, string>> = {
  "\x05": "?",
  "\x04": "!",
  "\x02": "<",
  "\x03": ">",
  "\x17": "}",
  "\r": "/",
  "\n": ";",
};
const show = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte))
    .map((char) => marks[char] ?? char)
    .join("")
    .replaceAll(/(.)\1{9,}/g, (run, char: string) => `${char}*${run.length}`);

function heard(chunks: readonly string[], options: Partial<AstmReceiverOptions> = {}): readonly string[] {
  const log: string[] = [];
  const receiver = createAstmReceiver(
    { answers: true, headerFirst: false, hex: "upper", maxBytes: 300, ...options },
    {
      message(transfer) {
        const pieces = transfer.pieces().map(({ text, raw }) => `${show(text)}=${show(raw)}`);
        log.push(`message ${show(transfer.raw())} of ${pieces.join(" ")}`);
      },
      discard: (raw, reason) => void log.push(`${reason} ${show(raw)}`),
      reply: (bytes) => void log.push(bytes[0] === ACK ? "ACK" : "NAK"),
    },
  );
  for (const chunk of chunks) {
    if (chunk === silence) receiver.flush();
    else receiver.hear(ascii(chunk));
    log.push(String(receiver.pending()));
  }
  return log;
}
type Case = readonly [what: string, chunks: readonly string[], log: string];
/** What is not noise comes out the same, however it is cut. */
const sound = (log: readonly string[]): readonly string[] => log.filter((each) => !/^(\d+$|noise)/.test(each));
const apart = (chunks: readonly string[]): readonly string[] =>
  chunks.flatMap((chunk) => (chunk === silence ? [chunk] : Array.from(chunk)));

describe("a line", () => {
  test.each<Case>([
    [
      "a message",
      [E, H, P, L, T],
      "ACK 1 ACK 11 ACK 22 ACK 33 message ?<1H|/>05/;<2P|1/>3F/;<3L|1/>3C/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; L|1/=<3L|1/>3C/; 0",
    ],
    ["noise", ["xyz", E], "noise xyz 0 ACK 1"],
    ["noise before a call", ["xyz" + E + H], "noise xyz ACK ACK 11"],
    ["an end without a call", [T, "x" + T], "noise ! 0 noise x! 0"],
    ["frames without a call", [H, P], "noise <1H|/>05/; 0 noise <2P|1/>3F/; 0"],
    ["a call that is repeated", [E, E], "ACK 1 noise ? ACK 1"],
    ["noise between two calls", [E, "xx", E], "ACK 1 3 noise ?xx ACK 1"],
    ["noise between a call and its end", [E, "xx", T], "ACK 1 3 noise ?xx! 0"],
    ["noise behind a call, and silence", [E, "xx", silence], "ACK 1 3 noise ?xx 0"],
    ["half a frame, and then calls", [E, P.slice(0, 4), E, E], "ACK 1 5 6 noise ?<2P| ACK noise ? ACK 1"],
    [
      "an end in the middle of a frame, and silence",
      [E, H, P.slice(0, 4), T, silence],
      "ACK 1 ACK 11 15 16 message ?<1H|/>05/;<2P|! of H|/=<1H|/>05/; 0",
    ],
    [
      "an end in the middle of a frame, and a call",
      [E, H, P.slice(0, 4), T, E],
      "ACK 1 ACK 11 15 16 message ?<1H|/>05/;<2P|! of H|/=<1H|/>05/; ACK 1",
    ],
    [
      "a call in the middle of a frame, and a frame",
      [E, H, P.slice(0, 4) + E + H, L],
      "ACK 1 ACK 11 incomplete ?<1H|/>05/;<2P| ACK ACK 11 NAK 22",
    ],
    [
      "two calls in the middle of a frame",
      [E, H, P.slice(0, 4), E + E, H],
      "ACK 1 ACK 11 15 incomplete ?<1H|/>05/;<2P| ACK noise ? ACK 1 ACK 11",
    ],
    [
      "a call in the middle of a frame, and silence",
      [E, H, P.slice(0, 4), E, silence],
      "ACK 1 ACK 11 15 16 incomplete ?<1H|/>05/;<2P|? 0",
    ],
    ["a character that became an end", [E, H.slice(0, 3) + T + H.slice(3), T], "ACK 1 NAK 12 noise ?<1H!|/>05/;! 0"],
    [
      "a frame in the middle of a frame",
      [E, P.slice(0, 4), H, T],
      "ACK 1 5 ACK 15 message ?<2P|<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "a frame in the place of a checksum",
      [E, H.slice(0, -4), H, T],
      "ACK 1 7 NAK ACK 17 message ?<1H|/><1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "an end in the middle of a checksum",
      [E, H, P.slice(0, -3), T],
      "ACK 1 ACK 11 19 NAK message ?<1H|/>05/;<2P|1/>3! of H|/=<1H|/>05/; 0",
    ],
    [
      "a call in the place of a checksum",
      [E, H, P.slice(0, -4) + E, H],
      "ACK 1 ACK 11 NAK incomplete ?<1H|/>05/;<2P|1/> ACK 1 ACK 11",
    ],
    [
      "a checksum without CR",
      [E, H.slice(0, -2) + "\n", H, T],
      "ACK 1 NAK 10 ACK 20 message ?<1H|/>05;<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "something in the place of LF",
      [E, H.slice(0, -1) + "x", H, T],
      "ACK 1 NAK 11 ACK 21 message ?<1H|/>05/x<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "LF in the middle of a frame",
      [E, "\x021H\n", H, T],
      "ACK 1 NAK 5 ACK 15 message ?<1H;<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "a refused frame that is said again",
      [E, bad(H), H, T],
      "ACK 1 NAK 11 ACK 21 message ?<1H|\f>05/;<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "a sender that goes on behind a refused frame",
      [E, H, L, P, H, T, E, H, T],
      "ACK 1 ACK 11 NAK 22 NAK 33 NAK 43 incomplete ?<1H|/>05/;<3L|1/>3C/;<2P|1/>3F/;<1H|/>05/;! 0 ACK 1 ACK 11 message ?<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "a frame that is said twice",
      [E, H, H, T],
      "ACK 1 ACK 11 ACK 21 message ?<1H|/>05/;<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    ["a first frame with the number 2", [E, P, T], "ACK 1 NAK 12 noise ?<2P|1/>3F/;! 0"],
    ["a first frame with the number 7", [E, f(7, "H|\r"), T], "ACK 1 NAK 11 noise ?<7H|/>0B/;! 0"],
    ["a first frame with the number 0", [E, f(0, "H|\r"), T], "ACK 1 NAK 11 noise ?<0H|/>04/;! 0"],
    [
      "records over ETB",
      [E, f(1, "H|x", "etb"), f(2, "y"), T],
      "ACK 1 ACK 11 ACK 19 message ?<1H|x}84/;<2y>AE/;! of H|x=<1H|x}84/; y/=<2y>AE/; 0",
    ],
    ["a record without its CR", [E, f(1, "H|x"), T], "ACK 1 ACK 11 message ?<1H|x>70/;! of H|x/=<1H|x>70/; 0"],
    ["silence behind a call", [E, silence, H], "ACK 1 noise ? 0 noise <1H|/>05/; 0"],
    ["silence", [silence, E], "0 ACK 1"],
    [
      "silence in a message, and another",
      [E, H, silence, E, H, T],
      "ACK 1 ACK 11 incomplete ?<1H|/>05/; 0 ACK 1 ACK 11 message ?<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "silence behind what was lost, and another message",
      [E, H, L, silence, E, H, T],
      "ACK 1 ACK 11 NAK 22 incomplete ?<1H|/>05/;<3L|1/>3C/; 0 ACK 1 ACK 11 message ?<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "a frame without an end",
      [E, "\x021" + "x".repeat(400), E, H, T],
      "ACK 1 length ?<1x*297 noise x*103 0 ACK 1 ACK 11 message ?<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "noise without an end",
      [E, "x".repeat(400), E, H, T],
      "ACK 1 length ?x*299 noise x*101 0 ACK 1 ACK 11 message ?<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "a message without an end",
      [E, H, ...Array.from({ length: 7 }, (_, i) => f((2 + i) % 8, "C|" + "y".repeat(40) + "\r")), T, E, H, T],
      "ACK 1 ACK 11 ACK 61 ACK 111 ACK 161 ACK 211 ACK 261 length ?<1H|/>05/;<2C|y*40/>E9/;<3C|y*40/>EA/;<4C|y*40/>EB/;<5C|y*40/>EC/;<6C|y*40/>ED/;<7C|y*35 noise yyyyy/>EE/; 0 noise <0C|y*40/>E7/; 0 noise ! 0 ACK 1 ACK 11 message ?<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    ["the longest that is held", [E + "\x021" + "x".repeat(296), "y"], "ACK 299 length ?<1x*296y 0"],
    ["one byte more than that", [E + "\x021" + "x".repeat(297), "y"], "ACK length ?<1x*297 0 noise y 0"],
    [
      "blanks and control characters in a text",
      [E, f(1, "H| \x1f\r"), T],
      "ACK 1 ACK 13 message ?<1H| \u001f/>44/;! of H| \u001f/=<1H| \u001f/>44/; 0",
    ],
    [
      "two messages with noise between",
      [E + H + T + "zz" + E + H + T],
      "ACK ACK message ?<1H|/>05/;! of H|/=<1H|/>05/; noise zz ACK ACK message ?<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
  ])("with %s", (_what, chunks, log) => {
    expect(heard(chunks).join(" ")).toBe(log);
    expect(sound(heard(apart(chunks)))).toEqual(sound(heard(chunks)));
  });
  test("on which nothing is answered", () => {
    expect(heard([E, bad(H), H, T], { answers: false }).slice(0, 3)).toEqual(["1", "11", "21"]);
  });
  test("on which many frames come, more than are held at first", () => {
    const frames = Array.from({ length: 80 }, (_, i) => f((i + 1) % 8, `C|${i}\r`));
    const [message] = heard([E, ...frames, T], { maxBytes: 100_000 }).filter((each) => each.startsWith("message"));
    const [whole = "", pieces = ""] = message?.split(" of ") ?? [];
    expect(whole).toBe(`message ?${frames.map((each) => show(ascii(each))).join("")}!`);
    expect(pieces.split(" ")).toEqual(frames.map((each, i) => `C|${i}/=${show(ascii(each))}`));
  });
  test("on which a very long message came and another follows", () => {
    const long = f(2, `C|${"x".repeat(90_000)}\r`);
    const log = heard([E, H, long, T, E, H, T], { maxBytes: 200_000 });
    expect(log.filter((each) => each.startsWith("message")).at(-1)).toBe("message ?<1H|/>05/;! of H|/=<1H|/>05/;");
    expect(log.some((each) => each.includes("x*90000/="))).toBe(true);
  });
});

describe("a line on which the header may come before its call", () => {
  test.each<Case>([
    [
      "a header and its call",
      [H, E, P, T],
      "10 ACK 11 ACK 22 message <1H|/>05/;?<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    ["a broken header", [bad(H), E, H, T], "noise <1H|\f>05/; 0 ACK 1 ACK 11 message ?<1H|/>05/;! of H|/=<1H|/>05/; 0"],
    ["a result before the call", [f(1, "P|\r"), E], "noise <1P|/>0D/; 0 ACK 1"],
    ["a header with the number 2", [f(2, "H|\r"), E], "noise <2H|/>06/; 0 ACK 1"],
    [
      "two headers",
      [H, H, E, P, T],
      "10 incomplete <1H|/>05/; 10 ACK 11 ACK 22 message <1H|/>05/;?<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    [
      "noise between a header and its call",
      [H, "xx", E, P, T],
      "10 12 ACK 13 ACK 24 message <1H|/>05/;xx?<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    [
      "noise before a header",
      ["xx" + H + E + P + T],
      "noise xx ACK ACK message <1H|/>05/;?<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    [
      "noise by itself before a header",
      ["xx", H, E, P, T],
      "noise xx 0 10 ACK 11 ACK 22 message <1H|/>05/;?<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    ["an end behind a header", [H, T, E], "10 incomplete <1H|/>05/;! 0 ACK 1"],
    ["silence behind a header", [H, silence, E, P, T], "10 incomplete <1H|/>05/; 0 ACK 1 NAK 12 noise ?<2P|1/>3F/;! 0"],
    ["silence in a header", [H.slice(0, 5), silence, E], "5 noise <1H|/ 0 ACK 1"],
    [
      "a call of somebody else before a header",
      [E, H, E, P, T],
      "ACK 1 ACK 11 noise ? ACK 11 ACK 22 message <1H|/>05/;?<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    [
      "a call in the middle of a message",
      [E, H, P, E, H, T],
      "ACK 1 ACK 11 ACK 22 incomplete ?<1H|/>05/;<2P|1/>3F/; ACK 1 ACK 11 message ?<1H|/>05/;! of H|/=<1H|/>05/; 0",
    ],
    [
      "a header in the middle of a message",
      [H, E, P, H, E, P, T],
      "10 ACK 11 ACK 22 incomplete <1H|/>05/;?<2P|1/>3F/; 10 ACK 11 ACK 22 message <1H|/>05/;?<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    [
      "a header in the middle of a message that was called for",
      [E, H, P, H, E, P, T],
      "ACK 1 ACK 11 ACK 22 incomplete ?<1H|/>05/;<2P|1/>3F/; 10 ACK 11 ACK 22 message <1H|/>05/;?<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    [
      "a header said again behind its call",
      [H, E, H, P, T],
      "10 ACK 11 ACK 21 ACK 32 message <1H|/>05/;?<1H|/>05/;<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    [
      "a ninth frame, which has the number 1",
      [E, H, P, ...[3, 4, 5, 6, 7, 0].map((n) => f(n, "R|\r")), f(1, "R|9\r"), T],
      "ACK 1 ACK 11 ACK 22 ACK 32 ACK 42 ACK 52 ACK 62 ACK 72 ACK 82 ACK 93 message ?<1H|/>05/;<2P|1/>3F/;<3R|/>11/;<4R|/>12/;<5R|/>13/;<6R|/>14/;<7R|/>15/;<0R|/>0E/;<1R|9/>48/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; R|/=<3R|/>11/; R|/=<4R|/>12/; R|/=<5R|/>13/; R|/=<6R|/>14/; R|/=<7R|/>15/; R|/=<0R|/>0E/; R|9/=<1R|9/>48/; 0",
    ],
    [
      "a call in the middle of a header",
      [H.slice(0, 4) + E, H + E + P + T],
      "5 noise <1H| ACK ACK noise ? ACK ACK message <1H|/>05/;?<2P|1/>3F/;! of H|/=<1H|/>05/; P|1/=<2P|1/>3F/; 0",
    ],
    [
      "a header that begins twice",
      ["\x02\x02" + H.slice(1), E, T],
      "noise < 10 ACK 11 message <1H|/>05/;?! of H|/=<1H|/>05/; 0",
    ],
    ["a header without an end", ["\x021H" + "x".repeat(400), E], "length <1Hx*297 noise x*103 0 ACK 1"],
  ])("with %s", (_what, chunks, log) => {
    expect(heard(chunks, { headerFirst: true }).join(" ")).toBe(log);
    expect(sound(heard(apart(chunks), { headerFirst: true }))).toEqual(sound(heard(chunks, { headerFirst: true })));
  });
});
