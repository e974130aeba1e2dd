import { describe, expect, test } from "vitest";
import type { TrendPoint } from "../../core/contract/visit-parts.ts";
import type { VisitView } from "../../core/contract/views.ts";
import { offeredKinds } from "../../core/domain/outcome.ts";
import type { Measurement } from "../../core/journal/entry.ts";
import { actionCodes } from "../../core/rules/assessment.ts";
import { followUps } from "../../core/rules/next-step.ts";
import { lessonsFor } from "../../renderer/kiosk/learn.ts";
import { createQuietness, loudFrom, settleMs } from "../../renderer/kiosk/quietness.ts";
import { fieldsOf, readingsOf, typed } from "../../renderer/kiosk/screens/fields.ts";
import { dueOf, inputsFor, offerOf } from "../../renderer/kiosk/screens/next-step.tsx";
import { changeWords } from "../../renderer/kiosk/screens/result-facts.tsx";
import { marksIn, trendRows, trendWords } from "../../renderer/kiosk/trend-rows.ts";
import { textIn } from "../../renderer/parts/language.tsx";
import "../../renderer/kiosk/own-words.ts";

type Judged = VisitView["results"][number]["assessments"][number];
const judged = (change: Partial<Judged>): Judged => ({
  domain: "bp",
  category: "X",
  severity: 0,
  action: "ROUTINE",
  flags: [],
  rule: "R",
  ...change,
});
const visitWith = (...assessments: readonly Judged[]): VisitView => ({
  id: "018f0000-0000-7000-8000-000000000001",
  kind: "guest",
  openedAt: "2026-11-22T06:00:00.000Z",
  closed: false,
  results: [{ of: "bloodPressure", measurements: [], assessments: [...assessments], next: "none" }],
  refusals: [],
  opinions: [],
  resumed: false,
  consents: [],
  answers: {},
});

describe("what follows from a visit", () => {
  test.each(actionCodes)("%s has a main thing to do that leads on", (action) => {
    const overall = judged({ domain: "overall", action, severity: 1 });
    const { does } = offerOf({ ...visitWith(), overall });
    expect(inputsFor(does).length).toBeGreaterThan(0);
  });
  test.each(followUps)("%s, once said yes to, is kept or begun", (does) => {
    expect(inputsFor(does)[0]?.kind).toBe(does === "repeat" ? "home" : does === "none" ? "no" : "choose");
  });
  test("days of measuring after a pressure are a series at home", () => {
    const found = judged({ action: "RECHECK_DAYS", severity: 1 });
    expect(offerOf({ ...visitWith(found), overall: { ...found, domain: "overall" } }).does).toBe("homeSeries");
  });
  test("a visit without results owes nothing", () => expect(offerOf(undefined).does).toBe("none"));
  test("the day counts in the station's calendar, over the end of a month", () => {
    const due = new Date(dueOf(14, new Date(2026, 10, 22, 9, 30).getTime()));
    expect([due.getMonth(), due.getDate()]).toEqual([11, 6]);
  });
});

describe("what there is to learn", () => {
  test("the gravest finding speaks first, and each finding's best before anybody's second", () => {
    const visit = visitWith(
      judged({ domain: "glucose", severity: 1 }),
      judged({ domain: "bp", severity: 2 }),
      judged({ domain: "temperature", severity: 0 }),
    );
    expect(lessonsFor(visit, {})).toEqual(["kiosk.learn.salt", "kiosk.learn.sugar", "kiosk.learn.medicine"]);
  });
  test("a smoker hears of smoking", () => {
    expect(lessonsFor(visitWith(), { smoker: true })[0]).toBe("kiosk.learn.smoke");
  });
  test("without a finding there are three that are always good", () => {
    expect(lessonsFor(undefined, {})).toHaveLength(3);
  });
});

