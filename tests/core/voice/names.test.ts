import { describe, expect, test } from "vitest";
import type { ServicePackage } from "../../../core/care/packages.ts";
import { languages, messageOf, type Language } from "../../../core/i18n/message.ts";
import { drugSaid, packageSaid, type Label } from "../../../core/voice/names.ts";
import { clipFileSchema } from "../../../core/voice/pack.ts";
import { namePrompts, promptsOf } from "../../../core/voice/prompts.ts";
import { createLogger } from "../../../station/log/logger.ts";
import { namedThings } from "../../../station/voice/shipped-names.ts";

const [shipped] = await namedThings(createLogger({ level: "error", to: { write: () => undefined } }));
if (shipped === undefined) throw new Error("nothing is shipped");

const pack: ServicePackage = {
  id: "elder-65",
  specimen: true,
  group: "elder",
  name: { zh: "示例服务包", en: "Specimen package" },
  contains: [
    { zh: "量血压", en: "Blood pressure", timesAYear: 4 },
    { zh: "医生上门", en: "A visit at home" },
  ],
  price: { kind: "paid", says: { zh: "一年二十元", en: "20 yuan a year" } },
  source: "tests",
};
const labelIn =
  (language: Language): Label =>
  (key, params) =>
    messageOf(language, key, params);
const said = (one: ServicePackage) => packageSaid("zh-CN", one, labelIn("zh-CN"));

test("a package is said by its name, each line with how often, and the practice's price", () => {
  expect(said(pack).map(({ words }) => words)).toEqual(["示例服务包", "量血压，一年4次", "医生上门", "一年二十元"]);
  expect(packageSaid("en", pack, labelIn("en"))[1]?.words).toBe("Blood pressure. Times a year: 4");
});

describe("another text is another clip:", () => {
  test.each<[string, ServicePackage, number]>([
    ["a package of the same id with another name", { ...pack, name: { zh: "别的服务包", en: "Another" } }, 0],
    ["a line with another number", { ...pack, contains: [{ zh: "量血压", en: "Blood pressure", timesAYear: 6 }] }, 1],
    ["another line", { ...pack, contains: [{ zh: "量血糖", en: "Glucose", timesAYear: 4 }] }, 1],
  ])("%s", (_, other, at) => {
    expect(said(other)[at]?.clip).not.toBe(said(pack)[at]?.clip);
    expect(said(other)[at]?.clip).toMatch(/^(package|line)[.]/u);
  });
  test("a drug that the county calls otherwise", () => {
    const [one, other] = ["氨氯地平", "苯磺酸氨氯地平"].map((zh) => drugSaid("zh-CN", { id: "a-5", zh, en: "a" }).clip);
    expect(one).toMatch(/^drug[.]a-5[.][0-9a-f]{8}$/u);
    expect(other).not.toBe(one);
  });
});

test("marks and blanks as a page sets them do not make another clip", () => {
  const of = (zh: string) => drugSaid("zh-CN", { id: "a-5", zh, en: "a" }).clip;
  expect(of("量血压, 看用药(一次)")).toBe(of("量血压，看用药（一次）"));
});

describe.each(languages)("what comes with the program, in %s:", (language) => {
  const prompts = namePrompts(language, shipped);
  const words = new Map(prompts.map(({ clip, words: as }) => [clip, as]));
  test.each(shipped.drugs.map((drug) => [drug.id, drug] as const))("%s has a clip", (_, drug) => {
    expect(words.get(drugSaid(language, drug).clip)).toMatch(/\p{L}{2}/u);
  });
  test.each(shipped.packages.map((one) => [one.id, one] as const))("every line of %s has one", (_, one) => {
    const lines = packageSaid(language, one, labelIn(language));
    expect(lines.length).toBeGreaterThanOrEqual(1 + one.contains.length);
    expect(lines.filter(({ clip }) => !words.has(clip))).toEqual([]);
  });
  test("each is there once, under a name that a clip may have and no sentence has", () => {
    const clips = [...promptsOf(language), ...prompts].map(({ clip }) => clip);
    expect(new Set(clips).size).toBe(clips.length);
    expect(clips.filter((clip) => !clipFileSchema.safeParse(`${clip}.webm`).success)).toEqual([]);
  });
});

test("no voice that reads pinyin meets Latin letters, Roman numerals or a time of day in figures", () => {
  expect(namePrompts("zh-CN", shipped).filter(({ words }) => /[A-Za-zⅠ-Ⅻ]|\d:\d/u.test(words))).toEqual([]);
});
