import { expect, test } from "vitest";
import { dayMs, hourMs, minuteMs } from "../../../core/care/hours.ts";
import { priorities, referralReasons, referralStates } from "../../../core/care/referral-parts.ts";
import {
  letterOf,
  missingOf,
  path,
  placeOn,
  reasonsFor,
  receiversFor,
  whatThen,
  type LetterForm,
} from "../../../renderer/desk/pages/referral-letter.ts";
import { colleagues } from "./specimens.ts";
import { referrals } from "./work-specimens.ts";

const own = { org: "清溪镇卫生院", tier: "township" } as const;
const form: LetterForm = {
  direction: "up",
  to: "样本县医院",
  department: " 心血管内科 ",
  priority: "urgent",
  green: "",
  reasons: ["needsDiagnosis"],
  summary: "Specimen",
};
const about = { id: "019a0000-0000-7000-8000-00000000ff01", resident: "r", station: "s" };
const receivers = () => receiversFor("up", own, colleagues().map(withOrg));

/** The specimens' institutions go by their names. */
function withOrg(one: ReturnType<typeof colleagues>[number]) {
  return one.practice ? { ...one, practice: { ...one.practice, org: one.practice.orgName } } : one;
}

test("up goes to a higher tier and down to a lower one, never to one's own institution; who is there comes first", () => {
  expect(receivers()).toMatchObject([{ org: "样本县医院", tier: "county", here: 1, departments: ["心血管内科"] }]);
  expect(receiversFor("down", own, colleagues().map(withOrg)).map(({ tier }) => tier)).toEqual(["village"]);
  expect(receiversFor("up", { org: "样本县医院", tier: "county" }, colleagues().map(withOrg))).toEqual([]);
});

test.each(referralReasons)("%s can be given as a reason, in one direction at least", (reason) => {
  expect([...reasonsFor("up"), ...reasonsFor("down")]).toContain(reason);
});

test.each([
  [{ to: "" }, "to"],
  [{ reasons: [] }, "reasons"],
  [{ summary: "  " }, "summary"],
  [{}, undefined],
] as const)("%j lacks %s", (part, missing) => {
  expect(missingOf({ ...form, ...part })).toBe(missing);
});

test("a whole form is a letter; without an institution that could answer it is none", () => {
  expect(letterOf(form, about, receivers())).toEqual({
    ...about,
    direction: "up",
    priority: "urgent",
    to: { org: "样本县医院", tier: "county", department: "心血管内科" },
    reasons: ["needsDiagnosis"],
    summary: "Specimen",
  });
  expect(letterOf({ ...form, to: "elsewhere" }, about, receivers())).toBeUndefined();
});

const answers = { stat: 10 * minuteMs, urgent: 2 * hourMs } as const;
test.each(priorities)("what a %s letter will ask of whom is what the tasks will say", (priority) => {
  const letter = letterOf({ ...form, priority }, about, receivers());
  if (!letter) throw new Error("no letter");
  const then = whatThen(letter, { ...own, person: "me" }, Date.parse("2026-11-18T02:00:00.000Z"));
  expect(then.map(({ kind }) => kind)).toEqual([
    "referral.sign",
    "referral.accept",
    "referral.arrive",
    "referral.treat",
    "referral.return",
    "referral.receive",
    "referral.followUp",
  ]);
  const accept = then.find(({ kind }) => kind === "referral.accept");
  expect(accept?.owner.org).toBe("样本县医院");
  if (priority !== "routine") expect(accept?.withinMs).toBe(answers[priority]);
  expect(then.find(({ kind }) => kind === "referral.return")?.withinMs).toBe(14 * dayMs);
});

test.each(referralStates)("a referral that is %s has a place on its way", (state) => {
  const [one] = referrals(Date.now());
  if (!one) throw new Error("no specimen");
  expect(path[placeOn({ ...one, state })]).toBeDefined();
});
