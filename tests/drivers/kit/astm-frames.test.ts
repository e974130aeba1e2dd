import { describe, expect, test } from "vitest";
import { astmSum, readFrame, writeFrame } from "../../../drivers/kit/astm-frame.ts";

/** Every checksum that the two dossiers work out, and what must not pass as a frame. */
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const worked: readonly (readonly [text: string, end: "etb" | "etx", checksum: string])[] = [
  ["4R|1|^^^413|40.13|g/L||N||F||$SYS$||20230803131700\r", "etb", "CE"],
  ["7L|1|N\r", "etx", "0A"],
  ["1H|\\^&|||KIOSKTEST^LIPID^1.0|||||||P|1|20240305073000\r", "etx", "6E"],
  ["2P|1\r", "etx", "3F"],
  ["3O|1|||^^^LIPID\r", "etx", "3F"],
  ["4R|1|^^^CHOL|4.81|mmol/L||N||F||||20240305072955\r", "etx", "32"],
  ["5R|2|^^^TRIG|<0.51|mmol/L||<||F||||20240305072955\r", "etx", "67"],
  ["6R|3|^^^HDL|1.29|mmol/L||N||F||||20240305072955\r", "etx", "E7"],
  ["7R|4|^^^LDL|---|mmol/L||||F||||20240305072955\r", "etx", "5C"],
  ["0L|1|N\r", "etx", "03"],
  ["1H|\\^&||-7880|Bayer7150^1.05\\0.00^7150-SAM2193|||||||P|1|200305121635\r", "etb", "AE"],
  ["1R|67|^^^Glucose|7.9|mmol/L^P||B||201011281949\r", "etb", "04"],
  ["5R|3|^^^Glucose|93|mg/dL^P||A/M0/T1||201505261150\r", "etb", "74"],
];

describe("the dossiers' frames", () => {
  test.each(worked)("%j", (text, end, checksum) => {
    const frame = writeFrame(Number(text[0]), ascii(text.slice(1)), end, "upper");
    expect(String.fromCharCode(...frame.subarray(-4, -2))).toBe(checksum);
    expect(readFrame(frame, "upper")).toEqual({
      number: Number(text[0]),
      text: ascii(text.slice(1)),
      closed: end === "etx",
    });
  });
  test("the sum runs from the number to ETB or ETX", () => {
    const frame = ascii("\x027L|1|N\r\x030A\r\n");
    expect(astmSum(frame, 1, frame.length - 4)).toBe(0x0a);
  });
});

describe("what is no frame", () => {
  test.each([
    ["a wrong checksum", "\x022P|1\r\x033E\r\n"],
    ["a lower-case checksum where the device writes upper case", "\x022P|1\r\x033f\r\n"],
    ["no CR", "\x022P|1\r\x033F\n\n"],
    ["no LF", "\x022P|1\r\x033F\r\r"],
    ["no ETX", "\x022P|1\r\r3F\r\n"],
    ["no STX", "\x032P|1\r\x033F\r\n"],
    ["a number above 7", "\x028P|1\r\x0345\r\n"],
    ["nothing but ends", "\x02\x0300\r\n"],
  ])("%s", (_what, text) => {
    expect(readFrame(ascii(text), "upper")).toBeUndefined();
  });
  test("lower case is read where the device writes it", () => {
    expect(readFrame(ascii("\x022P|1\r\x033f\r\n"), "lower")?.number).toBe(2);
  });
});