describe("the last visits", () => {
  const point = (at: string, value: number, unit: "mmol/L" | "mg/dL" = "mmol/L"): TrendPoint => ({
    at,
    readings: [{ quantity: "glucose", value, unit }],
    entered: false,
    origin: "own",
  });
  const now: Measurement = {
    id: "018f0000-0000-7000-8000-000000000002",
    visit: "visit",
    of: "glucose",
    readings: [{ quantity: "glucose", value: 6.1, unit: "mmol/L" }],
    doubts: [],
    provenance: {
      device: "d",
      profile: "p",
      profileVersion: "1",
      program: "0",
      simulated: true,
      port: "/fake",
      rawHex: [],
    },
    times: { heardAt: "2026-11-22T06:05:00.000Z" },
    context: {},
  };
  test("are the last five with today's at the end, in the unit of the page", () => {
    const points = [1, 2, 3, 4, 5, 6].map((day) => point(`2026-11-0${day}T08:00:00.000Z`, 5 + day / 10));
    const rows = trendRows("glucose", [...points.slice(0, 5), point("2026-11-07T08:00:00.000Z", 113, "mg/dL")], [now]);
    expect(rows.map((row) => trendWords("glucose", row))).toEqual(["5.3", "5.4", "5.5", "6.3", "6.1"]);
  });
  test("do not show today's number twice where the host counts it, too", () => {
    expect(trendRows("glucose", [point("2026-11-22T06:05:00.000Z", 6.1)], [now])).toHaveLength(1);
  });
  test("say what was typed by hand, and what comes from another record", () => {
    const days = ["01", "02", "03", "04"].map((day) => point(`2026-11-${day}T08:00:00.000Z`, 5));
    const [own, joined, typed, claimed] = days;
    if (!own || !joined || !typed || !claimed) throw new Error("four days");
    const rows = trendRows("glucose", [
      own,
      { ...joined, origin: "joined" },
      { ...typed, origin: "joined", entered: true },
      { ...claimed, origin: "claimed" },
    ]);
    expect(rows.map(({ mark }) => mark)).toEqual([undefined, "joined", "typed", "claimed"]);
    expect(marksIn([...rows, ...rows])).toEqual(["joined", "typed", "claimed"]);
  });
  test("leave out a visit that has none of the numbers drawn", () => {
    const other: TrendPoint = {
      at: "2026-11-01T08:00:00.000Z",
      readings: [{ quantity: "ketone", value: 1, unit: "mmol/L" }],
      entered: false,
      origin: "own",
    };
    expect(trendRows("glucose", [other], [])).toEqual([]);
  });
  test("what changed is told as people say a pressure", () => {
    const before = (quantity: "bp.systolic" | "bp.diastolic", value: number) => ({
      quantity,
      before: { quantity, value, unit: "mm[Hg]" as const },
      at: "2026-10-01T08:00:00.000Z",
      way: "down" as const,
    });
    const changes = [before("bp.systolic", 152), before("bp.diastolic", 94)];
    expect(changeWords(textIn("zh-CN"), { of: "bloodPressure", changes })).toBe("10月1日是152/94，这次低一些");
  });
});

describe("typed numbers", () => {
  test.each([
    ["", "1", 1, "1"],
    ["12", "5", 0, "125"],
    ["125", "5", 0, "125"],
    ["36", ".", 1, "36."],
    ["36.5", "1", 1, "36.5"],
    ["36", ".", 0, "36"],
    ["0", "5", 1, "5"],
  ])("%s and then %s, with %i decimals, is %s", (before, key, decimals, after) =>
    expect(typed(before, key, decimals)).toBe(after),
  );
  test.each(offeredKinds)("%s can be typed in one to four numbers", (check) => {
    expect(fieldsOf[check].length).toBeGreaterThan(0);
    expect(fieldsOf[check].length).toBeLessThan(5);
  });
  test("become readings in the first unit; what was left out does not", () => {
    expect(readingsOf(fieldsOf.body, { "body.height": "158.5", "body.waist": "" })).toEqual([
      { quantity: "body.height", value: 158.5, unit: "cm" },
    ]);
  });
});

describe("the sound of a room", () => {
  test("says nothing before it was heard long enough", () => {
    const quietness = createQuietness();
    expect(quietness.isQuiet(0)).toBeUndefined();
    quietness.hear(0, 0);
    expect(quietness.isQuiet(settleMs - 1)).toBeUndefined();
  });
  test("is quiet after a while of silence", () => {
    const quietness = createQuietness();
    quietness.hear(0.001, 0);
    expect(quietness.isQuiet(settleMs)).toBe(true);
  });
  test("is loud at once, and quiet again only after a while", () => {
    const quietness = createQuietness();
    quietness.hear(0.001, 0);
    quietness.hear(loudFrom, settleMs);
    expect([quietness.isQuiet(settleMs), quietness.isQuiet(2 * settleMs - 1), quietness.isQuiet(2 * settleMs)]).toEqual(
      [false, false, true],
    );
  });
});
