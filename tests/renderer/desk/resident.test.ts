import { expect, test } from "vitest";
import { timelineOf } from "../../../renderer/desk/resident/timeline.ts";
import { trendsOf } from "../../../renderer/desk/resident/trends.ts";
import { visitRecord } from "./specimens.ts";

const records = {
  prescriptions: [],
  referrals: [],
  followUps: [],
  dangers: [
    {
      id: "danger",
      resident: "r",
      severity: 3,
      what: "BP_GRADE3",
      first: { person: "p", org: "o" },
      doctor: { person: "p", org: "o" },
      state: "raised",
      since: Date.now(),
      raisedAt: Date.now(),
    },
  ],
  plans: [],
  messages: [],
} as unknown as NonNullable<Parameters<typeof timelineOf>[0]["records"]>;

test("a timeline is everything in order, the newest first", () => {
  const events = timelineOf({ record: visitRecord(), opinions: [], records });
  expect(events.map(({ kind }) => kind)).toEqual(["danger", "reading", "reading", "reading"]);
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((one, other) => other - one));
});

test("a trend needs two numbers, and a limit is no number", () => {
  const trends = trendsOf(visitRecord());
  expect(trends.map(({ quantity, values }) => [quantity, values])).toEqual([
    ["bp.systolic", [184, 182]],
    ["bp.diastolic", [112, 110]],
    ["pulse.rate", [78, 76]],
  ]);
});
