import { expect, test } from "vitest";
import { samePerson, type EarlierBody, type PersonSigns } from "../../../core/rules/same-person.ts";

const record = { sex: "female", birthYear: 1950 } as const;
const earlier: EarlierBody = { daysAgo: 90, weightKg: 60, heightCm: 160 };

test.each<[string, PersonSigns, EarlierBody | undefined, readonly string[]]>([
  ["nothing known", {}, undefined, []],
  ["the same", { weightKg: 60, heightCm: 160, sex: "female", birthYear: 1950 }, earlier, []],
  ["exactly a tenth more", { weightKg: 66 }, earlier, []],
  ["more than a tenth", { weightKg: 66.1 }, earlier, ["weight"]],
  ["more than a tenth less", { weightKg: 53.9 }, earlier, ["weight"]],
  ["3 cm less", { heightCm: 157 }, earlier, []],
  ["3.1 cm less", { heightCm: 156.9 }, earlier, ["height"]],
  ["3.1 cm more", { heightCm: 163.1 }, earlier, ["height"]],
  ["a record of 91 days", { weightKg: 90, heightCm: 180 }, { ...earlier, daysAgo: 91 }, []],
  ["a record without a weight", { weightKg: 90 }, { daysAgo: 1 }, []],
  ["another sex", { sex: "male" }, undefined, ["sex"]],
  ["another year of birth", { birthYear: 1951 }, undefined, ["age"]],
  [
    "everything",
    { weightKg: 90, heightCm: 180, sex: "male", birthYear: 1980 },
    earlier,
    ["weight", "height", "sex", "age"],
  ],
])("%s", (_what, now, before, expected) => {
  expect(samePerson(now, record, before)).toEqual(expected);
});
