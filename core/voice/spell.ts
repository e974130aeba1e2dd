import type { Language } from "../i18n/message.ts";

/** What is said in order: the key of a clip, or so many milliseconds of silence. */
export type Sound = string | number;

/** Between the two numbers of a pressure, where the language has no word for the slash. Milliseconds. */
const slashPause = 180;

const zhDigits = Array.from("零一二三四五六七八九");
const enSmall =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const enTens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const enMonths = "January February March April May June July August September October November December".split(" ");

/** Between the groups of a phone number. Milliseconds. */
const groupPause = 250;

/** Every clip that numbers and dates are put together from, with the words it says. */
export const numberWords: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  "zh-CN": new Map([
    ...zhDigits.map((word, digit) => [`number.${digit}`, word] as const),
    ["number.ten", "十"],
    ["number.hundred", "百"],
    ["number.thousand", "千"],
    ["number.point", "点"],
    ["number.below", "低于"],
    ["number.above", "高于"],
    ["number.x", "艾克斯"],
    ["number.month", "月"],
    ["number.day", "日"],
  ]),
  en: new Map([
    ...enSmall.map((word, value) => [`number.${value}`, word] as const),
    ...enTens.map((word, index) => [`number.${index * 10 + 20}`, word] as const),
    ...enMonths.map((word, index) => [`number.month.${index + 1}`, word] as const),
    ["number.hundred", "hundred"],
    ["number.thousand", "thousand"],
    ["number.and", "and"],
    ["number.point", "point"],
    ["number.over", "over"],
    ["number.below", "below"],
    ["number.above", "above"],
    ["number.x", "X"],
  ]),
};

/**
 * The clips that say a value: a number (up to 9999 as a whole word, else digit by digit), a pressure `135/88`, either
 * with `<` or `>` before it, a day `2031-05-09`, a phone number in groups (`0500-1234567`, `1 2 0`: digit by digit), or
 * one key of a number pad (`7`, `X`, `.`). Undefined: not a value that is put together from clips. Of 二 and 两 only 二 is used: what is measured is read out, not counted.
 */
export function spell(language: Language, value: string | number): readonly Sound[] | undefined {
  const text = String(value).trim();
  if (text === "X" || text === "x") return ["number.x"];
  if (text === ".") return ["number.point"];
  const bound = /^([<>])\s*(.+)$/u.exec(text);
  if (bound !== null) {
    const rest = spell(language, bound[2] ?? "");
    return rest && [bound[1] === "<" ? "number.below" : "number.above", ...rest];
  }
  const pressure = /^(\d{1,4})\/(\d{1,4})$/u.exec(text);
  if (pressure !== null) {
    const [upper, lower] = [spell(language, pressure[1] ?? ""), spell(language, pressure[2] ?? "")];
    return upper && lower && [...upper, language === "en" ? "number.over" : slashPause, ...lower];
  }
  const day = /^\d{4}-(\d{2})-(\d{2})$/u.exec(text);
  if (day !== null) return dayOf(language, Number(day[1]), Number(day[2]));
  // Read out to be dialed.
  if (/^[+]?\d+(?:[ -]+\d+)+$/u.test(text))
    return Array.from(text.replaceAll(/[+ ]/gu, ""), (mark) => (mark === "-" ? groupPause : `number.${mark}`));
  const whole = /^(0|[1-9]\d{0,3})(?:[.](\d{1,6}))?$/u.exec(text);
  if (whole !== null) {
    const digits = Array.from(whole[2] ?? "", (digit) => `number.${digit}`);
    const integer = (language === "en" ? english : chinese)(Number(whole[1]));
    return digits.length === 0 ? integer : [...integer, "number.point", ...digits];
  }
  return /^\d{1,20}$/u.test(text) ? Array.from(text, (digit) => `number.${digit}`) : undefined;
}

/** Month and day; of the year nobody asks for is nothing said. */
function dayOf(language: Language, month: number, day: number): readonly Sound[] | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  if (language === "en") return [`number.month.${month}`, ...english(day)];
  return [...chinese(month), "number.month", ...chinese(day), "number.day"];
}

const digitClip = (digit: number): string => `number.${digit}`;

/** 0 to 9999. A gap in the middle is said once as 零; ten to nineteen by themselves begin with 十. */
function chinese(value: number): readonly string[] {
  if (value === 0) return [digitClip(0)];
  const said: string[] = [];
  let gap = false;
  for (const [unit, clip] of chineseUnits) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) {
      gap = said.length > 0;
      continue;
    }
    if (gap) said.push(digitClip(0));
    gap = false;
    if (!(unit === 10 && digit === 1 && value < 20)) said.push(digitClip(digit));
    if (clip !== undefined) said.push(clip);
  }
  return said;
}
const chineseUnits = [
  [1000, "number.thousand"],
  [100, "number.hundred"],
  [10, "number.ten"],
  [1, undefined],
] as const;

/** 0 to 9999, with `and` before what is below a hundred. */
function english(value: number): readonly string[] {
  if (value < 20) return [digitClip(value)];
  if (value < 100) return [digitClip(value - (value % 10)), ...(value % 10 === 0 ? [] : [digitClip(value % 10)])];
  const [unit, clip] = value < 1000 ? ([100, "number.hundred"] as const) : ([1000, "number.thousand"] as const);
  const rest = value % unit;
  return [
    ...english(Math.floor(value / unit)),
    clip,
    ...(rest === 0 ? [] : rest < 100 ? ["number.and", ...english(rest)] : english(rest)),
  ];
}
