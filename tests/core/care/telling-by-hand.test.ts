import { describe, expect, test } from "vitest";
import { messageKeys, worseKeys } from "../../../core/care/messages.ts";
import { unheardMs } from "../../../core/care/talk.ts";
import {
  fitsAnother,
  handGroups,
  handKeys,
  needsDay,
  pickedSchema,
  tellMissing,
  tellWish,
  toldState,
  toldWord,
  type HandKey,
  type Picked,
} from "../../../core/care/telling-by-hand.ts";
import { placeholdersOf } from "../../../core/i18n/language.ts";
import { message } from "../../../core/i18n/message.ts";

const today = "2026-11-23";
const about = { id: "019a0000-0000-7000-8000-00000000c001", resident: "r", station: "s" };
const all: readonly HandKey[] = handGroups.flatMap((group): readonly HandKey[] => handKeys[group]);
const worse: Picked = { key: "loop.worse.callUs" };
const keep: Picked = { key: "loop.say.keepMeasuring" };

describe("what a doctor may tell by hand", () => {
  test.each(all)("%s is a sentence a message may hold, with nothing in it but a day", (key) => {
    expect([...messageKeys, ...worseKeys]).toContain(key);
    expect(placeholdersOf(toldWord("en", key, { day: "{day}" }))).toEqual(needsDay(key) ? ["day"] : []);
  });

  test.each(["loop.say.prescriptionReady", "loop.say.recordOpened", "loop.say.contractActive"])(
    "%s is the hub's own to say",
    (key) => {
      expect(pickedSchema.safeParse({ key }).success).toBe(false);
    },
  );

  test("a day is said as the station says it, and is a blank before it is chosen", () => {
    expect(toldWord("zh-CN", "loop.say.bookedStation", { day: "2026-12-01" })).toContain("12月1日");
    expect(toldWord("en", "loop.say.bookedStation", { day: "2026-12-01" })).toContain("Dec 1");
    expect(toldWord("en", "loop.say.bookedStation")).toContain("__");
    expect(toldWord("zh-CN", "loop.say.keepMeasuring")).toBe(message("zh-CN", "loop.say.keepMeasuring"));
  });
});

test.each([
  { name: "nothing", picked: [], missing: "sentences" },
  { name: "only what to do when it gets worse", picked: [worse], missing: "sentences" },
  { name: "a day that is not chosen", picked: [{ key: "loop.say.bookedHome" as const }, worse], missing: "day" },
  {
    name: "a day gone by",
    picked: [{ key: "loop.say.bookedHome" as const, day: "2026-11-22" }, worse],
    missing: "day",
  },
  { name: "nothing for when it gets worse", picked: [keep], missing: "worse" },
  { name: "all of it", picked: [keep, worse], missing: undefined },
])("a message with $name", ({ picked, missing }) => {
  expect(tellMissing(picked, today)).toBe(missing);
  expect(tellWish(picked, about, today) === undefined).toBe(missing !== undefined);
});

test("what goes to the hub is the sentences in the doctor's order, and apart from them what to do when it gets worse", () => {
  const picked: readonly Picked[] = [worse, { key: "loop.say.bookedPhone", day: today }, keep];
  expect(tellWish(picked, about, today)).toEqual({
    ...about,
    sentences: [{ key: "loop.say.bookedPhone", params: { day: today } }, { key: "loop.say.keepMeasuring" }],
    worse: ["loop.worse.callUs"],
  });
});

test("a message holds four sentences on what to do when it gets worse, and sixteen others", () => {
  const four = worseKeys.slice(0, 4).map((key) => ({ key }));
  expect(fitsAnother(four, "worse")).toBe(false);
  expect(fitsAnother(four, "next")).toBe(true);
  const sixteen = all
    .filter((key) => !key.startsWith("loop.worse"))
    .slice(0, 16)
    .map((key) => ({ key, day: today }));
  expect(fitsAnother(sixteen, "living")).toBe(false);
  expect(tellWish([...sixteen, ...four], about, today)?.sentences).toHaveLength(16);
});

const at = "2026-11-01T08:00:00.000Z";
test.each([
  { name: "told", told: at, after: 2 * unheardMs, state: "told" },
  { name: "not yet heard", told: undefined, after: unheardMs - 1, state: "waits" },
  { name: "not heard for a week", told: undefined, after: unheardMs, state: "unheard" },
])("a message $name stands as $state", ({ told, after, state }) => {
  expect(toldState({ message: { at }, told }, Date.parse(at) + after)).toBe(state);
});
