import { expect, test } from "vitest";
import { openDrafts } from "../../../renderer/desk/drafts.ts";

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64url");

function tab() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
    removeItem: (name: string) => void held.delete(name),
  };
}

test("what was begun is there after a reload, and nothing of it can be read in the tab's storage", async () => {
  const place = tab();
  const before = await openDrafts(place, "li", key(7));
  before.setItem("letter:a", "Specimen words");
  before.setItem("letter:a", "Specimen words, 更多");
  before.setItem("rx:b", "other");
  before.removeItem("rx:b");
  await before.settled();
  expect([...place.held].flat().join()).not.toContain("Specimen");
  expect([...place.held].flat().join()).not.toContain("letter");
  const after = await openDrafts(place, "li", key(7));
  expect(after.getItem("letter:a")).toBe("Specimen words, 更多");
  expect(after.getItem("rx:b")).toBeNull();
});

test.each([
  ["another account", "wang", key(8)],
  ["the same account with another key", "li", key(8)],
] as const)("%s at the same computer finds nothing", async (_, account, other) => {
  const place = tab();
  const before = await openDrafts(place, "li", key(7));
  before.setItem("letter:a", "Specimen words");
  await before.settled();
  expect((await openDrafts(place, account, other)).getItem("letter:a")).toBeNull();
});

test("signing out leaves nothing, not even what was being written at that moment", async () => {
  const place = tab();
  const drafts = await openDrafts(place, "li", key(7));
  drafts.setItem("letter:a", "Specimen words");
  await drafts.settled();
  drafts.setItem("letter:a", "Specimen words, more");
  // Its encryption has begun by then.
  await Promise.resolve();
  await Promise.resolve();
  drafts.wipe();
  await drafts.settled();
  expect(place.held.size).toBe(0);
  expect(drafts.getItem("letter:a")).toBeNull();
});

test("without a key drafts live as long as the page, and nothing is put where it could be read", async () => {
  const place = tab();
  const drafts = await openDrafts(place, "li", undefined);
  drafts.setItem("letter:a", "Specimen words");
  await drafts.settled();
  expect(drafts.getItem("letter:a")).toBe("Specimen words");
  expect(place.held.size).toBe(0);
});
