import { describe, expect, test } from "vitest";
import { languages, placeholdersOf, type Language } from "../../../core/i18n/message.ts";
import { promptsOf, spokenKeys } from "../../../core/voice/prompts.ts";
import { clausesOf, shownWords, utterance, type SpokenKey } from "../../../core/voice/script.ts";

const all = () => true;
const words = new Map(
  languages.map((language) => [language, new Map(promptsOf(language).map((one) => [one.clip, one]))]),
);
/** What is heard, as text. */
function heard(language: Language, key: SpokenKey, values: Readonly<Record<string, string | number>> = {}) {
  return utterance(language, { key, values }, all)
    ?.map((sound) => (typeof sound === "number" ? "、" : (words.get(language)?.get(sound)?.words ?? `?${sound}`)))
    .join("|");
}

test("a sentence without values is one clip", () => {
  expect(clausesOf("zh-CN", "请坐好,歇五分钟。")).toEqual([[{ part: 0, words: "请坐好,歇五分钟。" }]]);
});

test("a value stands between the clips of its sentence", () => {
  expect(heard("zh-CN", "bp.high_normal", { v: "135/88" })).toBe(
    "血压|一|百|三|十|五|、|八|十|八|比理想的高一点。少吃盐,控制体重,半年内再测。",
  );
  expect(heard("en", "temp.normal", { v: "36.5" })).toBe("Temperature|thirty|six|point|five|normal.");
});

test("signs and units are said as people say them", () => {
  expect(heard("zh-CN", "spo2.normal", { v: 97 })).toBe("血氧百分之|九|十|七|正常。");
  expect(heard("en", "spo2.normal", { v: 97 })).toBe("Oxygen|ninety|seven|percent,|normal.");
  expect(heard("zh-CN", "em.speak3", { address: "石桥村委会一楼" })).toBe("请用这里的电话拨打幺二零。");
});

test("words of the catalogue are said in place of a value", () => {
  expect(heard("zh-CN", "lip.ok", { name: "总胆固醇", v: "4.2" })).toBe(
    "总胆固醇|四|点|二|合适。少吃肥肉油炸,多吃菜。",
  );
});

test("a sign that was already put into words is said", () => {
  expect(heard("zh-CN", "glu.crisis", { v: "高于33.3" })).toContain("高于|三|十|三|点|三");
  expect(heard("en", "glu.crisis", { v: "above 33.3" })).toContain("above|thirty|three|point|three");
});

test("a name takes its own clause along, and nothing else", () => {
  expect(heard("zh-CN", "ui.you", { name: "周秀芬" })).toBe("您好。今天想做什么?");
});

test("a sentence that is nothing without its name is said around it", () => {
  expect(heard("zh-CN", "ui.right_person", { name: "周秀芬" })).toBe("现在测的是|本人吗?");
});

test("a pack without one of the clips says none of the sentence", () => {
  const has = (clip: string) => clip !== "number.point";
  expect(utterance("zh-CN", { key: "temp.normal", values: { v: "36.5" } }, has)).toBeUndefined();
  expect(utterance("zh-CN", { key: "temp.normal", values: { v: "36" } }, has)).toBeDefined();
});

describe.each(languages)("the prompts in %s", (language) => {
  test("are there once each, with something to say", () => {
    const prompts = promptsOf(language);
    expect(new Set(prompts.map(({ clip }) => clip)).size).toBe(prompts.length);
    expect(prompts.filter(({ words }) => !/[\p{L}\p{N}]/u.test(words))).toEqual([]);
  });
  test("have nothing left of a placeholder", () => {
    expect(promptsOf(language).filter(({ words }) => /[{}]/u.test(words))).toEqual([]);
  });
  // One that is nothing but its value is said by the clips of the value.
  const bare = new Set<SpokenKey>(["kiosk.keys.number"]);
  test.each(spokenKeys.filter((key) => !bare.has(key)))("%s can be said", (key) => {
    const text = shownWords(language, key);
    const values = Object.fromEntries(placeholdersOf(text).map((name) => [name, 5]));
    expect(heard(language, key, values)).toMatch(/^[^?]/u);
    expect(heard(language, key, values)).not.toContain("?number");
  });
});
