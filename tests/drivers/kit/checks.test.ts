import { describe, expect, test } from "vitest";
import { checkNames, checks, isCrc, isWeak, type Check, type CheckName } from "../../../drivers/kit/checks.ts";
import { fromHex } from "../../../drivers/kit/index.ts";

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const of = (name: CheckName, bytes: Uint8Array): number => {
  const check: Check = checks[name];
  return check.extend(check.start, bytes, 0, bytes.length);
};

describe("a check gives its published value, or what a device's document prints", () => {
  test.each<[CheckName, string, Uint8Array, number]>([
    ["crc16-ccitt-false", "123456789", ascii("123456789"), 0x29b1],
    ["crc16-xmodem", "123456789", ascii("123456789"), 0x31c3],
    ["crc16-modbus", "123456789", ascii("123456789"), 0x4b37],
    ["crc8-maxim", "123456789", ascii("123456789"), 0xa1],
    ["crc8-maxim", "PC-600 handshake", fromHex("aa55ff0201"), 0xca],
    ["crc16-xmodem", "GM65 save settings", fromHex("0901000000"), 0xdec8],
    ["crc16-xmodem", "GM65 read baud", fromHex("0701002a02"), 0xd80f],
    ["neg-sum8", "SunTech start", fromHex("3a20"), 0xa6],
    ["not-sum8", "BerryMed ECG frame", fromHex("0a01f9890108f91830"), 0x28],
    ["neg-sum16", "GM72 start decode", fromHex("04e40400"), 0xff14],
    ["neg-sum7", "Toledo 65.4 kg", fromHex("022b30202020203635342020202020300d"), 0x27],
    ["sum8", "TaiDoc connect", fromHex("512200000000a3"), 0x16],
    ["xor8", "lock board open one", fromHex("8a010111"), 0x9b],
    ["sum16", "a sum above a byte", fromHex("ffff02"), 0x0200],
  ])("%s of %s", (name, _what, bytes, sum) => {
    expect(of(name, bytes)).toBe(sum);
  });
});

describe("a check goes on from where it was", () => {
  const bytes = Uint8Array.from({ length: 67 }, (_, i) => (i * 89 + 17) & 0xff);
  test.each(checkNames)("%s", (name) => {
    const check: Check = checks[name];
    const whole = of(name, bytes);
    const cuts = Array.from({ length: bytes.length + 1 }, (_, at) =>
      check.extend(check.extend(check.start, bytes, 0, at), bytes, at, bytes.length),
    );
    expect(new Set(cuts)).toEqual(new Set([whole]));
    expect(whole).toBeLessThanOrEqual(check.mask);
  });
});

test("what is under 16 bits is weak, and only a CRC sees two wrong bits", () => {
  expect(checkNames.filter((name) => !isWeak(name))).toEqual([
    "sum16",
    "neg-sum16",
    "crc16-modbus",
    "crc16-xmodem",
    "crc16-ccitt-false",
  ]);
  expect(checkNames.filter((name) => isCrc(name))).toEqual(checkNames.filter((name) => name.startsWith("crc")));
});
