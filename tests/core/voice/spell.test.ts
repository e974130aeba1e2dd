import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Language } from "../../../core/i18n/message.ts";
import { numberWords, spell } from "../../../core/voice/spell.ts";

/** What is heard: the words of the clips, one after the other. */
const heard = (language: Language, value: string | number): string | undefined =>
  spell(language, value)
    ?.map((sound) => (typeof sound === "number" ? "、" : (numberWords[language].get(sound) ?? `?${sound}`)))
    .join(language === "en" ? " " : "");

describe.each([
  [0, "零", "zero"],
  [5, "五", "five"],
  [10, "十", "ten"],
  [11, "十一", "eleven"],
  [12, "十二", "twelve"],
  [20, "二十", "twenty"],
  [22, "二十二", "twenty two"],
  [60, "六十", "sixty"],
  [98, "九十八", "ninety eight"],
  [100, "一百", "one hundred"],
  [101, "一百零一", "one hundred and one"],
  [110, "一百一十", "one hundred and ten"],
  [112, "一百一十二", "one hundred and twelve"],
  [120, "一百二十", "one hundred and twenty"],
  [135, "一百三十五", "one hundred and thirty five"],
  [200, "二百", "two hundred"],
  [999, "九百九十九", "nine hundred and ninety nine"],
  [1000, "一千", "one thousand"],
  [1005, "一千零五", "one thousand and five"],
  [1050, "一千零五十", "one thousand and fifty"],
  [2010, "二千零一十", "two thousand and ten"],
  [2031, "二千零三十一", "two thousand and thirty one"],
  [4700, "四千七百", "four thousand seven hundred"],
  [9999, "九千九百九十九", "nine thousand nine hundred and ninety nine"],
  ["5.6", "五点六", "five point six"],
  ["36.05", "三十六点零五", "thirty six point zero five"],
  ["11.10", "十一点一零", "eleven point one zero"],
  ["0500-12", "零五零零、一二", "zero five zero zero 、 one two"],
  ["1 2 0", "一二零", "one two zero"],
  ["+86 575 86", "八六五七五八六", "eight six five seven five eight six"],
  ["135/88", "一百三十五、八十八", "one hundred and thirty five over eighty eight"],
  ["> 33.3", "高于三十三点三", "above thirty three point three"],
  ["<1.1", "低于一点一", "below one point one"],
  ["2031-05-09", "五月九日", "May nine"],
  ["2031-12-20", "十二月二十日", "December twenty"],
  ["0571", "零五七一", "zero five seven one"],
  ["X", "艾克斯", "X"],
  [".", "点", "point"],
] as const)("%s is said", (value, zh, en) => {
  test(`${zh} in Chinese`, () => expect(heard("zh-CN", value)).toBe(zh));
  test(`${en} in English`, () => expect(heard("en", value)).toBe(en));
});

test.each(["", "周秀芬", "2031-13-01", "2031-05-32", "-5", "1.", "12a", "1/2/3", "1e3", Number.NaN])(
  "%s is no value that clips say",
  (value) => expect([spell("zh-CN", value), spell("en", value)]).toEqual([undefined, undefined]),
);

/** The other way round, by itself: what a listener understands. */
const zhValue = (words: string): number => {
  let [sum, digit] = [0, 0];
  for (const word of words) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[word];
    if (unit === undefined) digit = "零一二三四五六七八九".indexOf(word);
    else {
      sum += (digit === 0 && unit === 10 && sum === 0 ? 1 : digit) * unit;
      digit = 0;
    }
  }
  return sum + digit;
};
const small = [
  ...["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
  ...["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
];
const tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const enValue = (words: string): number => {
  let [sum, part] = [0, 0];
  for (const word of words.split(" ")) {
    if (word === "and") continue;
    if (word === "hundred") part *= 100;
    else if (word === "thousand") [sum, part] = [part * 1000, 0];
    else part += small.includes(word) ? small.indexOf(word) : (tens.indexOf(word) + 2) * 10;
  }
  return sum + part;
};

test("who hears a number understands that number, in both languages", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), (value) => {
      expect(zhValue(heard("zh-CN", value) ?? "")).toBe(value);
      expect(enValue(heard("en", value) ?? "")).toBe(value);
    }),
    { numRuns: 2_000 },
  );
});

test("a decimal is its whole part and its digits, every one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), fc.stringMatching(/^\d{1,3}$/), (whole, digits) => {
      const [before, after] = (heard("zh-CN", `${whole}.${digits}`) ?? "").split("点");
      expect(zhValue(before ?? "")).toBe(whole);
      expect(Array.from(after ?? "", (word) => "零一二三四五六七八九".indexOf(word)).join("")).toBe(digits);
    }),
  );
});
