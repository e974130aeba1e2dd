import { expect, test } from "vitest";
import { next, welcome, type KioskInput, type KioskState } from "../../../core/machine/kiosk.ts";
import type { Answers } from "../../../core/journal/visit-bodies.ts";
import { restQuestions, restStepOf } from "../../../core/machine/steps.ts";
import { kinds, run, told, visitOf } from "./kiosk-walk.ts";

const takes = ["a", "b"].map((drug) => ({ prescription: `p-${drug}`, drug }));
const opened = (more: Partial<Extract<KioskInput, { kind: "opened" }>> = {}): KioskInput => ({
  kind: "opened",
  resumed: false,
  send: true,
  done: [],
  answers: {},
  takes,
  ...more,
});
/** Somebody known, who has said that nothing is an emergency. */
const known = (...first: readonly KioskInput[]): KioskState =>
  run(
    kinds(welcome, "start"),
    { kind: "found", found: { token: "t", known: true, resumes: false, ask: [] } },
    { kind: "yes" },
    ...first,
    { kind: "no" },
  );
const taken = (how: "taken" | "notTaken" | "notSure"): KioskInput => ({ kind: "taken", taken: how });
const pressure: readonly KioskInput[] = [
  { kind: "pick", check: "bloodPressure" },
  { kind: "yes" },
  { kind: "no" },
  { kind: "answers", answers: { cuff: "standard" } },
  { kind: "next" },
];
/** Both boards, on which nothing is named. */
const boards: readonly KioskInput[] = [{ kind: "no" }, { kind: "no" }];
const said = (state: KioskState): Answers["medicines"] => visitOf(state)?.answers.medicines;

test("while resting each medicine is asked about, after the boards, and then the rest goes on", () => {
  const first = run(known(opened()), ...pressure, ...boards);
  expect(first).toMatchObject({ at: "owed", what: "medicines", onward: "rest" });
  const second = run(first, taken("taken"));
  expect(second).toMatchObject({ at: "owed", what: "medicines" });
  expect(told(first, taken("taken"))).toEqual(["answer"]);
  const rest = run(second, { kind: "no" }, taken("notSure"));
  expect(rest).toMatchObject({ at: "prepare", step: restStepOf("bloodPressure") });
  expect(said(rest)).toEqual([
    { ...takes[0], taken: "taken" },
    { ...takes[1], taken: "notSure" },
  ]);
  expect(visitOf(rest)?.owed).toEqual([]);
});

test("an answer tells the host of that one medicine alone", () => {
  const at = run(known(opened()), ...pressure, ...boards, taken("taken"));
  expect(next(at, taken("notTaken")).effects).toEqual([
    { kind: "answer", answers: { medicines: [{ ...takes[1], taken: "notTaken" }] } },
  ]);
});

test("who rests for nothing is asked after the first result, before the results stand together", () => {
  const result = run(
    known(opened()),
    { kind: "pick", check: "temperature" },
    { kind: "go" },
    { kind: "measured", confirm: false },
  );
  expect(result.at).toBe("result");
  const asked = run(result, { kind: "showResults" }, ...boards);
  expect(asked).toMatchObject({ at: "owed", what: "medicines" });
  expect(run(asked, taken("taken"), taken("notTaken")).at).toBe("results");
});

test.each(["notTaken", "notSure"] as const)("a no is asked once more, and %s goes on as well", (how) => {
  const asked = run(known(opened({ takes: takes.slice(0, 1) })), ...pressure, ...boards);
  const doubt = run(asked, { kind: "no" });
  expect(doubt).toMatchObject({ at: "owed", doubt: true });
  expect(run(doubt, { kind: "no" })).toEqual(doubt);
  expect(run(doubt, taken(how))).toMatchObject({ at: "prepare" });
});

test("back goes from the doubt to the question, to the medicine before, and out; the later word counts", () => {
  const second = run(known(opened()), ...pressure, ...boards, taken("taken"));
  const doubt = run(second, { kind: "no" });
  expect(run(doubt, { kind: "back" })).toMatchObject({ at: "owed", nth: 1 });
  const first = run(doubt, { kind: "back" }, { kind: "back" });
  expect(first).toMatchObject({ at: "owed", nth: 0 });
  expect(first).not.toHaveProperty("doubt");
  expect(run(first, { kind: "back" }).at).toBe("prepare");
  const again = run(first, { kind: "no" }, taken("notTaken"));
  expect(said(again)).toEqual([{ ...takes[0], taken: "notTaken" }]);
  expect(run(again, taken("taken"))).toMatchObject({ at: "prepare" });
});

const none = opened({ takes: [] });
test.each([
  ["a guest", run(kinds(welcome, "start", "noCard", "guest"), none, { kind: "no" })],
  ["a resident without medicines", known(none)],
])("%s is asked about any medicine, as the rest's own question", (_, start) => {
  const rest = run(start, ...pressure, ...boards);
  expect(rest).toMatchObject({ at: "prepare", step: restStepOf("bloodPressure") });
  expect(restQuestions(visitOf(rest) ?? {})).toContain("medicineToday");
});

test("who was asked about each is not asked about any", () => {
  const rest = run(known(opened()), ...pressure, ...boards, taken("taken"), taken("taken"));
  expect(restQuestions(visitOf(rest) ?? {})).not.toContain("medicineToday");
});

test("one's own page of medicines asks first, then shows them, and does not ask again", () => {
  const asked = run(known(opened()), { kind: "mine" }, { kind: "mine", page: "medicines" });
  expect(asked).toMatchObject({ at: "owed", what: "medicines", onward: "medicines" });
  expect(run(asked, { kind: "back" })).toMatchObject({ at: "mine" });
  const page = run(asked, taken("taken"), taken("taken"));
  expect(page).toMatchObject({ at: "mine", page: "medicines" });
  const again = run(page, { kind: "mine" }, { kind: "mine", page: "medicines" });
  expect(again).toMatchObject({ at: "mine", page: "medicines" });
});

test("a visit that goes on asks only about what was not answered before it was cut off", () => {
  const answers: Answers = { medicines: [{ prescription: "p-a", drug: "a", taken: "taken" }] };
  const some = run(known(opened({ resumed: true, symptoms: [], done: ["glucose"], answers })), { kind: "showResults" });
  expect(visitOf(some)?.owed).toEqual(["medicines"]);
  const all: Answers = { medicines: takes.map((one) => ({ ...one, taken: "notSure" })) };
  expect(visitOf(known(opened({ resumed: true, symptoms: [], done: [], answers: all })))?.owed).toEqual([]);
});
