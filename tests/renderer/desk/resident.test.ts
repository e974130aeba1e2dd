import { expect, test } from "vitest";
import type { History } from "../../../core/contract/hub-history.ts";
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
  const trends = trendsOf([visitRecord()]);
  expect(trends.map(({ quantity, values }) => [quantity, values])).toEqual([
    ["bp.systolic", [184, 182]],
    ["bp.diastolic", [112, 110]],
    ["pulse.rate", [78, 76]],
  ]);
});

const visitOf = (visit: string, { results } = visitRecord()): History["visits"][number] => ({
  visit,
  station: "s",
  name: "S",
  results,
});
const talk: History["calls"][number] = {
  id: "019a0000-0000-7000-8000-00000000c001",
  at: Date.now(),
  mode: "return",
  station: "S",
  severity: 1,
};

test("what this visit and the history both tell is told once; calls stand among the rest", () => {
  const record = visitRecord();
  const history: History = { visits: [visitOf(record.visit, record)], calls: [talk], opinions: [] };
  const events = timelineOf({ record, opinions: [], records: undefined, history });
  expect(events.map(({ kind }) => kind).toSorted()).toEqual(["call", "reading", "reading", "reading"]);
  expect(trendsOf([record, ...history.visits])).toEqual(trendsOf([record]));
});

test("a trend goes over visits, the newest unit counts", () => {
  const earlier = (days: number) => {
    const { results } = visitOf(`before-${String(days)}`);
    const back = ({ heardAt }: { readonly heardAt: string }) =>
      new Date(Date.parse(heardAt) - days * 86_400_000).toISOString();
    return {
      results: results.map((result) => ({
        ...result,
        measurements: result.measurements.map((one) => ({
          ...one,
          id: `${one.id}-${String(days)}`,
          times: { ...one.times, heardAt: back(one.times) },
        })),
      })),
    };
  };
  const trends = trendsOf([visitRecord(), earlier(30), earlier(60)]);
  expect(trends.find(({ quantity }) => quantity === "bp.systolic")?.values).toEqual([184, 182, 184, 182, 184, 182]);
  const at = trends[0]?.at ?? [];
  expect(at).toEqual(at.toSorted((one, other) => one - other));
});

test("an appointment is a booking on its day, and a prescription handed out a pick-up", () => {
  const known = {
    ...records,
    dangers: [],
    referrals: [
      {
        id: "r",
        since: 1_000,
        state: "accepted",
        appointment: { at: 9_000, department: "Specimen", doctor: "Specimen" },
      },
    ],
    prescriptions: [
      { id: "p", since: 2_000, state: "dispensed", diagnosis: "S", items: [{ drug: "d" }], dispensed: { at: 5_000 } },
    ],
  } as unknown as NonNullable<Parameters<typeof timelineOf>[0]["records"]>;
  const events = timelineOf({ record: undefined, opinions: [], records: known });
  expect(events.map(({ kind, at }) => [kind, at])).toEqual([
    ["booking", 9_000],
    ["pickUp", 5_000],
    ["prescription", 2_000],
    ["referral", 1_000],
  ]);
});
