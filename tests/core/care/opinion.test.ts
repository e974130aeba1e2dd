import { expect, test } from "vitest";
import { kindOf, prefilled, signedParts, toldWords } from "../../../core/care/opinion.ts";
import { longestPart, soapSchema } from "../../../core/care/soap.ts";
import { opinionSchema, type Opinion } from "../../../core/journal/entry.ts";
import { visitRecord } from "../../renderer/desk/specimens.ts";

const old: Opinion = {
  id: "019a0000-0000-7000-8000-000000000001",
  call: "019a0000-0000-7000-8000-000000000002",
  visit: "v",
  station: "s",
  clinician: { id: "d", name: "Specimen" },
  text: "Words of their own",
  next: "none",
  writtenAt: "2026-03-02T08:00:00.000Z",
};
const clock = (at: string) => at.slice(11, 16);

test("what was written before there were signatures stays readable", () => {
  expect(opinionSchema.parse(old)).toEqual(old);
  expect(toldWords(old, "en")).toEqual(["Words of their own"]);
  expect(signedParts(old)).toBeUndefined();
  expect(kindOf(old)).toBe("opinion");
});

test("a resident is told the sentences in their own language", () => {
  const sentences = [{ key: "care.say.worseCall", values: {} }] as const;
  expect(toldWords({ ...old, sentences: [...sentences] }, "en")[0]).toMatch(/^If you feel worse/);
});

test.each(["zh-CN", "en"] as const)("every accepted number stands in O with its time (%s)", (language) => {
  const { results } = visitRecord();
  const { objective, subjective } = prefilled({ symptoms: ["头疼", "恶心"], results }, language, clock);
  for (const { measurements } of results)
    for (const { readings, times } of measurements) {
      const line = objective.split("\n").find((one) => readings.every(({ value }) => one.includes(String(value))));
      expect(line?.startsWith(clock(times.heardAt))).toBe(true);
    }
  expect(subjective).toBe(language === "en" ? "头疼; 恶心" : "头疼；恶心");
  expect(objective).not.toContain("mm[Hg]");
});

test("nothing measured and nothing said is nothing written", () => {
  expect(prefilled({ symptoms: [], results: [] }, "en", clock)).toEqual({ subjective: "", objective: "" });
});

test("what the visit fills in is never longer than a part may be", () => {
  const many = Array.from({ length: 400 }, () => "头疼得厉害");
  expect(prefilled({ symptoms: many, results: [] }, "en", clock).subjective).toHaveLength(longestPart);
});

test.each([
  { name: "all four", more: {}, fits: true },
  { name: "no S and no O", more: { subjective: "", objective: "" }, fits: true },
  { name: "no A", more: { assessment: "  " }, fits: false },
  { name: "no P", more: { plan: "" }, fits: false },
  { name: "a part too long", more: { plan: "x".repeat(longestPart + 1) }, fits: false },
])("a sheet with $name", ({ more, fits }) => {
  const sheet = { subjective: "s", objective: "o", assessment: "a", plan: "p", ...more };
  expect(soapSchema.safeParse(sheet).success).toBe(fits);
});
