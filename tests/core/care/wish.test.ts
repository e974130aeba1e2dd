import { expect, test } from "vitest";
import { plainCalendar } from "../../../core/care/hours.ts";
import { telling } from "../../../core/care/telling.ts";
import { moveWish, openWish, wishSteps, type Wish, type WishInput } from "../../../core/care/wish.ts";

const at = Date.parse("2026-11-23T02:00:00.000Z");
const text = {
  id: "018f0000-0000-7000-8000-000000000001",
  resident: "r",
  station: "s",
  wanted: { kind: "followUp", week: "next", half: "morning", how: "station" },
  owner: { org: "village", tier: "village" },
} as const;
const by = { by: "zhou", at } as const;
const day = "2026-11-30";

function moved(record: Wish, input: WishInput): Wish {
  const answer = moveWish(record, input, plainCalendar);
  if (!answer.ok) throw new Error(answer.code);
  return answer.record;
}
const agreed = (change = {}) =>
  ({ kind: "agree", ...by, settled: { day, half: "morning", how: "home", ...change } }) as const;

test("what was asked for waits for an answer within two working days, by its owner", () => {
  expect(wishSteps(openWish(text, at), plainCalendar)).toEqual([
    { kind: "wish.answer", owner: text.owner, since: at, due: Date.parse("2026-11-25T02:00:00.000Z") },
  ]);
});

test("what was agreed on is owed on its day, and nothing once it is done", () => {
  const kept = moved(openWish(text, at), agreed());
  expect(wishSteps(kept, plainCalendar)).toMatchObject([
    { kind: "wish.keep", due: Date.parse("2026-11-30T16:00:00.000Z") },
  ]);
  const done = moved(kept, { kind: "done", ...by, detail: "Specimen" });
  expect(wishSteps(done, plainCalendar)).toEqual([]);
});

test.each([
  ["without a day", agreed({ day: undefined }), "care.reasonMissing"],
  ["without a way", agreed({ how: undefined }), "care.reasonMissing"],
  ["on a day in the past", agreed({ day: "2026-11-22" }), "care.tooLate"],
  ["before it was agreed on", { kind: "done", ...by, detail: "Specimen" } as const, "care.notNow"],
])("a follow-up is not settled %s", (_, input, code) => {
  expect(moveWish(openWish(text, at), input, plainCalendar)).toEqual({ ok: false, code });
});

test("the person is told the day, the way and the half; a changed day is told anew, and nothing new is not", () => {
  const asked = openWish(text, at);
  const kept = moved(asked, agreed());
  const later = moved(kept, { ...agreed({ day: "2026-12-01" }), at: at + 1 });
  const said = (before: Wish | undefined, after: Wish) =>
    telling(before && { kind: "wish", record: before }, { kind: "wish", record: after }, 480)?.sentences;
  expect(said(undefined, asked)).toBeUndefined();
  expect(said(asked, kept)).toEqual([{ key: "loop.say.bookedHome", params: { day } }, { key: "loop.say.inMorning" }]);
  expect(said(kept, later)?.[0]).toEqual({ key: "loop.say.bookedHome", params: { day: "2026-12-01" } });
  expect(said(kept, kept)).toBeUndefined();
  expect(said(asked, moved(asked, { kind: "decline", ...by, detail: "Specimen" }))).toEqual([
    { key: "loop.say.wishDeclined" },
  ]);
});

test("a package needs no day", () => {
  const asked = openWish({ ...text, wanted: { kind: "package", package: "general" } }, at);
  const kept = moved(asked, { kind: "agree", ...by, settled: {} });
  expect(telling({ kind: "wish", record: asked }, { kind: "wish", record: kept }, 480)?.sentences).toEqual([
    { key: "loop.say.wishGranted" },
  ]);
});
