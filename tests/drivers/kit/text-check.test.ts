import { expect, test } from "vitest";
import { mostDigits, writeCheck } from "../../../drivers/kit/text-check.ts";
import { textOf } from "./speaking.ts";

test.each([
  ["decimal", 0, "0"],
  ["decimal", 9, "9"],
  ["decimal", 10, "10"],
  ["decimal", 99, "99"],
  ["decimal", 100, "100"],
  ["decimal", 40_960, "40960"],
  ["decimal", 65_535, "65535"],
  ["hex2", 0x0a, "0A"],
  ["hex2", 0xf9, "F9"],
  ["hex4", 0x01bc, "01BC"],
  ["byte", 0x41, "A"],
] as const)("a check in the form %s of %d is written %s, and nothing behind it", (form, sum, digits) => {
  const into = new Uint8Array(mostDigits).fill(0x2e);
  expect(writeCheck(form, sum, into)).toBe(digits.length);
  expect(textOf(into)).toBe(digits.padEnd(mostDigits, "."));
});
