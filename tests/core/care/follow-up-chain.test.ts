import { expect, test } from "vitest";
import { openRecord, type CareOpening } from "../../../core/care/records.ts";
import { isCheck, nextFollowUp, type Programme } from "../../../core/care/schedule.ts";
import { resolved } from "../../../core/care/transact.ts";

/** One chain of follow-ups a person, and the checks after a joint opinion beside it. */

const doctor = { org: "township", tier: "township" } as const;
const wish = (id: string, day: string, programmes: Programme[]): CareOpening => ({
  kind: "followUp",
  at: 0,
  by: "hub",
  text: { id, resident: "r", day, programmes, doctor, village: doctor },
});
const chain = openRecord(wish("chain", "2026-04-01", ["hypertension"]));
const check = openRecord(wish("check", "2026-04-20", ["conference"]));

test.each([
  ["a second one joins the chain, however far", ["diabetes"], "2026-09-01", [chain, check], "chain"],
  ["a check of another day stands by itself", ["conference"], "2026-06-01", [chain, check], undefined],
  ["a check about the same day is one visit with the chain", ["conference"], "2026-04-05", [chain], "chain"],
  ["a check about the same day as another check joins it", ["conference"], "2026-04-24", [chain, check], "check"],
  ["a chain begins beside a check of another day", ["diabetes"], "2026-07-01", [check], undefined],
  ["a chain begins with the check where the days meet", ["diabetes"], "2026-04-26", [check], "check"],
] as const)("%s", (_, programmes, day, open, joins) => {
  const one = wish("new", day, [...programmes]);
  const met = resolved(one, open);
  if (joins === undefined) expect(met).toBe(one);
  else expect(met).toMatchObject({ of: "followUp", id: joins, input: { kind: "join", day, programmes } });
});

test("what a doctor says is settled has no next day; beside something that has one it stays away", () => {
  const settled = { programme: "conference", control: "settled" } as const;
  expect(nextFollowUp("2026-04-20", [settled])).toBeUndefined();
  const both = nextFollowUp("2026-04-20", [settled, { programme: "hypertension", control: "firstMiss" }]);
  expect(both).toEqual({ day: "2026-05-04", programmes: ["hypertension"], refer: false });
  expect(nextFollowUp("2026-04-20", [settled], "2026-05-01")?.programmes, "the doctor's own day stands").toEqual([
    "conference",
  ]);
});

test("a check is one only while nothing else is looked at with it", () => {
  expect(isCheck({ programmes: ["conference"] })).toBe(true);
  expect(isCheck({ programmes: ["conference", "diabetes"] })).toBe(false);
});
