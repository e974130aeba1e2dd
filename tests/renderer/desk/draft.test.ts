import { expect, test } from "vitest";
import {
  dropDraft,
  freshDraft,
  isBegun,
  keepDraft,
  missingOf,
  readDraft,
  wishOf,
  withSentence,
  type Draft,
  type DraftStore,
} from "../../../renderer/desk/draft.ts";
import { calls } from "./specimens.ts";

function memory(): DraftStore {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const visit = { subjective: "头疼", objective: "168/97" };
const whole = (): Draft => ({
  ...freshDraft(),
  assessment: "血压偏高",
  plan: "复测",
  sentences: [
    { key: "care.say.measureAgain", values: { days: 3 } },
    { key: "care.say.worseCall", values: {} },
  ],
  next: "comeBack",
});

test("a draft keeps its id over a reload, so that sending it again is sending it once", () => {
  const store = memory();
  const draft = whole();
  keepDraft(store, calls.first, draft);
  expect(readDraft(store, calls.first)).toEqual(draft);
  expect(readDraft(store, calls.second).plan, "another call has its own").toBe("");
});

test("no next step is assumed", () => {
  expect(freshDraft().next).toBeUndefined();
});

test("a sent draft is gone, and the next one has another id", () => {
  const store = memory();
  const draft = whole();
  keepDraft(store, calls.first, draft);
  dropDraft(store, calls.first);
  expect(readDraft(store, calls.first).id).not.toBe(draft.id);
});

test.each(["{", "null", `{"id":"x","text":"","next":"none"}`])("what is no draft (%s) is a fresh one", (kept) => {
  const store = memory();
  store.setItem(`draft:${calls.first}`, kept);
  expect(readDraft(store, calls.first)).toMatchObject({ assessment: "", sentences: [] });
});

test.each([
  { missing: "assessment", draft: { assessment: " " } },
  { missing: "plan", draft: { plan: "" } },
  { missing: "sentences", draft: { sentences: [] } },
  { missing: "values", draft: { sentences: [{ key: "care.say.measureAgain", values: {} }] } },
  { missing: "values", draft: { sentences: [{ key: "care.say.measureAgain", values: { days: 0 } }] } },
  { missing: "worse", draft: { sentences: [{ key: "care.say.calm", values: {} }] } },
  { missing: "next", draft: { next: undefined } },
  { missing: undefined, draft: {} },
] as const)("what a draft lacks is named: $missing", ({ missing, draft }) => {
  // Drafts hold plain arrays; the table is only read.
  const changed = { ...whole(), ...(draft as Partial<Draft>) };
  expect(missingOf(changed)).toBe(missing);
  expect(wishOf(changed, visit) === undefined).toBe(missing !== undefined);
});

test("S and O are the visit's until somebody writes there", () => {
  expect(wishOf(whole(), visit)?.soap).toMatchObject(visit);
  expect(wishOf({ ...whole(), objective: "" }, visit)?.soap).toMatchObject({ subjective: "头疼", objective: "" });
});

test("a sentence is chosen once", () => {
  const once = withSentence(freshDraft(), "care.say.calm");
  expect(withSentence(once, "care.say.calm").sentences).toHaveLength(1);
});

test("an empty draft is not begun, a chosen next step is a beginning", () => {
  expect([freshDraft(), freshDraft("x"), { ...freshDraft(), next: "none" as const }].map(isBegun)).toEqual([
    false,
    false,
    true,
  ]);
});
