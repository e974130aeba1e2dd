import { expect, test } from "vitest";
import { dropDraft, freshDraft, keepDraft, readDraft, type DraftStore } from "../../../renderer/desk/draft.ts";
import { calls } from "./specimens.ts";

function memory(): DraftStore {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test("a draft keeps its id over a reload, so that sending it again is sending it once", () => {
  const store = memory();
  const draft = { ...freshDraft(), text: "多喝水", next: "comeBack" as const };
  keepDraft(store, calls.first, draft);
  expect(readDraft(store, calls.first)).toEqual(draft);
  expect(readDraft(store, calls.second).text, "another call has its own").toBe("");
});

test("no next step is assumed", () => {
  expect(freshDraft().next).toBeUndefined();
});

test("a sent draft is gone, and the next one has another id", () => {
  const store = memory();
  const draft = freshDraft();
  keepDraft(store, calls.first, draft);
  dropDraft(store, calls.first);
  expect(readDraft(store, calls.first).id).not.toBe(draft.id);
});

test.each(["{", "null", `{"id":"x","text":"","next":"none"}`])("what is no draft (%s) is a fresh one", (kept) => {
  const store = memory();
  store.setItem(`draft:${calls.first}`, kept);
  expect(readDraft(store, calls.first)).toMatchObject({ text: "" });
});
