import { expect, test } from "vitest";
import { packageSchema, type ServicePackage } from "../../core/care/packages.ts";
import { hospitalSchema, hospitalsSchema } from "../../core/domain/hospitals.ts";
import {
  fieldsOf,
  hospitalDraft,
  hospitalText,
  packageDraft,
  packageText,
  problemsBy,
} from "../../renderer/kiosk/technician/offer-draft.ts";
import diabetes from "../../resources/services/diabetes.json" with { type: "json" };
import elder from "../../resources/services/elder-65.json" with { type: "json" };
import specimen from "../../resources/hospitals/specimen.json" with { type: "json" };

const paid: ServicePackage = {
  ...packageSchema.parse(elder),
  price: { kind: "paid", says: { zh: "一年60元", en: "60 yuan a year" }, yuan: 60, payer: "resident" },
};

test.each(hospitalsSchema.parse(specimen).hospitals)("hospital $id goes through the form unchanged", (hospital) => {
  expect(hospitalSchema.parse(JSON.parse(hospitalText(hospitalDraft(hospital, "x"))))).toEqual(hospital);
});

test.each([packageSchema.parse(elder), packageSchema.parse(diabetes), paid])(
  "package $id goes through the form unchanged",
  (one) => expect(packageSchema.parse(JSON.parse(packageText(packageDraft(one, "x"))))).toEqual(one),
);

test.each([
  [" 12 ", 12],
  ["12,5", 12.5],
  ["many", "many"],
  ["", undefined],
])("%j times a year is kept as %j", (timesAYear, kept) => {
  const draft = packageDraft(packageSchema.parse(elder), "x");
  const text = packageText({ ...draft, contains: [{ zh: "一", en: "One", timesAYear }] });
  expect((JSON.parse(text) as { contains: unknown[] }).contains).toEqual([
    { zh: "一", en: "One", ...(kept === undefined ? {} : { timesAYear: kept }) },
  ]);
});

test("a new one has a mark of its own, and nothing of it is filled in for anybody", () => {
  const [one, other] = [hospitalDraft(undefined, "a1"), packageDraft(undefined, "b2")];
  expect([one.id, other.id]).toEqual(["hospital-a1", "package-b2"]);
  expect(hospitalSchema.safeParse(one).success).toBe(false);
  expect([one.specimen, other.specimen]).toEqual([false, false]);
});

/** Whatever the schema can say about a form stands at a field of it, or above it: nothing is said nowhere. */
test.each([
  ["hospital", hospitalText(hospitalDraft(undefined, "a1")), hospitalSchema],
  ["package", packageText({ ...packageDraft(undefined, "b2"), price: "paid", yuan: "x" }), packageSchema],
])("of an empty %s each problem has its field", (_, text, schema) => {
  const { error } = schema.safeParse(JSON.parse(text));
  const reason = { zh: "缺", en: "Missing" };
  const problems = (error?.issues ?? []).map(({ path }) => ({ path: path.join("."), reason }));
  const { at, elsewhere } = problemsBy(problems, fieldsOf(text));
  expect(problems.length).toBeGreaterThan(4);
  expect(elsewhere).toEqual([]);
  expect(problems.every(({ path }) => at(path) !== undefined)).toBe(true);
});

test.each(["id", "hospitals", "price.kind", undefined])("a problem at %s is told above the form", (path) => {
  const problem = { ...(path === undefined ? {} : { path }), reason: { zh: "缺", en: "Missing" } };
  const fields = fieldsOf(hospitalText(hospitalDraft(undefined, "a1")));
  expect(problemsBy([problem], fields).elsewhere).toEqual([problem]);
});
