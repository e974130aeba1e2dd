import { match } from "pinyin-pro";
import { expect, test } from "vitest";
import { soundsBy } from "../../../renderer/desk/pinyin.ts";

const sounds = soundsBy(match);

test.each([
  ["赵春梅", "zcm", true],
  ["赵春梅", "zhaochun", true],
  ["赵春梅", "zhao chun mei", true],
  ["赵春梅", "chunmei", true],
  ["赵春梅", "春", true],
  ["赵春梅", "zm", false],
  ["赵春梅", "sdh", false],
  ["青霉素类", "qms", true],
  ["Amlodipine", "LODI", true],
  ["Amlodipine", "xyz", false],
] as const)("%s is found by %j: %s", (word, typed, wanted) => {
  expect(sounds(word, typed)).toBe(wanted);
});
